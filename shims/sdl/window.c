#include "sdl/window.h"

#include "base/mem.h"
#include "sdl/window_gl.h"

enum { SIDE_MIN = 160 };

struct cr_sdl_window {
    cr_preview_screen screen;
    SDL_Window *window;
    int width, height; // of the film
    cr_sdl_gl *gl;     // NULL: what follows shows
    SDL_Renderer *renderer;
    SDL_Texture *texture; // of the size of the last frame
    int texture_width, texture_height;
};

// Where the picture lies in a canvas of this size.
static SDL_Rect place_in(const cr_sdl_window *window, int width, int height)
{
    SDL_Rect place = {.w = width, .h = height};
    if ((int64_t)width * window->height > (int64_t)height * window->width)
        place.w = (int)((int64_t)height * window->width / window->height);
    else
        place.h = (int)((int64_t)width * window->height / window->width);
    place.x = (width - place.w) / 2;
    place.y = (height - place.h) / 2;
    return place;
}

static SDL_Rect place_of_gl(const cr_sdl_window *window)
{
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(window->window, &width, &height);
    return place_in(window, width, height);
}

static cr_status need_texture(cr_sdl_window *window, int width, int height)
{
    if (window->texture && window->texture_width == width && window->texture_height == height)
        return CR_OK;
    if (window->texture) SDL_DestroyTexture(window->texture);
    window->texture = SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_IYUV,
                                        SDL_TEXTUREACCESS_STREAMING, width, height);
    window->texture_width = width;
    window->texture_height = height;
    return window->texture ? CR_OK : CR_NOMEM;
}

static SDL_YUV_CONVERSION_MODE conversion_of(cr_color color)
{
    if (color.range == CR_COLOR_RANGE_FULL) return SDL_YUV_CONVERSION_JPEG;
    return color.matrix == CR_MATRIX_BT601 ? SDL_YUV_CONVERSION_BT601 : SDL_YUV_CONVERSION_BT709;
}

static cr_status show_plain(cr_sdl_window *window, const cr_frame *frame)
{
    SDL_SetYUVConversionMode(conversion_of(frame->color));
    cr_status status = need_texture(window, frame->width, frame->height);
    if (status != CR_OK) return status;
    int failed = SDL_UpdateYUVTexture(window->texture, NULL, frame->data[0], (int)frame->stride[0],
                                      frame->data[1], (int)frame->stride[1], frame->data[2],
                                      (int)frame->stride[2]);
    int width = 0, height = 0;
    SDL_GetRendererOutputSize(window->renderer, &width, &height);
    SDL_Rect place = place_in(window, width, height);
    SDL_SetRenderDrawColor(window->renderer, 0, 0, 0, SDL_ALPHA_OPAQUE);
    failed = failed || SDL_RenderClear(window->renderer);
    failed = failed || SDL_RenderCopy(window->renderer, window->texture, NULL, &place);
    SDL_RenderPresent(window->renderer);
    return failed ? CR_IO : CR_OK;
}

static cr_status show(void *cookie, const cr_frame *frame)
{
    cr_sdl_window *window = cookie;
    if (window->gl) return cr_sdl_gl_show(window->gl, frame, place_of_gl(window));
    return show_plain(window, frame);
}

static cr_status paint(void *cookie, const cr_picture *picture)
{
    cr_sdl_window *window = cookie;
    if (!window->gl) return CR_UNSUPPORTED;
    return cr_sdl_gl_paint(window->gl, picture, place_of_gl(window));
}

// The film's size, or what of the display it may fill.
static void choose_size(const cr_sdl_window *window, int *width, int *height)
{
    SDL_Rect usable = {0};
    *width = window->width;
    *height = window->height;
    if (SDL_GetDisplayUsableBounds(0, &usable) == 0 && usable.w > 0 && usable.h > 0 &&
        (window->width > usable.w || window->height > usable.h)) {
        SDL_Rect place = place_in(window, usable.w, usable.h);
        *width = place.w;
        *height = place.h;
    }
    if (*width < SIDE_MIN) *width = SIDE_MIN;
    if (*height < SIDE_MIN) *height = SIDE_MIN;
}

static void open_window(cr_sdl_window *window, const char *title)
{
    int width, height, centre = SDL_WINDOWPOS_CENTERED;
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    choose_size(window, &width, &height);
    Uint32 gl_flags = cr_sdl_gl_flags();
    if (gl_flags)
        window->window = SDL_CreateWindow(title, centre, centre, width, height, flags | gl_flags);
    if (window->window) window->gl = cr_sdl_gl_open(window->window);
    if (window->gl) return;
    if (window->window) SDL_DestroyWindow(window->window);
    window->window = SDL_CreateWindow(title, centre, centre, width, height, flags);
    if (!window->window) return;
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
    // Where OpenGL did not do, SDL's own way over it would not either.
    if (!gl_flags)
        window->renderer = SDL_CreateRenderer(window->window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!window->renderer)
        window->renderer = SDL_CreateRenderer(window->window, -1, SDL_RENDERER_SOFTWARE);
}

cr_status cr_sdl_window_open(cr_sdl_window **out, const char *title, int width, int height,
                             cr_fault *fault)
{
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return cr_fail(fault, CR_NOTFOUND, "", "there is no display: %s", SDL_GetError());
    cr_sdl_window *window = cr_alloc(1, sizeof *window);
    window->width = width;
    window->height = height;
    window->screen = (cr_preview_screen){.cookie = window, .show = show, .paint = paint};
    open_window(window, title);
    if (!window->gl && !window->renderer) {
        cr_status status =
            cr_fail(fault, CR_NOTFOUND, "", "no window can be opened: %s", SDL_GetError());
        cr_sdl_window_close(&window);
        return status;
    }
    *out = window;
    return CR_OK;
}

void cr_sdl_window_close(cr_sdl_window **window)
{
    cr_sdl_window *closing = *window;
    if (!closing) return;
    cr_sdl_gl_close(&closing->gl);
    if (closing->texture) SDL_DestroyTexture(closing->texture);
    if (closing->renderer) SDL_DestroyRenderer(closing->renderer);
    if (closing->window) SDL_DestroyWindow(closing->window);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    cr_free(closing);
    *window = NULL;
}

const cr_preview_screen *cr_sdl_window_screen(const cr_sdl_window *window)
{
    return &window->screen;
}

void cr_sdl_window_title(cr_sdl_window *window, const char *title)
{
    SDL_SetWindowTitle(window->window, title);
}

bool cr_sdl_window_is_full(const cr_sdl_window *window)
{
    return SDL_GetWindowFlags(window->window) & SDL_WINDOW_FULLSCREEN;
}

void cr_sdl_window_toggle_full(cr_sdl_window *window)
{
    Uint32 flags = cr_sdl_window_is_full(window) ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP;
    (void)SDL_SetWindowFullscreen(window->window, flags);
}

double cr_sdl_window_across(const cr_sdl_window *window, int x)
{
    int width = 0, height = 0;
    SDL_GetWindowSize(window->window, &width, &height);
    SDL_Rect place = place_in(window, width, height);
    double across = place.w > 0 ? (double)(x - place.x) / place.w : 0;
    return across < 0 ? 0 : across > 1 ? 1 : across;
}

const char *cr_sdl_window_painter(const cr_sdl_window *window)
{
    return window->gl && cr_sdl_gl_is_painting(window->gl) ? "gl" : "cpu";
}
