#include "engine/preview_pictures.h"

#include "base/mem.h"
#include "engine/picture.h"

enum { SIDE_MIN = 16 };

struct cr_preview_pictures {
    const cr_host *host;
    const cr_preview_screen *screen;
    cr_pool *pool;
    cr_project *project;
    cr_preview_quality quality;
    cr_picture_maker *maker; // of this quality; NULL until it is needed
};

cr_preview_pictures *cr_preview_pictures_open(const cr_preview_desc *desc, cr_pool *pool)
{
    cr_preview_pictures *pictures = cr_alloc(1, sizeof *pictures);
    pictures->host = desc->host;
    pictures->screen = desc->screen;
    pictures->pool = pool;
    pictures->quality = CR_QUALITY_FULL;
    return pictures;
}

void cr_preview_pictures_close(cr_preview_pictures **pictures)
{
    cr_preview_pictures *closing = *pictures;
    if (!closing) return;
    cr_picture_maker_close(&closing->maker);
    cr_project_drop(&closing->project);
    cr_free(closing);
    *pictures = NULL;
}

void cr_preview_pictures_set_project(cr_preview_pictures *pictures, const cr_project *project)
{
    cr_picture_maker_close(&pictures->maker);
    cr_project_drop(&pictures->project);
    pictures->project = cr_project_keep(project);
}

void cr_preview_pictures_set_quality(cr_preview_pictures *pictures, cr_preview_quality quality)
{
    if (pictures->quality == quality) return;
    pictures->quality = quality;
    cr_picture_maker_close(&pictures->maker);
}

// Even, as planes with halved chroma are.
static int reduced(int side, cr_preview_quality quality)
{
    int divisor = quality == CR_QUALITY_QUARTER ? 4 : quality == CR_QUALITY_HALF ? 2 : 1;
    int made = divisor == 1 ? side : (side / divisor) & ~1;
    return made < SIDE_MIN ? SIDE_MIN : made;
}

static cr_status open_maker(cr_preview_pictures *pictures, cr_fault *fault)
{
    if (pictures->maker) return CR_OK;
    const cr_settings *settings = &pictures->project->settings;
    cr_picture_maker_desc desc = {.host = pictures->host,
                                  .width = reduced(settings->width, pictures->quality),
                                  .height = reduced(settings->height, pictures->quality),
                                  .pixel = CR_PIXEL_I420,
                                  .leaves_holes = true};
    return cr_picture_maker_open(&pictures->maker, pictures->project, pictures->pool, &desc, fault);
}

// By the screen's own painter. CR_UNSUPPORTED: not this one.
static cr_status paint(cr_preview_pictures *pictures, const cr_sequence *sequence, cr_ticks at,
                       cr_fault *fault)
{
    const cr_preview_screen *screen = pictures->screen;
    if (!screen || !screen->paint) return CR_UNSUPPORTED;
    cr_picture picture = {0};
    cr_status status = cr_picture_compose(pictures->maker, sequence, at, &picture, fault);
    return status == CR_OK ? screen->paint(screen->cookie, &picture) : status;
}

static cr_status make(cr_preview_pictures *pictures, const cr_sequence *sequence, cr_ticks at,
                      cr_fault *fault)
{
    cr_frame *frame = NULL;
    cr_status status = cr_picture_make(pictures->maker, sequence, at, &frame, fault);
    if (status == CR_OK && pictures->screen)
        status = pictures->screen->show(pictures->screen->cookie, frame);
    cr_frame_drop(&frame);
    return status;
}

cr_status cr_preview_pictures_show(cr_preview_pictures *pictures, const cr_sequence *sequence,
                                   cr_ticks at, cr_fault *fault)
{
    cr_status status = open_maker(pictures, fault);
    if (status != CR_OK) return status;
    status = paint(pictures, sequence, at, fault);
    if (status == CR_UNSUPPORTED) status = make(pictures, sequence, at, fault);
    return status;
}
