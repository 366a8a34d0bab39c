#include "compositor/paint.h"

#include <string.h>

#include "base/assert.h"
#include "compositor/fixed_math.h"
#include "compositor/paint_band.h"

// The picture while it is being planned.
typedef struct plan {
    cr_painter *painter;
    const cr_picture *picture;
    cr_canvas canvas;
    cr_color color; // of the output, complete
    int step_count;
    cr_step *steps;
} plan;

static cr_step *add_step(plan *p, cr_draw *draw)
{
    cr_step *step = &p->steps[p->step_count++];
    *step = (cr_step){.a = draw, .blend = draw ? draw->blend : CR_BLEND_NORMAL};
    return step;
}

// *out stays NULL when nothing of the layer is to be seen.
static cr_status open_layer(plan *p, const cr_paint_layer *layer, const cr_transition_move *move,
                            cr_draw **out)
{
    cr_draw *draw = cr_scratch_take(&p->painter->plan, sizeof *draw);
    if (!draw) return CR_NOMEM;
    bool visible;
    cr_status status = cr_draw_open(draw, p->painter, &p->canvas, layer, move, &visible);
    if (status == CR_OK && visible) *out = draw;
    return status;
}

static void weigh(cr_draw *draw, int share)
{
    draw->share = (int)(((int64_t)draw->share * share + CR_SHARE_ONE / 2) >> 15);
    draw->covers = draw->covers && draw->share == CR_SHARE_ONE;
}

// Pictures that hide everything below need no group: what joins them can be laid over the first.
static bool join_covering(plan *p, const cr_transition_plan *t, cr_draw *a, cr_draw *b)
{
    if (!a || !b || !a->covers || !b->covers) return false;
    if (t->join == CR_JOIN_MIX) {
        add_step(p, a);
        weigh(b, t->share);
        add_step(p, b);
        return true;
    }
    if (t->join == CR_JOIN_WIPE) {
        add_step(p, a);
        b->has_wipe = true;
        b->wipe = t->wipe;
        b->covers = false;
        add_step(p, b);
        return true;
    }
    return false;
}

static void join(plan *p, const cr_transition_plan *t, cr_draw *a, cr_draw *b)
{
    if (!a && !b) return;
    if (t->join == CR_JOIN_STACK) {
        if (a) add_step(p, a);
        if (b) add_step(p, b);
        return;
    }
    bool is_normal = (!a || a->blend == CR_BLEND_NORMAL) && (!b || b->blend == CR_BLEND_NORMAL);
    if (!is_normal) {
        // Each blends for itself, fading out and in.
        if (a) {
            weigh(a, CR_SHARE_ONE - t->share);
            add_step(p, a);
        }
        if (b) {
            weigh(b, t->share);
            add_step(p, b);
        }
        return;
    }
    if (join_covering(p, t, a, b)) return;
    cr_step *step = add_step(p, a);
    step->join = t->join;
    step->b = b;
    step->share = t->share;
    step->wipe = t->wipe;
    cr_color_premultiplied(t->color, step->color);
}

static cr_status plan_item(plan *p, const cr_paint_item *item)
{
    bool is_single = !item->transition || item->progress <= 0 || item->progress >= CR_ONE;
    cr_draw *a = NULL, *b = NULL;
    if (is_single) {
        bool is_to = item->transition && item->progress >= CR_ONE;
        if (is_to ? !item->has_to : !item->has_from) return CR_OK;
        cr_status status = open_layer(p, is_to ? &item->to : &item->from, NULL, &a);
        if (a) add_step(p, a);
        return status;
    }
    const cr_transition_kind *kind = cr_transition_find(item->transition->id);
    if (!kind) kind = &cr_transition_cross_dissolve;
    cr_transition_plan t = {.from = {CR_Q32_ONE, 0, 0}, .to = {CR_Q32_ONE, 0, 0}};
    kind->plan(&t, item->transition_params, item->progress, p->canvas.width, p->canvas.height);
    cr_status status = CR_OK;
    if (item->has_from) status = open_layer(p, &item->from, &t.from, &a);
    if (status == CR_OK && item->has_to) status = open_layer(p, &item->to, &t.to, &b);
    if (status == CR_OK) join(p, &t, a, b);
    return status;
}

// What lies under the topmost picture that covers everything is not painted.
static bool drop_hidden(plan *p)
{
    for (int i = p->step_count - 1; i >= 0; i--) {
        if (p->steps[i].join != CR_JOIN_NONE || !p->steps[i].a->covers) continue;
        p->steps += i;
        p->step_count -= i;
        return true;
    }
    return false;
}

static bool is_identity(const cr_draw *draw, const cr_canvas *canvas)
{
    const cr_transform *t = &draw->transform;
    return t->inverse[0] == CR_Q32_ONE && t->inverse[1] == 0 && t->inverse[2] == 0 &&
           t->inverse[3] == CR_Q32_ONE && t->out_x == t->source_x && t->out_y == t->source_y &&
           draw->surface.width == canvas->width && draw->surface.height == canvas->height;
}

