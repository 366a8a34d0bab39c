// Where a picture lands on the canvas, as an affine map in whole numbers (32 fraction bits).
#pragma once

#include <stdbool.h>

#include "compositor/paint.h"

// Scale factors outside are brought inside: nothing that can be seen changes.
enum { CR_SCALE_FACTOR_MAX = 1 << 18 };

// forward and inverse are {xx, xy, yx, yy}: canvas x = xx × source x + xy × source y, in samples
// as stored. The point (source_x, source_y) of the picture lies at (out_x, out_y) of the canvas.
typedef struct cr_transform {
    int64_t forward[4], inverse[4];
    int64_t out_x, out_y;
    int64_t source_x, source_y;
    // The part of the picture that is shown, in samples.
    int64_t left, top, right, bottom;
    // Corner radii on the canvas, along the picture's own axes.
    int64_t radius_x, radius_y;
    bool is_aligned; // no rotation but half turns: forward[1] and [2] are 0
} cr_transform;

// The canvas that pictures are placed on.
typedef struct cr_canvas {
    int project_width, project_height, width, height;
} cr_canvas;

// The map of [layer], whose picture has [width] × [height] stored samples after quarter turns.
// [mirrored] and [upside_down] say how it must be flipped to stand upright. False when there is
// nothing to be seen of it: all cropped away, or scaled to nothing.
bool cr_transform_make(cr_transform *out, const cr_paint_layer *layer, const cr_canvas *canvas,
                       int width, int height, cr_rate sample_aspect, bool mirrored,
                       bool upside_down);

// The map of something that already has the canvas's size and place.
void cr_transform_identity(cr_transform *out, int width, int height);

// Scales by [scale] (32 fraction bits, positive) around the canvas's centre, then moves by whole
// pixels.
void cr_transform_follow(cr_transform *transform, const cr_canvas *canvas, int64_t scale, int dx,
                         int dy);

// The samples of the source are [across] × [down] times fewer than the transform was made for.
void cr_transform_reduce(cr_transform *transform, int across, int down);

// The canvas point (x, y) in the source, all with 32 fraction bits.
void cr_transform_to_source(const cr_transform *transform, int64_t x, int64_t y, int64_t *source_x,
                            int64_t *source_y);

// The pixels that the shown part touches, cut to the canvas. False when there are none.
bool cr_transform_bounds(const cr_transform *transform, const cr_canvas *canvas, int *x0, int *y0,
                         int *x1, int *y1);
