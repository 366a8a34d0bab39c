#include "compositor/row_kernels_x86.h"

#include <stddef.h>

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

// What does not fill a vector is left to the scalar twin, which also says what is right.

static AVX2 __m256i load(const void *from)
{
    return _mm256_loadu_si256(from);
}

static AVX2 void store(void *to, __m256i value)
{
    _mm256_storeu_si256(to, value);
}

// value / 255, rounded; sixteen unsigned numbers up to 65025.
static AVX2 __m256i divide_255(__m256i value)
{
    value = _mm256_add_epi16(value, _mm256_set1_epi16(128));
    return _mm256_srli_epi16(_mm256_add_epi16(value, _mm256_srli_epi16(value, 8)), 8);
}

// As above, eight numbers of 32 bits.
static AVX2 __m256i divide_255_wide(__m256i value)
{
    value = _mm256_add_epi32(value, _mm256_set1_epi32(128));
    return _mm256_srli_epi32(_mm256_add_epi32(value, _mm256_srli_epi32(value, 8)), 8);
}

// Each pixel's alpha in all of its bytes.
static AVX2 __m256i spread_alpha(__m256i rgba)
{
    const __m256i order = _mm256_setr_epi8(3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15,
                                           3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
    return _mm256_shuffle_epi8(rgba, order);
}

// a × b / 255 by bytes.
static AVX2 __m256i multiply_bytes(__m256i a, __m256i b)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i low = _mm256_mullo_epi16(_mm256_unpacklo_epi8(a, zero), _mm256_unpacklo_epi8(b, zero));
    __m256i high = _mm256_mullo_epi16(_mm256_unpackhi_epi8(a, zero), _mm256_unpackhi_epi8(b, zero));
    return _mm256_packus_epi16(divide_255(low), divide_255(high));
}

static AVX2 cr_row_alpha premultiply(uint8_t *out, const uint8_t *in, int count)
{
    const __m256i alpha_bytes = _mm256_set1_epi32((int)0xFF000000u);
    __m256i any = _mm256_setzero_si256(), all = _mm256_set1_epi32(-1);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        __m256i pixels = load(in + 4 * i), alpha = spread_alpha(pixels);
        any = _mm256_or_si256(any, alpha);
        all = _mm256_and_si256(all, alpha);
        // Alpha itself is times 255 / 255.
        store(out + 4 * i, multiply_bytes(pixels, _mm256_or_si256(alpha, alpha_bytes)));
    }
    bool is_empty = _mm256_testz_si256(any, any) != 0;
    bool is_opaque = _mm256_testc_si256(all, _mm256_set1_epi32(-1)) != 0;
    if (i < count) {
        cr_row_alpha rest =
            cr_row_kernels_scalar()->premultiply(out + 4 * i, in + 4 * i, count - i);
        is_empty = is_empty && rest == CR_ROW_ALPHA_EMPTY;
        is_opaque = is_opaque && rest == CR_ROW_ALPHA_OPAQUE;
    }
    if (is_empty) return CR_ROW_ALPHA_EMPTY;
    return is_opaque ? CR_ROW_ALPHA_OPAQUE : CR_ROW_ALPHA_MIXED;
}

static AVX2 int load_4(const uint8_t *from)
{
    int value;
    memcpy(&value, from, sizeof value);
    return value;
}

