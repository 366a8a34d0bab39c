// Decoding by the host's codecs: pictures come as frames whose planes stay with the host until
// somebody fetches them.
#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec_backend.h"
#include "codec/frame_host.h"

typedef struct decoder_host {
    const cr_host_codecs *codecs;
    uint32_t id;
    cr_stream_info stream; // extradata not kept
} decoder_host;

static void host_close(void *state)
{
    decoder_host *decoder = state;
    decoder->codecs->close_decoder(decoder->codecs->cookie, decoder->id);
    cr_free(decoder);
}

static void host_reset(void *state)
{
    decoder_host *decoder = state;
    decoder->codecs->reset_decoder(decoder->codecs->cookie, decoder->id);
}

static cr_status host_send(void *state, const cr_packet *packet)
{
    decoder_host *decoder = state;
    if (packet && packet->size == 0) return CR_OK;
    return decoder->codecs->decode(decoder->codecs->cookie, decoder->id, packet);
}

static void describe(const decoder_host *decoder, cr_frame *frame)
{
    const cr_stream_info *stream = &decoder->stream;
    frame->color = cr_color_complete(stream->color, false, frame->height);
    frame->orientation = stream->orientation;
    frame->sample_aspect = stream->sample_aspect;
    if (!cr_rate_is_known(frame->sample_aspect)) frame->sample_aspect = (cr_rate){1, 1};
}

static cr_status host_receive_frame(void *state, cr_frame **out)
{
    decoder_host *decoder = state;
    cr_host_picture picture;
    cr_status status = decoder->codecs->decoded(decoder->codecs->cookie, decoder->id, &picture);
    if (status != CR_OK) return status;
    cr_frame *frame = NULL;
    status = cr_frame_of_host(&frame, decoder->codecs, &picture);
    if (status != CR_OK) return status;
    describe(decoder, frame);
    *out = frame;
    return CR_OK;
}

cr_status cr_decoder_host_open(void **state, const cr_decoder_backend **backend,
                               const cr_stream_info *stream, const cr_decoder_desc *desc)
{
    static const cr_decoder_backend table = {
        .close = host_close,
        .send = host_send,
        .receive_frame = host_receive_frame,
        .reset = host_reset,
        .is_hosted = true,
    };
    const cr_host_codecs *codecs = desc->host->codecs;
    uint32_t id = 0;
    cr_status status = codecs->open_decoder(codecs->cookie, stream, &id);
    if (status != CR_OK) return status;
    decoder_host *decoder = cr_alloc(1, sizeof *decoder);
    decoder->codecs = codecs;
    decoder->id = id;
    decoder->stream = *stream;
    decoder->stream.extradata = NULL;
    decoder->stream.extradata_size = 0;
    *state = decoder;
    *backend = &table;
    return CR_OK;
}
