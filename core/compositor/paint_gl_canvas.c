#include "compositor/paint_gl_canvas.h"

#include "compositor/paint_gl_effect.h"

static cr_gl_texture *take_rgba(cr_gl_canvas *c)
{
    return cr_gl_take(c->device, CR_GL_RGBA8, c->width, c->height, 1);
}

// --- layers with effects ---

static bool is_known(cr_gl_canvas *c, const cr_draw *draw)
{
    for (int i = 0; i < draw->effect_count; i++) {
        const char *id = draw->effects[i].kind->id;
        if (cr_gl_effect_find(id)) continue;
        cr_gl_fail(c->device, CR_UNSUPPORTED, "There is no shader for the effect %s.", id);
        return false;
    }
    return true;
}

// The layer alone, on a canvas of its own.
static cr_gl_texture *paint_apart(cr_gl_canvas *c, const cr_draw *draw, cr_gl_planes planes,
                                  bool is_bare)
{
    static const uint8_t nothing[4] = {0};
    cr_gl_texture *out = take_rgba(c);
    bool fills = draw->x0 == 0 && draw->y0 == 0 && draw->x1 == c->width && draw->y1 == c->height;
    if (!fills) cr_gl_fill(c->device, out, nothing);
    cr_gl_layer layer;
    cr_gl_layer_open(&layer, c->device, draw, planes);
    cr_gl_layer_rgba(&layer, c->device, out, &(cr_gl_laying){.is_bare = is_bare});
    cr_gl_layer_close(&layer);
    return out;
}

static cr_gl_texture *apply_effects(cr_gl_canvas *c, const cr_draw *draw, cr_gl_texture *picture)
{
    const cr_canvas *canvas = &c->plan->canvas;
    cr_gl_effect_job job = {.device = c->device, .picture = picture};
    job.place = (cr_effect_place){draw->shape, c->width, c->height,
                                  (int64_t)canvas->width * 65536 / canvas->project_width};
    for (int i = 0; i < draw->effect_count && job.picture; i++) {
        job.params = draw->effects[i].params;
        cr_gl_effect_find(draw->effects[i].kind->id)->apply(&job);
    }
    return job.picture;
}

cr_status cr_gl_canvas_open_draw(cr_gl_canvas *c, cr_draw *draw, cr_gl_planes *planes,
                                 cr_gl_texture **made)
{
    *planes = (cr_gl_planes){0};
    *made = NULL;
    if (!is_known(c, draw)) return c->device->status;
    bool has_whole = cr_draw_has_whole_effect(draw);
    cr_draw bare = *draw;
    if (has_whole) bare.has_wipe = false;
    cr_status status = cr_draw_plan(&bare, c->plan->painter, &c->plan->canvas);
    if (status != CR_OK) return status;
    if (draw->frame) *planes = cr_gl_frames_get(c->frames, c->device, draw->frame, &bare.surface);
    if (draw->effect_count == 0) {
        *draw = bare;
        return c->device->status;
    }
    *made = apply_effects(c, draw, paint_apart(c, &bare, *planes, true));
    *planes = (cr_gl_planes){{*made}};
    cr_surface_open_buffer(&draw->surface, NULL, c->width, c->height);
    cr_transform_identity(&draw->transform, c->width, c->height);
    cr_coverage_make(&draw->coverage, &draw->transform);
    draw->effect_count = 0;
    if (has_whole) {
        draw->x0 = draw->y0 = 0;
        draw->x1 = c->width;
        draw->y1 = c->height;
    } else {
        draw->has_wipe = false; // it is in the picture
    }
    status = cr_draw_plan(draw, c->plan->painter, &c->plan->canvas);
    return status == CR_OK ? c->device->status : status;
}

// --- steps ---

typedef struct box {
    int x0, y0, x1, y1;
} box;

static box box_of(const cr_draw *draw)
{
    return draw ? (box){draw->x0, draw->y0, draw->x1, draw->y1} : (box){0};
}

static box both(box a, box b)
{
    if (a.x1 <= a.x0) return b;
    if (b.x1 <= b.x0) return a;
    return (box){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0, a.x1 > b.x1 ? a.x1 : b.x1,
                 a.y1 > b.y1 ? a.y1 : b.y1};
}

