// What the vignette comes to: how much light is kept, by the distance from the layer's centre.
#pragma once

#include "compositor/effect.h"

// Entries of its table, less one.
enum { CR_VIGNETTE_STEPS = 2048 };

// What the parameters come to on one canvas.
typedef struct cr_vignette {
    cr_coverage shape;
    int64_t unit_x, unit_y;              // 1 / half size, so that edges are at ±1; 32 fraction bits
    int32_t kept[CR_VIGNETTE_STEPS + 1]; // by the square of the distance; 15 fraction bits
} cr_vignette;

// From the parameters in the order of effect_vignette.json.
void cr_vignette_make(cr_vignette *out, const cr_number *params, const cr_effect_place *place);
