// The platform's own video codecs, as a part of the host port: WebCodecs in a browser.
//
// They work beside us and never make anybody wait: what is not there yet is CR_AGAIN, and whoever
// steps the core comes back after the host has seen something move. All functions are called from
// the one thread that steps the core. Ids are never 0 and never used again; a stale one is
// CR_INVALID.
#pragma once

#include "base/status.h"
#include "media/frame.h"
#include "media/media_info.h"
#include "media/packet.h"

// Bounds that a host keeps to, so that hardware with few surfaces never runs dry.
enum {
    CR_HOST_PACKETS_MAX = 8,  // sent to one decoder and not yet answered; then decode is CR_AGAIN
    CR_HOST_PICTURES_MAX = 8, // decoded by one decoder and not yet closed; then decode is CR_AGAIN
    CR_HOST_FRAMES_MAX = 4,   // sent to one encoder and not yet coded; then encode is CR_AGAIN
};

// A decoded picture that the host holds. Its planes stay there until they are fetched.
typedef struct cr_host_picture {
    uint32_t id;
    int width, height;
    cr_pixel pixel; // what fetching gives: I420, I422 or I444
    cr_ticks pts;
} cr_host_picture;

// What to encode; fields as their namesakes in codec/codec.h.
typedef struct cr_host_encoder_desc {
    const char *codec; // "h264", "vp9", "av1"
    int width, height;
    cr_rate frame_rate;
    cr_color color;
    int64_t bit_rate; // 0: by quality
    int quality;      // 0: a good default
    int gop;          // frames between keyframes
} cr_host_encoder_desc;

// The table; ids and pictures are the host's.
typedef struct cr_host_codecs {
    void *cookie;

    // Whether it decodes [stream] is often known only later: then decoded answers CR_UNSUPPORTED,
    // and the caller decodes by itself. CR_UNSUPPORTED at once for what is never tried (alpha,
    // more than 8 bits).
    cr_status (*open_decoder)(void *cookie, const cr_stream_info *stream, uint32_t *id);
    // Copies [packet]; NULL flushes. CR_AGAIN: full, take pictures first.
    cr_status (*decode)(void *cookie, uint32_t id, const cr_packet *packet);
    // Gives the next picture in presentation order. CR_AGAIN; CR_EOF after a flush;
    // CR_CORRUPT: this packet was damaged; CR_BUSY: the platform took the decoder away: open
    // another and go on from a keyframe; CR_UNSUPPORTED: it will never decode this stream.
    cr_status (*decoded)(void *cookie, uint32_t id, cr_host_picture *out);
    void (*reset_decoder)(void *cookie, uint32_t id);
    void (*close_decoder)(void *cookie, uint32_t id); // pictures given out live on

    // Copies the picture's planes to [data], rows [stride] bytes apart. CR_AGAIN until it is done:
    // ask again with the same memory, which must stay until then or until close_picture.
    cr_status (*fetch_picture)(void *cookie, uint32_t picture, uint8_t *const data[],
                               const ptrdiff_t stride[]);
    void (*close_picture)(void *cookie, uint32_t picture);

    // As open_decoder: CR_UNSUPPORTED may come later, from encoded.
    cr_status (*open_encoder)(void *cookie, const cr_host_encoder_desc *desc, uint32_t *id);
    // Borrows [frame] until it answers; with a [frame]->host_picture that picture is coded as it
    // is, else its planes. NULL flushes. CR_AGAIN: full, come back.
    cr_status (*encode)(void *cookie, uint32_t id, const cr_frame *frame, bool is_key);
    // Gives the next packet in decode order. CR_AGAIN; CR_EOF after a flush; CR_BUSY,
    // CR_UNSUPPORTED as above; CR_IO when encoding failed.
    cr_status (*encoded)(void *cookie, uint32_t id, cr_packet **out);
    // What a muxer must know, known once the first packet was given: codec's private data. Borrowed
    // until close_encoder. CR_AGAIN before.
    cr_status (*encoder_extradata)(void *cookie, uint32_t id, const uint8_t **data, size_t *size);
    void (*close_encoder)(void *cookie, uint32_t id);
} cr_host_codecs;
