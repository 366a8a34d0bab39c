// Sea, lake, beach and the world under water.
#include "broker/painter/backdrop.h"

#include <math.h>

static void paint_glitter(cr_stage *stage, cairo_t *cr, cr_dice *dice, double top, double bottom)
{
    // The light's road on the water.
    for (int i = 0; i < 46; i++) {
        double along = (i + 0.5) / 46;
        double y = top + (bottom - top) * along * along;
        double half = (30 + 170 * along) * cr_dice_between(dice, 0.3, 1);
        double x = stage->light_x + cr_dice_between(dice, -1, 1) * (20 + 120 * along);
        cr_path_round(cr, x - half / 2, y, half, 3 + 5 * along, 3);
        cr_fill(cr, stage->look.sun, 0.42 * (1 - 0.6 * along));
    }
}

static void paint_wave_row(cr_stage *stage, cairo_t *cr, cr_dice *dice, double y, double height,
                           double length, cr_ink ink)
{
    double left = -stage->bleed - length, right = stage->width + stage->bleed + length;
    double off = cr_dice_between(dice, 0, length);
    cairo_move_to(cr, left, stage->height + stage->bleed + 8);
    cairo_line_to(cr, left + off, y);
    for (double x = left + off; x < right; x += length) {
        // Steeper on the lee side, as waves are.
        cairo_curve_to(cr, x + length * 0.32, y, x + length * 0.42, y - height, x + length * 0.58,
                       y - height);
        cairo_curve_to(cr, x + length * 0.72, y - height, x + length * 0.72, y, x + length, y);
    }
    cairo_line_to(cr, right + length, stage->height + stage->bleed + 8);
    cairo_close_path(cr);
    cr_fill_down(cr, y - height, cr_ink_shade(ink, 0.1), y + 130, cr_ink_shade(ink, -0.08));
    for (double x = left + off; x < right; x += length) {
        cairo_move_to(cr, x + length * 0.4, y - height * 0.86);
        cairo_curve_to(cr, x + length * 0.5, y - height * 1.1, x + length * 0.64, y - height * 1.05,
                       x + length * 0.72, y - height * 0.5);
        cairo_curve_to(cr, x + length * 0.64, y - height * 0.82, x + length * 0.52,
                       y - height * 0.8, x + length * 0.4, y - height * 0.86);
        cr_fill(cr, cr_look_lit(&stage->look, 0xF4FBFF), 0.4);
    }
}

static void paint_sea(cr_stage *stage)
{
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 51);
    bool is_rough = stage->weather == CR_WEATHER_STORM;
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cairo_rectangle(middle, left, stage->horizon, span, stage->height);
    cr_fill_down(middle, stage->horizon, look->water_far, stage->height, look->water_near);
    paint_glitter(stage, middle, &dice, stage->horizon + 6, stage->height * 0.8);
    for (int i = 0; i < 22; i++) {
        double y = stage->horizon + 10 + i * 9;
        double x = left + cr_dice_between(&dice, 0, 1) * span;
        cr_path_round(middle, x, y, 60 + 6 * i, 3, 1.5);
        cr_fill(middle, cr_ink_shade(look->water_far, 0.3), 0.4);
    }
    double swell = is_rough ? 2.6 : 1;
    paint_wave_row(stage, middle, &dice, stage->horizon + stage->height * 0.1, 12 * swell, 230,
                   cr_ink_mix(look->water_far, look->water_near, 0.5));
    paint_wave_row(stage, ground, &dice, stage->ground + 10, 20 * swell, 300, look->water_near);
    paint_wave_row(stage, stage->sheets[CR_SHEET_FRONT], &dice, stage->height * 0.95, 26 * swell,
                   420, cr_ink_shade(look->water_near, -0.16));
}

