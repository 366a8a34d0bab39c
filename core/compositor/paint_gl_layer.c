#include "compositor/paint_gl_layer.h"

#include "base/assert.h"
#include "base/mem.h"
#include "compositor/fixed_math.h"

// As in paint_gl_sample.glsl.
enum { KIND_COPY, KIND_CUBIC, KIND_WIDE };
// Widths of tables and middles, so that a zoom does not make new ones for every frame.
enum { SIZE_STEP = 64 };

static int stepped(int size)
{
    return (size + SIZE_STEP - 1) / SIZE_STEP * SIZE_STEP;
}

static int kind_of(const cr_draw *draw, int which)
{
    if (draw->surface.plane_count == 0) return KIND_COPY;
    if (!draw->transform.is_aligned) return KIND_CUBIC;
    const cr_axis *across = &draw->across[which], *down = &draw->down[which];
    if (across->is_copy && down->is_copy) return KIND_COPY;
    return across->taps == CR_PHASE_TAPS && down->taps == CR_PHASE_TAPS ? KIND_CUBIC : KIND_WIDE;
}

// --- the first pass of a shrinking ---

// The axis as a column an output: its first sample, then its weights.
static cr_gl_texture *make_table(cr_gl_device *device, const cr_axis *axis)
{
    int groups = axis->taps / 4, count = axis->count;
    cr_gl_texture *table =
        cr_gl_take(device, CR_GL_RGBA16I, stepped(count), 1 + CR_TAPS_MAX / 4, 1);
    size_t size = (size_t)count * (1 + groups) * 4 * sizeof(int16_t);
    int16_t *data = cr_try_alloc_large(size);
    if (!data) {
        cr_gl_fail(device, CR_NOMEM, "There is not enough memory to paint this picture.");
        return table;
    }
    for (int i = 0; i < count; i++) {
        int16_t *start = data + 4 * (int64_t)i;
        start[0] = (int16_t)(axis->starts[i] + axis->low - (axis->is_copy ? 1 : 0));
        start[1] = start[2] = start[3] = 0;
        for (int k = 0; k < axis->taps; k++)
            data[4 * ((int64_t)(1 + k / 4) * count + i) + k % 4] =
                axis->weights[(int64_t)i * axis->taps + k];
    }
    cr_gl_upload(device, table, count, 1 + groups, data, 8 * (int64_t)count);
    cr_free_large(data);
    return table;
}

static int limit_to(int value, int low, int high)
{
    if (value < low) return low;
    return value > high ? high : value;
}

static void first_pass(cr_gl_layer *layer, cr_gl_device *device, int which)
{
    const cr_draw *draw = layer->draw;
    const cr_axis *across = &draw->across[which], *down = &draw->down[which];
    int height = draw->surface.planes[which].height;
    int first = limit_to(down->low - (down->is_copy ? 1 : 0), 0, height - 1);
    int end = limit_to(down->high + (down->is_copy ? 3 : 0), first + 1, height);
    layer->rows_first[which] = first;
    layer->rows[which] = end - first;
    cr_gl_texture *table = make_table(device, across);
    layer->tables[which] = make_table(device, down);
    const int32_t wides[16] = {[2] = first, [4] = across->taps};
    for (int i = which; i < (which ? 3 : 1); i++) {
        cr_gl_texture *from = layer->planes.textures[i];
        if (!from) continue;
        cr_gl_format format = from->format == CR_GL_RGBA8 ? CR_GL_RGBA16I : CR_GL_R16I;
        cr_gl_texture *middle =
            cr_gl_take(device, format, stepped(across->count), stepped(end - first), 1);
        layer->middles[i] = middle;
        cr_gl_use(device, "across", &(cr_gl_variant){0});
        cr_gl_bind(device, CR_GL_plane0, from, 0);
        cr_gl_bind(device, CR_GL_table0, table, 0);
        cr_gl_set(device, CR_GL_wides, 4, 4, wides);
        cr_gl_draw(device, middle, 0, 0, across->count, end - first);
    }
    cr_gl_give_back(&table);
}

void cr_gl_layer_open(cr_gl_layer *out, cr_gl_device *device, const cr_draw *draw,
                      cr_gl_planes planes)
{
    *out = (cr_gl_layer){.draw = draw, .planes = planes};
    for (int which = 0; which < (draw->surface.plane_count == 3 ? 2 : 1); which++) {
        if (kind_of(draw, which) == KIND_WIDE) first_pass(out, device, which);
    }
}

void cr_gl_layer_close(cr_gl_layer *layer)
{
    for (int i = 0; i < 2; i++)
        cr_gl_give_back(&layer->tables[i]);
    for (int i = 0; i < 3; i++)
        cr_gl_give_back(&layer->middles[i]);
}