// One picture of a transition, and where it is.
static cr_status open_half(cr_gl_canvas *c, cr_draw *draw, cr_gl_texture **out, box *bounds)
{
    *bounds = (box){0};
    if (!draw) return CR_OK;
    cr_gl_planes planes;
    cr_gl_texture *made;
    cr_status status = cr_gl_canvas_open_draw(c, draw, &planes, &made);
    if (status == CR_OK) *out = paint_apart(c, draw, planes, false);
    cr_gl_give_back(&made);
    *bounds = box_of(draw);
    return status;
}

static cr_gl_texture *join(cr_gl_canvas *c, const cr_step *step, cr_gl_texture *a, box in_a,
                           cr_gl_texture *b, box in_b, box bounds)
{
    cr_gl_texture *out = take_rgba(c);
    cr_gl_use(c->device, "join", &(cr_gl_variant){.JOIN = (int8_t)step->join});
    cr_gl_bind(c->device, CR_GL_plane0, a ? a : b, 0);
    cr_gl_bind(c->device, CR_GL_plane1, b ? b : a, 0);
    cr_gl_set_4(c->device, CR_GL_bounds, in_a.x0, in_a.y0, in_a.x1, in_a.y1);
    cr_gl_set_4(c->device, CR_GL_bounds2, in_b.x0, in_b.y0, in_b.x1, in_b.y1);
    cr_gl_set_4(c->device, CR_GL_solid, step->color[0], step->color[1], step->color[2],
                step->color[3]);
    cr_gl_set_1(c->device, CR_GL_share, step->share);
    if (step->join == CR_JOIN_WIPE) cr_gl_set_wipe(c->device, &step->wipe);
    cr_gl_draw(c->device, out, bounds.x0, bounds.y0, bounds.x1, bounds.y1);
    return out;
}

// A step's draw that shows [picture] within [bounds].
static cr_status draw_of_picture(cr_gl_canvas *c, cr_draw *out, box bounds)
{
    *out = (cr_draw){.share = CR_SHARE_ONE, .blend = CR_BLEND_NORMAL};
    cr_surface_open_buffer(&out->surface, NULL, c->width, c->height);
    cr_transform_identity(&out->transform, c->width, c->height);
    cr_coverage_make(&out->coverage, &out->transform);
    out->x0 = bounds.x0;
    out->y0 = bounds.y0;
    out->x1 = bounds.x1;
    out->y1 = bounds.y1;
    return cr_draw_plan(out, c->plan->painter, &c->plan->canvas);
}

static cr_status open_join(cr_gl_canvas *c, const cr_step *step, cr_draw *draw,
                           cr_gl_planes *planes, cr_gl_texture **made)
{
    switch (step->join) {
    case CR_JOIN_MIX:
    case CR_JOIN_WIPE:
    case CR_JOIN_DIP:
        break;
    default:
        cr_gl_fail(c->device, CR_UNSUPPORTED, "There is no shader for a transition's join %d.",
                   (int)step->join);
        return CR_UNSUPPORTED;
    }
    cr_gl_texture *a = NULL, *b = NULL;
    box in_a, in_b;
    cr_status status = open_half(c, step->a, &a, &in_a);
    if (status == CR_OK) status = open_half(c, step->b, &b, &in_b);
    if (status == CR_OK) {
        box bounds = both(in_a, in_b);
        *made = join(c, step, a, in_a, b, in_b, bounds);
        *planes = (cr_gl_planes){{*made}};
        status = draw_of_picture(c, draw, bounds);
    }
    cr_gl_give_back(&a);
    cr_gl_give_back(&b);
    return status;
}

static void lay_on_rgba(cr_gl_canvas *c, const cr_step *step, const cr_gl_layer *layer)
{
    const cr_draw *draw = layer->draw;
    cr_gl_laying laying = {.is_over = !draw->covers, .blend = step->blend};
    if (laying.is_over) {
        laying.backdrop = take_rgba(c);
        cr_gl_copy(c->device, laying.backdrop, c->rgba, draw->x0, draw->y0, draw->x1, draw->y1);
    }
    cr_gl_layer_rgba(layer, c->device, c->rgba, &laying);
    cr_gl_give_back(&laying.backdrop);
}

