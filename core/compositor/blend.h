// The blend modes of W3C Compositing and Blending Level 1, in whole numbers.
#pragma once

#include <stdint.h>

#include "project/catalog.h"

// Gives each pixel of [source] the colour that [blend] makes of it and [backdrop] (both
// premultiplied RGBA), so that source-over of the result is what the W3C's formulas say. Alpha
// stays.
void cr_blend_row(cr_blend blend, uint8_t *source, const uint8_t *backdrop, int count);
