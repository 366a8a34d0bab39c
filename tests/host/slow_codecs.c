#include "slow_codecs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec.h"

enum {
    THINGS_MAX = 1024, // decoders, encoders, pictures: each at once
    READY_MAX = 64,
    // Questions before an answer: of a host that is hardly slow, and of one that is.
    PATIENCE_MAX = 4,
    LONG_PATIENCE_MAX = 16,
};

typedef struct picture {
    uint32_t id; // 0: none
    cr_frame *frame;
    uint32_t decoder;
    // A copy on its way.
    bool is_asked;
    int patience;
    uint8_t *data[3];
} picture;

typedef struct decoder {
    uint32_t id;
    cr_decoder *own;
    cr_packet *waiting[CR_HOST_PACKETS_MAX];
    int waiting_count, patience;
    uint32_t ready[READY_MAX];
    int ready_count, open_count;
    int packets;
    bool needs_key, is_flushing, is_flushed, is_ended, was_corrupt;
    cr_status final;
} decoder;

typedef struct encoder {
    uint32_t id;
    cr_encoder *own;
    cr_frame *waiting[CR_HOST_FRAMES_MAX];
    int waiting_count, patience;
    int frames;
    cr_ticks last_pts;
    bool is_flushing, is_flushed, has_given;
    cr_status final;
} encoder;

struct slow_codecs {
    cr_host_codecs table;
    uint64_t random;
    int patience_max;
    slow_faults faults;
    slow_counts counts;
    pthread_t thread;
    uint32_t last_id;
    decoder decoders[THINGS_MAX];
    encoder encoders[THINGS_MAX];
    picture pictures[THINGS_MAX];
};

static int some_patience(slow_codecs *c)
{
    c->random ^= c->random << 13;
    c->random ^= c->random >> 7;
    c->random ^= c->random << 17;
    return (int)(c->random % (uint64_t)c->patience_max);
}

static slow_codecs *open_on_this_thread(void *cookie)
{
    slow_codecs *c = cookie;
    assert_true(pthread_equal(c->thread, pthread_self()));
    return c;
}

// --- pictures ---

static picture *find_picture(slow_codecs *c, uint32_t id)
{
    for (int i = 0; id && i < THINGS_MAX; i++)
        if (c->pictures[i].id == id) return &c->pictures[i];
    fail_msg("there is no picture %u, or it was closed", id);
    return NULL;
}

static decoder *decoder_of(slow_codecs *c, const picture *p)
{
    for (int i = 0; i < THINGS_MAX; i++)
        if (c->decoders[i].id == p->decoder) return &c->decoders[i];
    return NULL; // closed; its pictures live on
}

static uint32_t add_picture(slow_codecs *c, decoder *d, cr_frame *frame)
{
    for (int i = 0; i < THINGS_MAX; i++) {
        picture *p = &c->pictures[i];
        if (p->id) continue;
        *p = (picture){.id = ++c->last_id, .frame = frame, .decoder = d->id};
        d->open_count++;
        c->counts.pictures++;
        c->counts.pictures_open++;
        if (c->counts.pictures_open > c->counts.pictures_open_max)
            c->counts.pictures_open_max = c->counts.pictures_open;
        return p->id;
    }
    fail_msg("%d pictures are open", THINGS_MAX);
    return 0;
}

static void slow_close_picture(void *cookie, uint32_t id)
{
    slow_codecs *c = open_on_this_thread(cookie);
    picture *p = find_picture(c, id);
    decoder *d = decoder_of(c, p);
    if (d) d->open_count--;
    c->counts.pictures_open--;
    cr_frame_drop(&p->frame);
    p->id = 0;
}

static cr_status slow_fetch_picture(void *cookie, uint32_t id, uint8_t *const data[],
                                    const ptrdiff_t stride[])
{
    slow_codecs *c = open_on_this_thread(cookie);
    picture *p = find_picture(c, id);
    const cr_frame *frame = p->frame;
    if (!p->is_asked) {
        p->is_asked = true;
        p->patience = some_patience(c);
        memcpy(p->data, data, sizeof p->data);
    }
    int copies = 0;
    for (int i = 0; i < THINGS_MAX; i++)
        copies += c->pictures[i].id && c->pictures[i].is_asked;
    if (copies > c->counts.copies_at_once_max) c->counts.copies_at_once_max = copies;
    // It must be the same memory until the copy is done.
    assert_memory_equal(p->data, data, sizeof p->data);
    if (p->patience-- > 0) return CR_AGAIN;
    p->is_asked = false;
    if (++c->counts.fetched == c->faults.failed_fetch) return CR_IO;
    for (int plane = 0; plane < cr_pixel_planes(frame->pixel); plane++)
        for (int y = 0; y < cr_pixel_rows(frame->pixel, plane, frame->height); y++)
            memcpy(data[plane] + y * stride[plane], frame->data[plane] + y * frame->stride[plane],
                   (size_t)cr_pixel_row_bytes(frame->pixel, plane, frame->width));
    return CR_OK;
}

