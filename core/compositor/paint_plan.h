// What is to be done for a picture, decided before any pixel is touched; all painters follow it.
#pragma once

#include "compositor/paint_band.h"

// The picture while it is being made; its memory is the painter's plan.
typedef struct cr_plan {
    cr_painter *painter;
    const cr_picture *picture;
    cr_canvas canvas;
    cr_color color; // of the output, complete
    int step_count;
    cr_step *steps;  // bottom to top; what the topmost opaque picture hides is left out
    bool is_covered; // the first step hides the background
} cr_plan;

// Borrows all but [out], until the painter plans again. CR_INVALID, CR_LIMIT and CR_UNSUPPORTED for
// pictures that cannot be; CR_NOMEM.
CR_CHECKED cr_status cr_plan_make(cr_plan *out, cr_painter *painter, const cr_picture *picture);

// The frame that is the whole picture as it stands, or NULL.
cr_frame *cr_plan_find_whole(const cr_plan *plan);

// Whether a step can go from YUV planes to YUV planes of [color].
bool cr_plan_is_plain(const cr_step *step, cr_color color);

// True when the picture is gathered in RGBA; else it is laid onto YUV planes.
bool cr_plan_wants_rgb(const cr_plan *plan);
