// Space, the ground of other worlds, and calm sheets without a place.
#include "broker/painter/backdrop.h"

#include <math.h>

static void paint_globe(cairo_t *cr, double x, double y, double radius, cr_ink ink, bool has_ring)
{
    cr_glow(cr, x, y, radius * 1.5, ink, 0.35);
    cr_path_circle(cr, x, y, radius);
    cr_fill(cr, ink, 1);
    cairo_save(cr);
    cr_path_circle(cr, x, y, radius);
    cairo_clip(cr);
    for (int band = 0; band < 4; band++) {
        cr_path_ellipse(cr, x - radius * 0.2, y - radius * 0.7 + band * radius * 0.46,
                        radius * (1.0 - 0.1 * band), radius * 0.09);
        cr_fill(cr, cr_ink_shade(ink, band % 2 ? 0.2 : -0.14), 0.6);
    }
    cr_path_circle(cr, x - radius * 0.32, y - radius * 0.28, radius * 1.12);
    cairo_rectangle(cr, x + radius * 3, y - radius * 3, -radius * 6, radius * 6);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cr_fill(cr, cr_ink_hex(0x0A0A2B), 0.45);
    cairo_restore(cr);
    if (!has_ring) return;
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_rotate(cr, -0.35);
    cairo_scale(cr, 1, 0.24);
    cairo_arc(cr, 0, 0, radius * 1.7, -0.15, M_PI + 0.15);
    cairo_restore(cr);
    cr_stroke(cr, cr_ink_shade(ink, 0.4), 0.9, radius * 0.12);
}

static void paint_void(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    cr_dice dice = cr_dice_make(stage->seed, 91);
    double left = -stage->bleed, right = stage->width + stage->bleed;
    double bottom = stage->height + stage->bleed;
    const cr_look *look = &stage->look;
    cr_ink top = cr_ink_mix(cr_ink_hex(0x080A26), look->sky_top, look->is_dark ? 0.3 : 0.1);
    cr_ink low = cr_ink_mix(cr_ink_hex(0x33246E), look->sky_low, look->is_dark ? 0.2 : 0.08);
    cairo_rectangle(cr, left, left, right - left, bottom - left);
    cr_fill_down(cr, left, top, bottom, low);
    static const uint32_t mists[] = {0x7A3FC9, 0x3F6FD9, 0xD94F9F, 0x2FA6B5};
    for (int i = 0; i < 9; i++) {
        double along = (i + 0.5) / 9;
        double x = left + (right - left) * along;
        double y = stage->height * (0.75 - 0.6 * along) + cr_dice_between(&dice, -120, 120);
        cr_glow(cr, x, y, cr_dice_between(&dice, 280, 460),
                cr_ink_hex(mists[cr_dice_below(&dice, 4)]), 0.24);
    }
    for (int i = 0; i < 260; i++) {
        double chance = cr_dice_between(&dice, 0, 1);
        cr_star_paint(cr, cr_dice_between(&dice, left, right), cr_dice_between(&dice, left, bottom),
                      chance > 0.965 ? cr_dice_between(&dice, 5, 9) : 1 + 1.9 * chance,
                      0.35 + 0.65 * chance);
    }
}

static void paint_space(cr_stage *stage)
{
    cr_dice dice = cr_dice_make(stage->seed, 92);
    paint_void(stage);
    static const uint32_t worlds[] = {0xE07F4F, 0x5FB5D9, 0xD9B56F, 0x9F7FE0, 0x6FC9A6};
    cairo_t *far = stage->sheets[CR_SHEET_CLOUDS];
    int first = cr_dice_below(&dice, 5);
    paint_globe(far, stage->width * 0.13, stage->height * 0.2, 54, cr_ink_hex(worlds[first]),
                false);
    paint_globe(far, stage->width * 0.87, stage->height * 0.33, 34,
                cr_ink_hex(worlds[(first + 2) % 5]), true);
    // A big world rises at the lower edge.
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    double radius = stage->width * 0.75;
    cr_ink world = cr_ink_hex(worlds[(first + 1) % 5]);
    double x = stage->width * cr_dice_between(&dice, 0.35, 0.65);
    double y = stage->height * 0.84 + radius;
    cr_glow(middle, x, y, radius * 1.14, cr_ink_shade(world, 0.3), 0.7);
    cr_path_circle(middle, x, y, radius);
    cr_fill_down(middle, y - radius, cr_ink_shade(world, 0.12), y - radius * 0.6,
                 cr_ink_mix(world, cr_ink_hex(0x0A0A2B), 0.75));
    for (int i = 0; i < 7; i++) {
        double angle = cr_dice_between(&dice, -2.1, -1.0);
        double inward = radius * cr_dice_between(&dice, 0.86, 0.97);
        cr_path_ellipse(middle, x + cos(angle) * inward, y + sin(angle) * inward,
                        cr_dice_between(&dice, 40, 110), cr_dice_between(&dice, 8, 20));
        cr_fill(middle, cr_ink_shade(world, -0.25), 0.4);
    }
}

