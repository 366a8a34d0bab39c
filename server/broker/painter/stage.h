// The sheets that a picture is painted on, and the strokes that backdrops are made of.
//
// Lengths are in units: the canvas's shorter side has CR_STAGE_UNITS of them, whatever its size in
// pixels. (0, 0) is the canvas's top left corner, y goes down; sheets reach [bleed] beyond every
// side.
#pragma once

#include <cairo.h>

#include "base/status.h"
#include "broker/painter/dice.h"
#include "broker/painter/look.h"

#define CR_STAGE_UNITS 1080.0

// Far to near.
typedef enum cr_sheet {
    CR_SHEET_NONE = 0,
    CR_SHEET_SKY,    // opaque, behind all
    CR_SHEET_CLOUDS, // what drifts
    CR_SHEET_MIDDLE, // hills, houses, what stands far off
    CR_SHEET_GROUND, // where the subject stands
    CR_SHEET_AIR,    // what hovers: it bobs
    CR_SHEET_FRONT,  // a frame of grass or leaves close to the eye
    CR_SHEET_PRESENTER,
    CR_SHEET_COUNT,
} cr_sheet;

// What is painted on, and its measures.
typedef struct cr_stage {
    double width, height, bleed; // units
    double scale;                // pixels a unit
    int pixel_width, pixel_height, bleed_px;
    uint64_t seed;
    cr_look look;
    cr_place place;
    cr_daytime daytime;
    cr_weather weather;
    cr_season season;
    cr_framing framing;
    double horizon; // y where sky and ground meet
    double ground;  // y where the subject's feet are
    double light_x; // where sun or moon stand
    double light_y;
    bool is_sky_plain;  // something of the composition stands for sun or moon
    bool has_furniture; // the composition brings its own bed or sofa
    cairo_surface_t *surfaces[CR_SHEET_COUNT];
    cairo_t *sheets[CR_SHEET_COUNT];
} cr_stage;

// Empty sheets of [width] × [height] pixels and a bleed around them. CR_NOMEM.
CR_CHECKED cr_status cr_stage_open(cr_stage *stage, int width, int height, int bleed_px);
void cr_stage_close(cr_stage *stage);

// Everything behind and around the things: sky, land or room, after the stage's place, hour,
// weather and look. Sets horizon, ground and light first when [only_measure].
void cr_backdrop_measure(cr_stage *stage);
void cr_backdrop_paint(cr_stage *stage);

// Fill what the current path encloses.
void cr_fill(cairo_t *cr, cr_ink ink, double opacity);
void cr_fill_keep(cairo_t *cr, cr_ink ink, double opacity);
void cr_stroke(cairo_t *cr, cr_ink ink, double opacity, double width);
// A fill from [top] at y0 to [bottom] at y1.
void cr_fill_down(cairo_t *cr, double y0, cr_ink top, double y1, cr_ink bottom);
// The same with opacities.
void cr_fill_fade(cairo_t *cr, double y0, cr_ink top, double top_opacity, double y1, cr_ink bottom,
                  double bottom_opacity);

// Add a shape to the path; the place is its centre, of a round box its corner.
void cr_path_circle(cairo_t *cr, double x, double y, double radius);
void cr_path_ellipse(cairo_t *cr, double x, double y, double rx, double ry);
void cr_path_round(cairo_t *cr, double x, double y, double width, double height, double radius);
// A closed shape through points given as x, y pairs.
void cr_path_polygon(cairo_t *cr, const double *points, int count);
// From edge to edge at about [y], rising and falling by [swing] in waves of about [length], and
// down to the bottom of the sheet.
void cr_path_ridge(cairo_t *cr, const cr_stage *stage, cr_dice *dice, double y, double swing,
                   double length);
// The height of the last kind of ridge at [x], for dice in the same state.
double cr_ridge_at(cr_dice dice, double y, double swing, double length, double x);

// Light that fades out from a point.
void cr_glow(cairo_t *cr, double x, double y, double radius, cr_ink ink, double opacity);
// A soft flat shadow on the ground.
void cr_ground_shadow(cairo_t *cr, double x, double y, double rx, double ry, double opacity);
