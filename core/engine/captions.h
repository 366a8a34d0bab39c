// flow: project -> [engine] -> lines of text with times
// A film's captions as they stand on the timeline, for a text track or a file beside the film.
#pragma once

#include "project/project.h"

// One caption and when it is shown.
typedef struct cr_caption {
    cr_range range;   // from the beginning of the asked range
    const char *text; // borrowed from the snapshot
} cr_caption;

// All captions of [sequence] that are on somewhere in [range] (duration 0: everywhere), by start,
// cut to the range. Captions that are off, on hidden tracks or empty are left out. Gives the array
// (cr_free).
int cr_captions_collect(const cr_sequence *sequence, cr_range range, cr_caption **out);

// The same as SubRip text. Gives the text (cr_free), "" when there are none.
char *cr_captions_subrip(const cr_sequence *sequence, cr_range range);
