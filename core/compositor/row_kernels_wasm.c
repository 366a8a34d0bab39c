#include "compositor/row_kernels_wasm.h"

#include <stddef.h>

#if defined(__wasm_simd128__)

#include <string.h>
#include <wasm_simd128.h>

// What does not fill a vector is left to the scalar twin, which also says what is right.

// value / 255, rounded; eight unsigned numbers up to 65025.
static v128_t divide_255(v128_t value)
{
    value = wasm_i16x8_add(value, wasm_i16x8_const_splat(128));
    return wasm_u16x8_shr(wasm_i16x8_add(value, wasm_u16x8_shr(value, 8)), 8);
}

// As above, four numbers of 32 bits.
static v128_t divide_255_wide(v128_t value)
{
    value = wasm_i32x4_add(value, wasm_i32x4_const_splat(128));
    return wasm_u32x4_shr(wasm_i32x4_add(value, wasm_u32x4_shr(value, 8)), 8);
}

// Each pixel's alpha in all of its bytes.
static v128_t spread_alpha(v128_t rgba)
{
    return wasm_i8x16_shuffle(rgba, rgba, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
}

// a × b / 255 by bytes.
static v128_t multiply_bytes(v128_t a, v128_t b)
{
    return wasm_u8x16_narrow_i16x8(divide_255(wasm_u16x8_extmul_low_u8x16(a, b)),
                                   divide_255(wasm_u16x8_extmul_high_u8x16(a, b)));
}

// The sums of neighbours: a0 + a1, a2 + a3, b0 + b1, b2 + b3.
static v128_t add_pairs(v128_t a, v128_t b)
{
    return wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 2, 4, 6),
                          wasm_i32x4_shuffle(a, b, 1, 3, 5, 7));
}

// Four numbers as bytes, clamped.
static void store_4_bytes(uint8_t *to, v128_t value)
{
    value = wasm_i16x8_narrow_i32x4(value, value);
    wasm_v128_store32_lane(to, wasm_u8x16_narrow_i16x8(value, value), 0);
}

// Four bytes as numbers of 32 bits.
static v128_t load_4_bytes(const uint8_t *from)
{
    return wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(from)));
}

static cr_row_alpha premultiply(uint8_t *out, const uint8_t *in, int count)
{
    const v128_t alpha_bytes = wasm_i32x4_const_splat((int)0xFF000000u);
    v128_t any = wasm_i32x4_const_splat(0), all = wasm_i32x4_const_splat(-1);
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        v128_t pixels = wasm_v128_load(in + 4 * i), alpha = spread_alpha(pixels);
        any = wasm_v128_or(any, alpha);
        all = wasm_v128_and(all, alpha);
        // Alpha itself is times 255 / 255.
        wasm_v128_store(out + 4 * i, multiply_bytes(pixels, wasm_v128_or(alpha, alpha_bytes)));
    }
    bool is_empty = !wasm_v128_any_true(any);
    bool is_opaque = !wasm_v128_any_true(wasm_v128_not(all));
    if (i < count) {
        cr_row_alpha rest =
            cr_row_kernels_scalar()->premultiply(out + 4 * i, in + 4 * i, count - i);
        is_empty = is_empty && rest == CR_ROW_ALPHA_EMPTY;
        is_opaque = is_opaque && rest == CR_ROW_ALPHA_OPAQUE;
    }
    if (is_empty) return CR_ROW_ALPHA_EMPTY;
    return is_opaque ? CR_ROW_ALPHA_OPAQUE : CR_ROW_ALPHA_MIXED;
}

// Sixteen bytes from four places.
static v128_t gather(const uint8_t *a, const uint8_t *b, const uint8_t *c, const uint8_t *d)
{
    v128_t bytes = wasm_v128_load32_zero(a);
    bytes = wasm_v128_load32_lane(b, bytes, 1);
    bytes = wasm_v128_load32_lane(c, bytes, 2);
    return wasm_v128_load32_lane(d, bytes, 3);
}

