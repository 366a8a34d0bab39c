// How far a film is: one line that changes on a terminal, a line a finished phase elsewhere.
#pragma once

#include "studio/studio.h"

// What was already told, so that nothing is told twice.
typedef struct make_show {
    bool is_quiet, is_terminal, has_line;
    int64_t begin_ms, drawn_ms;
    bool is_told[CR_PHASE_COUNT];
    bool is_titled;
} make_show;

// Starts its clock; a quiet one tells nothing.
void make_show_begin(make_show *show, bool is_quiet);
// Draws what is new since the last call.
void make_show_studio(make_show *show, const cr_studio *studio);
// Takes the changing line off the screen.
void make_show_end(make_show *show);

// A table of every unit, and what was spent.
void make_show_table(const cr_studio *studio);
