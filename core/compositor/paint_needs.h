// What painting a picture takes, before it is painted.
#pragma once

#include "compositor/paint.h"

// Whose planes have to be in memory.
typedef struct cr_paint_needs {
    const cr_frame *whole; // the frame that is the picture as it stands, or NULL
    int frame_count;
    const cr_frame *const *frames; // every one that is to be seen; [whole] is among them
} cr_paint_needs;

// Says what painting [picture] will look at: what is hidden needs no planes. Looks at no pixel
// itself. [out] is borrowed until the painter is used again. Fails as cr_painter_paint.
CR_CHECKED cr_status cr_painter_needs(cr_painter *painter, const cr_picture *picture,
                                      cr_paint_needs *out);
