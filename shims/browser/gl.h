// The page's canvas (Module.crCanvas) as a WebGL 2 context, for the graphics painter. For the
// worker that made the module alone.
#pragma once

#include <stdbool.h>

#include "base/status.h"

// The canvas as it is now.
typedef struct cr_browser_canvas {
    int width, height; // pixels
    int generation;    // a new number: all objects made before are gone (cr_paint_gl_forget)
} cr_browser_canvas;

// Makes the canvas's context current, and the context itself the first time; before every use of
// GL. CR_AGAIN: the browser has taken the context away, show nothing until it is back
// (Module.crActivity tells); CR_NOTFOUND: the page has handed in no canvas; CR_UNSUPPORTED: there
// is no WebGL 2.
CR_CHECKED cr_status cr_browser_canvas_use(cr_browser_canvas *out);

// Whether the context, which must be there, is known to be a processor's imitation of one.
bool cr_browser_canvas_is_emulated(void);

// Gives the context back, and lets go of the canvas.
void cr_browser_canvas_close(void);