// First pass with 4 taps, four outputs at once.
static int across_gray_4(int16_t *out, const uint8_t *in, const int32_t *starts,
                         const int16_t *weights, int count)
{
    const v128_t half = wasm_i32x4_const_splat(128);
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        const int32_t *s = starts + i;
        v128_t bytes = gather(in + s[0], in + s[1], in + s[2], in + s[3]);
        v128_t a = wasm_i32x4_dot_i16x8(wasm_u16x8_extend_low_u8x16(bytes),
                                        wasm_v128_load(weights + 4 * i));
        v128_t b = wasm_i32x4_dot_i16x8(wasm_u16x8_extend_high_u8x16(bytes),
                                        wasm_v128_load(weights + 4 * i + 8));
        v128_t sums = wasm_i32x4_shr(wasm_i32x4_add(add_pairs(a, b), half), 8);
        wasm_v128_store64_lane(out + i, wasm_i16x8_narrow_i32x4(sums, sums), 0);
    }
    return i;
}

static int sum_lanes(v128_t value)
{
    value = wasm_i32x4_add(value, wasm_i32x4_shuffle(value, value, 2, 3, 0, 1));
    return wasm_i32x4_extract_lane(value, 0) + wasm_i32x4_extract_lane(value, 1);
}

static void across_gray(int16_t *out, const uint8_t *in, const int32_t *starts,
                        const int16_t *weights, int taps, int count)
{
    if (taps == 4) {
        int done = across_gray_4(out, in, starts, weights, count);
        cr_row_kernels_scalar()->across_gray(out + done, in, starts + done, weights + 4 * done, 4,
                                             count - done);
        return;
    }
    for (int i = 0; i < count; i++, weights += taps) {
        const uint8_t *samples = in + starts[i];
        v128_t sum = wasm_i32x4_const_splat(0);
        int k = 0;
        for (; k + 8 <= taps; k += 8) {
            v128_t w = wasm_v128_load(weights + k);
            sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(wasm_u16x8_load8x8(samples + k), w));
        }
        if (k < taps) {
            v128_t bytes = wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(samples + k));
            v128_t w = wasm_v128_load64_zero(weights + k);
            sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(bytes, w));
        }
        out[i] = (int16_t)((sum_lanes(sum) + 128) >> 8);
    }
}

