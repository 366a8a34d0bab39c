#include "broker/painter/room.h"

#include <math.h>

void cr_room_wall(cr_stage *stage, cr_ink wall)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cairo_rectangle(cr, left, left, span, stage->height + 2 * stage->bleed);
    cr_fill_down(cr, left, cr_ink_shade(wall, 0.1), stage->horizon, cr_ink_shade(wall, -0.05));
    for (double x = left; x < left + span; x += 120) {
        cairo_rectangle(cr, x, left, 60, stage->horizon - left);
        cr_fill(cr, cr_ink_shade(wall, 0.16), 0.22);
    }
    cr_glow(cr, stage->light_x, stage->height * 0.3, 900,
            stage->look.is_dark ? cr_ink_hex(0xFFC98F) : cr_ink_hex(0xFFF6DC), 0.32);
    cairo_rectangle(cr, left, stage->horizon - 22, span, 22);
    cr_fill(cr, cr_ink_shade(wall, 0.3), 1);
    cairo_rectangle(cr, left, stage->horizon - 24, span, 3);
    cr_fill(cr, cr_ink_shade(wall, -0.2), 0.5);
}

void cr_room_floor(cr_stage *stage, cr_ink floor)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    double bottom = stage->height + stage->bleed, middle = stage->width / 2;
    cairo_rectangle(cr, left, stage->horizon, span, bottom - stage->horizon);
    cr_fill_down(cr, stage->horizon, cr_ink_shade(floor, -0.08), bottom, cr_ink_shade(floor, 0.06));
    for (int i = -14; i <= 14; i++) {
        cairo_move_to(cr, middle + i * 120, stage->horizon);
        cairo_line_to(cr, middle + i * 235, bottom);
    }
    cr_stroke(cr, cr_ink_shade(floor, -0.2), 0.6, 3);
    cairo_rectangle(cr, left, stage->horizon, span, 34);
    cr_fill_fade(cr, stage->horizon, cr_ink_hex(0x1A1426), 0.28, stage->horizon + 34,
                 cr_ink_hex(0x1A1426), 0);
}

static void paint_curtain(cairo_t *cr, double x, double y, double width, double height, cr_ink ink)
{
    for (int fold = 0; fold < 4; fold++) {
        cr_path_round(cr, x + width * fold / 4, y, width / 4 + 1, height, 8);
        cr_fill(cr, cr_ink_shade(ink, fold % 2 ? -0.1 : 0.04), 1);
    }
}

void cr_room_window(cr_stage *stage, double x, double y, double width, double height,
                    bool has_curtains)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    const cr_look *look = &stage->look;
    cr_ink frame = cr_look_lit(look, 0xFBF6EC);
    cr_path_round(cr, x - 16, y - 16, width + 32, height + 32, 10);
    cr_fill(cr, frame, 1);
    cairo_save(cr);
    cairo_rectangle(cr, x, y, width, height);
    cairo_clip_preserve(cr);
    cr_fill_down(cr, y, look->sky_top, y + height, look->sky_low);
    cr_dice dice = cr_dice_make(stage->seed, 71);
    if (stage->daytime == CR_DAYTIME_NIGHT) {
        for (int i = 0; i < 16; i++)
            cr_star_paint(cr, x + cr_dice_between(&dice, 0, width),
                          y + cr_dice_between(&dice, 0, height * 0.7),
                          cr_dice_between(&dice, 1.5, 4.5), 0.8);
        cr_moon_paint(cr, x + width * 0.68, y + height * 0.28, fmin(width, height) * 0.12,
                      look->sun);
    } else {
        cr_glow(cr, x + width * 0.7, y + height * 0.3, height * 0.6, look->sun, 0.8);
        cr_cloud_paint(cr, &dice, x + width * 0.32, y + height * 0.36, width * 0.42,
                       cr_ink_hex(0xFFFFFF), look->sky_low, 0.85);
    }
    for (int row = 0; row < 2; row++) {
        cr_path_ellipse(cr, x + width * (0.25 + 0.5 * row), y + height * 1.02, width * 0.55,
                        height * (0.24 - 0.06 * row));
        cr_fill(cr,
                row ? cr_ink_mix(look->leaf, look->haze, 0.2)
                    : cr_ink_mix(look->land_far, look->haze, 0.4),
                1);
    }
    const double gleam[] = {x, y + height * 0.7, x + width * 0.5, y, x + width * 0.68, y,
                            x, y + height * 0.95};
    cr_path_polygon(cr, gleam, 4);
    cr_fill(cr, cr_ink_hex(0xFFFFFF), 0.12);
    cairo_restore(cr);
    cairo_rectangle(cr, x + width / 2 - 5, y, 10, height);
    cairo_rectangle(cr, x, y + height * 0.45, width, 9);
    cr_fill(cr, frame, 1);
    cr_path_round(cr, x - 30, y + height + 10, width + 60, 20, 6);
    cr_fill(cr, cr_ink_shade(frame, -0.08), 1);
    if (!has_curtains) return;
    cr_ink cloth = cr_ink_mix(look->cloth, look->wall, 0.3);
    paint_curtain(cr, x - 74, y - 34, 92, height + 90, cloth);
    paint_curtain(cr, x + width - 18, y - 34, 92, height + 90, cloth);
    cr_path_round(cr, x - 100, y - 46, width + 200, 12, 6);
    cr_fill(cr, look->wood, 1);
}

