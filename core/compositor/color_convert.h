// What numbers mean, from one space to another, in whole numbers.
#pragma once

#include "compositor/row_kernels.h"
#include "media/color.h"

// [color] must be complete (cr_color_complete).
void cr_rgb_to_yuv_make(cr_rgb_to_yuv *out, cr_color color);
void cr_yuv_to_rgb_make(cr_yuv_to_rgb *out, cr_color color);

// Same matrix and range: samples can be moved as they are. Primaries and curves are looked at by
// cr_color_is_wide.
bool cr_color_same_numbers(cr_color a, cr_color b);

// True for what is not shown rightly as BT.709 or sRGB: BT.2020 and P3 primaries, PQ, HLG and
// linear light. The primaries of BT.601 differ so little that they are taken as they are.
bool cr_color_is_wide(cr_color color);

// Tables that bring wide colours to BT.709 primaries and curve.
typedef struct cr_wide_to_709 {
    int32_t linear[256]; // 16 fraction bits, 1.0 is reference white
    int32_t matrix[9];   // 14 fraction bits
    uint8_t curve[4097]; // of linear light × 4096 / the brightest kept
    int32_t brightest;   // 16 fraction bits
} cr_wide_to_709;

// Fills the tables for pictures in [color].
void cr_wide_to_709_make(cr_wide_to_709 *out, cr_color color);

// [count] pixels of RGBA, in place; alpha stays.
void cr_wide_to_709_row(const cr_wide_to_709 *tables, uint8_t *rgba, int count);

// 0xRRGGBBAA as premultiplied bytes.
void cr_color_premultiplied(uint32_t color, uint8_t out[4]);
