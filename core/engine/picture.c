#include "engine/picture.h"

#include <string.h>

#include "base/assert.h"
#include "base/vec.h"
#include "codec/frame_host.h"
#include "compositor/paint_needs.h"

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
    const cr_host *host;
    int width, height;
    cr_pixel pixel;
    bool may_be_hosted, leaves_holes;
    char **told; // ids of what was left out
    int told_count, told_room;
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
    maker->host = desc->host;
    maker->may_be_hosted = desc->may_be_hosted;
    maker->leaves_holes = desc->leaves_holes;
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
    for (int i = 0; i < closing->told_count; i++)
        cr_free(closing->told[i]);
    cr_free(closing->told);
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

// A failed layer is a hole in the picture, told the first time.
static cr_status leave_out(cr_picture_maker *maker, const cr_layer *layer, cr_status status,
                           const cr_fault *told, cr_fault *fault)
{
    const char *id = layer->asset ? layer->asset->id : layer->clip->id;
    for (int i = 0; i < maker->told_count; i++)
        if (strcmp(maker->told[i], id) == 0) return CR_EOF;
    char *kept = cr_strdup(id);
    CR_VEC_ADD(maker->told, maker->told_count, maker->told_room, kept);
    (void)cr_fail(fault, status, told->where, "%s", told->text);
    return CR_EOF;
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
    cr_fault own = {0};
    bool is_hole = maker->leaves_holes && from->clip->kind != CR_CLIP_SEQUENCE;
    cr_status status = get_frame(maker, from, depth, out, &frame, is_hole ? &own : fault);
    if (is_hole && status != CR_OK && status != CR_AGAIN && status != CR_EOF)
        status = leave_out(maker, from, status, &own, fault);
    if (status == CR_EOF) return CR_OK;
    if (status != CR_OK) return status;
    CR_VEC_ADD(c->frames, c->frame_count, c->frame_room, frame);
    out->frame = frame;
    *seen = true;
    return CR_OK;
}

// CR_AGAIN only after every layer was asked for.
static cr_status fill_items(cr_picture_maker *maker, int depth, int *count, cr_fault *fault)
{
    canvas *c = &maker->canvases[depth];
    bool is_waiting = false;
    *count = 0;
    for (int i = 0; i < c->layers.item_count; i++) {
        const cr_layer_item *from = &c->layers.items[i];
        CR_VEC_GROW(c->items, *count, c->item_room);
        cr_paint_item *item = &c->items[*count];
        *item = (cr_paint_item){.progress = from->progress};
        cr_status status =
            fill_layer(maker, depth, from->from, &item->from, &item->has_from, fault);
        is_waiting = is_waiting || status == CR_AGAIN;
        if ((status == CR_OK || status == CR_AGAIN) && from->transition) {
            item->transition = from->transition->entry;
            memcpy(item->transition_params, from->transition->params,
                   sizeof item->transition_params);
            status = fill_layer(maker, depth, from->to, &item->to, &item->has_to, fault);
            is_waiting = is_waiting || status == CR_AGAIN;
        }
        if (status != CR_OK && status != CR_AGAIN) return status;
        if (item->has_from || item->has_to) (*count)++;
    }
    return is_waiting ? CR_AGAIN : CR_OK;
}

// Lets all decoders begin at once, those of nested sequences too, before anything is drawn. True:
// some are not ready.
static bool is_decoding(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at,
                        int depth)
{
    cr_layers *layers = &maker->canvases[depth].layers;
    bool is_waiting = false;
    cr_resolve(maker->project, sequence, at, layers);
    for (int i = 0; i < layers->layer_count; i++) {
        const cr_layer *layer = &layers->layers[i];
        if (layer->params[CR_CLIP_OPACITY] <= 0) continue;
        if (layer->clip->kind == CR_CLIP_MEDIA && layer->asset) {
            cr_frame *frame = NULL;
            cr_status status = cr_pool_frame(maker->pool, layer->clip, layer->asset,
                                             layer->source_time, &frame, NULL);
            if (status == CR_AGAIN) is_waiting = true;
            cr_frame_drop(&frame);
        } else if (layer->clip->kind == CR_CLIP_SEQUENCE && depth < CR_NESTING_MAX) {
            const cr_sequence *inner = cr_project_sequence(maker->project, layer->clip->sequence);
            if (inner && is_decoding(maker, inner, layer->source_time, depth + 1))
                is_waiting = true;
        }
    }
    return is_waiting;
}

