#include "compositor/paint_gl_frame.h"

#include <string.h>

// Pictures that a frame survives without being shown.
enum { IDLE_MAX = 16 };

static void give_back(cr_gl_planes *planes)
{
    for (int i = 0; i < 3; i++)
        cr_gl_give_back(&planes->textures[i]);
}

static int64_t bytes_of(const cr_gl_planes *planes)
{
    int64_t bytes = 0;
    for (int i = 0; i < 3; i++)
        bytes += cr_gl_texture_bytes(planes->textures[i]);
    return bytes;
}

static void weigh(cr_gl_frames *frames, cr_gl_frame *entry)
{
    frames->bytes -= entry->bytes;
    entry->bytes = bytes_of(&entry->ready) + bytes_of(&entry->reduced);
    frames->bytes += entry->bytes;
}

static void drop(cr_gl_frames *frames, int index)
{
    cr_gl_frame *entry = &frames->entries[index];
    frames->bytes -= entry->bytes;
    give_back(&entry->ready);
    give_back(&entry->reduced);
    cr_frame_drop(&entry->frame);
    frames->entries[index] = frames->entries[--frames->count];
}

static int find_oldest(const cr_gl_frames *frames)
{
    int oldest = 0;
    for (int i = 1; i < frames->count; i++) {
        if (frames->entries[i].idle > frames->entries[oldest].idle) oldest = i;
    }
    return oldest;
}

void cr_gl_frames_end(cr_gl_frames *frames)
{
    for (int i = frames->count - 1; i >= 0; i--) {
        if (frames->entries[i].idle++ >= IDLE_MAX) drop(frames, i);
    }
    while (frames->count > 0 && frames->bytes > frames->bytes_max) {
        int oldest = find_oldest(frames);
        if (frames->entries[oldest].idle <= 1) return; // in the picture that was just painted
        drop(frames, oldest);
    }
}

void cr_gl_frames_clear(cr_gl_frames *frames)
{
    while (frames->count > 0)
        drop(frames, frames->count - 1);
}

// --- making frames ready ---

static void upload(cr_gl_device *device, const cr_frame *frame, cr_gl_texture *planes[4])
{
    cr_gl_format format = frame->pixel == CR_PIXEL_RGBA ? CR_GL_RGBA8 : CR_GL_R8;
    int bytes = format == CR_GL_RGBA8 ? 4 : 1;
    for (int i = 0; i < cr_pixel_planes(frame->pixel); i++) {
        int width = cr_pixel_row_bytes(frame->pixel, i, frame->width) / bytes;
        int height = cr_pixel_rows(frame->pixel, i, frame->height);
        planes[i] = cr_gl_take(device, format, width, height, 1);
        cr_gl_upload(device, planes[i], width, height, frame->data[i], frame->stride[i]);
    }
    if (frame->pixel != CR_PIXEL_GRAY) return;
    // One sample of "no colour" stands for all.
    const uint8_t none[4] = {128, 128, 128, 128};
    for (int i = 1; i < 3; i++) {
        planes[i] = cr_gl_take(device, CR_GL_R8, 1, 1, 1);
        cr_gl_fill(device, planes[i], none);
    }
}

static cr_gl_texture *wide_table(cr_gl_device *device, cr_color color)
{
    enum { ROWS = 18 }; // linear light, then 4097 steps of the curve
    cr_wide_to_709 tables;
    cr_wide_to_709_make(&tables, color);
    int32_t data[ROWS * 256] = {0};
    memcpy(data, tables.linear, sizeof tables.linear);
    for (int i = 0; i <= 4096; i++)
        data[256 + i] = tables.curve[i];
    int32_t matrix[9];
    memcpy(matrix, tables.matrix, sizeof matrix);
    cr_gl_set(device, CR_GL_wide_matrix, 3, 3, matrix);
    cr_gl_set_1(device, CR_GL_wide_brightest, tables.brightest);
    cr_gl_texture *table = cr_gl_take(device, CR_GL_R32I, 256, ROWS, 1);
    cr_gl_upload(device, table, 256, ROWS, data, 0);
    cr_gl_bind(device, CR_GL_table0, table, 0);
    return table;
}

