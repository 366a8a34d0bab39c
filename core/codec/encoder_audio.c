// Sound through libavcodec's encoders. Any block size goes in: whole coded frames are cut from a
// queue.
#include <libavcodec/avcodec.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "codec/codec_backend.h"
#include "codec/lav_codec.h"
#include "codec/lav_samples.h"

// A block for codecs that take any size, and the most that waits in the queue: a second.
enum { free_block = 1024, queue_rates_max = 8 };

typedef struct encoder_audio {
    AVCodecContext *context;
    float *queue[CR_CHANNELS_MAX];
    int queued, room;
    int64_t next_sample;
    bool is_flushing, was_flushed;
    cr_stream_info info;
} encoder_audio;

typedef struct audio_codec {
    const char *name, *encoder;
    enum AVSampleFormat format;
} audio_codec;

static const audio_codec codecs[] = {
    {"aac", "aac", AV_SAMPLE_FMT_FLTP},
    {"opus", "libopus", AV_SAMPLE_FMT_FLT},
    {"flac", "flac", AV_SAMPLE_FMT_S16},
    {"mp3", "libmp3lame", AV_SAMPLE_FMT_FLTP},
    {"pcm_s16le", "pcm_s16le", AV_SAMPLE_FMT_S16},
    {"pcm_f32le", "pcm_f32le", AV_SAMPLE_FMT_FLT},
};

static void audio_close(void *state)
{
    encoder_audio *encoder = state;
    avcodec_free_context(&encoder->context);
    for (int channel = 0; channel < CR_CHANNELS_MAX; channel++)
        cr_free_large(encoder->queue[channel]);
    cr_free(encoder->info.extradata);
    cr_free(encoder);
}

static cr_status make_room(encoder_audio *encoder, int more)
{
    int wanted = encoder->queued + more;
    if (wanted <= encoder->room) return CR_OK;
    if (wanted > encoder->info.sample_rate * queue_rates_max) return CR_AGAIN;
    int room = wanted > encoder->room * 2 ? wanted : encoder->room * 2;
    for (int channel = 0; channel < encoder->info.channels; channel++) {
        float *grown = cr_try_alloc_large((size_t)room * sizeof *grown);
        if (!grown) return CR_NOMEM;
        if (encoder->queued)
            memcpy(grown, encoder->queue[channel], (size_t)encoder->queued * sizeof *grown);
        cr_free_large(encoder->queue[channel]);
        encoder->queue[channel] = grown;
    }
    encoder->room = room;
    return CR_OK;
}

static cr_status audio_send(void *state, const cr_samples *samples)
{
    encoder_audio *encoder = state;
    if (!samples) {
        encoder->is_flushing = true;
        return CR_OK;
    }
    if (samples->rate != encoder->info.sample_rate || samples->channels != encoder->info.channels)
        return CR_INVALID;
    cr_status status = make_room(encoder, samples->count);
    if (status != CR_OK) return status;
    for (int channel = 0; channel < samples->channels; channel++)
        memcpy(encoder->queue[channel] + encoder->queued, samples->data[channel],
               (size_t)samples->count * sizeof(float));
    encoder->queued += samples->count;
    return CR_OK;
}

// Cuts the queue's first [count] samples off and gives them to the codec.
static cr_status encode_block(encoder_audio *encoder, int count)
{
    AVFrame *block = av_frame_alloc();
    if (!block) return CR_NOMEM;
    block->nb_samples = count;
    block->format = encoder->context->sample_fmt;
    block->sample_rate = encoder->context->sample_rate;
    int error = av_channel_layout_copy(&block->ch_layout, &encoder->context->ch_layout);
    if (error >= 0) error = av_frame_get_buffer(block, 0);
    cr_status status = cr_codec_status(error);
    if (status == CR_OK) status = cr_lav_samples_write(block, encoder->queue, count);
    if (status == CR_OK) {
        block->pts = encoder->next_sample;
        status = cr_codec_status(avcodec_send_frame(encoder->context, block));
    }
    av_frame_free(&block);
    if (status != CR_OK) return status;
    encoder->next_sample += count;
    encoder->queued -= count;
    for (int channel = 0; channel < encoder->info.channels; channel++)
        memmove(encoder->queue[channel], encoder->queue[channel] + count,
                (size_t)encoder->queued * sizeof(float));
    return CR_OK;
}

