#include "broker/painter/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "broker/painter/backdrop.h"

// A rainbow spans the sky; as an illustration it would be a sticker.
static void paint_rainbow(cr_stage *stage)
{
    static const uint32_t bands[] = {0xF2524F, 0xF79A3E, 0xFBE05C, 0x5FCB6B, 0x4FA6EE, 0x8F6FE0};
    cairo_t *cr = stage->sheets[CR_SHEET_CLOUDS];
    double radius = fmin(stage->width * 0.46, stage->horizon * 0.95), x = stage->width * 0.5,
           y = stage->horizon + 60;
    double band = 26;
    cairo_push_group(cr);
    for (size_t i = 0; i < CR_COUNT_OF(bands); i++) {
        cairo_arc(cr, x, y, radius - (double)i * band, M_PI, 2 * M_PI);
        cr_stroke(cr, cr_ink_hex(bands[i]), 1, band + 1);
    }
    cairo_pop_group_to_source(cr);
    cairo_paint_with_alpha(cr, stage->look.is_dark ? 0.35 : 0.62);
}

static bool is_backdrop_thing(const cr_stage *stage, const char *icon)
{
    return !strcmp(icon, "rainbow") && !stage->look.is_indoor && stage->place != CR_PLACE_SPACE &&
           stage->place != CR_PLACE_PAPER;
}

static void paint_shadow(cairo_t *cr, const cr_stage *stage, const cr_placed *item)
{
    double lean = stage->light_x < item->x ? 1 : -1;
    double wide = item->width * 0.52;
    if (stage->look.is_indoor) lean *= 0.4;
    cr_ground_shadow(cr, item->x + lean * wide * 0.16, item->y - item->height * 0.008, wide * 1.12,
                     fmax(9, wide * 0.17), stage->look.is_dark ? 0.42 : 0.34);
}

// What stands in the sea stands on a rock.
static void paint_rock(cr_stage *stage, cairo_t *cr, const cr_placed *item)
{
    cr_ink rock = cr_look_lit(&stage->look, 0x5A6274);
    double x = item->x, y = item->y - item->height * 0.05, half = item->width * 1.25;
    const double body[] = {x - half * 1.25, y + 90, x - half * 0.95, y + 30,
                           x - half * 0.62, y + 22, x - half * 0.4,  y - 6,
                           x + half * 0.38, y - 8,  x + half * 0.6,  y + 16,
                           x + half * 0.98, y + 34, x + half * 1.3,  y + 90};
    cr_path_polygon(cr, body, 8);
    cr_fill_down(cr, y - 8, cr_ink_shade(rock, 0.16), y + 90, cr_ink_shade(rock, -0.2));
    double side = stage->light_x < x ? 1 : -1;
    const double shade[] = {x + side * half * 0.38, y - 7,  x + side * half * 0.6,  y + 18,
                            x + side * half * 0.98, y + 34, x + side * half * 1.28, y + 90,
                            x + side * half * 0.2,  y + 90};
    cr_path_polygon(cr, shade, 5);
    cr_fill(cr, cr_ink_shade(rock, -0.34), 0.55);
    for (int i = 0; i < 5; i++) { // surf
        cr_path_ellipse(cr, x + half * (-1.2 + 0.6 * i), y + 66 + (i % 2) * 8, half * 0.36, 13);
        cr_fill(cr, cr_look_lit(&stage->look, 0xF4FBFF), 0.75);
    }
}

static bool glows(const char *icon)
{
    return cr_word_in(icon, " candle light-bulb fire red-paper-lantern diya-lamp jack-o-lantern "
                            "glowing-star sun shooting-star high-voltage lighthouse ");
}

// The light falls on what the picture is about.
static void paint_focus(cr_stage *stage, const cr_placed *item)
{
    if (stage->place == CR_PLACE_SPACE || item->sheet == CR_SHEET_MIDDLE) return;
    cairo_t *cr = stage->sheets[CR_SHEET_MIDDLE];
    if (!stage->look.is_dark) {
        cr_glow(cr, item->x, item->y - item->height * 0.55, item->height * 1.1,
                cr_ink_mix(stage->look.sky_low, cr_ink_hex(0xFFFBEF), 0.7), 0.34);
        return;
    }
    cr_glow(cr, item->x, item->y - item->height * 0.55, item->height * 1.25,
            cr_ink_mix(stage->look.sky_low, cr_ink_hex(0xFFF3D9), 0.45), 0.42);
}

