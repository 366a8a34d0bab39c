#include "compositor/text_image.h"

#include <string.h>

#include "base/mem.h"

void cr_text_box_add(cr_text_box *box, cr_text_box other)
{
    if (other.right <= other.left || other.bottom <= other.top) return;
    if (box->right <= box->left || box->bottom <= box->top) {
        *box = other;
        return;
    }
    if (other.left < box->left) box->left = other.left;
    if (other.top < box->top) box->top = other.top;
    if (other.right > box->right) box->right = other.right;
    if (other.bottom > box->bottom) box->bottom = other.bottom;
}

// x / 255, rounded, for 0 <= x <= 65025.
static unsigned divide_255(unsigned x)
{
    return (x + 128 + ((x + 128) >> 8)) >> 8;
}

// [alpha] of a colour over one straight-alpha pixel.
static void pixel_over(uint8_t *pixel, unsigned r, unsigned g, unsigned b, unsigned alpha)
{
    unsigned below = divide_255(pixel[3] * (255 - alpha));
    unsigned sum = alpha + below;
    if (sum == 0) return;
    pixel[0] = (uint8_t)((r * alpha + pixel[0] * below + sum / 2) / sum);
    pixel[1] = (uint8_t)((g * alpha + pixel[1] * below + sum / 2) / sum);
    pixel[2] = (uint8_t)((b * alpha + pixel[2] * below + sum / 2) / sum);
    pixel[3] = (uint8_t)sum;
}

// [alpha] of a colour beneath one straight-alpha pixel.
static void pixel_under(uint8_t *pixel, uint32_t color, unsigned alpha)
{
    if (pixel[3] == 255 || alpha == 0) return;
    uint8_t under[4] = {(uint8_t)(color >> 24), (uint8_t)(color >> 16), (uint8_t)(color >> 8),
                        (uint8_t)alpha};
    pixel_over(under, pixel[0], pixel[1], pixel[2], pixel[3]);
    memcpy(pixel, under, sizeof under);
}

void cr_text_image_cover(cr_frame *frame, const uint8_t *mask, int stride, int width, int height,
                         int left, int top, uint32_t color)
{
    int x_begin = left < 0 ? -left : 0, y_begin = top < 0 ? -top : 0;
    int x_end = left + width > frame->width ? frame->width - left : width;
    int y_end = top + height > frame->height ? frame->height - top : height;
    unsigned r = color >> 24, g = color >> 16 & 0xff, b = color >> 8 & 0xff, a = color & 0xff;
    for (int y = y_begin; y < y_end; y++) {
        const uint8_t *from = mask + (ptrdiff_t)y * stride;
        uint8_t *to = frame->data[0] + (top + y) * frame->stride[0] + (ptrdiff_t)(left) * 4;
        for (int x = x_begin; x < x_end; x++) {
            if (from[x]) pixel_over(to + (ptrdiff_t)x * 4, r, g, b, divide_255(from[x] * a));
        }
    }
}

// Coverage of the pixel [x], [y] from a corner's middle, of a disc with [radius], from 4 × 4
// points.
static unsigned corner_coverage(int x, int y, int radius)
{
    unsigned inside = 0;
    for (int j = 0; j < 4; j++) {
        for (int i = 0; i < 4; i++) {
            // In eighths of a pixel.
            int64_t dx = 8 * x + 2 * i + 1, dy = 8 * y + 2 * j + 1;
            inside += dx * dx + dy * dy <= 64 * (int64_t)radius * radius;
        }
    }
    return inside * 255 / 16;
}

void cr_text_image_box(cr_frame *frame, cr_text_box box, int radius, uint32_t color)
{
    int most = (box.bottom - box.top) / 2;
    if (radius > most) radius = most;
    for (int y = box.top < 0 ? 0 : box.top; y < box.bottom && y < frame->height; y++) {
        uint8_t *row = frame->data[0] + y * frame->stride[0];
        int edge_y = y - box.top < box.bottom - 1 - y ? y - box.top : box.bottom - 1 - y;
        for (int x = box.left < 0 ? 0 : box.left; x < box.right && x < frame->width; x++) {
            int edge_x = x - box.left < box.right - 1 - x ? x - box.left : box.right - 1 - x;
            unsigned coverage = 255;
            if (edge_x < radius && edge_y < radius)
                coverage = corner_coverage(radius - 1 - edge_x, radius - 1 - edge_y, radius);
            pixel_under(row + (ptrdiff_t)x * 4, color, divide_255(coverage * (color & 0xff)));
        }
    }
}

// One pass of a running mean over [count] values that lie [step] apart; [line] has room for them.
static void mean_line(uint8_t *values, int count, ptrdiff_t step, int reach, uint8_t *line)
{
    unsigned window = 2 * (unsigned)reach + 1, sum = 0;
    for (int i = 0; i < count; i++)
        line[i] = values[i * step];
    for (int i = 0; i < reach && i < count; i++)
        sum += line[i];
    for (int i = 0; i < count; i++) {
        if (i + reach < count) sum += line[i + reach];
        if (i - reach - 1 >= 0) sum -= line[i - reach - 1];
        values[i * step] = (uint8_t)((sum + window / 2) / window);
    }
}

// Three running means in each direction are as good as a gaussian to the eye.
static void blur_mask(uint8_t *mask, int width, int height, int reach, uint8_t *line)
{
    for (int pass = 0; pass < 3; pass++) {
        for (int y = 0; y < height; y++)
            mean_line(mask + (ptrdiff_t)y * width, width, 1, reach, line);
        for (int x = 0; x < width; x++)
            mean_line(mask + x, height, width, reach, line);
    }
}

cr_status cr_text_image_shadow(cr_frame *frame, int offset, int blur, uint32_t color)
{
    int width = frame->width, height = frame->height;
    size_t size = (size_t)width * (size_t)height;
    uint8_t *mask = cr_try_alloc_large(size + (size_t)(width > height ? width : height));
    if (!mask) return CR_NOMEM;
    memset(mask, 0, size);
    for (int y = offset; y < height; y++) {
        const uint8_t *from = frame->data[0] + (y - offset) * frame->stride[0];
        uint8_t *to = mask + (ptrdiff_t)y * width;
        for (int x = offset; x < width; x++)
            to[x] = from[(ptrdiff_t)(x - offset) * 4 + 3];
    }
    int reach = blur / 3;
    if (reach > 0) blur_mask(mask, width, height, reach, mask + size);

    for (int y = 0; y < height; y++) {
        uint8_t *row = frame->data[0] + y * frame->stride[0];
        const uint8_t *line = mask + (ptrdiff_t)y * width;
        for (int x = 0; x < width; x++)
            pixel_under(row + (ptrdiff_t)x * 4, color, divide_255(line[x] * (color & 0xff)));
    }
    cr_free_large(mask);
    return CR_OK;
}