// --- decoders ---

static decoder *find_decoder(slow_codecs *c, uint32_t id)
{
    for (int i = 0; id && i < THINGS_MAX; i++)
        if (c->decoders[i].id == id) return &c->decoders[i];
    fail_msg("there is no decoder %u, or it was closed", id);
    return NULL;
}

static cr_status slow_open_decoder(void *cookie, const cr_stream_info *stream, uint32_t *id)
{
    slow_codecs *c = open_on_this_thread(cookie);
    if (stream->has_alpha || stream->bit_depth > 8 || stream->is_still || c->faults.refuses_streams)
        return CR_UNSUPPORTED;
    for (int i = 0; i < THINGS_MAX; i++) {
        decoder *d = &c->decoders[i];
        if (d->id) continue;
        *d = (decoder){.needs_key = true};
        if (cr_decoder_open(&d->own, stream, NULL, NULL) != CR_OK) return CR_UNSUPPORTED;
        *id = d->id = ++c->last_id;
        c->counts.decoders++;
        return CR_OK;
    }
    fail_msg("%d decoders are open", THINGS_MAX);
    return CR_BUSY;
}

static void end_decoder(decoder *d, cr_status final)
{
    d->final = final;
    for (int i = 0; i < d->waiting_count; i++)
        cr_packet_drop(&d->waiting[i]);
    d->waiting_count = 0;
}

static void take_pictures(slow_codecs *c, decoder *d)
{
    for (;;) {
        cr_frame *frame = NULL;
        cr_status status = cr_decoder_receive_frame(d->own, &frame);
        if (status == CR_EOF) d->is_ended = true;
        if (status == CR_CORRUPT) continue;
        if (status != CR_OK) return;
        if (frame->pixel > CR_PIXEL_I444) {
            cr_frame_drop(&frame);
            end_decoder(d, CR_UNSUPPORTED);
            return;
        }
        assert_true(d->ready_count < READY_MAX);
        d->ready[d->ready_count++] = add_picture(c, d, frame);
    }
}

static bool has_work(const decoder *d)
{
    bool has_input = d->waiting_count > 0 || (d->is_flushing && !d->is_flushed);
    return !d->final && has_input && d->open_count < CR_HOST_PICTURES_MAX;
}

// A packet is decoded when its time has come.
static void work(slow_codecs *c, decoder *d)
{
    if (!has_work(d) || d->patience-- > 0) return;
    d->patience = some_patience(c);
    if (d->waiting_count == 0) {
        d->is_flushed = true;
        (void)!cr_decoder_send(d->own, NULL);
        take_pictures(c, d);
        return;
    }
    cr_packet *packet = d->waiting[0];
    d->waiting_count--;
    memmove(&d->waiting[0], &d->waiting[1], (size_t)d->waiting_count * sizeof d->waiting[0]);
    d->packets++;
    d->needs_key = d->needs_key && !packet->is_key;
    if (d->packets == c->faults.corrupt_packet) {
        // As a browser does: on to the next keyframe.
        d->was_corrupt = d->needs_key = true;
    } else if (!d->needs_key && cr_decoder_send(d->own, packet) == CR_CORRUPT) {
        d->was_corrupt = true;
    }
    cr_packet_drop(&packet);
    take_pictures(c, d);
    if (d->packets == c->faults.unsupported_after) end_decoder(d, CR_UNSUPPORTED);
    if (d->packets == c->faults.busy_after && c->faults.busy_decoders > 0) {
        c->faults.busy_decoders--;
        end_decoder(d, CR_BUSY);
    }
}

static cr_status slow_decode(void *cookie, uint32_t id, const cr_packet *packet)
{
    slow_codecs *c = open_on_this_thread(cookie);
    decoder *d = find_decoder(c, id);
    if (d->final) return d->final;
    if (!packet) {
        d->is_flushing = true;
        return CR_OK;
    }
    if (d->is_flushing) fail_msg("a packet after a flush, without a reset");
    assert_true(packet->pts != CR_TICKS_NONE);
    work(c, d);
    if (d->final) return d->final;
    if (d->waiting_count == CR_HOST_PACKETS_MAX || d->open_count >= CR_HOST_PICTURES_MAX)
        return CR_AGAIN;
    c->counts.packets++;
    if (d->needs_key && d->waiting_count == 0 && !packet->is_key) return CR_OK;
    d->waiting[d->waiting_count++] = cr_packet_keep((cr_packet *)(uintptr_t)packet);
    return CR_OK;
}

