// A small program around the platform's codecs, stepped by a page: packets in, pictures or packets
// out. It counts, digests and remembers; the page asks.
#include <emscripten/emscripten.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "browser/codecs.h"

enum { MODE_DECODE = 1, MODE_FETCH, MODE_ENCODE_HOSTED, MODE_ENCODE_PLANES };

typedef struct loop {
    cr_host_codecs codecs;
    cr_log log;
    int mode;
    const uint8_t *at; // the next packet
    int packets_left;
    bool is_flushed, is_decoded, is_encoder_flushed;
    uint32_t decoder, encoder;
    cr_frame *frame; // decoded, not yet given on
    bool is_fetched;
    cr_stream_info stream;
    uint64_t digest, first_digest;
    int pictures, packets, keys, disorder;
    cr_ticks last_pts, last_dts;
    uint8_t *out; // coded packets one after the other, each behind its size
    size_t out_size, out_room;
} loop;

static loop the_loop;

static void say(void *cookie, cr_log_level level, const char *line)
{
    (void)cookie;
    (void)level;
    fprintf(stderr, "%s\n", line);
}

static uint64_t add_bytes(uint64_t digest, const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ data[i]) * UINT64_C(0x100000001b3);
    return digest;
}

static void digest_frame(loop *l)
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    for (int plane = 0; plane < cr_pixel_planes(l->frame->pixel); plane++)
        for (int y = 0; y < cr_pixel_rows(l->frame->pixel, plane, l->frame->height); y++)
            digest = add_bytes(digest, l->frame->data[plane] + y * l->frame->stride[plane],
                               (size_t)cr_pixel_row_bytes(l->frame->pixel, plane, l->frame->width));
    if (l->pictures == 1) l->first_digest = digest;
    l->digest = l->digest * 31 + digest;
}

// Begins with [file] of packets.py, which stays. [codec] NULL: no encoder.
EMSCRIPTEN_KEEPALIVE int loop_begin(const uint8_t *file, int mode, const char *codec, int bit_rate,
                                    int quality)
{
    loop *l = &the_loop;
    *l = (loop){.mode = mode, .last_pts = INT64_MIN, .last_dts = INT64_MIN};
    l->log = (cr_log){.write = say, .level_max = CR_LOG_DEBUG};
    cr_browser_codecs(&l->codecs, &l->log);
    int32_t numbers[6];
    snprintf(l->stream.codec, sizeof(l->stream.codec), "%.16s", (const char *)file);
    memcpy(numbers, file + 16, sizeof(numbers));
    l->stream.kind = CR_STREAM_VIDEO;
    l->stream.width = numbers[0];
    l->stream.height = numbers[1];
    l->stream.frame_rate = (cr_rate){numbers[2], numbers[3]};
    l->stream.pixel = CR_PIXEL_I420;
    l->stream.bit_depth = 8;
    l->packets_left = numbers[4];
    l->stream.extradata = (uint8_t *)file + 16 + sizeof(numbers);
    l->stream.extradata_size = (size_t)numbers[5];
    l->at = l->stream.extradata + l->stream.extradata_size;
    cr_status status = l->codecs.open_decoder(l->codecs.cookie, &l->stream, &l->decoder);
    if (status != CR_OK || mode < MODE_ENCODE_HOSTED) return status;
    cr_host_encoder_desc desc = {.codec = codec,
                                 .width = numbers[0],
                                 .height = numbers[1],
                                 .frame_rate = l->stream.frame_rate,
                                 .color = cr_color_bt709(),
                                 .bit_rate = bit_rate,
                                 .quality = quality,
                                 .gop = 60};
    return l->codecs.open_encoder(l->codecs.cookie, &desc, &l->encoder);
}

static cr_status send_packets(loop *l)
{
    while (l->packets_left > 0) {
        cr_packet packet = {.data = (uint8_t *)l->at + 24};
        int32_t numbers[2];
        memcpy(&packet.pts, l->at, 8);
        memcpy(&packet.duration, l->at + 8, 8);
        memcpy(numbers, l->at + 16, 8);
        packet.size = (size_t)numbers[0];
        packet.is_key = numbers[1] != 0;
        packet.dts = CR_TICKS_NONE;
        cr_status status = l->codecs.decode(l->codecs.cookie, l->decoder, &packet);
        if (status != CR_OK) return status;
        l->at += 24 + packet.size;
        l->packets_left--;
    }
    if (l->is_flushed) return CR_AGAIN;
    l->is_flushed = true;
    return l->codecs.decode(l->codecs.cookie, l->decoder, NULL);
}

