// flow: composition -> [painter] -> sheets
#pragma once

#include "broker/painter/layout.h"
#include "broker/painter/presenter.h"

// A painted picture: the stage's sheets from far to near.
typedef struct cr_painting {
    cr_stage stage;
    cr_layout layout;
    bool has_presenter;
    cr_presenter_face face;
} cr_painting;

// The part of the shorter side that a sheet reaches beyond the canvas on every side.
#define CR_BLEED_SHARE 0.075

// [width] × [height] pixels of canvas. Gives the painting (cr_painting_close).
CR_CHECKED cr_status cr_painting_make(cr_painting *out, const cr_composition *composition,
                                      const cr_icon_set *icons, int width, int height,
                                      cr_fault *fault);
void cr_painting_close(cr_painting *painting);

// The sheets on top of each other, without the bleed, with the presenter's mouth at rest. Gives the
// surface (cairo_surface_destroy); NULL when there is no room for it.
cairo_surface_t *cr_painting_flatten(cr_painting *painting);
