// The painter beside plain formulas in floating point.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "compositor/fixed_math.h"
#include "tests/core/compositor/pictures.h"

static cr_painter *painter;

// --- blend modes, as the W3C writes them ---

static double hard_light(double b, double s)
{
    return s <= 0.5 ? b * 2 * s : b + (2 * s - 1) - b * (2 * s - 1);
}

static double soft_light(double b, double s)
{
    double d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : sqrt(b);
    return s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (d - b);
}

static double separable(cr_blend blend, double b, double s)
{
    switch (blend) {
    case CR_BLEND_MULTIPLY:
        return b * s;
    case CR_BLEND_SCREEN:
        return b + s - b * s;
    case CR_BLEND_OVERLAY:
        return hard_light(s, b);
    case CR_BLEND_DARKEN:
        return fmin(b, s);
    case CR_BLEND_LIGHTEN:
        return fmax(b, s);
    case CR_BLEND_COLOR_DODGE:
        return b <= 0 ? 0 : s >= 1 ? 1 : fmin(1, b / (1 - s));
    case CR_BLEND_COLOR_BURN:
        return b >= 1 ? 1 : s <= 0 ? 0 : 1 - fmin(1, (1 - b) / s);
    case CR_BLEND_HARD_LIGHT:
        return hard_light(b, s);
    case CR_BLEND_SOFT_LIGHT:
        return soft_light(b, s);
    case CR_BLEND_DIFFERENCE:
        return fabs(b - s);
    case CR_BLEND_EXCLUSION:
        return b + s - 2 * b * s;
    default:
        return s;
    }
}

static double lum(const double c[3])
{
    return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2];
}

static double sat(const double c[3])
{
    return fmax(c[0], fmax(c[1], c[2])) - fmin(c[0], fmin(c[1], c[2]));
}

static void set_lum(double c[3], double l)
{
    double d = l - lum(c);
    for (int i = 0; i < 3; i++)
        c[i] += d;
    double light = lum(c), low = fmin(c[0], fmin(c[1], c[2])), high = fmax(c[0], fmax(c[1], c[2]));
    for (int i = 0; i < 3; i++) {
        if (low < 0) c[i] = light + (c[i] - light) * light / (light - low);
        if (high > 1) c[i] = light + (c[i] - light) * (1 - light) / (high - light);
    }
}

static void set_sat(double c[3], double s)
{
    double low = fmin(c[0], fmin(c[1], c[2])), range = sat(c);
    for (int i = 0; i < 3; i++)
        c[i] = range > 0 ? (c[i] - low) * s / range : 0;
}

