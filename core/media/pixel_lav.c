#include "media/pixel_lav.h"

#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
#include <math.h>

cr_pixel cr_pixel_from_lav(enum AVPixelFormat format)
{
    const AVPixFmtDescriptor *form = av_pix_fmt_desc_get(format);
    if (!form || form->flags & AV_PIX_FMT_FLAG_HWACCEL) return CR_PIXEL_NONE;
    bool is_alpha = form->flags & AV_PIX_FMT_FLAG_ALPHA || format == AV_PIX_FMT_PAL8;
    bool is_rgb = form->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL);
    bool is_gray = form->nb_components - (is_alpha ? 1 : 0) == 1 && !is_rgb;
    if (is_rgb || (is_gray && is_alpha)) return CR_PIXEL_RGBA;
    if (is_gray) return CR_PIXEL_I420; // neutral chroma is added
    if (is_alpha) return CR_PIXEL_I420A;
    if (form->log2_chroma_w == 0 && form->log2_chroma_h == 0) return CR_PIXEL_I444;
    if (form->log2_chroma_w == 1 && form->log2_chroma_h == 0) return CR_PIXEL_I422;
    return CR_PIXEL_I420;
}

enum AVPixelFormat cr_pixel_to_lav(cr_pixel pixel)
{
    switch (pixel) {
    case CR_PIXEL_I420:
        return AV_PIX_FMT_YUV420P;
    case CR_PIXEL_I422:
        return AV_PIX_FMT_YUV422P;
    case CR_PIXEL_I444:
        return AV_PIX_FMT_YUV444P;
    case CR_PIXEL_I420A:
        return AV_PIX_FMT_YUVA420P;
    case CR_PIXEL_RGBA:
        return AV_PIX_FMT_RGBA;
    case CR_PIXEL_GRAY:
        return AV_PIX_FMT_GRAY8;
    case CR_PIXEL_NONE:
    case CR_PIXEL_COUNT:
        break;
    }
    return AV_PIX_FMT_NONE;
}

static cr_matrix matrix_from_lav(enum AVColorSpace matrix)
{
    switch (matrix) {
    case AVCOL_SPC_BT709:
        return CR_MATRIX_BT709;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
        return CR_MATRIX_BT601;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
        return CR_MATRIX_BT2020;
    default:
        return CR_MATRIX_NONE;
    }
}

static cr_primaries primaries_from_lav(enum AVColorPrimaries primaries)
{
    switch (primaries) {
    case AVCOL_PRI_BT709:
        return CR_PRIMARIES_BT709;
    case AVCOL_PRI_BT470BG:
        return CR_PRIMARIES_BT601_625;
    case AVCOL_PRI_SMPTE170M:
    case AVCOL_PRI_SMPTE240M:
        return CR_PRIMARIES_BT601_525;
    case AVCOL_PRI_BT2020:
        return CR_PRIMARIES_BT2020;
    case AVCOL_PRI_SMPTE432:
        return CR_PRIMARIES_P3;
    default:
        return CR_PRIMARIES_NONE;
    }
}

static cr_transfer transfer_from_lav(enum AVColorTransferCharacteristic transfer)
{
    switch (transfer) {
    case AVCOL_TRC_BT709:
    case AVCOL_TRC_SMPTE170M:
    case AVCOL_TRC_BT2020_10:
    case AVCOL_TRC_BT2020_12:
        return CR_TRANSFER_BT709;
    case AVCOL_TRC_LINEAR:
        return CR_TRANSFER_LINEAR;
    case AVCOL_TRC_IEC61966_2_1:
        return CR_TRANSFER_SRGB;
    case AVCOL_TRC_SMPTE2084:
        return CR_TRANSFER_PQ;
    case AVCOL_TRC_ARIB_STD_B67:
        return CR_TRANSFER_HLG;
    default:
        return CR_TRANSFER_NONE;
    }
}

