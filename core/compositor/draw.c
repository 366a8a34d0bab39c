#include "compositor/draw.h"

#include <string.h>

#include "compositor/fixed_math.h"

static int to_share(cr_number opacity)
{
    return cr_transition_share(opacity);
}

static bool find_bounds(cr_draw *draw, const cr_canvas *canvas)
{
    return cr_transform_bounds(&draw->transform, canvas, &draw->x0, &draw->y0, &draw->x1,
                               &draw->y1);
}

cr_status cr_draw_open(cr_draw *out, cr_painter *painter, const cr_canvas *canvas,
                       const cr_paint_layer *layer, const cr_transition_move *move, bool *visible)
{
    *out = (cr_draw){.frame = layer->frame,
                     .share = to_share(layer->params[CR_CLIP_OPACITY]),
                     .blend = layer->blend};
    if (out->blend == CR_BLEND_NONE) out->blend = CR_BLEND_NORMAL;
    *visible = false;
    if (out->share == 0) return CR_OK;
    cr_rate aspect = {1, 1};
    if (layer->frame) {
        cr_status status = cr_surface_open_frame(&out->surface, painter, layer->frame);
        if (status != CR_OK) return status;
        aspect = layer->frame->sample_aspect;
        if (layer->frame->orientation.quarter_turns & 1) aspect = (cr_rate){aspect.den, aspect.num};
    } else {
        // A colour has no size of its own: it fills the canvas.
        cr_surface_open_solid(&out->surface, layer->color, canvas->project_width,
                              canvas->project_height);
    }
    const cr_surface *s = &out->surface;
    if (!cr_transform_make(&out->transform, layer, canvas, s->width, s->height, aspect, s->mirrored,
                           s->upside_down))
        return CR_OK;
    if (move) cr_transform_follow(&out->transform, canvas, move->scale, move->dx, move->dy);
    *visible = find_bounds(out, canvas);
    cr_coverage_make(&out->coverage, &out->transform);
    out->shape = out->coverage;
    if (layer->effect_count > 0) {
        out->effects = cr_scratch_take(&painter->plan, layer->effect_count * sizeof *out->effects);
        if (!out->effects) return CR_NOMEM;
    }
    for (int i = 0; i < layer->effect_count; i++) {
        const cr_effect_kind *kind = cr_effect_find(layer->effects[i].entry->id);
        if (!kind) continue; // an effect of a newer version: the picture without it
        out->effects[out->effect_count++] = (cr_draw_effect){kind, layer->effects[i].params, NULL};
    }
    out->covers = s->is_opaque && out->share == CR_SHARE_ONE && out->blend == CR_BLEND_NORMAL &&
                  !cr_draw_has_whole_effect(out) &&
                  cr_coverage_is_full(&out->coverage, canvas->width, canvas->height);
    return CR_OK;
}

void cr_draw_open_solid(cr_draw *out, const cr_canvas *canvas, uint32_t color, int share)
{
    *out = (cr_draw){.share = share, .blend = CR_BLEND_NORMAL};
    cr_surface_open_solid(&out->surface, color, canvas->width, canvas->height);
    cr_transform_identity(&out->transform, canvas->width, canvas->height);
    out->x1 = canvas->width;
    out->y1 = canvas->height;
    cr_coverage_make(&out->coverage, &out->transform);
    out->shape = out->coverage;
}

bool cr_draw_has_whole_effect(const cr_draw *draw)
{
    for (int i = 0; i < draw->effect_count; i++) {
        if (draw->effects[i].kind->whole) return true;
    }
    return false;
}

// By how much samples must be averaged before sampling, so that what is left is within what the
// sampler can do. [shrink]: samples a canvas pixel, 32 fraction bits.
static int block_for(int64_t shrink, bool is_aligned, bool chroma_is_full)
{
    if (!is_aligned) return (int)((shrink + CR_Q32_ONE / 2) >> 32);
    int64_t whole = shrink >> 32;
    if (chroma_is_full) return whole >= CR_SHRINK_MAX / 2 ? (int)(whole / 2) : 1;
    return whole >= CR_SHRINK_MAX ? (int)(whole / (CR_SHRINK_MAX / 2)) : 1;
}

static int64_t reach(int64_t a, int64_t b)
{
    a = a < 0 ? -a : a;
    b = b < 0 ? -b : b;
    if (b == 0) return a;
    // Shifted so that the squares fit.
    uint64_t x = (uint64_t)a >> 20, y = (uint64_t)b >> 20;
    return (int64_t)(cr_square_root(x * x + y * y) << 20);
}

