// flow: segments -> [engine] -> what a file of them will take
// Looks through the tables of an export's segments, before they are joined: whether each holds what
// it should, and how many packets of what kind there will be.
#pragma once

#include "engine/export_plan.h"
#include "engine/segment.h"
#include "io/mux.h"

// What was seen so far; all-zero to begin with.
typedef struct cr_export_survey {
    cr_mux_forecast forecast;
    // By how many pictures coding order runs ahead of showing order at most.
    int64_t reorder;
} cr_export_survey;

// Goes through all packets of a reader that was just opened: segment [index] of the pictures, or
// the sound (-1). CR_CORRUPT when they are not the plan's pictures, each once, from a keyframe on.
CR_CHECKED cr_status cr_export_survey_add(cr_export_survey *survey, const cr_export_plan *plan,
                                          cr_segment_reader *reader, int64_t index,
                                          cr_fault *fault);

// Which picture of the plan is shown at [pts], as far as an encoder's rounding lets it be known.
int64_t cr_export_survey_frame(const cr_export_plan *plan, cr_ticks pts);
