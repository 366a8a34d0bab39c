// Time on the timeline: whole ticks, and rates as fractions. No function here rounds silently.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

// One tick is 1/705 600 000 s: the smallest unit in which a frame of 24, 25, 30, 48, 50, 60, 90,
// 120 fps, of their /1.001 forms, and a sample of 8 to 192 kHz and 44.1 kHz families last a whole
// number of ticks. (The unit known as "flick".)
typedef int64_t cr_ticks;

#define CR_TICKS_PER_SECOND INT64_C(705600000)

// Largest time that anything may carry: 2^53 − 1 ticks (about 147 days), exact in JSON.
#define CR_TICKS_MAX ((INT64_C(1) << 53) - 1)

// "No time known": a missing timestamp or an unknown duration.
#define CR_TICKS_NONE INT64_MIN

// Frames or samples a second, as a fraction in lowest terms with both parts positive; {0, 0} means
// unknown or variable.
typedef struct cr_rate {
    int32_t num;
    int32_t den;
} cr_rate;

// A half-open stretch [start, start + duration).
typedef struct cr_range {
    cr_ticks start;
    cr_ticks duration;
} cr_range;

// What happens to the rest of a division.
typedef enum cr_round {
    CR_ROUND_NONE = 0,
    CR_ROUND_DOWN,    // towards minus infinity
    CR_ROUND_UP,      // towards plus infinity
    CR_ROUND_NEAREST, // halves away from zero
} cr_round;

// value × multiply / divisor with a 128-bit product. [divisor] must be positive; a result that does
// not fit saturates at ±INT64_MAX.
int64_t cr_scale(int64_t value, int64_t multiply, int64_t divisor, cr_round rounding);

// Lowest terms; CR_INVALID unless both parts are positive.
CR_CHECKED cr_status cr_rate_make(cr_rate *out, int64_t num, int64_t den);
bool cr_rate_is_known(cr_rate rate);
bool cr_rate_equal(cr_rate a, cr_rate b);

// The time at which frame (or sample) [index] begins: rounded to the nearest tick, and exact for
// all the rates named above. Never accumulates: frame n is computed from n.
cr_ticks cr_frame_start(int64_t index, cr_rate rate);

// The frame that is on at [ticks]: the largest n with cr_frame_start(n) <= ticks.
int64_t cr_frame_at(cr_ticks ticks, cr_rate rate);

// How many frames it takes to cover [ticks] (rounded up).
int64_t cr_frame_count(cr_ticks ticks, cr_rate rate);

// To and from thousandths and millionths of a second, rounded to the nearest.
cr_ticks cr_ticks_from_milliseconds(int64_t milliseconds);
int64_t cr_ticks_to_milliseconds(cr_ticks ticks);
cr_ticks cr_ticks_from_microseconds(int64_t microseconds);

// The first tick that is no longer in it.
cr_ticks cr_range_end(cr_range range);
bool cr_range_contains(cr_range range, cr_ticks at);
bool cr_range_overlaps(cr_range a, cr_range b);
// The common part; duration 0 (start of the later one) when there is none.
cr_range cr_range_intersect(cr_range a, cr_range b);