// First pass with 4 taps, eight outputs at once.
static AVX2 int across_gray_4(int16_t *out, const uint8_t *in, const int32_t *starts,
                              const int16_t *weights, int count)
{
    const __m256i half = _mm256_set1_epi32(128);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        const int32_t *s = starts + i;
        __m128i low = _mm_setr_epi32(load_4(in + s[0]), load_4(in + s[1]), load_4(in + s[2]),
                                     load_4(in + s[3]));
        __m128i high = _mm_setr_epi32(load_4(in + s[4]), load_4(in + s[5]), load_4(in + s[6]),
                                      load_4(in + s[7]));
        __m256i a = _mm256_madd_epi16(_mm256_cvtepu8_epi16(low), load(weights + 4 * i));
        __m256i b = _mm256_madd_epi16(_mm256_cvtepu8_epi16(high), load(weights + 4 * i + 16));
        // Sums of outputs 0 1 4 5 | 2 3 6 7.
        __m256i sums = _mm256_srai_epi32(_mm256_add_epi32(_mm256_hadd_epi32(a, b), half), 8);
        sums = _mm256_permute4x64_epi64(sums, 0xD8);
        __m128i packed =
            _mm_packs_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        _mm_storeu_si128((void *)(out + i), packed);
    }
    return i;
}

static AVX2 void across_gray(int16_t *out, const uint8_t *in, const int32_t *starts,
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
        __m128i sum = _mm_setzero_si128();
        int k = 0;
        for (; k + 8 <= taps; k += 8) {
            __m128i bytes = _mm_loadl_epi64((const void *)(samples + k));
            __m128i w = _mm_loadu_si128((const void *)(weights + k));
            sum = _mm_add_epi32(sum, _mm_madd_epi16(_mm_cvtepu8_epi16(bytes), w));
        }
        if (k < taps) {
            __m128i bytes = _mm_cvtsi32_si128(load_4(samples + k));
            __m128i w = _mm_loadl_epi64((const void *)(weights + k));
            sum = _mm_add_epi32(sum, _mm_madd_epi16(_mm_cvtepu8_epi16(bytes), w));
        }
        sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
        sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1));
        out[i] = (int16_t)((_mm_cvtsi128_si32(sum) + 128) >> 8);
    }
}

// Four pixels and four weights: the four components' sums.
static AVX2 __m128i four_pixels(__m128i pixels, __m256i weights)
{
    // r0 r1 g0 g1 b0 b1 a0 a1, then the same of pixels 2 and 3.
    const __m128i order = _mm_setr_epi8(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
    __m256i pairs = _mm256_cvtepu8_epi16(_mm_shuffle_epi8(pixels, order));
    __m256i sums = _mm256_madd_epi16(pairs, weights);
    return _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
}

// w0 w1 four times, w2 w3 four times.
static AVX2 __m256i spread_weights(const int16_t *weights)
{
    __m256i all = _mm256_broadcastq_epi64(_mm_loadl_epi64((const void *)weights));
    return _mm256_permutevar8x32_epi32(all, _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1));
}

static AVX2 __m128i across_one(const uint8_t *samples, const int16_t *weights, int taps)
{
    __m128i sum = _mm_set1_epi32(128);
    for (int k = 0; k < taps; k += 4) {
        __m128i pixels = _mm_loadu_si128((const void *)(samples + 4 * k));
        sum = _mm_add_epi32(sum, four_pixels(pixels, spread_weights(weights + k)));
    }
    return _mm_srai_epi32(sum, 8);
}

static AVX2 void across_rgba(int16_t *out, const uint8_t *in, const int32_t *starts,
                             const int16_t *weights, int taps, int count)
{
    int i = 0;
    for (; i + 2 <= count; i += 2, weights += 2 * taps) {
        __m128i a = across_one(in + 4 * (int64_t)starts[i], weights, taps);
        __m128i b = across_one(in + 4 * (int64_t)starts[i + 1], weights + taps, taps);
        _mm_storeu_si128((void *)(out + 4 * i), _mm_packs_epi32(a, b));
    }
    if (i < count) {
        __m128i a = across_one(in + 4 * (int64_t)starts[i], weights, taps);
        _mm_storel_epi64((void *)(out + 4 * i), _mm_packs_epi32(a, a));
    }
}

