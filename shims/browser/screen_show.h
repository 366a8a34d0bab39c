// flow: frame -> [shims/browser] -> canvas
// Shows what the CPU has painted, in one pass at the canvas's own size: with a renderer in software
// the graphics painter's exact way of showing takes longer than painting.
#pragma once

#include "base/status.h"
#include "browser/gl.h"
#include "media/frame.h"

typedef struct cr_screen_show cr_screen_show;

// Gives it without GL objects; they are made with the first frame.
cr_screen_show *cr_screen_show_open(void);
// The context that is current takes back what was made, unless it is gone.
void cr_screen_show_close(cr_screen_show **show, bool has_context);
// The context is lost, and everything that was made in it.
void cr_screen_show_forget(cr_screen_show *show);

// Shows [frame] (I420, upright) over all of [canvas], whose context is current. CR_UNSUPPORTED for
// another layout, and where a shader does not compile.
CR_CHECKED cr_status cr_screen_show_frame(cr_screen_show *show, const cr_frame *frame,
                                          const cr_browser_canvas *canvas);
