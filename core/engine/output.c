#include "engine/output.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec.h"
#include "engine/digest.h"
#include "io/mux.h"

enum {
    STREAMS_MAX = 3,
    AUDIO_BIT_RATE = 192000,
    PACKETS_A_STEP = 8, // taken from an encoder by one step of the finish
};

struct cr_output {
    char name[256];
    cr_encoder *video, *audio;
    int video_stream, audio_stream, text_stream; // -1: none
    cr_mux *mux;
    cr_digest *digest;
    bool is_flushing;
    bool video_is_done, audio_is_done;
};

static cr_status open_encoders(cr_output *output, const cr_output_desc *desc, cr_fault *fault)
{
    const cr_export_format *format = desc->format;
    if (desc->has_picture && format->video_codec) {
        cr_encoder_desc video = {.codec =
                                     desc->video_codec ? desc->video_codec : format->video_codec,
                                 .width = desc->width,
                                 .height = desc->height,
                                 .frame_rate = desc->frame_rate,
                                 .pixel = format->pixel,
                                 .color = desc->color,
                                 .bit_rate = desc->video_bit_rate,
                                 .quality = desc->quality,
                                 .speed = desc->speed,
                                 .thread_count = desc->thread_count,
                                 .is_exact = desc->is_exact};
        cr_status status = cr_encoder_open(&output->video, &video, fault);
        if (status != CR_OK) return status;
    }
    if (desc->has_sound && format->audio_codec) {
        cr_encoder_desc audio = {.codec = format->audio_codec,
                                 .bit_rate =
                                     desc->audio_bit_rate ? desc->audio_bit_rate : AUDIO_BIT_RATE,
                                 .sample_rate = CR_MIX_RATE,
                                 .channels = 2,
                                 .is_exact = desc->is_exact};
        return cr_encoder_open(&output->audio, &audio, fault);
    }
    return CR_OK;
}

static cr_status open_mux(cr_output *output, const cr_output_desc *desc, cr_sink *sink,
                          const cr_host *host, cr_fault *fault)
{
    cr_stream_info text = {.kind = CR_STREAM_TEXT, .codec = "text", .language = "und"};
    const cr_stream_info *streams[STREAMS_MAX];
    int count = 0;
    if (output->video) {
        output->video_stream = count;
        streams[count++] = cr_encoder_info(output->video);
    }
    if (output->audio) {
        output->audio_stream = count;
        streams[count++] = cr_encoder_info(output->audio);
    }
    if (desc->has_text && desc->format->has_text_track) {
        output->text_stream = count;
        streams[count++] = &text;
    }
    if (count == 0)
        return cr_fail(fault, CR_INVALID, output->name, "there is nothing to write as %s",
                       desc->format->name);
    cr_mux_desc mux = {
        .format = desc->format->name, .title = desc->title, .is_exact = desc->is_exact};
    return cr_mux_open(&output->mux, &mux, streams, count, sink, &host->log, fault);
}

cr_status cr_output_open(cr_output **out, const cr_output_desc *desc, const cr_host *host,
                         cr_fault *fault)
{
    cr_output *output = cr_alloc(1, sizeof *output);
    output->video_stream = output->audio_stream = output->text_stream = -1;
    (void)strncat(output->name, desc->uri, sizeof output->name - 1);
    cr_sink *sink = NULL;
    cr_status status = desc->format->is_digest ? CR_OK : open_encoders(output, desc, fault);
    if (status == CR_OK) status = host->open_sink(host->cookie, desc->uri, &sink, fault);
    if (status == CR_OK) {
        status = desc->format->is_digest
                     ? cr_digest_open(&output->digest, sink, desc->frame_rate, fault)
                     : open_mux(output, desc, sink, host, fault);
        if (status != CR_OK) cr_sink_close(&sink);
    }
    if (status == CR_OK)
        *out = output;
    else
        cr_output_close(&output);
    return status;
}

void cr_output_close(cr_output **output)
{
    cr_output *closing = *output;
    if (!closing) return;
    cr_mux_close(&closing->mux);
    cr_digest_close(&closing->digest);
    cr_encoder_close(&closing->video);
    cr_encoder_close(&closing->audio);
    cr_free(closing);
    *output = NULL;
}

static cr_status failed(const cr_output *output, cr_status status, const char *what,
                        cr_fault *fault)
{
    return cr_fail(fault, status, output->name, "%s (%s)", what, cr_status_text(status));
}