static AVX2 void widen(int16_t *out, const uint8_t *in, int count)
{
    int i = 0;
    for (; i + 16 <= count; i += 16) {
        __m256i wide = _mm256_cvtepu8_epi16(_mm_loadu_si128((const void *)(in + i)));
        store(out + i, _mm256_slli_epi16(wide, CR_MIDDLE_BITS));
    }
    cr_row_kernels_scalar()->widen(out + i, in + i, count - i);
}

static AVX2 __m256i weight_pair(const int16_t *weights, int k, int taps)
{
    int second = k + 1 < taps ? weights[k + 1] : 0;
    return _mm256_set1_epi32((int)((uint32_t)(uint16_t)weights[k] | (uint32_t)second << 16));
}

static AVX2 void down(uint8_t *out, const int16_t *const *rows, const int16_t *weights, int taps,
                      int count)
{
    const __m256i half = _mm256_set1_epi32(1 << 19);
    int i = 0;
    for (; i + 16 <= count; i += 16) {
        __m256i low = half, high = half;
        for (int k = 0; k < taps; k += 2) {
            __m256i w = weight_pair(weights, k, taps), a = load(rows[k] + i);
            __m256i b = k + 1 < taps ? load(rows[k + 1] + i) : a;
            low = _mm256_add_epi32(low, _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), w));
            high = _mm256_add_epi32(high, _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), w));
        }
        __m256i both = _mm256_packs_epi32(_mm256_srai_epi32(low, 20), _mm256_srai_epi32(high, 20));
        __m128i bytes =
            _mm_packus_epi16(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
        _mm_storeu_si128((void *)(out + i), bytes);
    }
    const int16_t *rest[256];
    if (i >= count) return;
    for (int k = 0; k < taps; k++)
        rest[k] = rows[k] + i;
    cr_row_kernels_scalar()->down(out + i, rest, weights, taps, count - i);
}

// Where a point's sixteen samples begin and its weights; false at the plane's edges.
static AVX2 bool line_inside(const cr_line *line, int64_t x, int64_t y, const uint8_t **samples,
                             const int16_t **weights_x, const int16_t **weights_y, int size)
{
    const int64_t offset = (INT64_C(1) << 21) - (INT64_C(1) << 31);
    x += offset;
    y += offset;
    int64_t column = (x >> 32) - 1, row = (y >> 32) - 1;
    if (column < 0 || row < 0 || column + 4 > line->width || row + 4 > line->height) return false;
    *weights_x = line->phases + ((x & UINT32_MAX) >> 22) * CR_PHASE_TAPS;
    *weights_y = line->phases + ((y & UINT32_MAX) >> 22) * CR_PHASE_TAPS;
    *samples = line->data + line->stride * row + column * size;
    return true;
}

