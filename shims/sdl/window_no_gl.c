// For a program that is built without OpenGL ES.
#include "sdl/window_gl.h"

Uint32 cr_sdl_gl_flags(void)
{
    return 0;
}

cr_sdl_gl *cr_sdl_gl_open(SDL_Window *window)
{
    (void)window;
    return NULL;
}

void cr_sdl_gl_close(cr_sdl_gl **gl)
{
    (void)gl;
}

cr_status cr_sdl_gl_paint(cr_sdl_gl *gl, const cr_picture *picture, SDL_Rect place)
{
    (void)gl, (void)picture, (void)place;
    return CR_UNSUPPORTED;
}

cr_status cr_sdl_gl_show(cr_sdl_gl *gl, const cr_frame *frame, SDL_Rect place)
{
    (void)gl, (void)frame, (void)place;
    return CR_UNSUPPORTED;
}

bool cr_sdl_gl_is_painting(const cr_sdl_gl *gl)
{
    (void)gl;
    return false;
}
