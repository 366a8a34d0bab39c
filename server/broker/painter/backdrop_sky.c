// Skies: gradients, sun, moon, stars, clouds and weather.
#include "broker/painter/backdrop.h"

#include <math.h>

void cr_star_paint(cairo_t *cr, double x, double y, double size, double opacity)
{
    cr_ink white = cr_ink_hex(0xFFF8E6);
    if (size < 3.2) {
        cr_path_circle(cr, x, y, size * 0.7);
        cr_fill(cr, white, opacity);
        return;
    }
    cr_glow(cr, x, y, size * 3.2, white, opacity * 0.35);
    double waist = size * 0.2;
    const double points[] = {
        x, y - size * 1.6, x + waist, y - waist, x + size * 1.6, y, x + waist, y + waist,
        x, y + size * 1.6, x - waist, y + waist, x - size * 1.6, y, x - waist, y - waist};
    cr_path_polygon(cr, points, 8);
    cr_fill(cr, white, opacity);
}

void cr_moon_paint(cairo_t *cr, double x, double y, double radius, cr_ink ink)
{
    cr_glow(cr, x, y, radius * 5.5, ink, 0.34);
    cr_glow(cr, x, y, radius * 2.1, ink, 0.5);
    cr_path_circle(cr, x, y, radius);
    cr_fill(cr, ink, 1);
    cairo_save(cr);
    cr_path_circle(cr, x, y, radius);
    cairo_clip(cr);
    // The side away from the light, and its craters.
    cr_path_circle(cr, x - radius * 0.3, y - radius * 0.2, radius * 1.15);
    cairo_rectangle(cr, x + radius * 2, y - radius * 2, -radius * 4, radius * 4);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cr_fill(cr, cr_ink_mix(ink, cr_ink_hex(0xD9B98F), 0.6), 0.55);
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_WINDING);
    static const double craters[][3] = {
        {-0.35, -0.3, 0.2}, {0.3, 0.12, 0.26}, {-0.2, 0.42, 0.14}, {0.28, -0.45, 0.12}};
    for (int i = 0; i < 4; i++) {
        cr_path_circle(cr, x + craters[i][0] * radius, y + craters[i][1] * radius,
                       craters[i][2] * radius);
        cr_fill(cr, cr_ink_mix(ink, cr_ink_hex(0xC9A97F), 0.5), 0.5);
    }
    cairo_restore(cr);
}

static void paint_sun(cr_stage *stage, cairo_t *cr)
{
    double x = stage->light_x, y = stage->light_y;
    bool is_low = stage->daytime != CR_DAYTIME_DAY;
    double radius = is_low ? 86 : 64;
    cr_ink glow = cr_ink_mix(stage->look.sun, stage->look.sky_low, is_low ? 0.25 : 0);
    cr_glow(cr, x, y, radius * 11, glow, is_low ? 0.55 : 0.42);
    cr_glow(cr, x, y, radius * 3.6, stage->look.sun, 0.6);
    for (int ring = 3; ring > 0 && !stage->is_sky_plain; ring--) {
        cr_path_circle(cr, x, y, radius * (1 + 0.42 * ring));
        cr_fill(cr, stage->look.sun, 0.1);
    }
    if (stage->is_sky_plain) return;
    cr_path_circle(cr, x, y, radius);
    cr_fill(cr, cr_ink_mix(stage->look.sun, cr_ink_hex(0xFFFFFF), is_low ? 0.25 : 0.5), 1);
}

static void paint_stars(cr_stage *stage, cairo_t *cr, double bottom, int count)
{
    cr_dice dice = cr_dice_make(stage->seed, 11);
    for (int i = 0; i < count; i++) {
        double x = cr_dice_between(&dice, -stage->bleed, stage->width + stage->bleed);
        double y = cr_dice_between(&dice, -stage->bleed, bottom);
        double chance = cr_dice_between(&dice, 0, 1);
        double size = chance > 0.96 ? cr_dice_between(&dice, 5, 8) : 1.2 + 1.8 * chance;
        double height = 1 - fmax(0, y) / fmax(1, bottom);
        cr_star_paint(cr, x, y, size, (0.3 + 0.7 * chance) * (0.25 + 0.75 * height));
    }
}

