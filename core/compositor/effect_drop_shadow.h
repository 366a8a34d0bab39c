// What the drop shadow comes to on the canvas.
#pragma once

#include "compositor/effect.h"

// What the parameters come to on one canvas.
typedef struct cr_drop_shadow {
    int dx, dy;       // whole pixels; what is left of the offset is below what a soft edge shows
    int64_t sigma;    // canvas pixels, 16 fraction bits
    uint8_t color[4]; // premultiplied
} cr_drop_shadow;

// From the parameters in the order of effect_drop_shadow.json.
void cr_drop_shadow_make(cr_drop_shadow *out, const cr_number *params,
                         const cr_effect_place *place);
