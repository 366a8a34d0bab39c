// WebP: one picture is the file itself, several become an animation, whose frames are written as
// they come. (RIFF container as in the WebP Container Specification: VP8X, ANIM, an ANMF a frame.)
#include <libavutil/intreadwrite.h>
#include <string.h>

#include "base/mem.h"
#include "io/mux_backend.h"

enum {
    CHUNK_HEAD_BYTES = 8,
    RIFF_BYTES = 12,
    VP8X_BYTES = 10,
    ANIM_BYTES = 6,
    ANMF_BYTES = 16, // before its picture
    HEAD_BYTES = RIFF_BYTES + CHUNK_HEAD_BYTES + VP8X_BYTES + CHUNK_HEAD_BYTES + ANIM_BYTES,
    FLAGS_AT = RIFF_BYTES + CHUNK_HEAD_BYTES,
    IS_ANIMATION = 0x02,
    HAS_ALPHA = 0x10,
    IS_NOT_BLENDED = 0x02,
    MILLISECONDS_MAX = 0xffffff, // of a frame
};

typedef struct mux_webp {
    cr_sink *sink;
    cr_packet *first; // held back: alone, it is the file
    int width, height;
    int64_t count, bytes;
    bool has_alpha;
} mux_webp;

static cr_status webp_open(void **state, const cr_mux_desc *desc,
                           const cr_stream_info *const streams[], int stream_count, cr_sink *sink,
                           cr_fault *fault)
{
    (void)desc;
    if (stream_count != 1 || strcmp(streams[0]->codec, "webp") != 0)
        return cr_fail(fault, CR_UNSUPPORTED, sink->name, "WebP holds pictures only");
    mux_webp *webp = cr_alloc(1, sizeof *webp);
    webp->sink = sink;
    webp->width = streams[0]->width;
    webp->height = streams[0]->height;
    *state = webp;
    return CR_OK;
}

static cr_status put(mux_webp *webp, const void *data, size_t size)
{
    if ((uint64_t)webp->bytes + size > UINT32_MAX - CHUNK_HEAD_BYTES) return CR_LIMIT; // RIFF's own
    cr_status status = webp->sink->write_at(webp->sink, (uint64_t)webp->bytes, data, size);
    if (status == CR_OK) webp->bytes += (int64_t)size;
    return status;
}

static void put_24(uint8_t *to, int64_t value)
{
    to[0] = (uint8_t)value;
    to[1] = (uint8_t)(value >> 8);
    to[2] = (uint8_t)(value >> 16);
}

static void chunk_head(uint8_t *to, const char name[4], size_t size)
{
    memcpy(to, name, 4);
    AV_WL32(to + 4, (uint32_t)size);
}

// Once at the beginning to take the room, once at the end with what is known then.
static void make_head(const mux_webp *webp, uint8_t head[HEAD_BYTES])
{
    memset(head, 0, HEAD_BYTES);
    chunk_head(head, "RIFF", (size_t)webp->bytes - CHUNK_HEAD_BYTES);
    memcpy(head + CHUNK_HEAD_BYTES, "WEBP", 4);
    uint8_t *canvas = head + FLAGS_AT;
    chunk_head(canvas - CHUNK_HEAD_BYTES, "VP8X", VP8X_BYTES);
    canvas[0] = (uint8_t)(IS_ANIMATION | (webp->has_alpha ? HAS_ALPHA : 0));
    put_24(canvas + 4, webp->width - 1);
    put_24(canvas + 7, webp->height - 1);
    chunk_head(canvas + VP8X_BYTES, "ANIM", ANIM_BYTES); // no background, endless
}

