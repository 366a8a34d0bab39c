#include "compositor/paint_gl_read.h"

#include <string.h>

#include "base/mem.h"

// Where the planes lie in the picture that is read.
typedef struct packing {
    int width, height; // in pixels of four samples
    int chroma_width;  // likewise
    int luma_rows, chroma_rows;
} packing;

static packing pack_for(const cr_frame *frame)
{
    int width = frame->width, height = frame->height;
    if (frame->pixel == CR_PIXEL_RGBA) return (packing){width, height, 0, 0, 0};
    packing p = {.luma_rows = height,
                 .chroma_rows = (height + 1) / 2,
                 .chroma_width = ((width + 1) / 2 + 3) / 4};
    p.width = (width + 3) / 4 > 2 * p.chroma_width ? (width + 3) / 4 : 2 * p.chroma_width;
    p.height = p.luma_rows + p.chroma_rows;
    if (frame->pixel == CR_PIXEL_I420A) p.height += p.luma_rows;
    return p;
}

// Straight samples of what is premultiplied.
static void deliver(cr_gl_canvas *c, cr_gl_texture *to, int8_t source, int8_t chroma, int width,
                    int height)
{
    cr_gl_use(c->device, "deliver", &(cr_gl_variant){.SOURCE = source, .CHROMA = chroma});
    cr_gl_bind(c->device, CR_GL_plane0, c->rgba, 0);
    cr_gl_set_2(c->device, CR_GL_canvas, c->width, c->height);
    cr_gl_set_to_yuv(c->device, &c->to_yuv);
    cr_gl_draw(c->device, to, 0, 0, width, height);
}

static cr_gl_texture *pack(cr_gl_canvas *c, const cr_frame *frame, packing p)
{
    bool is_rgba = frame->pixel == CR_PIXEL_RGBA, has_alpha = frame->pixel == CR_PIXEL_I420A;
    int half_width = (c->width + 1) / 2, half_height = (c->height + 1) / 2;
    cr_gl_texture *out = cr_gl_take(c->device, CR_GL_PACKED, p.width, p.height, 1);
    cr_gl_texture *luma = NULL, *chroma = NULL;
    if (is_rgba) {
        luma = cr_gl_take(c->device, CR_GL_RGBA8, c->width, c->height, 1);
        deliver(c, luma, 1, 0, c->width, c->height);
    } else if (has_alpha) {
        luma = cr_gl_take(c->device, CR_GL_R8, c->width, c->height, 2);
        chroma = cr_gl_take(c->device, CR_GL_R8, half_width, half_height, 2);
        deliver(c, luma, 2, 0, c->width, c->height);
        deliver(c, chroma, 2, 1, half_width, half_height);
    } else {
        cr_gl_canvas_to_planes(c);
    }
    cr_gl_texture *chroma_from = chroma ? chroma : c->chroma;
    cr_gl_use(c->device, "pack", &(cr_gl_variant){.SOURCE = is_rgba ? 1 : 2, .ALPHA = has_alpha});
    cr_gl_bind(c->device, CR_GL_plane0, luma ? luma : c->luma, 0);
    if (!is_rgba) {
        cr_gl_bind(c->device, CR_GL_plane1, chroma_from, 0);
        cr_gl_bind(c->device, CR_GL_plane2, chroma_from, 1);
        cr_gl_bind(c->device, CR_GL_backdrop, has_alpha ? luma : c->luma, has_alpha);
    }
    cr_gl_set_4(c->device, CR_GL_pack, p.chroma_width, p.luma_rows, p.chroma_rows, 0);
    cr_gl_draw(c->device, out, 0, 0, p.width, p.height);
    cr_gl_give_back(&luma);
    cr_gl_give_back(&chroma);
    return out;
}

static void take_rows(cr_frame *frame, int plane, const uint8_t *from, int64_t stride)
{
    int bytes = cr_pixel_row_bytes(frame->pixel, plane, frame->width);
    int rows = cr_pixel_rows(frame->pixel, plane, frame->height);
    for (int y = 0; y < rows; y++)
        memcpy(frame->data[plane] + frame->stride[plane] * y, from + stride * y, (size_t)bytes);
}

static void unpack(cr_frame *frame, packing p, const uint8_t *data)
{
    int64_t stride = 4 * (int64_t)p.width;
    take_rows(frame, 0, data, stride);
    if (frame->pixel == CR_PIXEL_RGBA) return;
    data += stride * p.luma_rows;
    take_rows(frame, 1, data, stride);
    take_rows(frame, 2, data + 4 * (int64_t)p.chroma_width, stride);
    if (frame->pixel == CR_PIXEL_I420A) take_rows(frame, 3, data + stride * p.chroma_rows, stride);
}

static cr_status read(cr_gl_canvas *c, cr_frame *frame)
{
    packing p = pack_for(frame);
    uint8_t *data = cr_try_alloc_large(4 * (size_t)p.width * p.height);
    if (!data) return CR_NOMEM;
    cr_gl_texture *packed = pack(c, frame, p);
    if (c->device->status == CR_OK) {
        glBindFramebuffer(GL_FRAMEBUFFER, packed->framebuffer);
        glReadPixels(0, 0, p.width, p.height, GL_RGBA, GL_UNSIGNED_BYTE, data);
        cr_gl_check(c->device);
    }
    cr_gl_give_back(&packed);
    if (c->device->status == CR_OK) unpack(frame, p, data);
    cr_free_large(data);
    return c->device->status;
}

cr_status cr_gl_read(cr_gl_canvas *canvas, cr_frame **out)
{
    const cr_picture *picture = canvas->plan->picture;
    cr_frame *frame = NULL;
    cr_status status = cr_frame_make(&frame, picture->pixel, picture->width, picture->height);
    if (status != CR_OK) return status;
    frame->color = canvas->plan->color;
    frame->sample_aspect = (cr_rate){1, 1};
    frame->pts = CR_TICKS_NONE;
    status = read(canvas, frame);
    if (status == CR_OK)
        *out = frame;
    else
        cr_frame_drop(&frame);
    return status;
}
