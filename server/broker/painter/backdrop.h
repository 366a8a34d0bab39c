// The parts that backdrops share, and one painter a family of places.
#pragma once

#include "broker/painter/stage.h"

// Sky, sun or moon, stars on the sky sheet; clouds on theirs.
void cr_sky_paint(cr_stage *stage);
void cr_clouds_paint(cr_stage *stage);
// Rain, snow and fog, in front of what is there.
void cr_weather_paint(cr_stage *stage);
void cr_star_paint(cairo_t *cr, double x, double y, double size, double opacity);
void cr_cloud_paint(cairo_t *cr, cr_dice *dice, double x, double y, double width, cr_ink top,
                    cr_ink bottom, double opacity);
void cr_moon_paint(cairo_t *cr, double x, double y, double radius, cr_ink ink);

// Plants stand on (x, y). [distance]: 0 near to 1 far, which takes their colours into the haze.
void cr_tree_round(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double height,
                   double distance);
void cr_tree_pine(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double height,
                  double distance);
void cr_bush(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double width,
             double distance);
void cr_grass(cairo_t *cr, cr_dice *dice, double x, double y, double height, cr_ink ink);
void cr_flower(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double height,
               cr_ink petals);
// A field of tufts and flowers between two heights, growing towards the eye.
void cr_field(cr_stage *stage, cairo_t *cr, cr_dice *dice, double top, double bottom, int tufts,
              int flowers);
// Blades, ferns or leaves along the lower corners of the front sheet.
void cr_front_grass(cr_stage *stage, cr_dice *dice, cr_ink ink, double height);

// Whole backdrops.
void cr_backdrop_land(cr_stage *stage);
void cr_backdrop_wild(cr_stage *stage);
void cr_backdrop_water(cr_stage *stage);
void cr_backdrop_underwater(cr_stage *stage);
void cr_backdrop_town(cr_stage *stage);
void cr_backdrop_room(cr_stage *stage);
void cr_backdrop_workroom(cr_stage *stage);
void cr_backdrop_space(cr_stage *stage);
void cr_backdrop_sheet(cr_stage *stage);