static void paint_beach(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    cr_dice dice = cr_dice_make(stage->seed, 52);
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cairo_rectangle(middle, left, stage->horizon, span, stage->height);
    cr_fill_down(middle, stage->horizon, look->water_far, stage->height * 0.72, look->water_near);
    paint_glitter(stage, middle, &dice, stage->horizon + 6, stage->height * 0.68);
    double shore = stage->horizon + stage->height * 0.15;
    cr_ink sand = cr_look_lit(look, 0xF3D9A2);
    cr_dice wave = dice;
    cr_path_ridge(middle, stage, &wave, shore - 16, 16, 620);
    cr_fill(middle, cr_look_lit(look, 0xF7FCFF), 0.85);
    wave = dice;
    cr_path_ridge(ground, stage, &wave, shore, 16, 620);
    cr_fill_down(ground, shore, cr_ink_mix(sand, look->water_far, 0.3), shore + 60, sand);
    wave = dice;
    cr_path_ridge(ground, stage, &wave, shore + 34, 14, 620);
    cr_fill_down(ground, shore + 20, sand, stage->height, cr_ink_shade(sand, -0.12));
    for (int i = 0; i < 60; i++) {
        cr_path_ellipse(ground, cr_dice_between(&dice, left, left + span),
                        cr_dice_between(&dice, shore + 60, stage->height + stage->bleed), 5, 2.4);
        cr_fill(ground, cr_ink_shade(sand, -0.25), 0.5);
    }
    cr_front_grass(stage, &dice, cr_ink_mix(look->leaf_dark, sand, 0.25), 150);
}

static void paint_lake(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    cr_dice dice = cr_dice_make(stage->seed, 53);
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    for (int row = 0; row < 2; row++) {
        cr_path_ridge(middle, stage, &dice, stage->horizon - 60 + 50 * row, 50 - 26 * row, 800);
        cr_fill(middle,
                cr_look_distant(look, row ? look->land_near : look->land_far, 0.75 - 0.35 * row),
                1);
    }
    for (int i = 0; i < 24; i++)
        cr_tree_pine(stage, middle, &dice, left + span * (i + 0.5) / 24, stage->horizon + 12,
                     cr_dice_between(&dice, 70, 150), 0.5);
    cairo_rectangle(middle, left, stage->horizon + 8, span, stage->height);
    cr_fill_down(middle, stage->horizon, look->water_far, stage->height, look->water_near);
    paint_glitter(stage, middle, &dice, stage->horizon + 14, stage->height * 0.8);
    for (int i = 0; i < 26; i++) {
        double y = stage->horizon + 20 + i * 12;
        double width = 70 + 9 * i;
        cr_path_round(middle, left + cr_dice_between(&dice, 0, 1) * span, y, width, 3.4, 1.7);
        cr_fill(middle, cr_ink_shade(look->water_far, 0.35), 0.35);
    }
    double top = stage->horizon + stage->height * 0.26;
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    cr_path_ridge(ground, stage, &dice, top, 18, 1100);
    cr_fill_down(ground, top, look->land_near, stage->height, cr_ink_shade(look->land_near, -0.2));
    cr_field(stage, ground, &dice, top + 20, stage->height + stage->bleed * 0.6, 90, 20);
    cr_front_grass(stage, &dice, cr_ink_shade(look->leaf_dark, -0.25), 240);
}

void cr_backdrop_water(cr_stage *stage)
{
    if (stage->place == CR_PLACE_BEACH)
        paint_beach(stage);
    else if (stage->place == CR_PLACE_LAKE)
        paint_lake(stage);
    else
        paint_sea(stage);
}

static void paint_rays(cr_stage *stage, cairo_t *cr, cr_dice *dice)
{
    for (int i = 0; i < 7; i++) {
        double x = stage->width * cr_dice_between(dice, 0.05, 0.95);
        double half = cr_dice_between(dice, 20, 70), lean = (x - stage->light_x) * 0.5;
        double bottom = stage->height * cr_dice_between(dice, 0.6, 0.95);
        const double ray[] = {
            x - half * 0.5,      -stage->bleed, x + half * 0.5,      -stage->bleed,
            x + half * 2 + lean, bottom,        x - half * 2 + lean, bottom};
        cr_path_polygon(cr, ray, 4);
        cr_fill_fade(cr, -stage->bleed, cr_ink_hex(0xEFFFFF), 0.3, bottom, cr_ink_hex(0xEFFFFF), 0);
    }
}

static void paint_weed(cairo_t *cr, cr_dice *dice, double x, double y, double height, cr_ink ink)
{
    double sway = cr_dice_between(dice, 14, 34) * (cr_dice_below(dice, 2) ? 1 : -1);
    double half = height * 0.045;
    cairo_move_to(cr, x - half, y);
    cairo_curve_to(cr, x - half - sway, y - height * 0.35, x + sway, y - height * 0.6,
                   x + sway * 0.4, y - height);
    cairo_curve_to(cr, x + sway + half * 2, y - height * 0.6, x - sway + half * 2,
                   y - height * 0.35, x + half, y);
    cairo_close_path(cr);
    cr_fill(cr, ink, 1);
}

