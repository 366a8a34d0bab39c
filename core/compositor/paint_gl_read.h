// What was painted, as a frame.
#pragma once

#include "compositor/paint_gl_canvas.h"

// Reads [canvas] back in the layout and colour of its plan. Waits for the graphics processor. Gives
// the frame. CR_NOMEM; CR_IO when the context was lost; CR_UNSUPPORTED when anything failed in GL.
CR_CHECKED cr_status cr_gl_read(cr_gl_canvas *canvas, cr_frame **out);
