#include "codec/codec.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec_backend.h"

struct cr_decoder {
    void *state;
    const cr_decoder_backend *backend;
};

struct cr_encoder {
    void *state;
    const cr_encoder_backend *backend;
};

// Hosts decode films; a single picture is decoded sooner here.
static bool may_host_decode(const cr_stream_info *stream, const cr_decoder_desc *desc)
{
    return desc->host && desc->host->codecs && stream->kind == CR_STREAM_VIDEO &&
           !stream->is_still && !desc->is_low_latency;
}

static cr_status open_own_decoder(cr_decoder *decoder, const cr_stream_info *stream,
                                  const cr_decoder_desc *desc, cr_fault *fault)
{
    if (cr_decoder_alpha_is_for(stream))
        return cr_decoder_alpha_open(&decoder->state, &decoder->backend, stream, desc, fault);
    return strcmp(stream->codec, "webp") == 0
               ? cr_decoder_webp_open(&decoder->state, &decoder->backend, stream)
               : cr_decoder_lav_open(&decoder->state, &decoder->backend, stream, desc, fault);
}

cr_status cr_decoder_open(cr_decoder **out, const cr_stream_info *stream,
                          const cr_decoder_desc *desc, cr_fault *fault)
{
    static const cr_decoder_desc defaults = {0};
    if (!desc) desc = &defaults;
    cr_decoder *decoder = cr_alloc(1, sizeof *decoder);
    cr_status status = may_host_decode(stream, desc)
                           ? cr_decoder_host_open(&decoder->state, &decoder->backend, stream, desc)
                           : CR_UNSUPPORTED;
    if (status != CR_OK) status = open_own_decoder(decoder, stream, desc, fault);
    if (status != CR_OK) {
        cr_free(decoder);
        return status;
    }
    *out = decoder;
    return CR_OK;
}

void cr_decoder_close(cr_decoder **decoder)
{
    if (!*decoder) return;
    (*decoder)->backend->close((*decoder)->state);
    cr_free(*decoder);
    *decoder = NULL;
}

cr_status cr_decoder_send(cr_decoder *decoder, const cr_packet *packet)
{
    return decoder->backend->send(decoder->state, packet);
}

cr_status cr_decoder_receive_frame(cr_decoder *decoder, cr_frame **out)
{
    CR_REQUIRE(decoder->backend->receive_frame);
    return decoder->backend->receive_frame(decoder->state, out);
}

cr_status cr_decoder_receive_samples(cr_decoder *decoder, cr_samples **out)
{
    CR_REQUIRE(decoder->backend->receive_samples);
    return decoder->backend->receive_samples(decoder->state, out);
}

void cr_decoder_reset(cr_decoder *decoder)
{
    decoder->backend->reset(decoder->state);
}

bool cr_decoder_is_hosted(const cr_decoder *decoder)
{
    return decoder->backend->is_hosted;
}

static bool is_sound(const char *codec)
{
    static const char *const names[] = {"aac", "opus", "flac", "mp3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(codec, names[i]) == 0) return true;
    return strncmp(codec, "pcm_", 4) == 0;
}

static bool may_host_encode(const cr_encoder_desc *desc)
{
    return desc->host && desc->host->codecs && !desc->is_exact && desc->pixel == CR_PIXEL_I420;
}

static cr_status open_video_encoder(cr_encoder *encoder, const cr_encoder_desc *desc,
                                    cr_fault *fault)
{
    bool is_asked = may_host_encode(desc);
    if (is_asked && cr_encoder_host_open(&encoder->state, &encoder->backend, desc) == CR_OK)
        return CR_OK;
    cr_status status = cr_encoder_video_open(&encoder->state, &encoder->backend, desc, fault);
    if (status != CR_UNSUPPORTED || !is_asked) return status;
    return cr_fail(fault, status, "", "neither this platform nor Cutroom itself can make %s here",
                   desc->codec);
}

cr_status cr_encoder_open(cr_encoder **out, const cr_encoder_desc *desc, cr_fault *fault)
{
    CR_REQUIRE(desc->codec);
    cr_encoder *encoder = cr_alloc(1, sizeof *encoder);
    cr_status status;
    if (strcmp(desc->codec, "webp") == 0)
        status = cr_encoder_webp_open(&encoder->state, &encoder->backend, desc, fault);
    else if (is_sound(desc->codec))
        status = cr_encoder_audio_open(&encoder->state, &encoder->backend, desc, fault);
    else
        status = open_video_encoder(encoder, desc, fault);
    if (status != CR_OK) {
        cr_free(encoder);
        return status;
    }
    *out = encoder;
    return CR_OK;
}

void cr_encoder_close(cr_encoder **encoder)
{
    if (!*encoder) return;
    (*encoder)->backend->close((*encoder)->state);
    cr_free(*encoder);
    *encoder = NULL;
}

cr_status cr_encoder_send_frame(cr_encoder *encoder, const cr_frame *frame)
{
    CR_REQUIRE(encoder->backend->send_frame);
    return encoder->backend->send_frame(encoder->state, frame);
}

cr_status cr_encoder_send_samples(cr_encoder *encoder, const cr_samples *samples)
{
    CR_REQUIRE(encoder->backend->send_samples);
    return encoder->backend->send_samples(encoder->state, samples);
}

cr_status cr_encoder_receive(cr_encoder *encoder, cr_packet **out)
{
    return encoder->backend->receive(encoder->state, out);
}

const cr_stream_info *cr_encoder_info(const cr_encoder *encoder)
{
    return encoder->backend->info(encoder->state);
}

bool cr_encoder_is_hosted(const cr_encoder *encoder)
{
    return encoder->backend->is_hosted && encoder->backend->is_hosted(encoder->state);
}
