// What the numbers of a picture mean. Values are those of ITU-T H.273, so containers and bitstreams
// need no table; 0 is "not said" here (H.273 calls 2 unspecified, 0 is reserved or, for matrix,
// RGB, which has its own value here).
#pragma once

#include <stdbool.h>

// How RGB became YUV, numbered as in ITU-T H.273.
typedef enum cr_matrix {
    CR_MATRIX_NONE = 0,
    CR_MATRIX_BT709 = 1,
    CR_MATRIX_BT601 = 6, // SMPTE 170M; 5 (BT.470 BG) has the same coefficients and reads as this
    CR_MATRIX_BT2020 = 9,
    CR_MATRIX_RGB = 256, // not YUV at all
} cr_matrix;

// Which part of a byte's values carries the picture.
typedef enum cr_color_range {
    CR_COLOR_RANGE_NONE = 0,
    CR_COLOR_RANGE_LIMITED, // 16–235 (luma), 16–240 (chroma)
    CR_COLOR_RANGE_FULL,    // 0–255
} cr_color_range;

// What red, green and blue are, numbered as in ITU-T H.273.
typedef enum cr_primaries {
    CR_PRIMARIES_NONE = 0,
    CR_PRIMARIES_BT709 = 1, // also sRGB's
    CR_PRIMARIES_BT601_625 = 5,
    CR_PRIMARIES_BT601_525 = 6,
    CR_PRIMARIES_BT2020 = 9,
    CR_PRIMARIES_P3 = 12,
} cr_primaries;

// How light became numbers, numbered as in ITU-T H.273.
typedef enum cr_transfer {
    CR_TRANSFER_NONE = 0,
    CR_TRANSFER_BT709 = 1, // 6, 14 and 15 are the same curve and read as this
    CR_TRANSFER_LINEAR = 8,
    CR_TRANSFER_SRGB = 13,
    CR_TRANSFER_PQ = 16,
    CR_TRANSFER_HLG = 18,
} cr_transfer;

// What the numbers of a picture mean; a field that is NONE is not known.
typedef struct cr_color {
    cr_matrix matrix;
    cr_color_range range;
    cr_primaries primaries;
    cr_transfer transfer;
} cr_color;

// BT.709 limited: the project's default space.
cr_color cr_color_bt709(void);

// sRGB: what still pictures and drawn graphics are in.
cr_color cr_color_srgb(void);

// Fill what [color] leaves unsaid by the customary guess for a picture of [height] lines: YUV of up
// to 576 lines is BT.601 (525 or 625 primaries by height), above is BT.709; YUV is limited, RGB
// is full and sRGB.
cr_color cr_color_complete(cr_color color, bool is_rgb, int height);
bool cr_color_equal(cr_color a, cr_color b);
