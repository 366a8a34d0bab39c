#include "compositor/blend.h"

#include "compositor/fixed_math.h"

// Straight colour components are 0 to ONE here.
#define ONE INT64_C(65535)

static int64_t product(int64_t a, int64_t b)
{
    return (a * b + ONE / 2) / ONE;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t hard_light(int64_t backdrop, int64_t source)
{
    if (2 * source <= ONE) return product(backdrop, 2 * source);
    int64_t s = 2 * source - ONE;
    return backdrop + s - product(backdrop, s);
}

static int64_t soft_light(int64_t b, int64_t s)
{
    if (2 * s <= ONE) return b - product(product(ONE - 2 * s, b), ONE - b);
    int64_t d;
    if (4 * b <= ONE)
        d = product(product(16 * b - 12 * ONE, b) + 4 * ONE, b);
    else
        d = (int64_t)cr_square_root((uint64_t)(b * ONE));
    return b + product(2 * s - ONE, d - b);
}

static int64_t color_dodge(int64_t b, int64_t s)
{
    if (b == 0) return 0;
    if (s >= ONE) return ONE;
    return smaller(ONE, b * ONE / (ONE - s));
}

static int64_t color_burn(int64_t b, int64_t s)
{
    if (b >= ONE) return ONE;
    if (s <= 0) return 0;
    return ONE - smaller(ONE, (ONE - b) * ONE / s);
}

static int64_t separable(cr_blend blend, int64_t b, int64_t s)
{
    switch (blend) {
    case CR_BLEND_MULTIPLY:
        return product(b, s);
    case CR_BLEND_SCREEN:
        return b + s - product(b, s);
    case CR_BLEND_OVERLAY:
        return hard_light(s, b);
    case CR_BLEND_DARKEN:
        return smaller(b, s);
    case CR_BLEND_LIGHTEN:
        return larger(b, s);
    case CR_BLEND_COLOR_DODGE:
        return color_dodge(b, s);
    case CR_BLEND_COLOR_BURN:
        return color_burn(b, s);
    case CR_BLEND_HARD_LIGHT:
        return hard_light(b, s);
    case CR_BLEND_SOFT_LIGHT:
        return soft_light(b, s);
    case CR_BLEND_DIFFERENCE:
        return b > s ? b - s : s - b;
    case CR_BLEND_EXCLUSION:
        return b + s - 2 * product(b, s);
    default:
        return s;
    }
}

static int64_t luminosity(const int64_t c[3])
{
    return (30 * c[0] + 59 * c[1] + 11 * c[2] + 50) / 100;
}

static int64_t saturation(const int64_t c[3])
{
    return larger(c[0], larger(c[1], c[2])) - smaller(c[0], smaller(c[1], c[2]));
}

// [color] with the luminosity [target], brought back into range.
static void set_luminosity(int64_t color[3], int64_t target)
{
    int64_t shift = target - luminosity(color);
    for (int i = 0; i < 3; i++)
        color[i] += shift;
    int64_t light = luminosity(color);
    int64_t low = smaller(color[0], smaller(color[1], color[2]));
    int64_t high = larger(color[0], larger(color[1], color[2]));
    for (int i = 0; i < 3; i++) {
        if (low < 0 && light > low) color[i] = light + (color[i] - light) * light / (light - low);
    }
    if (high > ONE && high > light) {
        for (int i = 0; i < 3; i++)
            color[i] = light + (color[i] - light) * (ONE - light) / (high - light);
    }
}

static void set_saturation(int64_t color[3], int64_t target)
{
    int64_t low = smaller(color[0], smaller(color[1], color[2]));
    int64_t range = saturation(color);
    for (int i = 0; i < 3; i++)
        color[i] = range ? (color[i] - low) * target / range : 0;
}

static void non_separable(cr_blend blend, const int64_t b[3], const int64_t s[3], int64_t out[3])
{
    bool takes_backdrop = blend == CR_BLEND_LUMINOSITY || blend == CR_BLEND_SATURATION;
    for (int i = 0; i < 3; i++)
        out[i] = takes_backdrop ? b[i] : s[i];
    if (blend == CR_BLEND_HUE) set_saturation(out, saturation(b));
    if (blend == CR_BLEND_SATURATION) set_saturation(out, saturation(s));
    set_luminosity(out, luminosity(blend == CR_BLEND_LUMINOSITY ? s : b));
}

static int64_t straight(int64_t component, int64_t alpha)
{
    return alpha ? smaller(ONE, (component * ONE + alpha / 2) / alpha) : 0;
}

void cr_blend_row(cr_blend blend, uint8_t *source, const uint8_t *backdrop, int count)
{
    for (int i = 0; i < count; i++, source += 4, backdrop += 4) {
        int64_t alpha_s = source[3], alpha_b = backdrop[3];
        if (alpha_s == 0 || alpha_b == 0) continue;
        int64_t b[3], s[3], mixed[3];
        for (int c = 0; c < 3; c++) {
            b[c] = straight(backdrop[c], alpha_b);
            s[c] = straight(source[c], alpha_s);
        }
        if (blend >= CR_BLEND_HUE) {
            non_separable(blend, b, s, mixed);
        } else {
            for (int c = 0; c < 3; c++)
                mixed[c] = separable(blend, b[c], s[c]);
        }
        for (int c = 0; c < 3; c++) {
            // (1 − αb) × source + αb × mixed, times αs.
            int64_t value = larger(0, smaller(ONE, mixed[c])) * alpha_b + s[c] * (255 - alpha_b);
            value = (value * alpha_s + ONE * 255 / 2) / (ONE * 255);
            source[c] = (uint8_t)smaller(value, alpha_s);
        }
    }
}
