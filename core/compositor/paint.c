#include "compositor/paint.h"

#include "base/assert.h"
#include "compositor/paint_plan.h"

// --- effects that need the whole picture ---

typedef struct effect_job {
    const cr_draw_effect *effect;
    uint8_t *rgba;
    int width, height;
} effect_job;

static cr_status effect_rows(void *cookie, cr_scratch *scratch, int index)
{
    const effect_job *j = cookie;
    (void)scratch;
    int end = (index + 1) * CR_BAND_ROWS;
    for (int y = index * CR_BAND_ROWS; y < end && y < j->height; y++)
        j->effect->kind->row(j->effect->state, j->rgba + 4 * (int64_t)j->width * y, 0, y, j->width);
    return CR_OK;
}

static cr_status apply(cr_plan *p, const cr_draw_effect *effect, const cr_draw *draw, uint8_t *rgba)
{
    const cr_canvas *canvas = &p->canvas;
    if (effect->kind->row) {
        effect_job j = {effect, rgba, canvas->width, canvas->height};
        int bands = (canvas->height + CR_BAND_ROWS - 1) / CR_BAND_ROWS;
        return cr_painter_run(p->painter, bands, effect_rows, &j);
    }
    cr_effect_place place = {draw->shape, canvas->width, canvas->height,
                             (int64_t)canvas->width * 65536 / canvas->project_width};
    return effect->kind->whole(p->painter, rgba, effect->params, &place);
}

// Paints [draw] alone into a buffer, applies its effects up to the last that needs the whole
// picture, and lets the buffer take its place.
static cr_status paint_apart(cr_plan *p, cr_draw *draw)
{
    int width = p->canvas.width, height = p->canvas.height, last = 0;
    for (int i = 0; i < draw->effect_count; i++) {
        if (draw->effects[i].kind->whole) last = i + 1;
    }
    cr_draw bare = *draw;
    bare.effect_count = 0;
    bare.share = CR_SHARE_ONE;
    bare.blend = CR_BLEND_NORMAL;
    bare.has_wipe = false;
    uint8_t *rgba = cr_scratch_take(&p->painter->plan, 4 * (size_t)width * height + 64);
    if (!rgba) return CR_NOMEM;
    cr_status status = cr_draw_plan(&bare, p->painter, &p->canvas);
    if (status != CR_OK) return status;
    cr_step step = {.a = &bare, .blend = CR_BLEND_NORMAL};
    cr_band_job job = {.painter = p->painter,
                       .width = width,
                       .height = height,
                       .step_count = 1,
                       .steps = &step,
                       .in_rgb = true,
                       .buffer = rgba};
    status = cr_painter_run(p->painter, cr_band_count(&job), cr_band_paint, &job);
    cr_surface_open_buffer(&draw->surface, rgba, width, height);
    cr_transform_identity(&draw->transform, width, height);
    cr_coverage_make(&draw->coverage, &draw->transform);
    draw->x0 = draw->y0 = 0;
    draw->x1 = width;
    draw->y1 = height;
    if (status == CR_OK) status = cr_draw_plan(draw, p->painter, &p->canvas);
    for (int i = 0; i < last && status == CR_OK; i++)
        status = apply(p, &draw->effects[i], draw, rgba);
    draw->effects += last;
    draw->effect_count -= last;
    return status;
}

static cr_status plan_draw(cr_plan *p, cr_draw *draw)
{
    if (!draw) return CR_OK;
    if (cr_draw_has_whole_effect(draw)) return paint_apart(p, draw);
    return cr_draw_plan(draw, p->painter, &p->canvas);
}

static cr_status paint_plan(cr_plan *p, cr_frame *out)
{
    cr_band_job job = {.painter = p->painter,
                       .width = p->canvas.width,
                       .height = p->canvas.height,
                       .step_count = p->step_count,
                       .steps = p->steps,
                       .skip_background = p->is_covered,
                       .in_rgb = cr_plan_wants_rgb(p),
                       .out = out};
    for (int i = 0; i < p->step_count; i++) {
        cr_step *step = &p->steps[i];
        if (!job.in_rgb && cr_plan_is_plain(step, p->color)) step->a->in_planes = true;
        cr_status status = plan_draw(p, step->a);
        if (status == CR_OK) status = plan_draw(p, step->b);
        if (status != CR_OK) return status;
    }
    uint32_t background = p->picture->background;
    cr_color_premultiplied(background, job.background);
    if (out->pixel == CR_PIXEL_I420) job.background[3] = 255;
    if (out->pixel != CR_PIXEL_RGBA) {
        cr_rgb_to_yuv_make(&job.to_yuv, p->color);
        cr_yuv_to_rgb_make(&job.to_rgb, p->color);
    }
    return cr_painter_run(p->painter, cr_band_count(&job), cr_band_paint, &job);
}

cr_status cr_painter_paint(cr_painter *painter, const cr_picture *picture, cr_frame **out)
{
    CR_REQUIRE(painter && picture && out);
    cr_plan p;
    cr_status status = cr_plan_make(&p, painter, picture);
    if (status != CR_OK) return status;
    cr_frame *whole = cr_plan_find_whole(&p);
    if (whole) {
        *out = cr_frame_keep(whole);
        return CR_OK;
    }
    cr_frame *frame = NULL;
    status = cr_frame_make(&frame, picture->pixel, picture->width, picture->height);
    if (status != CR_OK) return status;
    frame->color = p.color;
    frame->sample_aspect = (cr_rate){1, 1};
    frame->pts = CR_TICKS_NONE;
    status = paint_plan(&p, frame);
    if (status == CR_OK)
        *out = frame;
    else
        cr_frame_drop(&frame);
    return status;
}
