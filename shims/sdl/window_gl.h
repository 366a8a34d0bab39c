// flow: picture -> [shims/sdl] -> window
// The graphics processor in a window. Built without OpenGL ES it is never there.
#pragma once

#include <SDL.h>

#include "compositor/paint.h"

typedef struct cr_sdl_gl cr_sdl_gl;

// What SDL_CreateWindow must be told for a window that may be painted on by it; 0: it cannot be.
Uint32 cr_sdl_gl_flags(void);

// Gives the painter of [window], which must outlive it; NULL where it does not work, or is software
// itself.
cr_sdl_gl *cr_sdl_gl_open(SDL_Window *window);
void cr_sdl_gl_close(cr_sdl_gl **gl);

// Paint and show in [place] of the window (from its upper left corner, in pixels), black around.
// CR_UNSUPPORTED: the CPU paints it better.
CR_CHECKED cr_status cr_sdl_gl_paint(cr_sdl_gl *gl, const cr_picture *picture, SDL_Rect place);
CR_CHECKED cr_status cr_sdl_gl_show(cr_sdl_gl *gl, const cr_frame *frame, SDL_Rect place);

// True when it paints, and not only shows.
bool cr_sdl_gl_is_painting(const cr_sdl_gl *gl);
