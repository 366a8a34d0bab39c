// One layer on the canvas: planned once a picture (cr_draw), painted row by row by each worker
// (cr_brush).
#pragma once

#include "compositor/coverage.h"
#include "compositor/effect.h"
#include "compositor/surface.h"
#include "compositor/transition.h"

// Slack of row buffers.
enum { CR_ROW_PAD = 8 }; // pixels that may be read before and after a row

// One effect of a layer with the values that it has in this picture.
typedef struct cr_draw_effect {
    const cr_effect_kind *kind;
    const cr_number *params;
    const void *state; // of kinds with [row], once planned
} cr_draw_effect;

// A layer as it lands on the canvas: all that is decided before any row is painted.
typedef struct cr_draw {
    const cr_frame *frame; // NULL: a solid
    cr_surface surface;
    cr_transform transform;
    cr_coverage coverage; // of what is sampled
    cr_coverage shape;    // of the layer, also where an effect reached beyond it
    int x0, y0, x1, y1;   // pixels it may touch
    int share;            // opacity
    cr_blend blend;
    bool has_wipe;
    cr_wipe wipe;
    int effect_count;
    cr_draw_effect *effects;
    bool covers;                // hides everything below
    bool in_planes;             // goes from YUV planes to YUV planes
    cr_axis across[2], down[2]; // luma or RGBA, and chroma; only when upright
} cr_draw;

// Opens what [layer] shows. *visible: whether anything of it can be seen.
CR_CHECKED cr_status cr_draw_open(cr_draw *out, cr_painter *painter, const cr_canvas *canvas,
                                  const cr_paint_layer *layer, const cr_transition_move *move,
                                  bool *visible);

// The whole canvas in one colour.
void cr_draw_open_solid(cr_draw *out, const cr_canvas *canvas, uint32_t color, int share);

// After [in_planes] is decided: averaging, weights, effects' states.
CR_CHECKED cr_status cr_draw_plan(cr_draw *draw, cr_painter *painter, const cr_canvas *canvas);

// True when some effect needs the whole picture at once.
bool cr_draw_has_whole_effect(const cr_draw *draw);

// A worker's own buffers for one draw.
typedef struct cr_brush {
    const cr_draw *draw;
    const cr_row_kernels *kernels;
    const int16_t *phases;
    cr_sampler samplers[3];
    uint8_t *mask[2];
    uint8_t *rows[3];
} cr_brush;

// Borrows [draw]; its memory is from [scratch] and goes with it. CR_NOMEM.
CR_CHECKED cr_status cr_brush_open(cr_brush *out, const cr_painter *painter, cr_scratch *scratch,
                                   const cr_draw *draw);

// Row [y] in premultiplied RGBA into pixels [x0, x1) of the canvas row [row], everything applied
// but the blend mode. Nothing is written when it comes back empty.
cr_row_alpha cr_brush_rgba(cr_brush *brush, int y, uint8_t *row);

// Rows [y0, y1) (y0 even) onto the planes of [frame]; for draws that go [in_planes].
void cr_brush_planes(cr_brush *brush, cr_frame *frame, int y0, int y1);