static cr_status reduce(cr_draw *draw, cr_painter *painter)
{
    cr_transform *t = &draw->transform;
    cr_surface *s = &draw->surface;
    bool full_x = s->plane_count == 3 && s->chroma_scale[0] == CR_Q32_ONE;
    bool full_y = s->plane_count == 3 && s->chroma_scale[1] == CR_Q32_ONE;
    int across = block_for(reach(t->inverse[0], t->inverse[1]), t->is_aligned, full_x);
    int down = block_for(reach(t->inverse[2], t->inverse[3]), t->is_aligned, full_y);
    if (across > s->width) across = s->width;
    if (down > s->height) down = s->height;
    if (across < 1) across = 1;
    if (down < 1) down = 1;
    if (across == 1 && down == 1) return CR_OK;
    cr_transform_reduce(t, across, down);
    return cr_surface_reduce(s, painter, across, down);
}

// A canvas axis in a plane: canvas place = index × [grid] + [first_at], 32 fraction bits.
typedef struct grid {
    int64_t step, at;
} grid;

static bool plan_axis(cr_axis *out, cr_painter *painter, const cr_draw *draw, bool is_down, grid g,
                      int64_t scale, int64_t offset, int first, int count, int size)
{
    const cr_transform *t = &draw->transform;
    int64_t inverse = t->inverse[is_down ? 3 : 0];
    int64_t centre = is_down ? t->out_y : t->out_x, source = is_down ? t->source_y : t->source_x;
    cr_wide place = (((cr_wide)inverse * (g.at - centre)) >> 32) + source;
    int64_t origin = (int64_t)((place * scale) >> 32) + offset;
    int64_t step = cr_q32_multiply(cr_q32_multiply(inverse, g.step), scale);
    const int64_t most = CR_SHRINK_MAX * CR_Q32_ONE;
    if (step > most) step = most;
    if (step < -most) step = -most;
    return cr_axis_make(out, &painter->plan, painter->phases, origin, step, first, count, size);
}

static cr_status plan_axes(cr_draw *draw, cr_painter *painter)
{
    const cr_surface *s = &draw->surface;
    const grid luma = {CR_Q32_ONE, CR_Q32_ONE / 2};
    int w = draw->x1 - draw->x0, h = draw->y1 - draw->y0;
    bool ok = plan_axis(&draw->across[0], painter, draw, false, luma, CR_Q32_ONE, 0, draw->x0, w,
                        s->planes[0].width) &&
              plan_axis(&draw->down[0], painter, draw, true, luma, CR_Q32_ONE, 0, draw->y0, h,
                        s->planes[0].height);
    if (ok && s->plane_count == 3) {
        grid x = luma, y = luma;
        int first_x = draw->x0, first_y = draw->y0;
        if (draw->in_planes) {
            // Chroma lies on even columns and between two rows.
            x = (grid){2 * CR_Q32_ONE, CR_Q32_ONE / 2};
            y = (grid){2 * CR_Q32_ONE, CR_Q32_ONE};
            first_x /= 2;
            first_y /= 2;
            w = (draw->x1 + 1) / 2 - first_x;
            h = (draw->y1 + 1) / 2 - first_y;
        }
        ok = plan_axis(&draw->across[1], painter, draw, false, x, s->chroma_scale[0],
                       s->chroma_offset[0], first_x, w, s->planes[1].width) &&
             plan_axis(&draw->down[1], painter, draw, true, y, s->chroma_scale[1],
                       s->chroma_offset[1], first_y, h, s->planes[1].height);
    }
    return ok ? CR_OK : CR_NOMEM;
}

cr_status cr_draw_plan(cr_draw *draw, cr_painter *painter, const cr_canvas *canvas)
{
    cr_effect_place place = {draw->shape, canvas->width, canvas->height, 0};
    place.zoom = (int64_t)canvas->width * 65536 / canvas->project_width;
    for (int i = 0; i < draw->effect_count; i++) {
        cr_draw_effect *effect = &draw->effects[i];
        if (!effect->kind->prepare) continue;
        effect->state = effect->kind->prepare(&painter->plan, effect->params, &place);
        if (!effect->state) return CR_NOMEM;
    }
    if (draw->surface.plane_count == 0) return CR_OK;
    cr_status status = reduce(draw, painter);
    if (status != CR_OK) return status;
    if (draw->transform.is_aligned) return plan_axes(draw, painter);
    return cr_surface_premultiply(&draw->surface, painter);
}

