#include "compositor/paint_gl.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "compositor/paint_gl_read.h"

static const int64_t cache_bytes_default = INT64_C(256) << 20;

struct cr_paint_gl {
    cr_painter *planner; // only plans
    cr_gl_device device;
    cr_gl_frames frames;
};

cr_status cr_paint_gl_open(cr_paint_gl **out, const cr_paint_gl_desc *desc)
{
    CR_REQUIRE(out && desc);
    cr_painter *planner = NULL;
    cr_status status = cr_painter_open(&planner, &(cr_painter_desc){0});
    if (status != CR_OK) return status;
    planner->only_plans = true;
    cr_paint_gl *painter = cr_alloc(1, sizeof *painter);
    painter->planner = planner;
    painter->frames.bytes_max =
        desc->cache_bytes_max > 0 ? desc->cache_bytes_max : cache_bytes_default;
    *out = painter;
    return CR_OK;
}

void cr_paint_gl_close(cr_paint_gl **painter)
{
    if (!painter || !*painter) return;
    cr_gl_frames_clear(&(*painter)->frames);
    cr_gl_close(&(*painter)->device, false);
    cr_painter_close(&(*painter)->planner);
    cr_free(*painter);
    *painter = NULL;
}

void cr_paint_gl_forget(cr_paint_gl *painter)
{
    cr_gl_frames_clear(&painter->frames);
    cr_gl_close(&painter->device, true);
}

void cr_paint_gl_stats_get(const cr_paint_gl *painter, cr_paint_gl_stats *out)
{
    *out = (cr_paint_gl_stats){.uploads = painter->frames.uploads,
                               .frame_bytes = painter->frames.bytes,
                               .texture_bytes = painter->device.bytes,
                               .programs = painter->device.programs_made,
                               .frames = painter->frames.count};
}

static void begin(cr_paint_gl *painter, bool is_checked)
{
    painter->device.status = CR_OK;
    if (is_checked) cr_gl_forgive(&painter->device);
    if (painter->device.status != CR_OK) return;
    if (!painter->device.is_open) cr_gl_open(&painter->device, painter->planner->phases);
    if (painter->device.status == CR_OK) cr_gl_begin(&painter->device);
}

static cr_status end(cr_paint_gl *painter, cr_status status, cr_fault *fault)
{
    cr_gl_frames_end(&painter->frames);
    if (painter->device.is_open) cr_gl_end(&painter->device);
    if (status == CR_OK) status = painter->device.status;
    if (status != CR_OK && status == painter->device.status && fault)
        *fault = painter->device.fault;
    else if (status != CR_OK)
        (void)cr_fail(fault, status, "", "The picture could not be painted: %s.",
                      cr_status_text(status));
    // A frame or a program that failed half-way must not be taken for a good one.
    if (status != CR_OK) cr_gl_frames_clear(&painter->frames);
    return status;
}

// --- showing ---

// A picture of the view's size in one layer, which nothing of the plan before is needed for.
static cr_status show_layer(cr_paint_gl *painter, const cr_frame *shape, const cr_gl_planes *planes,
                            const cr_gl_view *view)
{
    const cr_canvas canvas = {view->width, view->height, view->width, view->height};
    cr_paint_layer layer = {.frame = shape, .fit = CR_FIT_STRETCH, .blend = CR_BLEND_NORMAL};
    layer.params[CR_CLIP_OPACITY] = layer.params[CR_CLIP_SCALE_X] = layer.params[CR_CLIP_SCALE_Y] =
        CR_ONE;
    cr_draw draw;
    bool visible;
    cr_status status = cr_draw_open(&draw, painter->planner, &canvas, &layer, NULL, &visible);
    if (status == CR_OK) status = cr_draw_plan(&draw, painter->planner, &canvas);
    if (status != CR_OK) return status;
    cr_gl_device *device = &painter->device;
    cr_gl_planes from =
        planes ? *planes : cr_gl_frames_get(&painter->frames, device, shape, &draw.surface);
    cr_gl_layer shown;
    cr_gl_layer_open(&shown, device, &draw, from);
    cr_gl_layer_rgba(&shown, device, NULL, &(cr_gl_laying){.view = view});
    cr_gl_layer_close(&shown);
    return device->status;
}

