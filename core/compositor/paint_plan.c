#include "compositor/paint_plan.h"

#include <string.h>

#include "base/assert.h"
#include "compositor/fixed_math.h"

static cr_step *add_step(cr_plan *p, cr_draw *draw)
{
    cr_step *step = &p->steps[p->step_count++];
    *step = (cr_step){.a = draw, .blend = draw ? draw->blend : CR_BLEND_NORMAL};
    return step;
}

// *out stays NULL when nothing of the layer is to be seen.
static cr_status open_layer(cr_plan *p, const cr_paint_layer *layer, const cr_transition_move *move,
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
static bool join_covering(cr_plan *p, const cr_transition_plan *t, cr_draw *a, cr_draw *b)
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

static void join(cr_plan *p, const cr_transition_plan *t, cr_draw *a, cr_draw *b)
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

static cr_status plan_item(cr_plan *p, const cr_paint_item *item)
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
static bool drop_hidden(cr_plan *p)
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

cr_frame *cr_plan_find_whole(const cr_plan *p)
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

bool cr_plan_is_plain(const cr_step *step, cr_color color)
{
    const cr_draw *draw = step->a;
    return step->join == CR_JOIN_NONE && draw->surface.plane_count == 3 &&
           step->blend == CR_BLEND_NORMAL && draw->effect_count == 0 &&
           cr_color_same_numbers(draw->surface.color, color);
}

// RGBA layers that cover much of the picture are gathered in RGBA and converted once; a small one
// is converted by itself and laid onto the planes.
bool cr_plan_wants_rgb(const cr_plan *p)
{
    if (p->picture->pixel != CR_PIXEL_I420) return true;
    int64_t area = 0, all = (int64_t)p->canvas.width * p->canvas.height;
    for (int i = 0; i < p->step_count; i++) {
        const cr_step *step = &p->steps[i];
        if (cr_plan_is_plain(step, p->color)) continue;
        const cr_draw *draw = step->a ? step->a : step->b;
        int64_t own = (int64_t)(draw->x1 - draw->x0) * (draw->y1 - draw->y0);
        if (draw->surface.plane_count == 0) own /= 2;
        area += step->blend == CR_BLEND_NORMAL ? own : 2 * own;
    }
    return 2 * area > 3 * all;
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

cr_status cr_plan_make(cr_plan *out, cr_painter *painter, const cr_picture *picture)
{
    cr_status status = check(picture);
    if (status != CR_OK) return status;
    cr_scratch_restart(&painter->plan);
    *out = (cr_plan){.painter = painter, .picture = picture};
    out->canvas = (cr_canvas){picture->project_width, picture->project_height, picture->width,
                              picture->height};
    out->color =
        cr_color_complete(picture->color, picture->pixel == CR_PIXEL_RGBA, picture->height);
    out->steps =
        cr_scratch_take(&painter->plan, (2 * (size_t)picture->item_count + 1) * sizeof *out->steps);
    if (!out->steps) return CR_NOMEM;
    for (int i = 0; i < picture->item_count; i++) {
        status = plan_item(out, &picture->items[i]);
        if (status != CR_OK) return status;
    }
    out->is_covered = drop_hidden(out);
    return CR_OK;
}
