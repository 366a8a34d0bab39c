// Gaussian blur of any strength at the same cost.
#pragma once

#include "compositor/painter.h"

// Strengths beyond this (canvas pixels) are brought down to it.
enum { CR_GAUSSIAN_SIGMA_MAX = 2000 };

// A box that reaches [radius] samples to both sides, and one more on each side by a part.
typedef struct cr_gaussian_box {
    int radius;
    uint32_t inner, edge; // weights with 32 fraction bits
} cr_gaussian_box;

// What is kept of a sample between the three boxes: this many fraction bits.
enum { CR_GAUSSIAN_FRACTION_BITS = 7 };

// The box that gives [sigma] > 0 (16 fraction bits) when it is applied three times.
cr_gaussian_box cr_gaussian_box_make(int64_t sigma);

// A strength in project pixels on a canvas of [zoom] (16 fraction bits), within the bounds.
int64_t cr_gaussian_sigma(cr_number sigma, int64_t zoom);

// Blurs [channels] (1 or 4) interleaved bytes in place. Edges are repeated outwards. [sigma] has 16
// fraction bits. Three boxes with fractional ends one after the other: the variance is exact, and
// the kernel is within 3 % of its peak from the true bell.
CR_CHECKED cr_status cr_gaussian_blur(cr_painter *painter, uint8_t *data, int64_t stride, int width,
                                      int height, int channels, int64_t sigma);
