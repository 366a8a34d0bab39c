// Frames as textures: uploaded once, kept for as long as they are shown, and made ready there as
// surface.h says (turned, brought home from wide colours, premultiplied, averaged).
#pragma once

#include "compositor/paint_gl_device.h"
#include "compositor/surface.h"

// Frames that are kept at once, however small.
enum { CR_GL_FRAMES_MAX = 128 };

// A frame's planes, RGBA premultiplied.
typedef struct cr_gl_planes {
    cr_gl_texture *textures[3];
} cr_gl_planes;

// One frame on the device.
typedef struct cr_gl_frame {
    cr_frame *frame; // shared, so that nothing else can come to lie at its address
    cr_gl_planes ready, reduced;
    int across, down; // what [reduced] was averaged by; 0: it is not there
    int64_t bytes;
    int idle; // pictures since it was used
} cr_gl_frame;

// Frames that are on the device, found again by who they are, within a budget of bytes.
typedef struct cr_gl_frames {
    int count;
    cr_gl_frame entries[CR_GL_FRAMES_MAX];
    int64_t bytes, bytes_max;
    int64_t uploads; // frames, ever
} cr_gl_frames;

// The planes of [surface], which was opened for [frame] by a painter that only plans. They stay
// until the picture ends. Empty when something failed.
cr_gl_planes cr_gl_frames_get(cr_gl_frames *frames, cr_gl_device *device, const cr_frame *frame,
                              const cr_surface *surface);

// A picture ends: what is too much, or has not been shown for some pictures, goes.
void cr_gl_frames_end(cr_gl_frames *frames);

// Drops all; textures go back to the device.
void cr_gl_frames_clear(cr_gl_frames *frames);
