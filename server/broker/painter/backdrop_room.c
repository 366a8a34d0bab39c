// Rooms of a home, the library and the office.
#include "broker/painter/room.h"

#include <math.h>

static void paint_tiles(cr_stage *stage, double top, double bottom, cr_ink tile)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    cr_dice dice = cr_dice_make(stage->seed, 72);
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cairo_rectangle(cr, left, top, span, bottom - top);
    cr_fill(cr, cr_ink_shade(tile, -0.1), 1);
    for (double y = top + 3; y < bottom; y += 62)
        for (double x = left; x < left + span; x += 62) {
            cr_path_round(cr, x + 3, y, 56, 56, 5);
            cr_fill(cr, cr_ink_shade(tile, cr_dice_between(&dice, -0.03, 0.09)), 1);
        }
}

static void paint_kitchen(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 73);
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, look->wall);
    paint_tiles(stage, h * 0.46, stage->ground,
                cr_ink_mix(look->wall, cr_look_lit(look, 0xD5EAE6), 0.6));
    bool is_right = stage->light_x > w / 2;
    double window = is_right ? w * 0.62 : w * 0.1;
    double shelf = is_right ? w * 0.06 : w * 0.56;
    double window_width = fmin(w * 0.3, 520);
    cr_room_window(stage, window, h * 0.1, window_width, h * 0.32, true);
    cr_room_shelf(stage, &dice, shelf, h * 0.22, fmin(w * 0.38, 640), CR_SHELF_JARS);
    cr_room_shelf(stage, &dice, shelf, h * 0.4, fmin(w * 0.38, 640), CR_SHELF_JARS);
    cr_room_lamp(stage, w * 0.5, h * 0.05);
    cr_room_counter(stage, cr_ink_shade(look->wood, 0.1), cr_ink_mix(look->cloth, look->wall, 0.3));
}

static void paint_rug(cr_stage *stage, double y, cr_ink ink)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    double x = stage->width / 2;
    for (int ring = 0; ring < 3; ring++) {
        cr_path_ellipse(cr, x, y, stage->width * (0.42 - 0.07 * ring), 96 - 18.0 * ring);
        cr_fill(cr, ring == 1 ? cr_ink_shade(ink, 0.35) : cr_ink_shade(ink, -0.05 * ring), 1);
    }
}

static void paint_sofa(cr_stage *stage, double x, double y, double width)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    cr_ink cloth = stage->look.cloth;
    double high = width * 0.4;
    cr_path_round(cr, x, y - high, width, high, 34);
    cr_fill(cr, cr_ink_shade(cloth, -0.1), 1);
    for (int i = 0; i < 2; i++) {
        cr_path_round(cr, x + width * (0.1 + 0.4 * i), y - high * 0.9, width * 0.39, high * 0.5,
                      22);
        cr_fill(cr, cr_ink_shade(cloth, 0.06), 1);
    }
    cr_path_round(cr, x + width * 0.06, y - high * 0.46, width * 0.88, high * 0.34, 20);
    cr_fill(cr, cr_ink_shade(cloth, 0.12), 1);
    for (int side = 0; side < 2; side++) {
        cr_path_round(cr, side ? x + width * 0.88 : x - width * 0.02, y - high * 0.66, width * 0.14,
                      high * 0.62, 26);
        cr_fill(cr, cr_ink_shade(cloth, -0.03), 1);
        cairo_rectangle(cr, side ? x + width * 0.9 : x + width * 0.06, y - high * 0.06, 20, 24);
        cr_fill(cr, cr_ink_shade(stage->look.wood, -0.3), 1);
    }
}

static void paint_floor_lamp(cr_stage *stage, double x, double y)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    cr_ink iron = cr_look_lit(&stage->look, 0x54505F);
    cairo_rectangle(cr, x - 4, y - 400, 8, 400);
    cr_path_ellipse(cr, x, y, 54, 12);
    cr_fill(cr, iron, 1);
    const double hood[] = {x - 44, y - 500, x + 44, y - 500, x + 80, y - 390, x - 80, y - 390};
    cr_path_polygon(cr, hood, 4);
    cr_fill(cr, cr_ink_mix(stage->look.accent, cr_ink_hex(0xFFE9C2), 0.6), 1);
    cr_glow(cr, x, y - 430, 430, cr_ink_hex(0xFFD79A), stage->look.is_dark ? 0.6 : 0.22);
}

static void paint_living_room(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 74);
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, look->wall);
    bool is_right = stage->light_x > w / 2;
    cr_room_window(stage, is_right ? w * 0.64 : w * 0.1, h * 0.12, fmin(w * 0.26, 440), h * 0.38,
                   true);
    double wall_x = is_right ? w * 0.1 : w * 0.58;
    cr_room_picture(stage, &dice, wall_x, h * 0.14, w * 0.13, h * 0.2);
    cr_room_picture(stage, &dice, wall_x + w * 0.18, h * 0.18, w * 0.09, h * 0.16);
    cr_room_floor(stage, look->wood);
    double sofa = fmin(w * 0.42, 700);
    if (!stage->has_furniture)
        paint_sofa(stage, is_right ? w * 0.06 : w * 0.94 - sofa, stage->horizon + 40, sofa);
    paint_floor_lamp(stage, is_right ? w * 0.54 : w * 0.46, stage->horizon + 30);
    paint_rug(stage, h * 0.86, look->accent);
}