static cr_status take_picture(loop *l)
{
    cr_host_picture picture;
    cr_status status = l->codecs.decoded(l->codecs.cookie, l->decoder, &picture);
    if (status == CR_EOF) l->is_decoded = true;
    if (status != CR_OK) return status;
    status = cr_frame_make(&l->frame, picture.pixel, picture.width, picture.height);
    if (status != CR_OK) return status;
    l->frame->color = cr_color_bt709();
    l->frame->pts = picture.pts;
    l->frame->duration = cr_frame_start(1, l->stream.frame_rate);
    l->frame->host_picture = picture.id;
    l->pictures++;
    l->disorder += picture.pts <= l->last_pts;
    l->last_pts = picture.pts;
    l->is_fetched = l->mode != MODE_FETCH && l->mode != MODE_ENCODE_PLANES;
    return CR_OK;
}

static cr_status give_on(loop *l)
{
    cr_frame *frame = l->frame;
    if (l->mode == MODE_FETCH) digest_frame(l);
    if (l->encoder) {
        cr_frame hosted = *frame;
        if (l->mode == MODE_ENCODE_HOSTED)
            hosted.data[0] = NULL;
        else
            hosted.host_picture = 0;
        cr_status status = l->codecs.encode(l->codecs.cookie, l->encoder, &hosted, false);
        if (status != CR_OK) return status;
    }
    if (frame->host_picture) l->codecs.close_picture(l->codecs.cookie, frame->host_picture);
    cr_frame_drop(&l->frame);
    return CR_OK;
}

static cr_status move_picture(loop *l)
{
    if (!l->frame) return l->is_decoded ? CR_EOF : take_picture(l);
    if (!l->is_fetched) {
        cr_status status = l->codecs.fetch_picture(l->codecs.cookie, l->frame->host_picture,
                                                   l->frame->data, l->frame->stride);
        if (status != CR_OK) return status;
        l->is_fetched = true;
        l->codecs.close_picture(l->codecs.cookie, l->frame->host_picture);
        l->frame->host_picture = 0;
    }
    return give_on(l);
}

static void keep_packet(loop *l, const cr_packet *packet)
{
    l->packets++;
    l->keys += packet->is_key;
    l->disorder += packet->dts <= l->last_dts || packet->dts > packet->pts;
    l->last_dts = packet->dts;
    l->digest = add_bytes(l->digest, packet->data, packet->size);
    if (l->out_size + packet->size > l->out_room) {
        l->out_room = (l->out_size + packet->size) * 2;
        l->out = cr_realloc(l->out, l->out_room, 1);
    }
    memcpy(l->out + l->out_size, packet->data, packet->size);
    l->out_size += packet->size;
}

static cr_status take_packets(loop *l)
{
    if (l->is_decoded && !l->frame && !l->is_encoder_flushed) {
        l->is_encoder_flushed = true;
        cr_status status = l->codecs.encode(l->codecs.cookie, l->encoder, NULL, false);
        if (status != CR_OK) return status;
    }
    for (;;) {
        cr_packet *packet;
        cr_status status = l->codecs.encoded(l->codecs.cookie, l->encoder, &packet);
        if (status != CR_OK) return status;
        keep_packet(l, packet);
        cr_packet_drop(&packet);
    }
}

// CR_AGAIN while at work; CR_EOF at the end; else what failed.
EMSCRIPTEN_KEEPALIVE int loop_step(void)
{
    loop *l = &the_loop;
    cr_status status = CR_OK;
    do {
        cr_status sent = send_packets(l);
        if (sent != CR_OK && sent != CR_AGAIN) return sent;
        status = move_picture(l);
    } while (status == CR_OK);
    if (status != CR_AGAIN && status != CR_EOF) return status;
    return l->encoder ? take_packets(l) : status;
}

// What was counted, as JSON.
EMSCRIPTEN_KEEPALIVE const char *loop_report(void)
{
    static char report[512];
    const loop *l = &the_loop;
    snprintf(report, sizeof(report),
             "{\"pictures\":%d,\"packets\":%d,\"keys\":%d,\"disorder\":%d,\"bytes\":%zu,"
             "\"digest\":\"%016llx\",\"first\":\"%016llx\"}",
             l->pictures, l->packets, l->keys, l->disorder, l->out_size,
             (unsigned long long)l->digest, (unsigned long long)l->first_digest);
    return report;
}

EMSCRIPTEN_KEEPALIVE const uint8_t *loop_output(void)
{
    return the_loop.out;
}

EMSCRIPTEN_KEEPALIVE int loop_extradata(const uint8_t **data, size_t *size)
{
    loop *l = &the_loop;
    return l->codecs.encoder_extradata(l->codecs.cookie, l->encoder, data, size);
}

EMSCRIPTEN_KEEPALIVE void loop_end(void)
{
    loop *l = &the_loop;
    if (l->decoder) l->codecs.close_decoder(l->codecs.cookie, l->decoder);
    if (l->encoder) l->codecs.close_encoder(l->codecs.cookie, l->encoder);
    if (l->frame && l->frame->host_picture)
        l->codecs.close_picture(l->codecs.cookie, l->frame->host_picture);
    cr_frame_drop(&l->frame);
    cr_free(l->out);
    *l = (loop){0};
}
