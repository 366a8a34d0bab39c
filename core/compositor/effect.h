// Effects: what may be done to one layer's picture, on the canvas, before it is blended.
#pragma once

#include "compositor/coverage.h"
#include "compositor/painter.h"

// Where the layer lies, for effects that go by its shape or by project pixels.
typedef struct cr_effect_place {
    cr_coverage shape;
    int width, height; // canvas
    int64_t zoom;      // canvas pixels a project pixel, 16 fraction bits
} cr_effect_place;

// One kind of effect. Pixels are premultiplied RGBA. It has either [prepare] and [row], which look
// at one pixel at a time, or [whole].
typedef struct cr_effect_kind {
    const char *id;
    // What [row] needs, in [scratch]; NULL: no memory.
    void *(*prepare)(cr_scratch *scratch, const cr_number *params, const cr_effect_place *place);
    void (*row)(const void *state, uint8_t *rgba, int x, int y, int count);
    // A picture of the canvas's size, rows without gaps.
    cr_status (*whole)(cr_painter *painter, uint8_t *rgba, const cr_number *params,
                       const cr_effect_place *place);
} cr_effect_kind;

// NULL when there is none of this name. Static.
const cr_effect_kind *cr_effect_find(const char *id);

// All that there are.
extern const cr_effect_kind cr_effect_blur, cr_effect_color_adjust, cr_effect_drop_shadow,
    cr_effect_vignette;
