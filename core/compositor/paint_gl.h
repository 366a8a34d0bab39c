// flow: layers + frames -> [compositor] -> screen, or frame
// The painter on the graphics processor: OpenGL ES 3.0 and WebGL 2 alike, without extensions. It
// takes the pictures of paint.h, follows the same plan as the CPU painter, and rounds where that
// rounds: almost all of it is in whole numbers, so that a picture is the same on every processor,
// and within 2/255 of the CPU's.
//
// A host makes a context current, on one thread, before every call but forget and stats. The
// painter leaves textures, buffers and the framebuffer bound as they come; it asks nothing of GL
// while a picture is shown, except of what it has just made for the first time.
#pragma once

#include "compositor/paint.h"

typedef struct cr_paint_gl cr_paint_gl;

// How to paint; all-zero is the default.
typedef struct cr_paint_gl_desc {
    int64_t cache_bytes_max; // textures of frames that are kept for the next picture; 0: 256 MiB
} cr_paint_gl_desc;

// Where to show a picture: pixels of a framebuffer (0: the canvas), from its lower left corner.
typedef struct cr_paint_gl_view {
    unsigned framebuffer;
    int left, bottom, width, height;
} cr_paint_gl_view;

// What it has done so far, for tests and the curious.
typedef struct cr_paint_gl_stats {
    int64_t uploads;       // frames
    int64_t frame_bytes;   // textures of frames that are kept
    int64_t texture_bytes; // all textures
    int programs;          // compiled, ever
    int frames;            // kept now
} cr_paint_gl_stats;

// Gives the painter. It makes its objects with the first picture. CR_NOMEM.
CR_CHECKED cr_status cr_paint_gl_open(cr_paint_gl **out, const cr_paint_gl_desc *desc);

// Its objects go back to the current context.
void cr_paint_gl_close(cr_paint_gl **painter);

// The context is lost, and all objects with it; the next picture makes them again in the context
// that is current then.
void cr_paint_gl_forget(cr_paint_gl *painter);

// Paints [picture] and shows it over all of [view], resampled where the sizes differ. The frames of
// its layers are shared for a while. CR_UNSUPPORTED, with the reason in [fault], for what this
// graphics processor cannot: the CPU painter can.
CR_CHECKED cr_status cr_paint_gl_show(cr_paint_gl *painter, const cr_picture *picture,
                                      const cr_paint_gl_view *view, cr_fault *fault);

// Shows [frame], upright, over all of [view].
CR_CHECKED cr_status cr_paint_gl_show_frame(cr_paint_gl *painter, const cr_frame *frame,
                                            const cr_paint_gl_view *view, cr_fault *fault);

// As cr_painter_paint, by the graphics processor: waits until it is done and reads the picture
// back. Gives the frame. CR_IO when the context was lost meanwhile; CR_NOMEM and CR_UNSUPPORTED for
// what this graphics processor cannot.
CR_CHECKED cr_status cr_paint_gl_paint(cr_paint_gl *painter, const cr_picture *picture,
                                       cr_frame **out, cr_fault *fault);

// A copy of what was counted so far.
void cr_paint_gl_stats_get(const cr_paint_gl *painter, cr_paint_gl_stats *out);
