#include "browser/screen_plain.h"

#include "base/mem.h"

// gl.js
extern int cr_js_canvas_size(int *width, int *height);
extern int cr_js_canvas_draw(const uint8_t *rgba, int stride, int width, int height);

struct cr_screen_plain {
    cr_painter *painter;
};

cr_status cr_screen_plain_open(cr_screen_plain **out, const cr_host *host)
{
    cr_painter *painter = NULL;
    cr_status status = cr_painter_open(&painter, &(cr_painter_desc){.host = host});
    if (status != CR_OK) return status;
    cr_screen_plain *plain = cr_alloc(1, sizeof *plain);
    plain->painter = painter;
    *out = plain;
    return CR_OK;
}

void cr_screen_plain_close(cr_screen_plain **plain)
{
    if (!*plain) return;
    cr_painter_close(&(*plain)->painter);
    cr_free(*plain);
    *plain = NULL;
}

cr_status cr_screen_plain_show(cr_screen_plain *plain, const cr_frame *frame)
{
    cr_picture picture = {.pixel = CR_PIXEL_RGBA,
                          .color = cr_color_srgb(),
                          .background = 0x000000FF,
                          .item_count = 1};
    int status = cr_js_canvas_size(&picture.width, &picture.height);
    if (status != CR_OK) return (cr_status)status;
    picture.project_width = picture.width;
    picture.project_height = picture.height;
    cr_paint_item item = {.has_from = true};
    item.from = (cr_paint_layer){.frame = frame, .fit = CR_FIT_STRETCH, .blend = CR_BLEND_NORMAL};
    item.from.params[CR_CLIP_OPACITY] = item.from.params[CR_CLIP_SCALE_X] =
        item.from.params[CR_CLIP_SCALE_Y] = CR_ONE;
    picture.items = &item;
    cr_frame *shown = NULL;
    status = cr_painter_paint(plain->painter, &picture, &shown);
    if (status != CR_OK) return (cr_status)status;
    status = cr_js_canvas_draw(shown->data[0], (int)shown->stride[0], shown->width, shown->height);
    cr_frame_drop(&shown);
    return (cr_status)status;
}
