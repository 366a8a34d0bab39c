// How long the timeline takes with 10 000 clips: a picture's layers, an edit with its inverse,
// reading and printing the file. One JSON object a row, for tools/bench.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/assert.h"
#include "base/mem.h"
#include "base/str.h"
#include "project/edit.h"
#include "project/project_json.h"
#include "project/resolve.h"

enum { TRACKS = 5, CLIPS_A_TRACK = 2000, RESOLVES = 20000, EDITS = 300, LOADS = 15 };

static const long long second = CR_TICKS_PER_SECOND;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, compare);
    return times[count / 2];
}

static void print_row(const char *row, double ours, const char *unit, const char *goal)
{
    printf(
        "{\"row\": \"%s\", \"ours\": %.3f, \"peer\": null, \"unit\": \"%s\", \"goal\": \"%s\"}\n",
        row, ours, unit, goal);
}

// A cut every two seconds on each track; pictures linked to sound, a dissolve at every fourth cut,
// keyframes and an effect on every other clip, captions with words.
static void add_clip(cr_str *out, const char *kind, int track, int index)
{
    long long start = index * 2 * second, duration = 2 * second;
    cr_str_addf(out, "%s{\"id\":\"t%dc%d\",\"start\":%lld,\"duration\":%lld,", index ? "," : "",
                track, index, start, duration);
    if (strcmp(kind, "text") == 0) {
        cr_str_addf(out,
                    "\"kind\":\"caption\",\"text\":\"two words\",\"words\":[{\"text\":\"two\","
                    "\"start\":0,\"duration\":%lld},{\"text\":\"words\",\"start\":%lld,"
                    "\"duration\":%lld}]}",
                    second / 2, second, second / 2);
        return;
    }
    cr_str_addf(out,
                "\"kind\":\"media\",\"asset\":\"a%d\",\"source_start\":%lld,\"link\":\"l%d_%d\"",
                index % 100, second, track % 2, index);
    if (index % 2)
        cr_str_addf(out,
                    ",\"scale_x\":[{\"at\":0,\"value\":1},{\"at\":%lld,\"value\":1.1,"
                    "\"easing\":\"in-out\"}],\"opacity\":0.5,\"effects\":[{\"id\":\"e\","
                    "\"kind\":\"blur\",\"params\":{\"sigma\":4}}]",
                    duration);
    cr_str_add(out, "}");
}

static char *make_project(void)
{
    static const char *const kinds[TRACKS] = {"video", "video", "audio", "audio", "text"};
    cr_str out = {0};
    cr_str_add(&out, "{\"version\":1,\"assets\":[");
    for (int i = 0; i < 100; i++)
        cr_str_addf(&out, "%s{\"id\":\"a%d\",\"uri\":\"a%d.mp4\",\"duration\":%lld}", i ? "," : "",
                    i, i, (long long)(10 * second));
    cr_str_add(&out, "],\"sequences\":[{\"id\":\"film\",\"tracks\":[");
    for (int track = 0; track < TRACKS; track++) {
        cr_str_addf(&out, "%s{\"id\":\"t%d\",\"kind\":\"%s\",\"clips\":[", track ? "," : "", track,
                    kinds[track]);
        for (int i = 0; i < CLIPS_A_TRACK; i++)
            add_clip(&out, kinds[track], track, i);
        cr_str_add(&out, "],\"transitions\":[");
        for (int i = 4; i < CLIPS_A_TRACK && strcmp(kinds[track], "video") == 0; i += 4)
            cr_str_addf(&out,
                        "%s{\"id\":\"t%dx%d\",\"kind\":\"cross-dissolve\",\"from\":\"t%dc%d\","
                        "\"to\":\"t%dc%d\",\"start\":%lld,\"duration\":%lld}",
                        i > 4 ? "," : "", track, i, track, i - 1, track, i,
                        (long long)(i * 2 * second - second / 4), (long long)(second / 2));
        cr_str_add(&out, "]}");
    }
    cr_str_add(&out, "]}]}");
    return cr_str_take(&out);
}

