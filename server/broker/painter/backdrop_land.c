// Kept land: meadow, garden, park and farm.
#include "broker/painter/backdrop.h"

#include <math.h>

static void paint_hills(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 21);
    static const double rises[] = {-0.06, 0.01, 0.07}, swings[] = {70, 52, 34};
    for (int i = 0; i < 3; i++) {
        double y = stage->horizon + rises[i] * stage->height;
        double distance = 0.85 - 0.3 * i;
        cr_ink ink =
            cr_look_distant(look, cr_ink_mix(look->land_far, look->land_near, i * 0.3), distance);
        cr_dice before = dice;
        double length = 900 - 120 * i;
        // Trees stand on the ridge before it is painted: their feet are hidden.
        cr_dice tree_dice = cr_dice_make(stage->seed, 22 + (uint64_t)i);
        int trees = i == 0 ? 7 : 5;
        for (int t = 0; t < trees; t++) {
            double x = cr_dice_between(&tree_dice, -stage->bleed, stage->width + stage->bleed);
            double foot = cr_ridge_at(before, y, swings[i], length, x) + 8;
            double height = (60 + 34 * i) * cr_dice_between(&tree_dice, 0.7, 1.25);
            if (cr_dice_below(&tree_dice, 4) == 0)
                cr_tree_pine(stage, cr, &tree_dice, x, foot, height * 1.1, distance);
            else
                cr_tree_round(stage, cr, &tree_dice, x, foot, height, distance);
        }
        cr_path_ridge(cr, stage, &dice, y, swings[i], length);
        cr_fill_down(cr, y - swings[i], cr_ink_shade(ink, 0.1), y + 200, cr_ink_shade(ink, -0.06));
    }
}

static double ground_top(const cr_stage *stage)
{
    return stage->horizon + stage->height * 0.13;
}

static void paint_ground(cr_stage *stage, int tufts, int flowers)
{
    cairo_t *cr = stage->sheets[CR_SHEET_GROUND];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 25);
    double top = ground_top(stage);
    cr_path_ridge(cr, stage, &dice, top, 22, 1300);
    cr_fill_down(cr, top - 20, cr_ink_mix(look->land_near, look->land_far, 0.3),
                 stage->height + stage->bleed, cr_ink_shade(look->land_near, -0.2));
    // Sunlit bands across the slope.
    for (int i = 0; i < 3; i++) {
        cr_path_ellipse(cr, cr_dice_between(&dice, 0, stage->width),
                        top + 70 + 100 * i + cr_dice_between(&dice, 0, 40), 520, 16 + 8 * i);
        cr_fill(cr, cr_ink_shade(look->land_near, 0.2), 0.16);
    }
    cr_field(stage, cr, &dice, top + 26, stage->height + stage->bleed * 0.6, tufts, flowers);
}

static void paint_fence(cr_stage *stage, cairo_t *cr, double y, double height)
{
    cr_ink wood = cr_look_distant(&stage->look, cr_look_lit(&stage->look, 0xF6EFE2), 0.12);
    double left = -stage->bleed, right = stage->width + stage->bleed;
    for (int rail = 0; rail < 2; rail++) {
        cairo_rectangle(cr, left, y - height * (0.35 + 0.36 * rail), right - left, height * 0.1);
        cr_fill(cr, cr_ink_shade(wood, -0.1), 1);
    }
    for (double x = left; x < right; x += height * 0.5) {
        const double plank[] = {x,
                                y,
                                x,
                                y - height * 0.86,
                                x + height * 0.13,
                                y - height,
                                x + height * 0.26,
                                y - height * 0.86,
                                x + height * 0.26,
                                y};
        cr_path_polygon(cr, plank, 5);
        cr_fill(cr, wood, 1);
    }
}

static void paint_garden(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    cr_dice dice = cr_dice_make(stage->seed, 31);
    double top = ground_top(stage);
    double left = -stage->bleed, right = stage->width + stage->bleed;
    for (double x = left; x < right; x += 150)
        cr_bush(stage, cr, &dice, x + cr_dice_between(&dice, -30, 30), top + 10,
                cr_dice_between(&dice, 190, 280), 0.32);
    paint_fence(stage, cr, top + 26, 118);
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    paint_ground(stage, 60, 46);
    // A bed of earth with seedlings in rows.
    double y = stage->height * 0.9;
    for (int row = 0; row < 2; row++) {
        double bed = y + row * 84;
        cr_path_ellipse(ground, stage->width * 0.5, bed, stage->width * 0.62, 36);
        cr_fill(ground, cr_look_lit(&stage->look, 0x7A5138), 0.9);
        cr_path_ellipse(ground, stage->width * 0.5, bed - 7, stage->width * 0.6, 26);
        cr_fill(ground, cr_look_lit(&stage->look, 0x8F6144), 1);
        for (double x = 30; x < stage->width; x += 118) {
            double off = x + cr_dice_between(&dice, -16, 16);
            if (fabs(off - stage->width / 2) < 60 && row == 0) continue;
            cr_grass(ground, &dice, off, bed - 2, 40 + 12 * row, stage->look.leaf);
        }
    }
}

