// Sheets as PNG files, written quickly.
#pragma once

#include <cairo.h>
#include <stdbool.h>

#include "base/status.h"

// A part of a surface.
typedef struct cr_sheet_box {
    int x, y, width, height; // pixels of the surface
} cr_sheet_box;

// The smallest box with everything that is not clear; width 0 when all of it is.
cr_sheet_box cr_sheet_ink(cairo_surface_t *surface);

// Write the part [box] of an ARGB32 surface; [is_opaque] leaves the alpha out. CR_IO, CR_NOSPACE.
CR_CHECKED cr_status cr_sheet_write(cairo_surface_t *surface, cr_sheet_box box, bool is_opaque,
                                    const char *path, cr_fault *fault);
