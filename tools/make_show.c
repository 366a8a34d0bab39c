#include "make_show.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/str.h"
#include "progress.h"

enum { DRAW_INTERVAL_MS = 100, COLUMNS_FALLBACK = 100 };

void make_show_begin(make_show *show, bool is_quiet)
{
    *show = (make_show){.is_quiet = is_quiet,
                        .is_terminal = isatty(STDERR_FILENO) == 1,
                        .begin_ms = progress_clock()};
}

void make_show_end(make_show *show)
{
    if (show->has_line) fputs("\r\033[K", stderr);
    fflush(stderr);
    show->has_line = false;
}

static const char *title_of(const cr_studio *studio)
{
    const cr_graph *graph = cr_studio_graph(studio);
    const cJSON *script = cr_graph_output(graph, graph->script);
    const cJSON *title = cJSON_GetObjectItemCaseSensitive(script, "title");
    return cJSON_IsString(title) ? title->valuestring : NULL;
}

static double seconds_since(int64_t begin_ms)
{
    return (double)(progress_clock() - begin_ms) / 1000;
}

// A line that stays, for every phase that has just ended.
static void tell_phases(make_show *show, const cr_studio *studio, const cr_studio_progress *made)
{
    if (!show->is_titled && title_of(studio)) {
        make_show_end(show);
        fprintf(stderr, "“%s”, %d scenes\n", title_of(studio),
                cr_studio_graph(studio)->scene_count);
        show->is_titled = true;
    }
    for (int i = CR_PHASE_STORYBOARD; i < CR_PHASE_COUNT; i++) {
        const cr_phase_progress *phase = &made->phases[i];
        if (show->is_told[i] || !phase->total || phase->done < phase->total) continue;
        show->is_told[i] = true;
        if (i == CR_PHASE_ASSEMBLE) continue;
        make_show_end(show);
        fprintf(stderr, "%-10s %d of %d, %.1f s\n", cr_phase_name((cr_phase)i), phase->done,
                phase->total, seconds_since(show->begin_ms));
    }
}

static void draw_line(make_show *show, const cr_studio_progress *made)
{
    int64_t now = progress_clock();
    if (show->has_line && now - show->drawn_ms < DRAW_INTERVAL_MS) return;
    show->drawn_ms = now;
    cr_str line = {0};
    for (int i = CR_PHASE_BRIEF; i < CR_PHASE_ASSEMBLE; i++) {
        const cr_phase_progress *phase = &made->phases[i];
        if (!phase->total || phase->done == phase->total) continue;
        cr_str_addf(&line, "%s %d/%d", cr_phase_name((cr_phase)i), phase->done, phase->total);
        if (phase->active && phase->percent) cr_str_addf(&line, " (%d %%)", phase->percent);
        cr_str_add(&line, "   ");
    }
    struct winsize window = {0};
    int columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 12
                      ? window.ws_col
                      : COLUMNS_FALLBACK;
    int seconds = (int)((now - show->begin_ms) / 1000);
    fprintf(stderr, "\r\033[K%d:%02d   %.*s", seconds / 60, seconds % 60, columns - 10,
            cr_str_text(&line));
    fflush(stderr);
    show->has_line = true;
    cr_str_free(&line);
}

void make_show_studio(make_show *show, const cr_studio *studio)
{
    if (show->is_quiet) return;
    cr_studio_progress made;
    cr_studio_progress_get(studio, &made);
    tell_phases(show, studio, &made);
    if (show->is_terminal) draw_line(show, &made);
}

static const char *unit_word(cr_unit_state state)
{
    static const char *const words[] = {"",      "waits for others", "to do", "under way", "done",
                                        "failed"};
    return words[state];
}

void make_show_table(const cr_studio *studio)
{
    const cr_graph *graph = cr_studio_graph(studio);
    const cr_brief *brief = cr_studio_brief(studio);
    if (brief) printf("prompt   %s\n", brief->prompt);
    if (title_of(studio)) printf("title    %s\n", title_of(studio));
    if (graph->duration)
        printf("length   %.1f s\n", (double)cr_ticks_to_milliseconds(graph->duration) / 1000);
    for (int i = 0; i < graph->scene_count; i++)
        printf("scene %-2d %s\n", graph->scenes[i].scene->number,
               graph->scenes[i].scene->narration);
    printf("\n%-20s %-17s %-5s %s\n", "unit", "state", "tries", "maker");
    for (int i = 0; i < graph->unit_count; i++) {
        const cr_unit *unit = &graph->units[i];
        printf("%-20s %-17s %-5d %s\n", unit->id, unit_word(unit->state),
               unit->job ? unit->job->attempts : 0,
               unit->provider ? unit->provider->label : "studio");
        if (unit->state == CR_UNIT_FAILED) printf("    %s\n", unit->job->error);
    }
    int64_t cost = 0;
    int attempts = 0;
    const cr_job_list *jobs = cr_studio_jobs(studio);
    for (int i = 0; i < jobs->count; i++) {
        cost += jobs->jobs[i].cost;
        attempts += jobs->jobs[i].attempts;
    }
    printf("\nledger   %d jobs, %d calls, %.2f US$\n", jobs->count, attempts, (double)cost / 1e6);
}