// Moves up to [most] packets (0: all there are) to the muxer. CR_AGAIN: the encoder wants more;
// CR_EOF: it has given everything; CR_OK: [most] were moved.
static cr_status drain(cr_output *output, cr_encoder *encoder, int stream, int most,
                       cr_fault *fault)
{
    for (int i = 0; most == 0 || i < most; i++) {
        cr_packet *packet = NULL;
        cr_status status = cr_encoder_receive(encoder, &packet);
        if (status == CR_AGAIN || status == CR_EOF) return status;
        if (status != CR_OK) return failed(output, status, "encoding failed", fault);
        packet->stream = stream;
        status = cr_mux_write(output->mux, packet);
        cr_packet_drop(&packet);
        if (status != CR_OK) return failed(output, status, "it cannot be written", fault);
    }
    return CR_OK;
}

cr_status cr_output_frame(cr_output *output, cr_frame *frame, cr_fault *fault)
{
    if (output->digest) {
        cr_status status = cr_digest_frame(output->digest, frame);
        return status == CR_OK ? status : failed(output, status, "it cannot be written", fault);
    }
    if (!output->video) return CR_OK;
    for (;;) {
        cr_status sent = cr_encoder_send_frame(output->video, frame);
        if (sent != CR_OK && sent != CR_AGAIN)
            return failed(output, sent, "the picture cannot be encoded", fault);
        cr_status status = drain(output, output->video, output->video_stream, 0, fault);
        if (status != CR_AGAIN && status != CR_EOF) return status;
        if (sent == CR_OK) return CR_OK;
    }
}

cr_status cr_output_samples(cr_output *output, const cr_samples *samples, cr_fault *fault)
{
    if (output->digest) {
        cr_status status = cr_digest_samples(output->digest, samples);
        return status == CR_OK ? status : failed(output, status, "it cannot be written", fault);
    }
    if (!output->audio) return CR_OK;
    for (;;) {
        cr_status sent = cr_encoder_send_samples(output->audio, samples);
        if (sent != CR_OK && sent != CR_AGAIN)
            return failed(output, sent, "the sound cannot be encoded", fault);
        cr_status status = drain(output, output->audio, output->audio_stream, 0, fault);
        if (status != CR_AGAIN && status != CR_EOF) return status;
        if (sent == CR_OK) return CR_OK;
    }
}

cr_status cr_output_text(cr_output *output, const char *text, cr_range range, cr_fault *fault)
{
    if (output->text_stream < 0) return CR_OK;
    cr_packet *packet = NULL;
    size_t size = strlen(text);
    cr_status status = cr_packet_make(&packet, size);
    if (status != CR_OK) return failed(output, status, "a caption cannot be written", fault);
    memcpy(packet->data, text, size);
    packet->stream = output->text_stream;
    packet->pts = packet->dts = range.start;
    packet->duration = range.duration;
    packet->is_key = true;
    status = cr_mux_write(output->mux, packet);
    cr_packet_drop(&packet);
    return status == CR_OK ? CR_OK : failed(output, status, "a caption cannot be written", fault);
}

static cr_status flush(cr_output *output, cr_fault *fault)
{
    cr_status status = CR_OK;
    output->is_flushing = true;
    output->video_is_done = !output->video;
    output->audio_is_done = !output->audio;
    if (output->video) status = cr_encoder_send_frame(output->video, NULL);
    if (status == CR_OK && output->audio) status = cr_encoder_send_samples(output->audio, NULL);
    return status == CR_OK ? CR_OK : failed(output, status, "encoding failed", fault);
}

// Both streams a little at a time, so that the muxer can interleave them.
static cr_status drain_rest(cr_output *output, cr_fault *fault)
{
    if (!output->video_is_done) {
        cr_status status =
            drain(output, output->video, output->video_stream, PACKETS_A_STEP, fault);
        if (status == CR_EOF)
            output->video_is_done = true;
        else if (status != CR_OK && status != CR_AGAIN)
            return status;
    }
    if (!output->audio_is_done) {
        cr_status status =
            drain(output, output->audio, output->audio_stream, PACKETS_A_STEP, fault);
        if (status == CR_EOF)
            output->audio_is_done = true;
        else if (status != CR_OK && status != CR_AGAIN)
            return status;
    }
    return CR_OK;
}

cr_status cr_output_finish(cr_output *output, cr_fault *fault)
{
    if (output->digest) {
        cr_status status = cr_digest_finish(output->digest);
        return status == CR_OK ? CR_OK : failed(output, status, "it cannot be written", fault);
    }
    cr_status status = output->is_flushing ? CR_OK : flush(output, fault);
    if (status == CR_OK) status = drain_rest(output, fault);
    if (status != CR_OK) return status;
    if (!output->video_is_done || !output->audio_is_done) return CR_AGAIN;
    return cr_mux_finish(output->mux, fault);
}

int64_t cr_output_bytes(const cr_output *output)
{
    return output->digest ? cr_digest_bytes(output->digest) : cr_mux_bytes(output->mux);
}
