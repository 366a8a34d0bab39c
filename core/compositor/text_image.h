// Putting a text's parts together, in integers: what libass gives are coverage masks.
#pragma once

#include "media/frame.h"

// A stretch of the canvas; empty when right <= left.
typedef struct cr_text_box {
    int left, top, right, bottom;
} cr_text_box;

// Grow [box] to hold [other] too.
void cr_text_box_add(cr_text_box *box, cr_text_box other);

// Lay [color] (0xRRGGBBAA) over the straight-alpha RGBA [frame] through a coverage mask of
// [width] × [height] whose corner is at [left], [top] in the frame. What falls outside is cut off.
void cr_text_image_cover(cr_frame *frame, const uint8_t *mask, int stride, int width, int height,
                         int left, int top, uint32_t color);

// Put a filled box with round corners under what is there. [box] is in the frame's pixels.
void cr_text_image_box(cr_frame *frame, cr_text_box box, int radius, uint32_t color);

// Put a soft shadow under what is there: its alpha moved by [offset] right and down and blurred
// over [blur] pixels. CR_NOMEM.
CR_CHECKED cr_status cr_text_image_shadow(cr_frame *frame, int offset, int blur, uint32_t color);
