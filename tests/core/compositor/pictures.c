#include "tests/core/compositor/pictures.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

unsigned noise_next(noise *n, unsigned below)
{
    n->state = n->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((n->state >> 33) % below);
}

static cr_frame *make(cr_pixel pixel, int width, int height)
{
    cr_frame *frame = NULL;
    CR_ASSERT(cr_frame_make(&frame, pixel, width, height) == CR_OK);
    frame->color = cr_pixel_is_rgb(pixel) ? cr_color_srgb() : cr_color_bt709();
    frame->sample_aspect = (cr_rate){1, 1};
    for (int p = 0; p < cr_pixel_planes(pixel); p++) {
        for (int y = 0; y < cr_pixel_rows(pixel, p, height); y++)
            memset(frame->data[p] + frame->stride[p] * y, 0,
                   (size_t)cr_pixel_row_bytes(pixel, p, width));
    }
    return frame;
}

cr_frame *frame_of_noise(cr_pixel pixel, int width, int height, uint64_t seed)
{
    cr_frame *frame = make(pixel, width, height);
    noise n = {seed};
    for (int p = 0; p < cr_pixel_planes(pixel); p++) {
        for (int y = 0; y < cr_pixel_rows(pixel, p, height); y++) {
            for (int x = 0; x < cr_pixel_row_bytes(pixel, p, width); x++)
                frame->data[p][frame->stride[p] * y + x] = (uint8_t)noise_next(&n, 256);
        }
    }
    return frame;
}

static void shape_at(int x, int y, int width, int height, int rgba[4])
{
    rgba[0] = 255 * x / width;
    rgba[1] = 255 * y / height;
    rgba[2] = 128;
    rgba[3] = 255;
    int dx = x - width / 3, dy = y - height / 2, radius = height / 4;
    if (dx * dx + dy * dy < radius * radius) {
        rgba[0] = 250;
        rgba[1] = 200;
        rgba[2] = 30;
    }
    if (x > width * 2 / 3 && y < height / 2 && (x / 4) % 2) rgba[0] = rgba[1] = rgba[2] = 255;
    if (x > width * 2 / 3 && y >= height / 2 && (y / 2) % 2) rgba[0] = rgba[1] = rgba[2] = 0;
    int hx = x - width / 2, hy = y - height / 4;
    if (hx * hx + hy * hy < radius * radius / 2) rgba[3] = 0;
}

cr_frame *frame_of_shapes(cr_pixel pixel, int width, int height)
{
    cr_frame *frame = make(pixel, width, height);
    for (int p = 0; p < cr_pixel_planes(pixel); p++) {
        int rows = cr_pixel_rows(pixel, p, height), bytes = cr_pixel_row_bytes(pixel, p, width);
        bool is_rgba = pixel == CR_PIXEL_RGBA;
        int columns = is_rgba ? bytes / 4 : bytes;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int c[4];
                shape_at(x * width / columns, y * height / rows, width, height, c);
                uint8_t *out = frame->data[p] + frame->stride[p] * y;
                const double luma = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
                const double planes[4] = {16.5 + luma * 219 / 255,
                                          128.5 + (c[2] - luma) / 1.8556 * 224 / 255,
                                          128.5 + (c[0] - luma) / 1.5748 * 224 / 255, c[3]};
                for (int i = 0; i < 4 && is_rgba; i++)
                    out[4 * x + i] = (uint8_t)c[i];
                if (!is_rgba) out[x] = (uint8_t)planes[p];
            }
        }
    }
    return frame;
}

cr_frame *frame_of_color(cr_pixel pixel, int width, int height, const uint8_t samples[4])
{
    cr_frame *frame = make(pixel, width, height);
    for (int p = 0; p < cr_pixel_planes(pixel); p++) {
        for (int y = 0; y < cr_pixel_rows(pixel, p, height); y++) {
            for (int x = 0; x < cr_pixel_row_bytes(pixel, p, width); x++)
                frame->data[p][frame->stride[p] * y + x] =
                    samples[pixel == CR_PIXEL_RGBA ? x % 4 : p];
        }
    }
    return frame;
}

cr_paint_layer layer_of(const cr_frame *frame)
{
    static const cr_number defaults[CR_CLIP_PARAM_COUNT] = {
#define X(name, id, fallback) (fallback) * CR_ONE,
        CR_CLIP_PARAM_MAP(X)
#undef X
    };
    cr_paint_layer layer = {.frame = frame, .fit = CR_FIT_STRETCH, .blend = CR_BLEND_NORMAL};
    memcpy(layer.params, defaults, sizeof defaults);
    return layer;
}

cr_paint_item item_of(cr_paint_layer layer)
{
    return (cr_paint_item){.from = layer, .has_from = true};
}

cr_picture picture_of(cr_pixel pixel, int width, int height, const cr_paint_item *items, int count)
{
    return (cr_picture){.project_width = width,
                        .project_height = height,
                        .width = width,
                        .height = height,
                        .pixel = pixel,
                        .color = pixel == CR_PIXEL_RGBA ? cr_color_srgb() : cr_color_bt709(),
                        .background = 0x000000FF,
                        .item_count = count,
                        .items = items};
}

cr_frame *paint(cr_painter *painter, const cr_picture *picture)
{
    cr_frame *out = NULL;
    CR_ASSERT(cr_painter_paint(painter, picture, &out) == CR_OK);
    return out;
}

uint64_t frame_hash(const cr_frame *frame)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int p = 0; p < cr_pixel_planes(frame->pixel); p++) {
        for (int y = 0; y < cr_pixel_rows(frame->pixel, p, frame->height); y++) {
            const uint8_t *row = frame->data[p] + frame->stride[p] * y;
            for (int x = 0; x < cr_pixel_row_bytes(frame->pixel, p, frame->width); x++)
                hash = (hash ^ row[x]) * UINT64_C(1099511628211);
        }
    }
    return hash;
}

int frame_difference(const cr_frame *a, const cr_frame *b)
{
    CR_ASSERT(a->pixel == b->pixel && a->width == b->width && a->height == b->height);
    int most = 0;
    for (int p = 0; p < cr_pixel_planes(a->pixel); p++) {
        for (int y = 0; y < cr_pixel_rows(a->pixel, p, a->height); y++) {
            for (int x = 0; x < cr_pixel_row_bytes(a->pixel, p, a->width); x++) {
                int difference =
                    a->data[p][a->stride[p] * y + x] - b->data[p][b->stride[p] * y + x];
                if (abs(difference) > most) most = abs(difference);
            }
        }
    }
    return most;
}