static AVX2 void line_gray(uint8_t *out, const cr_line *line, int count)
{
    cr_line at = *line;
    for (int i = 0; i < count; i++, at.x += at.step_x, at.y += at.step_y) {
        const uint8_t *p;
        const int16_t *wx, *wy;
        if (!line_inside(&at, at.x, at.y, &p, &wx, &wy, 1)) {
            cr_row_kernels_scalar()->line_gray(out + i, &at, 1);
            continue;
        }
        __m128i bytes = _mm_setr_epi32(load_4(p), load_4(p + at.stride), load_4(p + 2 * at.stride),
                                       load_4(p + 3 * at.stride));
        __m256i weights = _mm256_broadcastq_epi64(_mm_loadl_epi64((const void *)wx));
        __m256i sums = _mm256_madd_epi16(_mm256_cvtepu8_epi16(bytes), weights);
        __m128i rows =
            _mm_hadd_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        rows = _mm_srai_epi32(_mm_add_epi32(rows, _mm_set1_epi32(128)), 8);
        __m128i down_weights = _mm_cvtepi16_epi32(_mm_loadl_epi64((const void *)wy));
        __m128i total = _mm_mullo_epi32(rows, down_weights);
        total = _mm_add_epi32(total, _mm_shuffle_epi32(total, 0x4E));
        total = _mm_add_epi32(total, _mm_shuffle_epi32(total, 0xB1));
        int value = (_mm_cvtsi128_si32(total) + (1 << 19)) >> 20;
        out[i] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

static AVX2 void line_rgba(uint8_t *out, const cr_line *line, int count)
{
    const __m128i half = _mm_set1_epi32(128), mask = _mm_set1_epi32(0xFFFF);
    cr_line at = *line;
    for (int i = 0; i < count; i++, at.x += at.step_x, at.y += at.step_y) {
        const uint8_t *p;
        const int16_t *wx, *wy;
        if (!line_inside(&at, at.x, at.y, &p, &wx, &wy, 4)) {
            cr_row_kernels_scalar()->line_rgba(out + 4 * i, &at, 1);
            continue;
        }
        __m256i weights = spread_weights(wx);
        __m128i rows[4];
        for (int r = 0; r < 4; r++) {
            __m128i pixels = _mm_loadu_si128((const void *)(p + at.stride * r));
            rows[r] = _mm_srai_epi32(_mm_add_epi32(four_pixels(pixels, weights), half), 8);
        }
        __m128i down_weights = _mm_loadl_epi64((const void *)wy);
        __m128i top = _mm_or_si128(_mm_and_si128(rows[0], mask), _mm_slli_epi32(rows[1], 16));
        __m128i bottom = _mm_or_si128(_mm_and_si128(rows[2], mask), _mm_slli_epi32(rows[3], 16));
        top = _mm_madd_epi16(top, _mm_shuffle_epi32(down_weights, 0x00));
        bottom = _mm_madd_epi16(bottom, _mm_shuffle_epi32(down_weights, 0x55));
        __m128i sum = _mm_add_epi32(_mm_add_epi32(top, bottom), _mm_set1_epi32(1 << 19));
        sum = _mm_srai_epi32(sum, 20);
        sum = _mm_packs_epi32(sum, sum);
        int pixel = _mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
        memcpy(out + 4 * i, &pixel, 4);
    }
}

static AVX2 void limit_to_alpha(uint8_t *rgba, int count)
{
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        __m256i pixels = load(rgba + 4 * i);
        store(rgba + 4 * i, _mm256_min_epu8(pixels, spread_alpha(pixels)));
    }
    cr_row_kernels_scalar()->limit_to_alpha(rgba + 4 * i, count - i);
}

static AVX2 void over(uint8_t *canvas, const uint8_t *rgba, int count)
{
    const __m256i ones = _mm256_set1_epi32(-1);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        __m256i pixels = load(rgba + 4 * i);
        __m256i rest = _mm256_xor_si256(spread_alpha(pixels), ones);
        __m256i below = multiply_bytes(load(canvas + 4 * i), rest);
        store(canvas + 4 * i, _mm256_adds_epu8(pixels, below));
    }
    cr_row_kernels_scalar()->over(canvas + 4 * i, rgba + 4 * i, count - i);
}

static AVX2 void fade(uint8_t *bytes, int share, int count)
{
    if (share >= CR_SHARE_ONE) return;
    const __m256i factor = _mm256_set1_epi16((short)share), zero = _mm256_setzero_si256();
    int i = 0;
    for (; i + 32 <= count; i += 32) {
        __m256i all = load(bytes + i);
        __m256i low = _mm256_mulhrs_epi16(_mm256_unpacklo_epi8(all, zero), factor);
        __m256i high = _mm256_mulhrs_epi16(_mm256_unpackhi_epi8(all, zero), factor);
        store(bytes + i, _mm256_packus_epi16(low, high));
    }
    cr_row_kernels_scalar()->fade(bytes + i, share, count - i);
}