static void paint_jar(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y, double width,
                      double height)
{
    static const uint32_t fills[] = {0xF2C46B, 0xD9764F, 0x9BC27A, 0xC98FB0, 0xEFE3C9};
    cr_path_round(cr, x, y - height, width, height, width * 0.18);
    cr_fill(cr, cr_look_lit(&stage->look, 0xEAF5F7), 0.95);
    cr_path_round(cr, x + 4, y - height * 0.7, width - 8, height * 0.68, width * 0.14);
    cr_fill(cr, cr_look_lit(&stage->look, fills[cr_dice_below(dice, 5)]), 1);
    cr_path_round(cr, x + width * 0.1, y - height - 8, width * 0.8, 16, 4);
    cr_fill(cr, cr_ink_shade(stage->look.wood, -0.1), 1);
}

static void paint_flask(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y,
                        double width, double height)
{
    static const uint32_t fills[] = {0x6FD9B5, 0x6FB5F2, 0xF29FC2, 0xF2D36B, 0xB59FF2};
    cr_ink fill = cr_look_lit(&stage->look, fills[cr_dice_below(dice, 5)]);
    const double glass[] = {x + width * 0.38,
                            y - height,
                            x + width * 0.62,
                            y - height,
                            x + width * 0.62,
                            y - height * 0.6,
                            x + width,
                            y,
                            x,
                            y,
                            x + width * 0.38,
                            y - height * 0.6};
    cr_path_polygon(cr, glass, 6);
    cr_fill(cr, cr_look_lit(&stage->look, 0xEDF7FA), 0.9);
    const double liquid[] = {x + width * 0.24, y - height * 0.36,
                             x + width * 0.76, y - height * 0.36,
                             x + width * 0.95, y - 4,
                             x + width * 0.05, y - 4};
    cr_path_polygon(cr, liquid, 4);
    cr_fill(cr, fill, 1);
    cr_path_round(cr, x + width * 0.32, y - height - 6, width * 0.36, 9, 4);
    cr_fill(cr, cr_look_lit(&stage->look, 0xD5E6EC), 1);
}

static void paint_loaf(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y,
                       double width, double height)
{
    static const uint32_t crusts[] = {0xD9964F, 0xC47F3F, 0xE3AE6B};
    cr_ink crust = cr_look_lit(&stage->look, crusts[cr_dice_below(dice, 3)]);
    cr_path_round(cr, x, y - height, width, height, height * 0.55);
    cr_fill_down(cr, y - height, cr_ink_shade(crust, 0.14), y, cr_ink_shade(crust, -0.12));
    for (int cut = 0; cut < 3; cut++) {
        double at = x + width * (0.28 + 0.2 * cut);
        cairo_move_to(cr, at, y - height * 0.82);
        cairo_line_to(cr, at + width * 0.08, y - height * 0.4);
    }
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cr_stroke(cr, cr_ink_shade(crust, 0.45), 0.9, 5);
}

void cr_room_shelf(cr_stage *stage, cr_dice *dice, double x, double y, double width, int kind)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    const cr_look *look = &stage->look;
    static const uint32_t spines[] = {0xC9543F, 0x3F7FA6, 0xE0A63F, 0x5F9A6B, 0x8F5FA0, 0xE9DCC2};
    double end = x + width - 16;
    for (double at = x + 16; at < end;) {
        double wide = kind == CR_SHELF_BOOKS    ? cr_dice_between(dice, 20, 40)
                      : kind == CR_SHELF_LOAVES ? cr_dice_between(dice, 96, 130)
                                                : cr_dice_between(dice, 54, 78);
        double high = kind == CR_SHELF_LOAVES ? cr_dice_between(dice, 52, 64)
                                              : cr_dice_between(dice, 78, 116);
        if (at + wide > end) break;
        if (kind == CR_SHELF_BOOKS) {
            cr_ink spine = cr_look_lit(look, spines[cr_dice_below(dice, 6)]);
            cr_path_round(cr, at, y - high, wide - 2, high, 3);
            cr_fill(cr, spine, 1);
            cairo_rectangle(cr, at, y - high * 0.8, wide - 2, 6);
            cr_fill(cr, cr_ink_shade(spine, 0.45), 0.8);
        } else if (kind == CR_SHELF_LOAVES) {
            paint_loaf(stage, cr, dice, at, y, wide, high);
        } else if (kind == CR_SHELF_FLASKS) {
            paint_flask(stage, cr, dice, at, y, wide, high);
        } else {
            paint_jar(stage, cr, dice, at, y, wide, high);
        }
        at += wide + (kind == CR_SHELF_BOOKS ? 0 : cr_dice_between(dice, 12, 36));
        if (kind == CR_SHELF_BOOKS && cr_dice_below(dice, 9) == 0) at += 50;
    }
    cr_path_round(cr, x, y, width, 16, 4);
    cr_fill(cr, look->wood, 1);
    cairo_rectangle(cr, x, y + 16, width, 14);
    cr_fill_fade(cr, y + 16, cr_ink_hex(0x1A1426), 0.2, y + 30, cr_ink_hex(0x1A1426), 0);
}

