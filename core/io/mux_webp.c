// WebP: one picture is the file itself, several become an animation through libwebpmux. The coded
// pictures are held until the end: the container begins with its whole length.
#include <string.h>
#include <webp/mux.h>

#include "base/mem.h"
#include "io/mux_backend.h"

typedef struct mux_webp {
    cr_sink *sink;
    WebPMux *mux;
    cr_packet *first; // held back: alone, it is the file
    int count;
    int64_t bytes;
} mux_webp;

static cr_status webp_open(void **state, const cr_mux_desc *desc,
                           const cr_stream_info *const streams[], int stream_count, cr_sink *sink,
                           cr_fault *fault)
{
    (void)desc;
    if (stream_count != 1 || strcmp(streams[0]->codec, "webp") != 0)
        return cr_fail(fault, CR_UNSUPPORTED, sink->name, "WebP holds pictures only");
    mux_webp *webp = cr_alloc(1, sizeof *webp);
    webp->sink = sink;
    webp->mux = WebPMuxNew();
    if (!webp->mux) {
        cr_free(webp);
        return CR_NOMEM;
    }
    *state = webp;
    return CR_OK;
}

static cr_status add_picture(mux_webp *webp, const cr_packet *packet)
{
    WebPMuxFrameInfo picture = {
        .bitstream = {packet->data, packet->size},
        .id = WEBP_CHUNK_ANMF,
        .dispose_method = WEBP_MUX_DISPOSE_NONE,
        .blend_method = WEBP_MUX_NO_BLEND,
        // Between rounded ends, so that the whole is as long as it should be.
        .duration = (int)(cr_ticks_to_milliseconds(packet->pts + packet->duration) -
                          cr_ticks_to_milliseconds(packet->pts)),
    };
    WebPMuxError error = WebPMuxPushFrame(webp->mux, &picture, 1);
    if (error == WEBP_MUX_OK) return CR_OK;
    return error == WEBP_MUX_MEMORY_ERROR ? CR_NOMEM : CR_CORRUPT;
}

static cr_status webp_write(void *state, const cr_packet *packet)
{
    mux_webp *webp = state;
    webp->bytes += (int64_t)packet->size;
    if (webp->count++ == 0) {
        webp->first = cr_packet_keep((cr_packet *)(uintptr_t)packet); // only its count changes
        return CR_OK;
    }
    cr_status status = webp->first ? add_picture(webp, webp->first) : CR_OK;
    cr_packet_drop(&webp->first);
    return status == CR_OK ? add_picture(webp, packet) : status;
}

static cr_status write_animation(mux_webp *webp)
{
    WebPMuxAnimParams endless = {.bgcolor = 0, .loop_count = 0};
    WebPData whole = {0};
    if (WebPMuxSetAnimationParams(webp->mux, &endless) != WEBP_MUX_OK ||
        WebPMuxAssemble(webp->mux, &whole) != WEBP_MUX_OK)
        return CR_NOMEM;
    cr_status status = webp->sink->write_at(webp->sink, 0, whole.bytes, whole.size);
    webp->bytes = (int64_t)whole.size;
    WebPDataClear(&whole);
    return status;
}

static cr_status webp_finish(void *state, cr_fault *fault)
{
    mux_webp *webp = state;
    cr_status status = CR_OK;
    if (webp->first)
        status = webp->sink->write_at(webp->sink, 0, webp->first->data, webp->first->size);
    else if (webp->count > 0)
        status = write_animation(webp);
    if (status != CR_OK)
        return cr_fail(fault, status, webp->sink->name, "the animation cannot be written (%s)",
                       cr_status_text(status));
    return CR_OK;
}

static void webp_close(void *state)
{
    mux_webp *webp = state;
    cr_packet_drop(&webp->first);
    WebPMuxDelete(webp->mux);
    cr_free(webp);
}

static int64_t webp_bytes(const void *state)
{
    return ((const mux_webp *)state)->bytes;
}

const cr_mux_backend cr_mux_webp = {
    .open = webp_open,
    .write = webp_write,
    .finish = webp_finish,
    .close = webp_close,
    .bytes = webp_bytes,
};
