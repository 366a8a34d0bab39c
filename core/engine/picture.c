#include "engine/picture.h"

#include <string.h>

#include "base/assert.h"
#include "base/vec.h"

// A title that grows is drawn this much larger at most, to stay sharp.
enum { TEXT_ENLARGE_MAX = 4 };

// What one sequence's picture is put together in; kept from picture to picture. Sequences within
// sequences each have their own.
typedef struct canvas {
    cr_layers layers;
    cr_paint_item *items;
    cr_frame **frames; // by layer
    int item_room, frame_room, frame_count;
} canvas;

struct cr_picture_maker {
    cr_project *project;
    cr_pool *pool;
    cr_painter *painter;
    int width, height;
    cr_pixel pixel;
    canvas canvases[CR_NESTING_MAX + 1];
};

cr_status cr_picture_maker_open(cr_picture_maker **out, const cr_project *project, cr_pool *pool,
                                const cr_picture_maker_desc *desc, cr_fault *fault)
{
    cr_picture_maker *maker = cr_alloc(1, sizeof *maker);
    maker->project = cr_project_keep(project);
    maker->pool = pool;
    maker->width = desc->width > 0 ? desc->width : project->settings.width;
    maker->height = desc->height > 0 ? desc->height : project->settings.height;
    maker->pixel = desc->pixel;
    cr_painter_desc painter = {.host = desc->host, .without_simd = desc->without_simd};
    cr_status status = cr_painter_open(&maker->painter, &painter);
    if (status == CR_OK) {
        *out = maker;
    } else {
        cr_picture_maker_close(&maker);
        (void)cr_fail(fault, status, "", "the painter did not start (%s)", cr_status_text(status));
    }
    return status;
}

static void canvas_clear(canvas *c)
{
    for (int i = 0; i < c->frame_count; i++)
        cr_frame_drop(&c->frames[i]);
    c->frame_count = 0;
}

void cr_picture_maker_close(cr_picture_maker **maker)
{
    cr_picture_maker *closing = *maker;
    if (!closing) return;
    for (int i = 0; i <= CR_NESTING_MAX; i++) {
        canvas *c = &closing->canvases[i];
        canvas_clear(c);
        cr_layers_free(&c->layers);
        cr_free(c->items);
        cr_free(c->frames);
    }
    cr_painter_close(&closing->painter);
    cr_project_drop(&closing->project);
    cr_free(closing);
    *maker = NULL;
}

static cr_status make(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at, int depth,
                      cr_pixel pixel, cr_frame **out, cr_fault *fault);

// The largest scale that a clip's picture reaches, in whole steps.
static int enlargement(const cr_clip *clip)
{
    cr_number most = CR_ONE;
    for (int p = CR_CLIP_SCALE_X; p <= CR_CLIP_SCALE_Y; p++) {
        const cr_animated *scale = &clip->params[p];
        if (scale->keyframe_count == 0 && scale->value > most) most = scale->value;
        for (int i = 0; i < scale->keyframe_count; i++) {
            if (scale->keyframes[i].value > most) most = scale->keyframes[i].value;
        }
    }
    int steps = (int)((most + CR_ONE - 1) / CR_ONE);
    return steps > TEXT_ENLARGE_MAX ? TEXT_ENLARGE_MAX : steps;
}

// From the canvas's middle to the middle of [size] pixels that begin at [begin], in project pixels.
static cr_number middle_offset(int begin, int size, int canvas_size, int project_size)
{
    return cr_scale(2 * (int64_t)begin + size - canvas_size, project_size * CR_ONE,
                    2 * (int64_t)canvas_size, CR_ROUND_NEAREST);
}

// Text rests where its style says. It turns and grows around its own middle.
static void place_text(const cr_picture_maker *maker, cr_paint_layer *layer, const cr_frame *frame,
                       int left, int top, int enlarged)
{
    const cr_settings *settings = &maker->project->settings;
    cr_number x = middle_offset(left, frame->width, maker->width * enlarged, settings->width);
    cr_number y = middle_offset(top, frame->height, maker->height * enlarged, settings->height);
    cr_number *params = layer->params;
    if (enlarged == 1) {
        layer->is_placed = true;
        layer->left = left;
        layer->top = top;
        if (params[CR_CLIP_SCALE_X] == CR_ONE && params[CR_CLIP_SCALE_Y] == CR_ONE &&
            params[CR_CLIP_ROTATION] == 0)
            return;
        params[CR_CLIP_ANCHOR_X] += x;
        params[CR_CLIP_ANCHOR_Y] += y;
    } else {
        int64_t drawn_width = (int64_t)maker->width * enlarged;
        int64_t drawn_height = (int64_t)maker->height * enlarged;
        layer->fit = CR_FIT_NONE;
        params[CR_CLIP_SCALE_X] =
            cr_scale(params[CR_CLIP_SCALE_X], settings->width, drawn_width, CR_ROUND_NEAREST);
        params[CR_CLIP_SCALE_Y] =
            cr_scale(params[CR_CLIP_SCALE_Y], settings->height, drawn_height, CR_ROUND_NEAREST);
        params[CR_CLIP_ANCHOR_X] =
            cr_scale(params[CR_CLIP_ANCHOR_X], drawn_width, settings->width, CR_ROUND_NEAREST);
        params[CR_CLIP_ANCHOR_Y] =
            cr_scale(params[CR_CLIP_ANCHOR_Y], drawn_height, settings->height, CR_ROUND_NEAREST);
    }
    params[CR_CLIP_X] += x;
    params[CR_CLIP_Y] += y;
}