static cr_status slow_decoded(void *cookie, uint32_t id, cr_host_picture *out)
{
    slow_codecs *c = open_on_this_thread(cookie);
    decoder *d = find_decoder(c, id);
    work(c, d);
    if (d->ready_count > 0) {
        const picture *p = find_picture(c, d->ready[0]);
        bool is_timeless = ++c->counts.pictures_given == c->faults.timeless_picture;
        *out = (cr_host_picture){.id = p->id,
                                 .width = p->frame->width,
                                 .height = p->frame->height,
                                 .pixel = p->frame->pixel,
                                 .pts = is_timeless ? CR_TICKS_NONE : p->frame->pts};
        d->ready_count--;
        memmove(&d->ready[0], &d->ready[1], (size_t)d->ready_count * sizeof d->ready[0]);
        return CR_OK;
    }
    if (d->final) return d->final;
    if (d->was_corrupt) {
        d->was_corrupt = false;
        return CR_CORRUPT;
    }
    return d->is_ended ? CR_EOF : CR_AGAIN;
}

static void drop_ready(slow_codecs *c, decoder *d)
{
    while (d->ready_count > 0)
        slow_close_picture(c, d->ready[--d->ready_count]);
}

static void slow_reset_decoder(void *cookie, uint32_t id)
{
    slow_codecs *c = open_on_this_thread(cookie);
    decoder *d = find_decoder(c, id);
    cr_status final = d->final;
    end_decoder(d, final);
    drop_ready(c, d);
    cr_decoder_reset(d->own);
    d->needs_key = true;
    d->is_flushing = d->is_flushed = d->is_ended = d->was_corrupt = false;
}

static void slow_close_decoder(void *cookie, uint32_t id)
{
    slow_codecs *c = open_on_this_thread(cookie);
    decoder *d = find_decoder(c, id);
    end_decoder(d, CR_INVALID);
    drop_ready(c, d);
    cr_decoder_close(&d->own);
    d->id = 0;
}

// --- encoders ---

static encoder *find_encoder(slow_codecs *c, uint32_t id)
{
    for (int i = 0; id && i < THINGS_MAX; i++)
        if (c->encoders[i].id == id) return &c->encoders[i];
    fail_msg("there is no encoder %u, or it was closed", id);
    return NULL;
}

static cr_status slow_open_encoder(void *cookie, const cr_host_encoder_desc *desc, uint32_t *id)
{
    slow_codecs *c = open_on_this_thread(cookie);
    cr_encoder_desc own = {.codec = desc->codec,
                           .width = desc->width,
                           .height = desc->height,
                           .frame_rate = desc->frame_rate,
                           .pixel = CR_PIXEL_I420,
                           .color = desc->color,
                           .bit_rate = desc->bit_rate,
                           .quality = desc->quality,
                           .gop = desc->gop,
                           .speed = "ultrafast"};
    assert_true(desc->gop > 0);
    for (int i = 0; i < THINGS_MAX; i++) {
        encoder *e = &c->encoders[i];
        if (e->id) continue;
        *e = (encoder){.last_pts = CR_TICKS_NONE};
        if (cr_encoder_open(&e->own, &own, NULL) != CR_OK) return CR_UNSUPPORTED;
        *id = e->id = ++c->last_id;
        c->counts.encoders++;
        return CR_OK;
    }
    fail_msg("%d encoders are open", THINGS_MAX);
    return CR_BUSY;
}

static void end_encoder(encoder *e, cr_status final)
{
    e->final = final;
    for (int i = 0; i < e->waiting_count; i++)
        cr_frame_drop(&e->waiting[i]);
    e->waiting_count = 0;
}

static void encode_one(slow_codecs *c, encoder *e)
{
    bool has_input = e->waiting_count > 0 || (e->is_flushing && !e->is_flushed);
    if (e->final || !has_input || e->patience-- > 0) return;
    e->patience = some_patience(c);
    if (e->waiting_count == 0) {
        e->is_flushed = cr_encoder_send_frame(e->own, NULL) == CR_OK;
        return;
    }
    if (cr_encoder_send_frame(e->own, e->waiting[0]) != CR_OK) return; // its packets first
    cr_frame_drop(&e->waiting[0]);
    e->waiting_count--;
    memmove(&e->waiting[0], &e->waiting[1], (size_t)e->waiting_count * sizeof e->waiting[0]);
    e->frames++;
    if (e->frames == c->faults.encoder_unsupported_after) end_encoder(e, CR_UNSUPPORTED);
    if (e->frames == c->faults.encoder_busy_after) end_encoder(e, CR_BUSY);
}