// Grey without a tag is full range too: everything that writes such files takes it so.
static bool is_full_range_format(enum AVPixelFormat format)
{
    const AVPixFmtDescriptor *form = av_pix_fmt_desc_get(format);
    bool is_gray = form && form->nb_components <= 2 && !(form->flags & AV_PIX_FMT_FLAG_RGB);
    return is_gray || format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P ||
           format == AV_PIX_FMT_YUVJ444P || format == AV_PIX_FMT_YUVJ440P;
}

cr_color cr_color_from_lav(enum AVColorSpace matrix, enum AVColorRange range,
                           enum AVColorPrimaries primaries,
                           enum AVColorTransferCharacteristic transfer, enum AVPixelFormat format)
{
    cr_color color = {
        .matrix = matrix_from_lav(matrix),
        .primaries = primaries_from_lav(primaries),
        .transfer = transfer_from_lav(transfer),
    };
    if (range == AVCOL_RANGE_JPEG || is_full_range_format(format))
        color.range = CR_COLOR_RANGE_FULL;
    if (range == AVCOL_RANGE_MPEG) color.range = CR_COLOR_RANGE_LIMITED;
    if (cr_pixel_from_lav(format) == CR_PIXEL_RGBA) {
        color.matrix = CR_MATRIX_RGB;
        color.range = CR_COLOR_RANGE_FULL;
    }
    return color;
}

enum AVColorSpace cr_matrix_to_lav(cr_matrix matrix)
{
    switch (matrix) {
    case CR_MATRIX_BT709:
        return AVCOL_SPC_BT709;
    case CR_MATRIX_BT601:
        return AVCOL_SPC_SMPTE170M;
    case CR_MATRIX_BT2020:
        return AVCOL_SPC_BT2020_NCL;
    case CR_MATRIX_RGB:
        return AVCOL_SPC_RGB;
    case CR_MATRIX_NONE:
        break;
    }
    return AVCOL_SPC_UNSPECIFIED;
}

enum AVColorRange cr_color_range_to_lav(cr_color_range range)
{
    if (range == CR_COLOR_RANGE_LIMITED) return AVCOL_RANGE_MPEG;
    return range == CR_COLOR_RANGE_FULL ? AVCOL_RANGE_JPEG : AVCOL_RANGE_UNSPECIFIED;
}

enum AVColorPrimaries cr_primaries_to_lav(cr_primaries primaries)
{
    // Both are H.273's numbers, but for "unspecified".
    return primaries == CR_PRIMARIES_NONE ? AVCOL_PRI_UNSPECIFIED
                                          : (enum AVColorPrimaries)primaries;
}

enum AVColorTransferCharacteristic cr_transfer_to_lav(cr_transfer transfer)
{
    return transfer == CR_TRANSFER_NONE ? AVCOL_TRC_UNSPECIFIED
                                        : (enum AVColorTransferCharacteristic)transfer;
}

cr_orientation cr_orientation_from_matrix(const int32_t matrix[9])
{
    // The determinant's sign tells a mirrored picture; av_display_rotation_get wants it unmirrored.
    int64_t determinant =
        (int64_t)matrix[0] * matrix[4] / 65536 - (int64_t)matrix[1] * matrix[3] / 65536;
    int32_t upright[9];
    for (int i = 0; i < 9; i++)
        upright[i] = matrix[i];
    cr_orientation orientation = {.mirrored = determinant < 0};
    if (orientation.mirrored) {
        // Ours mirrors first: matrix = mirror × rotation, so undo the mirror on the first row.
        upright[0] = -upright[0];
        upright[1] = -upright[1];
    }
    double counter_clockwise = av_display_rotation_get(upright);
    if (isnan(counter_clockwise)) return orientation;
    long turns = lround(-counter_clockwise / 90);
    orientation.quarter_turns = (uint8_t)(((turns % 4) + 4) % 4);
    return orientation;
}
