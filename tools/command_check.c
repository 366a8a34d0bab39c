#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "command.h"
#include "data_folder.h"
#include "engine/export.h"
#include "native/native.h"
#include "project_file.h"
#include "report.h"

static const char usage[] =
    "usage: cutroom check PROJECT [options]\n"
    "\n"
    "Validates a project: its form, and that every file and font it needs is there and can\n"
    "be used. Says where the first problem is, as a JSON Pointer.\n"
    "\n"
    "      --form-only       do not look at the files\n"
    "  -q, --quiet           say nothing when all is well\n"
    "  -h, --help            this text\n";

static const struct option options[] = {{"form-only", no_argument, NULL, 'f'},
                                        {"quiet", no_argument, NULL, 'q'},
                                        {"help", no_argument, NULL, 'h'},
                                        {0}};

// Opening an export opens every file and writes nothing.
static cr_status check_files(const char *path, const cr_project *project, const cr_host *host,
                             cr_fault *fault)
{
    char *assets = project_file_folder(path), *fonts = data_folder_path("fonts");
    cr_export_desc desc = {
        .output = "check", .format = "digest", .asset_folder = assets, .font_folder = fonts};
    cr_export *run = NULL;
    cr_status status = cr_export_open(&run, project, &desc, host, fault);
    cr_export_close(&run);
    cr_free(assets);
    cr_free(fonts);
    return status;
}

static void print_summary(const char *path, const cr_project *project)
{
    const cr_sequence *film = cr_project_film(project);
    int clips = 0;
    for (int i = 0; film && i < film->track_count; i++)
        clips += film->tracks[i]->clip_count;
    int64_t ms = film ? cr_ticks_to_milliseconds(cr_sequence_duration(film)) : 0;
    const cr_settings *settings = &project->settings;
    printf("%s: good: %dx%d, %d/%d frames a second, %" PRId64 ".%03" PRId64
           " s, %d tracks, %d clips, %d assets\n",
           path, settings->width, settings->height, settings->frame_rate.num,
           settings->frame_rate.den, ms / 1000, ms % 1000, film ? film->track_count : 0, clips,
           project->asset_count);
}

static int check(const char *path, bool is_form_only, bool is_quiet)
{
    cr_native_desc desc = {.thread_count = 1, .log = report_log()};
    cr_native *native = NULL;
    if (cr_native_open(&native, &desc) != CR_OK) {
        fputs("cutroom: no thread can be started\n", stderr);
        return CR_EXIT_FAILED;
    }
    cr_project *project = NULL;
    cr_fault fault = {0};
    cr_status status = project_file_read(cr_native_host(native), path, &project, &fault);
    if (status == CR_OK && !is_form_only)
        status = check_files(path, project, cr_native_host(native), &fault);
    int code = status == CR_OK ? CR_EXIT_OK : report_fault(path, &fault);
    if (status == CR_OK && !is_quiet) print_summary(path, project);
    cr_project_drop(&project);
    cr_native_close(&native);
    return code;
}

int command_check(int argc, char **argv)
{
    bool is_form_only = false, is_quiet = false;
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, "qh", options, NULL)) != -1;) {
        if (option == '?') return report_usage("check", "unknown option '%s'", argv[optind - 1]);
        if (option == 'f') is_form_only = true;
        if (option == 'q') is_quiet = true;
        if (option == 'h') {
            fputs(usage, stdout);
            return CR_EXIT_OK;
        }
    }
    if (optind != argc - 1)
        return report_usage("check", optind == argc ? "which project?" : "one project at a time");
    return check(argv[optind], is_form_only, is_quiet);
}
