#include "broker/painter/presenter.h"

#include <math.h>

#include "base/vec.h"

typedef struct cast {
    cr_ink skin, skin_dark, hair, hair_dark, shirt, collar;
    int hair_style; // 0 short, 1 long, 2 bob, 3 curls, 4 bun
    bool has_glasses, has_beard, has_earrings;
} cast;

static cast cast_make(const cr_stage *stage, uint64_t seed)
{
    static const uint32_t skins[] = {0xF9D3B4, 0xEDB98A, 0xD08B5B, 0xAE6B46, 0x7A4A32, 0xFFDCC2};
    static const uint32_t hairs[] = {0x2B2230, 0x4A2F27, 0x7A4A2B, 0xB5622F, 0xD9A84F, 0x8A8594};
    static const uint32_t shirts[] = {0x2F8F9F, 0xE2725B, 0x5B6FB5, 0xE0A53C, 0x4F9A6B, 0x9A5FA6};
    cr_dice dice = cr_dice_make(seed, 77);
    const cr_look *look = &stage->look;
    int skin = cr_dice_below(&dice, 6);
    // Dark hair goes with every skin, fair hair only with some.
    int hair = cr_dice_below(&dice, skin >= 2 && skin <= 4 ? 3 : 6);
    cast made = {.skin = cr_look_lit(look, skins[skin]),
                 .hair = cr_look_lit(look, hairs[hair]),
                 .shirt = cr_look_lit(look, shirts[cr_dice_below(&dice, 6)]),
                 .collar = cr_look_lit(look, 0xFBF6EE),
                 .hair_style = cr_dice_below(&dice, 5)};
    made.skin_dark = cr_ink_shade(made.skin, -0.14);
    made.hair_dark = cr_ink_shade(made.hair, -0.25);
    made.has_glasses = cr_dice_below(&dice, 3) == 0;
    made.has_beard = made.hair_style == 0 && cr_dice_below(&dice, 2);
    made.has_earrings = made.hair_style != 0 && cr_dice_below(&dice, 2);
    return made;
}

// Everything below is drawn around the face's middle, a face 2 wide and 2.3 tall.
static void paint_back_hair(cairo_t *cr, const cast *c)
{
    switch (c->hair_style) {
    case 1: // long
        cairo_move_to(cr, -1.18, -0.3);
        cairo_curve_to(cr, -1.3, -1.75, 1.3, -1.75, 1.18, -0.3);
        cairo_curve_to(cr, 1.3, 0.9, 1.42, 1.6, 1.3, 2.1);
        cairo_curve_to(cr, 0.6, 2.35, -0.6, 2.35, -1.3, 2.1);
        cairo_curve_to(cr, -1.42, 1.6, -1.3, 0.9, -1.18, -0.3);
        cr_fill(cr, c->hair_dark, 1);
        break;
    case 2: // bob
        cairo_move_to(cr, -1.2, -0.2);
        cairo_curve_to(cr, -1.35, -1.7, 1.35, -1.7, 1.2, -0.2);
        cairo_curve_to(cr, 1.34, 0.6, 1.32, 0.95, 1.12, 1.1);
        cairo_line_to(cr, -1.12, 1.1);
        cairo_curve_to(cr, -1.32, 0.95, -1.34, 0.6, -1.2, -0.2);
        cr_fill(cr, c->hair_dark, 1);
        break;
    case 3: // curls
        for (int i = 0; i < 15; i++) {
            double angle = M_PI * (0.86 + 1.28 * i / 14.0);
            cr_path_circle(cr, 1.12 * cos(angle), -0.28 + 1.08 * sin(angle), 0.4);
        }
        cr_fill(cr, c->hair_dark, 1);
        break;
    case 4: // bun
        cr_path_circle(cr, 0, -1.5, 0.46);
        cr_fill(cr, c->hair, 1);
        cr_path_ellipse(cr, 0, -0.3, 1.16, 1.06);
        cr_fill(cr, c->hair_dark, 1);
        break;
    default:
        cr_path_ellipse(cr, 0, -0.42, 1.1, 0.94);
        cr_fill(cr, c->hair_dark, 1);
        break;
    }
}