static AVX2 void mix(uint8_t *out, const uint8_t *in, int share, int count)
{
    if (share >= CR_SHARE_ONE) {
        memcpy(out, in, (size_t)count);
        return;
    }
    const __m256i factor = _mm256_set1_epi16((short)share), zero = _mm256_setzero_si256();
    int i = 0;
    for (; i + 32 <= count; i += 32) {
        __m256i to = load(out + i), from = load(in + i);
        __m256i to_low = _mm256_unpacklo_epi8(to, zero), to_high = _mm256_unpackhi_epi8(to, zero);
        __m256i low = _mm256_sub_epi16(_mm256_unpacklo_epi8(from, zero), to_low);
        __m256i high = _mm256_sub_epi16(_mm256_unpackhi_epi8(from, zero), to_high);
        low = _mm256_add_epi16(to_low, _mm256_mulhrs_epi16(low, factor));
        high = _mm256_add_epi16(to_high, _mm256_mulhrs_epi16(high, factor));
        store(out + i, _mm256_packus_epi16(low, high));
    }
    cr_row_kernels_scalar()->mix(out + i, in + i, share, count - i);
}

static AVX2 __m256i masked_half(__m256i in, __m256i out, __m256i mask)
{
    __m256i rest = _mm256_sub_epi16(_mm256_set1_epi16(255), mask);
    return divide_255(
        _mm256_add_epi16(_mm256_mullo_epi16(in, mask), _mm256_mullo_epi16(out, rest)));
}

static AVX2 void mix_masked(uint8_t *out, const uint8_t *in, const uint8_t *mask, int count)
{
    const __m256i zero = _mm256_setzero_si256();
    int i = 0;
    for (; i + 32 <= count; i += 32) {
        __m256i a = load(in + i), b = load(out + i), m = load(mask + i);
        __m256i low = masked_half(_mm256_unpacklo_epi8(a, zero), _mm256_unpacklo_epi8(b, zero),
                                  _mm256_unpacklo_epi8(m, zero));
        __m256i high = masked_half(_mm256_unpackhi_epi8(a, zero), _mm256_unpackhi_epi8(b, zero),
                                   _mm256_unpackhi_epi8(m, zero));
        store(out + i, _mm256_packus_epi16(low, high));
    }
    cr_row_kernels_scalar()->mix_masked(out + i, in + i, mask + i, count - i);
}

static AVX2 __m256i spread_matrix(const int16_t *weights)
{
    return _mm256_broadcastq_epi64(_mm_loadl_epi64((const void *)weights));
}

static AVX2 void over_luma(uint8_t *luma, const uint8_t *rgba, const int16_t *weights, int count)
{
    const __m256i w = spread_matrix(weights), half = _mm256_set1_epi32(1 << 14);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        __m256i pixels = load(rgba + 4 * i);
        __m256i low = _mm256_cvtepu8_epi16(_mm256_castsi256_si128(pixels));
        __m256i high = _mm256_cvtepu8_epi16(_mm256_extracti128_si256(pixels, 1));
        __m256i sums = _mm256_hadd_epi32(_mm256_madd_epi16(low, w), _mm256_madd_epi16(high, w));
        sums = _mm256_permute4x64_epi64(sums, 0xD8);
        sums = _mm256_srai_epi32(_mm256_add_epi32(sums, half), 15);
        __m256i rest = _mm256_sub_epi32(_mm256_set1_epi32(255), _mm256_srli_epi32(pixels, 24));
        __m256i below = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const void *)(luma + i)));
        sums = _mm256_add_epi32(sums, divide_255_wide(_mm256_madd_epi16(below, rest)));
        __m128i packed =
            _mm_packs_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        _mm_storel_epi64((void *)(luma + i), _mm_packus_epi16(packed, packed));
    }
    cr_row_kernels_scalar()->over_luma(luma + i, rgba + 4 * i, weights, count - i);
}

// Every second pixel of eight, components as 16 bits.
static AVX2 __m256i even_pixels(const uint8_t *rgba)
{
    __m256i sorted = _mm256_shuffle_epi32(load(rgba), 0xD8);
    return _mm256_unpacklo_epi8(sorted, _mm256_setzero_si256());
}

