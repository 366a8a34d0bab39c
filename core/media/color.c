#include "media/color.h"

cr_color cr_color_bt709(void)
{
    return (cr_color){CR_MATRIX_BT709, CR_COLOR_RANGE_LIMITED, CR_PRIMARIES_BT709,
                      CR_TRANSFER_BT709};
}

cr_color cr_color_srgb(void)
{
    return (cr_color){CR_MATRIX_RGB, CR_COLOR_RANGE_FULL, CR_PRIMARIES_BT709, CR_TRANSFER_SRGB};
}

static cr_color guess(bool is_rgb, int height)
{
    enum { standard_lines_max = 576, ntsc_lines_max = 486 };
    if (is_rgb) return cr_color_srgb();
    cr_color color = cr_color_bt709();
    if (height > standard_lines_max) return color;
    color.matrix = CR_MATRIX_BT601;
    color.primaries = height > ntsc_lines_max ? CR_PRIMARIES_BT601_625 : CR_PRIMARIES_BT601_525;
    return color;
}

cr_color cr_color_complete(cr_color color, bool is_rgb, int height)
{
    cr_color guessed = guess(is_rgb, height);
    if (is_rgb) color.matrix = CR_MATRIX_RGB;
    // A stated matrix says more about the primaries than the height does.
    if (color.matrix == CR_MATRIX_BT709) guessed.primaries = CR_PRIMARIES_BT709;
    if (color.matrix == CR_MATRIX_BT2020) guessed.primaries = CR_PRIMARIES_BT2020;
    if (color.matrix == CR_MATRIX_NONE) color.matrix = guessed.matrix;
    if (color.range == CR_COLOR_RANGE_NONE) color.range = guessed.range;
    if (color.primaries == CR_PRIMARIES_NONE) color.primaries = guessed.primaries;
    if (color.transfer == CR_TRANSFER_NONE) color.transfer = guessed.transfer;
    return color;
}

bool cr_color_equal(cr_color a, cr_color b)
{
    return a.matrix == b.matrix && a.range == b.range && a.primaries == b.primaries &&
           a.transfer == b.transfer;
}
