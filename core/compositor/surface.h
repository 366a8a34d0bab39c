// A frame made ready for sampling: quarter turns undone, wide colours brought home, planes known.
#pragma once

#include "compositor/color_convert.h"
#include "compositor/painter.h"

// What a layer is sampled from.
typedef struct cr_surface {
    int plane_count; // 0: one colour, 1: RGBA, 3: YUV
    cr_plane planes[3];
    int width, height;
    bool mirrored, upside_down; // still to be undone by the transform
    bool is_opaque;
    cr_color color; // complete
    cr_yuv_to_rgb to_rgb;
    // Luma place × scale + offset = chroma place; 32 fraction bits.
    int64_t chroma_scale[2], chroma_offset[2];
    uint8_t solid[4]; // premultiplied
    // How the planes of a frame became these, for who makes the pixels elsewhere.
    bool is_rewritten;   // as RGBA: alpha beside YUV, or wide colours
    cr_orientation turn; // quarter turns (1, 3 or none) and the mirroring that comes before them
    int blocks_across, blocks_down; // samples that were averaged; 1: none
} cr_surface;

// Borrows [frame] for as long as the picture is painted; what must be rewritten goes to the plan's
// memory. For a painter that only plans, this and what follows describe the planes that would come
// out, without any samples.
CR_CHECKED cr_status cr_surface_open_frame(cr_surface *out, cr_painter *painter,
                                           const cr_frame *frame);

// One colour (0xRRGGBBAA) everywhere, of any size.
void cr_surface_open_solid(cr_surface *out, uint32_t color, int width, int height);

// Premultiplied RGBA of the canvas's size.
void cr_surface_open_buffer(cr_surface *out, uint8_t *rgba, int width, int height);

// Averages blocks of [across] × [down] samples.
CR_CHECKED cr_status cr_surface_reduce(cr_surface *surface, cr_painter *painter, int across,
                                       int down);

// Straight RGBA becomes premultiplied.
CR_CHECKED cr_status cr_surface_premultiply(cr_surface *surface, cr_painter *painter);