// Four pixels and four weights: the four components' sums.
static v128_t four_pixels(v128_t pixels, const int16_t *weights)
{
    // r0 r1 g0 g1 b0 b1 a0 a1, then the same of pixels 2 and 3.
    v128_t pairs =
        wasm_i8x16_shuffle(pixels, pixels, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
    return wasm_i32x4_add(
        wasm_i32x4_dot_i16x8(wasm_u16x8_extend_low_u8x16(pairs), wasm_v128_load32_splat(weights)),
        wasm_i32x4_dot_i16x8(wasm_u16x8_extend_high_u8x16(pairs),
                             wasm_v128_load32_splat(weights + 2)));
}

static v128_t across_one(const uint8_t *samples, const int16_t *weights, int taps)
{
    v128_t sum = wasm_i32x4_const_splat(128);
    for (int k = 0; k < taps; k += 4)
        sum = wasm_i32x4_add(sum, four_pixels(wasm_v128_load(samples + 4 * k), weights + k));
    return wasm_i32x4_shr(sum, 8);
}

static void across_rgba(int16_t *out, const uint8_t *in, const int32_t *starts,
                        const int16_t *weights, int taps, int count)
{
    int i = 0;
    for (; i + 2 <= count; i += 2, weights += 2 * taps) {
        v128_t a = across_one(in + 4 * (int64_t)starts[i], weights, taps);
        v128_t b = across_one(in + 4 * (int64_t)starts[i + 1], weights + taps, taps);
        wasm_v128_store(out + 4 * i, wasm_i16x8_narrow_i32x4(a, b));
    }
    if (i < count) {
        v128_t a = across_one(in + 4 * (int64_t)starts[i], weights, taps);
        wasm_v128_store64_lane(out + 4 * i, wasm_i16x8_narrow_i32x4(a, a), 0);
    }
}

static void widen(int16_t *out, const uint8_t *in, int count)
{
    int i = 0;
    for (; i + 8 <= count; i += 8)
        wasm_v128_store(out + i, wasm_i16x8_shl(wasm_u16x8_load8x8(in + i), CR_MIDDLE_BITS));
    cr_row_kernels_scalar()->widen(out + i, in + i, count - i);
}

static v128_t weight_pair(int first, int second)
{
    return wasm_i32x4_splat((int)((uint32_t)(uint16_t)first | (uint32_t)second << 16));
}

static v128_t interleave_low(v128_t a, v128_t b)
{
    return wasm_i16x8_shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

static v128_t interleave_high(v128_t a, v128_t b)
{
    return wasm_i16x8_shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

static void down(uint8_t *out, const int16_t *const *rows, const int16_t *weights, int taps,
                 int count)
{
    const v128_t half = wasm_i32x4_const_splat(1 << 19);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        v128_t low = half, high = half;
        for (int k = 0; k < taps; k += 2) {
            bool has_second = k + 1 < taps;
            v128_t w = weight_pair(weights[k], has_second ? weights[k + 1] : 0);
            v128_t a = wasm_v128_load(rows[k] + i);
            v128_t b = has_second ? wasm_v128_load(rows[k + 1] + i) : a;
            low = wasm_i32x4_add(low, wasm_i32x4_dot_i16x8(interleave_low(a, b), w));
            high = wasm_i32x4_add(high, wasm_i32x4_dot_i16x8(interleave_high(a, b), w));
        }
        v128_t both = wasm_i16x8_narrow_i32x4(wasm_i32x4_shr(low, 20), wasm_i32x4_shr(high, 20));
        wasm_v128_store64_lane(out + i, wasm_u8x16_narrow_i16x8(both, both), 0);
    }
    const int16_t *rest[256];
    if (i >= count) return;
    for (int k = 0; k < taps; k++)
        rest[k] = rows[k] + i;
    cr_row_kernels_scalar()->down(out + i, rest, weights, taps, count - i);
}

// Where a point's sixteen samples begin and its weights; false at the plane's edges.
static bool line_inside(const cr_line *line, const uint8_t **samples, const int16_t **weights_x,
                        const int16_t **weights_y, int size)
{
    const int64_t offset = (INT64_C(1) << 21) - (INT64_C(1) << 31);
    int64_t x = line->x + offset, y = line->y + offset;
    int64_t column = (x >> 32) - 1, row = (y >> 32) - 1;
    if (column < 0 || row < 0 || column + 4 > line->width || row + 4 > line->height) return false;
    *weights_x = line->phases + ((x & UINT32_MAX) >> 22) * CR_PHASE_TAPS;
    *weights_y = line->phases + ((y & UINT32_MAX) >> 22) * CR_PHASE_TAPS;
    *samples = line->data + line->stride * row + column * size;
    return true;
}

static void line_gray(uint8_t *out, const cr_line *line, int count)
{
    cr_line at = *line;
    for (int i = 0; i < count; i++, at.x += at.step_x, at.y += at.step_y) {
        const uint8_t *p;
        const int16_t *wx, *wy;
        if (!line_inside(&at, &p, &wx, &wy, 1)) {
            cr_row_kernels_scalar()->line_gray(out + i, &at, 1);
            continue;
        }
        v128_t bytes = gather(p, p + at.stride, p + 2 * at.stride, p + 3 * at.stride);
        v128_t weights = wasm_v128_load64_splat(wx);
        v128_t rows = add_pairs(wasm_i32x4_dot_i16x8(wasm_u16x8_extend_low_u8x16(bytes), weights),
                                wasm_i32x4_dot_i16x8(wasm_u16x8_extend_high_u8x16(bytes), weights));
        rows = wasm_i32x4_shr(wasm_i32x4_add(rows, wasm_i32x4_const_splat(128)), 8);
        int total = sum_lanes(wasm_i32x4_mul(rows, wasm_i32x4_load16x4(wy)));
        int value = (total + (1 << 19)) >> 20;
        out[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

// Two rows' middle samples, side by side for a dot product.
static v128_t pair_rows(v128_t first, v128_t second)
{
    const v128_t mask = wasm_i32x4_const_splat(0xFFFF);
    return wasm_v128_or(wasm_v128_and(first, mask), wasm_i32x4_shl(second, 16));
}

static void line_rgba(uint8_t *out, const cr_line *line, int count)
{
    const v128_t half = wasm_i32x4_const_splat(128);
    cr_line at = *line;
    for (int i = 0; i < count; i++, at.x += at.step_x, at.y += at.step_y) {
        const uint8_t *p;
        const int16_t *wx, *wy;
        if (!line_inside(&at, &p, &wx, &wy, 4)) {
            cr_row_kernels_scalar()->line_rgba(out + 4 * i, &at, 1);
            continue;
        }
        v128_t rows[4];
        for (int r = 0; r < 4; r++) {
            v128_t sums = four_pixels(wasm_v128_load(p + at.stride * r), wx);
            rows[r] = wasm_i32x4_shr(wasm_i32x4_add(sums, half), 8);
        }
        v128_t sum = wasm_i32x4_add(
            wasm_i32x4_dot_i16x8(pair_rows(rows[0], rows[1]), wasm_v128_load32_splat(wy)),
            wasm_i32x4_dot_i16x8(pair_rows(rows[2], rows[3]), wasm_v128_load32_splat(wy + 2)));
        sum = wasm_i32x4_add(sum, wasm_i32x4_const_splat(1 << 19));
        store_4_bytes(out + 4 * i, wasm_i32x4_shr(sum, 20));
    }
}

static void limit_to_alpha(uint8_t *rgba, int count)
{
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        v128_t pixels = wasm_v128_load(rgba + 4 * i);
        wasm_v128_store(rgba + 4 * i, wasm_u8x16_min(pixels, spread_alpha(pixels)));
    }
    cr_row_kernels_scalar()->limit_to_alpha(rgba + 4 * i, count - i);
}

static void over(uint8_t *canvas, const uint8_t *rgba, int count)
{
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        v128_t pixels = wasm_v128_load(rgba + 4 * i);
        v128_t rest = wasm_v128_not(spread_alpha(pixels));
        v128_t below = multiply_bytes(wasm_v128_load(canvas + 4 * i), rest);
        wasm_v128_store(canvas + 4 * i, wasm_u8x16_add_sat(pixels, below));
    }
    cr_row_kernels_scalar()->over(canvas + 4 * i, rgba + 4 * i, count - i);
}

static void fade(uint8_t *bytes, int share, int count)
{
    if (share >= CR_SHARE_ONE) return;
    const v128_t factor = wasm_i16x8_splat((int16_t)share);
    int i = 0;
    for (; i + 16 <= count; i += 16) {
        v128_t all = wasm_v128_load(bytes + i);
        v128_t low = wasm_i16x8_q15mulr_sat(wasm_u16x8_extend_low_u8x16(all), factor);
        v128_t high = wasm_i16x8_q15mulr_sat(wasm_u16x8_extend_high_u8x16(all), factor);
        wasm_v128_store(bytes + i, wasm_u8x16_narrow_i16x8(low, high));
    }
    cr_row_kernels_scalar()->fade(bytes + i, share, count - i);
}

// to + (from − to) × factor; eight numbers.
static v128_t mixed_half(v128_t to, v128_t from, v128_t factor)
{
    return wasm_i16x8_add(to, wasm_i16x8_q15mulr_sat(wasm_i16x8_sub(from, to), factor));
}

static void mix(uint8_t *out, const uint8_t *in, int share, int count)
{
    if (share >= CR_SHARE_ONE) {
        memcpy(out, in, (size_t)count);
        return;
    }
    const v128_t factor = wasm_i16x8_splat((int16_t)share);
    int i = 0;
    for (; i + 16 <= count; i += 16) {
        v128_t to = wasm_v128_load(out + i), from = wasm_v128_load(in + i);
        v128_t low =
            mixed_half(wasm_u16x8_extend_low_u8x16(to), wasm_u16x8_extend_low_u8x16(from), factor);
        v128_t high = mixed_half(wasm_u16x8_extend_high_u8x16(to),
                                 wasm_u16x8_extend_high_u8x16(from), factor);
        wasm_v128_store(out + i, wasm_u8x16_narrow_i16x8(low, high));
    }
    cr_row_kernels_scalar()->mix(out + i, in + i, share, count - i);
}

static void mix_masked(uint8_t *out, const uint8_t *in, const uint8_t *mask, int count)
{
    int i = 0;
    for (; i + 16 <= count; i += 16) {
        v128_t a = wasm_v128_load(in + i), b = wasm_v128_load(out + i);
        v128_t m = wasm_v128_load(mask + i), rest = wasm_v128_not(m);
        v128_t low =
            wasm_i16x8_add(wasm_u16x8_extmul_low_u8x16(a, m), wasm_u16x8_extmul_low_u8x16(b, rest));
        v128_t high = wasm_i16x8_add(wasm_u16x8_extmul_high_u8x16(a, m),
                                     wasm_u16x8_extmul_high_u8x16(b, rest));
        wasm_v128_store(out + i, wasm_u8x16_narrow_i16x8(divide_255(low), divide_255(high)));
    }
    cr_row_kernels_scalar()->mix_masked(out + i, in + i, mask + i, count - i);
}

// Four bytes of what is below, times what the alpha leaves of it.
static v128_t below(const uint8_t *bytes, v128_t alpha)
{
    v128_t rest = wasm_i32x4_sub(wasm_i32x4_const_splat(255), alpha);
    return divide_255_wide(wasm_i32x4_mul(load_4_bytes(bytes), rest));
}

static void over_luma(uint8_t *luma, const uint8_t *rgba, const int16_t *weights, int count)
{
    const v128_t w = wasm_v128_load64_splat(weights), half = wasm_i32x4_const_splat(1 << 14);
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        v128_t pixels = wasm_v128_load(rgba + 4 * i);
        v128_t sums = add_pairs(wasm_i32x4_dot_i16x8(wasm_u16x8_extend_low_u8x16(pixels), w),
                                wasm_i32x4_dot_i16x8(wasm_u16x8_extend_high_u8x16(pixels), w));
        sums = wasm_i32x4_shr(wasm_i32x4_add(sums, half), 15);
        store_4_bytes(luma + i, wasm_i32x4_add(sums, below(luma + i, wasm_u32x4_shr(pixels, 24))));
    }
    cr_row_kernels_scalar()->over_luma(luma + i, rgba + 4 * i, weights, count - i);
}

// Every second pixel of four, components as 16 bits.
static v128_t even_pixels(const uint8_t *rgba)
{
    v128_t all = wasm_v128_load(rgba);
    return wasm_u16x8_extend_low_u8x16(wasm_i32x4_shuffle(all, all, 0, 2, 0, 2));
}

static v128_t three_columns(const uint8_t *rgba)
{
    v128_t middle = wasm_i16x8_shl(even_pixels(rgba), 1);
    return wasm_i16x8_add(middle, wasm_i16x8_add(even_pixels(rgba - 4), even_pixels(rgba + 4)));
}

// Four chroma samples from eight times the means of their pixels, over what is there.
static void chroma_4(uint8_t *chroma, v128_t first, v128_t second, v128_t weights, v128_t alpha)
{
    v128_t value =
        add_pairs(wasm_i32x4_dot_i16x8(first, weights), wasm_i32x4_dot_i16x8(second, weights));
    value = wasm_i32x4_shr(wasm_i32x4_add(value, wasm_i32x4_const_splat(1 << 17)), 18);
    store_4_bytes(chroma, wasm_i32x4_add(value, below(chroma, alpha)));
}

static void over_chroma(uint8_t *u, uint8_t *v, const uint8_t *rgba0, const uint8_t *rgba1,
                        const cr_rgb_to_yuv *matrix, int count)
{
    const v128_t wu = wasm_v128_load64_splat(matrix->u), wv = wasm_v128_load64_splat(matrix->v);
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        const uint8_t *p0 = rgba0 + 8 * (int64_t)i, *p1 = rgba1 + 8 * (int64_t)i;
        v128_t first = wasm_i16x8_add(three_columns(p0), three_columns(p1));
        v128_t second = wasm_i16x8_add(three_columns(p0 + 16), three_columns(p1 + 16));
        v128_t alpha =
            wasm_i32x4_shuffle(wasm_u64x2_shr(first, 48), wasm_u64x2_shr(second, 48), 0, 2, 4, 6);
        alpha = wasm_u32x4_shr(wasm_i32x4_add(alpha, wasm_i32x4_const_splat(4)), 3);
        chroma_4(u + i, first, second, wu, alpha);
        chroma_4(v + i, first, second, wv, alpha);
    }
    cr_row_kernels_scalar()->over_chroma(u + i, v + i, rgba0 + 8 * (int64_t)i,
                                         rgba1 + 8 * (int64_t)i, matrix, count - i);
}

// a × first + b × second + more, without its 13 fraction bits, clamped to a byte; eight numbers.
static v128_t two_products(v128_t a, v128_t b, v128_t weights, const v128_t more[2])
{
    v128_t low = wasm_i32x4_dot_i16x8(interleave_low(a, b), weights);
    v128_t high = wasm_i32x4_dot_i16x8(interleave_high(a, b), weights);
    low = wasm_i32x4_shr(wasm_i32x4_add(low, more[0]), 13);
    high = wasm_i32x4_shr(wasm_i32x4_add(high, more[1]), 13);
    v128_t both = wasm_i16x8_max(wasm_i16x8_narrow_i32x4(low, high), wasm_i16x8_const_splat(0));
    return wasm_i16x8_min(both, wasm_i16x8_const_splat(255));
}

static v128_t load_8(const uint8_t *from, int less)
{
    return wasm_i16x8_sub(wasm_u16x8_load8x8(from), wasm_i16x8_splat((int16_t)less));
}

static void yuv_to_rgba(uint8_t *rgba, const uint8_t *y, const uint8_t *u, const uint8_t *v,
                        const cr_yuv_to_rgb *m, int count)
{
    const v128_t red = weight_pair(m->y, m->red_v), green = weight_pair(m->y, m->green_v);
    const v128_t blue = weight_pair(m->y, m->blue_u), one = wasm_i16x8_const_splat(1);
    const v128_t rest_of_green = weight_pair(m->green_u, 1 << 12);
    const v128_t half[2] = {wasm_i32x4_const_splat(1 << 12), wasm_i32x4_const_splat(1 << 12)};
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        v128_t luma = load_8(y + i, m->y_offset), cu = load_8(u + i, 128), cv = load_8(v + i, 128);
        const v128_t from_u[2] = {wasm_i32x4_dot_i16x8(interleave_low(cu, one), rest_of_green),
                                  wasm_i32x4_dot_i16x8(interleave_high(cu, one), rest_of_green)};
        v128_t r = two_products(luma, cv, red, half), g = two_products(luma, cv, green, from_u);
        v128_t b = two_products(luma, cu, blue, half);
        v128_t rg = wasm_v128_or(r, wasm_i16x8_shl(g, 8));
        v128_t ba = wasm_v128_or(b, wasm_i16x8_const_splat((int16_t)0xFF00));
        wasm_v128_store(rgba + 4 * i, interleave_low(rg, ba));
        wasm_v128_store(rgba + 4 * i + 16, interleave_high(rg, ba));
    }
    cr_row_kernels_scalar()->yuv_to_rgba(rgba + 4 * i, y + i, u + i, v + i, m, count - i);
}

