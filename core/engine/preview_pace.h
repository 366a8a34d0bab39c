// How a preview's automatic quality follows what the machine can do: down as soon as pictures are
// dropped, up again after a while without, and ever more patiently where that went wrong.
#pragma once

#include "engine/preview.h"

// All-zero is the beginning: full.
typedef struct cr_preview_pace {
    int steps_down;         // from full: 0, 1, 2
    int64_t shown, dropped; // at the window's beginning
    int64_t window_us;      // when it began; 0: not playing
    int64_t changed_us;     // or dropped a picture
    bool went_up;           // with the last change
    int64_t patience_us;    // without a drop before it goes up
} cr_preview_pace;

// [shown] and [dropped] count since play. Gives the quality to play in.
cr_preview_quality cr_preview_pace_follow(cr_preview_pace *pace, int64_t shown, int64_t dropped,
                                          int64_t now_us);
// Playback was paused, or begins: nothing before counts.
void cr_preview_pace_restart(cr_preview_pace *pace);
