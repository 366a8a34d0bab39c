#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "command.h"
#include "data_folder.h"
#include "engine/captions.h"
#include "export_run.h"
#include "interrupt.h"
#include "make_ask.h"
#include "make_ledger.h"
#include "make_request.h"
#include "make_show.h"
#include "make_workplace.h"
#include "progress.h"
#include "project_file.h"
#include "report.h"
#include "studio/asset_folder.h"

// How often the studio is stepped when nothing ends by itself.
enum { STEP_INTERVAL_MS = 50 };

static const char default_speed[] = "veryfast";

static bool is_interactive(const make_request *request)
{
    return !request->takes_defaults && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

// A film that cannot be written at the end is not begun.
static cr_status check_output(const make_request *request, cr_fault *fault)
{
    const char *slash = strrchr(request->output, '/');
    char *folder =
        slash ? cr_strndup(request->output, (size_t)(slash - request->output) + 1) : cr_strdup(".");
    cr_status status = CR_OK;
    struct stat found;
    if (stat(folder, &found) || !S_ISDIR(found.st_mode))
        status = cr_fail(fault, CR_NOTFOUND, request->output, "there is no folder %s", folder);
    else if (access(folder, W_OK))
        status =
            cr_fail(fault, CR_DENIED, request->output, "the folder %s may not be written", folder);
    else if (stat(request->output, &found) == 0 && S_ISDIR(found.st_mode))
        status = cr_fail(fault, CR_EXISTS, request->output, "is a folder");
    cr_free(folder);
    return status;
}

static bool is_same_brief(const cr_brief *a, const cr_brief *b)
{
    cJSON *left = cr_brief_write(a), *right = cr_brief_write(b);
    bool is_same = cJSON_Compare(left, right, true);
    cJSON_Delete(left);
    cJSON_Delete(right);
    return is_same;
}

// The brief as the options want it, and whatever failed before is tried again.
static cr_status begin(const make_request *request, make_workplace *place, cr_fault *fault)
{
    const cr_brief *before = cr_studio_brief(place->studio);
    if (!request->prompt && !request->script && !before)
        return cr_fail(fault, CR_INVALID, "", "what is the film about? There is none in %s yet",
                       place->folder);
    cr_brief brief;
    cr_status status = make_request_brief(request, before, place->host, &brief, fault);
    if (status != CR_OK) return status;
    if (!is_interactive(request)) brief.is_answered = true;
    if (!before || !is_same_brief(before, &brief))
        status = cr_studio_brief_set(place->studio, &brief, fault);
    cr_brief_free(&brief);
    int count = 0;
    if (status == CR_OK && request->budget >= 0)
        status = cr_ledger_store_cap(place->ledger, request->budget, fault);
    if (status == CR_OK) status = cr_studio_retry(place->studio, NULL, &count, fault);
    if (status == CR_OK && request->scene)
        status = cr_studio_scene_edit(place->studio, request->scene, &request->edit, fault);
    return status;
}

static cr_status ask(const make_request *request, make_workplace *place, make_show *show,
                     cr_fault *fault)
{
    make_show_end(show);
    cr_brief brief;
    cJSON *copy = cr_brief_write(cr_studio_brief(place->studio));
    cr_status status = cr_brief_read(&brief, copy, fault);
    cJSON_Delete(copy);
    if (status != CR_OK) return status;
    make_ask(request, cr_studio_questions(place->studio), brief.answers);
    brief.is_answered = true;
    status = cr_studio_brief_set(place->studio, &brief, fault);
    cr_brief_free(&brief);
    return status;
}

// Step until the project is there.
static cr_status work(const make_request *request, make_workplace *place, cr_fault *fault)
{
    make_show show;
    make_show_begin(&show, request->is_quiet);
    if (!request->is_quiet) make_ledger_forecast(place);
    cr_status status = CR_AGAIN;
    while (status == CR_AGAIN) {
        status = cr_studio_step(place->studio, fault);
        make_show_studio(&show, place->studio);
        if (status == CR_AGAIN && cr_studio_questions(place->studio)) {
            status = ask(request, place, &show, fault);
            if (status == CR_OK) status = CR_AGAIN;
        } else if (status == CR_AGAIN) {
            cr_builtin_pool_wait(place->pool, STEP_INTERVAL_MS);
        }
        if (status == CR_AGAIN && interrupt_asked())
            status = cr_fail(fault, CR_CANCELED, "", "interrupted; the same command goes on here");
    }
    make_show_end(&show);
    return status;
}

// What the film was rendered from, and what it looked like when it was: enough to know that it need
// not be rendered again.
static char *render_stamp(const make_request *request, const char *project_hash)
{
    struct stat film;
    char *path = realpath(request->output, NULL);
    char *stamp = NULL;
    if (path && stat(path, &film) == 0)
        stamp = cr_format("%s\n%s\n%s\n%lld %lld.%09ld\n", project_hash, path,
                          request->speed ? request->speed : default_speed, (long long)film.st_size,
                          (long long)film.st_mtim.tv_sec, film.st_mtim.tv_nsec);
    free(path);
    return stamp ? stamp : cr_strdup("");
}

static bool is_rendered(const make_request *request, const make_workplace *place,
                        const char *project_hash)
{
    char *path = cr_format("%s/rendered", place->folder), *before = NULL;
    char *stamp = render_stamp(request, project_hash);
    size_t length = 0;
    bool is_there = stamp[0] && access(path, R_OK) == 0 &&
                    project_file_text(place->host, path, &before, &length, NULL) == CR_OK;
    bool is_same = is_there && strcmp(before, stamp) == 0;
    cr_free(before);
    cr_free(stamp);
    cr_free(path);
    return is_same;
}

static cr_status remember_render(const make_request *request, const make_workplace *place,
                                 const char *project_hash, cr_fault *fault)
{
    char *path = cr_format("%s/rendered", place->folder);
    char *stamp = render_stamp(request, project_hash);
    cr_status status = cr_file_replace(path, stamp, strlen(stamp), fault);
    cr_free(stamp);
    cr_free(path);
    return status;
}

// "film.srt" beside "film.mp4". Gives the text (cr_free).
static char *captions_path(const char *output)
{
    const char *dot = strrchr(output, '.');
    return cr_format("%.*s.srt", (int)(dot - output), output);
}

static cr_status write_captions(const make_request *request, const make_workplace *place,
                                const cr_project *project, cr_fault *fault)
{
    const cr_sequence *film = cr_project_film(project);
    char *path = captions_path(request->output);
    char *text = film ? cr_captions_subrip(film, (cr_range){0}) : cr_strdup("");
    cr_status status = project_file_write(place->host, path, text, fault);
    cr_free(text);
    cr_free(path);
    return status;
}

static cr_status render(const make_request *request, const make_workplace *place, double *seconds,
                        cr_fault *fault)
{
    char *path = cr_format("%s/project.json", place->folder), *fonts = data_folder_path("fonts");
    char hash[CR_HASH_BYTES];
    cr_project *project = NULL;
    cr_status status = cr_file_hash(path, hash, fault);
    if (status == CR_NOTFOUND) status = cr_fail(fault, CR_NOTFOUND, path, "has vanished");
    if (status == CR_OK) status = project_file_read(place->host, path, &project, fault);
    if (status == CR_OK) status = write_captions(request, place, project, fault);
    if (status == CR_OK && !is_rendered(request, place, hash)) {
        const cr_export_desc desc = {.output = request->output,
                                     .asset_folder = place->folder,
                                     .font_folder = fonts,
                                     .speed = request->speed ? request->speed : default_speed,
                                     .with_caption_track = true};
        export_outcome outcome = {0};
        status = export_run(project, &desc, place->host, request->is_quiet, &outcome, fault);
        *seconds = outcome.seconds;
        if (status == CR_OK) status = remember_render(request, place, hash, fault);
    }
    cr_project_drop(&project);
    cr_free(path);
    cr_free(fonts);
    return status;
}

// Who made it, each once: "built-in writer, built-in painter".
static void print_makers(const cr_graph *graph)
{
    const char *told[CR_PROVIDERS_MAX];
    int count = 0;
    fputs("made by  ", stdout);
    for (int i = 0; i < graph->unit_count; i++) {
        const cr_provider *provider = graph->units[i].provider;
        bool is_new = provider != NULL && count < CR_PROVIDERS_MAX;
        for (int j = 0; j < count && is_new; j++)
            is_new = strcmp(told[j], provider->label) != 0;
        if (!is_new) continue;
        printf("%s%s", count ? ", " : "", provider->label);
        told[count++] = provider->label;
    }
    fputc('\n', stdout);
}

static void print_summary(const make_request *request, const make_workplace *place,
                          int64_t begin_ms, double render_seconds)
{
    if (request->is_quiet) return;
    const cr_graph *graph = cr_studio_graph(place->studio);
    double film = (double)cr_ticks_to_milliseconds(graph->duration) / 1000;
    double took = (double)(progress_clock() - begin_ms) / 1000;
    if (!request->without_render) {
        char *captions = captions_path(request->output);
        printf("film     %s (%.1f s%s)\n", request->output, film,
               render_seconds > 0 ? "" : ", as it was");
        printf("captions %s\n", captions);
        cr_free(captions);
    }
    printf("project  %s/project.json\n", place->folder);
    const char *aside = cr_studio_set_aside(place->studio);
    if (aside[0]) printf("         what would not go together with it is kept as %s\n", aside);
    print_makers(graph);
    make_ledger_sum(place);
    printf("took     %.1f s", took);
    if (render_seconds > 0) printf(", %.1f s of it rendering", render_seconds);
    fputc('\n', stdout);
}

// A unit's failure is told with what can be done about it.
static int report_failure(const cr_fault *fault, const make_workplace *place)
{
    int code = report_fault(NULL, fault);
    if (fault->status != CR_CANCELED && place->studio &&
        cr_graph_unit(cr_studio_graph(place->studio), fault->where))
        fprintf(stderr, "cutroom: everything else is kept; the same command tries this again\n");
    return code;
}

// A new film's wishes are judged before a folder is made for it.
static cr_status judge_new(const make_request *request, cr_fault *fault)
{
    char *folder = make_request_folder(request);
    struct stat found;
    bool is_new = stat(folder, &found) != 0;
    cr_native *native = NULL;
    cr_status status = CR_OK;
    if (is_new && !request->prompt && !request->script)
        status = cr_fail(fault, CR_INVALID, "", "what is the film about? There is none in %s yet",
                         folder);
    else if (is_new)
        status = cr_native_open(&native, &(cr_native_desc){.thread_count = 1});
    if (status == CR_OK && is_new) {
        cr_brief brief;
        status = make_request_brief(request, NULL, cr_native_host(native), &brief, fault);
        if (status == CR_OK) cr_brief_free(&brief);
    }
    cr_native_close(&native);
    cr_free(folder);
    return status;
}

static int make(const make_request *request)
{
    int64_t begin_ms = progress_clock();
    cr_fault fault = {0};
    double render_seconds = 0;
    make_workplace place = {0};
    interrupt_watch();
    cr_status status = check_output(request, &fault);
    if (status == CR_OK) status = judge_new(request, &fault);
    if (status == CR_OK)
        status =
            make_workplace_open(&place, make_request_folder(request), request->threads, &fault);
    if (status == CR_OK) status = begin(request, &place, &fault);
    if (status == CR_OK) status = work(request, &place, &fault);
    if (status == CR_OK && !request->without_render)
        status = render(request, &place, &render_seconds, &fault);
    int code = CR_EXIT_OK;
    if (status == CR_OK)
        print_summary(request, &place, begin_ms, render_seconds);
    else
        code = report_failure(&fault, &place);
    make_workplace_close(&place);
    return code;
}

int command_make(int argc, char **argv)
{
    make_request request;
    int code = make_request_read(argc, argv, &request);
    if (code != CR_EXIT_OK) return code;
    if (request.wants_help) {
        make_request_usage();
        return CR_EXIT_OK;
    }
    if (!request.prompt && !request.script && argc == 1) {
        return report_usage("make", "what is the film about? Say it in quotation marks");
    }
    return make(&request);
}
