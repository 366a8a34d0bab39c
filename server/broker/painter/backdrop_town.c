// Skyline, street, village and shop front.
#include "broker/painter/backdrop.h"

#include <math.h>

static cr_ink window_ink(const cr_stage *stage, cr_dice *dice, cr_ink wall)
{
    if (stage->look.is_dark || stage->daytime == CR_DAYTIME_SUNSET)
        return cr_dice_below(dice, 5) < (stage->look.is_dark ? 3 : 1)
                   ? cr_ink_mix(cr_ink_hex(0xFFD98F), wall, 0.1)
                   : cr_ink_shade(wall, -0.22);
    return cr_dice_below(dice, 4) ? cr_ink_mix(wall, cr_ink_hex(0xE3F4FF), 0.55)
                                  : cr_ink_shade(wall, -0.14);
}

static void paint_tower(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double foot,
                        double width, double height, cr_ink wall)
{
    double side = stage->light_x < x + width / 2 ? 0.68 : 0;
    double top = foot - height;
    cairo_rectangle(cr, x, top, width, height + 400);
    cr_fill(cr, wall, 1);
    cairo_rectangle(cr, x + width * side, top, width * 0.32, height + 400);
    cr_fill(cr, cr_ink_shade(wall, -0.12), 0.7);
    switch (cr_dice_below(dice, 4)) {
    case 0:
        cairo_rectangle(cr, x + width * 0.2, top - 26, width * 0.6, 26);
        cr_fill(cr, cr_ink_shade(wall, -0.06), 1);
        break;
    case 1:
        cairo_rectangle(cr, x + width * 0.48, top - 70, 5, 70);
        cr_fill(cr, cr_ink_shade(wall, -0.2), 1);
        break;
    case 2: {
        const double slope[] = {x, top + 1, x + width, top + 1, x + width, top - width * 0.3};
        cr_path_polygon(cr, slope, 3);
        cr_fill(cr, wall, 1);
        break;
    }
    default:
        break;
    }
    double step = 34, pane = 17;
    int columns = (int)((width - 16) / step);
    double margin = (width - columns * step + (step - pane)) / 2;
    for (double y = top + 26; y < foot - 20; y += 44)
        for (int c = 0; c < columns; c++) {
            cairo_rectangle(cr, x + margin + c * step, y, pane, 24);
            cr_fill(cr, window_ink(stage, dice, wall), 0.9);
        }
}

static void paint_skyline(cr_stage *stage, double foot)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 61);
    static const uint32_t walls[] = {0x8FA3C9, 0xC9A99A, 0x9AB5C2, 0xB5A3C9, 0xD9BFA3, 0x7F93B5};
    for (int row = 0; row < 3; row++) {
        double far = 0.85 - 0.28 * row;
        double x = -stage->bleed - 40;
        while (x < stage->width + stage->bleed) {
            double width = cr_dice_between(&dice, 90, 170) * (0.8 + 0.15 * row);
            double middle = fabs(x - stage->width / 2) / stage->width;
            double height = (470 - 90 * row) * cr_dice_between(&dice, 0.55, 1.15);
            if (row == 2) height *= 0.5 + 1.2 * fmin(middle, 0.6);
            cr_ink wall = cr_look_lit(look, walls[cr_dice_below(&dice, 6)]);
            paint_tower(stage, cr, &dice, x, foot, width, height, cr_look_distant(look, wall, far));
            x += width + cr_dice_between(&dice, -8, 14);
        }
    }
}

static void paint_lamp(cr_stage *stage, cairo_t *cr, double x, double y, double height)
{
    cr_ink iron = cr_look_lit(&stage->look, 0x3F4A5F);
    cr_path_round(cr, x - 5, y - height, 10, height, 4);
    cr_path_round(cr, x - 16, y - 16, 32, 16, 6);
    cr_fill(cr, iron, 1);
    const double hood[] = {x - 30, y - height - 8,  x + 30, y - height - 8,
                           x + 18, y - height - 34, x - 18, y - height - 34};
    cr_path_polygon(cr, hood, 4);
    cr_fill(cr, iron, 1);
    cr_path_circle(cr, x, y - height + 4, 17);
    cr_fill(cr, stage->look.is_dark ? cr_ink_hex(0xFFF0B5) : cr_look_lit(&stage->look, 0xFFF6DC),
            1);
    if (stage->look.is_dark) cr_glow(cr, x, y - height + 4, 210, cr_ink_hex(0xFFD98F), 0.55);
}