static void paint_shoulders(cairo_t *cr, const cast *c, double bottom)
{
    cairo_move_to(cr, -2.35, bottom);
    cairo_curve_to(cr, -2.35, 2.35, -1.9, 1.95, -0.95, 1.72);
    cairo_curve_to(cr, -0.6, 1.64, -0.45, 1.6, -0.4, 1.5);
    cairo_line_to(cr, 0.4, 1.5);
    cairo_curve_to(cr, 0.45, 1.6, 0.6, 1.64, 0.95, 1.72);
    cairo_curve_to(cr, 1.9, 1.95, 2.35, 2.35, 2.35, bottom);
    cairo_close_path(cr);
    cr_fill_down(cr, 1.6, cr_ink_shade(c->shirt, 0.06), bottom, cr_ink_shade(c->shirt, -0.16));
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(cr, side * 1.45, bottom);
        cairo_curve_to(cr, side * 1.5, 3.1, side * 1.4, 2.7, side * 1.28, 2.5);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
        cr_stroke(cr, cr_ink_shade(c->shirt, -0.24), 0.8, 0.05);
    }
    // Neck, its shadow and the collar.
    cr_path_round(cr, -0.36, 0.7, 0.72, 1.2, 0.3);
    cr_fill(cr, c->skin_dark, 1);
    cairo_move_to(cr, -0.42, 1.5);
    cairo_curve_to(cr, -0.3, 2.0, 0.3, 2.0, 0.42, 1.5);
    cairo_line_to(cr, 0.36, 1.2);
    cairo_line_to(cr, -0.36, 1.2);
    cairo_close_path(cr);
    cr_fill(cr, c->skin_dark, 1);
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(cr, side * 0.44, 1.44);
        cairo_line_to(cr, side * 0.86, 1.72);
        cairo_line_to(cr, side * 0.46, 2.28);
        cairo_curve_to(cr, side * 0.3, 2.1, side * 0.14, 2.0, 0, 1.92);
        cairo_curve_to(cr, side * 0.24, 1.86, side * 0.4, 1.7, side * 0.44, 1.44);
        cr_fill(cr, c->collar, 1);
    }
}

static void paint_head(cairo_t *cr, const cast *c)
{
    for (int side = -1; side <= 1; side += 2) {
        cr_path_ellipse(cr, side * 0.98, 0.06, 0.17, 0.25);
        cr_fill(cr, c->skin_dark, 1);
        if (c->has_earrings) {
            cr_path_circle(cr, side * 1.0, 0.38, 0.07);
            cr_fill(cr, cr_ink_hex(0xFFD35C), 1);
        }
    }
    cairo_move_to(cr, -0.96, -0.35);
    cairo_curve_to(cr, -1.0, -1.3, 1.0, -1.3, 0.96, -0.35);
    cairo_curve_to(cr, 1.0, 0.5, 0.72, 1.16, 0, 1.18);
    cairo_curve_to(cr, -0.72, 1.16, -1.0, 0.5, -0.96, -0.35);
    cairo_close_path(cr);
    cr_fill(cr, c->skin, 1);
    for (int side = -1; side <= 1; side += 2) {
        cr_glow(cr, side * 0.58, 0.42, 0.34, cr_ink_hex(0xF2705F), 0.34);
    }
    if (c->has_beard) {
        cairo_move_to(cr, -0.95, 0.1);
        cairo_curve_to(cr, -0.9, 0.95, -0.6, 1.3, 0, 1.32);
        cairo_curve_to(cr, 0.6, 1.3, 0.9, 0.95, 0.95, 0.1);
        cairo_curve_to(cr, 0.8, 0.5, 0.6, 0.4, 0, 0.42);
        cairo_curve_to(cr, -0.6, 0.4, -0.8, 0.5, -0.95, 0.1);
        cr_fill(cr, c->hair, 1);
        // Skin around the lips, so that a mouth can move there.
        cr_path_ellipse(cr, 0, 0.68, 0.46, 0.25);
        cr_fill(cr, c->skin, 1);
    }
}

static void paint_front_hair(cairo_t *cr, const cast *c)
{
    cairo_new_path(cr);
    switch (c->hair_style) {
    case 3:
        for (int i = 0; i < 9; i++) {
            double angle = M_PI * (1.04 + 0.92 * i / 8.0);
            cr_path_circle(cr, 0.86 * cos(angle), -0.36 + 0.72 * sin(angle), 0.3);
        }
        cr_fill(cr, c->hair, 1);
        return;
    case 0:
        cairo_move_to(cr, -1.02, -0.1);
        cairo_curve_to(cr, -1.12, -0.7, -1.0, -1.25, -0.4, -1.38);
        cairo_curve_to(cr, 0.1, -1.58, 0.9, -1.45, 1.04, -0.8);
        cairo_curve_to(cr, 1.1, -0.55, 1.06, -0.3, 1.02, -0.1);
        cairo_curve_to(cr, 0.96, -0.4, 0.9, -0.6, 0.76, -0.72);
        cairo_curve_to(cr, 0.2, -0.62, -0.3, -0.66, -0.62, -0.86);
        cairo_curve_to(cr, -0.84, -0.66, -0.96, -0.4, -1.02, -0.1);
        break;
    default: // a parting to one side
        cairo_move_to(cr, -1.06, 0.16);
        cairo_curve_to(cr, -1.2, -0.9, -0.7, -1.4, 0, -1.4);
        cairo_curve_to(cr, 0.7, -1.4, 1.2, -0.9, 1.06, 0.16);
        cairo_curve_to(cr, 0.98, -0.3, 0.7, -0.62, 0.34, -0.9);
        cairo_curve_to(cr, -0.1, -0.6, -0.86, -0.5, -1.06, 0.16);
        break;
    }
    cairo_close_path(cr);
    cr_fill(cr, c->hair, 1);
    cairo_move_to(cr, -0.5, -1.2);
    cairo_curve_to(cr, -0.1, -1.36, 0.3, -1.34, 0.6, -1.16);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cr_stroke(cr, cr_ink_shade(c->hair, 0.22), 0.6, 0.07);
}

