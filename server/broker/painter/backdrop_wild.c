// Wild land: forest, jungle, mountains, snow, desert and the open sky.
#include "broker/painter/backdrop.h"

#include <math.h>

static void paint_floor(cr_stage *stage, double top, cr_ink far, cr_ink near)
{
    cairo_t *cr = stage->sheets[CR_SHEET_GROUND];
    cr_dice dice = cr_dice_make(stage->seed, 41);
    cr_path_ridge(cr, stage, &dice, top, 20, 1200);
    cr_fill_down(cr, top - 20, far, stage->height + stage->bleed, near);
}

static void paint_trunks(cr_stage *stage, cr_dice *dice)
{
    // Tall trunks close by frame the picture.
    cairo_t *cr = stage->sheets[CR_SHEET_FRONT];
    cr_ink bark = cr_ink_shade(cr_ink_mix(stage->look.trunk, stage->look.leaf_dark, 0.35), -0.4);
    for (int side = 0; side < 2; side++) {
        double x = side ? stage->width + stage->bleed * 0.35 : -stage->bleed * 0.35;
        double half = cr_dice_between(dice, 70, 100) + stage->bleed * 0.3;
        double bottom = stage->height + stage->bleed + 4, top = -stage->bleed - 4;
        cairo_move_to(cr, x - half * 1.7, bottom);
        cairo_curve_to(cr, x - half, bottom - 200, x - half, bottom - 400, x - half * 0.8, top);
        cairo_line_to(cr, x + half * 0.7, top);
        cairo_curve_to(cr, x + half * 0.9, bottom - 420, x + half, bottom - 180, x + half * 1.8,
                       bottom);
        cairo_close_path(cr);
        cr_fill(cr, bark, 1);
    }
}

static void paint_forest(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 42);
    double left = -stage->bleed - 60, right = stage->width + stage->bleed + 60;
    static const double feet[] = {-0.02, 0.03, 0.085}, tall[] = {330, 400, 500};
    static const double gaps[] = {62, 105, 185}, far[] = {0.8, 0.52, 0.22};
    for (int row = 0; row < 3; row++) {
        double foot = stage->horizon + feet[row] * stage->height;
        for (double x = left; x < right; x += gaps[row] * cr_dice_between(&dice, 0.7, 1.3)) {
            double height = tall[row] * cr_dice_between(&dice, 0.7, 1.15);
            // A clearing in the middle, where light and subject are.
            double middle = fabs(x - stage->width / 2) / stage->width;
            if (row == 2 && middle < 0.2) continue;
            height *= 0.72 + 0.5 * fmin(middle, 0.55);
            if (cr_dice_below(&dice, 5) < 3)
                cr_tree_pine(stage, cr, &dice, x, foot + 12, height, far[row]);
            else
                cr_tree_round(stage, cr, &dice, x, foot + 12, height * 0.85, far[row]);
        }
        cr_ink floor = cr_look_distant(look, cr_ink_mix(look->land_near, look->leaf_dark, 0.3),
                                       far[row] * 0.8);
        cr_path_ridge(cr, stage, &dice, foot, 9, 560);
        cr_fill(cr, floor, 1);
        if (row < 2) {
            cairo_rectangle(cr, left, foot - 190, right - left, stage->height);
            cr_fill_fade(cr, foot - 190, look->haze, 0, foot + 90, look->haze, 0.34);
        }
    }
    double top = stage->horizon + stage->height * 0.12;
    paint_floor(stage, top, cr_ink_mix(look->land_near, look->leaf, 0.3),
                cr_ink_shade(cr_ink_mix(look->land_near, look->leaf_dark, 0.5), -0.25));
    cr_field(stage, stage->sheets[CR_SHEET_GROUND], &dice, top + 26,
             stage->height + stage->bleed * 0.6, 80, stage->season == CR_SEASON_WINTER ? 0 : 14);
    paint_trunks(stage, &dice);
    cr_front_grass(stage, &dice, cr_ink_shade(look->leaf_dark, -0.42), 170);
}

static void paint_leaf_fan(cairo_t *cr, double x, double y, double length, double angle, cr_ink ink)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_rotate(cr, angle);
    cairo_move_to(cr, 0, 0);
    cairo_curve_to(cr, length * 0.2, -length * 0.26, length * 0.7, -length * 0.2, length, 0);
    cairo_curve_to(cr, length * 0.7, length * 0.14, length * 0.2, length * 0.16, 0, 0);
    cr_fill(cr, ink, 1);
    cairo_move_to(cr, 0, 0);
    cairo_line_to(cr, length * 0.9, 0);
    cr_stroke(cr, cr_ink_shade(ink, 0.14), 1, 3);
    cairo_restore(cr);
}

