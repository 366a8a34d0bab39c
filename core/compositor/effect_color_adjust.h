// What the colour adjustment comes to: a curve a component, then saturation.
#pragma once

#include <stdint.h>

#include "project/value.h"

// What the parameters come to.
typedef struct cr_color_adjust {
    uint8_t curve[3][256];
    int saturation; // 8 fraction bits, 256 is unchanged
} cr_color_adjust;

// From the parameters in the order of effect_color_adjust.json.
void cr_color_adjust_make(cr_color_adjust *out, const cr_number *params);
