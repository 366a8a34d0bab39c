// flow: layers + frames -> [compositor] -> frame
// One description of a picture to be made, and the painters that make it. paint_cpu defines what is
// correct, in integers: the same bytes on every machine, with any number of threads and with or
// without SIMD. Another painter must come within 2/255 of it.
#pragma once

#include "host/host.h"
#include "media/frame.h"
#include "project/resolve.h"

// Layers and transitions in one picture; more is CR_LIMIT.
enum { CR_PAINT_ITEMS_MAX = 4096 };

// One picture on the canvas. The painter does not care where it came from.
typedef struct cr_paint_layer {
    const cr_frame *frame; // borrowed; NULL: a solid of [color]
    uint32_t color;        // 0xRRGGBBAA, sRGB
    // Where it lands, in project pixels: fit, transform and crop are taken from here.
    cr_fit fit;
    // Text: the frame is already in output pixels and its corner lies at [left], [top] of the
    // canvas before the transform (which still turns and scales around the canvas centre); [fit]
    // is not looked at.
    bool is_placed;
    int left, top;
    cr_number params[CR_CLIP_PARAM_COUNT]; // cr_clip_param; gain and pan unused
    cr_blend blend;
    int effect_count;
    const cr_effect_value *effects; // borrowed
} cr_paint_layer;

// One layer, or two with a transition between them.
typedef struct cr_paint_item {
    cr_paint_layer from, to;
    bool has_from, has_to;
    const cr_catalog_entry *transition; // NULL: only [from]
    cr_number progress;
    cr_number transition_params[CR_EFFECT_PARAMS_MAX];
} cr_paint_item;

// The whole picture to be made. Its items are borrowed.
typedef struct cr_picture {
    int project_width, project_height; // the coordinates of the layers
    int width, height;                 // of the output
    cr_pixel pixel;                    // CR_PIXEL_I420, CR_PIXEL_I420A or CR_PIXEL_RGBA
    cr_color color;                    // of the output
    uint32_t background;               // 0xRRGGBBAA, sRGB
    int item_count;
    const cr_paint_item *items; // bottom to top
} cr_picture;

// Keeps scratch memory between pictures; one picture at a time.
typedef struct cr_painter cr_painter;

// How to paint; no field changes the result.
typedef struct cr_painter_desc {
    const cr_host *host; // for run_parallel; NULL: single-threaded
    bool without_simd;   // the scalar twin, for tests
} cr_painter_desc;

// Gives the painter. CR_NOMEM.
CR_CHECKED cr_status cr_painter_open(cr_painter **out, const cr_painter_desc *desc);
void cr_painter_close(cr_painter **painter);

// Gives the frame. CR_NOMEM, CR_LIMIT. Where the picture is one opaque, untransformed, full-size
// layer already in the output's layout and colour, [*out] shares its frame: nothing is copied.
CR_CHECKED cr_status cr_painter_paint(cr_painter *painter, const cr_picture *picture,
                                      cr_frame **out);
