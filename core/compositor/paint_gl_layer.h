// One layer (cr_draw) through the shaders.
#pragma once

#include "compositor/draw.h"
#include "compositor/paint_gl_frame.h"

// A planned layer and what it is sampled from.
typedef struct cr_gl_layer {
    const cr_draw *draw;
    cr_gl_planes planes;        // none for a solid
    cr_gl_texture *tables[2];   // where it shrinks: weights down,
    cr_gl_texture *middles[3];  // and what the first pass made
    int rows_first[2], rows[2]; // the source rows in the middles
} cr_gl_layer;

// First passes, where the layer shrinks. [planes] are borrowed until the layer is closed.
void cr_gl_layer_open(cr_gl_layer *out, cr_gl_device *device, const cr_draw *draw,
                      cr_gl_planes planes);
void cr_gl_layer_close(cr_gl_layer *layer);

// How to lay it down.
typedef struct cr_gl_laying {
    bool is_bare;            // mask only: no opacity
    bool is_over;            // over [backdrop]; else what is there is replaced
    cr_blend blend;          // with the colours of [backdrop]; CR_BLEND_NORMAL: without
    cr_gl_texture *backdrop; // what lies below, in another texture than the target
    const cr_gl_view *view;  // instead of the target
} cr_gl_laying;

// The pixels that the layer may touch, as RGBA.
void cr_gl_layer_rgba(const cr_gl_layer *layer, cr_gl_device *device, cr_gl_texture *to,
                      const cr_gl_laying *laying);

// Likewise on planes: luma, and both others at once; the backdrops are NULL where the layer hides
// all.
void cr_gl_layer_planes(const cr_gl_layer *layer, cr_gl_device *device, cr_gl_texture *luma,
                        cr_gl_texture *chroma, cr_gl_texture *luma_below,
                        cr_gl_texture *chroma_below, int width, int height);

// The mask's uniforms, for effects that go by a layer's shape.
void cr_gl_set_shape(cr_gl_device *device, const cr_coverage *coverage);
void cr_gl_set_wipe(cr_gl_device *device, const cr_wipe *wipe);
