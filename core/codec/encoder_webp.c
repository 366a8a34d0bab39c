// WebP through libwebp: every picture becomes a still of its own; the muxer makes the animation.
#include <stdio.h>
#include <string.h>
#include <webp/encode.h>

#include "base/mem.h"
#include "codec/codec_backend.h"

enum { quality_default = 82, quality_lossless = 100, method = 3 };

typedef struct encoder_webp {
    WebPConfig config;
    cr_stream_info info;
    cr_packet *ready;
    bool is_flushing;
} encoder_webp;

static void webp_close(void *state)
{
    encoder_webp *encoder = state;
    cr_packet_drop(&encoder->ready);
    cr_free(encoder);
}

static void release_bytes(void *cookie)
{
    WebPMemoryWriter *writer = cookie;
    WebPMemoryWriterClear(writer);
    cr_free(writer);
}

static cr_status encode(encoder_webp *encoder, const cr_frame *frame, WebPMemoryWriter *writer)
{
    WebPPicture picture;
    if (!WebPPictureInit(&picture)) return CR_UNSUPPORTED;
    picture.use_argb = 1;
    picture.width = frame->width;
    picture.height = frame->height;
    WebPMemoryWriterInit(writer);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = writer;
    bool is_made = WebPPictureImportRGBA(&picture, frame->data[0], (int)frame->stride[0]) &&
                   WebPEncode(&encoder->config, &picture);
    cr_status status = is_made                                             ? CR_OK
                       : picture.error_code == VP8_ENC_ERROR_OUT_OF_MEMORY ? CR_NOMEM
                                                                           : CR_LIMIT;
    WebPPictureFree(&picture);
    return status;
}

static cr_status webp_send(void *state, const cr_frame *frame)
{
    encoder_webp *encoder = state;
    if (!frame) {
        encoder->is_flushing = true;
        return CR_OK;
    }
    if (encoder->ready) return CR_AGAIN;
    if (frame->pixel != CR_PIXEL_RGBA || frame->width != encoder->info.width ||
        frame->height != encoder->info.height)
        return CR_INVALID;
    WebPMemoryWriter *writer = cr_alloc(1, sizeof *writer);
    cr_status status = encode(encoder, frame, writer);
    if (status == CR_OK)
        status = cr_packet_wrap(&encoder->ready, writer->mem, writer->size, release_bytes, writer);
    if (status != CR_OK) {
        release_bytes(writer);
        return status;
    }
    encoder->ready->pts = encoder->ready->dts = frame->pts;
    encoder->ready->duration = cr_frame_start(1, encoder->info.frame_rate);
    encoder->ready->is_key = true;
    return CR_OK;
}

static cr_status webp_receive(void *state, cr_packet **out)
{
    encoder_webp *encoder = state;
    if (!encoder->ready) return encoder->is_flushing ? CR_EOF : CR_AGAIN;
    *out = encoder->ready;
    encoder->ready = NULL;
    return CR_OK;
}

static const cr_stream_info *webp_info(const void *state)
{
    return &((const encoder_webp *)state)->info;
}

cr_status cr_encoder_webp_open(void **state, const cr_encoder_backend **backend,
                               const cr_encoder_desc *desc, cr_fault *fault)
{
    static const cr_encoder_backend table = {
        .close = webp_close,
        .send_frame = webp_send,
        .receive = webp_receive,
        .info = webp_info,
    };
    if (desc->width < 1 || desc->height < 1 || desc->width > WEBP_MAX_DIMENSION ||
        desc->height > WEBP_MAX_DIMENSION)
        return cr_fail(fault, CR_LIMIT, "", "WebP pictures have at most %d pixels a side",
                       WEBP_MAX_DIMENSION);
    encoder_webp *encoder = cr_alloc(1, sizeof *encoder);
    int quality = desc->quality > 0 ? desc->quality : quality_default;
    if (!WebPConfigPreset(&encoder->config, WEBP_PRESET_PICTURE, (float)quality)) {
        cr_free(encoder);
        return cr_fail(fault, CR_UNSUPPORTED, "", "this libwebp does not fit its headers");
    }
    encoder->config.method = method;
    encoder->config.lossless = quality >= quality_lossless;
    encoder->config.exact = encoder->config.lossless;
    encoder->config.thread_level = desc->thread_count > 1;
    cr_stream_info *info = &encoder->info;
    info->kind = CR_STREAM_VIDEO;
    snprintf(info->codec, sizeof info->codec, "webp");
    info->width = desc->width;
    info->height = desc->height;
    info->pixel = CR_PIXEL_RGBA;
    info->color = cr_color_srgb();
    info->frame_rate = desc->frame_rate;
    *state = encoder;
    *backend = &table;
    return CR_OK;
}
