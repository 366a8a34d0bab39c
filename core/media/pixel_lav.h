// Which of our layouts a libavutil pixel format becomes.
#pragma once

#include <libavutil/frame.h>
#include <libavutil/pixfmt.h>

#include "media/color.h"
#include "media/frame.h"
#include "media/pixel.h"

// The nearest layout: nothing visible is lost but bits above 8 and chroma above 4:4:4.
// CR_PIXEL_NONE for formats that are not pictures in memory.
cr_pixel cr_pixel_from_lav(enum AVPixelFormat format);

// The libavutil format whose planes are exactly ours.
enum AVPixelFormat cr_pixel_to_lav(cr_pixel pixel);

// What libavutil's four tags say, unsaid parts left so. [format] decides RGB and the "J" ranges.
cr_color cr_color_from_lav(enum AVColorSpace matrix, enum AVColorRange range,
                           enum AVColorPrimaries primaries,
                           enum AVColorTransferCharacteristic transfer, enum AVPixelFormat format);

// And back, for encoders and muxers.
enum AVColorSpace cr_matrix_to_lav(cr_matrix matrix);
enum AVColorRange cr_color_range_to_lav(cr_color_range range);
enum AVColorPrimaries cr_primaries_to_lav(cr_primaries primaries);
enum AVColorTransferCharacteristic cr_transfer_to_lav(cr_transfer transfer);

// From a display matrix (nine 32-bit numbers), which must be a multiple of a quarter turn, else
// the nearest one.
cr_orientation cr_orientation_from_matrix(const int32_t matrix[9]);