static void paint_awning(cr_stage *stage, cairo_t *cr, double x, double y, double width,
                         double drop, cr_ink ink)
{
    int stripes = (int)(width / 40);
    double step = width / stripes;
    for (int i = 0; i < stripes; i++) {
        double left = x + i * step;
        cairo_move_to(cr, left, y);
        cairo_line_to(cr, left + step, y);
        cairo_line_to(cr, left + step, y + drop);
        cairo_arc(cr, left + step / 2, y + drop, step / 2, 0, M_PI);
        cairo_close_path(cr);
        cr_fill(cr, i % 2 ? cr_look_lit(&stage->look, 0xFFF8EC) : ink, 1);
    }
    cairo_rectangle(cr, x, y, width, drop * 0.28);
    cr_fill(cr, cr_ink_hex(0x000000), 0.08);
}

// A row house of shops: wall, windows above, a shop window with an awning below.
static void paint_shop_house(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double foot,
                             double width, double height, cr_ink wall)
{
    const cr_look *look = &stage->look;
    cairo_rectangle(cr, x, foot - height, width, height);
    cr_fill_down(cr, foot - height, cr_ink_shade(wall, 0.08), foot, wall);
    cairo_rectangle(cr, x - 6, foot - height - 14, width + 12, 26);
    cr_fill(cr, cr_ink_shade(wall, -0.16), 1);
    cr_ink glass = look->is_dark ? cr_ink_hex(0xFFDFA3) : cr_look_lit(look, 0xCFEBF5);
    int columns = (int)fmax(2, width / 130);
    for (double y = foot - height + 50; y < foot - 300; y += 150)
        for (int c = 0; c < columns; c++) {
            double left = x + width * (c + 0.5) / columns - 30;
            cr_path_round(cr, left - 6, y - 6, 72, 102, 6);
            cr_fill(cr, cr_ink_shade(wall, 0.3), 1);
            bool is_lit = look->is_dark && cr_dice_below(dice, 3) == 0;
            cairo_rectangle(cr, left, y, 60, 90);
            cr_fill(cr, look->is_dark && !is_lit ? cr_ink_shade(wall, -0.35) : glass, 1);
            cairo_rectangle(cr, left + 28, y, 4, 90);
            cairo_rectangle(cr, left, y + 40, 60, 4);
            cr_fill(cr, cr_ink_shade(wall, 0.3), 1);
        }
    double shop_top = foot - 240;
    cr_ink frame = cr_ink_shade(cr_ink_mix(wall, look->cloth, 0.6), -0.2);
    cairo_rectangle(cr, x + 14, shop_top, width - 28, 240);
    cr_fill(cr, frame, 1);
    double door = fmin(90, width * 0.26);
    cr_path_round(cr, x + 30, shop_top + 40, width - 76 - door, 160, 4);
    cr_fill(cr, glass, 1);
    cr_path_round(cr, x + width - 30 - door, shop_top + 36, door, 204, 4);
    cr_fill(cr, cr_ink_mix(glass, frame, 0.25), 1);
    // A gleam across the pane.
    const double gleam[] = {x + 50,  shop_top + 200, x + 120, shop_top + 40,
                            x + 160, shop_top + 40,  x + 90,  shop_top + 200};
    cr_path_polygon(cr, gleam, 4);
    cr_fill(cr, cr_ink_hex(0xFFFFFF), 0.22);
    paint_awning(stage, cr, x + 8, shop_top - 14, width - 16, 58,
                 cr_dice_below(dice, 2) ? look->accent : look->cloth);
    if (look->is_dark)
        cr_glow(cr, x + width * 0.4, shop_top + 120, 260, cr_ink_hex(0xFFCF7F), 0.35);
}

