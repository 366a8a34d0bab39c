#include "engine/output.h"

#include <string.h>

#include "base/assert.h"
#include "base/vec.h"
#include "codec/codec.h"
#include "engine/digest.h"
#include "io/mux.h"

enum {
    STREAMS_MAX = 3,
    AUDIO_BIT_RATE = 192000,
    PACKETS_A_STEP = 8, // taken from an encoder by one step of the finish
    // Packets of sound and text that may come before the pictures' encoder has said what it makes.
    PACKETS_EARLY_MAX = 4096,
};

struct cr_output {
    char name[256];
    char *title;
    const cr_export_format *format;
    bool has_text, is_exact;
    const cr_host *host;
    cr_encoder *video, *audio;
    int video_stream, audio_stream, text_stream; // -1: none
    cr_sink *sink;                               // until the muxer has it
    cr_mux *mux; // NULL until the host's encoder has said what it makes
    cr_packet **early;
    int early_count, early_room;
    cr_digest *digest;
    bool video_is_flushed, audio_is_flushed;
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
                                 .is_exact = desc->is_exact,
                                 .host = output->host};
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

static cr_status open_mux(cr_output *output, cr_fault *fault)
{
    cr_stream_info text = {.kind = CR_STREAM_TEXT, .codec = "text", .language = "und"};
    const cr_stream_info *streams[STREAMS_MAX];
    int count = 0;
    if (output->video) streams[count++] = cr_encoder_info(output->video);
    if (output->audio) streams[count++] = cr_encoder_info(output->audio);
    if (output->has_text) streams[count++] = &text;
    cr_mux_desc mux = {
        .format = output->format->container, .title = output->title, .is_exact = output->is_exact};
    cr_status status =
        cr_mux_open(&output->mux, &mux, streams, count, output->sink, &output->host->log, fault);
    if (status == CR_OK) output->sink = NULL;
    return status;
}

// AV1's encoders say what goes into the head of a file with their first packet.
static bool is_told_late(const cr_encoder *encoder)
{
    const cr_stream_info *info = cr_encoder_info(encoder);
    return info->extradata_size == 0 && strcmp(info->codec, "av1") == 0;
}

static cr_status begin_file(cr_output *output, const cr_output_desc *desc, cr_fault *fault)
{
    if (desc->format->is_digest) {
        cr_status status = cr_digest_open(&output->digest, output->sink, desc->frame_rate, fault);
        if (status == CR_OK) output->sink = NULL;
        return status;
    }
    int count = 0;
    if (output->video) output->video_stream = count++;
    if (output->audio) output->audio_stream = count++;
    if (output->has_text) output->text_stream = count++;
    if (count == 0)
        return cr_fail(fault, CR_INVALID, output->name, "there is nothing to write as %s",
                       desc->format->name);
    bool is_known_later =
        output->video && (cr_encoder_is_hosted(output->video) || is_told_late(output->video));
    return is_known_later ? CR_OK : open_mux(output, fault);
}

cr_status cr_output_open(cr_output **out, const cr_output_desc *desc, const cr_host *host,
                         cr_fault *fault)
{
    cr_output *output = cr_alloc(1, sizeof *output);
    output->video_stream = output->audio_stream = output->text_stream = -1;
    output->host = host;
    output->format = desc->format;
    output->title = desc->title ? cr_strdup(desc->title) : NULL;
    output->has_text = desc->has_text && desc->format->has_text_track;
    output->is_exact = desc->is_exact;
    (void)strncat(output->name, desc->uri, sizeof output->name - 1);
    cr_status status = desc->format->is_digest ? CR_OK : open_encoders(output, desc, fault);
    if (status == CR_OK) status = host->open_sink(host->cookie, desc->uri, &output->sink, fault);
    if (status == CR_OK) status = begin_file(output, desc, fault);
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
    for (int i = 0; i < closing->early_count; i++)
        cr_packet_drop(&closing->early[i]);
    cr_free(closing->early);
    cr_mux_close(&closing->mux);
    cr_digest_close(&closing->digest);
    cr_sink_close(&closing->sink);
    cr_encoder_close(&closing->video);
    cr_encoder_close(&closing->audio);
    cr_free(closing->title);
    cr_free(closing);
    *output = NULL;
}

static cr_status failed(const cr_output *output, cr_status status, const char *what,
                        cr_fault *fault)
{
    return cr_fail(fault, status, output->name, "%s (%s)", what, cr_status_text(status));
}