// --- uniforms ---

static void put_64(int32_t out[2], int64_t value)
{
    out[0] = (int32_t)(value >> 32);
    out[1] = (int32_t)(uint32_t)((uint64_t)value & UINT32_MAX);
}

// Where pixel (0, 0) of the target lies in a plane, and what pixels to the right and down add.
static void make_spots(const cr_draw *draw, int which, int32_t out[12])
{
    // Half a sample to where indices count, half a phase so that the nearest is taken.
    const int64_t nearest = (INT64_C(1) << 21) - (INT64_C(1) << 31);
    int64_t x[3] = {0}, y[3] = {0};
    if (draw->transform.is_aligned) {
        x[0] = draw->across[which].origin;
        x[1] = draw->across[which].step;
        y[0] = draw->down[which].origin;
        y[2] = draw->down[which].step;
    } else {
        const cr_surface *s = &draw->surface;
        const int64_t *m = draw->transform.inverse;
        // Chroma on planes lies on even columns and between two rows.
        bool is_halved = which == 1 && draw->in_planes;
        int64_t at_y = is_halved ? CR_Q32_ONE : CR_Q32_ONE / 2, step = is_halved ? 2 : 1;
        cr_transform_to_source(&draw->transform, CR_Q32_ONE / 2, at_y, &x[0], &y[0]);
        x[1] = m[0] * step;
        x[2] = m[1] * step;
        y[1] = m[2] * step;
        y[2] = m[3] * step;
        for (int i = 0; i < 3 && which == 1; i++) {
            x[i] = cr_q32_multiply(x[i], s->chroma_scale[0]);
            y[i] = cr_q32_multiply(y[i], s->chroma_scale[1]);
        }
        if (which == 1) {
            x[0] += s->chroma_offset[0];
            y[0] += s->chroma_offset[1];
        }
    }
    x[0] += nearest;
    y[0] += nearest;
    for (int i = 0; i < 3; i++) {
        put_64(out + 2 * i, x[i]);
        put_64(out + 6 + 2 * i, y[i]);
    }
}

static void set_sampling(const cr_gl_layer *layer, cr_gl_device *device)
{
    const cr_draw *draw = layer->draw;
    int32_t spots[24] = {0}, copies[4] = {0}, wides[16] = {0};
    int count = draw->surface.plane_count;
    for (int which = 0; which < (count == 3 ? 2 : count); which++) {
        int kind = kind_of(draw, which);
        if (kind == KIND_CUBIC) make_spots(draw, which, spots + 12 * which);
        if (kind == KIND_COPY) {
            copies[2 * which] = draw->across[which].low - draw->across[which].first;
            copies[2 * which + 1] = draw->down[which].low - draw->down[which].first;
        }
        if (kind == KIND_WIDE) {
            wides[8 * which] = draw->across[which].first;
            wides[8 * which + 1] = draw->down[which].first;
            wides[8 * which + 2] = layer->rows_first[which];
            wides[8 * which + 3] = layer->rows[which];
            wides[8 * which + 4] = draw->down[which].taps;
        }
        cr_gl_bind(device, which ? CR_GL_table1 : CR_GL_table0, layer->tables[which], 0);
    }
    for (int i = 0; i < count; i++) {
        const cr_gl_texture *middle = layer->middles[i];
        cr_gl_bind(device, (cr_gl_unit)(CR_GL_plane0 + i),
                   middle ? middle : layer->planes.textures[i], 0);
    }
    cr_gl_set(device, CR_GL_spots, 2, 12, spots);
    cr_gl_set(device, CR_GL_copies, 2, 2, copies);
    cr_gl_set(device, CR_GL_wides, 4, 4, wides);
}

void cr_gl_set_shape(cr_gl_device *device, const cr_coverage *c)
{
    // At the centre of pixel (0, 0); what pixels add is exact.
    const int64_t half = 1 << 15;
    int64_t dx = half - c->centre_x, dy = half - c->centre_y;
    cr_wide along = ((cr_wide)c->across[0] * dx + (cr_wide)c->down[0] * dy) >> 16;
    cr_wide across = ((cr_wide)c->across[1] * dx + (cr_wide)c->down[1] * dy) >> 16;
    int32_t shape[16];
    const int64_t values[8] = {(int64_t)along, c->across[0], c->down[0],    (int64_t)across,
                               c->across[1],   c->down[1],   c->half_width, c->half_height};
    for (int i = 0; i < 8; i++)
        put_64(shape + 2 * i, values[i]);
    const float corner[4] = {(float)c->radius_x, (float)c->radius_y,
                             (float)(c->half_width - c->radius_x),
                             (float)(c->half_height - c->radius_y)};
    cr_gl_set(device, CR_GL_shape, 2, 8, shape);
    cr_gl_set_floats(device, CR_GL_corner, 4, corner);
}

