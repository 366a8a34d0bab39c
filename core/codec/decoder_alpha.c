// Pictures that can be seen through, of WebM: VP8 and VP9 have no alpha, so it comes as a second
// film whose luma it is, a packet beside each packet. Two decoders, and their pictures as one
// without a copy.
#include <string.h>

#include "base/mem.h"
#include "codec/codec_backend.h"

// Alphas wait for pictures that several threads still decode: far more than there are threads.
enum { ALPHAS_MAX = 64 };

typedef struct decoder_alpha {
    const cr_decoder_backend *backend; // of both
    void *color, *alpha;
    cr_frame *alphas[ALPHAS_MAX]; // in order, whose pictures have not come out yet
    int alpha_count;
} decoder_alpha;

bool cr_decoder_alpha_is_for(const cr_stream_info *stream)
{
    bool is_webm = strcmp(stream->codec, "vp8") == 0 || strcmp(stream->codec, "vp9") == 0;
    return is_webm && stream->pixel == CR_PIXEL_I420A;
}

// The first [count] are not needed any more.
static void drop_alphas(decoder_alpha *decoder, int count)
{
    for (int i = 0; i < count; i++)
        cr_frame_drop(&decoder->alphas[i]);
    decoder->alpha_count -= count;
    memmove(decoder->alphas, decoder->alphas + count,
            (size_t)decoder->alpha_count * sizeof *decoder->alphas);
}

static void alpha_close(void *state)
{
    decoder_alpha *decoder = state;
    drop_alphas(decoder, decoder->alpha_count);
    if (decoder->color) decoder->backend->close(decoder->color);
    if (decoder->alpha) decoder->backend->close(decoder->alpha);
    cr_free(decoder);
}

static void alpha_reset(void *state)
{
    decoder_alpha *decoder = state;
    drop_alphas(decoder, decoder->alpha_count);
    decoder->backend->reset(decoder->color);
    decoder->backend->reset(decoder->alpha);
}

static void release_packet(void *cookie)
{
    cr_packet *packet = cookie;
    cr_packet_drop(&packet);
}

// It decodes without a delay, so that what was sent has come out before its picture can.
static void take_alphas(decoder_alpha *decoder)
{
    cr_frame *frame = NULL;
    while (decoder->backend->receive_frame(decoder->alpha, &frame) == CR_OK) {
        if (decoder->alpha_count == ALPHAS_MAX) drop_alphas(decoder, 1);
        decoder->alphas[decoder->alpha_count++] = frame;
        frame = NULL;
    }
}

// A damaged alpha leaves its picture opaque.
static cr_status send_alpha(decoder_alpha *decoder, const cr_packet *packet)
{
    if (!packet->alpha || packet->alpha_size == 0) return CR_OK;
    cr_packet *kept = cr_packet_keep((cr_packet *)(uintptr_t)packet);
    cr_packet *coded = NULL;
    cr_status status = cr_packet_wrap(&coded, (uint8_t *)(uintptr_t)packet->alpha,
                                      packet->alpha_size, release_packet, kept);
    if (status != CR_OK) {
        cr_packet_drop(&kept);
        return status;
    }
    coded->pts = packet->pts;
    coded->dts = packet->dts;
    coded->duration = packet->duration;
    coded->is_key = packet->is_key;
    coded->is_discard = packet->is_discard;
    status = decoder->backend->send(decoder->alpha, coded);
    cr_packet_drop(&coded);
    take_alphas(decoder);
    return status == CR_NOMEM ? status : CR_OK;
}

static cr_status alpha_send(void *state, const cr_packet *packet)
{
    decoder_alpha *decoder = state;
    cr_status status = decoder->backend->send(decoder->color, packet);
    if (status == CR_AGAIN || status == CR_NOMEM || !packet) return status;
    cr_status alpha_status = send_alpha(decoder, packet);
    return status != CR_OK ? status : alpha_status;
}

