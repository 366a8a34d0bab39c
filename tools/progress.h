// How far a long command is: a bar with rate and time left on a terminal, now and then a line
// elsewhere. Both go to standard error.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// The changing line of a long piece of work.
typedef struct progress {
    bool is_quiet, is_terminal;
    const char *label;
    int64_t begin_ms, drawn_ms;
    int64_t first;     // what was done when the label began
    int percent_drawn; // of the last line
    bool has_line;     // a bar is on the screen
} progress;

// All-zero is a loud one that has not begun.
void progress_begin(progress *p, bool is_quiet);

// [done] of [total] of what [label] (static) names, counted in [unit] ("frames"). Draws only when
// there is something new to say.
void progress_show(progress *p, const char *label, int64_t done, int64_t total, const char *unit);

// Takes the bar off the screen.
void progress_end(progress *p);

// Milliseconds of a clock that only goes forward.
int64_t progress_clock(void);
