#include "compositor/surface.h"

#include <string.h>

#include "base/assert.h"
#include "compositor/fixed_math.h"

enum { ROWS_A_TASK = 64 };

typedef struct job {
    const cr_plane *in;
    uint8_t *out;
    int64_t stride;
    int width, height; // of out
    int across, down;
    bool clockwise, mirrored;
    const cr_row_kernels *kernels;
    const cr_surface *surface;
    const uint8_t *alpha;
    int64_t alpha_stride;
    const cr_wide_to_709 *wide;
} job;

static int tasks_for(int rows)
{
    return (rows + ROWS_A_TASK - 1) / ROWS_A_TASK;
}

static int last_row(const job *j, int index)
{
    int end = (index + 1) * ROWS_A_TASK;
    return end < j->height ? end : j->height;
}

// Room for a plane in the plan's memory; rows begin aligned and may be read a little too far.
static cr_status plane_room(job *j, cr_painter *painter, int width, int height, int channels)
{
    j->width = width;
    j->height = height;
    j->stride = ((int64_t)width * channels + 63) / 64 * 64;
    if (painter->only_plans) return CR_OK;
    j->out = cr_scratch_take(&painter->plan, (size_t)j->stride * height + 64);
    return j->out ? CR_OK : CR_NOMEM;
}

static cr_status run(cr_painter *painter, job *j, cr_paint_task task)
{
    if (painter->only_plans) return CR_OK;
    return cr_painter_run(painter, tasks_for(j->height), task, j);
}

static void plane_becomes(cr_plane *plane, const job *j)
{
    plane->data = j->out;
    plane->stride = j->stride;
    plane->width = j->width;
    plane->height = j->height;
}

static cr_status turn_rows(void *cookie, cr_scratch *scratch, int index)
{
    const job *j = cookie;
    const cr_plane *in = j->in;
    (void)scratch;
    for (int y = index * ROWS_A_TASK; y < last_row(j, index); y++) {
        uint8_t *out = j->out + j->stride * y;
        // Column of the stored picture that becomes this row; mirroring comes before turning.
        int column = j->clockwise ? y : in->width - 1 - y;
        if (j->mirrored) column = in->width - 1 - column;
        for (int x = 0; x < j->width; x++) {
            int row = j->clockwise ? in->height - 1 - x : x;
            const uint8_t *sample = in->data + in->stride * row + (int64_t)column * in->channels;
            if (in->channels == 1)
                out[x] = *sample;
            else
                memcpy(out + 4 * x, sample, 4);
        }
    }
    return CR_OK;
}

// Where chroma lies after a turn: what was across is now down.
static void turn_chroma(cr_surface *s, bool clockwise, bool mirrored)
{
    int64_t scale_x = s->chroma_scale[0], offset_x = s->chroma_offset[0];
    int64_t scale_y = s->chroma_scale[1], offset_y = s->chroma_offset[1];
    bool column_reversed = clockwise == mirrored, row_reversed = clockwise;
    // Reversed: chroma place' = chroma size − (luma size − place') × scale − offset.
    int64_t chroma_w = (int64_t)s->planes[1].height, chroma_h = (int64_t)s->planes[1].width;
    if (column_reversed) offset_x = chroma_w * CR_Q32_ONE - s->height * scale_x - offset_x;
    if (row_reversed) offset_y = chroma_h * CR_Q32_ONE - s->width * scale_y - offset_y;
    s->chroma_scale[0] = scale_y;
    s->chroma_offset[0] = offset_y;
    s->chroma_scale[1] = scale_x;
    s->chroma_offset[1] = offset_x;
}

static cr_status turn(cr_surface *s, cr_painter *painter, cr_orientation orientation)
{
    bool clockwise = orientation.quarter_turns == 1;
    s->turn = orientation;
    for (int i = 0; i < s->plane_count; i++) {
        job j = {.in = &s->planes[i], .clockwise = clockwise, .mirrored = orientation.mirrored};
        cr_status status = plane_room(&j, painter, j.in->height, j.in->width, j.in->channels);
        if (status == CR_OK) status = run(painter, &j, turn_rows);
        if (status != CR_OK) return status;
        plane_becomes(&s->planes[i], &j);
    }
    s->width = s->planes[0].width;
    s->height = s->planes[0].height;
    if (s->plane_count == 3) turn_chroma(s, clockwise, orientation.mirrored);
    return CR_OK;
}

