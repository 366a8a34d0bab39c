// Where people work: bakery, classroom, laboratory, workshop, stage.
#include "broker/painter/room.h"

#include <math.h>

static void paint_oven(cr_stage *stage, double x, double y, double width)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    cr_ink brick = cr_look_lit(&stage->look, 0xB5694F);
    cr_dice dice = cr_dice_make(stage->seed, 81);
    double high = width * 0.86;
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x, y - high * 0.5);
    cairo_curve_to(cr, x, y - high * 1.1, x + width, y - high * 1.1, x + width, y - high * 0.5);
    cairo_line_to(cr, x + width, y);
    cairo_close_path(cr);
    cairo_save(cr);
    cairo_clip_preserve(cr);
    cr_fill(cr, cr_ink_shade(brick, -0.2), 1);
    for (int row = 0; row < 12; row++)
        for (int column = -1; column < 7; column++) {
            cr_path_round(cr, x + column * width / 6 + (row % 2) * width / 12 + 3,
                          y - high + row * high / 12 + 3, width / 6 - 6, high / 12 - 6, 4);
            cr_fill(cr, cr_ink_shade(brick, cr_dice_between(&dice, -0.08, 0.12)), 1);
        }
    cairo_restore(cr);
    double mouth = width * 0.5, left = x + (width - mouth) / 2, base = y - high * 0.2;
    cairo_move_to(cr, left, base);
    cairo_line_to(cr, left, base - mouth * 0.4);
    cairo_curve_to(cr, left, base - mouth * 0.85, left + mouth, base - mouth * 0.85, left + mouth,
                   base - mouth * 0.4);
    cairo_line_to(cr, left + mouth, base);
    cairo_close_path(cr);
    cr_fill_down(cr, base - mouth * 0.7, cr_ink_hex(0x3A1A1A), base, cr_ink_hex(0xF2762E));
    cr_glow(cr, left + mouth / 2, base - 10, mouth * 0.9, cr_ink_hex(0xFFB04F), 0.75);
}

static void paint_bakery(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 82);
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, cr_ink_mix(look->wall, cr_look_lit(look, 0xF5D9B0), 0.5));
    bool is_right = stage->light_x > w / 2;
    double wide = fmin(w * 0.4, 660);
    double shelf = is_right ? w * 0.05 : w * 0.95 - wide;
    for (int row = 0; row < 3; row++)
        cr_room_shelf(stage, &dice, shelf, h * (0.2 + 0.165 * row), wide, CR_SHELF_LOAVES);
    double pane = fmin(w * 0.2, 330);
    cr_room_window(stage, is_right ? w * 0.74 : w * 0.26 - pane, h * 0.1, pane, h * 0.32, false);
    double oven = fmin(w * 0.25, 420);
    paint_oven(stage, is_right ? w * 0.7 : w * 0.3 - oven, stage->ground - 20, oven);
    cr_room_lamp(stage, w * 0.54, h * 0.04);
    cr_room_counter(stage, cr_ink_shade(look->wood, 0.12), cr_ink_shade(look->wood, -0.14));
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    for (int i = 0; i < 7; i++) { // flour
        cr_path_ellipse(ground, w * cr_dice_between(&dice, 0.05, 0.95), stage->ground - 4,
                        cr_dice_between(&dice, 30, 90), 5);
        cr_fill(ground, cr_ink_hex(0xFFFBF0), 0.35);
    }
}

