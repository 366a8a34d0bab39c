// flow: project + time -> [engine] -> frame
// Makes the picture of one instant: resolves the timeline, gets every layer's frame, paints.
#pragma once

#include "compositor/paint.h"
#include "engine/pool.h"
#include "project/project.h"

typedef struct cr_picture_maker cr_picture_maker;

// What pictures to make.
typedef struct cr_picture_maker_desc {
    const cr_host *host; // must outlive the maker
    int width, height;   // of the pictures; 0: the project's
    cr_pixel pixel;      // CR_PIXEL_I420 or CR_PIXEL_RGBA
    bool without_simd;
    // A picture that is one untouched hosted frame may come without planes, for an encoder of the
    // same host, or for cr_frame_fetch.
    bool may_be_hosted;
    // What cannot be read is left out of the picture instead of failing it, and told in [fault]
    // beside CR_OK: once for each file.
    bool leaves_holes;
} cr_picture_maker_desc;

// Shares the snapshot; [pool] must outlive the maker.
CR_CHECKED cr_status cr_picture_maker_open(cr_picture_maker **out, const cr_project *project,
                                           cr_pool *pool, const cr_picture_maker_desc *desc,
                                           cr_fault *fault);
void cr_picture_maker_close(cr_picture_maker **maker);

// The picture of [sequence] at [at], in the project's colour (RGBA: sRGB). Gives the frame, which
// has no time of its own. CR_AGAIN: the host's decoders are at work on all of its layers; ask
// again, or for another picture.
CR_CHECKED cr_status cr_picture_make(cr_picture_maker *maker, const cr_sequence *sequence,
                                     cr_ticks at, cr_frame **out, cr_fault *fault);

// As cr_picture_make, but for another painter (paint_gl): everything up to the painting. [out] and
// what it points to are borrowed until the maker's next call; every frame that is to be seen has
// its planes.
CR_CHECKED cr_status cr_picture_compose(cr_picture_maker *maker, const cr_sequence *sequence,
                                        cr_ticks at, cr_picture *out, cr_fault *fault);
