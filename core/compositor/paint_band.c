#include "compositor/paint_band.h"

#include <string.h>

#include "compositor/blend.h"

int cr_band_count(const cr_band_job *job)
{
    return (job->height + CR_BAND_ROWS - 1) / CR_BAND_ROWS;
}

// A step as one worker paints it.
typedef struct step_brush {
    const cr_step *step;
    cr_brush a, b;
    int x0, y0, x1, y1;
    uint8_t *other; // a row for the second picture of a transition
    uint8_t *mask;
} step_brush;

static uint8_t *take_row(cr_scratch *scratch, int width)
{
    uint8_t *row = cr_scratch_take(scratch, 4 * ((size_t)width + 2 * CR_ROW_PAD));
    if (!row) return NULL;
    memset(row, 0, 4 * ((size_t)width + 2 * CR_ROW_PAD));
    return row + 4 * CR_ROW_PAD;
}

static void widen_to(step_brush *s, const cr_draw *draw, bool is_first)
{
    if (is_first || draw->x0 < s->x0) s->x0 = draw->x0;
    if (is_first || draw->y0 < s->y0) s->y0 = draw->y0;
    if (is_first || draw->x1 > s->x1) s->x1 = draw->x1;
    if (is_first || draw->y1 > s->y1) s->y1 = draw->y1;
}

static cr_status open_step(step_brush *out, const cr_band_job *job, cr_scratch *scratch,
                           const cr_step *step)
{
    *out = (step_brush){.step = step};
    cr_status status = CR_OK;
    if (step->a) {
        widen_to(out, step->a, true);
        status = cr_brush_open(&out->a, job->painter, scratch, step->a);
    }
    if (step->b && status == CR_OK) {
        widen_to(out, step->b, !step->a);
        status = cr_brush_open(&out->b, job->painter, scratch, step->b);
    }
    if (step->join != CR_JOIN_NONE && status == CR_OK) {
        out->other = take_row(scratch, job->width);
        out->mask = take_row(scratch, job->width);
        if (!out->other || !out->mask) return CR_NOMEM;
    }
    return status;
}

// One picture of a transition, transparent where there is nothing of it. False: all transparent.
static bool half_row(step_brush *s, cr_brush *brush, int y, uint8_t *row)
{
    const cr_draw *draw = brush->draw;
    if (!draw || cr_brush_rgba(brush, y, row) == CR_ROW_ALPHA_EMPTY) {
        memset(row + 4 * s->x0, 0, 4 * (size_t)(s->x1 - s->x0));
        return false;
    }
    memset(row + 4 * s->x0, 0, 4 * (size_t)(draw->x0 - s->x0));
    memset(row + 4 * draw->x1, 0, 4 * (size_t)(s->x1 - draw->x1));
    return true;
}

static void dip(const step_brush *s, uint8_t *a, const uint8_t *b, const cr_row_kernels *kernels)
{
    const cr_step *step = s->step;
    int share = 2 * step->share, count = s->x1 - s->x0;
    for (int i = 0; i < count; i++) {
        // The colour has the shape of both pictures together.
        unsigned alpha = a[4 * i + 3] > b[4 * i + 3] ? a[4 * i + 3] : b[4 * i + 3];
        for (int c = 0; c < 4; c++)
            s->mask[4 * i + c] = cr_divide_255(step->color[c] * alpha);
    }
    if (share <= CR_SHARE_ONE) {
        kernels->mix(a, s->mask, share, 4 * count);
    } else {
        memcpy(a, b, 4 * (size_t)count);
        kernels->mix(a, s->mask, 2 * CR_SHARE_ONE - share, 4 * count);
    }
}

static cr_row_alpha join_row(step_brush *s, int y, uint8_t *row, const cr_row_kernels *kernels)
{
    bool has_a = half_row(s, &s->a, y, row), has_b = half_row(s, &s->b, y, s->other);
    if (!has_a && !has_b) return CR_ROW_ALPHA_EMPTY;
    uint8_t *a = row + 4 * s->x0, *b = s->other + 4 * s->x0;
    int count = s->x1 - s->x0;
    switch (s->step->join) {
    case CR_JOIN_WIPE:
        for (int i = 0; i < count; i++)
            memset(s->mask + 4 * i, cr_wipe_at(&s->step->wipe, s->x0 + i, y), 4);
        kernels->mix_masked(a, b, s->mask, 4 * count);
        break;
    case CR_JOIN_DIP:
        dip(s, a, b, kernels);
        break;
    default:
        kernels->mix(a, b, s->step->share, 4 * count);
        break;
    }
    return CR_ROW_ALPHA_MIXED;
}

