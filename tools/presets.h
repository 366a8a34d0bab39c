// Ready-made settings for `cutroom render --preset`.
#pragma once

#include <stdint.h>

// One named set of export options.
typedef struct preset {
    const char *name, *explanation;
    const char *format; // NULL: by the file's ending
    int short_side_max; // the picture is made no larger than this; 0: as it is
    int frame_rate_max; // 0: as it is
    const char *speed;  // see codec.h
    int quality;        // codec's own number; 0: its default
    int64_t audio_bit_rate;
} preset;

// NULL when there is none of this name. Static.
const preset *preset_find(const char *name);

// All of them, [*count] of them. Static.
const preset *preset_list(int *count);

// The size that a picture of [width] × [height] has within [short_side_max], both sides even.
void preset_size(int short_side_max, int *width, int *height);