static void paint_jungle(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 43);
    double left = -stage->bleed, right = stage->width + stage->bleed;
    for (int row = 0; row < 3; row++) {
        double foot = stage->horizon + stage->height * (0.03 + 0.045 * row);
        for (double x = left; x < right; x += 130 + 40 * row) {
            double far = 0.7 - 0.26 * row;
            double height = (300 + 60 * row) * cr_dice_between(&dice, 0.8, 1.3);
            cr_tree_round(stage, cr, &dice, x, foot, height, far);
            cr_bush(stage, cr, &dice, x + 60, foot + 6, 200, far);
        }
    }
    double top = stage->horizon + stage->height * 0.11;
    paint_floor(stage, top, look->land_near, cr_ink_shade(look->leaf_dark, -0.3));
    cr_field(stage, stage->sheets[CR_SHEET_GROUND], &dice, top + 20,
             stage->height + stage->bleed * 0.6, 110, 26);
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    for (int corner = 0; corner < 4; corner++) {
        double x = corner % 2 ? right : left, y = corner < 2 ? -stage->bleed * 0.4 : stage->height;
        for (int i = 0; i < 5; i++) {
            double inward = corner % 2 ? M_PI : 0;
            double angle =
                inward + (corner % 2 ? -1 : 1) * (corner < 2 ? 1 : -1) * (0.15 + 0.3 * i);
            double length = cr_dice_between(&dice, 260, 380) * (corner < 2 ? 1 : 0.7);
            paint_leaf_fan(front, x, y, length, angle,
                           cr_ink_shade(look->leaf_dark, -0.3 + 0.05 * i));
        }
    }
}

// One peak with a lit and a shaded side and snow on top.
static void paint_peak(cr_stage *stage, cairo_t *cr, double x, double base, double width,
                       double height, cr_ink rock, cr_ink snow)
{
    double top = base - height, side = stage->light_x < x ? -1 : 1;
    const double body[] = {x - width / 2, base, x, top, x + width / 2, base};
    cr_path_polygon(cr, body, 3);
    cr_fill(cr, rock, 1);
    const double shaded[] = {x,
                             top,
                             x - side * width / 2,
                             base,
                             x - side * width * 0.02,
                             base,
                             x - side * width * 0.05,
                             top + height * 0.5};
    cr_path_polygon(cr, shaded, 4);
    cr_fill(cr, cr_ink_shade(rock, -0.2), 0.8);
    double cap = height * 0.34, half = width / 2 * 0.34;
    const double white[] = {x,
                            top,
                            x + half,
                            top + cap,
                            x + half * 0.45,
                            top + cap * 0.8,
                            x + half * 0.1,
                            top + cap * 1.12,
                            x - half * 0.35,
                            top + cap * 0.78,
                            x - half,
                            top + cap};
    cr_path_polygon(cr, white, 6);
    cr_fill(cr, snow, 1);
    const double dim[] = {x,
                          top,
                          x - side * half,
                          top + cap,
                          x - side * half * 0.4,
                          top + cap * 0.79,
                          x,
                          top + cap * 1.0};
    cr_path_polygon(cr, dim, 4);
    cr_fill(cr, cr_ink_mix(snow, rock, 0.35), 0.7);
}

static void paint_mountains(cr_stage *stage, bool is_snowy)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 44);
    cr_ink rock = cr_look_lit(look, is_snowy ? 0x8FA3BE : 0x76809A);
    cr_ink snow = cr_look_lit(look, 0xF7FBFF);
    for (int row = 0; row < 2; row++) {
        int count = 4 + row;
        double far = row ? 0.36 : 0.68;
        for (int i = 0; i < count; i++) {
            double slot = (stage->width + 2 * stage->bleed) / count;
            double x = -stage->bleed + slot * (i + cr_dice_between(&dice, 0.25, 0.75));
            double height = (row ? 300 : 400) * cr_dice_between(&dice, 0.75, 1.2);
            paint_peak(stage, cr, x, stage->horizon + 60, height * cr_dice_between(&dice, 1.5, 2),
                       height, cr_look_distant(look, rock, far), cr_look_distant(look, snow, far));
        }
    }
    cr_ink slope = is_snowy ? cr_look_lit(look, 0xDDE9F5) : look->land_far;
    cr_path_ridge(cr, stage, &dice, stage->horizon + 20, 34, 700);
    cr_fill_down(cr, stage->horizon, cr_look_distant(look, slope, 0.4), stage->height, slope);
    for (int i = 0; i < 26; i++) {
        double x = cr_dice_between(&dice, -stage->bleed, stage->width + stage->bleed);
        double y = stage->horizon + cr_dice_between(&dice, 20, 80);
        cr_tree_pine(stage, cr, &dice, x, y + 20, 60 + (y - stage->horizon) * 1.3, 0.4);
    }
    double top = stage->horizon + stage->height * 0.12;
    cr_ink near = is_snowy ? cr_look_lit(look, 0xFAFCFF) : look->land_near;
    cr_ink low = is_snowy ? cr_look_lit(look, 0xC3D6EA) : cr_ink_shade(look->land_near, -0.25);
    paint_floor(stage, top, near, low);
    if (!is_snowy) {
        cr_field(stage, stage->sheets[CR_SHEET_GROUND], &dice, top + 20,
                 stage->height + stage->bleed * 0.6, 80, 30);
        cr_front_grass(stage, &dice, cr_ink_shade(look->leaf_dark, -0.3), 130);
        return;
    }
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    for (int i = 0; i < 9; i++) {
        cr_path_ellipse(ground, cr_dice_between(&dice, 0, stage->width), top + 50 + i * 40,
                        cr_dice_between(&dice, 160, 420), 12);
        cr_fill(ground, cr_look_lit(look, 0xC3D6EA), 0.4);
    }
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    for (int side = 0; side < 2; side++)
        cr_tree_pine(stage, front, &dice, side ? stage->width + 10 : -10,
                     stage->height + stage->bleed, 560, 0);
}