static void paint_world(cr_stage *stage)
{
    cr_dice dice = cr_dice_make(stage->seed, 93);
    const cr_look *look = &stage->look;
    cairo_t *sky = stage->sheets[CR_SHEET_SKY];
    cr_ink soil = cr_ink_mix(cr_ink_hex(0xC9633F), look->light, look->is_dark ? 0.12 : 0);
    if (stage->daytime == CR_DAYTIME_NIGHT) {
        paint_void(stage);
    } else {
        cairo_rectangle(sky, -stage->bleed, -stage->bleed, stage->width + 2 * stage->bleed,
                        stage->height + 2 * stage->bleed);
        cr_fill_down(sky, -stage->bleed, cr_ink_hex(0x6F3F4F), stage->horizon,
                     cr_ink_hex(0xF2B58F));
        cr_glow(sky, stage->light_x, stage->height * 0.3, 300, cr_ink_hex(0xE6F0FF), 0.7);
        cr_path_circle(sky, stage->light_x, stage->height * 0.3, 34);
        cr_fill(sky, cr_ink_hex(0xF5FAFF), 1);
    }
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    for (int row = 0; row < 2; row++) {
        double y = stage->horizon - 30 + 70 * row;
        cr_path_ridge(middle, stage, &dice, y, 90 - 46 * row, 620);
        cr_ink far = cr_ink_mix(soil, cr_ink_hex(0xE6A98F), 0.55 - 0.3 * row);
        cr_fill_down(middle, y - 90, cr_ink_shade(far, 0.1), y + 200, far);
    }
    cairo_t *ground = stage->sheets[CR_SHEET_GROUND];
    double top = stage->horizon + stage->height * 0.13;
    cr_path_ridge(ground, stage, &dice, top, 20, 900);
    cr_fill_down(ground, top, soil, stage->height + stage->bleed, cr_ink_shade(soil, -0.3));
    for (int i = 0; i < 12; i++) {
        double along = (i + 0.5) / 12;
        double x = cr_dice_between(&dice, 0, stage->width), y = top + 40 + 320 * along;
        double rx = (40 + 90 * along) * cr_dice_between(&dice, 0.6, 1.2);
        cr_path_ellipse(ground, x, y, rx, rx * 0.24);
        cr_fill(ground, cr_ink_shade(soil, -0.26), 0.8);
        cr_path_ellipse(ground, x, y + rx * 0.06, rx * 0.86, rx * 0.17);
        cr_fill(ground, cr_ink_shade(soil, -0.1), 1);
    }
    cairo_t *front = stage->sheets[CR_SHEET_FRONT];
    for (int side = 0; side < 2; side++) {
        cr_path_ellipse(front, side ? stage->width + stage->bleed * 0.5 : -stage->bleed * 0.5,
                        stage->height + stage->bleed, 220 + stage->bleed * 0.5, 140);
        cr_fill(front, cr_ink_shade(soil, -0.5), 1);
    }
}

void cr_backdrop_space(cr_stage *stage)
{
    if (stage->place == CR_PLACE_PLANET)
        paint_world(stage);
    else
        paint_space(stage);
}

static void paint_paper(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 95);
    cr_ink sheet = cr_ink_mix(look->wall, look->key, 0.4);
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cairo_rectangle(cr, left, left, span, stage->height + 2 * stage->bleed);
    cr_fill_down(cr, left, cr_ink_shade(sheet, 0.25), stage->height, sheet);
    cr_glow(cr, stage->width / 2, stage->height * 0.42, stage->width * 0.6, cr_ink_hex(0xFFFFFF),
            0.5);
    for (double y = left; y < stage->height + stage->bleed; y += 54)
        for (double x = left; x < left + span; x += 54) {
            cr_path_circle(cr, x, y, 2.6);
            cr_fill(cr, cr_ink_mix(sheet, look->cloth, 0.5), 0.4);
        }
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    double radius = fmin(stage->width, stage->height) * 0.37;
    cr_path_circle(middle, stage->width / 2, stage->height * 0.47, radius * 1.12);
    cr_fill(middle, cr_ink_mix(sheet, look->accent, 0.2), 0.55);
    cr_path_circle(middle, stage->width / 2, stage->height * 0.47, radius);
    cr_fill(middle, cr_ink_mix(cr_ink_hex(0xFFFFFF), look->accent, 0.22), 0.8);
    static const double corners[][2] = {{0.08, 0.86}, {0.93, 0.14}, {0.9, 0.84}, {0.1, 0.16}};
    for (int i = 0; i < 4; i++) {
        cr_path_circle(middle, stage->width * corners[i][0], stage->height * corners[i][1],
                       cr_dice_between(&dice, 40, 120));
        cr_fill(middle, i % 2 ? look->cloth : look->flowers[i], 0.25);
    }
}

static void paint_colors(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    const cr_look *look = &stage->look;
    cr_dice dice = cr_dice_make(stage->seed, 96);
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    cairo_rectangle(cr, left, left, span, stage->height + 2 * stage->bleed);
    cr_fill_down(cr, left, look->sky_top, stage->height + stage->bleed, look->sky_low);
    cr_glow(cr, stage->light_x, stage->height * 0.25, stage->width * 0.6, look->sun, 0.5);
    cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
    for (int i = 0; i < 3; i++) {
        double y = stage->height * (0.66 + 0.1 * i);
        cr_path_ridge(middle, stage, &dice, y, 90 - 20 * i, 1300);
        cr_ink ink = cr_ink_mix(look->cloth, look->sky_low, 0.75 - 0.22 * i);
        cr_fill_down(middle, y - 90, cr_ink_shade(ink, 0.15), y + 300, ink);
    }
    cairo_t *far = stage->sheets[CR_SHEET_CLOUDS];
    for (int i = 0; i < 14; i++) {
        double r = cr_dice_between(&dice, 10, 70);
        cr_path_circle(far, cr_dice_between(&dice, 0, stage->width),
                       cr_dice_between(&dice, 0, stage->height * 0.6), r);
        cr_fill(far, cr_ink_hex(0xFFFFFF), cr_dice_between(&dice, 0.06, 0.2));
    }
}

void cr_backdrop_sheet(cr_stage *stage)
{
    if (stage->place == CR_PLACE_PAPER)
        paint_paper(stage);
    else
        paint_colors(stage);
}