// The frame that is the whole picture as it stands, or NULL.
static cr_frame *find_whole(const plan *p)
{
    if (p->step_count != 1 || p->steps[0].join != CR_JOIN_NONE) return NULL;
    const cr_draw *draw = p->steps[0].a;
    const cr_frame *frame = draw->frame;
    if (!frame || frame->pixel != p->picture->pixel || !is_identity(draw, &p->canvas)) return NULL;
    if (frame->orientation.quarter_turns != 0 || frame->orientation.mirrored) return NULL;
    if (frame->sample_aspect.num != frame->sample_aspect.den) return NULL;
    if (draw->effect_count > 0 || draw->has_wipe || draw->share < CR_SHARE_ONE) return NULL;
    if (draw->blend != CR_BLEND_NORMAL || !cr_color_equal(draw->surface.color, p->color))
        return NULL;
    if (!cr_coverage_is_full(&draw->coverage, p->canvas.width, p->canvas.height)) return NULL;
    bool shows_below = cr_pixel_has_alpha(frame->pixel) && (p->picture->background & 255) != 0;
    return shows_below ? NULL : (cr_frame *)frame;
}

static bool is_plain(const cr_step *step, cr_color color)
{
    const cr_draw *draw = step->a;
    return step->join == CR_JOIN_NONE && draw->surface.plane_count == 3 &&
           step->blend == CR_BLEND_NORMAL && draw->effect_count == 0 &&
           cr_color_same_numbers(draw->surface.color, color);
}

// RGBA layers that cover much of the picture are gathered in RGBA and converted once; a small one
// is converted by itself and laid onto the planes.
static bool wants_rgb(const plan *p)
{
    if (p->picture->pixel != CR_PIXEL_I420) return true;
    int64_t area = 0, all = (int64_t)p->canvas.width * p->canvas.height;
    for (int i = 0; i < p->step_count; i++) {
        const cr_step *step = &p->steps[i];
        if (is_plain(step, p->color)) continue;
        const cr_draw *draw = step->a ? step->a : step->b;
        int64_t own = (int64_t)(draw->x1 - draw->x0) * (draw->y1 - draw->y0);
        if (draw->surface.plane_count == 0) own /= 2;
        area += step->blend == CR_BLEND_NORMAL ? own : 2 * own;
    }
    return 2 * area > 3 * all;
}

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

static cr_status apply(plan *p, const cr_draw_effect *effect, const cr_draw *draw, uint8_t *rgba)
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
static cr_status paint_apart(plan *p, cr_draw *draw)
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

static cr_status plan_draw(plan *p, cr_draw *draw)
{
    if (!draw) return CR_OK;
    if (cr_draw_has_whole_effect(draw)) return paint_apart(p, draw);
    return cr_draw_plan(draw, p->painter, &p->canvas);
}

static cr_status paint_plan(plan *p, bool is_covered, cr_frame *out)
{
    cr_band_job job = {.painter = p->painter,
                       .width = p->canvas.width,
                       .height = p->canvas.height,
                       .step_count = p->step_count,
                       .steps = p->steps,
                       .skip_background = is_covered,
                       .in_rgb = wants_rgb(p),
                       .out = out};
    for (int i = 0; i < p->step_count; i++) {
        cr_step *step = &p->steps[i];
        if (!job.in_rgb && is_plain(step, p->color)) step->a->in_planes = true;
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

static cr_status check(const cr_picture *picture)
{
    const int sizes[4] = {picture->project_width, picture->project_height, picture->width,
                          picture->height};
    for (int i = 0; i < 4; i++) {
        if (sizes[i] < 1) return CR_INVALID;
        if (sizes[i] > CR_PICTURE_SIDE_MAX) return CR_LIMIT;
    }
    if (picture->item_count < 0) return CR_INVALID;
    if (picture->item_count > CR_PAINT_ITEMS_MAX) return CR_LIMIT;
    if (picture->pixel != CR_PIXEL_I420 && picture->pixel != CR_PIXEL_I420A &&
        picture->pixel != CR_PIXEL_RGBA)
        return CR_UNSUPPORTED;
    return CR_OK;
}

cr_status cr_painter_paint(cr_painter *painter, const cr_picture *picture, cr_frame **out)
{
    CR_REQUIRE(painter && picture && out);
    cr_status status = check(picture);
    if (status != CR_OK) return status;
    cr_scratch_restart(&painter->plan);
    plan p = {.painter = painter, .picture = picture};
    p.canvas = (cr_canvas){picture->project_width, picture->project_height, picture->width,
                           picture->height};
    p.color = cr_color_complete(picture->color, picture->pixel == CR_PIXEL_RGBA, picture->height);
    p.steps =
        cr_scratch_take(&painter->plan, (2 * (size_t)picture->item_count + 1) * sizeof *p.steps);
    if (!p.steps) return CR_NOMEM;
    for (int i = 0; i < picture->item_count; i++) {
        status = plan_item(&p, &picture->items[i]);
        if (status != CR_OK) return status;
    }
    bool is_covered = drop_hidden(&p);
    cr_frame *whole = find_whole(&p);
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
    status = paint_plan(&p, is_covered, frame);
    if (status == CR_OK)
        *out = frame;
    else
        cr_frame_drop(&frame);
    return status;
}
