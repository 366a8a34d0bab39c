#include "compositor/color_convert.h"

#include "compositor/fixed_math.h"

typedef struct luma_weights {
    int64_t red, green, blue; // of 10000
} luma_weights;

static luma_weights weights_of(cr_matrix matrix)
{
    switch (matrix) {
    case CR_MATRIX_BT601:
        return (luma_weights){2990, 5870, 1140};
    case CR_MATRIX_BT2020:
        return (luma_weights){2627, 6780, 593};
    default:
        return (luma_weights){2126, 7152, 722};
    }
}

static int64_t divide(int64_t value, int64_t by)
{
    return (value >= 0 ? value + by / 2 : value - by / 2) / by;
}

void cr_rgb_to_yuv_make(cr_rgb_to_yuv *out, cr_color color)
{
    luma_weights w = weights_of(color.matrix);
    bool is_full = color.range == CR_COLOR_RANGE_FULL;
    int64_t luma = is_full ? 255 : 219, chroma = is_full ? 255 : 224;
    const int64_t one = 1 << 15, n = 10000;
    out->y[0] = (int16_t)divide(w.red * luma * one, n * 255);
    out->y[2] = (int16_t)divide(w.blue * luma * one, n * 255);
    // Greys stay exact: what rounding leaves over goes to green. Full white would be 32768.
    int64_t all = divide(luma * one, 255);
    out->y[1] = (int16_t)(all - out->y[0] - out->y[2]);
    out->y[3] = (int16_t)(is_full ? 0 : divide(16 * one, 255));
    out->u[0] = (int16_t)divide(-w.red * chroma * one, 2 * (n - w.blue) * 255);
    out->u[2] = (int16_t)divide(chroma * one, 2 * 255);
    out->u[1] = (int16_t)(-out->u[0] - out->u[2]);
    out->v[0] = out->u[2];
    out->v[2] = (int16_t)divide(-w.blue * chroma * one, 2 * (n - w.red) * 255);
    out->v[1] = (int16_t)(-out->v[0] - out->v[2]);
    out->u[3] = out->v[3] = (int16_t)divide(128 * one, 255);
}

void cr_yuv_to_rgb_make(cr_yuv_to_rgb *out, cr_color color)
{
    luma_weights w = weights_of(color.matrix);
    bool is_full = color.range == CR_COLOR_RANGE_FULL;
    int64_t luma = is_full ? 255 : 219, chroma = is_full ? 255 : 224;
    const int64_t one = 1 << 13, n = 10000;
    out->y_offset = is_full ? 0 : 16;
    out->y = (int16_t)divide(255 * one, luma);
    out->red_v = (int16_t)divide(2 * (n - w.red) * 255 * one, n * chroma);
    out->blue_u = (int16_t)divide(2 * (n - w.blue) * 255 * one, n * chroma);
    out->green_u = (int16_t)divide(-2 * w.blue * (n - w.blue) * 255 * one, n * w.green * chroma);
    out->green_v = (int16_t)divide(-2 * w.red * (n - w.red) * 255 * one, n * w.green * chroma);
}

bool cr_color_same_numbers(cr_color a, cr_color b)
{
    return a.matrix == b.matrix && a.range == b.range;
}

bool cr_color_is_wide(cr_color color)
{
    return color.primaries == CR_PRIMARIES_BT2020 || color.primaries == CR_PRIMARIES_P3 ||
           color.transfer == CR_TRANSFER_PQ || color.transfer == CR_TRANSFER_HLG ||
           color.transfer == CR_TRANSFER_LINEAR;
}

static int64_t q32(int64_t numerator, int64_t denominator)
{
    return cr_q32_ratio(numerator, denominator);
}

// SMPTE ST 2084: 1.0 is 10000 cd/m²; reference white is 203 of them (ITU-R BT.2408).
static int64_t pq_to_linear(int64_t v)
{
    const int64_t c1 = q32(3424, 4096), c2 = q32(2413 * 32, 4096), c3 = q32(2392 * 32, 4096);
    int64_t p = cr_q32_power(v, q32(4096 * 32, 2523 * 32 * 128 / 32));
    if (p <= c1) return 0;
    int64_t ratio = cr_q32_ratio(p - c1, c2 - cr_q32_multiply(c3, p));
    int64_t light = cr_q32_power(ratio, q32(16384, 2610));
    return cr_q32_multiply(light, q32(10000, 203));
}