static cr_status paint_item(cr_stage *stage, const cr_composition *c, const cr_placed *item)
{
    const cr_subject *subject = &c->subjects[item->subject];
    cairo_t *cr = stage->sheets[item->sheet];
    if (is_backdrop_thing(stage, subject->icon)) {
        paint_rainbow(stage);
        return CR_OK;
    }
    double middle = item->y - item->height / 2;
    if (item->has_shadow) paint_shadow(cr, stage, item);
    if (stage->place == CR_PLACE_SEA && subject->stand == CR_STAND_BUILDING)
        paint_rock(stage, cr, item);
    bool is_idea = subject->stand == CR_STAND_SYMBOL && item->sheet == CR_SHEET_AIR &&
                   stage->place != CR_PLACE_PAPER && stage->place != CR_PLACE_SPACE;
    if (is_idea)
        cr_glow(cr, item->x, middle, item->height * 0.95, cr_ink_hex(0xFFFBE8),
                stage->look.is_dark ? 0.34 : 0.7);
    if (glows(subject->icon)) {
        double y = strcmp(subject->icon, "lighthouse") ? middle : item->y - item->height * 0.8;
        cr_glow(cr, item->x, y, item->height * 1.3, cr_ink_hex(0xFFD98F),
                stage->look.is_dark ? 0.7 : 0.4);
    }
    if (!strcmp(subject->icon, "lighthouse") &&
        (stage->look.is_dark || stage->weather >= CR_WEATHER_CLOUDY)) {
        double y = item->y - item->height * 0.82, reach = stage->width * 0.9;
        for (int side = -1; side <= 1; side += 2) {
            const double beam[] = {
                item->x, y - 6, item->x + side * reach, y - 150, item->x + side * reach, y + 90,
                item->x, y + 6};
            cr_path_polygon(cr, beam, 4);
            cairo_pattern_t *fade =
                cairo_pattern_create_linear(item->x, y, item->x + side * reach, y);
            cairo_pattern_add_color_stop_rgba(fade, 0, 1, 0.95, 0.7, 0.6);
            cairo_pattern_add_color_stop_rgba(fade, 1, 1, 0.95, 0.7, 0);
            cairo_set_source(cr, fade);
            cairo_fill(cr);
            cairo_pattern_destroy(fade);
        }
    }
    // A rocket in flight has a flame and a trail.
    if (!strcmp(subject->icon, "rocket") && item->sheet == CR_SHEET_AIR) {
        double size = item->height;
        for (int i = 9; i >= 0; i--) {
            double back = size * (0.36 + 0.075 * i);
            cr_path_circle(cr, item->x - back, middle + back, size * (0.05 + 0.012 * i));
            cr_fill(cr,
                    i < 2   ? cr_ink_hex(0xFFE98F)
                    : i < 4 ? cr_ink_hex(0xFFA94F)
                            : cr_ink_hex(0xDCE3F5),
                    i < 4 ? 0.95 : 0.5 - 0.04 * i);
        }
    }
    return cr_icon_paint(&item->icon, cr, item->x, item->y, item->height, item->is_flipped,
                         item->angle, 1);
}

// Darkens the corners of every sheet alike, so that the sum looks like one lens.
static void paint_vignette(cr_stage *stage)
{
    double w = stage->pixel_width + 2.0 * stage->bleed_px;
    double h = stage->pixel_height + 2.0 * stage->bleed_px;
    double reach = hypot(w, h) / 2;
    for (int i = CR_SHEET_NONE + 1; i < CR_SHEET_COUNT; i++) {
        if (i == CR_SHEET_CLOUDS || i == CR_SHEET_AIR || i == CR_SHEET_PRESENTER) continue;
        cairo_t *cr = stage->sheets[i];
        cairo_save(cr);
        cairo_identity_matrix(cr);
        cairo_pattern_t *dark =
            cairo_pattern_create_radial(w / 2, h * 0.46, reach * 0.55, w / 2, h * 0.46, reach);
        cairo_pattern_add_color_stop_rgba(dark, 0, 0.04, 0.03, 0.12, 0);
        cairo_pattern_add_color_stop_rgba(dark, 1, 0.04, 0.03, 0.12, 0.3);
        cairo_set_operator(cr, CAIRO_OPERATOR_ATOP);
        cairo_set_source(cr, dark);
        cairo_paint(cr);
        cairo_pattern_destroy(dark);
        cairo_restore(cr);
    }
}