// Rows of any layout as straight RGBA of BT.709 or sRGB.
static cr_status rewrite_rows(void *cookie, cr_scratch *scratch, int index)
{
    const job *j = cookie;
    const cr_surface *s = j->surface;
    uint8_t *chroma = cr_scratch_take(scratch, 2 * ((size_t)j->width + 64));
    if (!chroma) return CR_NOMEM;
    uint8_t *u = chroma, *v = chroma + j->width + 64;
    for (int y = index * ROWS_A_TASK; y < last_row(j, index); y++) {
        uint8_t *out = j->out + j->stride * y;
        if (s->plane_count == 1) {
            memcpy(out, s->planes[0].data + s->planes[0].stride * y, 4 * (size_t)j->width);
        } else {
            int row = s->chroma_scale[1] == CR_Q32_ONE ? y : y / 2;
            const uint8_t *pu = s->planes[1].data + s->planes[1].stride * row;
            const uint8_t *pv = s->planes[2].data + s->planes[2].stride * row;
            int halved = s->chroma_scale[0] == CR_Q32_ONE ? 0 : 1;
            for (int x = 0; x < j->width; x++) {
                // Odd columns lie between two chroma samples.
                int a = x >> halved, b = (x + halved) >> halved;
                if (b >= s->planes[1].width) b = a;
                u[x] = (uint8_t)((pu[a] + pu[b] + 1) / 2);
                v[x] = (uint8_t)((pv[a] + pv[b] + 1) / 2);
            }
            j->kernels->yuv_to_rgba(out, s->planes[0].data + s->planes[0].stride * y, u, v,
                                    &s->to_rgb, j->width);
        }
        if (j->alpha) {
            const uint8_t *alpha = j->alpha + j->alpha_stride * y;
            for (int x = 0; x < j->width; x++)
                out[4 * x + 3] = alpha[x];
        }
        if (j->wide) cr_wide_to_709_row(j->wide, out, j->width);
    }
    return CR_OK;
}

static void becomes_rgba(cr_surface *s, const job *j, bool is_straight)
{
    plane_becomes(&s->planes[0], j);
    s->planes[0].channels = 4;
    s->planes[0].is_straight = is_straight;
    s->planes[0].is_opaque = s->is_opaque;
    s->plane_count = 1;
}

static cr_status rewrite(cr_surface *s, cr_painter *painter, const cr_frame *frame)
{
    job j = {.kernels = painter->kernels, .surface = s};
    cr_status status = plane_room(&j, painter, s->width, s->height, 4);
    if (status != CR_OK) return status;
    s->is_rewritten = true;
    if (frame->pixel == CR_PIXEL_I420A) {
        j.alpha = frame->data[3];
        j.alpha_stride = frame->stride[3];
    }
    if (cr_color_is_wide(s->color) && !painter->only_plans) {
        cr_wide_to_709 *wide = cr_scratch_take(&painter->plan, sizeof *wide);
        if (!wide) return CR_NOMEM;
        cr_wide_to_709_make(wide, s->color);
        j.wide = wide;
    }
    status = run(painter, &j, rewrite_rows);
    if (status == CR_OK) becomes_rgba(s, &j, true);
    return status;
}

static cr_status open_planes(cr_surface *s, cr_painter *painter, const cr_frame *frame)
{
    s->width = frame->width;
    s->height = frame->height;
    s->blocks_across = s->blocks_down = 1;
    s->plane_count = frame->pixel == CR_PIXEL_RGBA ? 1 : 3;
    s->is_opaque = !cr_pixel_has_alpha(frame->pixel);
    s->color = cr_color_complete(frame->color, cr_pixel_is_rgb(frame->pixel), frame->height);
    bool halved_x = frame->pixel != CR_PIXEL_I444 && frame->pixel != CR_PIXEL_GRAY;
    bool halved_y = halved_x && frame->pixel != CR_PIXEL_I422;
    s->chroma_scale[0] = halved_x ? CR_Q32_ONE / 2 : CR_Q32_ONE;
    s->chroma_scale[1] = halved_y ? CR_Q32_ONE / 2 : CR_Q32_ONE;
    s->chroma_offset[0] = halved_x ? CR_Q32_ONE / 4 : 0; // cosited with even columns
    for (int i = 0; i < s->plane_count; i++) {
        bool is_chroma = i > 0;
        s->planes[i] =
            (cr_plane){.data = frame->data[i],
                       .stride = frame->stride[i],
                       .width = (s->width + (is_chroma && halved_x)) >> (is_chroma && halved_x),
                       .height = (s->height + (is_chroma && halved_y)) >> (is_chroma && halved_y),
                       .channels = s->plane_count == 1 ? 4 : 1,
                       .is_straight = s->plane_count == 1,
                       .is_opaque = s->is_opaque};
    }
    if (s->plane_count == 3) {
        if (frame->pixel == CR_PIXEL_GRAY && !painter->only_plans) {
            // One row of "no colour" stands for all.
            uint8_t *none = cr_scratch_take(&painter->plan, (size_t)frame->width + 64);
            if (!none) return CR_NOMEM;
            memset(none, 128, (size_t)frame->width + 64);
            for (int i = 1; i < 3; i++) {
                s->planes[i].data = none;
                s->planes[i].stride = 0;
            }
        }
        cr_yuv_to_rgb_make(&s->to_rgb, s->color);
    }
    return CR_OK;
}

