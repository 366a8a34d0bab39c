#include "media/frame.h"

#include <string.h>

#include "base/mem.h"

// Rows start on this boundary, and this much is readable past the last row, so that row kernels may
// load whole vectors.
enum { row_alignment = 32 };

static cr_status check_size(cr_pixel pixel, int width, int height)
{
    if (pixel <= CR_PIXEL_NONE || pixel >= CR_PIXEL_COUNT) return CR_INVALID;
    if (width < 1 || height < 1) return CR_INVALID;
    if (width > CR_PICTURE_SIDE_MAX || height > CR_PICTURE_SIDE_MAX) return CR_LIMIT;
    return CR_OK;
}

static cr_frame *frame_of(cr_pixel pixel, int width, int height)
{
    cr_frame *frame = cr_alloc(1, sizeof *frame);
    cr_ref_init(&frame->ref);
    frame->pixel = pixel;
    frame->width = width;
    frame->height = height;
    frame->color = cr_color_complete((cr_color){0}, cr_pixel_is_rgb(pixel), height);
    frame->sample_aspect = (cr_rate){1, 1};
    frame->pts = CR_TICKS_NONE;
    return frame;
}

cr_status cr_frame_make(cr_frame **out, cr_pixel pixel, int width, int height)
{
    cr_status status = check_size(pixel, width, height);
    if (status != CR_OK) return status;
    size_t offsets[CR_PLANES_MAX], total = 0;
    ptrdiff_t strides[CR_PLANES_MAX];
    for (int plane = 0; plane < cr_pixel_planes(pixel); plane++) {
        int row = cr_pixel_row_bytes(pixel, plane, width);
        strides[plane] = (row + row_alignment - 1) / row_alignment * row_alignment;
        offsets[plane] = total;
        total += (size_t)strides[plane] * (size_t)cr_pixel_rows(pixel, plane, height);
    }
    uint8_t *memory = cr_try_alloc_large(total + row_alignment);
    if (!memory) return CR_NOMEM;
    cr_frame *frame = frame_of(pixel, width, height);
    for (int plane = 0; plane < cr_pixel_planes(pixel); plane++) {
        frame->data[plane] = memory + offsets[plane];
        frame->stride[plane] = strides[plane];
    }
    frame->release = cr_free_large;
    frame->cookie = memory;
    *out = frame;
    return CR_OK;
}

cr_status cr_frame_wrap(cr_frame **out, cr_pixel pixel, int width, int height,
                        uint8_t *const data[], const ptrdiff_t stride[],
                        void (*release)(void *cookie), void *cookie)
{
    cr_status status = check_size(pixel, width, height);
    if (status != CR_OK) return status;
    cr_frame *frame = frame_of(pixel, width, height);
    for (int plane = 0; plane < cr_pixel_planes(pixel); plane++) {
        frame->data[plane] = data[plane];
        frame->stride[plane] = stride[plane];
    }
    frame->release = release;
    frame->cookie = cookie;
    *out = frame;
    return CR_OK;
}

static void release_origin(void *cookie)
{
    cr_frame *origin = cookie;
    cr_frame_drop(&origin);
}

cr_status cr_frame_share(cr_frame **out, cr_frame *frame)
{
    cr_frame *origin = frame->origin ? frame->origin : frame;
    cr_frame *shared = NULL;
    cr_status status = cr_frame_wrap(&shared, origin->pixel, origin->width, origin->height,
                                     origin->data, origin->stride, release_origin, origin);
    if (status != CR_OK) return status;
    shared->origin = cr_frame_keep(origin);
    shared->host_picture = origin->host_picture;
    shared->color = frame->color;
    shared->sample_aspect = frame->sample_aspect;
    shared->orientation = frame->orientation;
    shared->pts = frame->pts;
    shared->duration = frame->duration;
    *out = shared;
    return CR_OK;
}

cr_frame *cr_frame_keep(cr_frame *frame)
{
    cr_ref_keep(&frame->ref);
    return frame;
}

void cr_frame_drop(cr_frame **frame)
{
    cr_frame *gone = *frame;
    *frame = NULL;
    if (!gone || !cr_ref_drop(&gone->ref)) return;
    if (gone->release) gone->release(gone->cookie);
    cr_free(gone);
}

bool cr_frame_is_writable(const cr_frame *frame)
{
    return cr_ref_is_single(&frame->ref) && !frame->origin;
}

cr_status cr_frame_copy(cr_frame **out, const cr_frame *from)
{
    if (!from->data[0]) return CR_INVALID; // still with the host
    cr_frame *copy = NULL;
    cr_status status = cr_frame_make(&copy, from->pixel, from->width, from->height);
    if (status != CR_OK) return status;
    for (int plane = 0; plane < cr_pixel_planes(from->pixel); plane++) {
        size_t row = (size_t)cr_pixel_row_bytes(from->pixel, plane, from->width);
        int rows = cr_pixel_rows(from->pixel, plane, from->height);
        for (int y = 0; y < rows; y++)
            memcpy(copy->data[plane] + y * copy->stride[plane],
                   from->data[plane] + y * from->stride[plane], row);
    }
    copy->color = from->color;
    copy->sample_aspect = from->sample_aspect;
    copy->orientation = from->orientation;
    copy->pts = from->pts;
    copy->duration = from->duration;
    *out = copy;
    return CR_OK;
}
