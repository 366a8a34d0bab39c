// flow: picture -> [shims/browser] -> canvas
// The page's canvas as a preview's screen. The graphics processor paints where that is quick
// enough, found out with the first picture; elsewhere (a renderer in software, or no WebGL 2) the
// CPU paints and the canvas only shows.
#pragma once

#include "engine/preview.h"

typedef struct cr_browser_screen cr_browser_screen;

// Gives the screen; the canvas may come later. [host] is borrowed while it is open.
cr_browser_screen *cr_browser_screen_open(const cr_host *host);
void cr_browser_screen_close(cr_browser_screen **screen);

// For cr_preview_open. Borrowed, valid while the screen is open.
const cr_preview_screen *cr_browser_screen_door(const cr_browser_screen *screen);

// True when the graphics processor paints.
bool cr_browser_screen_is_painting(const cr_browser_screen *screen);
