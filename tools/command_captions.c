#include <getopt.h>
#include <stdio.h>

#include "base/mem.h"
#include "command.h"
#include "engine/captions.h"
#include "native/native.h"
#include "project_file.h"
#include "report.h"

static const char usage[] = "usage: cutroom captions PROJECT [options]\n"
                            "\n"
                            "Prints a project's captions as SubRip text (.srt).\n"
                            "\n"
                            "  -o, --output FILE     write there instead of printing\n"
                            "  -h, --help            this text\n";

static const struct option options[] = {
    {"output", required_argument, NULL, 'o'}, {"help", no_argument, NULL, 'h'}, {0}};

static int print_captions(const char *path, const char *output, const cr_host *host)
{
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (project_file_read(host, path, &project, &fault) != CR_OK) return report_fault(path, &fault);
    const cr_sequence *film = cr_project_film(project);
    char *text = film ? cr_captions_subrip(film, (cr_range){0}) : cr_strdup("");
    int code = CR_EXIT_OK;
    if (!output)
        fputs(text, stdout);
    else if (project_file_write(host, output, text, &fault) != CR_OK)
        code = report_fault(NULL, &fault);
    cr_free(text);
    cr_project_drop(&project);
    return code;
}

int command_captions(int argc, char **argv)
{
    const char *output = NULL;
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":o:h", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("captions", "unknown option '%s'", given);
        if (option == ':') return report_usage("captions", "'%s' needs a value", given);
        if (option == 'o') output = optarg;
        if (option == 'h') {
            fputs(usage, stdout);
            return CR_EXIT_OK;
        }
    }
    if (optind != argc - 1)
        return report_usage("captions",
                            optind == argc ? "which project?" : "one project at a time");
    cr_native_desc desc = {.thread_count = 1, .log = report_log()};
    cr_native *native = NULL;
    if (cr_native_open(&native, &desc) != CR_OK) {
        fputs("cutroom: no thread can be started\n", stderr);
        return CR_EXIT_FAILED;
    }
    int code = print_captions(argv[optind], output, cr_native_host(native));
    cr_native_close(&native);
    return code;
}