static AVX2 __m256i three_columns(const uint8_t *rgba)
{
    __m256i middle = _mm256_slli_epi16(even_pixels(rgba), 1);
    return _mm256_add_epi16(middle, _mm256_add_epi16(even_pixels(rgba - 4), even_pixels(rgba + 4)));
}

static AVX2 void over_chroma(uint8_t *u, uint8_t *v, const uint8_t *rgba0, const uint8_t *rgba1,
                             const cr_rgb_to_yuv *matrix, int count)
{
    const __m256i wu = spread_matrix(matrix->u), wv = spread_matrix(matrix->v);
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        __m256i sum = _mm256_add_epi16(three_columns(rgba0 + 8 * (int64_t)i),
                                       three_columns(rgba1 + 8 * (int64_t)i));
        // u0 u1 v0 v1 | u2 u3 v2 v3
        __m256i value = _mm256_hadd_epi32(_mm256_madd_epi16(sum, wu), _mm256_madd_epi16(sum, wv));
        value = _mm256_srai_epi32(_mm256_add_epi32(value, _mm256_set1_epi32(1 << 17)), 18);
        __m256i alpha = _mm256_shuffle_epi32(_mm256_srli_epi64(sum, 48), 0x88);
        alpha = _mm256_srli_epi32(_mm256_add_epi32(alpha, _mm256_set1_epi32(4)), 3);
        __m256i rest = _mm256_sub_epi32(_mm256_set1_epi32(255), alpha);
        __m128i both =
            _mm_unpacklo_epi16(_mm_cvtsi32_si128(load_4(u + i)), _mm_cvtsi32_si128(load_4(v + i)));
        __m256i below = _mm256_madd_epi16(_mm256_cvtepu8_epi32(both), rest);
        value = _mm256_add_epi32(value, divide_255_wide(below));
        value = _mm256_packs_epi32(value, value);
        value = _mm256_packus_epi16(value, value);
        __m128i bytes =
            _mm_unpacklo_epi16(_mm256_castsi256_si128(value), _mm256_extracti128_si256(value, 1));
        int new_u = _mm_cvtsi128_si32(bytes), new_v = _mm_extract_epi32(bytes, 1);
        memcpy(u + i, &new_u, 4);
        memcpy(v + i, &new_v, 4);
    }
    cr_row_kernels_scalar()->over_chroma(u + i, v + i, rgba0 + 8 * (int64_t)i,
                                         rgba1 + 8 * (int64_t)i, matrix, count - i);
}

static AVX2 __m256i pair_weights(int first, int second)
{
    return _mm256_set1_epi32((int)((uint32_t)(uint16_t)first | (uint32_t)second << 16));
}

// a × first + b × second + more, without its 13 fraction bits, clamped to a byte; 16 numbers.
static AVX2 __m256i two_products(__m256i a, __m256i b, __m256i weights, const __m256i more[2])
{
    __m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), weights);
    __m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), weights);
    low = _mm256_srai_epi32(_mm256_add_epi32(low, more[0]), 13);
    high = _mm256_srai_epi32(_mm256_add_epi32(high, more[1]), 13);
    __m256i both = _mm256_packs_epi32(low, high);
    both = _mm256_max_epi16(both, _mm256_setzero_si256());
    return _mm256_min_epi16(both, _mm256_set1_epi16(255));
}

static AVX2 __m256i load_16(const uint8_t *from, int less)
{
    __m256i wide = _mm256_cvtepu8_epi16(_mm_loadu_si128((const void *)from));
    return _mm256_sub_epi16(wide, _mm256_set1_epi16((short)less));
}