void cr_sky_paint(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    const cr_look *look = &stage->look;
    double bottom = fmin(stage->horizon + 60, stage->height + stage->bleed);
    cairo_pattern_t *sky = cairo_pattern_create_linear(0, -stage->bleed, 0, bottom);
    cairo_pattern_add_color_stop_rgb(sky, 0, look->sky_top.r, look->sky_top.g, look->sky_top.b);
    cairo_pattern_add_color_stop_rgb(sky, 0.55, look->sky_middle.r, look->sky_middle.g,
                                     look->sky_middle.b);
    cairo_pattern_add_color_stop_rgb(sky, 1, look->sky_low.r, look->sky_low.g, look->sky_low.b);
    cairo_set_source(cr, sky);
    cairo_paint(cr);
    cairo_pattern_destroy(sky);
    bool is_covered = stage->weather == CR_WEATHER_RAIN || stage->weather == CR_WEATHER_STORM ||
                      stage->weather == CR_WEATHER_FOG;
    if (stage->daytime == CR_DAYTIME_NIGHT) {
        if (!is_covered) paint_stars(stage, cr, stage->horizon, 170);
        if (stage->is_sky_plain)
            cr_glow(cr, stage->light_x, stage->light_y, 420, look->sun, 0.3);
        else if (stage->weather != CR_WEATHER_STORM && stage->weather != CR_WEATHER_RAIN)
            cr_moon_paint(cr, stage->light_x, stage->light_y, 74, look->sun);
    } else {
        if (stage->daytime == CR_DAYTIME_DAWN || stage->daytime == CR_DAYTIME_SUNSET)
            if (!is_covered) paint_stars(stage, cr, stage->horizon * 0.45, 26);
        if (!is_covered && stage->weather != CR_WEATHER_SNOW) paint_sun(stage, cr);
    }
}

void cr_cloud_paint(cairo_t *cr, cr_dice *dice, double x, double y, double width, cr_ink top,
                    cr_ink bottom, double opacity)
{
    int puffs = 4 + cr_dice_below(dice, 3);
    double height = width * 0.3;
    cairo_save(cr);
    cairo_new_path(cr);
    cr_path_round(cr, x - width / 2, y - height * 0.34, width, height * 0.34, height * 0.17);
    for (int i = 0; i < puffs; i++) {
        double along = (i + 0.5) / puffs;
        double bulge = sin(along * M_PI);
        double radius = height * (0.2 + 0.32 * bulge * cr_dice_between(dice, 0.75, 1.15));
        cr_path_circle(cr, x + (along - 0.5) * width * 0.78, y - height * 0.12 - radius * 0.55,
                       radius);
    }
    cr_fill_fade(cr, y - height * 0.8, top, opacity, y, bottom, opacity * 0.85);
    cairo_restore(cr);
}

static void cloud_inks(const cr_stage *stage, cr_ink *top, cr_ink *bottom, double *opacity)
{
    const cr_look *look = &stage->look;
    *opacity = 0.92;
    *top = cr_ink_mix(cr_ink_hex(0xFFFFFF), look->sky_low, 0.12);
    *bottom = cr_ink_mix(cr_ink_hex(0xFFFFFF), look->sky_middle, 0.45);
    if (stage->daytime == CR_DAYTIME_NIGHT) {
        *top = cr_ink_mix(look->sky_low, look->sky_middle, 0.35);
        *bottom = cr_ink_mix(look->sky_middle, look->sky_top, 0.4);
        *opacity = 0.7;
    } else if (stage->daytime == CR_DAYTIME_DAWN || stage->daytime == CR_DAYTIME_SUNSET) {
        *top = cr_ink_mix(cr_ink_hex(0xFFE9DA), look->sky_middle, 0.25);
        *bottom = cr_ink_mix(look->sky_middle, look->sky_top, 0.35);
        *opacity = 0.85;
    }
    if (stage->weather == CR_WEATHER_STORM || stage->weather == CR_WEATHER_RAIN) {
        *top = cr_ink_mix(look->sky_middle, look->sky_low, 0.4);
        *bottom = cr_ink_shade(look->sky_top, -0.12);
        *opacity = 0.97;
    }
}