// ARIB STD-B67, with the system's overall gamma of 1.2 on each channel; reference white is 75 %.
static int64_t hlg_to_linear(int64_t v)
{
    int64_t scene;
    if (v <= CR_Q32_ONE / 2) {
        scene = cr_q32_multiply(v, v) / 3;
    } else {
        int64_t a = q32(17883277, 100000000), b = q32(28466892, 100000000);
        int64_t c = q32(55991073, 100000000), log2_e = q32(1442695041, 1000000000);
        int64_t exponent = cr_q32_multiply(cr_q32_ratio(v - c, a), log2_e);
        scene = (cr_q32_exp2(exponent) + b) / 12;
    }
    // 0.265 is what 75 % comes to.
    int64_t light = cr_q32_power(scene, q32(12, 10));
    return cr_q32_ratio(light, cr_q32_power(q32(265, 1000), q32(12, 10)));
}

// Display light: BT.709 and sRGB pictures are seen through a curve of 2.2 or a little more.
static int64_t to_linear(cr_transfer transfer, int64_t v)
{
    switch (transfer) {
    case CR_TRANSFER_PQ:
        return pq_to_linear(v);
    case CR_TRANSFER_HLG:
        return hlg_to_linear(v);
    case CR_TRANSFER_LINEAR:
        return v;
    default:
        return cr_q32_power(v, q32(22, 10));
    }
}

// What is brighter than the knee is bent so that the brightest that is kept comes to 1.
static int64_t bend(int64_t light, int64_t brightest)
{
    const int64_t knee = CR_Q32_ONE * 3 / 4;
    if (brightest <= CR_Q32_ONE || light <= knee) return light;
    // A hyperbola through (knee, knee) with slope 1 there, and through (brightest, 1).
    int64_t over = light - knee, range = brightest - knee, room = CR_Q32_ONE - knee;
    int64_t bow = cr_q32_ratio(range - room, range); // over × room / (room + over × bow)
    return knee + cr_q32_multiply(over, cr_q32_ratio(room, room + cr_q32_multiply(over, bow)));
}

static const int32_t bt2020_to_709[9] = {27206, -9628, -1194, -2041, 18562,
                                         -137,  -297,  -1649, 18330};
static const int32_t p3_to_709[9] = {20069, -3685, 0, -689, 17073, 0, -322, -1288, 17994};
static const int32_t no_change[9] = {16384, 0, 0, 0, 16384, 0, 0, 0, 16384};

void cr_wide_to_709_make(cr_wide_to_709 *out, cr_color color)
{
    const int32_t *matrix = no_change;
    if (color.primaries == CR_PRIMARIES_BT2020) matrix = bt2020_to_709;
    if (color.primaries == CR_PRIMARIES_P3) matrix = p3_to_709;
    for (int i = 0; i < 9; i++)
        out->matrix[i] = matrix[i];
    bool is_high = color.transfer == CR_TRANSFER_PQ || color.transfer == CR_TRANSFER_HLG;
    int64_t brightest = is_high ? 5 * CR_Q32_ONE : CR_Q32_ONE; // about 1000 cd/m²
    out->brightest = (int32_t)(brightest >> 16);
    for (int i = 0; i < 256; i++) {
        int64_t light = to_linear(color.transfer, q32(i, 255));
        if (light > 64 * CR_Q32_ONE) light = 64 * CR_Q32_ONE;
        out->linear[i] = (int32_t)((light + (1 << 15)) >> 16);
    }
    for (int i = 0; i <= 4096; i++) {
        int64_t light = bend(brightest / 4096 * i, brightest);
        int64_t value = cr_q32_power(light, q32(10, 22)) * 255;
        value = (value + CR_Q32_ONE / 2) >> 32;
        out->curve[i] = (uint8_t)(value > 255 ? 255 : value);
    }
}

void cr_wide_to_709_row(const cr_wide_to_709 *tables, uint8_t *rgba, int count)
{
    const int32_t *m = tables->matrix;
    for (int i = 0; i < count; i++) {
        int64_t light[3];
        for (int c = 0; c < 3; c++)
            light[c] = tables->linear[rgba[4 * i + c]];
        for (int c = 0; c < 3; c++) {
            int64_t sum = m[3 * c] * light[0] + m[3 * c + 1] * light[1] + m[3 * c + 2] * light[2];
            sum >>= 14;
            if (sum < 0) sum = 0;
            if (sum > tables->brightest) sum = tables->brightest;
            int64_t index = (sum * 4096 + tables->brightest / 2) / tables->brightest;
            rgba[4 * i + c] = tables->curve[index];
        }
    }
}

void cr_color_premultiplied(uint32_t color, uint8_t out[4])
{
    unsigned alpha = color & 255;
    for (int c = 0; c < 3; c++)
        out[c] = cr_divide_255(((color >> (24 - 8 * c)) & 255) * alpha);
    out[3] = (uint8_t)alpha;
}