void cr_gl_set_wipe(cr_gl_device *device, const cr_wipe *wipe)
{
    cr_gl_set_4(device, CR_GL_wipe, wipe->is_down, wipe->is_backward, wipe->length, 0);
    cr_gl_set_2(device, CR_GL_wipe_edge, (int32_t)wipe->edge, (int32_t)wipe->soft);
}

static bool is_masked(const cr_draw *draw)
{
    if (draw->has_wipe) return true;
    const cr_coverage *c = &draw->coverage;
    return !cr_coverage_is_full(c, draw->x1, draw->y1) || draw->x0 > 0 || draw->y0 > 0;
}

static void set_masks(cr_gl_device *device, const cr_draw *draw)
{
    cr_gl_set_shape(device, &draw->coverage);
    if (draw->has_wipe) cr_gl_set_wipe(device, &draw->wipe);
}

// --- laying down ---

void cr_gl_layer_rgba(const cr_gl_layer *layer, cr_gl_device *device, cr_gl_texture *to,
                      const cr_gl_laying *laying)
{
    const cr_draw *draw = layer->draw;
    const cr_surface *s = &draw->surface;
    bool is_blended = laying->blend > CR_BLEND_NORMAL;
    cr_gl_variant variant = {.SOURCE = s->plane_count == 3 ? 2 : (int8_t)s->plane_count,
                             .KIND0 = (int8_t)kind_of(draw, 0),
                             .KIND1 = s->plane_count == 3 ? (int8_t)kind_of(draw, 1) : 0,
                             .MASK = is_masked(draw),
                             .WIPE = draw->has_wipe,
                             .OVER = laying->is_over,
                             .BLEND = is_blended,
                             .SCREEN = laying->view != NULL};
    cr_gl_use(device, "layer", &variant);
    set_sampling(layer, device);
    set_masks(device, draw);
    if (s->plane_count == 3) cr_gl_set_to_rgb(device, &s->to_rgb);
    cr_gl_set_4(device, CR_GL_solid, s->solid[0], s->solid[1], s->solid[2], s->solid[3]);
    cr_gl_set_1(device, CR_GL_share, laying->is_bare ? CR_SHARE_ONE : draw->share);
    cr_gl_set_1(device, CR_GL_blend_mode, (int32_t)laying->blend);
    if (laying->is_over || is_blended) cr_gl_bind(device, CR_GL_backdrop, laying->backdrop, 0);
    if (laying->view)
        cr_gl_draw_view(device, laying->view, draw->x0, draw->y0, draw->x1, draw->y1);
    else
        cr_gl_draw(device, to, draw->x0, draw->y0, draw->x1, draw->y1);
}

void cr_gl_layer_planes(const cr_gl_layer *layer, cr_gl_device *device, cr_gl_texture *luma,
                        cr_gl_texture *chroma, cr_gl_texture *luma_below,
                        cr_gl_texture *chroma_below, int width, int height)
{
    const cr_draw *draw = layer->draw;
    // A chroma sample at the layer's end takes part of what is beyond.
    bool is_cut = draw->x1 < width || draw->y1 < height;
    cr_gl_variant variant = {.KIND0 = (int8_t)kind_of(draw, 0),
                             .KIND1 = (int8_t)kind_of(draw, 1),
                             .MASK = is_cut || is_masked(draw),
                             .WIPE = draw->has_wipe,
                             .OVER = luma_below != NULL};
    for (int i = 0; i < 2; i++) {
        variant.CHROMA = (int8_t)i;
        cr_gl_use(device, "planes", &variant);
        set_sampling(layer, device);
        set_masks(device, draw);
        cr_gl_set_1(device, CR_GL_share, draw->share);
        cr_gl_set_4(device, CR_GL_bounds, draw->x0, draw->y0, draw->x1, draw->y1);
        cr_gl_set_2(device, CR_GL_canvas, width, height);
        if (i == 0) {
            cr_gl_bind(device, CR_GL_backdrop, luma_below, 0);
            cr_gl_draw(device, luma, draw->x0, draw->y0, draw->x1, draw->y1);
        } else {
            cr_gl_bind(device, CR_GL_backdrop, chroma_below, 0);
            cr_gl_bind(device, CR_GL_backdrop2, chroma_below, 1);
            cr_gl_draw(device, chroma, draw->x0 / 2, draw->y0 / 2, (draw->x1 + 1) / 2,
                       (draw->y1 + 1) / 2);
        }
    }
}
