#include "sdl/window_gl.h"

#include <GLES3/gl3.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "compositor/paint_gl.h"

// When pictures take longer the CPU paints them.
enum { PAINT_MS_MAX = 12, TRIES = 12, TRIES_LEFT_OUT = 4 };

struct cr_sdl_gl {
    SDL_Window *window;
    SDL_GLContext context;
    cr_paint_gl *painter;
    int tried; // pictures
    Uint64 tried_ms;
    bool is_slow;
};

Uint32 cr_sdl_gl_flags(void)
{
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
    return SDL_WINDOW_OPENGL;
}

// A graphics processor in software is slower than the CPU painter at everything.
static bool is_software(void)
{
    static const char *const names[] = {"llvmpipe", "softpipe", "SwiftShader", "swrast"};
    const char *renderer = (const char *)glGetString(GL_RENDERER);
    for (size_t i = 0; i < CR_COUNT_OF(names); i++)
        if (!renderer || strstr(renderer, names[i])) return true;
    return false;
}

cr_sdl_gl *cr_sdl_gl_open(SDL_Window *window)
{
    SDL_GLContext context = SDL_GL_CreateContext(window);
    if (!context) return NULL;
    if (is_software()) {
        SDL_GL_DeleteContext(context);
        return NULL;
    }
    cr_sdl_gl *gl = cr_alloc(1, sizeof *gl);
    gl->window = window;
    gl->context = context;
    cr_paint_gl_desc desc = {0};
    if (cr_paint_gl_open(&gl->painter, &desc) != CR_OK) cr_sdl_gl_close(&gl);
    // Where it cannot wait for the display, pictures come as they are ready.
    if (gl) (void)SDL_GL_SetSwapInterval(1);
    return gl;
}

void cr_sdl_gl_close(cr_sdl_gl **gl)
{
    cr_sdl_gl *closing = *gl;
    if (!closing) return;
    cr_paint_gl_close(&closing->painter);
    SDL_GL_DeleteContext(closing->context);
    cr_free(closing);
    *gl = NULL;
}

static cr_paint_gl_view begin(const cr_sdl_gl *gl, SDL_Rect place)
{
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(gl->window, &width, &height);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glDisable(GL_SCISSOR_TEST);
    glViewport(0, 0, width, height);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    return (cr_paint_gl_view){
        .left = place.x, .bottom = height - place.y - place.h, .width = place.w, .height = place.h};
}

// Of the first pictures only the later ones count: at first everything is compiled.
static cr_status show_timed(cr_sdl_gl *gl, const cr_picture *picture, const cr_paint_gl_view *view)
{
    Uint64 before = SDL_GetTicks64();
    cr_status status = cr_paint_gl_show(gl->painter, picture, view, NULL);
    glFinish();
    gl->tried++;
    if (gl->tried > TRIES_LEFT_OUT) gl->tried_ms += SDL_GetTicks64() - before;
    if (gl->tried == TRIES) gl->is_slow = gl->tried_ms > (TRIES - TRIES_LEFT_OUT) * PAINT_MS_MAX;
    return status;
}

cr_status cr_sdl_gl_paint(cr_sdl_gl *gl, const cr_picture *picture, SDL_Rect place)
{
    if (gl->is_slow) return CR_UNSUPPORTED;
    cr_paint_gl_view view = begin(gl, place);
    bool is_trial = gl->tried < TRIES && picture->item_count > 0;
    cr_status status = is_trial ? show_timed(gl, picture, &view)
                                : cr_paint_gl_show(gl->painter, picture, &view, NULL);
    if (status == CR_OK) SDL_GL_SwapWindow(gl->window);
    return status;
}

cr_status cr_sdl_gl_show(cr_sdl_gl *gl, const cr_frame *frame, SDL_Rect place)
{
    cr_paint_gl_view view = begin(gl, place);
    cr_status status = cr_paint_gl_show_frame(gl->painter, frame, &view, NULL);
    if (status == CR_OK) SDL_GL_SwapWindow(gl->window);
    return status;
}

bool cr_sdl_gl_is_painting(const cr_sdl_gl *gl)
{
    return !gl->is_slow;
}
