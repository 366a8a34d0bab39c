#include "codec/frame_host.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"

// What a hosted frame owns.
typedef struct hosted {
    const cr_host_codecs *codecs;
    uint32_t picture; // 0: closed
    cr_frame *planes; // where they are, or are on their way to
} hosted;

// The memory may be written to until the picture is closed.
static void release_hosted(void *cookie)
{
    hosted *own = cookie;
    if (own->picture) own->codecs->close_picture(own->codecs->cookie, own->picture);
    cr_frame_drop(&own->planes);
    cr_free(own);
}

cr_status cr_frame_of_host(cr_frame **out, const cr_host_codecs *codecs,
                           const cr_host_picture *picture)
{
    hosted *own = cr_alloc(1, sizeof *own);
    own->codecs = codecs;
    own->picture = picture->id;
    uint8_t *const data[CR_PLANES_MAX] = {NULL};
    const ptrdiff_t stride[CR_PLANES_MAX] = {0};
    cr_frame *frame = NULL;
    cr_status status = cr_frame_wrap(&frame, picture->pixel, picture->width, picture->height, data,
                                     stride, release_hosted, own);
    if (status != CR_OK) {
        release_hosted(own);
        return status;
    }
    frame->host_picture = picture->id;
    frame->pts = picture->pts;
    *out = frame;
    return CR_OK;
}

static cr_frame *origin_of(const cr_frame *frame)
{
    return frame->origin ? frame->origin : (cr_frame *)(uintptr_t)frame;
}

bool cr_frame_is_remote(const cr_frame *frame)
{
    return !origin_of(frame)->data[0];
}

static cr_status fetch_planes(cr_frame *frame, hosted *own)
{
    if (!own->planes) {
        cr_status status = cr_frame_make(&own->planes, frame->pixel, frame->width, frame->height);
        if (status != CR_OK) return status;
    }
    cr_status status = own->codecs->fetch_picture(own->codecs->cookie, own->picture,
                                                  own->planes->data, own->planes->stride);
    if (status != CR_OK) return status;
    memcpy(frame->data, own->planes->data, sizeof frame->data);
    memcpy(frame->stride, own->planes->stride, sizeof frame->stride);
    return CR_OK;
}

cr_status cr_frame_fetch(cr_frame *frame, const cr_host *host, bool keep)
{
    cr_frame *origin = origin_of(frame);
    if (origin->host_picture) {
        CR_REQUIRE(origin->release == release_hosted);
        hosted *own = origin->cookie;
        CR_REQUIRE(own->codecs == host->codecs);
        cr_status status = origin->data[0] ? CR_OK : fetch_planes(origin, own);
        if (status != CR_OK) return status;
        if (!keep) {
            own->codecs->close_picture(own->codecs->cookie, own->picture);
            own->picture = origin->host_picture = 0;
        }
    }
    if (frame != origin) {
        memcpy(frame->data, origin->data, sizeof frame->data);
        memcpy(frame->stride, origin->stride, sizeof frame->stride);
        frame->host_picture = origin->host_picture;
    }
    return CR_OK;
}