static AVX2 void yuv_to_rgba(uint8_t *rgba, const uint8_t *y, const uint8_t *u, const uint8_t *v,
                             const cr_yuv_to_rgb *m, int count)
{
    const __m256i red = pair_weights(m->y, m->red_v), green = pair_weights(m->y, m->green_v);
    const __m256i blue = pair_weights(m->y, m->blue_u), one = _mm256_set1_epi16(1);
    const __m256i rest_of_green = pair_weights(m->green_u, 1 << 12);
    const __m256i half[2] = {_mm256_set1_epi32(1 << 12), _mm256_set1_epi32(1 << 12)};
    int i = 0;
    for (; i + 16 <= count; i += 16) {
        __m256i luma = load_16(y + i, m->y_offset);
        __m256i cu = load_16(u + i, 128), cv = load_16(v + i, 128);
        const __m256i from_u[2] = {
            _mm256_madd_epi16(_mm256_unpacklo_epi16(cu, one), rest_of_green),
            _mm256_madd_epi16(_mm256_unpackhi_epi16(cu, one), rest_of_green)};
        __m256i r = two_products(luma, cv, red, half), g = two_products(luma, cv, green, from_u);
        __m256i b = two_products(luma, cu, blue, half);
        __m256i rg = _mm256_or_si256(r, _mm256_slli_epi16(g, 8));
        __m256i ba = _mm256_or_si256(b, _mm256_set1_epi16((short)0xFF00));
        __m256i low = _mm256_unpacklo_epi16(rg, ba), high = _mm256_unpackhi_epi16(rg, ba);
        store(rgba + 4 * i, _mm256_permute2x128_si256(low, high, 0x20));
        store(rgba + 4 * i + 32, _mm256_permute2x128_si256(low, high, 0x31));
    }
    cr_row_kernels_scalar()->yuv_to_rgba(rgba + 4 * i, y + i, u + i, v + i, m, count - i);
}

// Eight sums and ends, times their weights, as 32-bit numbers.
static AVX2 __m256i box_means(__m256i sums, __m256i ends, __m256i inner, __m256i edge)
{
    const __m256i half = _mm256_set1_epi64x(INT64_C(1) << 31);
    __m256i even = _mm256_add_epi64(_mm256_mul_epu32(sums, inner), _mm256_mul_epu32(ends, edge));
    __m256i odd = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(sums, 32), inner),
                                   _mm256_mul_epu32(_mm256_srli_epi64(ends, 32), edge));
    even = _mm256_srli_epi64(_mm256_add_epi64(even, half), 32);
    odd = _mm256_add_epi64(odd, half);
    return _mm256_blend_epi32(even, odd, 0xAA);
}

static AVX2 __m256i load_8(const uint16_t *from)
{
    return _mm256_cvtepu16_epi32(_mm_loadu_si128((const void *)from));
}

static AVX2 void box(uint16_t *out, uint32_t *sums, const uint16_t *before, const uint16_t *after,
                     const uint16_t *leaves, uint32_t inner, uint32_t edge, int count)
{
    const __m256i wi = _mm256_set1_epi64x(inner), we = _mm256_set1_epi64x(edge);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        __m256i sum = load(sums + i), next = load_8(after + i);
        __m256i means = box_means(sum, _mm256_add_epi32(load_8(before + i), next), wi, we);
        __m128i packed =
            _mm_packus_epi32(_mm256_castsi256_si128(means), _mm256_extracti128_si256(means, 1));
        _mm_storeu_si128((void *)(out + i), packed);
        store(sums + i, _mm256_sub_epi32(_mm256_add_epi32(sum, next), load_8(leaves + i)));
    }
    cr_row_kernels_scalar()->box(out + i, sums + i, before + i, after + i, leaves + i, inner, edge,
                                 count - i);
}

static const cr_row_kernels avx2 = {
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

const cr_row_kernels *cr_row_kernels_x86(void)
{
    return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
}

#else

const cr_row_kernels *cr_row_kernels_x86(void)
{
    return NULL;
}

#endif
