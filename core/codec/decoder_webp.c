// WebP through libwebp: each picture is decoded and laid on the animation's canvas.
#include <string.h>
#include <webp/decode.h>

#include "base/mem.h"
#include "codec/codec_backend.h"
#include "media/webp_packet.h"

typedef struct decoder_webp {
    cr_frame *canvas; // what is shown; cleared rectangles are transparent black
    bool is_ready;    // the canvas has a picture not yet received
    bool is_flushing;
    bool must_clear;
    cr_orientation orientation;
    cr_webp_packet last;
    int last_width, last_height;
} decoder_webp;

static void webp_close(void *state)
{
    decoder_webp *decoder = state;
    cr_frame_drop(&decoder->canvas);
    cr_free(decoder);
}

static void webp_reset(void *state)
{
    decoder_webp *decoder = state;
    cr_frame_drop(&decoder->canvas);
    decoder->is_ready = decoder->is_flushing = decoder->must_clear = false;
}

// The canvas may still be shared with whoever received it: then it is copied before it is changed.
static cr_status own_canvas(decoder_webp *decoder, const cr_webp_packet *head)
{
    if (head->is_first) cr_frame_drop(&decoder->canvas);
    if (!decoder->canvas) {
        cr_status status =
            cr_frame_make(&decoder->canvas, CR_PIXEL_RGBA, head->canvas_width, head->canvas_height);
        if (status != CR_OK) return status;
        memset(decoder->canvas->data[0], 0,
               (size_t)decoder->canvas->stride[0] * (size_t)head->canvas_height);
        return CR_OK;
    }
    if (cr_frame_is_writable(decoder->canvas)) return CR_OK;
    cr_frame *copy = NULL;
    cr_status status = cr_frame_copy(&copy, decoder->canvas);
    if (status != CR_OK) return status;
    cr_frame_drop(&decoder->canvas);
    decoder->canvas = copy;
    return CR_OK;
}

static uint8_t *canvas_row(const decoder_webp *decoder, int x, int y)
{
    return decoder->canvas->data[0] + y * decoder->canvas->stride[0] + (ptrdiff_t)x * 4;
}

static void clear_last(decoder_webp *decoder)
{
    for (int y = 0; y < decoder->last_height; y++)
        memset(canvas_row(decoder, decoder->last.x, decoder->last.y + y), 0,
               (size_t)decoder->last_width * 4);
}

// Straight-alpha source over straight-alpha canvas.
static void blend_row(uint8_t *to, const uint8_t *from, int count)
{
    for (int i = 0; i < count; i++, to += 4, from += 4) {
        unsigned alpha = from[3];
        if (alpha == 0) continue;
        unsigned under = to[3] * (255 - alpha) / 255;
        unsigned sum = alpha + under;
        for (int channel = 0; channel < 3; channel++)
            to[channel] = (uint8_t)((from[channel] * alpha + to[channel] * under) / sum);
        to[3] = (uint8_t)sum;
    }
}

static cr_status webp_send(void *state, const cr_packet *packet)
{
    decoder_webp *decoder = state;
    if (!packet) {
        decoder->is_flushing = true;
        return CR_OK;
    }
    if (decoder->is_ready) return CR_AGAIN;
    cr_webp_packet head;
    if (packet->size < sizeof head) return CR_CORRUPT;
    memcpy(&head, packet->data, sizeof head);
    const uint8_t *coded = packet->data + sizeof head;
    int width = 0, height = 0;
    if (!WebPGetInfo(coded, packet->size - sizeof head, &width, &height)) return CR_CORRUPT;
    if (head.x < 0 || head.y < 0 || width > head.canvas_width - head.x ||
        height > head.canvas_height - head.y)
        return CR_CORRUPT;
    cr_status status = own_canvas(decoder, &head);
    if (status != CR_OK) return status;
    if (decoder->must_clear && !head.is_first) clear_last(decoder);
    uint8_t *pixels = WebPDecodeRGBA(coded, packet->size - sizeof head, &width, &height);
    if (!pixels) return CR_CORRUPT;
    for (int y = 0; y < height; y++) {
        const uint8_t *from = pixels + (size_t)y * (size_t)width * 4;
        uint8_t *to = canvas_row(decoder, head.x, head.y + y);
        if (head.is_blended && !head.is_first)
            blend_row(to, from, width);
        else
            memcpy(to, from, (size_t)width * 4);
    }
    WebPFree(pixels);
    decoder->last = head;
    decoder->last_width = width;
    decoder->last_height = height;
    decoder->must_clear = head.is_cleared_after;
    decoder->canvas->color = cr_color_srgb();
    decoder->canvas->orientation = decoder->orientation;
    decoder->canvas->pts = packet->pts;
    decoder->canvas->duration = packet->duration;
    decoder->is_ready = true;
    return CR_OK;
}

static cr_status webp_receive(void *state, cr_frame **out)
{
    decoder_webp *decoder = state;
    if (!decoder->is_ready) return decoder->is_flushing ? CR_EOF : CR_AGAIN;
    decoder->is_ready = false;
    *out = cr_frame_keep(decoder->canvas);
    return CR_OK;
}

cr_status cr_decoder_webp_open(void **state, const cr_decoder_backend **backend,
                               const cr_stream_info *stream)
{
    static const cr_decoder_backend table = {
        .close = webp_close,
        .send = webp_send,
        .receive_frame = webp_receive,
        .reset = webp_reset,
    };
    decoder_webp *decoder = cr_alloc(1, sizeof *decoder);
    decoder->orientation = stream->orientation;
    *state = decoder;
    *backend = &table;
    return CR_OK;
}