// Four sums and ends, times their weights, as 32-bit numbers.
static v128_t box_means(v128_t sums, v128_t ends, v128_t inner, v128_t edge)
{
    const v128_t half = wasm_i64x2_const_splat(INT64_C(1) << 31);
    v128_t low = wasm_i64x2_add(wasm_u64x2_extmul_low_u32x4(sums, inner),
                                wasm_u64x2_extmul_low_u32x4(ends, edge));
    v128_t high = wasm_i64x2_add(wasm_u64x2_extmul_high_u32x4(sums, inner),
                                 wasm_u64x2_extmul_high_u32x4(ends, edge));
    return wasm_i32x4_shuffle(wasm_i64x2_add(low, half), wasm_i64x2_add(high, half), 1, 3, 5, 7);
}

static void box(uint16_t *out, uint32_t *sums, const uint16_t *before, const uint16_t *after,
                const uint16_t *leaves, uint32_t inner, uint32_t edge, int count)
{
    const v128_t wi = wasm_u32x4_splat(inner), we = wasm_u32x4_splat(edge);
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        v128_t sum = wasm_v128_load(sums + i), next = wasm_u32x4_load16x4(after + i);
        v128_t ends = wasm_i32x4_add(wasm_u32x4_load16x4(before + i), next);
        v128_t means = box_means(sum, ends, wi, we);
        wasm_v128_store64_lane(out + i, wasm_u16x8_narrow_i32x4(means, means), 0);
        wasm_v128_store(sums + i,
                        wasm_i32x4_sub(wasm_i32x4_add(sum, next), wasm_u32x4_load16x4(leaves + i)));
    }
    cr_row_kernels_scalar()->box(out + i, sums + i, before + i, after + i, leaves + i, inner, edge,
                                 count - i);
}

static const cr_row_kernels simd128 = {
    .box = box,
    .premultiply = premultiply,
    .across_gray = across_gray,
    .across_rgba = across_rgba,
    .widen = widen,
    .down = down,
    .line_gray = line_gray,
    .line_rgba = line_rgba,
    .limit_to_alpha = limit_to_alpha,
    .over = over,
    .fade = fade,
    .mix = mix,
    .mix_masked = mix_masked,
    .over_luma = over_luma,
    .over_chroma = over_chroma,
    .yuv_to_rgba = yuv_to_rgba,
};

const cr_row_kernels *cr_row_kernels_wasm(void)
{
    return &simd128;
}

#else

const cr_row_kernels *cr_row_kernels_wasm(void)
{
    return NULL;
}

#endif
