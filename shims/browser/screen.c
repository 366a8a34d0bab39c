#include "browser/screen.h"

#include <emscripten.h>

#include "base/mem.h"
#include "browser/gl.h"
#include "compositor/paint_gl.h"

// A picture that takes longer is better painted by the CPU: at 60 pictures a second half the time
// is left for everything else.
static const double paint_ms_max = 8;

// Who paints.
typedef enum painter_choice {
    PAINTER_NONE = 0, // not yet known
    PAINTER_GL,
    PAINTER_CPU,
} painter_choice;

struct cr_browser_screen {
    cr_preview_screen door;
    cr_paint_gl *painter;
    int generation; // of the canvas's context
    painter_choice choice;
};

// The canvas is ready to be painted on. CR_AGAIN: not now.
static cr_status use_canvas(cr_browser_screen *screen, cr_browser_canvas *canvas)
{
    cr_status status = cr_browser_canvas_use(canvas);
    if (status != CR_OK) return status;
    if (!screen->painter) {
        cr_paint_gl_desc desc = {0};
        status = cr_paint_gl_open(&screen->painter, &desc);
    } else if (canvas->generation != screen->generation) {
        cr_paint_gl_forget(screen->painter);
    }
    screen->generation = canvas->generation;
    return status;
}

static cr_paint_gl_view whole(const cr_browser_canvas *canvas)
{
    return (cr_paint_gl_view){.width = canvas->width, .height = canvas->height};
}

static cr_status show(void *cookie, const cr_frame *frame)
{
    cr_browser_screen *screen = cookie;
    cr_browser_canvas canvas;
    cr_status status = use_canvas(screen, &canvas);
    if (status != CR_OK) return status;
    cr_paint_gl_view view = whole(&canvas);
    return cr_paint_gl_show_frame(screen->painter, frame, &view, NULL);
}

// Paints the picture twice and reads it back: the first time everything is compiled.
static cr_status choose(cr_browser_screen *screen, const cr_picture *picture)
{
    double begin = 0;
    for (int i = 0; i < 2; i++) {
        begin = emscripten_get_now();
        cr_frame *frame = NULL;
        cr_status status = cr_paint_gl_paint(screen->painter, picture, &frame, NULL);
        cr_frame_drop(&frame);
        if (status != CR_OK) return status;
    }
    bool is_quick = emscripten_get_now() - begin <= paint_ms_max;
    screen->choice = is_quick ? PAINTER_GL : PAINTER_CPU;
    return CR_OK;
}

static cr_status paint(void *cookie, const cr_picture *picture)
{
    cr_browser_screen *screen = cookie;
    if (screen->choice == PAINTER_CPU) return CR_UNSUPPORTED;
    cr_browser_canvas canvas;
    cr_status status = use_canvas(screen, &canvas);
    if (status == CR_OK && screen->choice == PAINTER_NONE && picture->item_count > 0)
        status = choose(screen, picture);
    if (status != CR_OK) return status;
    if (screen->choice == PAINTER_CPU) return CR_UNSUPPORTED;
    cr_paint_gl_view view = whole(&canvas);
    return cr_paint_gl_show(screen->painter, picture, &view, NULL);
}

cr_browser_screen *cr_browser_screen_open(void)
{
    cr_browser_screen *screen = cr_alloc(1, sizeof *screen);
    screen->door = (cr_preview_screen){.cookie = screen, .show = show, .paint = paint};
    return screen;
}

void cr_browser_screen_close(cr_browser_screen **screen)
{
    cr_browser_screen *closing = *screen;
    if (!closing) return;
    cr_browser_canvas canvas;
    if (closing->painter && cr_browser_canvas_use(&canvas) != CR_OK)
        cr_paint_gl_forget(closing->painter);
    cr_paint_gl_close(&closing->painter);
    cr_browser_canvas_close();
    cr_free(closing);
    *screen = NULL;
}

const cr_preview_screen *cr_browser_screen_door(const cr_browser_screen *screen)
{
    return &screen->door;
}

bool cr_browser_screen_is_painting(const cr_browser_screen *screen)
{
    return screen->choice == PAINTER_GL;
}