static void paint_features(cairo_t *cr, const cast *c)
{
    for (int side = -1; side <= 1; side += 2) {
        double x = side * 0.42;
        cr_path_ellipse(cr, x, -0.02, 0.185, 0.2);
        cr_fill(cr, cr_ink_hex(0xFFFFFF), 1);
        cr_path_circle(cr, x, 0.0, 0.125);
        cr_fill(cr, cr_ink_hex(0x3A2A2A), 1);
        cr_path_circle(cr, x + 0.045, -0.05, 0.045);
        cr_fill(cr, cr_ink_hex(0xFFFFFF), 1);
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
        cairo_arc(cr, x, 0.0, 0.21, M_PI * 1.14, M_PI * 1.86);
        cr_stroke(cr, c->hair_dark, 1, 0.045);
        cairo_move_to(cr, x - 0.2, -0.34 + side * 0.0);
        cairo_curve_to(cr, x - 0.08, -0.43, x + 0.08, -0.43, x + 0.2, -0.34);
        cr_stroke(cr, c->hair_dark, 1, 0.07);
    }
    cairo_move_to(cr, -0.02, 0.1);
    cairo_curve_to(cr, -0.12, 0.3, -0.1, 0.36, 0.08, 0.34);
    cr_stroke(cr, cr_ink_shade(c->skin, -0.26), 1, 0.05);
    if (!c->has_glasses) return;
    for (int side = -1; side <= 1; side += 2) {
        cr_path_round(cr, side * 0.42 - 0.31, -0.28, 0.62, 0.54, 0.24);
        cr_fill_keep(cr, cr_ink_hex(0xFFFFFF), 0.1);
        cr_stroke(cr, cr_ink_hex(0x3A3346), 1, 0.05);
        cairo_move_to(cr, side * 0.73, -0.08);
        cairo_line_to(cr, side * 0.95, -0.12);
    }
    cairo_move_to(cr, -0.11, -0.06);
    cairo_curve_to(cr, -0.06, -0.12, 0.06, -0.12, 0.11, -0.06);
    cr_stroke(cr, cr_ink_hex(0x3A3346), 1, 0.05);
}

void cr_presenter_paint(cr_stage *stage, uint64_t seed, double middle, cr_presenter_face *out)
{
    cairo_t *cr = stage->sheets[CR_SHEET_PRESENTER];
    cast c = cast_make(stage, seed);
    double unit = 0.158 * CR_STAGE_UNITS, y = 0.4 * stage->height;
    if (stage->height > stage->width) y = 0.46 * stage->height;
    cairo_save(cr);
    cairo_translate(cr, middle, y);
    cairo_scale(cr, unit, unit);
    paint_back_hair(cr, &c);
    paint_shoulders(cr, &c, (stage->height + stage->bleed - y) / unit + 0.1);
    if (c.hair_style == 1) { // some of it falls over the shoulders
        for (int side = -1; side <= 1; side += 2) {
            cairo_move_to(cr, side * 1.1, 0.1);
            cairo_curve_to(cr, side * 1.34, 1.0, side * 1.4, 1.7, side * 1.24, 2.2);
            cairo_curve_to(cr, side * 1.0, 2.2, side * 0.86, 1.6, side * 0.92, 0.9);
            cairo_close_path(cr);
            cr_fill(cr, c.hair, 1);
        }
    }
    paint_head(cr, &c);
    paint_front_hair(cr, &c);
    paint_features(cr, &c);
    cairo_restore(cr);
    *out =
        (cr_presenter_face){.mouth_x = middle,
                            .mouth_y = y + 0.68 * unit,
                            .mouth_width = 0.72 * unit,
                            .eye_x = {middle - 0.42 * unit, middle + 0.42 * unit},
                            .eye_y = y - 0.02 * unit,
                            .eye_width = 0.38 * unit,
                            .chin_y = y + 1.18 * unit,
                            .skin = cr_ink_to_hex(c.skin),
                            .lips = cr_ink_to_hex(cr_ink_mix(c.skin, cr_ink_hex(0xC43F4F), 0.6))};
}

