// Gaussian blur of any strength at the same cost.
#pragma once

#include "compositor/painter.h"

// Strengths beyond this (canvas pixels) are brought down to it.
enum { CR_GAUSSIAN_SIGMA_MAX = 2000 };

// Blurs [channels] (1 or 4) interleaved bytes in place. Edges are repeated outwards. [sigma] has 16
// fraction bits. Three boxes with fractional ends one after the other: the variance is exact, and
// the kernel is within 3 % of its peak from the true bell.
CR_CHECKED cr_status cr_gaussian_blur(cr_painter *painter, uint8_t *data, int64_t stride, int width,
                                      int height, int channels, int64_t sigma);
