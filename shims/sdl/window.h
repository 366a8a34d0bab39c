// flow: picture -> [shims/sdl] -> window
// A window as a preview's screen: the whole picture, as large as it fits, black around. The
// graphics processor paints where that is quicker than the CPU.
#pragma once

#include <SDL.h>

#include "engine/preview.h"

typedef struct cr_sdl_window cr_sdl_window;

// Opens a window for pictures of [width] × [height], no larger than the display. CR_NOTFOUND,
// with the reason in [fault], where there is no display.
CR_CHECKED cr_status cr_sdl_window_open(cr_sdl_window **out, const char *title, int width,
                                        int height, cr_fault *fault);
void cr_sdl_window_close(cr_sdl_window **window);

// For cr_preview_open. Borrowed, valid while the window is open.
const cr_preview_screen *cr_sdl_window_screen(const cr_sdl_window *window);

// What stands in its title bar.
void cr_sdl_window_title(cr_sdl_window *window, const char *title);
// The whole display, or a window again.
void cr_sdl_window_toggle_full(cr_sdl_window *window);
bool cr_sdl_window_is_full(const cr_sdl_window *window);

// How far across the picture [x] of the window's events lies, 0 to 1.
double cr_sdl_window_across(const cr_sdl_window *window, int x);
// Who paints: "gl" or "cpu". Static.
const char *cr_sdl_window_painter(const cr_sdl_window *window);
