// The picture layouts that move through the core. Decoders convert everything else to the nearest.
#pragma once

#include <stdbool.h>

// All 8 bits a component. Chroma sits left-centred as in MPEG-2/H.264 (horizontally cosited with
// even luma, vertically between two lines).
typedef enum cr_pixel {
    CR_PIXEL_NONE = 0,
    CR_PIXEL_I420,  // planes Y, U, V; chroma halved both ways (rounded up)
    CR_PIXEL_I422,  // planes Y, U, V; chroma halved across
    CR_PIXEL_I444,  // planes Y, U, V
    CR_PIXEL_I420A, // planes Y, U, V, A (A full size, straight alpha)
    CR_PIXEL_RGBA,  // one plane, R G B A bytes in this order, straight alpha
    CR_PIXEL_GRAY,  // one plane; as a mask: coverage
    CR_PIXEL_COUNT,
} cr_pixel;

// Planes of the layout with the most.
enum { CR_PLANES_MAX = 4 };

// Widest and highest picture that is accepted anywhere; more is CR_LIMIT.
enum { CR_PICTURE_SIDE_MAX = 16384 };

// What a layout is like.
int cr_pixel_planes(cr_pixel pixel);
bool cr_pixel_has_alpha(cr_pixel pixel);
bool cr_pixel_is_rgb(cr_pixel pixel);
// Size of one plane of a [width] × [height] picture: bytes a row, and rows.
int cr_pixel_row_bytes(cr_pixel pixel, int plane, int width);
int cr_pixel_rows(cr_pixel pixel, int plane, int height);
const char *cr_pixel_name(cr_pixel pixel);