cr_status cr_brush_open(cr_brush *out, const cr_painter *painter, cr_scratch *scratch,
                        const cr_draw *draw)
{
    *out = (cr_brush){.draw = draw, .kernels = painter->kernels, .phases = painter->phases};
    size_t width = (size_t)(draw->x1 - draw->x0) + 2 * CR_ROW_PAD;
    for (int i = 0; i < 2; i++) {
        out->mask[i] = cr_scratch_take(scratch, width);
        if (!out->mask[i]) return CR_NOMEM;
    }
    for (int i = 0; i < draw->surface.plane_count; i++) {
        out->rows[i] = cr_scratch_take(scratch, 4 * width);
        if (!out->rows[i]) return CR_NOMEM;
        if (!draw->transform.is_aligned) continue;
        int axis = i > 0;
        if (!cr_sampler_open(&out->samplers[i], scratch, painter->kernels, &draw->surface.planes[i],
                             &draw->across[axis], &draw->down[axis]))
            return CR_NOMEM;
    }
    return CR_OK;
}

// Coverage and wipe of row [y]; mask[0] is at x0.
static cr_span mask_row(const cr_draw *draw, int y, uint8_t *mask)
{
    cr_span span = cr_coverage_row(&draw->coverage, y, draw->x0, draw->x1, mask);
    if (!draw->has_wipe) return span;
    for (int x = span.low; x < span.high; x++)
        mask[x - draw->x0] =
            cr_divide_255(mask[x - draw->x0] * (unsigned)cr_wipe_at(&draw->wipe, x, y));
    while (span.low < span.high && mask[span.low - draw->x0] == 0)
        span.low++;
    while (span.high > span.low && mask[span.high - 1 - draw->x0] == 0)
        span.high--;
    span.full_low = span.low;
    while (span.full_low < span.high && mask[span.full_low - draw->x0] != 255)
        span.full_low++;
    span.full_high = span.full_low;
    while (span.full_high < span.high && mask[span.full_high - draw->x0] == 255)
        span.full_high++;
    return span;
}

// Samples along a slanted line into [out]; canvas places x at [at_x], stepping by [step].
static void line_row(const cr_brush *b, int plane, int64_t at_x, int64_t at_y, int64_t step,
                     int count, uint8_t *out)
{
    const cr_surface *s = &b->draw->surface;
    const cr_transform *t = &b->draw->transform;
    cr_line line = {.data = s->planes[plane].data,
                    .stride = s->planes[plane].stride,
                    .width = s->planes[plane].width,
                    .height = s->planes[plane].height,
                    .phases = b->phases};
    cr_transform_to_source(t, at_x, at_y, &line.x, &line.y);
    line.step_x = cr_q32_multiply(t->inverse[0], step);
    line.step_y = cr_q32_multiply(t->inverse[2], step);
    if (plane > 0) {
        line.x = cr_q32_multiply(line.x, s->chroma_scale[0]) + s->chroma_offset[0];
        line.y = cr_q32_multiply(line.y, s->chroma_scale[1]) + s->chroma_offset[1];
        line.step_x = cr_q32_multiply(line.step_x, s->chroma_scale[0]);
        line.step_y = cr_q32_multiply(line.step_y, s->chroma_scale[1]);
    }
    if (s->planes[plane].channels == 1) {
        b->kernels->line_gray(out, &line, count);
        return;
    }
    b->kernels->line_rgba(out, &line, count);
    b->kernels->limit_to_alpha(out, count);
}

// Pixels [low, high) of row [y], before masks; out is at x0.
static cr_row_alpha sample_rgba(cr_brush *b, int y, int low, int high, uint8_t *out)
{
    const cr_draw *draw = b->draw;
    const cr_surface *s = &draw->surface;
    if (s->plane_count == 0) {
        for (int x = low - draw->x0; x < high - draw->x0; x++)
            memcpy(out + 4 * x, s->solid, 4);
        return s->is_opaque ? CR_ROW_ALPHA_OPAQUE : CR_ROW_ALPHA_MIXED;
    }
    bool is_aligned = draw->transform.is_aligned;
    int64_t at_x = low * CR_Q32_ONE + CR_Q32_ONE / 2, at_y = y * CR_Q32_ONE + CR_Q32_ONE / 2;
    if (s->plane_count == 1) {
        if (is_aligned) return cr_sampler_row(&b->samplers[0], y, out);
        line_row(b, 0, at_x, at_y, CR_Q32_ONE, high - low, out + 4 * (low - draw->x0));
        return CR_ROW_ALPHA_MIXED;
    }
    for (int i = 0; i < 3; i++) {
        if (is_aligned)
            (void)cr_sampler_row(&b->samplers[i], y, b->rows[i]);
        else
            line_row(b, i, at_x, at_y, CR_Q32_ONE, high - low, b->rows[i] + low - draw->x0);
    }
    int from = low - draw->x0;
    b->kernels->yuv_to_rgba(out + 4 * from, b->rows[0] + from, b->rows[1] + from, b->rows[2] + from,
                            &s->to_rgb, high - low);
    return CR_ROW_ALPHA_OPAQUE;
}

