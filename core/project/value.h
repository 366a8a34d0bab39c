// Numbers of a project: exact decimals, and how they move between keyframes.
#pragma once

#include <stdbool.h>

#include "base/json.h"
#include "time/time.h"

// A decimal with six places, as whole millionths: what JSON says is what is kept, and arithmetic is
// the same on every machine. |value| <= CR_NUMBER_MAX.
typedef int64_t cr_number;

#define CR_ONE INT64_C(1000000)
#define CR_NUMBER_MAX (INT64_C(1000000000) * CR_ONE)

// How the value travels from this keyframe to the next.
typedef enum cr_easing {
    CR_EASING_NONE = 0,
    CR_EASING_LINEAR,
    CR_EASING_HOLD,   // jumps at the next keyframe
    CR_EASING_IN,     // cubic-bezier(0.42, 0, 1, 1), the CSS curves
    CR_EASING_OUT,    // cubic-bezier(0, 0, 0.58, 1)
    CR_EASING_IN_OUT, // cubic-bezier(0.42, 0, 0.58, 1)
    CR_EASING_BEZIER, // its own curve[4] = x1, y1, x2, y2
} cr_easing;

// A value at a time.
typedef struct cr_keyframe {
    cr_ticks at; // from the clip's start on the timeline; strictly rising
    cr_number value;
    cr_easing easing;
    cr_number curve[4];
    cJSON *extra; // fields this version does not know, kept; owned
} cr_keyframe;

// A parameter: constant while there are no keyframes. Before the first and after the last keyframe
// their values hold.
typedef struct cr_animated {
    cr_number value;
    int keyframe_count;
    cr_keyframe *keyframes; // owned
} cr_animated;

// Pure; integer arithmetic only.
cr_number cr_animated_at(const cr_animated *animated, cr_ticks at);

// The same for a colour (0xRRGGBBAA × CR_ONE): each channel travels by itself.
cr_number cr_animated_color_at(const cr_animated *animated, cr_ticks at);

// The same for what has nothing between its values (a choice, on or off): jumps at each keyframe.
cr_number cr_animated_step_at(const cr_animated *animated, cr_ticks at);

// How far the value has travelled when [progress] (0 to CR_ONE) of the time has passed; may lie
// outside 0 to CR_ONE for a bezier that overshoots. [curve] is read for CR_EASING_BEZIER only.
cr_number cr_ease(cr_easing easing, const cr_number *curve, cr_number progress);
