#include "engine/shown_pictures.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "codec/frame_host.h"

// However small they are: all are looked through at every picture.
enum { PICTURES_MAX = 256 };

typedef struct entry {
    char *asset;
    cr_range on;
    cr_frame *frame;
    int64_t bytes;
    int64_t used; // the count of finds and adds then
} entry;

struct cr_shown_pictures {
    entry entries[PICTURES_MAX];
    int count;
    int64_t bytes, bytes_max;
    int64_t uses;
};

cr_shown_pictures *cr_shown_pictures_open(int64_t bytes_max)
{
    cr_shown_pictures *shown = cr_alloc(1, sizeof *shown);
    shown->bytes_max = bytes_max;
    return shown;
}

static void drop(cr_shown_pictures *shown, int index)
{
    entry *gone = &shown->entries[index];
    shown->bytes -= gone->bytes;
    cr_frame_drop(&gone->frame);
    cr_free(gone->asset);
    *gone = shown->entries[--shown->count];
}

void cr_shown_pictures_close(cr_shown_pictures **shown)
{
    cr_shown_pictures *closing = *shown;
    if (!closing) return;
    while (closing->count > 0)
        drop(closing, closing->count - 1);
    cr_free(closing);
    *shown = NULL;
}

static int64_t bytes_of(const cr_frame *frame)
{
    int64_t bytes = 0;
    for (int i = 0; i < cr_pixel_planes(frame->pixel); i++)
        bytes += (int64_t)frame->stride[i] * cr_pixel_rows(frame->pixel, i, frame->height);
    return bytes;
}

static int find(const cr_shown_pictures *shown, const char *asset, cr_ticks at)
{
    for (int i = 0; i < shown->count; i++) {
        const entry *e = &shown->entries[i];
        if (at >= e->on.start && at < cr_range_end(e->on) && strcmp(e->asset, asset) == 0) return i;
    }
    return -1;
}

static void drop_oldest(cr_shown_pictures *shown)
{
    int oldest = 0;
    for (int i = 1; i < shown->count; i++)
        if (shown->entries[i].used < shown->entries[oldest].used) oldest = i;
    drop(shown, oldest);
}

void cr_shown_pictures_add(cr_shown_pictures *shown, const char *asset, cr_range on,
                           cr_frame *frame)
{
    if (on.duration <= 0 || cr_frame_is_remote(frame)) return;
    int64_t bytes = bytes_of(frame);
    if (bytes > shown->bytes_max) return;
    int known = find(shown, asset, on.start);
    if (known >= 0) drop(shown, known);
    while (shown->count == PICTURES_MAX || shown->bytes + bytes > shown->bytes_max)
        drop_oldest(shown);
    shown->entries[shown->count++] = (entry){.asset = cr_strdup(asset),
                                             .on = on,
                                             .frame = cr_frame_keep(frame),
                                             .bytes = bytes,
                                             .used = ++shown->uses};
    shown->bytes += bytes;
}

cr_frame *cr_shown_pictures_find(cr_shown_pictures *shown, const char *asset, cr_ticks at)
{
    int found = find(shown, asset, at);
    if (found < 0) return NULL;
    shown->entries[found].used = ++shown->uses;
    return cr_frame_keep(shown->entries[found].frame);
}

void cr_shown_pictures_forget(cr_shown_pictures *shown, const char *asset)
{
    for (int i = shown->count - 1; i >= 0; i--)
        if (strcmp(shown->entries[i].asset, asset) == 0) drop(shown, i);
}

int64_t cr_shown_pictures_bytes(const cr_shown_pictures *shown)
{
    return shown->bytes;
}
