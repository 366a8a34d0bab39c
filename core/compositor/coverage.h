// How much of each pixel a picture covers: soft edges, sub-pixel crops and round corners.
#pragma once

#include "compositor/transform.h"

// Distances along the picture's own axes, in canvas pixels with 16 fraction bits.
typedef struct cr_coverage {
    int64_t centre_x, centre_y; // of the shown part, on the canvas
    int64_t across[2], down[2]; // what one canvas pixel right and down adds along each axis
    int64_t half_width, half_height;
    int64_t radius_x, radius_y;
    bool is_aligned;
} cr_coverage;

// Where a row of masks is not trivial: nothing outside [low, high), all within [full_low,
// full_high).
typedef struct cr_span {
    int low, high, full_low, full_high;
} cr_span;

// Of a picture that lands on the canvas by [transform].
void cr_coverage_make(cr_coverage *out, const cr_transform *transform);

// Masks (0 to 255) of pixels [x0, x1) of row [y] into mask[0…].
cr_span cr_coverage_row(const cr_coverage *coverage, int y, int x0, int x1, uint8_t *mask);

// True when every pixel of the canvas is fully covered.
bool cr_coverage_is_full(const cr_coverage *coverage, int width, int height);

// Where the centre of pixel (x, y) lies along the picture's axes.
void cr_coverage_place(const cr_coverage *coverage, int x, int y, int64_t *along, int64_t *across);