static cr_status show_canvas(cr_paint_gl *painter, cr_gl_canvas *canvas, const cr_gl_view *view)
{
    cr_frame shape = {.pixel = canvas->in_rgb ? CR_PIXEL_RGBA : CR_PIXEL_I420,
                      .width = canvas->width,
                      .height = canvas->height,
                      .color = canvas->plan->color,
                      .sample_aspect = {1, 1}};
    if (canvas->in_rgb) shape.color = cr_color_srgb();
    if (!canvas->in_rgb) {
        // Numbers are as they are to be shown.
        shape.color.primaries = CR_PRIMARIES_BT709;
        shape.color.transfer = CR_TRANSFER_BT709;
    }
    if (!canvas->in_rgb && canvas->chroma) {
        cr_gl_texture u = *canvas->chroma, v = *canvas->chroma;
        v.names[0] = v.names[1];
        const cr_gl_planes planes = {{canvas->luma, &u, &v}};
        return show_layer(painter, &shape, &planes, view);
    }
    const cr_gl_planes planes = {{canvas->rgba}};
    return show_layer(painter, &shape, &planes, view);
}

// A layer that is the whole picture goes to the screen without a canvas between. False: it is not
// such a picture.
static bool show_at_once(cr_paint_gl *painter, cr_plan *plan, const cr_gl_view *view,
                         cr_status *status)
{
    bool fits = plan->canvas.width == view->width && plan->canvas.height == view->height;
    if (!fits || plan->step_count != 1 || !plan->is_covered || !cr_plan_wants_rgb(plan))
        return false;
    cr_draw *draw = plan->steps[0].a;
    if (draw->effect_count > 0) return false;
    cr_gl_canvas canvas = {.device = &painter->device,
                           .frames = &painter->frames,
                           .plan = plan,
                           .width = view->width,
                           .height = view->height};
    cr_gl_planes planes;
    cr_gl_texture *made;
    *status = cr_gl_canvas_open_draw(&canvas, draw, &planes, &made);
    if (*status != CR_OK) return true;
    cr_gl_layer layer;
    cr_gl_layer_open(&layer, &painter->device, draw, planes);
    cr_gl_layer_rgba(&layer, &painter->device, NULL, &(cr_gl_laying){.view = view});
    cr_gl_layer_close(&layer);
    return true;
}

cr_status cr_paint_gl_show(cr_paint_gl *painter, const cr_picture *picture,
                           const cr_paint_gl_view *view, cr_fault *fault)
{
    CR_REQUIRE(painter && picture && view);
    if (view->width < 1 || view->height < 1)
        return cr_fail(fault, CR_INVALID, "", "There is no room to show a picture in.");
    const cr_gl_view on = {view->framebuffer, view->left, view->bottom, view->width, view->height};
    begin(painter, false); // asking would wait for the processor
    cr_plan plan;
    cr_status status = painter->device.status;
    if (status == CR_OK) status = cr_plan_make(&plan, painter->planner, picture);
    if (status != CR_OK) return end(painter, status, fault);
    cr_frame *whole = cr_plan_find_whole(&plan);
    if (whole) {
        status = show_layer(painter, whole, NULL, &on);
    } else if (!show_at_once(painter, &plan, &on, &status)) {
        cr_gl_canvas canvas;
        status = cr_gl_canvas_paint(&canvas, &painter->device, &painter->frames, &plan);
        if (status == CR_OK) status = show_canvas(painter, &canvas, &on);
        cr_gl_canvas_close(&canvas);
    }
    return end(painter, status, fault);
}

cr_status cr_paint_gl_show_frame(cr_paint_gl *painter, const cr_frame *frame,
                                 const cr_paint_gl_view *view, cr_fault *fault)
{
    CR_REQUIRE(painter && frame && view);
    if (view->width < 1 || view->height < 1)
        return cr_fail(fault, CR_INVALID, "", "There is no room to show a picture in.");
    const cr_gl_view on = {view->framebuffer, view->left, view->bottom, view->width, view->height};
    begin(painter, false); // asking would wait for the processor
    cr_status status = painter->device.status;
    cr_scratch_restart(&painter->planner->plan);
    if (status == CR_OK) status = show_layer(painter, frame, NULL, &on);
    return end(painter, status, fault);
}

cr_status cr_paint_gl_paint(cr_paint_gl *painter, const cr_picture *picture, cr_frame **out,
                            cr_fault *fault)
{
    CR_REQUIRE(painter && picture && out);
    begin(painter, true);
    cr_plan plan;
    cr_status status = painter->device.status;
    if (status == CR_OK) status = cr_plan_make(&plan, painter->planner, picture);
    if (status != CR_OK) return end(painter, status, fault);
    cr_frame *whole = cr_plan_find_whole(&plan), *frame = NULL;
    if (whole) {
        frame = cr_frame_keep(whole);
    } else {
        cr_gl_canvas canvas;
        status = cr_gl_canvas_paint(&canvas, &painter->device, &painter->frames, &plan);
        if (status == CR_OK) status = cr_gl_read(&canvas, &frame);
        cr_gl_canvas_close(&canvas);
    }
    status = end(painter, status, fault);
    if (status == CR_OK)
        *out = frame;
    else
        cr_frame_drop(&frame);
    return status;
}