// An open mouth: lips, the dark inside, teeth above, a tongue below.
static void paint_open(cairo_t *cr, double half, double up, double down, bool has_teeth,
                       double tongue, uint32_t lips)
{
    cairo_move_to(cr, -half, 0);
    cairo_curve_to(cr, -half * 0.7, -up * 1.3, half * 0.7, -up * 1.3, half, 0);
    cairo_curve_to(cr, half * 0.8, down * 1.35, -half * 0.8, down * 1.35, -half, 0);
    cairo_close_path(cr);
    cairo_save(cr);
    cairo_clip_preserve(cr);
    cr_fill(cr, cr_ink_hex(0x6B1F2E), 1);
    if (tongue > 0) {
        cr_path_ellipse(cr, 0, down * (1.15 - tongue * 0.6), half * 0.62, down * 0.6);
        cr_fill(cr, cr_ink_hex(0xE8707A), 1);
    }
    if (has_teeth) {
        cr_path_round(cr, -half * 0.72, -up * 1.3, half * 1.44, up * 0.9 + down * 0.2, 0.03);
        cr_fill(cr, cr_ink_hex(0xFFFFFF), 1);
    }
    cairo_restore(cr);
    cairo_new_path(cr);
    cairo_move_to(cr, -half, 0);
    cairo_curve_to(cr, -half * 0.7, -up * 1.3, half * 0.7, -up * 1.3, half, 0);
    cairo_curve_to(cr, half * 0.8, down * 1.35, -half * 0.8, down * 1.35, -half, 0);
    cairo_close_path(cr);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cr_stroke(cr, cr_ink_hex(lips), 1, 0.09);
}

static void paint_line(cairo_t *cr, double half, double sag, double width, uint32_t lips)
{
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_move_to(cr, -half, -sag * 0.4);
    cairo_curve_to(cr, -half * 0.5, sag, half * 0.5, sag, half, -sag * 0.4);
    cr_stroke(cr, cr_ink_hex(lips), 1, width);
}

void cr_mouth_paint(cairo_t *cr, cr_viseme viseme, double width, uint32_t skin, uint32_t lips)
{
    (void)skin;
    cairo_save(cr);
    cairo_scale(cr, width / 2, width / 2);
    switch (viseme) {
    case CR_VISEME_CLOSED:
        paint_line(cr, 0.72, 0.06, 0.19, lips);
        break;
    case CR_VISEME_SMALL:
        paint_open(cr, 0.62, 0.12, 0.16, true, 0, lips);
        break;
    case CR_VISEME_OPEN:
        paint_open(cr, 0.66, 0.3, 0.52, true, 0.55, lips);
        break;
    case CR_VISEME_WIDE:
        paint_open(cr, 0.86, 0.2, 0.3, true, 0.5, lips);
        break;
    case CR_VISEME_ROUND:
        paint_open(cr, 0.3, 0.2, 0.26, false, 0, lips);
        break;
    case CR_VISEME_OVAL:
        paint_open(cr, 0.44, 0.3, 0.42, false, 0.4, lips);
        break;
    case CR_VISEME_TEETH:
        paint_open(cr, 0.62, 0.14, 0.06, true, 0, lips);
        paint_line(cr, 0.56, 0.12, 0.14, lips);
        break;
    case CR_VISEME_TONGUE:
        paint_open(cr, 0.6, 0.2, 0.3, true, 1.1, lips);
        break;
    default:
        paint_line(cr, 0.86, 0.3, 0.12, lips);
        break;
    }
    cairo_restore(cr);
}

void cr_lid_paint(cairo_t *cr, double width, uint32_t skin)
{
    cairo_save(cr);
    cairo_scale(cr, width / 2, width / 2);
    cr_path_ellipse(cr, 0, 0, 1.14, 1.2);
    cr_fill(cr, cr_ink_hex(skin), 1);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_move_to(cr, -0.95, 0.1);
    cairo_curve_to(cr, -0.5, 0.6, 0.5, 0.6, 0.95, 0.1);
    cr_stroke(cr, cr_ink_shade(cr_ink_hex(skin), -0.62), 1, 0.2);
    cairo_restore(cr);
}