static void paint_pavement(cr_stage *stage, double top, bool has_road)
{
    cairo_t *cr = stage->sheets[CR_SHEET_GROUND];
    const cr_look *look = &stage->look;
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    double bottom = stage->height + stage->bleed;
    cr_ink stone = cr_look_lit(look, 0xD5CFC9), road = cr_look_lit(look, 0x6A7285);
    cairo_rectangle(cr, left, top, span, bottom - top);
    cr_fill_down(cr, top, cr_ink_shade(stone, 0.06), bottom, cr_ink_shade(stone, -0.12));
    double middle = stage->width / 2;
    for (int i = -16; i <= 16; i++) {
        cairo_move_to(cr, middle + i * 90, top);
        cairo_line_to(cr, middle + i * 210, bottom);
    }
    for (int i = 1; i < 5; i++) {
        cairo_move_to(cr, left, top + 14.0 * i * i);
        cairo_line_to(cr, left + span, top + 14.0 * i * i);
    }
    cr_stroke(cr, cr_ink_shade(stone, -0.16), 0.55, 2.5);
    if (!has_road) return;
    double kerb = top + stage->height * 0.07;
    cairo_rectangle(cr, left, kerb, span, 14);
    cr_fill(cr, cr_ink_shade(stone, -0.18), 1);
    cairo_rectangle(cr, left, kerb + 14, span, bottom);
    cr_fill_down(cr, kerb, road, bottom, cr_ink_shade(road, -0.14));
    for (double x = left; x < left + span; x += 260) {
        double y = kerb + stage->height * 0.2;
        const double dash[] = {x, y, x + 150, y, x + 142, y + 16, x - 8, y + 16};
        cr_path_polygon(cr, dash, 4);
        cr_fill(cr, cr_look_lit(look, 0xF7EFD9), 0.85);
    }
    if (stage->weather == CR_WEATHER_RAIN || stage->weather == CR_WEATHER_STORM)
        for (int i = 0; i < 12; i++) {
            cr_path_ellipse(cr, left + span * (i * 37 % 100) / 100.0, kerb + 40 + i * 17, 90, 7);
            cr_fill(cr, look->sky_low, 0.3);
        }
}

static void paint_city(cr_stage *stage)
{
    cr_dice dice = cr_dice_make(stage->seed, 62);
    double top = stage->horizon + stage->height * 0.04;
    paint_skyline(stage, top);
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    for (int i = 0; i < 9; i++)
        cr_tree_round(stage, cr, &dice, stage->width * (i + 0.5) / 9, top + 8,
                      cr_dice_between(&dice, 110, 150), 0.2);
    paint_pavement(stage, top, true);
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    double reach = stage->bleed * 0.5;
    cr_bush(stage, front, &dice, -reach, stage->height + stage->bleed, 420, 0);
    cr_bush(stage, front, &dice, stage->width + reach, stage->height + stage->bleed, 420, 0);
}

static void paint_street(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 63);
    double foot = stage->horizon + stage->height * 0.05;
    static const uint32_t walls[] = {0xF2B59A, 0xF4DCA6, 0xA9C9B9, 0xB5C2E0, 0xE3B5C2, 0xEFE3D0};
    double x = -stage->bleed - 30;
    while (x < stage->width + stage->bleed) {
        double width = cr_dice_between(&dice, 310, 420);
        double height = cr_dice_between(&dice, 480, 640);
        cr_ink wall = cr_look_lit(look, walls[cr_dice_below(&dice, 6)]);
        paint_shop_house(stage, cr, &dice, x, foot, width, height,
                         cr_look_distant(look, wall, 0.16));
        x += width;
    }
    paint_pavement(stage, foot, true);
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    for (int side = 0; side < 2; side++) {
        double at = stage->width * (side ? 0.93 : 0.07);
        paint_lamp(stage, ground, at, foot + stage->height * 0.06, 420);
    }
}

static void paint_shop_front(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 64);
    double foot = stage->horizon + stage->height * 0.04;
    double left = -stage->bleed - 10, span = stage->width + 2 * stage->bleed + 20;
    cr_ink wall = cr_look_lit(look, 0xE9C9A8);
    cairo_rectangle(cr, left, left, span, foot - left);
    cr_fill(cr, wall, 1);
    for (int row = 0; row < 26; row++)
        for (int column = 0; column < 22; column++) {
            if (cr_dice_below(&dice, 4)) continue;
            double x = left + column * 110 + (row % 2) * 55, y = left + row * 40;
            cr_path_round(cr, x, y, 96, 30, 4);
            cr_fill(cr, cr_ink_shade(wall, cr_dice_between(&dice, -0.1, 0.06)), 0.7);
        }
    double width = fmin(span * 0.78, 1300), x = (stage->width - width) / 2;
    paint_shop_house(stage, cr, &dice, x, foot, width, foot * 0.82,
                     cr_ink_shade(look->wall, -0.04));
    paint_pavement(stage, foot, false);
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    paint_lamp(stage, ground, stage->width * 0.05, foot + 46, 470);
    for (int side = 0; side < 2; side++) {
        double at = x + (side ? width - 40 : 40);
        cr_path_round(ground, at - 44, foot - 34, 88, 74, 8);
        cr_fill(ground, look->wood, 1);
        cr_bush(stage, ground, &dice, at, foot - 20, 130, 0);
    }
}