// The planes as RGBA, for blend modes to look at.
static cr_gl_texture *read_planes(cr_gl_canvas *c)
{
    cr_gl_texture *out = take_rgba(c);
    cr_gl_use(c->device, "prepare", &(cr_gl_variant){.SOURCE = 2});
    cr_gl_bind(c->device, CR_GL_plane0, c->luma, 0);
    cr_gl_bind(c->device, CR_GL_plane1, c->chroma, 0);
    cr_gl_bind(c->device, CR_GL_plane2, c->chroma, 1);
    cr_gl_set_2(c->device, CR_GL_halved, 1, 1);
    cr_gl_set_to_rgb(c->device, &c->to_rgb);
    cr_gl_draw(c->device, out, 0, 0, c->width, c->height);
    return out;
}

// RGBA within [bounds] over the planes, or as all that there is on them.
static void lay_rgba(cr_gl_canvas *c, cr_gl_texture *rgba, box bounds, cr_gl_texture *luma_below,
                     cr_gl_texture *chroma_below)
{
    for (int i = 0; i < 2; i++) {
        cr_gl_variant variant = {.CHROMA = (int8_t)i, .OVER = luma_below != NULL};
        cr_gl_use(c->device, "lay", &variant);
        cr_gl_bind(c->device, CR_GL_plane0, rgba, 0);
        cr_gl_set_4(c->device, CR_GL_bounds, bounds.x0, bounds.y0, bounds.x1, bounds.y1);
        cr_gl_set_2(c->device, CR_GL_canvas, c->width, c->height);
        cr_gl_set_to_yuv(c->device, &c->to_yuv);
        if (i == 0) {
            cr_gl_bind(c->device, CR_GL_backdrop, luma_below, 0);
            cr_gl_draw(c->device, c->luma, bounds.x0, bounds.y0, bounds.x1, bounds.y1);
            continue;
        }
        // One column more where only the neighbour to the left is touched.
        int end = (bounds.x1 + 1) / 2 + (bounds.x1 % 2 == 0 && bounds.x1 < c->width);
        cr_gl_bind(c->device, CR_GL_backdrop, chroma_below, 0);
        cr_gl_bind(c->device, CR_GL_backdrop2, chroma_below, 1);
        cr_gl_draw(c->device, c->chroma, bounds.x0 / 2, bounds.y0 / 2, end, (bounds.y1 + 1) / 2);
    }
}

static void copy_planes(cr_gl_canvas *c, cr_gl_texture **luma, cr_gl_texture **chroma, box b)
{
    int width = (c->width + 1) / 2, height = (c->height + 1) / 2;
    *luma = cr_gl_take(c->device, CR_GL_R8, c->width, c->height, 1);
    *chroma = cr_gl_take(c->device, CR_GL_R8, width, height, 2);
    int end = b.x1 / 2 + 1 < width ? b.x1 / 2 + 1 : width;
    cr_gl_copy(c->device, *luma, c->luma, b.x0, b.y0, b.x1, b.y1);
    cr_gl_copy(c->device, *chroma, c->chroma, b.x0 / 2, b.y0 / 2, end, (b.y1 + 1) / 2);
}

static void lay_on_planes(cr_gl_canvas *c, const cr_step *step, const cr_gl_layer *layer)
{
    const cr_draw *draw = layer->draw;
    cr_gl_texture *luma = NULL, *chroma = NULL;
    if (!draw->in_planes || !draw->covers) copy_planes(c, &luma, &chroma, box_of(draw));
    if (draw->in_planes) {
        cr_gl_layer_planes(layer, c->device, c->luma, c->chroma, luma, chroma, c->width, c->height);
    } else {
        cr_gl_laying laying = {.blend = step->blend};
        if (step->blend > CR_BLEND_NORMAL) laying.backdrop = read_planes(c);
        cr_gl_texture *rgba = take_rgba(c);
        cr_gl_layer_rgba(layer, c->device, rgba, &laying);
        lay_rgba(c, rgba, box_of(draw), luma, chroma);
        cr_gl_give_back(&rgba);
        cr_gl_give_back(&laying.backdrop);
    }
    cr_gl_give_back(&luma);
    cr_gl_give_back(&chroma);
}