// The alpha of the picture at [pts], which stays ours; NULL when it has none.
static cr_frame *alpha_at(decoder_alpha *decoder, cr_ticks pts)
{
    int before = 0;
    while (before < decoder->alpha_count && pts != CR_TICKS_NONE &&
           decoder->alphas[before]->pts < pts)
        before++;
    drop_alphas(decoder, before);
    if (decoder->alpha_count == 0) return NULL;
    cr_frame *first = decoder->alphas[0];
    return pts == CR_TICKS_NONE || first->pts == pts ? first : NULL;
}

typedef struct joined_frames {
    cr_frame *color, *alpha;
} joined_frames;

static void release_joined(void *cookie)
{
    joined_frames *joined = cookie;
    cr_frame_drop(&joined->color);
    cr_frame_drop(&joined->alpha);
    cr_free(joined);
}

// Takes [color] on CR_OK, shares [alpha].
static cr_status join(cr_frame **out, cr_frame *color, cr_frame *alpha)
{
    joined_frames *joined = cr_alloc(1, sizeof *joined);
    *joined = (joined_frames){.color = color, .alpha = cr_frame_keep(alpha)};
    uint8_t *data[CR_PLANES_MAX] = {color->data[0], color->data[1], color->data[2], alpha->data[0]};
    ptrdiff_t stride[CR_PLANES_MAX] = {color->stride[0], color->stride[1], color->stride[2],
                                       alpha->stride[0]};
    cr_frame *frame = NULL;
    cr_status status = cr_frame_wrap(&frame, CR_PIXEL_I420A, color->width, color->height, data,
                                     stride, release_joined, joined);
    if (status != CR_OK) {
        cr_frame_drop(&joined->alpha);
        cr_free(joined);
        return status;
    }
    frame->color = color->color;
    frame->sample_aspect = color->sample_aspect;
    frame->orientation = color->orientation;
    frame->pts = color->pts;
    frame->duration = color->duration;
    *out = frame;
    return CR_OK;
}

static cr_status alpha_receive_frame(void *state, cr_frame **out)
{
    decoder_alpha *decoder = state;
    cr_frame *color = NULL;
    cr_status status = decoder->backend->receive_frame(decoder->color, &color);
    if (status != CR_OK) return status;
    cr_frame *alpha = alpha_at(decoder, color->pts);
    bool is_of_it = alpha && alpha->width == color->width && alpha->height == color->height &&
                    alpha->pixel == CR_PIXEL_I420 && color->pixel == CR_PIXEL_I420;
    if (is_of_it) {
        status = join(out, color, alpha);
        if (status != CR_OK) cr_frame_drop(&color);
    } else {
        *out = color;
    }
    if (alpha) drop_alphas(decoder, 1);
    return status;
}

cr_status cr_decoder_alpha_open(void **state, const cr_decoder_backend **backend,
                                const cr_stream_info *stream, const cr_decoder_desc *desc,
                                cr_fault *fault)
{
    static const cr_decoder_backend table = {
        .close = alpha_close,
        .send = alpha_send,
        .receive_frame = alpha_receive_frame,
        .reset = alpha_reset,
    };
    cr_stream_info color = *stream;
    color.pixel = CR_PIXEL_I420;
    color.has_alpha = false;
    cr_stream_info alpha = color;
    alpha.extradata = NULL;
    alpha.extradata_size = 0;
    cr_decoder_desc prompt = *desc;
    prompt.is_low_latency = true;
    decoder_alpha *decoder = cr_alloc(1, sizeof *decoder);
    cr_status status = cr_decoder_lav_open(&decoder->color, &decoder->backend, &color, desc, fault);
    if (status == CR_OK)
        status = cr_decoder_lav_open(&decoder->alpha, &decoder->backend, &alpha, &prompt, fault);
    if (status != CR_OK) {
        alpha_close(decoder);
        return status;
    }
    *state = decoder;
    *backend = &table;
    return CR_OK;
}