static void paint_cottage(cr_stage *stage, cairo_t *cr, cr_dice *dice, double x, double y,
                          double size, double distance)
{
    const cr_look *look = &stage->look;
    static const uint32_t walls[] = {0xFBF0DC, 0xF5D9B5, 0xE6E9F0, 0xF4C9B5};
    static const uint32_t roofs[] = {0xC9543F, 0xA65A4A, 0x8A5F6F, 0x6F7F9A};
    cr_ink wall = cr_look_distant(look, cr_look_lit(look, walls[cr_dice_below(dice, 4)]), distance);
    cr_ink roof = cr_look_distant(look, cr_look_lit(look, roofs[cr_dice_below(dice, 4)]), distance);
    double tall = size * 0.55;
    cairo_rectangle(cr, x + size * 0.68, y - tall * 1.9, size * 0.12, tall * 0.6);
    cr_fill(cr, cr_ink_shade(roof, -0.15), 1);
    cairo_rectangle(cr, x, y - tall, size, tall);
    cr_fill(cr, wall, 1);
    const double top[] = {x - size * 0.1,  y - tall + 2,    x + size * 0.22, y - tall * 1.75,
                          x + size * 0.78, y - tall * 1.75, x + size * 1.1,  y - tall + 2};
    cr_path_polygon(cr, top, 4);
    cr_fill(cr, roof, 1);
    cr_ink pane =
        look->is_dark ? cr_ink_hex(0xFFDF8F) : cr_ink_mix(wall, cr_ink_hex(0x5F8FB5), 0.6);
    cairo_rectangle(cr, x + size * 0.12, y - tall * 0.74, size * 0.2, tall * 0.36);
    cairo_rectangle(cr, x + size * 0.68, y - tall * 0.74, size * 0.2, tall * 0.36);
    cr_fill(cr, pane, 1);
    cr_path_round(cr, x + size * 0.41, y - tall * 0.66, size * 0.19, tall * 0.66, size * 0.06);
    cr_fill(cr, cr_ink_shade(roof, -0.1), 1);
    if (look->is_dark) cr_glow(cr, x + size / 2, y - tall * 0.5, size, cr_ink_hex(0xFFD08F), 0.3);
}

static void paint_village(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 65);
    for (int row = 0; row < 2; row++) {
        double y = stage->horizon - 20 + 70 * row;
        cr_path_ridge(cr, stage, &dice, y, 44 - 18 * row, 900);
        cr_fill(cr, cr_look_distant(look, row ? look->land_near : look->land_far, 0.6 - 0.25 * row),
                1);
        int count = row ? 5 : 7;
        for (int i = 0; i < count; i++) {
            double x = stage->width * (i + cr_dice_between(&dice, 0.1, 0.5)) / count;
            double size = (row ? 170 : 110) * cr_dice_between(&dice, 0.85, 1.15);
            cr_tree_round(stage, cr, &dice, x - 30, y + 40, size * 1.1, 0.5 - 0.2 * row);
            paint_cottage(stage, cr, &dice, x, y + 44 + 20 * row, size, 0.45 - 0.2 * row);
        }
    }
    double top = stage->horizon + stage->height * 0.13;
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    cr_path_ridge(ground, stage, &dice, top, 16, 1100);
    cr_fill_down(ground, top, look->land_near, stage->height + stage->bleed,
                 cr_ink_shade(look->land_near, -0.2));
    cr_field(stage, ground, &dice, top + 20, stage->height + stage->bleed * 0.6, 80, 40);
    cr_front_grass(stage, &dice, cr_ink_shade(look->leaf_dark, -0.22), 150);
}

void cr_backdrop_town(cr_stage *stage)
{
    if (stage->place == CR_PLACE_CITY)
        paint_city(stage);
    else if (stage->place == CR_PLACE_VILLAGE)
        paint_village(stage);
    else if (stage->place == CR_PLACE_SHOP)
        paint_shop_front(stage);
    else
        paint_street(stage);
}
