// How a camera was held, as Exif says it.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "media/frame.h"

// From the bytes of an Exif block (a TIFF header and its first directory). Upright when it does not
// say or is damaged.
cr_orientation cr_exif_orientation(const uint8_t *exif, size_t size);

// From the first [size] bytes of a JPEG file.
cr_orientation cr_jpeg_orientation(const uint8_t *jpeg, size_t size);