// A copy, as the caller's planes are only lent; a picture's are the decoder's.
static cr_frame *frame_to_encode(slow_codecs *c, const cr_frame *frame)
{
    cr_frame *made = NULL;
    if (frame->data[0]) {
        assert_int_equal(cr_frame_copy(&made, frame), CR_OK);
        return made;
    }
    picture *p = find_picture(c, frame->host_picture);
    assert_int_equal(cr_frame_share(&made, p->frame), CR_OK);
    made->pts = frame->pts;
    c->counts.frames_passed++;
    return made;
}

static cr_status slow_encode(void *cookie, uint32_t id, const cr_frame *frame, bool is_key)
{
    slow_codecs *c = open_on_this_thread(cookie);
    encoder *e = find_encoder(c, id);
    (void)is_key;
    if (e->final) return e->final;
    encode_one(c, e);
    if (e->final) return e->final;
    if (!frame) {
        e->is_flushing = true;
        return CR_OK;
    }
    if (e->is_flushing) fail_msg("a frame after the flush");
    if (e->waiting_count == CR_HOST_FRAMES_MAX) return CR_AGAIN;
    if (e->last_pts != CR_TICKS_NONE && frame->pts <= e->last_pts)
        fail_msg("a frame came twice, or out of order");
    e->last_pts = frame->pts;
    c->counts.frames++;
    e->waiting[e->waiting_count++] = frame_to_encode(c, frame);
    return CR_OK;
}

static cr_status slow_encoded(void *cookie, uint32_t id, cr_packet **out)
{
    slow_codecs *c = open_on_this_thread(cookie);
    encoder *e = find_encoder(c, id);
    encode_one(c, e);
    if (e->final) return e->final;
    cr_status status = cr_encoder_receive(e->own, out);
    if (status == CR_OK) e->has_given = true;
    return status;
}

static cr_status slow_encoder_extradata(void *cookie, uint32_t id, const uint8_t **data,
                                        size_t *size)
{
    slow_codecs *c = open_on_this_thread(cookie);
    encoder *e = find_encoder(c, id);
    if (!e->has_given) return CR_AGAIN;
    const cr_stream_info *info = cr_encoder_info(e->own);
    *data = info->extradata;
    *size = c->faults.has_no_extradata ? 0 : info->extradata_size;
    return CR_OK;
}

static void slow_close_encoder(void *cookie, uint32_t id)
{
    slow_codecs *c = open_on_this_thread(cookie);
    encoder *e = find_encoder(c, id);
    end_encoder(e, CR_INVALID);
    cr_encoder_close(&e->own);
    e->id = 0;
}

// --- the whole ---

slow_codecs *slow_codecs_open(uint64_t seed, const slow_faults *faults)
{
    slow_codecs *c = cr_alloc(1, sizeof *c);
    c->random = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
    c->patience_max = seed % 2 ? PATIENCE_MAX : LONG_PATIENCE_MAX;
    if (faults) c->faults = *faults;
    c->thread = pthread_self();
    c->table = (cr_host_codecs){.cookie = c,
                                .open_decoder = slow_open_decoder,
                                .decode = slow_decode,
                                .decoded = slow_decoded,
                                .reset_decoder = slow_reset_decoder,
                                .close_decoder = slow_close_decoder,
                                .fetch_picture = slow_fetch_picture,
                                .close_picture = slow_close_picture,
                                .open_encoder = slow_open_encoder,
                                .encode = slow_encode,
                                .encoded = slow_encoded,
                                .encoder_extradata = slow_encoder_extradata,
                                .close_encoder = slow_close_encoder};
    return c;
}

void slow_codecs_close(slow_codecs **codecs)
{
    slow_codecs *c = *codecs;
    for (int i = 0; i < THINGS_MAX; i++) {
        if (c->decoders[i].id) fail_msg("decoder %u was left open", c->decoders[i].id);
        if (c->encoders[i].id) fail_msg("encoder %u was left open", c->encoders[i].id);
        if (c->pictures[i].id) fail_msg("picture %u was left open", c->pictures[i].id);
    }
    cr_free(c);
    *codecs = NULL;
}

const cr_host_codecs *slow_codecs_table(slow_codecs *codecs)
{
    return &codecs->table;
}

const slow_counts *slow_codecs_counts(const slow_codecs *codecs)
{
    return &codecs->counts;
}

bool slow_codecs_is_at_work(const slow_codecs *codecs)
{
    for (int i = 0; i < THINGS_MAX; i++) {
        const decoder *d = &codecs->decoders[i];
        const encoder *e = &codecs->encoders[i];
        bool is_decoding = d->id && (has_work(d) || d->ready_count > 0 || d->final ||
                                     d->was_corrupt || d->is_ended);
        bool is_encoding = e->id && (e->waiting_count > 0 || e->final || e->is_flushing);
        bool is_copying = codecs->pictures[i].id && codecs->pictures[i].is_asked;
        if (is_decoding || is_encoding || is_copying) return true;
    }
    return false;
}