// Row [y] of a step into pixels [x0, x1) of [row].
static cr_row_alpha step_row(step_brush *s, int y, uint8_t *row, const cr_row_kernels *kernels)
{
    if (y < s->y0 || y >= s->y1) return CR_ROW_ALPHA_EMPTY;
    if (s->step->join == CR_JOIN_NONE) return cr_brush_rgba(&s->a, y, row);
    return join_row(s, y, row, kernels);
}

// --- on RGBA ---

static cr_status paint_rgb_step(const cr_band_job *job, cr_scratch *scratch, const cr_step *step,
                                uint8_t *canvas, int64_t stride, int y0, int y1)
{
    const cr_row_kernels *kernels = job->painter->kernels;
    cr_scratch_mark mark = cr_scratch_remember(scratch);
    step_brush s;
    uint8_t *row = take_row(scratch, job->width);
    if (!row) return CR_NOMEM;
    cr_status status = open_step(&s, job, scratch, step);
    if (status != CR_OK) return status;
    size_t size = 4 * (size_t)(s.x1 - s.x0);
    for (int y = y0 > s.y0 ? y0 : s.y0; y < y1 && y < s.y1; y++) {
        uint8_t *below = canvas + stride * (y - y0) + 4 * s.x0;
        cr_row_alpha alpha = step_row(&s, y, row, kernels);
        if (alpha == CR_ROW_ALPHA_EMPTY) continue;
        if (step->blend != CR_BLEND_NORMAL)
            cr_blend_row(step->blend, row + 4 * s.x0, below, s.x1 - s.x0);
        if (alpha == CR_ROW_ALPHA_OPAQUE)
            memcpy(below, row + 4 * s.x0, size);
        else
            kernels->over(below, row + 4 * s.x0, s.x1 - s.x0);
    }
    cr_scratch_rewind(scratch, mark);
    return CR_OK;
}

static void unpremultiply(uint8_t *out, const uint8_t *in, int count)
{
    for (int i = 0; i < count; i++) {
        unsigned alpha = in[4 * i + 3];
        for (int c = 0; c < 3; c++) {
            unsigned value = alpha ? (in[4 * i + c] * 255u + alpha / 2) / alpha : 0;
            out[4 * i + c] = value > 255 ? 255 : (uint8_t)value;
        }
        out[4 * i + 3] = (uint8_t)alpha;
    }
}

// The pixels beyond the canvas's edges that chroma takes part of.
static void repeat_ends(uint8_t *row, int width)
{
    memcpy(row - 4, row, 4);
    memcpy(row + 4 * width, row + 4 * (width - 1), 4);
}

static void opaque_to_planes(const cr_band_job *job, uint8_t *canvas, int64_t stride, int y0,
                             int y1)
{
    const cr_row_kernels *kernels = job->painter->kernels;
    cr_frame *out = job->out;
    for (int y = y0; y < y1; y++) {
        uint8_t *row = canvas + stride * (y - y0);
        uint8_t *luma = out->data[0] + out->stride[0] * y;
        memset(luma, 0, (size_t)job->width);
        kernels->over_luma(luma, row, job->to_yuv.y, job->width);
        repeat_ends(row, job->width);
    }
    int chroma_width = (job->width + 1) / 2;
    for (int y = y0; y < y1; y += 2) {
        const uint8_t *row0 = canvas + stride * (y - y0);
        const uint8_t *row1 = y + 1 < y1 ? row0 + stride : row0;
        uint8_t *u = out->data[1] + out->stride[1] * (y / 2);
        uint8_t *v = out->data[2] + out->stride[2] * (y / 2);
        memset(u, 0, (size_t)chroma_width);
        memset(v, 0, (size_t)chroma_width);
        kernels->over_chroma(u, v, row0, row1, &job->to_yuv, chroma_width);
    }
}

static uint8_t dot(const int16_t *weights, const unsigned color[3], unsigned one)
{
    int sum = weights[3] * (int)one + (1 << 14);
    for (int c = 0; c < 3; c++)
        sum += weights[c] * (int)color[c];
    sum >>= 15;
    if (sum < 0) return 0;
    return sum > 255 ? 255 : (uint8_t)sum;
}

