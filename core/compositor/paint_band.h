// A planned picture, and how bands of its rows are painted.
#pragma once

#include "compositor/draw.h"

// Rows of a band.
enum { CR_BAND_ROWS = 64 }; // even, so that rows of chroma belong to one band

// One layer, or two that a transition makes into one.
typedef struct cr_step {
    cr_join join;   // CR_JOIN_NONE: only [a]
    cr_draw *a, *b; // either may be NULL under a transition
    int share;
    cr_wipe wipe;
    uint8_t color[4]; // premultiplied
    cr_blend blend;
} cr_step;

// What all workers read while they paint the bands of one picture.
typedef struct cr_band_job {
    const cr_painter *painter;
    int width, height;
    int step_count;
    const cr_step *steps;
    uint8_t background[4]; // premultiplied
    bool skip_background;  // the first step covers it
    bool in_rgb;           // else on the planes of [out], which is I420
    cr_frame *out;         // NULL: into [buffer]
    uint8_t *buffer;       // premultiplied RGBA, rows without gaps
    cr_rgb_to_yuv to_yuv;
    cr_yuv_to_rgb to_rgb;
} cr_band_job;

// How many bands the picture has.
int cr_band_count(const cr_band_job *job);

// A cr_paint_task: paints one band.
cr_status cr_band_paint(void *cookie, cr_scratch *scratch, int index);