// A grain of a single level breaks the bands that a long gradient would show.
static void paint_grain(cr_stage *stage)
{
    cairo_surface_t *surface = stage->surfaces[CR_SHEET_SKY];
    cairo_surface_flush(surface);
    uint8_t *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    int width = cairo_image_surface_get_width(surface);
    int height = cairo_image_surface_get_height(surface);
    uint32_t state = (uint32_t)stage->seed | 1;
    for (int y = 0; y < height; y++) {
        uint8_t *row = data + (size_t)y * (size_t)stride;
        for (int x = 0; x < width; x++) {
            state = state * 1664525u + 1013904223u;
            int step = (int)(state >> 30) - 1; // -1, 0, 1, and 2 for none
            if (step == 2) step = 0;
            for (int c = 0; c < 3; c++) {
                int value = row[4 * x + c] + step;
                row[4 * x + c] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
            }
        }
    }
    cairo_surface_mark_dirty(surface);
}

static void set_stage(cr_stage *stage, const cr_composition *c)
{
    stage->seed = (uint64_t)c->seed;
    stage->place = c->place;
    stage->daytime = c->daytime;
    stage->weather = c->weather;
    stage->season = c->season;
    stage->framing = c->framing;
    stage->look = cr_look_make(c->palette, c->place, c->daytime, c->weather, c->season, c->warmth);
    for (int i = 0; i < c->subject_count; i++) {
        const char *icon = c->subjects[i].icon;
        if (cr_word_in(icon, " sun full-moon crescent-moon sun-with-face full-moon-face "))
            stage->is_sky_plain = true;
        if (c->subjects[i].stand == CR_STAND_FLOOR) stage->has_furniture = true;
    }
}

cr_status cr_painting_make(cr_painting *out, const cr_composition *composition,
                           const cr_icon_set *icons, int width, int height, cr_fault *fault)
{
    memset(out, 0, sizeof *out);
    int shorter = width < height ? width : height;
    int bleed = ((int)(shorter * CR_BLEED_SHARE) + 1) & ~1;
    cr_status status = cr_stage_open(&out->stage, width, height, bleed);
    if (status != CR_OK)
        return cr_fail(fault, status, "", "no memory for a picture of %d × %d", width, height);
    cr_stage *stage = &out->stage;
    set_stage(stage, composition);
    cr_backdrop_measure(stage);
    cr_backdrop_paint(stage);
    cr_composition shown = *composition;
    if (composition->is_presenter) {
        out->has_presenter = true;
        cr_presenter_paint(stage, (uint64_t)composition->cast,
                           stage->width * (composition->subject_count ? 0.66 : 0.5), &out->face);
        // The things stand back, on the other side.
        shown.framing = CR_FRAMING_WIDE;
    }
    cr_layout_make(&out->layout, &shown, icons, stage);
    for (int i = 0; i < out->layout.count; i++)
        if (out->layout.placed[i].subject == composition->focal)
            paint_focus(stage, &out->layout.placed[i]);
    for (int i = 0; i < out->layout.count && status == CR_OK; i++)
        status = paint_item(stage, composition, &out->layout.placed[i]);
    cr_weather_paint(stage);
    paint_vignette(stage);
    paint_grain(stage);
    if (status != CR_OK) {
        cr_painting_close(out);
        return cr_fail(fault, status, "", "an illustration could not be drawn");
    }
    return CR_OK;
}

void cr_painting_close(cr_painting *painting)
{
    cr_layout_close(&painting->layout);
    cr_stage_close(&painting->stage);
}

cairo_surface_t *cr_painting_flatten(cr_painting *painting)
{
    cr_stage *stage = &painting->stage;
    cairo_surface_t *flat =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, stage->pixel_width, stage->pixel_height);
    cairo_t *cr = cairo_create(flat);
    for (int i = CR_SHEET_NONE + 1; i < CR_SHEET_COUNT; i++) {
        cairo_set_source_surface(cr, stage->surfaces[i], -stage->bleed_px, -stage->bleed_px);
        cairo_paint(cr);
    }
    if (painting->has_presenter) {
        const cr_presenter_face *face = &painting->face;
        cairo_scale(cr, stage->scale, stage->scale);
        cairo_translate(cr, face->mouth_x, face->mouth_y);
        cr_mouth_paint(cr, CR_VISEME_REST, face->mouth_width, face->skin, face->lips);
    }
    bool is_good = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    if (is_good) return flat;
    cairo_surface_destroy(flat);
    return NULL;
}