// Straight colour of the weighted mean of the pixels around a chroma sample.
static void mean_color(const uint8_t *row0, const uint8_t *row1, unsigned color[3])
{
    unsigned sum[4] = {0};
    for (int c = 0; c < 4; c++) {
        sum[c] = row0[c - 4] + 2u * row0[c] + row0[c + 4];
        sum[c] += row1[c - 4] + 2u * row1[c] + row1[c + 4];
    }
    for (int c = 0; c < 3; c++) {
        color[c] = sum[3] ? (sum[c] * 255u + sum[3] / 2) / sum[3] : 0;
        if (color[c] > 255) color[c] = 255;
    }
}

static void alpha_to_planes(const cr_band_job *job, uint8_t *canvas, int64_t stride, int y0, int y1)
{
    cr_frame *out = job->out;
    for (int y = y0; y < y1; y++) {
        uint8_t *row = canvas + stride * (y - y0);
        for (int x = 0; x < job->width; x++) {
            uint8_t pixel[4];
            unpremultiply(pixel, row + 4 * x, 1);
            const unsigned color[3] = {pixel[0], pixel[1], pixel[2]};
            out->data[0][out->stride[0] * y + x] = dot(job->to_yuv.y, color, 255);
            out->data[3][out->stride[3] * y + x] = pixel[3];
        }
        repeat_ends(row, job->width);
    }
    for (int y = y0; y < y1; y += 2) {
        const uint8_t *row0 = canvas + stride * (y - y0);
        const uint8_t *row1 = y + 1 < y1 ? row0 + stride : row0;
        for (int x = 0; x < (job->width + 1) / 2; x++) {
            unsigned color[3];
            mean_color(row0 + 8 * x, row1 + 8 * x, color);
            out->data[1][out->stride[1] * (y / 2) + x] = dot(job->to_yuv.u, color, 255);
            out->data[2][out->stride[2] * (y / 2) + x] = dot(job->to_yuv.v, color, 255);
        }
    }
}

static void deliver(const cr_band_job *job, uint8_t *canvas, int64_t stride, int y0, int y1)
{
    if (job->out && job->out->pixel == CR_PIXEL_I420) {
        opaque_to_planes(job, canvas, stride, y0, y1);
    } else if (job->out && job->out->pixel == CR_PIXEL_I420A) {
        alpha_to_planes(job, canvas, stride, y0, y1);
    } else if (job->out) {
        for (int y = y0; y < y1; y++)
            unpremultiply(job->out->data[0] + job->out->stride[0] * y, canvas + stride * (y - y0),
                          job->width);
    } else {
        for (int y = y0; y < y1; y++)
            memcpy(job->buffer + 4 * (int64_t)job->width * y, canvas + stride * (y - y0),
                   4 * (size_t)job->width);
    }
}

static cr_status paint_rgb(const cr_band_job *job, cr_scratch *scratch, int y0, int y1)
{
    int64_t stride = 4 * ((int64_t)job->width + 2 * CR_ROW_PAD);
    uint8_t *canvas = cr_scratch_take(scratch, (size_t)(stride * (y1 - y0)));
    if (!canvas) return CR_NOMEM;
    canvas += 4 * CR_ROW_PAD;
    for (int y = y0; y < y1 && !job->skip_background; y++) {
        uint8_t *row = canvas + stride * (y - y0);
        for (int x = 0; x < job->width; x++)
            memcpy(row + 4 * x, job->background, 4);
    }
    for (int i = 0; i < job->step_count; i++) {
        cr_status status = paint_rgb_step(job, scratch, &job->steps[i], canvas, stride, y0, y1);
        if (status != CR_OK) return status;
    }
    deliver(job, canvas, stride, y0, y1);
    return CR_OK;
}

// --- on planes ---

static void fill_planes(const cr_band_job *job, int y0, int y1)
{
    const unsigned color[3] = {job->background[0], job->background[1], job->background[2]};
    const int16_t *const weights[3] = {job->to_yuv.y, job->to_yuv.u, job->to_yuv.v};
    for (int i = 0; i < 3; i++) {
        int from = i ? y0 / 2 : y0, to = i ? (y1 + 1) / 2 : y1;
        int width = i ? (job->width + 1) / 2 : job->width;
        uint8_t value = dot(weights[i], color, 255);
        for (int y = from; y < to; y++)
            memset(job->out->data[i] + job->out->stride[i] * y, value, (size_t)width);
    }
}

