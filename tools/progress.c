#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum {
    BAR_INTERVAL_MS = 100,
    LINE_INTERVAL_MS = 5000,
    LINE_STEP_PERCENT = 10,
    BAR_CELLS_MAX = 40,
    COLUMNS_FALLBACK = 80,
};

int64_t progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(progress *p, bool is_quiet)
{
    *p = (progress){.is_quiet = is_quiet, .is_terminal = isatty(STDERR_FILENO) == 1};
}

// "1:02" or "1:02:03".
static void format_seconds(int64_t seconds, char *out, size_t size)
{
    if (seconds >= 3600)
        snprintf(out, size, "%" PRId64 ":%02" PRId64 ":%02" PRId64, seconds / 3600,
                 seconds / 60 % 60, seconds % 60);
    else
        snprintf(out, size, "%" PRId64 ":%02" PRId64, seconds / 60, seconds % 60);
}

// "240 frames/s, 0:12 left", or nothing while that is not known yet.
static void format_rate(const progress *p, int64_t done, int64_t total, int64_t now,
                        const char *unit, char *out, size_t size)
{
    int64_t spent = now - p->begin_ms, worked = done - p->first;
    out[0] = 0;
    if (spent < 500 || worked <= 0) return;
    char left[32];
    format_seconds((total - done) * spent / worked / 1000, left, sizeof left);
    snprintf(out, size, "%.1f %s/s, %s left", (double)worked * 1000 / (double)spent, unit, left);
}

static void draw_bar(progress *p, int percent, const char *rate)
{
    struct winsize window = {0};
    int columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0
                      ? window.ws_col
                      : COLUMNS_FALLBACK;
    int cells = columns - (int)strlen(p->label) - (int)strlen(rate) - 12;
    if (cells > BAR_CELLS_MAX) cells = BAR_CELLS_MAX;
    fprintf(stderr, "\r%s ", p->label);
    if (cells >= 5) {
        fputc('[', stderr);
        for (int i = 0; i < cells; i++)
            fputc(i < percent * cells / 100 ? '#' : '.', stderr);
        fputc(']', stderr);
    }
    fprintf(stderr, " %3d %%  %s\033[K", percent, rate);
    fflush(stderr);
    p->has_line = true;
}

void progress_show(progress *p, const char *label, int64_t done, int64_t total, const char *unit)
{
    if (p->is_quiet || total <= 0) return;
    int64_t now = progress_clock();
    bool is_new = p->label != label;
    if (is_new) {
        p->label = label;
        p->begin_ms = now;
        p->first = done;
        p->percent_drawn = 0;
    }
    int percent = (int)(done * 100 / total);
    char rate[80];
    if (p->is_terminal) {
        if (!is_new && done < total && now - p->drawn_ms < BAR_INTERVAL_MS) return;
        format_rate(p, done, total, now, unit, rate, sizeof rate);
        draw_bar(p, percent, rate);
    } else {
        bool is_due = percent >= p->percent_drawn + LINE_STEP_PERCENT &&
                      (now - p->drawn_ms >= LINE_INTERVAL_MS || percent == 100);
        if (!is_due) return;
        format_rate(p, done, total, now, unit, rate, sizeof rate);
        fprintf(stderr, "%s %d %%%s%s\n", label, percent, rate[0] ? ", " : "", rate);
        p->percent_drawn = percent;
    }
    p->drawn_ms = now;
}

void progress_end(progress *p)
{
    if (p->has_line) fprintf(stderr, "\r\033[K");
    fflush(stderr);
    p->has_line = false;
    p->label = NULL;
}