static void apply_mask(uint8_t *rgba, const uint8_t *mask, int count)
{
    for (int i = 0; i < count; i++) {
        for (int c = 0; c < 4; c++)
            rgba[4 * i + c] = cr_divide_255(rgba[4 * i + c] * (unsigned)mask[i]);
    }
}

cr_row_alpha cr_brush_rgba(cr_brush *b, int y, uint8_t *row)
{
    const cr_draw *draw = b->draw;
    if (y < draw->y0 || y >= draw->y1) return CR_ROW_ALPHA_EMPTY;
    uint8_t *mask = b->mask[0], *out = row + 4 * (int64_t)draw->x0;
    cr_span span = mask_row(draw, y, mask);
    if (span.low >= span.high) return CR_ROW_ALPHA_EMPTY;
    cr_row_alpha alpha = sample_rgba(b, y, span.low, span.high, out);
    if (alpha == CR_ROW_ALPHA_EMPTY) return alpha;
    int x0 = draw->x0, end = draw->x1 - x0;
    memset(out, 0, 4 * (size_t)(span.low - x0));
    memset(out + 4 * (span.high - x0), 0, 4 * (size_t)(end - (span.high - x0)));
    if (span.full_high - span.full_low != end) {
        apply_mask(out + 4 * (span.low - x0), mask + span.low - x0, span.full_low - span.low);
        apply_mask(out + 4 * (span.full_high - x0), mask + span.full_high - x0,
                   span.high - span.full_high);
        alpha = CR_ROW_ALPHA_MIXED;
    }
    for (int i = 0; i < draw->effect_count; i++) {
        const cr_draw_effect *effect = &draw->effects[i];
        if (effect->kind->row)
            effect->kind->row(effect->state, out + 4 * (span.low - x0), span.low, y,
                              span.high - span.low);
    }
    if (draw->share < CR_SHARE_ONE) {
        b->kernels->fade(out, draw->share, 4 * end);
        alpha = CR_ROW_ALPHA_MIXED;
    }
    return alpha;
}

// Samples [0, count) of one plane onto the canvas: [full_low, full_high) fully covered, the rest by
// the mask.
static void lay(const cr_brush *b, uint8_t *canvas, const uint8_t *samples, uint8_t *mask, int low,
                int high, int full_low, int full_high)
{
    int share = b->draw->share;
    b->kernels->mix(canvas + full_low, samples + full_low, share, full_high - full_low);
    if (share < CR_SHARE_ONE) {
        b->kernels->fade(mask + low, share, full_low - low);
        b->kernels->fade(mask + full_high, share, high - full_high);
    }
    b->kernels->mix_masked(canvas + low, samples + low, mask + low, full_low - low);
    b->kernels->mix_masked(canvas + full_high, samples + full_high, mask + full_high,
                           high - full_high);
}

static void lay_luma(cr_brush *b, cr_frame *frame, int y, cr_span span, uint8_t *mask)
{
    const cr_draw *draw = b->draw;
    if (span.low >= span.high) return;
    uint8_t *canvas = frame->data[0] + frame->stride[0] * y + draw->x0, *samples = b->rows[0];
    int x0 = draw->x0, width = draw->x1 - x0;
    bool is_whole = span.full_high - span.full_low == width && draw->share == CR_SHARE_ONE;
    if (is_whole && draw->transform.is_aligned) {
        (void)cr_sampler_row(&b->samplers[0], y, canvas);
        return;
    }
    if (draw->transform.is_aligned)
        (void)cr_sampler_row(&b->samplers[0], y, samples);
    else
        line_row(b, 0, span.low * CR_Q32_ONE + CR_Q32_ONE / 2, y * CR_Q32_ONE + CR_Q32_ONE / 2,
                 CR_Q32_ONE, span.high - span.low, samples + span.low - x0);
    lay(b, canvas, samples, mask, span.low - x0, span.high - x0, span.full_low - x0,
        span.full_high - x0);
}

