#include "compositor/row_kernels.h"

#include <string.h>

#include "compositor/row_kernels_wasm.h"
#include "compositor/row_kernels_x86.h"

enum {
    ACROSS_SHIFT = 14 - CR_MIDDLE_BITS,
    DOWN_SHIFT = 14 + CR_MIDDLE_BITS,
    PHASE_SHIFT = 32 - 10, // CR_PHASES is 2^10
};

static uint8_t to_byte(int value)
{
    if (value < 0) return 0;
    return value > 255 ? 255 : (uint8_t)value;
}

static cr_row_alpha premultiply(uint8_t *out, const uint8_t *in, int count)
{
    unsigned any = 0, all = 255;
    for (int i = 0; i < count; i++) {
        unsigned alpha = in[4 * i + 3];
        any |= alpha;
        all &= alpha;
        for (int c = 0; c < 3; c++)
            out[4 * i + c] = cr_divide_255(in[4 * i + c] * alpha);
        out[4 * i + 3] = (uint8_t)alpha;
    }
    if (any == 0) return CR_ROW_ALPHA_EMPTY;
    return all == 255 ? CR_ROW_ALPHA_OPAQUE : CR_ROW_ALPHA_MIXED;
}

static void across_gray(int16_t *out, const uint8_t *in, const int32_t *starts,
                        const int16_t *weights, int taps, int count)
{
    for (int i = 0; i < count; i++) {
        const uint8_t *samples = in + starts[i];
        int sum = 1 << (ACROSS_SHIFT - 1);
        for (int k = 0; k < taps; k++)
            sum += samples[k] * weights[k];
        out[i] = (int16_t)(sum >> ACROSS_SHIFT);
        weights += taps;
    }
}

static void across_rgba(int16_t *out, const uint8_t *in, const int32_t *starts,
                        const int16_t *weights, int taps, int count)
{
    for (int i = 0; i < count; i++) {
        const uint8_t *samples = in + 4 * (int64_t)starts[i];
        int sum[4] = {0};
        for (int k = 0; k < taps; k++) {
            for (int c = 0; c < 4; c++)
                sum[c] += samples[4 * k + c] * weights[k];
        }
        for (int c = 0; c < 4; c++)
            out[4 * i + c] = (int16_t)((sum[c] + (1 << (ACROSS_SHIFT - 1))) >> ACROSS_SHIFT);
        weights += taps;
    }
}

static void widen(int16_t *out, const uint8_t *in, int count)
{
    for (int i = 0; i < count; i++)
        out[i] = (int16_t)(in[i] << CR_MIDDLE_BITS);
}

static void down(uint8_t *out, const int16_t *const *rows, const int16_t *weights, int taps,
                 int count)
{
    for (int i = 0; i < count; i++) {
        int sum = 1 << (DOWN_SHIFT - 1);
        for (int k = 0; k < taps; k++)
            sum += rows[k][i] * weights[k];
        out[i] = to_byte(sum >> DOWN_SHIFT);
    }
}

static int clamp_index(int64_t index, int size)
{
    if (index < 0) return 0;
    return index >= size ? size - 1 : (int)index;
}

// The sixteen samples around a point, edges repeated, and their weights.
static void line_point(const cr_line *line, int64_t x, int64_t y, const int16_t **weights_x,
                       const int16_t **weights_y, int columns[4], int rows[4])
{
    const int64_t offset = (INT64_C(1) << (PHASE_SHIFT - 1)) - (INT64_C(1) << 31);
    x += offset;
    y += offset;
    *weights_x = line->phases + ((x & UINT32_MAX) >> PHASE_SHIFT) * CR_PHASE_TAPS;
    *weights_y = line->phases + ((y & UINT32_MAX) >> PHASE_SHIFT) * CR_PHASE_TAPS;
    for (int k = 0; k < 4; k++) {
        columns[k] = clamp_index((x >> 32) + k - 1, line->width);
        rows[k] = clamp_index((y >> 32) + k - 1, line->height);
    }
}

static void line_gray(uint8_t *out, const cr_line *line, int count)
{
    int64_t x = line->x, y = line->y;
    for (int i = 0; i < count; i++) {
        const int16_t *weights_x, *weights_y;
        int columns[4], rows[4];
        line_point(line, x, y, &weights_x, &weights_y, columns, rows);
        int total = 1 << (DOWN_SHIFT - 1);
        for (int r = 0; r < 4; r++) {
            const uint8_t *row = line->data + line->stride * rows[r];
            int sum = 1 << (ACROSS_SHIFT - 1);
            for (int k = 0; k < 4; k++)
                sum += row[columns[k]] * weights_x[k];
            total += (sum >> ACROSS_SHIFT) * weights_y[r];
        }
        out[i] = to_byte(total >> DOWN_SHIFT);
        x += line->step_x;
        y += line->step_y;
    }
}

static void line_rgba(uint8_t *out, const cr_line *line, int count)
{
    int64_t x = line->x, y = line->y;
    for (int i = 0; i < count; i++) {
        const int16_t *weights_x, *weights_y;
        int columns[4], rows[4];
        line_point(line, x, y, &weights_x, &weights_y, columns, rows);
        for (int c = 0; c < 4; c++) {
            int total = 1 << (DOWN_SHIFT - 1);
            for (int r = 0; r < 4; r++) {
                const uint8_t *row = line->data + line->stride * rows[r] + c;
                int sum = 1 << (ACROSS_SHIFT - 1);
                for (int k = 0; k < 4; k++)
                    sum += row[4 * columns[k]] * weights_x[k];
                total += (sum >> ACROSS_SHIFT) * weights_y[r];
            }
            out[4 * i + c] = to_byte(total >> DOWN_SHIFT);
        }
        x += line->step_x;
        y += line->step_y;
    }
}

