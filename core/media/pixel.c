#include "media/pixel.h"

#include "base/assert.h"

typedef struct layout {
    const char *name;
    int planes;
    int chroma_shift_x, chroma_shift_y;
    bool has_alpha, is_rgb;
} layout;

static const layout layouts[CR_PIXEL_COUNT] = {
    [CR_PIXEL_NONE] = {"none", 0, 0, 0, false, false},
    [CR_PIXEL_I420] = {"i420", 3, 1, 1, false, false},
    [CR_PIXEL_I422] = {"i422", 3, 1, 0, false, false},
    [CR_PIXEL_I444] = {"i444", 3, 0, 0, false, false},
    [CR_PIXEL_I420A] = {"i420a", 4, 1, 1, true, false},
    [CR_PIXEL_RGBA] = {"rgba", 1, 0, 0, true, true},
    [CR_PIXEL_GRAY] = {"gray", 1, 0, 0, false, false},
};

static const layout *layout_of(cr_pixel pixel)
{
    CR_ASSERT((int)pixel >= 0 && pixel < CR_PIXEL_COUNT);
    return &layouts[pixel];
}

static bool is_chroma(int plane)
{
    return plane == 1 || plane == 2;
}

static int halved(int size, int shift)
{
    return (size + (1 << shift) - 1) >> shift;
}

int cr_pixel_planes(cr_pixel pixel)
{
    return layout_of(pixel)->planes;
}

bool cr_pixel_has_alpha(cr_pixel pixel)
{
    return layout_of(pixel)->has_alpha;
}

bool cr_pixel_is_rgb(cr_pixel pixel)
{
    return layout_of(pixel)->is_rgb;
}

int cr_pixel_row_bytes(cr_pixel pixel, int plane, int width)
{
    const layout *form = layout_of(pixel);
    if (form->is_rgb) return width * 4;
    return is_chroma(plane) ? halved(width, form->chroma_shift_x) : width;
}

int cr_pixel_rows(cr_pixel pixel, int plane, int height)
{
    return is_chroma(plane) ? halved(height, layout_of(pixel)->chroma_shift_y) : height;
}

const char *cr_pixel_name(cr_pixel pixel)
{
    return layout_of(pixel)->name;
}