// CR_AGAIN when the queue holds too little.
static cr_status feed(encoder_audio *encoder)
{
    int block = encoder->context->frame_size > 0 ? encoder->context->frame_size : free_block;
    if (encoder->queued >= block) return encode_block(encoder, block);
    if (!encoder->is_flushing) return CR_AGAIN;
    if (encoder->queued > 0) return encode_block(encoder, encoder->queued);
    if (encoder->was_flushed) return CR_EOF;
    encoder->was_flushed = true;
    return cr_codec_status(avcodec_send_frame(encoder->context, NULL));
}

static cr_status audio_receive(void *state, cr_packet **out)
{
    encoder_audio *encoder = state;
    AVPacket *packet = av_packet_alloc();
    if (!packet) return CR_NOMEM;
    for (;;) {
        int error = avcodec_receive_packet(encoder->context, packet);
        if (error >= 0) return cr_codec_wrap_packet(out, packet, encoder->context->time_base);
        cr_status status = cr_codec_status(error);
        if (status == CR_AGAIN) status = feed(encoder);
        if (status != CR_OK) {
            av_packet_free(&packet);
            return status;
        }
    }
}

static const cr_stream_info *audio_info(const void *state)
{
    return &((const encoder_audio *)state)->info;
}

static void describe(encoder_audio *encoder, const cr_encoder_desc *desc)
{
    const AVCodecContext *context = encoder->context;
    cr_stream_info *info = &encoder->info;
    info->kind = CR_STREAM_AUDIO;
    snprintf(info->codec, sizeof info->codec, "%s", desc->codec);
    info->sample_rate = context->sample_rate;
    info->channels = context->ch_layout.nb_channels;
    info->bit_rate = context->bit_rate;
    info->block_align = context->block_align;
    info->bits_per_sample = av_get_exact_bits_per_sample(context->codec_id);
    info->encoder_delay = context->initial_padding;
    if (context->extradata_size > 0) {
        info->extradata = cr_alloc((size_t)context->extradata_size + 64, 1);
        memcpy(info->extradata, context->extradata, (size_t)context->extradata_size);
        info->extradata_size = (size_t)context->extradata_size;
    }
}

cr_status cr_encoder_audio_open(void **state, const cr_encoder_backend **backend,
                                const cr_encoder_desc *desc, cr_fault *fault)
{
    static const cr_encoder_backend table = {
        .close = audio_close,
        .send_samples = audio_send,
        .receive = audio_receive,
        .info = audio_info,
    };
    const audio_codec *codec = NULL;
    for (size_t i = 0; i < CR_COUNT_OF(codecs); i++)
        if (strcmp(codecs[i].name, desc->codec) == 0) codec = &codecs[i];
    const AVCodec *found = codec ? avcodec_find_encoder_by_name(codec->encoder) : NULL;
    if (!found)
        return cr_fail(fault, CR_UNSUPPORTED, "", "nothing here encodes \"%s\"", desc->codec);
    if (desc->channels < 1 || desc->channels > CR_CHANNELS_MAX || desc->sample_rate < 1)
        return cr_fail(fault, CR_INVALID, "", "sound of %d channels at %d Hz", desc->channels,
                       desc->sample_rate);
    av_log_set_level(AV_LOG_QUIET); // it is global and names no file
    encoder_audio *encoder = cr_alloc(1, sizeof *encoder);
    AVCodecContext *context = encoder->context = avcodec_alloc_context3(found);
    cr_status status = context ? CR_OK : CR_NOMEM;
    if (context) {
        context->sample_fmt = codec->format;
        context->sample_rate = desc->sample_rate;
        context->time_base = (AVRational){1, desc->sample_rate};
        context->bit_rate = desc->bit_rate;
        context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        if (desc->is_exact) context->flags |= AV_CODEC_FLAG_BITEXACT;
        av_channel_layout_default(&context->ch_layout, desc->channels);
        status = cr_codec_status(avcodec_open2(context, found, NULL));
    }
    if (status != CR_OK) {
        audio_close(encoder);
        return cr_fail(fault, status, "", "%s does not take %d channels at %d Hz", codec->encoder,
                       desc->channels, desc->sample_rate);
    }
    describe(encoder, desc);
    *state = encoder;
    *backend = &table;
    return CR_OK;
}