// Stored planes become one of premultiplied RGBA.
static cr_gl_texture *to_rgba(cr_gl_device *device, const cr_frame *frame, cr_gl_texture *planes[4],
                              cr_color color)
{
    bool is_yuv = frame->pixel != CR_PIXEL_RGBA, is_wide = cr_color_is_wide(color);
    bool halved_x = is_yuv && frame->pixel != CR_PIXEL_I444 && frame->pixel != CR_PIXEL_GRAY;
    cr_gl_variant variant = {
        .SOURCE = is_yuv ? 2 : 1, .ALPHA = frame->pixel == CR_PIXEL_I420A, .WIDE = is_wide};
    cr_gl_texture *out = cr_gl_take(device, CR_GL_RGBA8, frame->width, frame->height, 1);
    cr_gl_use(device, "prepare", &variant);
    cr_gl_texture *table = is_wide ? wide_table(device, color) : NULL;
    for (int i = 0; i < 3; i++)
        cr_gl_bind(device, (cr_gl_unit)(CR_GL_plane0 + i), planes[i], 0);
    cr_gl_bind(device, CR_GL_backdrop, planes[3], 0);
    cr_gl_set_2(device, CR_GL_halved, halved_x, halved_x && frame->pixel != CR_PIXEL_I422);
    if (is_yuv) {
        cr_yuv_to_rgb m;
        cr_yuv_to_rgb_make(&m, color);
        cr_gl_set_to_rgb(device, &m);
    }
    cr_gl_draw(device, out, 0, 0, frame->width, frame->height);
    cr_gl_give_back(&table);
    return out;
}

static void turn(cr_gl_device *device, cr_gl_texture **plane, cr_orientation orientation)
{
    cr_gl_texture *from = *plane;
    if (!from) return;
    *plane = cr_gl_take(device, from->format, from->height, from->width, 1);
    cr_gl_use(device, "turn", &(cr_gl_variant){0});
    cr_gl_bind(device, CR_GL_plane0, from, 0);
    cr_gl_set_2(device, CR_GL_turn, orientation.quarter_turns == 1, orientation.mirrored);
    cr_gl_draw(device, *plane, 0, 0, from->height, from->width);
    cr_gl_give_back(&from);
}

static void make_ready(cr_gl_device *device, cr_gl_frame *entry, const cr_surface *surface)
{
    cr_gl_texture *planes[4] = {NULL};
    upload(device, entry->frame, planes);
    if (surface->is_rewritten || entry->frame->pixel == CR_PIXEL_RGBA) {
        entry->ready.textures[0] = to_rgba(device, entry->frame, planes, surface->color);
    } else {
        for (int i = 0; i < 3; i++) {
            entry->ready.textures[i] = planes[i];
            planes[i] = NULL;
        }
    }
    for (int i = 0; i < 4; i++)
        cr_gl_give_back(&planes[i]);
    if (surface->turn.quarter_turns == 0) return;
    for (int i = 0; i < 3; i++)
        turn(device, &entry->ready.textures[i], surface->turn);
}

static void reduce(cr_gl_device *device, cr_gl_frame *entry, const cr_surface *surface)
{
    give_back(&entry->reduced);
    entry->across = surface->blocks_across;
    entry->down = surface->blocks_down;
    for (int i = 0; i < surface->plane_count; i++) {
        cr_gl_texture *from = entry->ready.textures[i];
        if (!from) return;
        int width = (from->width + entry->across - 1) / entry->across;
        int height = (from->height + entry->down - 1) / entry->down;
        entry->reduced.textures[i] = cr_gl_take(device, from->format, width, height, 1);
        cr_gl_use(device, "reduce", &(cr_gl_variant){0});
        cr_gl_bind(device, CR_GL_plane0, from, 0);
        cr_gl_set_2(device, CR_GL_block, entry->across, entry->down);
        cr_gl_draw(device, entry->reduced.textures[i], 0, 0, width, height);
    }
}

static cr_gl_frame *find(cr_gl_frames *frames, const cr_frame *frame)
{
    for (int i = 0; i < frames->count; i++) {
        if (frames->entries[i].frame == frame) return &frames->entries[i];
    }
    return NULL;
}

cr_gl_planes cr_gl_frames_get(cr_gl_frames *frames, cr_gl_device *device, const cr_frame *frame,
                              const cr_surface *surface)
{
    cr_gl_frame *entry = find(frames, frame);
    if (!entry) {
        if (!frame->data[0]) {
            cr_gl_fail(device, CR_INVALID,
                       "A picture that is still with its decoder was to be "
                       "painted.");
            return (cr_gl_planes){0};
        }
        if (frames->count == CR_GL_FRAMES_MAX) drop(frames, find_oldest(frames));
        entry = &frames->entries[frames->count++];
        *entry = (cr_gl_frame){.frame = cr_frame_keep((cr_frame *)frame)};
        make_ready(device, entry, surface);
        frames->uploads++;
        weigh(frames, entry);
    }
    entry->idle = 0;
    if (surface->blocks_across == 1 && surface->blocks_down == 1) return entry->ready;
    if (entry->across != surface->blocks_across || entry->down != surface->blocks_down) {
        reduce(device, entry, surface);
        weigh(frames, entry);
    }
    return entry->reduced;
}