static void paint_dune(cr_stage *stage, cairo_t *cr, cr_dice *dice, double y, cr_ink ink)
{
    cr_dice before = *dice;
    cr_path_ridge(cr, stage, dice, y, 60, 1000);
    cr_fill_down(cr, y - 60, cr_ink_shade(ink, 0.12), y + 260, ink);
    // The lee side, below each crest.
    for (double x = -stage->bleed; x < stage->width + stage->bleed; x += 330) {
        double crest = cr_ridge_at(before, y, 60, 1000, x);
        double after = cr_ridge_at(before, y, 60, 1000, x + 240);
        if (after < crest + 12) continue;
        cairo_move_to(cr, x, crest);
        cairo_curve_to(cr, x + 60, crest + 6, x + 160, after - 12, x + 240, after);
        cairo_curve_to(cr, x + 150, after + 60, x + 10, after + 110, x - 130, after + 150);
        cairo_curve_to(cr, x - 40, after + 70, x - 20, crest + 50, x, crest);
        cr_fill(cr, cr_ink_shade(ink, -0.14), 0.6);
    }
}

static void paint_desert(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 45);
    cr_ink sand = cr_look_lit(look, 0xE9B872);
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    paint_dune(stage, middle, &dice, stage->horizon - 30, cr_look_distant(look, sand, 0.66));
    paint_dune(stage, middle, &dice, stage->horizon + 50, cr_look_distant(look, sand, 0.36));
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    paint_dune(stage, ground, &dice, stage->horizon + stage->height * 0.16, sand);
    for (int i = 0; i < 14; i++) {
        double x = cr_dice_between(&dice, 0, stage->width);
        double y = stage->horizon + stage->height * cr_dice_between(&dice, 0.24, 0.44);
        double size = 60 + (y - stage->horizon) * 0.5;
        cairo_move_to(ground, x - size, y);
        cairo_curve_to(ground, x - size / 3, y - 12, x + size / 3, y + 12, x + size, y);
        cr_stroke(ground, cr_ink_shade(sand, -0.16), 0.5, 4);
    }
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    cr_ink rock = cr_ink_shade(cr_look_lit(look, 0x8F5A3F), -0.2);
    for (int side = 0; side < 2; side++) {
        double x = side ? stage->width + stage->bleed * 0.6 : -stage->bleed * 0.6;
        cr_path_ellipse(front, x, stage->height + stage->bleed, 200 + stage->bleed * 0.5, 150);
        cr_fill(front, rock, 1);
    }
}

static void paint_open_sky(cr_stage *stage)
{
    // Land far below, in haze, and clouds close by.
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 46);
    double y = stage->height * 0.86;
    for (int row = 0; row < 2; row++) {
        cr_path_ridge(cr, stage, &dice, y + row * 60, 26, 700);
        cr_ink ink =
            cr_look_distant(look, row ? look->land_near : look->land_far, 0.75 - 0.2 * row);
        cr_fill_down(cr, y, ink, stage->height + stage->bleed, cr_ink_shade(ink, -0.05));
    }
    cr_ink white = cr_ink_mix(cr_ink_hex(0xFFFFFF), look->sky_low, look->is_dark ? 0.75 : 0.1);
    cr_ink under = cr_ink_mix(white, look->sky_middle, 0.5);
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    for (int side = 0; side < 2; side++)
        cr_cloud_paint(front, &dice, side ? stage->width * 0.98 : stage->width * 0.02,
                       stage->height * (side ? 0.98 : 1.02), 760, white, under, 0.96);
}

void cr_backdrop_wild(cr_stage *stage)
{
    switch (stage->place) {
    case CR_PLACE_JUNGLE:
        paint_jungle(stage);
        break;
    case CR_PLACE_MOUNTAINS:
        paint_mountains(stage, stage->season == CR_SEASON_WINTER);
        break;
    case CR_PLACE_SNOW:
        paint_mountains(stage, true);
        break;
    case CR_PLACE_DESERT:
        paint_desert(stage);
        break;
    case CR_PLACE_SKY:
        paint_open_sky(stage);
        break;
    default:
        paint_forest(stage);
        break;
    }
}