static void paint_coral(cairo_t *cr, cr_dice *dice, double x, double y, double height, cr_ink ink,
                        int depth)
{
    if (depth == 0 || height < 12) return;
    double lean = cr_dice_between(dice, -0.5, 0.5) * height;
    cairo_move_to(cr, x, y);
    cairo_curve_to(cr, x, y - height * 0.5, x + lean, y - height * 0.5, x + lean, y - height);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cr_stroke(cr, ink, 1, 5.0 * depth);
    paint_coral(cr, dice, x + lean, y - height, height * 0.7, ink, depth - 1);
    paint_coral(cr, dice, x + lean * 0.5, y - height * 0.55, height * 0.6, ink, depth - 1);
    paint_coral(cr, dice, x + lean * 0.4, y - height * 0.5, height * 0.62, ink, depth - 1);
}

void cr_backdrop_underwater(cr_stage *stage)
{
    cairo_t *sky = stage->sheets[CR_SHEET_SKY];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 55);
    cr_ink top = cr_ink_mix(look->water_near, cr_look_lit(look, 0x8FE6EE), 0.7);
    cr_ink deep = cr_ink_mix(look->water_near, cr_look_lit(look, 0x0B3A75), 0.75);
    cairo_rectangle(sky, -stage->bleed, -stage->bleed, stage->width + 2 * stage->bleed,
                    stage->height + 2 * stage->bleed);
    cr_fill_down(sky, -stage->bleed, top, stage->height, deep);
    cr_glow(sky, stage->light_x, -60, 800, cr_ink_hex(0xF0FFFF), look->is_dark ? 0.25 : 0.6);
    paint_rays(stage, sky, &dice);
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    for (int row = 0; row < 2; row++) {
        double y = stage->height * (0.72 + 0.08 * row);
        cr_ink rock = cr_ink_mix(deep, cr_look_lit(look, 0x2F6F9F), 0.5 + 0.2 * row);
        cr_path_ridge(middle, stage, &dice, y, 70 - 30 * row, 500);
        cr_fill(middle, rock, 1);
        for (int i = 0; i < 10; i++)
            paint_weed(middle, &dice, cr_dice_between(&dice, 0, stage->width), y + 30,
                       cr_dice_between(&dice, 110, 240), cr_ink_shade(rock, -0.1));
    }
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    cr_ink sand = cr_ink_mix(cr_look_lit(look, 0xE9D6A8), deep, 0.3);
    double floor = stage->height * 0.87;
    static const uint32_t corals[] = {0xFF7F7F, 0xFFB04F, 0xD97FD9, 0xFF6FA0};
    for (int i = 0; i < 7; i++) {
        double x = stage->width * (i + cr_dice_between(&dice, 0.2, 0.8)) / 7;
        if (fabs(x - stage->width / 2) < stage->width * 0.12) continue;
        paint_coral(ground, &dice, x, floor + 24, cr_dice_between(&dice, 60, 100),
                    cr_ink_mix(cr_look_lit(look, corals[cr_dice_below(&dice, 4)]), deep, 0.18), 4);
    }
    cr_path_ridge(ground, stage, &dice, floor, 16, 700);
    cr_fill_down(ground, floor, sand, stage->height + stage->bleed, cr_ink_mix(sand, deep, 0.4));
    cairo_t *air = stage->sheets[CR_SHEET_CLOUDS];
    for (int i = 0; i < 34; i++) {
        double x = cr_dice_between(&dice, 0, stage->width), r = cr_dice_between(&dice, 3, 13);
        double y = cr_dice_between(&dice, 0, stage->height * 0.85);
        cr_path_circle(air, x, y, r);
        cr_stroke(air, cr_ink_hex(0xF0FFFF), 0.5, 2);
        cr_path_circle(air, x - r * 0.3, y - r * 0.3, r * 0.25);
        cr_fill(air, cr_ink_hex(0xFFFFFF), 0.7);
    }
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    for (int i = 0; i < 16; i++) {
        double edge = cr_dice_between(&dice, 0, 0.2) * stage->width;
        double x = i % 2 ? stage->width + stage->bleed - edge : edge - stage->bleed;
        paint_weed(front, &dice, x, stage->height + stage->bleed + 10,
                   cr_dice_between(&dice, 180, 420) + stage->bleed,
                   cr_ink_mix(cr_look_lit(look, 0x1F6F5F), deep, 0.5));
    }
}
