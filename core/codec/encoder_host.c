// Encoding by the host's codecs. Whether one can is often known only after the first frames: until
// the first packet they are held, and when the host gives up our own encoder begins with them.
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "base/vec.h"
#include "codec/codec_backend.h"
#include "codec/first_extradata.h"
#include "codec/frame_host.h"

// As many as a host takes before it must have coded one. Few, as each holds a picture of a decoder.
enum { HELD_MAX = CR_HOST_FRAMES_MAX };

typedef struct encoder_host {
    const cr_host *host;
    uint32_t id;          // 0: given up; without [own] nobody encodes this
    cr_encoder_desc desc; // its texts are ours
    cr_stream_info info;
    bool has_begun; // the first packet was received
    bool is_flushing;
    // Sent while nothing has come back; all of them, as long as the host can still be replaced.
    cr_frame *held[HELD_MAX];
    int held_count;
    bool is_replaceable;
    // Our own encoder, once it took over.
    void *own;
    const cr_encoder_backend *own_backend;
    bool is_own_flushing;
} encoder_host;

static void let_go(encoder_host *encoder)
{
    for (int i = 0; i < encoder->held_count; i++)
        cr_frame_drop(&encoder->held[i]);
    encoder->held_count = 0;
}

static void close_hosted(encoder_host *encoder)
{
    const cr_host_codecs *codecs = encoder->host->codecs;
    if (encoder->id) codecs->close_encoder(codecs->cookie, encoder->id);
    encoder->id = 0;
}

static void host_close(void *state)
{
    encoder_host *encoder = state;
    close_hosted(encoder);
    let_go(encoder);
    if (encoder->own) encoder->own_backend->close(encoder->own);
    cr_free(encoder->info.extradata);
    cr_free((char *)(uintptr_t)encoder->desc.codec);
    cr_free((char *)(uintptr_t)encoder->desc.speed);
    cr_free(encoder);
}

// The frames that the host never coded go to our own encoder first. CR_OK: as many as it takes.
static cr_status replay(encoder_host *encoder)
{
    while (encoder->held_count > 0) {
        cr_frame *frame = encoder->held[0];
        cr_status status = cr_frame_fetch(frame, encoder->host, false);
        if (status == CR_OK) status = encoder->own_backend->send_frame(encoder->own, frame);
        if (status != CR_OK) return status;
        cr_frame_drop(&encoder->held[0]);
        encoder->held_count--;
        memmove(&encoder->held[0], &encoder->held[1],
                (size_t)encoder->held_count * sizeof encoder->held[0]);
    }
    if (!encoder->is_flushing || encoder->is_own_flushing) return CR_OK;
    cr_status status = encoder->own_backend->send_frame(encoder->own, NULL);
    if (status == CR_OK) encoder->is_own_flushing = true;
    return status;
}

// CR_UNSUPPORTED when it is too late, or when we have none for this codec either.
static cr_status replace(encoder_host *encoder)
{
    if (!encoder->is_replaceable) return CR_UNSUPPORTED;
    close_hosted(encoder);
    return cr_encoder_video_open(&encoder->own, &encoder->own_backend, &encoder->desc, NULL);
}

static cr_status send_to_own(encoder_host *encoder, cr_frame *frame)
{
    cr_status status = replay(encoder);
    if (status != CR_OK || !frame) return status == CR_AGAIN && !frame ? CR_OK : status;
    status = cr_frame_fetch(frame, encoder->host, false);
    if (status != CR_OK) return status;
    return encoder->own_backend->send_frame(encoder->own, frame);
}

// A frame shared before its planes were fetched shows what became of its origin since.
static cr_frame as_it_is_now(const cr_frame *frame)
{
    cr_frame now = *frame;
    if (!frame->origin) return now;
    memcpy(now.data, frame->origin->data, sizeof now.data);
    memcpy(now.stride, frame->origin->stride, sizeof now.stride);
    now.host_picture = frame->origin->host_picture;
    return now;
}

static void hold(encoder_host *encoder, cr_frame *frame)
{
    if (encoder->has_begun || !encoder->is_replaceable) return;
    encoder->is_replaceable = encoder->held_count < HELD_MAX;
    if (encoder->is_replaceable)
        encoder->held[encoder->held_count++] = cr_frame_keep(frame);
    else
        let_go(encoder);
}

static cr_status host_send(void *state, const cr_frame *const_frame)
{
    encoder_host *encoder = state;
    cr_frame *frame = (cr_frame *)(uintptr_t)const_frame; // only its count and its planes change
    const cr_encoder_desc *desc = &encoder->desc;
    if (frame && (frame->pixel != desc->pixel || frame->width != desc->width ||
                  frame->height != desc->height || frame->pts == CR_TICKS_NONE))
        return CR_INVALID;
    if (!frame) encoder->is_flushing = true;
    if (encoder->own) return send_to_own(encoder, frame);
    if (!encoder->id) return CR_UNSUPPORTED;
    const cr_host_codecs *codecs = encoder->host->codecs;
    cr_status status;
    if (frame) {
        cr_frame now = as_it_is_now(frame);
        status = codecs->encode(codecs->cookie, encoder->id, &now, false);
    } else {
        status = codecs->encode(codecs->cookie, encoder->id, NULL, false);
    }
    if (status == CR_OK && frame) hold(encoder, frame);
    if (status != CR_UNSUPPORTED || encoder->has_begun) return status;
    status = replace(encoder);
    return status == CR_OK ? send_to_own(encoder, frame) : status;
}

