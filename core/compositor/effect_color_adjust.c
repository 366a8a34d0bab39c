#include "compositor/effect_color_adjust.h"

#include "compositor/effect.h"
#include "compositor/fixed_math.h"

enum { EXPOSURE, CONTRAST, SATURATION, TEMPERATURE };

static cr_number limit(cr_number number, cr_number most)
{
    if (number < -most) return -most;
    return number > most ? most : number;
}

// Steps of exposure work on light. Pictures are coded with a power of about 2.2, so that as much
// light times a factor is the code times the factor to the power of 1 / 2.2.
static int64_t code_gain(cr_number stops)
{
    return cr_q32_exp2((int64_t)((cr_wide)stops * CR_Q32_ONE * 10 / (CR_ONE * 22)));
}

static uint8_t curve_at(int value, int64_t gain, cr_number contrast)
{
    int64_t code = (int64_t)value * gain / 255; // 1 is white; 32 fraction bits
    // Contrast turns around middle grey: up to twice as steep, down to flat.
    const int64_t middle = CR_Q32_ONE / 2;
    int64_t slope = CR_Q32_ONE + cr_q32_ratio(contrast, CR_ONE);
    code = middle + cr_q32_multiply(code - middle, slope);
    if (code < 0) code = 0;
    if (code > CR_Q32_ONE) code = CR_Q32_ONE;
    return (uint8_t)((code * 255 + CR_Q32_ONE / 2) >> 32);
}

void cr_color_adjust_make(cr_color_adjust *s, const cr_number *params)
{
    cr_number exposure = limit(params[EXPOSURE], 10 * CR_ONE);
    cr_number contrast = limit(params[CONTRAST] / 100, CR_ONE);
    cr_number warmth = limit(params[TEMPERATURE] / 100, CR_ONE);
    s->saturation = (int)(256 + limit(params[SATURATION] / 100, CR_ONE) * 256 / CR_ONE);
    // Fully warm: red up and blue down by three quarters of a stop, green as much as keeps greys
    // about as light.
    const cr_number stops[3] = {exposure + warmth * 3 / 4, exposure - warmth / 12,
                                exposure - warmth * 3 / 4};
    for (int c = 0; c < 3; c++) {
        int64_t gain = code_gain(stops[c]);
        for (int i = 0; i < 256; i++)
            s->curve[c][i] = curve_at(i, gain, contrast);
    }
}

static void *prepare(cr_scratch *scratch, const cr_number *params, const cr_effect_place *place)
{
    (void)place;
    cr_color_adjust *s = cr_scratch_take(scratch, sizeof *s);
    if (s) cr_color_adjust_make(s, params);
    return s;
}

static int byte_of(int value)
{
    if (value < 0) return 0;
    return value > 255 ? 255 : value;
}

static void row(const void *cookie, uint8_t *rgba, int x, int y, int count)
{
    const cr_color_adjust *s = cookie;
    (void)x;
    (void)y;
    for (int i = 0; i < count; i++, rgba += 4) {
        int alpha = rgba[3], color[3];
        if (alpha == 0) continue;
        for (int c = 0; c < 3; c++) {
            int straight = alpha == 255 ? rgba[c] : byte_of((rgba[c] * 255 + alpha / 2) / alpha);
            color[c] = s->curve[c][straight];
        }
        if (s->saturation != 256) {
            int grey = (54 * color[0] + 183 * color[1] + 19 * color[2] + 128) >> 8;
            for (int c = 0; c < 3; c++)
                color[c] = byte_of(grey + (((color[c] - grey) * s->saturation + 128) >> 8));
        }
        for (int c = 0; c < 3; c++)
            rgba[c] = alpha == 255 ? (uint8_t)color[c]
                                   : cr_divide_255((unsigned)color[c] * (unsigned)alpha);
    }
}

const cr_effect_kind cr_effect_color_adjust = {
    .id = "color-adjust", .prepare = prepare, .row = row};