static void paint_board(cr_stage *stage, double x, double y, double width, double height)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    cr_dice dice = cr_dice_make(stage->seed, 83);
    cr_ink slate = cr_look_lit(&stage->look, 0x2F6653), chalk = cr_look_lit(&stage->look, 0xE9F2EA);
    cr_path_round(cr, x - 18, y - 18, width + 36, height + 36, 10);
    cr_fill(cr, stage->look.wood, 1);
    cairo_rectangle(cr, x, y, width, height);
    cr_fill_down(cr, y, cr_ink_shade(slate, 0.06), y + height, slate);
    // A sum, a curve and a figure: what is on every board.
    for (int line = 0; line < 3; line++) {
        double at = x + width * 0.06;
        for (int word = 0; word < 4; word++) {
            double wide = width * cr_dice_between(&dice, 0.03, 0.08);
            cr_path_round(cr, at, y + height * (0.16 + 0.12 * line), wide, 6, 3);
            at += wide + 14;
        }
    }
    cr_fill(cr, chalk, 0.6);
    cr_path_circle(cr, x + width * 0.8, y + height * 0.34, height * 0.16);
    cairo_move_to(cr, x + width * 0.64, y + height * 0.78);
    cairo_curve_to(cr, x + width * 0.72, y + height * 0.3, x + width * 0.78, y + height * 1.0,
                   x + width * 0.92, y + height * 0.62);
    cairo_move_to(cr, x + width * 0.1, y + height * 0.86);
    cairo_line_to(cr, x + width * 0.2, y + height * 0.6);
    cairo_line_to(cr, x + width * 0.3, y + height * 0.86);
    cairo_close_path(cr);
    cr_stroke(cr, chalk, 0.55, 4);
    cr_path_round(cr, x - 18, y + height + 18, width + 36, 16, 4);
    cr_fill(cr, cr_ink_shade(stage->look.wood, -0.14), 1);
}

static void paint_classroom(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 84);
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, look->wall);
    double board = fmin(w * 0.56, 1000);
    bool is_right = stage->light_x > w / 2;
    paint_board(stage, is_right ? w * 0.06 : w * 0.94 - board, h * 0.12, board, h * 0.36);
    double pane = fmin(w * 0.2, 340);
    cr_room_window(stage, is_right ? w * 0.74 : w * 0.06, h * 0.1, pane, h * 0.4, false);
    cr_room_shelf(stage, &dice, is_right ? w * 0.06 : w * 0.6, h * 0.66, w * 0.32, CR_SHELF_BOOKS);
    cr_room_counter(stage, cr_ink_shade(look->wood, 0.1), cr_ink_shade(look->wood, -0.1));
}

static void paint_laboratory(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 85);
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, cr_ink_mix(look->wall, cr_look_lit(look, 0xDCECF2), 0.75));
    double wide = fmin(w * 0.4, 680);
    bool is_right = stage->light_x > w / 2;
    double shelf = is_right ? w * 0.05 : w * 0.95 - wide;
    cr_room_shelf(stage, &dice, shelf, h * 0.24, wide, CR_SHELF_FLASKS);
    cr_room_shelf(stage, &dice, shelf, h * 0.44, wide, CR_SHELF_FLASKS);
    double pane = fmin(w * 0.32, 520);
    cr_room_window(stage, is_right ? w * 0.92 - pane : w * 0.08, h * 0.1, pane, h * 0.34, false);
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    for (int i = 0; i < 2; i++) {
        double x = w * (0.3 + 0.4 * i);
        cr_path_round(cr, x - 150, -stage->bleed, 300, stage->bleed + 26, 10);
        cr_fill(cr, cr_ink_hex(0xFDFEFF), 0.95);
        cr_glow(cr, x, 26, 360, cr_ink_hex(0xF2FAFF), 0.4);
    }
    cr_room_counter(stage, cr_look_lit(look, 0xF2F6F8),
                    cr_ink_mix(look->cloth, cr_look_lit(look, 0xC9DCE6), 0.5));
}