void cr_clouds_paint(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_CLOUDS];
    cr_dice dice = cr_dice_make(stage->seed, 12);
    cr_ink top, bottom;
    double opacity;
    cloud_inks(stage, &top, &bottom, &opacity);
    bool is_heavy = stage->weather == CR_WEATHER_STORM || stage->weather == CR_WEATHER_RAIN;
    int count = is_heavy ? 9 : stage->weather == CR_WEATHER_CLOUDY ? 7 : 4;
    if (stage->place == CR_PLACE_SKY) count += 2;
    double left = -stage->bleed, span = stage->width + 2 * stage->bleed;
    for (int i = 0; i < count; i++) {
        double slot = span / count;
        double x = left + slot * (i + cr_dice_between(&dice, 0.2, 0.8));
        double y = stage->horizon * cr_dice_between(&dice, is_heavy ? 0.08 : 0.16, 0.5);
        double width = (is_heavy ? 620 : 300) * cr_dice_between(&dice, 0.75, 1.35);
        width *= 0.6 + 0.5 * (1 - y / fmax(1, stage->horizon));
        cr_cloud_paint(cr, &dice, x, y, width, top, bottom, opacity);
    }
    // Thin ones low over the horizon give depth.
    for (int i = 0; i < 4 && !is_heavy; i++) {
        double x = left + span * cr_dice_between(&dice, 0, 1);
        double y = stage->horizon * cr_dice_between(&dice, 0.66, 0.88);
        double width = cr_dice_between(&dice, 180, 420);
        cr_path_round(cr, x - width / 2, y, width, 12, 6);
        cr_fill(cr, top, opacity * 0.5);
        cr_path_round(cr, x - width * 0.2, y + 18, width * 0.55, 8, 4);
        cr_fill(cr, top, opacity * 0.4);
    }
}

static void paint_rain(cr_stage *stage, cairo_t *cr, int count)
{
    cr_dice dice = cr_dice_make(stage->seed, 13);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    for (int i = 0; i < count; i++) {
        double x = cr_dice_between(&dice, -stage->bleed, stage->width + stage->bleed + 120);
        double y = cr_dice_between(&dice, -stage->bleed, stage->height);
        double length = cr_dice_between(&dice, 26, 58);
        cairo_move_to(cr, x, y);
        cairo_line_to(cr, x - length * 0.3, y + length);
        cr_stroke(cr, cr_ink_hex(0xDCEBFF), cr_dice_between(&dice, 0.18, 0.5), 2.4);
    }
}

static void paint_lightning(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_SKY];
    cr_dice dice = cr_dice_make(stage->seed, 14);
    double x = stage->width * (stage->light_x > stage->width / 2 ? 0.16 : 0.84);
    double y = stage->horizon * 0.3;
    cr_glow(cr, x, y + 60, 420, cr_ink_hex(0xDCE6FF), 0.55);
    cairo_move_to(cr, x, y - 60);
    while (y < stage->horizon * 0.95) {
        y += cr_dice_between(&dice, 30, 58);
        x += cr_dice_between(&dice, -46, 46);
        cairo_line_to(cr, x, y);
    }
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_path_t *bolt = cairo_copy_path(cr);
    cr_stroke(cr, cr_ink_hex(0xBFD0FF), 0.5, 14);
    cairo_append_path(cr, bolt);
    cr_stroke(cr, cr_ink_hex(0xFFFBEA), 1, 6);
    cairo_path_destroy(bolt);
}

void cr_weather_paint(cr_stage *stage)
{
    cairo_t *cr = stage->sheets[CR_SHEET_GROUND];
    if (stage->look.is_indoor) return;
    if (stage->weather == CR_WEATHER_STORM) paint_lightning(stage);
    if (stage->weather == CR_WEATHER_RAIN || stage->weather == CR_WEATHER_STORM)
        paint_rain(stage, cr, 190);
    if (stage->weather == CR_WEATHER_SNOW) {
        cr_dice dice = cr_dice_make(stage->seed, 15);
        for (int i = 0; i < 150; i++) {
            double x = cr_dice_between(&dice, -stage->bleed, stage->width + stage->bleed);
            double y = cr_dice_between(&dice, -stage->bleed, stage->height + stage->bleed);
            cr_path_circle(cr, x, y, cr_dice_between(&dice, 2.2, 8));
            cr_fill(cr, cr_ink_hex(0xFFFFFF), cr_dice_between(&dice, 0.45, 0.95));
        }
    }
    if (stage->weather == CR_WEATHER_FOG) {
        cairo_t *middle = stage->sheets[CR_SHEET_MIDDLE];
        cairo_rectangle(middle, -stage->bleed, stage->horizon - 220,
                        stage->width + 2 * stage->bleed, stage->height);
        cr_fill_fade(middle, stage->horizon - 220, stage->look.haze, 0, stage->horizon + 160,
                     stage->look.haze, 0.75);
    }
}
