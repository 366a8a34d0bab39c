#include "browser/screen.h"

#include <GLES3/gl3.h>
#include <emscripten.h>

#include "base/mem.h"
#include "browser/gl.h"
#include "browser/screen_plain.h"
#include "browser/screen_show.h"
#include "compositor/paint_gl.h"

// A picture that takes longer is better painted by the CPU: at 60 pictures a second half the time
// is left for everything else.
static const double paint_ms_max = 8;

// The first pictures are timed, and then one of so many: a film grows heavier as it goes on.
enum { TIMED_FIRST = 3, TIMED_EVERY = 30 };

// Who paints.
typedef enum painter_choice {
    PAINTER_NONE = 0, // not yet known
    PAINTER_GL,
    PAINTER_CPU,
} painter_choice;

struct cr_browser_screen {
    cr_preview_screen door;
    const cr_host *host;
    cr_paint_gl *painter;
    cr_screen_show *show;
    cr_screen_plain *plain; // of a canvas without WebGL 2; else NULL
    int generation;         // of the canvas's context
    painter_choice choice;
    int64_t painted; // by the graphics processor
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
        cr_screen_show_forget(screen->show);
    }
    screen->generation = canvas->generation;
    return status;
}

static cr_paint_gl_view whole(const cr_browser_canvas *canvas)
{
    return (cr_paint_gl_view){.width = canvas->width, .height = canvas->height};
}

static cr_status show_plain(cr_browser_screen *screen, const cr_frame *frame)
{
    cr_status status = CR_OK;
    if (!screen->plain) status = cr_screen_plain_open(&screen->plain, screen->host);
    return status == CR_OK ? cr_screen_plain_show(screen->plain, frame) : status;
}

static cr_status show(void *cookie, const cr_frame *frame)
{
    cr_browser_screen *screen = cookie;
    cr_browser_canvas canvas;
    cr_status status = use_canvas(screen, &canvas);
    if (status == CR_UNSUPPORTED) return show_plain(screen, frame);
    if (status != CR_OK) return status;
    if (screen->choice == PAINTER_CPU) {
        status = cr_screen_show_frame(screen->show, frame, &canvas);
        if (status != CR_UNSUPPORTED) return status;
    }
    cr_paint_gl_view view = whole(&canvas);
    return cr_paint_gl_show_frame(screen->painter, frame, &view, NULL);
}

// Waits until everything is painted: nothing else in a browser does.
static void finish(void)
{
    uint8_t pixel[4];
    glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixel);
}

static bool is_to_be_timed(const cr_browser_screen *screen)
{
    // What the first one compiles counts for nothing.
    return screen->painted > 0 &&
           (screen->painted <= TIMED_FIRST || screen->painted % TIMED_EVERY == 0);
}

static cr_status paint(void *cookie, const cr_picture *picture)
{
    cr_browser_screen *screen = cookie;
    if (screen->choice == PAINTER_CPU) return CR_UNSUPPORTED;
    cr_browser_canvas canvas;
    cr_status status = use_canvas(screen, &canvas);
    if (status != CR_OK) return status;
    if (screen->choice == PAINTER_NONE && cr_browser_canvas_is_emulated()) {
        // Compiling for it alone takes longer than the CPU needs for many pictures.
        screen->choice = PAINTER_CPU;
        return CR_UNSUPPORTED;
    }
    bool is_timed = is_to_be_timed(screen);
    if (is_timed) finish();
    double begin = emscripten_get_now();
    cr_paint_gl_view view = whole(&canvas);
    status = cr_paint_gl_show(screen->painter, picture, &view, NULL);
    if (status != CR_OK) return status;
    if (is_timed) finish();
    bool is_slow = is_timed && emscripten_get_now() - begin > paint_ms_max;
    screen->choice = is_slow ? PAINTER_CPU : PAINTER_GL;
    screen->painted++;
    return CR_OK;
}

cr_browser_screen *cr_browser_screen_open(const cr_host *host)
{
    cr_browser_screen *screen = cr_alloc(1, sizeof *screen);
    screen->host = host;
    screen->show = cr_screen_show_open();
    screen->door = (cr_preview_screen){.cookie = screen, .show = show, .paint = paint};
    return screen;
}

void cr_browser_screen_close(cr_browser_screen **screen)
{
    cr_browser_screen *closing = *screen;
    if (!closing) return;
    cr_browser_canvas canvas;
    bool has_context = closing->painter && cr_browser_canvas_use(&canvas) == CR_OK;
    if (closing->painter && !has_context) cr_paint_gl_forget(closing->painter);
    cr_screen_show_close(&closing->show, has_context);
    cr_screen_plain_close(&closing->plain);
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