// Begins the file when pictures come, and keeps what comes before them. Shares [packet].
static cr_status write_packet(cr_output *output, cr_packet *packet, cr_fault *fault)
{
    if (!output->mux && packet->stream != output->video_stream) {
        if (output->early_count == PACKETS_EARLY_MAX)
            return failed(output, CR_LIMIT, "its pictures are too late for its sound", fault);
        CR_VEC_ADD(output->early, output->early_count, output->early_room, cr_packet_keep(packet));
        return CR_OK;
    }
    cr_status status = output->mux ? CR_OK : open_mux(output, fault);
    if (status != CR_OK) return status;
    for (int i = 0; i < output->early_count && status == CR_OK; i++)
        status = cr_mux_write(output->mux, output->early[i]);
    for (int i = 0; i < output->early_count; i++)
        cr_packet_drop(&output->early[i]);
    output->early_count = 0;
    if (status == CR_OK) status = cr_mux_write(output->mux, packet);
    return status == CR_OK ? CR_OK : failed(output, status, "it cannot be written", fault);
}

// Moves up to [most] packets (0: all there are) to the muxer and counts them in [*moved]. CR_AGAIN:
// the encoder wants more, or time; CR_EOF: it has given everything; CR_OK: [most] were moved.
static cr_status drain(cr_output *output, cr_encoder *encoder, int stream, int most, int *moved,
                       cr_fault *fault)
{
    for (*moved = 0; most == 0 || *moved < most; ++*moved) {
        cr_packet *packet = NULL;
        cr_status status = cr_encoder_receive(encoder, &packet);
        if (status == CR_AGAIN || status == CR_EOF) return status;
        if (status != CR_OK) return failed(output, status, "encoding failed", fault);
        packet->stream = stream;
        status = write_packet(output, packet, fault);
        cr_packet_drop(&packet);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status digest_frame(cr_output *output, cr_frame *frame, cr_fault *fault)
{
    cr_status status = cr_frame_fetch(frame, output->host, false);
    if (status == CR_AGAIN) return status;
    if (status == CR_OK) status = cr_digest_frame(output->digest, frame);
    return status == CR_OK ? CR_OK : failed(output, status, "it cannot be written", fault);
}

cr_status cr_output_frame(cr_output *output, cr_frame *frame, cr_fault *fault)
{
    if (output->digest) return digest_frame(output, frame, fault);
    if (!output->video) return CR_OK;
    for (;;) {
        int moved = 0;
        cr_status sent = CR_OK;
        if (!cr_encoder_is_hosted(output->video)) sent = cr_frame_fetch(frame, output->host, false);
        if (sent == CR_OK) sent = cr_encoder_send_frame(output->video, frame);
        if (sent != CR_OK && sent != CR_AGAIN)
            return failed(output, sent, "the picture cannot be encoded", fault);
        cr_status status = drain(output, output->video, output->video_stream, 0, &moved, fault);
        if (status != CR_AGAIN && status != CR_EOF) return status;
        if (sent == CR_OK) return CR_OK;
        if (moved == 0) return CR_AGAIN;
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
        int moved = 0;
        cr_status status = drain(output, output->audio, output->audio_stream, 0, &moved, fault);
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
    status = write_packet(output, packet, fault);
    cr_packet_drop(&packet);
    return status;
}

// Tells the encoders that nothing more comes. CR_AGAIN: the host's does not listen yet.
static cr_status flush(cr_output *output, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (!output->audio_is_flushed) {
        output->audio_is_flushed = true;
        output->audio_is_done = !output->audio;
        if (output->audio) status = cr_encoder_send_samples(output->audio, NULL);
    }
    if (status == CR_OK && !output->video_is_flushed) {
        output->video_is_done = !output->video;
        if (output->video) status = cr_encoder_send_frame(output->video, NULL);
        output->video_is_flushed = status == CR_OK;
    }
    bool is_fine = status == CR_OK || status == CR_AGAIN;
    return is_fine ? status : failed(output, status, "encoding failed", fault);
}

// Both streams a little at a time, so that the muxer can interleave them.
static cr_status drain_rest(cr_output *output, cr_fault *fault)
{
    int moved = 0;
    if (!output->video_is_done) {
        cr_status status =
            drain(output, output->video, output->video_stream, PACKETS_A_STEP, &moved, fault);
        if (status == CR_EOF)
            output->video_is_done = true;
        else if (status != CR_OK && status != CR_AGAIN)
            return status;
    }
    if (!output->audio_is_done) {
        cr_status status =
            drain(output, output->audio, output->audio_stream, PACKETS_A_STEP, &moved, fault);
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
    cr_status flushed = flush(output, fault);
    if (flushed != CR_OK && flushed != CR_AGAIN) return flushed;
    cr_status status = drain_rest(output, fault);
    if (status != CR_OK) return status;
    if (flushed == CR_AGAIN || !output->video_is_done || !output->audio_is_done) return CR_AGAIN;
    if (!output->mux) return failed(output, CR_INVALID, "it has no pictures", fault);
    return cr_mux_finish(output->mux, fault);
}

int64_t cr_output_bytes(const cr_output *output)
{
    if (output->digest) return cr_digest_bytes(output->digest);
    return output->mux ? cr_mux_bytes(output->mux) : 0;
}
