// The inner loops over rows of samples. The scalar ones define the result; any other table gives
// the same bytes.
//
// Weights of a resampling sum to CR_WEIGHT_ONE. Rows between the two passes of a resampling hold
// samples with CR_MIDDLE_BITS fraction bits. RGBA rows are premultiplied unless a line says
// otherwise. A share is 0 to CR_SHARE_ONE.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Scales of the whole numbers, as the head of this file explains them.
enum {
    CR_WEIGHT_ONE = 1 << 14,
    CR_MIDDLE_BITS = 6,
    CR_SHARE_ONE = 1 << 15,
    CR_PHASES = 1024,
    CR_PHASE_TAPS = 4,
};

// What a row of alpha holds.
typedef enum cr_row_alpha {
    CR_ROW_ALPHA_NONE = 0,
    CR_ROW_ALPHA_EMPTY, // nothing to be seen
    CR_ROW_ALPHA_MIXED,
    CR_ROW_ALPHA_OPAQUE, // all 255
} cr_row_alpha;

// YUV from RGB: {R, G, B, alpha} with 15 fraction bits; the alpha column carries the offset.
typedef struct cr_rgb_to_yuv {
    int16_t y[4], u[4], v[4];
} cr_rgb_to_yuv;

// RGB from YUV with 13 fraction bits: luma less [y_offset], chroma less 128.
typedef struct cr_yuv_to_rgb {
    int16_t y_offset, y, red_v, green_u, green_v, blue_u;
} cr_yuv_to_rgb;

// A plane that is sampled along a line of any direction: four taps each way.
typedef struct cr_line {
    const uint8_t *data;
    int64_t stride;
    int width, height;
    int64_t x, y;           // of the first sample, 32 fraction bits; sample centres at .5
    int64_t step_x, step_y; // to the next
    const int16_t *phases;  // CR_PHASES × CR_PHASE_TAPS
} cr_line;

// One table of inner loops; [count] is pixels unless a line says bytes.
typedef struct cr_row_kernels {
    // Straight RGBA to premultiplied.
    cr_row_alpha (*premultiply)(uint8_t *out, const uint8_t *in, int count);
    // First pass: out[i] = the weighted sum of [taps] samples (a multiple of 4) from in[starts[i]].
    void (*across_gray)(int16_t *out, const uint8_t *in, const int32_t *starts,
                        const int16_t *weights, int taps, int count);
    void (*across_rgba)(int16_t *out, const uint8_t *in, const int32_t *starts,
                        const int16_t *weights, int taps, int count);
    // First pass where samples only gain fraction bits. [count] of bytes.
    void (*widen)(int16_t *out, const uint8_t *in, int count);
    // Second pass, over rows. [count] of bytes.
    void (*down)(uint8_t *out, const int16_t *const *rows, const int16_t *weights, int taps,
                 int count);
    void (*line_gray)(uint8_t *out, const cr_line *line, int count);
    void (*line_rgba)(uint8_t *out, const cr_line *line, int count);
    // No colour above its alpha: what is left of overshoot.
    void (*limit_to_alpha)(uint8_t *rgba, int count);
    // rgba over canvas.
    void (*over)(uint8_t *canvas, const uint8_t *rgba, int count);
    // bytes × share. [count] of bytes.
    void (*fade)(uint8_t *bytes, int share, int count);
    // out + (in − out) × share. [count] of bytes.
    void (*mix)(uint8_t *out, const uint8_t *in, int share, int count);
    // out + (in − out) × mask / 255, a mask for each byte.
    void (*mix_masked)(uint8_t *out, const uint8_t *in, const uint8_t *mask, int count);
    // rgba over luma.
    void (*over_luma)(uint8_t *luma, const uint8_t *rgba, const int16_t *weights, int count);
    // Two rows of rgba over half-size chroma. The rows begin at an even column; each chroma sample
    // takes columns 2i − 1, 2i, 2i + 1 with weights 1 2 1, so one column must be readable before
    // and after.
    void (*over_chroma)(uint8_t *u, uint8_t *v, const uint8_t *rgba0, const uint8_t *rgba1,
                        const cr_rgb_to_yuv *matrix, int count);
    // Opaque RGBA from rows of equal length.
    void (*yuv_to_rgba)(uint8_t *rgba, const uint8_t *y, const uint8_t *u, const uint8_t *v,
                        const cr_yuv_to_rgb *matrix, int count);
    // A box's weighted mean for each of [count] lines: the sums inside it, and the samples just
    // before and after at its ends; then the sums move on by one. Weights have 32 fraction bits.
    void (*box)(uint16_t *out, uint32_t *sums, const uint16_t *before, const uint16_t *after,
                const uint16_t *leaves, uint32_t inner, uint32_t edge, int count);
} cr_row_kernels;

// The ones that define the result. Static.
const cr_row_kernels *cr_row_kernels_scalar(void);

// The fastest that this machine runs.
const cr_row_kernels *cr_row_kernels_best(void);

// A product of two bytes back to a byte.
static inline uint8_t cr_divide_255(unsigned value) // rounded; value up to 65535
{
    value += 128;
    return (uint8_t)((value + (value >> 8)) >> 8);
}