// What lies on the canvas in row [y], as RGBA.
static void read_back(const cr_band_job *job, int y, int x0, int x1, uint8_t *row, uint8_t *chroma)
{
    const cr_frame *out = job->out;
    const uint8_t *u = out->data[1] + out->stride[1] * (y / 2);
    const uint8_t *v = out->data[2] + out->stride[2] * (y / 2);
    uint8_t *full_v = chroma + 2 * (int64_t)job->width;
    int last = (job->width + 1) / 2 - 1;
    for (int x = x0; x < x1; x++) {
        int a = x / 2, b = (x + 1) / 2 > last ? last : (x + 1) / 2;
        chroma[x] = (uint8_t)((u[a] + u[b] + 1) / 2);
        full_v[x] = (uint8_t)((v[a] + v[b] + 1) / 2);
    }
    job->painter->kernels->yuv_to_rgba(row + 4 * x0, out->data[0] + out->stride[0] * y + x0,
                                       chroma + x0, full_v + x0, &job->to_rgb, x1 - x0);
}

// RGBA rows y and y + 1 of a step onto the planes.
static void lay_pair(const cr_band_job *job, step_brush *s, int y, uint8_t *const rows[2],
                     uint8_t *backdrop, uint8_t *chroma)
{
    const cr_row_kernels *kernels = job->painter->kernels;
    cr_frame *out = job->out;
    bool is_empty = true;
    int count = s->x1 - s->x0;
    for (int r = 0; r < 2; r++) {
        uint8_t *row = rows[r];
        cr_row_alpha alpha = CR_ROW_ALPHA_EMPTY;
        if (y + r < job->height) alpha = step_row(s, y + r, row, kernels);
        if (alpha == CR_ROW_ALPHA_EMPTY) {
            memset(row + 4 * s->x0, 0, 4 * (size_t)count);
        } else if (s->step->blend != CR_BLEND_NORMAL) {
            read_back(job, y + r, s->x0, s->x1, backdrop, chroma);
            cr_blend_row(s->step->blend, row + 4 * s->x0, backdrop + 4 * s->x0, count);
        }
        is_empty = is_empty && alpha == CR_ROW_ALPHA_EMPTY;
        if (s->x0 == 0) memcpy(row - 4, row, 4);
        if (s->x1 == job->width) memcpy(row + 4 * s->x1, row + 4 * (s->x1 - 1), 4);
    }
    if (is_empty) return;
    const uint8_t *second = y + 1 < job->height ? rows[1] : rows[0];
    for (int r = 0; r < 2 && y + r < job->height; r++)
        kernels->over_luma(out->data[0] + out->stride[0] * (y + r) + s->x0, rows[r] + 4 * s->x0,
                           job->to_yuv.y, count);
    int first = s->x0 / 2, last = (s->x1 + 1) / 2;
    // One more where only the neighbour to the left is touched.
    if (s->x1 % 2 == 0 && s->x1 < job->width) last++;
    kernels->over_chroma(out->data[1] + out->stride[1] * (y / 2) + first,
                         out->data[2] + out->stride[2] * (y / 2) + first, rows[0] + 8 * first,
                         second + 8 * first, &job->to_yuv, last - first);
}

static cr_status paint_plane_step(const cr_band_job *job, cr_scratch *scratch, const cr_step *step,
                                  int y0, int y1)
{
    cr_scratch_mark mark = cr_scratch_remember(scratch);
    step_brush s;
    cr_status status = open_step(&s, job, scratch, step);
    if (status != CR_OK) return status;
    if (step->join == CR_JOIN_NONE && step->a->in_planes) {
        cr_brush_planes(&s.a, job->out, y0, y1);
    } else {
        uint8_t *rows[2] = {take_row(scratch, job->width), take_row(scratch, job->width)};
        uint8_t *backdrop = take_row(scratch, job->width), *chroma = take_row(scratch, job->width);
        if (!rows[0] || !rows[1] || !backdrop || !chroma) return CR_NOMEM;
        int from = y0 > s.y0 ? y0 : s.y0 & ~1;
        for (int y = from; y < y1 && y < s.y1; y += 2)
            lay_pair(job, &s, y, rows, backdrop, chroma);
    }
    cr_scratch_rewind(scratch, mark);
    return CR_OK;
}

cr_status cr_band_paint(void *cookie, cr_scratch *scratch, int index)
{
    const cr_band_job *job = cookie;
    int y0 = index * CR_BAND_ROWS, y1 = y0 + CR_BAND_ROWS;
    if (y1 > job->height) y1 = job->height;
    if (job->in_rgb) return paint_rgb(job, scratch, y0, y1);
    if (!job->skip_background) fill_planes(job, y0, y1);
    for (int i = 0; i < job->step_count; i++) {
        cr_status status = paint_plane_step(job, scratch, &job->steps[i], y0, y1);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}