static cr_project *load(const char *text)
{
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&project, text, strlen(text), &fault) != CR_OK) {
        fprintf(stderr, "%s: %s\n", fault.where, fault.text);
        exit(1);
    }
    return project;
}

static void bench_load(const char *text)
{
    double loads[LOADS], prints[LOADS];
    for (int i = 0; i < LOADS; i++) {
        double from = now_us();
        cr_project *project = load(text);
        loads[i] = now_us() - from;
        from = now_us();
        char *printed = cr_project_print(project);
        prints[i] = now_us() - from;
        cr_free(printed);
        cr_project_drop(&project);
    }
    print_row("project load, 10000 clips", median(loads, LOADS) / 1e3, "ms", "<= 150");
    print_row("project print, 10000 clips", median(prints, LOADS) / 1e3, "ms", "");
}

static void bench_resolve(const cr_project *project)
{
    const cr_sequence *film = cr_project_film(project);
    cr_ticks end = cr_sequence_duration(film);
    cr_layers layers = {0};
    double *times = cr_alloc(RESOLVES, sizeof *times);
    uint64_t state = 1;
    for (int i = 0; i < RESOLVES; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407U;
        cr_ticks at = (cr_ticks)(state >> 12) % end;
        double from = now_us();
        cr_resolve(project, film, at, &layers);
        times[i] = now_us() - from;
        CR_ASSERT(layers.item_count > 0);
    }
    print_row("resolve, 10000 clips", median(times, RESOLVES), "us", "<= 20");
    cr_free(times);
    cr_layers_free(&layers);
}

// The edit with the clip's number in the place of "#".
static char *fill(const char *pattern, int index)
{
    cr_str out = {0};
    for (const char *c = pattern; *c; c++) {
        if (*c == '#')
            cr_str_addf(&out, "%d", index);
        else
            cr_str_add_char(&out, *c);
    }
    return cr_str_take(&out);
}

// One edit and its inverse, both applied, both snapshots given back.
static void bench_edit(const cr_project *project, const char *row, const char *pattern,
                       const char *goal)
{
    double *times = cr_alloc(EDITS, sizeof *times);
    for (int i = 0; i < EDITS; i++) {
        int index = (int)((unsigned)i * 7919U % (CLIPS_A_TRACK - 2)) + 1;
        char *text = fill(pattern, index);
        cJSON *edit = NULL, *inverse = NULL;
        CR_ASSERT(cr_json_parse(&edit, text, strlen(text), NULL) == CR_OK);
        double from = now_us();
        cr_project *after = NULL, *undone = NULL;
        cr_fault fault = {0};
        if (cr_edit_apply(project, edit, &after, &inverse, &fault) != CR_OK ||
            cr_edit_apply(after, inverse, &undone, NULL, &fault) != CR_OK) {
            fprintf(stderr, "%s: %s: %s\n", text, fault.where, fault.text);
            exit(1);
        }
        cr_project_drop(&after);
        cr_project_drop(&undone);
        times[i] = now_us() - from;
        cJSON_Delete(inverse);
        cJSON_Delete(edit);
        cr_free(text);
    }
    print_row(row, median(times, EDITS) / 1e3, "ms", goal);
    cr_free(times);
}

int main(void)
{
    char *text = make_project();
    bench_load(text);
    cr_project *project = load(text);
    bench_resolve(project);
    bench_edit(project, "edit and inverse: set",
               "{\"op\":\"set\",\"clip\":\"t1c#\",\"values\":{\"opacity\":0.25,\"name\":\"n#\"}}",
               "<= 1");
    bench_edit(project, "edit and inverse: trim, linked",
               "{\"op\":\"trim\",\"clip\":\"t0c#\",\"edge\":\"end\",\"by\":-70560000}", "<= 1");
    bench_edit(project, "edit and inverse: remove", "{\"op\":\"remove-clip\",\"clip\":\"t1c#\"}",
               "<= 1");
    bench_edit(project, "edit and inverse: ripple",
               "{\"op\":\"ripple-trim\",\"clip\":\"t0c#\",\"edge\":\"end\",\"by\":-70560000}", "");
    cr_project_drop(&project);
    cr_free(text);
    return 0;
}