static void blend_colors(cr_blend blend, const double b[3], const double s[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = separable(blend, b[i], s[i]);
    if (blend < CR_BLEND_HUE) return;
    bool from_backdrop = blend == CR_BLEND_SATURATION || blend == CR_BLEND_LUMINOSITY;
    for (int i = 0; i < 3; i++)
        out[i] = from_backdrop ? b[i] : s[i];
    if (blend == CR_BLEND_HUE) set_sat(out, sat(b));
    if (blend == CR_BLEND_SATURATION) set_sat(out, sat(s));
    set_lum(out, lum(blend == CR_BLEND_LUMINOSITY ? s : b));
}

static void blend_modes_follow_the_formulas(void **state)
{
    (void)state;
    noise n = {1};
    for (int blend = CR_BLEND_NORMAL; blend < CR_BLEND_COUNT; blend++) {
        for (int round = 0; round < 60; round++) {
            uint8_t under[4], over[4];
            for (int i = 0; i < 4; i++) {
                under[i] = (uint8_t)noise_next(&n, 256);
                over[i] = (uint8_t)noise_next(&n, 256);
            }
            under[3] = round % 2 ? 255 : (uint8_t)(180 + under[3] % 76);
            over[3] = round % 3 ? 255 : (uint8_t)(180 + over[3] % 76);
            cr_frame *a = frame_of_color(CR_PIXEL_RGBA, 2, 2, under);
            cr_frame *b = frame_of_color(CR_PIXEL_RGBA, 2, 2, over);
            cr_paint_item items[2] = {item_of(layer_of(a)), item_of(layer_of(b))};
            items[1].from.blend = (cr_blend)blend;
            cr_picture picture = picture_of(CR_PIXEL_RGBA, 2, 2, items, 2);
            picture.background = 0;
            cr_frame *out = paint(painter, &picture);
            double ab = under[3] / 255.0, as = over[3] / 255.0, cb[3], cs[3], mixed[3];
            for (int i = 0; i < 3; i++) {
                cb[i] = under[i] / 255.0;
                cs[i] = over[i] / 255.0;
            }
            blend_colors((cr_blend)blend, cb, cs, mixed);
            double alpha = as + ab * (1 - as);
            // What is not opaque is premultiplied to 8 bits first; formulas that divide enlarge
            // what was rounded there without a bound.
            bool opaque = under[3] == 255 && over[3] == 255;
            bool divides = blend == CR_BLEND_COLOR_DODGE || blend == CR_BLEND_COLOR_BURN ||
                           blend >= CR_BLEND_HUE;
            double bound = opaque ? 1.01 : divides ? 255 : 3;
            for (int i = 0; i < 3; i++) {
                double color = (1 - as) * ab * cb[i] + as * ((1 - ab) * cs[i] + ab * mixed[i]);
                double difference = fabs(out->data[0][i] - 255 * color / alpha);
                if (difference > bound)
                    fail_msg("%s round %d: %f off", cr_blend_name((cr_blend)blend), round,
                             difference);
            }
            cr_frame_drop(&a);
            cr_frame_drop(&b);
            cr_frame_drop(&out);
        }
    }
}

// --- resampling ---

static double catmull_rom(double x)
{
    x = fabs(x);
    if (x < 1) return 1.5 * x * x * x - 2.5 * x * x + 1;
    return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
}

static double sample_axis(const double *line, int size, double at, double shrink)
{
    double sum = 0, total = 0;
    for (int k = (int)floor(at - 2 * shrink) - 1; k <= at + 2 * shrink + 1; k++) {
        double weight = catmull_rom((k - at) / shrink);
        sum += weight * line[k < 0 ? 0 : k >= size ? size - 1 : k];
        total += weight;
    }
    return sum / total;
}

static double sample_reference(const cr_frame *frame, double x, double y, double shrink)
{
    double rows[200], line[200];
    for (int j = 0; j < frame->height; j++) {
        for (int i = 0; i < frame->width; i++)
            line[i] = frame->data[0][frame->stride[0] * j + i];
        rows[j] = sample_axis(line, frame->width, x - 0.5, shrink);
    }
    double value = sample_axis(rows, frame->height, y - 0.5, shrink);
    return value < 0 ? 0 : value > 255 ? 255 : value;
}

static void assert_resampled(double scale, double degrees, double bound)
{
    cr_frame *frame = frame_of_noise(CR_PIXEL_I420, 90, 60, 7);
    cr_paint_item item = item_of(layer_of(frame));
    item.from.fit = CR_FIT_NONE;
    item.from.params[CR_CLIP_SCALE_X] = item.from.params[CR_CLIP_SCALE_Y] =
        (cr_number)llround(scale * 1e6);
    item.from.params[CR_CLIP_ROTATION] = (cr_number)llround(degrees * 1e6);
    item.from.params[CR_CLIP_X] = 3300000;
    cr_picture picture = picture_of(CR_PIXEL_I420, 64, 40, &item, 1);
    cr_frame *out = paint(painter, &picture);
    double turn = degrees * 3.14159265358979323846 / 180, shrink = scale < 1 ? 1 / scale : 1;
    for (int y = 0; y < 40; y++) {
        for (int x = 0; x < 64; x++) {
            double dx = (x + 0.5 - 32 - 3.3) / scale, dy = (y + 0.5 - 20) / scale;
            double sx = 45 + cos(turn) * dx + sin(turn) * dy;
            double sy = 30 - sin(turn) * dx + cos(turn) * dy;
            if (sx < 2 || sy < 2 || sx > 88 || sy > 58) continue;
            double expected = sample_reference(frame, sx, sy, shrink);
            double difference = fabs(expected - out->data[0][out->stride[0] * y + x]);
            if (difference > bound)
                fail_msg("scale %f, %f degrees: %f off at %d, %d", scale, degrees, difference, x,
                         y);
        }
    }
    cr_frame_drop(&out);
    cr_frame_drop(&frame);
}

static void resampling_follows_the_formula(void **state)
{
    (void)state;
    // The bound is a phase's width times the steepest noise, and rounding.
    assert_resampled(1, 0, 1.3);
    assert_resampled(1.7, 0, 1.3);
    assert_resampled(4, 0, 1.3);
    assert_resampled(0.7, 0, 1.3);
    assert_resampled(0.3, 0, 1.3);
    assert_resampled(-1.3, 0, 1.3);
    assert_resampled(1, 30, 1.3);
    assert_resampled(2.5, -75, 1.3);
}

// Chroma of a horizontal ramp stays where luma is, whatever the layout.
static void chroma_stays_with_luma(void **state)
{
    (void)state;
    static const cr_pixel pixels[3] = {CR_PIXEL_I420, CR_PIXEL_I422, CR_PIXEL_I444};
    for (int i = 0; i < 6; i++) {
        cr_pixel pixel = pixels[i % 3];
        cr_frame *frame = frame_of_noise(pixel, 64, 32, 1);
        int halved = pixel == CR_PIXEL_I444 ? 0 : 1;
        for (int p = 0; p < 3; p++) {
            int step = p ? 1 + halved : 1;
            for (int y = 0; y < cr_pixel_rows(pixel, p, 32); y++) {
                for (int x = 0; x < cr_pixel_row_bytes(pixel, p, 64); x++)
                    frame->data[p][frame->stride[p] * y + x] = (uint8_t)(60 + 2 * x * step);
            }
        }
        frame->orientation.mirrored = i >= 3;
        cr_paint_item item = item_of(layer_of(frame));
        item.from.params[CR_CLIP_SCALE_X] = 1500000;
        cr_picture picture = picture_of(CR_PIXEL_I420, 64, 32, &item, 1);
        cr_frame *out = paint(painter, &picture);
        for (int x = 4; x < 28; x++) {
            int luma = out->data[0][out->stride[0] * 16 + 2 * x];
            int chroma = out->data[1][out->stride[1] * 8 + x];
            assert_true(abs(luma - chroma) <= 1);
        }
        cr_frame_drop(&out);
        cr_frame_drop(&frame);
    }
}

// --- numbers ---

static void sines_powers_and_roots_are_right(void **state)
{
    (void)state;
    const double turn = 3.14159265358979323846 / 180, q32 = 4294967296.0;
    for (int64_t angle = -400000000; angle <= 400000000; angle += 7654321) {
        int64_t sine, cosine;
        cr_q30_sine_cosine(angle, &sine, &cosine);
        double radians = (double)angle / 1e6 * turn;
        assert_true(fabs((double)sine / (q32 / 4) - sin(radians)) < 1e-8);
        assert_true(fabs((double)cosine / (q32 / 4) - cos(radians)) < 1e-8);
    }
    for (double x = 0.001; x < 30; x *= 1.3) {
        double power = (double)cr_q32_power((int64_t)(x * q32), (int64_t)(0.45 * q32)) / q32;
        assert_true(fabs(power - pow(x, 0.45)) < 1e-6);
    }
    for (uint64_t x = 1; x < UINT64_C(1) << 62; x = x * 3 + 1) {
        uint64_t root = cr_square_root(x);
        assert_true(root * root <= x && (root + 1) * (root + 1) > x);
    }
}

// --- blur ---

static void blur_is_close_to_the_bell(void **state)
{
    (void)state;
    for (int sigma = 2; sigma <= 12; sigma += 5) {
        uint8_t white[4] = {255, 255, 255, 255};
        cr_frame *frame = frame_of_color(CR_PIXEL_RGBA, 8, 8, white);
        cr_effect_value blur = {.entry = cr_catalog_effect("blur")};
        blur.params[0] = sigma * CR_ONE;
        cr_paint_item item = item_of(layer_of(frame));
        // A half plane of white: the blurred edge is the error function.
        item.from.params[CR_CLIP_X] = 60 * CR_ONE;
        item.from.effects = &blur;
        item.from.effect_count = 1;
        cr_picture picture = picture_of(CR_PIXEL_RGBA, 120, 40, &item, 1);
        cr_frame *out = paint(painter, &picture);
        for (int x = 0; x < 120; x++) {
            double expected = 255 * 0.5 * (1 + erf((x + 0.5 - 60) / (sigma * sqrt(2))));
            double difference = fabs(expected - out->data[0][out->stride[0] * 20 + 4 * x]);
            assert_true(difference < 3.5);
        }
        cr_frame_drop(&out);
        cr_frame_drop(&frame);
    }
}

int main(void)
{
    if (cr_painter_open(&painter, &(cr_painter_desc){0}) != CR_OK) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blend_modes_follow_the_formulas),
        cmocka_unit_test(resampling_follows_the_formula),
        cmocka_unit_test(chroma_stays_with_luma),
        cmocka_unit_test(sines_powers_and_roots_are_right),
        cmocka_unit_test(blur_is_close_to_the_bell),
    };
    int failed = cmocka_run_group_tests_name("compositor/reference", tests, NULL, NULL);
    cr_painter_close(&painter);
    return failed;
}