cr_status cr_surface_open_frame(cr_surface *out, cr_painter *painter, const cr_frame *frame)
{
    *out = (cr_surface){0};
    cr_status status = open_planes(out, painter, frame);
    if (status != CR_OK) return status;
    if (frame->pixel == CR_PIXEL_I420A || cr_color_is_wide(out->color)) {
        status = rewrite(out, painter, frame);
        if (status != CR_OK) return status;
    }
    int turns = frame->orientation.quarter_turns & 3;
    if (turns == 1 || turns == 3) return turn(out, painter, frame->orientation);
    out->mirrored = frame->orientation.mirrored != (turns == 2);
    out->upside_down = turns == 2;
    return CR_OK;
}

void cr_surface_open_solid(cr_surface *out, uint32_t color, int width, int height)
{
    *out = (cr_surface){.width = width, .height = height, .is_opaque = (color & 255) == 255};
    cr_color_premultiplied(color, out->solid);
}

void cr_surface_open_buffer(cr_surface *out, uint8_t *rgba, int width, int height)
{
    *out = (cr_surface){
        .plane_count = 1, .width = width, .height = height, .blocks_across = 1, .blocks_down = 1};
    out->planes[0] = (cr_plane){.data = rgba,
                                .stride = 4 * (int64_t)width,
                                .width = width,
                                .height = height,
                                .channels = 4};
}

static void average_row(const job *j, int y, uint32_t *sums)
{
    const cr_plane *in = j->in;
    int channels = in->channels, top = y * j->down;
    int bottom = top + j->down < in->height ? top + j->down : in->height;
    memset(sums, 0, (size_t)j->width * channels * sizeof *sums);
    for (int row = top; row < bottom; row++) {
        const uint8_t *samples = in->data + in->stride * row;
        for (int x = 0, column = 0; x < j->width; x++) {
            int end = column + j->across < in->width ? column + j->across : in->width;
            for (; column < end; column++) {
                for (int c = 0; c < channels; c++)
                    sums[x * channels + c] += samples[column * channels + c];
            }
        }
    }
    uint8_t *out = j->out + j->stride * y;
    for (int x = 0; x < j->width; x++) {
        int left = x * j->across;
        int right = left + j->across < in->width ? left + j->across : in->width;
        uint64_t count = (uint64_t)(right - left) * (uint64_t)(bottom - top);
        for (int c = 0; c < channels; c++)
            out[x * channels + c] = (uint8_t)((sums[x * channels + c] + count / 2) / count);
    }
}

static cr_status reduce_rows(void *cookie, cr_scratch *scratch, int index)
{
    const job *j = cookie;
    uint32_t *sums = cr_scratch_take(scratch, (size_t)j->width * j->in->channels * sizeof *sums);
    if (!sums) return CR_NOMEM;
    for (int y = index * ROWS_A_TASK; y < last_row(j, index); y++)
        average_row(j, y, sums);
    return CR_OK;
}

cr_status cr_surface_reduce(cr_surface *s, cr_painter *painter, int across, int down)
{
    cr_status status = cr_surface_premultiply(s, painter);
    for (int i = 0; status == CR_OK && i < s->plane_count; i++) {
        job j = {.in = &s->planes[i], .across = across, .down = down};
        status = plane_room(&j, painter, (j.in->width + across - 1) / across,
                            (j.in->height + down - 1) / down, j.in->channels);
        if (status == CR_OK) status = run(painter, &j, reduce_rows);
        if (status == CR_OK) plane_becomes(&s->planes[i], &j);
    }
    s->chroma_offset[0] /= across;
    s->chroma_offset[1] /= down;
    s->blocks_across = across;
    s->blocks_down = down;
    return status;
}

static cr_status premultiply_rows(void *cookie, cr_scratch *scratch, int index)
{
    const job *j = cookie;
    (void)scratch;
    for (int y = index * ROWS_A_TASK; y < last_row(j, index); y++)
        (void)j->kernels->premultiply(j->out + j->stride * y, j->in->data + j->in->stride * y,
                                      j->width);
    return CR_OK;
}

cr_status cr_surface_premultiply(cr_surface *s, cr_painter *painter)
{
    if (s->plane_count != 1 || !s->planes[0].is_straight) return CR_OK;
    job j = {.in = &s->planes[0], .kernels = painter->kernels};
    cr_status status = plane_room(&j, painter, s->width, s->height, 4);
    if (status == CR_OK) status = run(painter, &j, premultiply_rows);
    if (status == CR_OK) becomes_rgba(s, &j, false);
    return status;
}
