// What a picture is gathered on: RGBA, or YUV planes.
#pragma once

#include "compositor/paint_gl_layer.h"
#include "compositor/paint_plan.h"

// The pictures that a painting goes through.
typedef struct cr_gl_canvas {
    cr_gl_device *device;
    cr_gl_frames *frames;
    cr_plan *plan;
    int width, height;
    bool in_rgb;
    cr_gl_texture *rgba;
    cr_gl_texture *luma, *chroma; // the latter is a pair
    cr_rgb_to_yuv to_yuv;
    cr_yuv_to_rgb to_rgb;
} cr_gl_canvas;

// Paints all steps of [plan], which was made by a painter that only plans.
CR_CHECKED cr_status cr_gl_canvas_paint(cr_gl_canvas *out, cr_gl_device *device,
                                        cr_gl_frames *frames, cr_plan *plan);
void cr_gl_canvas_close(cr_gl_canvas *canvas);

// What is sampled for a layer: its frame's planes. For one with effects, what these made of it:
// the draw becomes a picture of the canvas's size, to be given back with cr_gl_give_back.
CR_CHECKED cr_status cr_gl_canvas_open_draw(cr_gl_canvas *canvas, cr_draw *draw,
                                            cr_gl_planes *planes, cr_gl_texture **made);

// The canvas as planes in [out], for reading or showing; the canvas keeps them.
void cr_gl_canvas_to_planes(cr_gl_canvas *canvas);