// CR_EOF: nothing to be seen.
static cr_status draw_text(cr_picture_maker *maker, const cr_layer *from, cr_paint_layer *layer,
                           cr_frame **out, cr_fault *fault)
{
    const cr_clip *clip = from->clip;
    const cr_settings *settings = &maker->project->settings;
    cr_text_painter *painter = NULL;
    cr_status status = cr_pool_text(maker->pool, &painter, fault);
    if (status != CR_OK) return status;
    int enlarged = enlargement(clip);
    cr_text_desc desc = {.text = clip->text ? clip->text : "",
                         .style = cr_clip_style(maker->project, from->track, clip),
                         .project_width = settings->width,
                         .project_height = settings->height,
                         .width = maker->width * enlarged,
                         .height = maker->height * enlarged,
                         .word_count = clip->word_count,
                         .words = clip->words,
                         .at = from->clip_time};
    int left, top;
    status = cr_text_painter_draw(painter, &desc, out, &left, &top);
    if (status == CR_OK) place_text(maker, layer, *out, left, top, enlarged);
    if (status == CR_OK || status == CR_EOF) return status;
    return cr_fail(fault, status, clip->id, "its text cannot be drawn in '%s' (%s)",
                   desc.style->font, cr_status_text(status));
}

// The frame of one layer, NULL for solids. CR_EOF: nothing to be seen.
static cr_status get_frame(cr_picture_maker *maker, const cr_layer *from, int depth,
                           cr_paint_layer *layer, cr_frame **out, cr_fault *fault)
{
    const cr_clip *clip = from->clip;
    switch (clip->kind) {
    case CR_CLIP_MEDIA:
        if (!from->asset) return CR_EOF;
        return cr_pool_frame(maker->pool, clip, from->asset, from->source_time, out, fault);
    case CR_CLIP_SOLID:
        return CR_OK;
    case CR_CLIP_TITLE:
    case CR_CLIP_CAPTION:
        return draw_text(maker, from, layer, out, fault);
    case CR_CLIP_SEQUENCE: {
        const cr_sequence *inner = cr_project_sequence(maker->project, clip->sequence);
        if (!inner || depth == CR_NESTING_MAX) return CR_EOF;
        // The inner picture is canvas-sized: every fit but none is the same.
        layer->fit = CR_FIT_STRETCH;
        return make(maker, inner, from->source_time, depth + 1, CR_PIXEL_RGBA, out, fault);
    }
    default:
        return CR_EOF;
    }
}

// [*seen] says whether there is anything to paint.
static cr_status fill_layer(cr_picture_maker *maker, int depth, int index, cr_paint_layer *out,
                            bool *seen, cr_fault *fault)
{
    canvas *c = &maker->canvases[depth];
    *seen = false;
    if (index < 0) return CR_OK;
    const cr_layer *from = &c->layers.layers[index];
    if (from->params[CR_CLIP_OPACITY] <= 0) return CR_OK;
    *out = (cr_paint_layer){.color = from->clip->color,
                            .fit = from->clip->fit,
                            .blend = from->clip->blend ? from->clip->blend : CR_BLEND_NORMAL,
                            .effect_count = from->effect_count,
                            .effects = from->effects};
    memcpy(out->params, from->params, sizeof out->params);
    cr_frame *frame = NULL;
    cr_status status = get_frame(maker, from, depth, out, &frame, fault);
    if (status == CR_EOF) return CR_OK;
    if (status != CR_OK) return status;
    CR_VEC_ADD(c->frames, c->frame_count, c->frame_room, frame);
    out->frame = frame;
    *seen = true;
    return CR_OK;
}

static cr_status fill_items(cr_picture_maker *maker, int depth, int *count, cr_fault *fault)
{
    canvas *c = &maker->canvases[depth];
    *count = 0;
    for (int i = 0; i < c->layers.item_count; i++) {
        const cr_layer_item *from = &c->layers.items[i];
        CR_VEC_GROW(c->items, *count, c->item_room);
        cr_paint_item *item = &c->items[*count];
        *item = (cr_paint_item){.progress = from->progress};
        cr_status status =
            fill_layer(maker, depth, from->from, &item->from, &item->has_from, fault);
        if (status == CR_OK && from->transition) {
            item->transition = from->transition->entry;
            memcpy(item->transition_params, from->transition->params,
                   sizeof item->transition_params);
            status = fill_layer(maker, depth, from->to, &item->to, &item->has_to, fault);
        }
        if (status != CR_OK) return status;
        if (item->has_from || item->has_to) (*count)++;
    }
    return CR_OK;
}

static cr_status make(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at, int depth,
                      cr_pixel pixel, cr_frame **out, cr_fault *fault)
{
    canvas *c = &maker->canvases[depth];
    const cr_settings *settings = &maker->project->settings;
    cr_resolve(maker->project, sequence, at, &c->layers);
    int count = 0;
    cr_status status = fill_items(maker, depth, &count, fault);
    if (status == CR_OK) {
        cr_picture picture = {.project_width = settings->width,
                              .project_height = settings->height,
                              .width = maker->width,
                              .height = maker->height,
                              .pixel = pixel,
                              .color = cr_pixel_is_rgb(pixel) ? cr_color_srgb() : settings->color,
                              .background = depth == 0 ? settings->background : 0,
                              .item_count = count,
                              .items = c->items};
        status = cr_painter_paint(maker->painter, &picture, out);
        if (status != CR_OK)
            (void)cr_fail(fault, status, sequence->id, "a picture could not be painted (%s)",
                          cr_status_text(status));
    }
    canvas_clear(c);
    return status;
}

cr_status cr_picture_make(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at,
                          cr_frame **out, cr_fault *fault)
{
    cr_status status = make(maker, sequence, at, 0, maker->pixel, out, fault);
    cr_pool_tick(maker->pool);
    return status;
}