static cr_status paint_step(cr_gl_canvas *c, cr_step *step)
{
    cr_gl_planes planes;
    cr_gl_texture *made = NULL;
    cr_draw joined, *draw = step->a;
    cr_status status;
    if (step->join == CR_JOIN_NONE) {
        draw->in_planes = !c->in_rgb && cr_plan_is_plain(step, c->plan->color);
        status = cr_gl_canvas_open_draw(c, draw, &planes, &made);
    } else {
        draw = &joined;
        status = open_join(c, step, draw, &planes, &made);
    }
    if (status == CR_OK) {
        cr_gl_layer layer;
        cr_gl_layer_open(&layer, c->device, draw, planes);
        if (c->in_rgb)
            lay_on_rgba(c, step, &layer);
        else
            lay_on_planes(c, step, &layer);
        cr_gl_layer_close(&layer);
    }
    cr_gl_give_back(&made);
    return status;
}

// --- the canvas ---

static void take_planes(cr_gl_canvas *c)
{
    c->luma = cr_gl_take(c->device, CR_GL_R8, c->width, c->height, 1);
    c->chroma = cr_gl_take(c->device, CR_GL_R8, (c->width + 1) / 2, (c->height + 1) / 2, 2);
}

static uint8_t code(const int16_t weights[4], const uint8_t color[4])
{
    int sum = (weights[3] * 255 + (1 << 14));
    for (int i = 0; i < 3; i++)
        sum += weights[i] * color[i];
    sum >>= 15;
    return (uint8_t)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
}

static void fill(cr_gl_canvas *c)
{
    uint8_t color[4];
    cr_color_premultiplied(c->plan->picture->background, color);
    if (c->plan->picture->pixel == CR_PIXEL_I420) color[3] = 255;
    if (c->in_rgb) {
        cr_gl_fill(c->device, c->rgba, color);
        return;
    }
    const uint8_t luma[4] = {code(c->to_yuv.y, color)};
    const uint8_t chroma[4] = {code(c->to_yuv.u, color), code(c->to_yuv.v, color)};
    cr_gl_fill(c->device, c->luma, luma);
    cr_gl_fill(c->device, c->chroma, chroma);
}

cr_status cr_gl_canvas_paint(cr_gl_canvas *out, cr_gl_device *device, cr_gl_frames *frames,
                             cr_plan *plan)
{
    *out = (cr_gl_canvas){.device = device,
                          .frames = frames,
                          .plan = plan,
                          .width = plan->canvas.width,
                          .height = plan->canvas.height,
                          .in_rgb = cr_plan_wants_rgb(plan)};
    if (out->width > CR_GL_CANVAS_SIDE_MAX || out->height > CR_GL_CANVAS_SIDE_MAX)
        cr_gl_fail(device, CR_UNSUPPORTED,
                   "A canvas of %d × %d is more than the graphics painter takes.", out->width,
                   out->height);
    if (plan->picture->pixel != CR_PIXEL_RGBA) {
        cr_rgb_to_yuv_make(&out->to_yuv, plan->color);
        cr_yuv_to_rgb_make(&out->to_rgb, plan->color);
    }
    if (out->in_rgb)
        out->rgba = take_rgba(out);
    else
        take_planes(out);
    if (!plan->is_covered) fill(out);
    for (int i = 0; i < plan->step_count && device->status == CR_OK; i++) {
        cr_status status = paint_step(out, &plan->steps[i]);
        if (status != CR_OK) return status;
    }
    return device->status;
}

void cr_gl_canvas_close(cr_gl_canvas *c)
{
    cr_gl_give_back(&c->rgba);
    cr_gl_give_back(&c->luma);
    cr_gl_give_back(&c->chroma);
}

void cr_gl_canvas_to_planes(cr_gl_canvas *c)
{
    if (!c->in_rgb || c->luma) return;
    take_planes(c);
    lay_rgba(c, c->rgba, (box){0, 0, c->width, c->height}, NULL, NULL);
}