static cr_status receive_from_own(encoder_host *encoder, cr_packet **out)
{
    cr_status replayed = replay(encoder);
    if (replayed != CR_OK && replayed != CR_AGAIN) return replayed;
    return encoder->own_backend->receive(encoder->own, out);
}

static cr_status read_extradata(encoder_host *encoder, const cr_packet *packet)
{
    enum { padding = 64 };
    const cr_host_codecs *codecs = encoder->host->codecs;
    const uint8_t *data = NULL;
    size_t size = 0;
    cr_status status = codecs->encoder_extradata(codecs->cookie, encoder->id, &data, &size);
    if (status != CR_OK && status != CR_AGAIN) return status;
    if (status == CR_AGAIN || size == 0) return cr_first_extradata(&encoder->info, packet);
    encoder->info.extradata = cr_alloc(size + padding, 1);
    memcpy(encoder->info.extradata, data, size);
    encoder->info.extradata_size = size;
    return CR_OK;
}

static cr_status host_receive(void *state, cr_packet **out)
{
    encoder_host *encoder = state;
    if (encoder->own) return receive_from_own(encoder, out);
    if (!encoder->id) return CR_UNSUPPORTED;
    const cr_host_codecs *codecs = encoder->host->codecs;
    cr_packet *packet = NULL;
    cr_status status = codecs->encoded(codecs->cookie, encoder->id, &packet);
    if (status == CR_UNSUPPORTED && !encoder->has_begun) {
        status = replace(encoder);
        return status == CR_OK ? receive_from_own(encoder, out) : status;
    }
    if (status != CR_OK) return status;
    if (!encoder->has_begun) {
        status = read_extradata(encoder, packet);
        if (status != CR_OK) {
            cr_packet_drop(&packet);
            return status;
        }
        encoder->has_begun = true;
        let_go(encoder);
    }
    *out = packet;
    return CR_OK;
}

static const cr_stream_info *host_info(const void *state)
{
    const encoder_host *encoder = state;
    return encoder->own ? encoder->own_backend->info(encoder->own) : &encoder->info;
}

static bool host_is_hosted(const void *state)
{
    return !((const encoder_host *)state)->own;
}

static void describe(encoder_host *encoder)
{
    const cr_encoder_desc *desc = &encoder->desc;
    cr_stream_info *info = &encoder->info;
    info->kind = CR_STREAM_VIDEO;
    snprintf(info->codec, sizeof info->codec, "%s", desc->codec);
    info->width = desc->width;
    info->height = desc->height;
    info->sample_aspect = (cr_rate){1, 1};
    info->pixel = desc->pixel;
    info->bit_depth = 8;
    info->color = cr_color_complete(desc->color, false, desc->height);
    info->frame_rate = desc->frame_rate;
    info->bit_rate = desc->bit_rate;
}

static bool is_for_hosts(const char *codec)
{
    static const char *const names[] = {"h264", "vp9", "av1"};
    for (size_t i = 0; i < CR_COUNT_OF(names); i++)
        if (strcmp(codec, names[i]) == 0) return true;
    return false;
}

cr_status cr_encoder_host_open(void **state, const cr_encoder_backend **backend,
                               const cr_encoder_desc *desc)
{
    enum { gop_seconds = 2 };
    static const cr_encoder_backend table = {
        .close = host_close,
        .send_frame = host_send,
        .receive = host_receive,
        .info = host_info,
        .is_hosted = host_is_hosted,
    };
    if (!is_for_hosts(desc->codec) || !cr_rate_is_known(desc->frame_rate)) return CR_UNSUPPORTED;
    const cr_host_codecs *codecs = desc->host->codecs;
    cr_ticks gop_ticks = gop_seconds * CR_TICKS_PER_SECOND;
    cr_host_encoder_desc wish = {
        .codec = desc->codec,
        .width = desc->width,
        .height = desc->height,
        .frame_rate = desc->frame_rate,
        .color = cr_color_complete(desc->color, false, desc->height),
        .bit_rate = desc->bit_rate,
        .quality = desc->quality,
        .gop = desc->gop > 0 ? desc->gop : (int)cr_frame_count(gop_ticks, desc->frame_rate)};
    uint32_t id = 0;
    cr_status status = codecs->open_encoder(codecs->cookie, &wish, &id);
    if (status != CR_OK) return status;
    encoder_host *encoder = cr_alloc(1, sizeof *encoder);
    encoder->host = desc->host;
    encoder->id = id;
    encoder->is_replaceable = true;
    encoder->desc = *desc;
    encoder->desc.codec = cr_strdup(desc->codec);
    encoder->desc.speed = desc->speed ? cr_strdup(desc->speed) : NULL;
    describe(encoder);
    *state = encoder;
    *backend = &table;
    return CR_OK;
}