void cr_room_counter(cr_stage *stage, cr_ink top, cr_ink front)
{
    cairo_t *cr = stage->sheets[CR_SHEET_GROUND];
    double left = -stage->bleed - 4, span = stage->width + 2 * stage->bleed + 8;
    double bottom = stage->height + stage->bleed + 4, y = stage->ground - 34;
    cairo_rectangle(cr, left, y + 50, span, bottom - y);
    cr_fill_down(cr, y + 50, cr_ink_shade(front, -0.06), bottom, cr_ink_shade(front, -0.22));
    for (double x = left; x < left + span; x += 300) {
        cr_path_round(cr, x + 24, y + 150, 252, 400, 12);
        cr_stroke(cr, cr_ink_shade(front, 0.14), 0.5, 5);
        cr_path_round(cr, x + 120, y + 176, 60, 12, 6);
        cr_fill(cr, cr_ink_shade(top, 0.2), 0.9);
    }
    cairo_rectangle(cr, left, y, span, 92);
    cr_fill_down(cr, y, cr_ink_shade(top, 0.14), y + 92, top);
    cairo_rectangle(cr, left, y + 92, span, 18);
    cr_fill(cr, cr_ink_shade(top, -0.18), 1);
    cairo_rectangle(cr, left, y + 110, span, 30);
    cr_fill_fade(cr, y + 110, cr_ink_hex(0x120E1C), 0.3, y + 140, cr_ink_hex(0x120E1C), 0);
}

void cr_room_lamp(cr_stage *stage, double x, double length)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    cr_ink shade = cr_ink_shade(stage->look.accent, -0.02);
    cairo_rectangle(cr, x - 2.5, -stage->bleed, 5, length + stage->bleed);
    cr_fill(cr, cr_look_lit(&stage->look, 0x4A4454), 1);
    cairo_move_to(cr, x - 74, length + 66);
    cairo_curve_to(cr, x - 66, length + 10, x - 30, length, x, length);
    cairo_curve_to(cr, x + 30, length, x + 66, length + 10, x + 74, length + 66);
    cairo_close_path(cr);
    cr_fill(cr, shade, 1);
    cr_path_ellipse(cr, x, length + 66, 44, 14);
    cr_fill(cr, cr_ink_hex(0xFFF3C9), 1);
    cr_glow(cr, x, length + 80, 420, cr_ink_hex(0xFFE0A3), stage->look.is_dark ? 0.5 : 0.25);
}

void cr_room_picture(cr_stage *stage, cr_dice *dice, double x, double y, double width,
                     double height)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    const cr_look *look = &stage->look;
    cr_path_round(cr, x - 12, y - 12, width + 24, height + 24, 6);
    cr_fill(cr, cr_ink_shade(look->wood, -0.1), 1);
    cairo_save(cr);
    cairo_rectangle(cr, x, y, width, height);
    cairo_clip_preserve(cr);
    cr_fill_down(cr, y, cr_look_lit(look, 0xBFE0F0), y + height, cr_look_lit(look, 0xFBEBD0));
    cr_path_circle(cr, x + width * cr_dice_between(dice, 0.25, 0.75), y + height * 0.35,
                   height * 0.13);
    cr_fill(cr, cr_look_lit(look, 0xF7A35C), 1);
    cr_path_ellipse(cr, x + width * 0.3, y + height * 1.05, width * 0.5, height * 0.4);
    cr_fill(cr, cr_look_lit(look, 0x7FAE8F), 1);
    cr_path_ellipse(cr, x + width * 0.8, y + height * 1.1, width * 0.5, height * 0.36);
    cr_fill(cr, cr_look_lit(look, 0x4F8F7F), 1);
    cairo_restore(cr);
}
