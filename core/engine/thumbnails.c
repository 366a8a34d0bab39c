#include "engine/thumbnails.h"

#include "base/mem.h"
#include "engine/media_project.h"
#include "engine/picture.h"
#include "engine/pool.h"

enum {
    WIDTH_MAX = 4096,
    CACHE_BYTES = 24 << 20, // of decoded pictures: neighbours are asked for one after the other
};

struct cr_thumbnails {
    cr_project *project; // of this one file
    cr_pool *pool;
    cr_picture_maker *maker;
    int width, height;
};

static bool has_picture(const cr_sequence *film)
{
    for (int i = 0; i < film->track_count; i++) {
        const cr_track *track = film->tracks[i];
        if (track->kind == CR_TRACK_VIDEO && track->clip_count > 0) return true;
    }
    return false;
}

// The canvas is the file's own shape.
static void measure(cr_thumbnails *t, int height)
{
    const cr_settings *settings = &t->project->settings;
    int64_t width = cr_scale(height, settings->width, settings->height, CR_ROUND_NEAREST);
    t->height = height & ~1;
    t->width = (int)(width < 2 ? 2 : width > WIDTH_MAX ? WIDTH_MAX : width) & ~1;
}

static cr_status open_all(cr_thumbnails *t, const cr_host *host, const char *path, int height,
                          cr_fault *fault)
{
    cr_status status = cr_media_project(&t->project, &path, 1, "", host, fault);
    if (status != CR_OK) return status;
    if (!has_picture(cr_project_film(t->project)))
        return cr_fail(fault, CR_UNSUPPORTED, path, "there is no picture in it");
    measure(t, height);
    cr_pool_desc pool = {
        .asset_folder = "", .font_folder = "", .host = host, .cache_bytes_max = CACHE_BYTES};
    status = cr_pool_open(&t->pool, t->project, &pool, fault);
    if (status != CR_OK) return status;
    cr_picture_maker_desc maker = {
        .host = host, .width = t->width, .height = t->height, .pixel = CR_PIXEL_RGBA};
    return cr_picture_maker_open(&t->maker, t->project, t->pool, &maker, fault);
}

cr_status cr_thumbnails_open(cr_thumbnails **out, const cr_host *host, const char *path, int height,
                             cr_fault *fault)
{
    if (height < CR_THUMBNAIL_HEIGHT_MIN || height > CR_THUMBNAIL_HEIGHT_MAX)
        return cr_fail(fault, CR_LIMIT, path, "pictures are %d to %d pixels high",
                       CR_THUMBNAIL_HEIGHT_MIN, CR_THUMBNAIL_HEIGHT_MAX);
    cr_thumbnails *t = cr_alloc(1, sizeof *t);
    cr_status status = open_all(t, host, path, height, fault);
    if (status == CR_OK)
        *out = t;
    else
        cr_thumbnails_close(&t);
    return status;
}

void cr_thumbnails_close(cr_thumbnails **thumbnails)
{
    cr_thumbnails *closing = *thumbnails;
    if (!closing) return;
    cr_picture_maker_close(&closing->maker);
    cr_pool_close(&closing->pool);
    cr_project_drop(&closing->project);
    cr_free(closing);
    *thumbnails = NULL;
}

void cr_thumbnails_size(const cr_thumbnails *thumbnails, int *width, int *height)
{
    *width = thumbnails->width;
    *height = thumbnails->height;
}

cr_status cr_thumbnails_make(cr_thumbnails *thumbnails, cr_ticks at, cr_frame **out,
                             cr_fault *fault)
{
    const cr_sequence *film = cr_project_film(thumbnails->project);
    cr_ticks end = cr_sequence_duration(film);
    if (at >= end) at = end - 1;
    if (at < 0) at = 0;
    return cr_picture_make(thumbnails->maker, film, at, out, fault);
}