static void limit_to_alpha(uint8_t *rgba, int count)
{
    for (int i = 0; i < count; i++) {
        uint8_t alpha = rgba[4 * i + 3];
        for (int c = 0; c < 3; c++) {
            if (rgba[4 * i + c] > alpha) rgba[4 * i + c] = alpha;
        }
    }
}

static void over(uint8_t *canvas, const uint8_t *rgba, int count)
{
    for (int i = 0; i < count; i++) {
        unsigned rest = 255u - rgba[4 * i + 3];
        for (int c = 0; c < 4; c++) {
            unsigned sum = rgba[4 * i + c] + (unsigned)cr_divide_255(canvas[4 * i + c] * rest);
            canvas[4 * i + c] = sum > 255 ? 255 : (uint8_t)sum;
        }
    }
}

static void fade(uint8_t *bytes, int share, int count)
{
    if (share >= CR_SHARE_ONE) return;
    for (int i = 0; i < count; i++)
        bytes[i] = (uint8_t)((bytes[i] * share + CR_SHARE_ONE / 2) >> 15);
}

static void mix(uint8_t *out, const uint8_t *in, int share, int count)
{
    if (share >= CR_SHARE_ONE) {
        memcpy(out, in, (size_t)count);
        return;
    }
    for (int i = 0; i < count; i++)
        out[i] = (uint8_t)(out[i] + (((in[i] - out[i]) * share + CR_SHARE_ONE / 2) >> 15));
}

static void mix_masked(uint8_t *out, const uint8_t *in, const uint8_t *mask, int count)
{
    for (int i = 0; i < count; i++)
        out[i] = cr_divide_255(in[i] * (unsigned)mask[i] + out[i] * (255u - mask[i]));
}

static void over_luma(uint8_t *luma, const uint8_t *rgba, const int16_t *weights, int count)
{
    for (int i = 0; i < count; i++) {
        const uint8_t *p = rgba + 4 * i;
        int sum = p[0] * weights[0] + p[1] * weights[1] + p[2] * weights[2] + p[3] * weights[3];
        int below = cr_divide_255(luma[i] * (255u - p[3]));
        luma[i] = to_byte(((sum + (1 << 14)) >> 15) + below);
    }
}

static void over_chroma(uint8_t *u, uint8_t *v, const uint8_t *rgba0, const uint8_t *rgba1,
                        const cr_rgb_to_yuv *matrix, int count)
{
    for (int i = 0; i < count; i++) {
        const uint8_t *rows[2] = {rgba0 + 8 * (int64_t)i, rgba1 + 8 * (int64_t)i};
        int sum[4]; // eight times the mean
        for (int c = 0; c < 4; c++) {
            sum[c] = 0;
            for (int r = 0; r < 2; r++)
                sum[c] += rows[r][c - 4] + 2 * rows[r][c] + rows[r][c + 4];
        }
        int sum_u = 1 << 17, sum_v = 1 << 17;
        for (int c = 0; c < 4; c++) {
            sum_u += sum[c] * matrix->u[c];
            sum_v += sum[c] * matrix->v[c];
        }
        unsigned rest = 255u - (unsigned)((sum[3] + 4) >> 3);
        u[i] = to_byte((sum_u >> 18) + cr_divide_255(u[i] * rest));
        v[i] = to_byte((sum_v >> 18) + cr_divide_255(v[i] * rest));
    }
}

static void yuv_to_rgba(uint8_t *rgba, const uint8_t *y, const uint8_t *u, const uint8_t *v,
                        const cr_yuv_to_rgb *matrix, int count)
{
    for (int i = 0; i < count; i++) {
        int luma = (y[i] - matrix->y_offset) * matrix->y + (1 << 12);
        int cu = u[i] - 128, cv = v[i] - 128;
        rgba[4 * i] = to_byte((luma + cv * matrix->red_v) >> 13);
        rgba[4 * i + 1] = to_byte((luma + cu * matrix->green_u + cv * matrix->green_v) >> 13);
        rgba[4 * i + 2] = to_byte((luma + cu * matrix->blue_u) >> 13);
        rgba[4 * i + 3] = 255;
    }
}

static void box(uint16_t *out, uint32_t *sums, const uint16_t *before, const uint16_t *after,
                const uint16_t *leaves, uint32_t inner, uint32_t edge, int count)
{
    const uint64_t half = UINT64_C(1) << 31;
    for (int i = 0; i < count; i++) {
        uint32_t ends = (uint32_t)before[i] + after[i];
        uint64_t sum = (uint64_t)sums[i] * inner + (uint64_t)ends * edge + half;
        out[i] = (uint16_t)(sum >> 32);
        sums[i] += (uint32_t)after[i] - leaves[i];
    }
}

static const cr_row_kernels scalar = {
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

const cr_row_kernels *cr_row_kernels_scalar(void)
{
    return &scalar;
}

const cr_row_kernels *cr_row_kernels_best(void)
{
    const cr_row_kernels *vectors = cr_row_kernels_x86();
    if (!vectors) vectors = cr_row_kernels_wasm();
    return vectors ? vectors : &scalar;
}