// Everything up to the painting, but for planes.
static cr_status compose(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at,
                         int depth, cr_pixel pixel, cr_picture *out, cr_fault *fault)
{
    canvas *c = &maker->canvases[depth];
    const cr_settings *settings = &maker->project->settings;
    int count = 0;
    canvas_clear(c);
    cr_resolve(maker->project, sequence, at, &c->layers);
    cr_status status = fill_items(maker, depth, &count, fault);
    if (status != CR_OK) return status;
    *out = (cr_picture){.project_width = settings->width,
                        .project_height = settings->height,
                        .width = maker->width,
                        .height = maker->height,
                        .pixel = pixel,
                        .color = cr_pixel_is_rgb(pixel) ? cr_color_srgb() : settings->color,
                        .background = depth == 0 ? settings->background : 0,
                        .item_count = count,
                        .items = c->items};
    return CR_OK;
}

static cr_status failed(const cr_sequence *sequence, cr_status status, cr_fault *fault)
{
    return cr_fail(fault, status, sequence->id, "a picture could not be painted (%s)",
                   cr_status_text(status));
}

// Asks for the planes of everything that is to be seen, all at once. CR_AGAIN until they are there;
// CR_BUSY: the host lost some, begin again.
static cr_status bring_planes(cr_picture_maker *maker, const cr_paint_needs *needs)
{
    bool is_waiting = false, is_lost = false;
    for (int i = 0; i < needs->frame_count; i++) {
        cr_frame *frame = (cr_frame *)(uintptr_t)needs->frames[i]; // its pixels stay the same
        if (!cr_frame_is_remote(frame)) continue;
        cr_status status = cr_frame_fetch(frame, maker->host, false);
        if (status == CR_NOMEM) return status;
        if (status == CR_AGAIN) is_waiting = true;
        if (status == CR_OK || status == CR_AGAIN) continue;
        if (!cr_pool_lose(maker->pool, frame)) return status;
        is_lost = true;
    }
    if (is_lost) return CR_BUSY;
    return is_waiting ? CR_AGAIN : CR_OK;
}

// Makes sure of all planes. [*whole] is set to the frame that is the picture as it stands when it
// may be passed on without them.
static cr_status get_planes(cr_picture_maker *maker, int depth, const cr_picture *picture,
                            bool may_pass, const cr_frame **whole)
{
    const canvas *c = &maker->canvases[depth];
    bool is_remote = false;
    for (int i = 0; i < c->frame_count; i++)
        is_remote = is_remote || (c->frames[i] && cr_frame_is_remote(c->frames[i]));
    if (!is_remote) return CR_OK;
    cr_paint_needs needs;
    cr_status status = cr_painter_needs(maker->painter, picture, &needs);
    if (status != CR_OK) return status;
    if (may_pass && needs.whole && cr_frame_is_remote(needs.whole)) {
        *whole = needs.whole;
        return CR_OK;
    }
    return bring_planes(maker, &needs);
}

static cr_status make(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at, int depth,
                      cr_pixel pixel, cr_frame **out, cr_fault *fault)
{
    cr_picture picture;
    const cr_frame *whole = NULL;
    cr_status status = compose(maker, sequence, at, depth, pixel, &picture, fault);
    if (status != CR_OK) {
        canvas_clear(&maker->canvases[depth]);
        return status;
    }
    bool may_pass = maker->may_be_hosted && depth == 0;
    status = get_planes(maker, depth, &picture, may_pass, &whole);
    if (status == CR_OK && whole)
        *out = cr_frame_keep((cr_frame *)(uintptr_t)whole);
    else if (status == CR_OK)
        status = cr_painter_paint(maker->painter, &picture, out);
    bool is_flow = status == CR_OK || status == CR_AGAIN || status == CR_BUSY;
    if (!is_flow) (void)failed(sequence, status, fault);
    canvas_clear(&maker->canvases[depth]);
    return status;
}

static bool must_wait(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at)
{
    return maker->host && maker->host->codecs && is_decoding(maker, sequence, at, 0);
}

cr_status cr_picture_make(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at,
                          cr_frame **out, cr_fault *fault)
{
    cr_status status;
    do {
        if (must_wait(maker, sequence, at)) return CR_AGAIN;
        status = make(maker, sequence, at, 0, maker->pixel, out, fault);
    } while (status == CR_BUSY);
    if (status != CR_AGAIN) cr_pool_tick(maker->pool);
    return status;
}

cr_status cr_picture_compose(cr_picture_maker *maker, const cr_sequence *sequence, cr_ticks at,
                             cr_picture *out, cr_fault *fault)
{
    cr_status status;
    cr_picture picture;
    do {
        const cr_frame *whole = NULL;
        if (must_wait(maker, sequence, at)) return CR_AGAIN;
        status = compose(maker, sequence, at, 0, maker->pixel, &picture, fault);
        if (status != CR_OK) break;
        status = get_planes(maker, 0, &picture, false, &whole);
        if (status != CR_OK && status != CR_AGAIN && status != CR_BUSY)
            (void)failed(sequence, status, fault);
    } while (status == CR_BUSY);
    if (status == CR_OK) *out = picture;
    if (status != CR_AGAIN) cr_pool_tick(maker->pool);
    return status;
}