// The chunks of a still that make its picture: ALPH and VP8, or VP8L. [size] is theirs together.
static cr_status find_picture(mux_webp *webp, const cr_packet *packet, size_t *begin, size_t *size)
{
    size_t at = RIFF_BYTES;
    *begin = *size = 0;
    while (packet->size - at >= CHUNK_HEAD_BYTES) {
        const uint8_t *chunk = packet->data + at;
        uint64_t bytes = AV_RL32(chunk + 4);
        bytes += CHUNK_HEAD_BYTES + (bytes & 1);
        if (bytes > packet->size - at) return CR_CORRUPT;
        bool is_alpha = memcmp(chunk, "ALPH", 4) == 0;
        bool is_lossless = memcmp(chunk, "VP8L", 4) == 0;
        if (is_alpha || is_lossless || memcmp(chunk, "VP8 ", 4) == 0) {
            // Its own head: a byte of signature, twice 14 bits of size, then whether alpha is used.
            bool is_used = is_lossless && bytes > CHUNK_HEAD_BYTES + 5 && chunk[12] & 0x10;
            webp->has_alpha |= is_alpha || is_used;
            if (*size == 0) *begin = at;
            *size = at + (size_t)bytes - *begin;
        }
        at += (size_t)bytes;
    }
    return *size ? CR_OK : CR_CORRUPT;
}

static cr_status add_picture(mux_webp *webp, const cr_packet *packet)
{
    if (packet->size < RIFF_BYTES) return CR_CORRUPT;
    size_t begin, size;
    cr_status status = find_picture(webp, packet, &begin, &size);
    if (status != CR_OK) return status;
    // Between rounded ends, so that the whole is as long as it should be.
    int64_t shown = cr_ticks_to_milliseconds(packet->pts + packet->duration) -
                    cr_ticks_to_milliseconds(packet->pts);
    uint8_t head[CHUNK_HEAD_BYTES + ANMF_BYTES] = {0};
    uint8_t *frame = head + CHUNK_HEAD_BYTES;
    chunk_head(head, "ANMF", ANMF_BYTES + size);
    put_24(frame + 6, webp->width - 1);
    put_24(frame + 9, webp->height - 1);
    put_24(frame + 12, shown > MILLISECONDS_MAX ? MILLISECONDS_MAX : shown);
    frame[15] = IS_NOT_BLENDED;
    status = put(webp, head, sizeof head);
    return status == CR_OK ? put(webp, packet->data + begin, size) : status;
}

static cr_status begin_animation(mux_webp *webp)
{
    uint8_t head[HEAD_BYTES];
    make_head(webp, head);
    cr_status status = put(webp, head, sizeof head);
    if (status == CR_OK) status = add_picture(webp, webp->first);
    cr_packet_drop(&webp->first);
    return status;
}

static cr_status webp_write(void *state, const cr_packet *packet)
{
    mux_webp *webp = state;
    if (webp->count++ == 0) {
        webp->first = cr_packet_keep((cr_packet *)(uintptr_t)packet); // only its count changes
        return CR_OK;
    }
    cr_status status = webp->first ? begin_animation(webp) : CR_OK;
    return status == CR_OK ? add_picture(webp, packet) : status;
}

static cr_status webp_finish(void *state, cr_fault *fault)
{
    mux_webp *webp = state;
    cr_status status = CR_OK;
    if (webp->first) {
        status = put(webp, webp->first->data, webp->first->size);
    } else if (webp->count > 0) {
        uint8_t head[HEAD_BYTES];
        make_head(webp, head);
        status = webp->sink->write_at(webp->sink, 0, head, sizeof head);
    }
    if (status != CR_OK)
        return cr_fail(fault, status, webp->sink->name, "the animation cannot be written (%s)",
                       cr_status_text(status));
    return CR_OK;
}

static void webp_close(void *state)
{
    mux_webp *webp = state;
    cr_packet_drop(&webp->first);
    cr_free(webp);
}

static int64_t webp_bytes(const void *state)
{
    return ((const mux_webp *)state)->bytes;
}

const cr_mux_backend cr_mux_webp = {
    .open = webp_open,
    .write = webp_write,
    .finish = webp_finish,
    .close = webp_close,
    .bytes = webp_bytes,
};