static void paint_bed(cr_stage *stage, double x, double y, double width)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_ink sheet = cr_look_lit(look, 0xF7F2EA), cover = look->cloth;
    cr_path_round(cr, x, y - width * 0.5, width * 0.1, width * 0.52, 16);
    cr_fill(cr, cr_ink_shade(look->wood, -0.16), 1);
    cr_path_round(cr, x + width * 0.92, y - width * 0.26, width * 0.08, width * 0.28, 12);
    cr_fill(cr, cr_ink_shade(look->wood, -0.1), 1);
    cr_path_round(cr, x + width * 0.05, y - width * 0.2, width * 0.9, width * 0.16, 12);
    cr_fill(cr, sheet, 1);
    cr_path_round(cr, x + width * 0.1, y - width * 0.31, width * 0.24, width * 0.14, 30);
    cr_fill(cr, cr_ink_shade(sheet, 0.4), 1);
    cairo_move_to(cr, x + width * 0.3, y - width * 0.06);
    cairo_line_to(cr, x + width * 0.33, y - width * 0.2);
    cairo_curve_to(cr, x + width * 0.45, y - width * 0.3, x + width * 0.7, y - width * 0.28,
                   x + width * 0.93, y - width * 0.22);
    cairo_line_to(cr, x + width * 0.93, y - width * 0.02);
    cairo_line_to(cr, x + width * 0.3, y - width * 0.02);
    cairo_close_path(cr);
    cr_fill_down(cr, y - width * 0.28, cr_ink_shade(cover, 0.12), y, cr_ink_shade(cover, -0.1));
}

static void paint_bedroom(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 75);
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, cr_ink_mix(look->wall, look->cloth, 0.3));
    bool is_right = stage->light_x > w / 2;
    cr_room_window(stage, is_right ? w * 0.62 : w * 0.1, h * 0.1, fmin(w * 0.28, 470), h * 0.4,
                   true);
    cr_room_picture(stage, &dice, is_right ? w * 0.2 : w * 0.66, h * 0.18, w * 0.12, h * 0.17);
    cr_room_floor(stage, cr_ink_shade(look->wood, -0.05));
    double bed = fmin(w * 0.5, 800);
    if (!stage->has_furniture)
        paint_bed(stage, is_right ? w * 0.04 : w * 0.96 - bed, stage->horizon + 60, bed);
    paint_floor_lamp(stage, is_right ? w * 0.56 : w * 0.44, stage->horizon + 34);
    paint_rug(stage, h * 0.88, look->flowers[3]);
}

static void paint_library(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    cr_dice dice = cr_dice_make(stage->seed, 76);
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cr_room_wall(stage, cr_ink_shade(look->wood, -0.3));
    double column = fmin(420, stage->width / 3);
    for (double x = left; x < left + span; x += column) {
        for (int row = 0; row < 5; row++) {
            double y = stage->horizon - 30 - row * 148;
            cr_room_shelf(stage, &dice, x, y, column - 12, CR_SHELF_BOOKS);
        }
        cairo_rectangle(cr, x - 14, left, 18, stage->horizon - left);
        cr_fill(cr, cr_ink_shade(look->wood, -0.12), 1);
    }
    // Books in the distance must not shout.
    cairo_rectangle(cr, left, left, span, stage->horizon - left);
    cr_fill(cr, cr_ink_shade(look->wood, look->is_dark ? -0.55 : -0.35), 0.42);
    cr_glow(cr, stage->width / 2, stage->height * 0.4, 700, cr_ink_hex(0xFFDFA3), 0.35);
    cr_room_floor(stage, cr_ink_shade(look->wood, -0.05));
    paint_rug(stage, stage->height * 0.87, look->accent);
    cr_room_lamp(stage, stage->width * 0.5, stage->height * 0.03);
}

static void paint_office(cr_stage *stage)
{
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 77);
    double w = stage->width, h = stage->height;
    cr_room_wall(stage, cr_ink_mix(look->wall, cr_look_lit(look, 0xE6EEF5), 0.5));
    bool is_right = stage->light_x > w / 2;
    cr_room_window(stage, is_right ? w * 0.54 : w * 0.08, h * 0.1, fmin(w * 0.38, 640), h * 0.4,
                   false);
    double x = is_right ? w * 0.07 : w * 0.58;
    cr_room_shelf(stage, &dice, x, h * 0.24, fmin(w * 0.34, 520), CR_SHELF_BOOKS);
    cr_room_shelf(stage, &dice, x, h * 0.42, fmin(w * 0.34, 520), CR_SHELF_BOOKS);
    cr_room_lamp(stage, w * 0.46, h * 0.06);
    cr_room_counter(stage, cr_ink_shade(look->wood, 0.08), cr_ink_shade(look->wood, -0.12));
}

void cr_backdrop_room(cr_stage *stage)
{
    switch (stage->place) {
    case CR_PLACE_LIVING_ROOM:
        paint_living_room(stage);
        break;
    case CR_PLACE_BEDROOM:
        paint_bedroom(stage);
        break;
    case CR_PLACE_LIBRARY:
        paint_library(stage);
        break;
    case CR_PLACE_OFFICE:
        paint_office(stage);
        break;
    default:
        paint_kitchen(stage);
        break;
    }
}