// A chroma sample's coverage: the mean of the luma's around it.
static uint8_t chroma_mask(const cr_draw *draw, uint8_t *const masks[2], const cr_span spans[2],
                           int column)
{
    int sum = 0;
    for (int r = 0; r < 2; r++) {
        for (int k = -1; k <= 1; k++) {
            int x = 2 * column + k;
            if (x < draw->x0) x = draw->x0 == 0 ? 0 : -1;
            if (x >= draw->x1) x = draw->x1 - 1 == 2 * column ? draw->x1 - 1 : -1;
            if (x < spans[r].low || x >= spans[r].high) continue;
            sum += masks[r][x - draw->x0] * (k == 0 ? 2 : 1);
        }
    }
    return (uint8_t)((sum + 4) >> 3);
}

// Fills b->mask[0] with the coverage of chroma columns; gives the columns [*low, *high) that are
// fully covered.
static void mask_chroma(cr_brush *b, int width, const cr_span spans[2], int *low, int *high)
{
    const cr_draw *draw = b->draw;
    int first = draw->x0 / 2, last = (draw->x1 + 1) / 2;
    int full_low = spans[0].full_low > spans[1].full_low ? spans[0].full_low : spans[1].full_low;
    int full_high =
        spans[0].full_high < spans[1].full_high ? spans[0].full_high : spans[1].full_high;
    // Columns 2i − 1 to 2i + 1 must be full; the canvas's own edges do not count.
    *low = full_low == 0 ? 0 : (full_low + 2) / 2;
    *high = full_high == width ? last : full_high / 2;
    if (*low < first) *low = first;
    if (*low > last) *low = last;
    if (*high < *low) *high = *low;
    uint8_t *mask = b->rows[1]; // the masks of luma are read while it is written
    for (int i = first; i < last; i++) {
        bool is_full = i >= *low && i < *high;
        mask[i - first] = is_full ? 255 : chroma_mask(draw, b->mask, spans, i);
    }
    memcpy(b->mask[0], mask, (size_t)(last - first));
    *low -= first;
    *high -= first;
}

static void lay_chroma(cr_brush *b, cr_frame *frame, int row, const cr_span spans[2])
{
    const cr_draw *draw = b->draw;
    int first = draw->x0 / 2, count = (draw->x1 + 1) / 2 - first, low, high;
    mask_chroma(b, frame->width, spans, &low, &high);
    bool is_aligned = draw->transform.is_aligned;
    bool is_whole = high - low == count && draw->share == CR_SHARE_ONE;
    for (int i = 1; i < 3; i++) {
        uint8_t *canvas = frame->data[i] + frame->stride[i] * row + first, *samples = b->rows[i];
        if (is_whole && is_aligned) {
            (void)cr_sampler_row(&b->samplers[i], row, canvas);
            continue;
        }
        if (is_aligned)
            (void)cr_sampler_row(&b->samplers[i], row, samples);
        else
            line_row(b, i, first * 2 * CR_Q32_ONE + CR_Q32_ONE / 2,
                     row * 2 * CR_Q32_ONE + CR_Q32_ONE, 2 * CR_Q32_ONE, count, samples);
        memcpy(b->mask[1], b->mask[0], (size_t)count);
        lay(b, canvas, samples, b->mask[1], 0, count, low, high);
    }
}

void cr_brush_planes(cr_brush *b, cr_frame *frame, int y0, int y1)
{
    const cr_draw *draw = b->draw;
    int from = y0 > draw->y0 ? y0 : draw->y0 & ~1, to = y1 < draw->y1 ? y1 : draw->y1;
    for (int y = from; y < to; y += 2) {
        cr_span spans[2] = {{0}, {0}};
        for (int r = 0; r < 2; r++) {
            int at = y + r < frame->height ? y + r : y; // the last of an odd height counts twice
            if (at >= draw->y0 && at < draw->y1) spans[r] = mask_row(draw, at, b->mask[r]);
        }
        bool is_shown = spans[0].low < spans[0].high || spans[1].low < spans[1].high;
        if (!is_shown) continue;
        for (int r = 0; r < 2 && y + r < to; r++) {
            if (y + r < draw->y0) continue;
            // What the chroma's masks are made from is kept.
            uint8_t *mask = b->rows[2];
            memcpy(mask, b->mask[r], (size_t)(draw->x1 - draw->x0));
            lay_luma(b, frame, y + r, spans[r], mask);
        }
        lay_chroma(b, frame, y / 2, spans);
    }
}
