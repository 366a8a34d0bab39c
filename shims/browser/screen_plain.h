// flow: frame -> [shims/browser] -> canvas
// Shows frames on a canvas without WebGL 2: the CPU scales them, and the canvas takes the pixels.
#pragma once

#include "compositor/paint.h"

typedef struct cr_screen_plain cr_screen_plain;

// Gives it. [host] (for threads) is borrowed until it is closed. CR_NOMEM.
CR_CHECKED cr_status cr_screen_plain_open(cr_screen_plain **out, const cr_host *host);
void cr_screen_plain_close(cr_screen_plain **plain);

// Shows [frame] over the whole canvas (Module.crCanvas). CR_UNSUPPORTED: this canvas takes no
// pixels; CR_NOTFOUND: there is none.
CR_CHECKED cr_status cr_screen_plain_show(cr_screen_plain *plain, const cr_frame *frame);