static void paint_barn(cr_stage *stage, cairo_t *cr, double x, double y, double size)
{
    const cr_look *look = &stage->look;
    cr_ink red = cr_look_distant(look, cr_look_lit(look, 0xC2463B), 0.2);
    cr_ink roof = cr_look_distant(look, cr_look_lit(look, 0x6B4A45), 0.2);
    cr_ink white = cr_look_distant(look, cr_look_lit(look, 0xF6EFE2), 0.2);
    const double body[] = {x,
                           y,
                           x,
                           y - size * 0.55,
                           x + size * 0.18,
                           y - size * 0.85,
                           x + size * 0.5,
                           y - size,
                           x + size * 0.82,
                           y - size * 0.85,
                           x + size,
                           y - size * 0.55,
                           x + size,
                           y};
    cr_path_polygon(cr, body, 7);
    cr_fill(cr, red, 1);
    cairo_move_to(cr, x - size * 0.05, y - size * 0.52);
    cairo_line_to(cr, x + size * 0.17, y - size * 0.88);
    cairo_line_to(cr, x + size * 0.5, y - size * 1.03);
    cairo_line_to(cr, x + size * 0.83, y - size * 0.88);
    cairo_line_to(cr, x + size * 1.05, y - size * 0.52);
    cr_stroke(cr, roof, 1, size * 0.07);
    cairo_rectangle(cr, x + size * 0.32, y - size * 0.42, size * 0.36, size * 0.42);
    cr_fill(cr, cr_ink_shade(red, -0.25), 1);
    cairo_rectangle(cr, x + size * 0.32, y - size * 0.42, size * 0.36, size * 0.42);
    cairo_move_to(cr, x + size * 0.32, y - size * 0.42);
    cairo_line_to(cr, x + size * 0.68, y);
    cairo_move_to(cr, x + size * 0.68, y - size * 0.42);
    cairo_line_to(cr, x + size * 0.32, y);
    cr_stroke(cr, white, 1, size * 0.025);
    cr_path_round(cr, x + size * 0.42, y - size * 0.76, size * 0.16, size * 0.16, 3);
    cr_fill(cr, look->is_dark ? cr_ink_hex(0xFFD98F) : cr_ink_shade(red, -0.35), 1);
}

static void paint_farm(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    double top = ground_top(stage);
    double side = stage->light_x > stage->width / 2 ? 0.08 : 0.72;
    paint_barn(stage, cr, stage->width * side, top + 14, 270);
    paint_fence(stage, cr, top + 22, 66);
    paint_ground(stage, 40, 10);
    // Furrows that meet at the horizon.
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    cairo_save(ground);
    cairo_rectangle(ground, -stage->bleed, top + 60, stage->width + 2 * stage->bleed,
                    stage->height);
    cairo_clip(ground);
    double vanish = stage->width * 0.5;
    for (int i = -14; i <= 14; i++) {
        double near = vanish + i * 190;
        double far = vanish + i * 64;
        const double furrow[] = {far - 6,   top + 60,
                                 far + 6,   top + 60,
                                 near + 34, stage->height + stage->bleed,
                                 near - 34, stage->height + stage->bleed};
        cr_path_polygon(ground, furrow, 4);
        cr_fill(ground, cr_ink_mix(look->land_near, look->leaf_dark, 0.55), 0.5);
    }
    cairo_restore(ground);
}

static void paint_park(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    cr_dice dice = cr_dice_make(stage->seed, 33);
    double top = ground_top(stage);
    for (int i = 0; i < 5; i++) {
        double x = stage->width * (i + 0.5) / 5 + cr_dice_between(&dice, -60, 60);
        if (fabs(x - stage->width / 2) < stage->width * 0.14) continue;
        cr_tree_round(stage, cr, &dice, x, top + 16, cr_dice_between(&dice, 300, 420), 0.14);
    }
    paint_ground(stage, 54, 16);
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    // A path that winds towards the eye.
    double bottom = stage->height + stage->bleed;
    cairo_move_to(ground, stage->width * 0.64, top + 6);
    cairo_curve_to(ground, stage->width * 0.3, top + 90, stage->width * 0.5, bottom - 140,
                   stage->width * 0.12, bottom);
    cairo_line_to(ground, stage->width * 0.62, bottom);
    cairo_curve_to(ground, stage->width * 0.72, bottom - 120, stage->width * 0.42, top + 90,
                   stage->width * 0.665, top + 6);
    cairo_close_path(ground);
    cr_fill(ground, cr_look_lit(&stage->look, 0xEAD9B5), 0.95);
}

void cr_backdrop_land(cr_stage *stage)
{
    cr_dice dice = cr_dice_make(stage->seed, 26);
    paint_hills(stage);
    if (stage->place == CR_PLACE_GARDEN)
        paint_garden(stage);
    else if (stage->place == CR_PLACE_FARM)
        paint_farm(stage);
    else if (stage->place == CR_PLACE_PARK)
        paint_park(stage);
    else
        paint_ground(stage, 110, stage->season == CR_SEASON_WINTER ? 0 : 64);
    cr_front_grass(stage, &dice, cr_ink_shade(stage->look.leaf_dark, -0.22), 190);
}
