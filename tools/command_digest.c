#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "command.h"
#include "data_folder.h"
#include "export_run.h"
#include "native/native.h"
#include "options.h"
#include "project_file.h"
#include "report.h"

static const char usage[] =
    "usage: cutroom digest PROJECT [options]\n"
    "\n"
    "Renders a project and prints one line a frame and one a second of sound, each ending\n"
    "in an MD5 of the pixels or samples. The same project gives the same lines on every\n"
    "machine, with any number of threads.\n"
    "\n"
    "  -o, --output FILE     write there instead of printing\n"
    "      --from TIME       begin there: 12.5, 0:12.5 or timecode 00:00:12:15\n"
    "      --to TIME         end there\n"
    "      --size WxH        picture size; the project's without it\n"
    "      --threads N       use so many threads\n"
    "      --no-simd         paint with the plain code that the fast one must match\n"
    "  -h, --help            this text\n";

typedef struct request {
    const char *project, *output, *from, *to, *size;
    int64_t threads;
    bool without_simd, wants_help;
} request;

enum { OPTION_FROM = 256, OPTION_TO, OPTION_SIZE, OPTION_THREADS, OPTION_NO_SIMD };

static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                        {"from", required_argument, NULL, OPTION_FROM},
                                        {"to", required_argument, NULL, OPTION_TO},
                                        {"size", required_argument, NULL, OPTION_SIZE},
                                        {"threads", required_argument, NULL, OPTION_THREADS},
                                        {"no-simd", no_argument, NULL, OPTION_NO_SIMD},
                                        {"help", no_argument, NULL, 'h'},
                                        {0}};

static int read_arguments(int argc, char **argv, request *r)
{
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, ":o:h", options, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        if (option == '?') return report_usage("digest", "unknown option '%s'", given);
        if (option == ':') return report_usage("digest", "'%s' needs a value", given);
        if (option == 'o') r->output = optarg;
        if (option == OPTION_FROM) r->from = optarg;
        if (option == OPTION_TO) r->to = optarg;
        if (option == OPTION_SIZE) r->size = optarg;
        if (option == OPTION_NO_SIMD) r->without_simd = true;
        if (option == 'h') r->wants_help = true;
        if (option == OPTION_THREADS && !option_int(optarg, 1, 256, &r->threads))
            return report_usage("digest", "'%s' is not a number of threads", optarg);
    }
    if (r->wants_help) return CR_EXIT_OK;
    if (optind != argc - 1)
        return report_usage("digest", optind == argc ? "which project?" : "one project at a time");
    r->project = argv[optind];
    return CR_EXIT_OK;
}

// Standard output as a sink: lines come in order.
static cr_status print_at(cr_sink *sink, uint64_t offset, const void *data, size_t size)
{
    (void)sink, (void)offset;
    return fwrite(data, 1, size, stdout) == size ? CR_OK : CR_IO;
}

static cr_status print_commit(cr_sink *sink)
{
    (void)sink;
    return fflush(stdout) == 0 ? CR_OK : CR_IO;
}

static void print_close(cr_sink *sink)
{
    cr_free(sink);
}

static cr_status open_printing(void *cookie, const char *uri, cr_sink **out, cr_fault *fault)
{
    (void)cookie, (void)uri, (void)fault;
    cr_sink *sink = cr_alloc(1, sizeof *sink);
    *sink = (cr_sink){.write_at = print_at, .commit = print_commit, .close = print_close};
    memcpy(sink->name, "standard output", sizeof "standard output");
    *out = sink;
    return CR_OK;
}

static int digest(const request *r, const cr_project *project, const cr_host *native)
{
    cr_rate rate = project->settings.frame_rate;
    cr_ticks from = 0, to = 0;
    cr_export_desc desc = {.output = r->output ? r->output : "standard output",
                           .format = "digest",
                           .without_simd = r->without_simd,
                           .is_exact = true};
    if (r->size && !option_size(r->size, &desc.width, &desc.height))
        return report_usage("digest", "'%s' is not a size like 1280x720", r->size);
    if (r->from && !option_time(r->from, rate, &from))
        return report_usage("digest", "'%s' is not a time like 12.5 or 0:12.5", r->from);
    if (r->to && (!option_time(r->to, rate, &to) || to <= from))
        return report_usage("digest", "'%s' is not a time after the beginning", r->to);
    desc.range = (cr_range){from, r->to ? to - from : 0};

    cr_host host = *native;
    if (!r->output) host.open_sink = open_printing;
    char *assets = project_file_folder(r->project), *fonts = data_folder_path("fonts");
    desc.asset_folder = assets;
    desc.font_folder = fonts;
    cr_fault fault = {0};
    export_outcome outcome;
    int code = CR_EXIT_OK;
    if (export_run(project, &desc, &host, true, &outcome, &fault) != CR_OK)
        code = report_fault(fault.where[0] == '/' ? r->project : NULL, &fault);
    cr_free(assets);
    cr_free(fonts);
    return code;
}

int command_digest(int argc, char **argv)
{
    request r = {0};
    int code = read_arguments(argc, argv, &r);
    if (code != CR_EXIT_OK) return code;
    if (r.wants_help) {
        fputs(usage, stdout);
        return CR_EXIT_OK;
    }
    cr_native_desc desc = {.thread_count = (int)r.threads, .log = report_log()};
    cr_native *native = NULL;
    if (cr_native_open(&native, &desc) != CR_OK) {
        fputs("cutroom: no thread can be started\n", stderr);
        return CR_EXIT_FAILED;
    }
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (project_file_read(cr_native_host(native), r.project, &project, &fault) != CR_OK)
        code = report_fault(r.project, &fault);
    else
        code = digest(&r, project, cr_native_host(native));
    cr_project_drop(&project);
    cr_native_close(&native);
    return code;
}