static void paint_workshop(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, cr_ink_mix(look->wall, look->wood, 0.25));
    double board = fmin(w * 0.5, 860);
    bool is_right = stage->light_x > w / 2;
    double x = is_right ? w * 0.06 : w * 0.94 - board, y = h * 0.12, high = h * 0.4;
    cr_path_round(cr, x, y, board, high, 10);
    cr_fill(cr, cr_ink_shade(look->wood, 0.22), 1);
    for (double row = y + 24; row < y + high - 10; row += 36)
        for (double column = x + 24; column < x + board - 10; column += 36) {
            cr_path_circle(cr, column, row, 4);
            cr_fill(cr, cr_ink_shade(look->wood, -0.1), 0.7);
        }
    // Tools in outline: a saw, a ruler, spanners.
    cr_ink steel = cr_look_lit(look, 0x8F9AAA), grip = look->accent;
    for (int i = 0; i < 6; i++) {
        double at = x + board * (i + 0.6) / 6.4, length = high * (0.42 + 0.1 * (i % 3));
        cr_path_round(cr, at - 8, y + high * 0.16, 16, length, 6);
        cr_fill(cr, steel, 1);
        cr_path_round(cr, at - 14, y + high * 0.16 + length * 0.62, 28, length * 0.42, 10);
        cr_fill(cr, i % 2 ? grip : look->cloth, 1);
    }
    double pane = fmin(w * 0.26, 420);
    cr_room_window(stage, is_right ? w * 0.94 - pane : w * 0.06, h * 0.12, pane, h * 0.32, false);
    cr_room_lamp(stage, w * 0.5, h * 0.06);
    cr_room_counter(stage, cr_ink_shade(look->wood, 0.04), cr_ink_shade(look->wood, -0.22));
}

static void paint_spotlight(cr_stage *stage, cairo_t *cr, double from, double to, cr_ink ink)
{
    double bottom = stage->height * 0.9, half = stage->width * 0.13;
    const double beam[] = {from - 16, -stage->bleed, from + 16, -stage->bleed,
                           to + half, bottom,        to - half, bottom};
    cr_path_polygon(cr, beam, 4);
    cr_fill_fade(cr, -stage->bleed, ink, 0.5, bottom, ink, 0.06);
    cr_path_ellipse(cr, to, bottom - 20, half * 1.1, 46);
    cr_fill(cr, ink, 0.25);
}

static void paint_stage_show(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cr_ink dark = cr_ink_mix(cr_ink_hex(0x2A1A4A), look->cloth, 0.25);
    cairo_rectangle(cr, left, left, span, stage->height + 2 * stage->bleed);
    cr_fill_down(cr, left, cr_ink_shade(dark, -0.3), stage->horizon, cr_ink_shade(dark, 0.12));
    cr_glow(cr, stage->width / 2, stage->horizon, stage->width * 0.5, look->accent, 0.35);
    cr_room_floor(stage, cr_ink_shade(look->wood, -0.12));
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    paint_spotlight(stage, middle, stage->width * 0.2, stage->width * 0.42, cr_ink_hex(0xFFF3CF));
    paint_spotlight(stage, middle, stage->width * 0.8, stage->width * 0.58, cr_ink_hex(0xFFE3F0));
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    cr_ink velvet = cr_look_lit(look, 0xB5273F);
    double wide = stage->width * 0.13 + stage->bleed;
    for (int side = 0; side < 2; side++)
        for (int fold = 0; fold < 6; fold++) {
            double x =
                side ? stage->width + stage->bleed - wide * (fold + 1) / 6 : left + wide * fold / 6;
            cr_path_round(front, x, left - 40, wide / 6 + 2, stage->height + span, 20);
            cr_fill(front, cr_ink_shade(velvet, fold % 2 ? -0.22 : -0.04), 1);
        }
    for (double x = left; x < left + span; x += 150) {
        cr_path_ellipse(front, x + 75, left, 90, stage->bleed + 70);
        cr_fill(front, cr_ink_shade(velvet, (int)((x - left) / 150) % 2 ? -0.1 : -0.02), 1);
    }
}

void cr_backdrop_workroom(cr_stage *stage)
{
    switch (stage->place) {
    case CR_PLACE_CLASSROOM:
        paint_classroom(stage);
        break;
    case CR_PLACE_LABORATORY:
        paint_laboratory(stage);
        break;
    case CR_PLACE_WORKSHOP:
        paint_workshop(stage);
        break;
    case CR_PLACE_STAGE:
        paint_stage_show(stage);
        break;
    default:
        paint_bakery(stage);
        break;
    }
}
