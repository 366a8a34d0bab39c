// Decoding through libavcodec; pictures come out in one of our layouts without a copy where the
// decoder's own layout is one.
#include <libavcodec/avcodec.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec_backend.h"
#include "codec/lav_codec.h"
#include "codec/lav_samples.h"
#include "media/pixel_lav.h"

static const AVRational tick_base = {1, CR_TICKS_PER_SECOND};

typedef struct decoder_lav {
    AVCodecContext *context;
    AVFrame *frame;
    AVPacket *packet;
    struct SwsContext *convert; // for layouts that are not ours
    cr_stream_info stream;      // extradata not kept
} decoder_lav;

static void lav_close(void *state)
{
    decoder_lav *decoder = state;
    avcodec_free_context(&decoder->context);
    av_frame_free(&decoder->frame);
    av_packet_free(&decoder->packet);
    sws_freeContext(decoder->convert);
    cr_free(decoder);
}

static void lav_reset(void *state)
{
    decoder_lav *decoder = state;
    avcodec_flush_buffers(decoder->context);
}

static void drop_packet(void *opaque, uint8_t *data)
{
    (void)data;
    cr_packet *packet = opaque;
    cr_packet_drop(&packet);
}

static int add_side_data(AVPacket *packet, const cr_packet *from)
{
    if (from->skip_start || from->skip_end) {
        uint8_t *skip = av_packet_new_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, 10);
        if (!skip) return AVERROR(ENOMEM);
        memset(skip, 0, 10);
        AV_WL32(skip, (uint32_t)from->skip_start);
        AV_WL32(skip + 4, (uint32_t)from->skip_end);
    }
    return 0;
}

static int64_t lav_time(cr_ticks ticks)
{
    return ticks == CR_TICKS_NONE ? AV_NOPTS_VALUE : ticks;
}

static cr_status lav_send(void *state, const cr_packet *packet)
{
    decoder_lav *decoder = state;
    if (!packet) return cr_codec_status(avcodec_send_packet(decoder->context, NULL));
    if (packet->size == 0) return CR_OK; // libavcodec would take it for the end
    AVPacket *coded = decoder->packet;
    // The packet is shared: only its count changes.
    cr_packet *kept = cr_packet_keep((cr_packet *)(uintptr_t)packet);
    coded->buf =
        av_buffer_create(packet->data, packet->size, drop_packet, kept, AV_BUFFER_FLAG_READONLY);
    if (!coded->buf) {
        cr_packet_drop(&kept);
        return CR_NOMEM;
    }
    coded->data = packet->data;
    coded->size = (int)packet->size;
    coded->pts = lav_time(packet->pts);
    coded->dts = lav_time(packet->dts);
    coded->duration = packet->duration;
    coded->time_base = tick_base;
    coded->flags =
        (packet->is_key ? AV_PKT_FLAG_KEY : 0) | (packet->is_discard ? AV_PKT_FLAG_DISCARD : 0);
    int error = add_side_data(coded, packet);
    if (error >= 0) error = avcodec_send_packet(decoder->context, coded);
    av_packet_unref(coded);
    return cr_codec_status(error);
}

static cr_color color_of(const decoder_lav *decoder, const AVFrame *picture)
{
    cr_color color =
        cr_color_from_lav(picture->colorspace, picture->color_range, picture->color_primaries,
                          picture->color_trc, (enum AVPixelFormat)picture->format);
    const cr_color *said = &decoder->stream.color;
    bool is_rgb = color.matrix == CR_MATRIX_RGB;
    if (color.matrix == CR_MATRIX_NONE && said->matrix != CR_MATRIX_RGB)
        color.matrix = said->matrix;
    if (color.range == CR_COLOR_RANGE_NONE) color.range = said->range;
    if (color.primaries == CR_PRIMARIES_NONE) color.primaries = said->primaries;
    if (color.transfer == CR_TRANSFER_NONE) color.transfer = said->transfer;
    return cr_color_complete(color, is_rgb, picture->height);
}

static void describe(const decoder_lav *decoder, const AVFrame *picture, cr_frame *frame)
{
    frame->color = color_of(decoder, picture);
    frame->orientation = decoder->stream.orientation;
    const AVFrameSideData *matrix = av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX);
    if (matrix && matrix->size >= 36 && !frame->orientation.quarter_turns &&
        !frame->orientation.mirrored)
        frame->orientation = cr_orientation_from_matrix((const int32_t *)(void *)matrix->data);
    frame->sample_aspect = decoder->stream.sample_aspect;
    if (!cr_rate_is_known(frame->sample_aspect)) frame->sample_aspect = (cr_rate){1, 1};
    frame->pts = picture->best_effort_timestamp == AV_NOPTS_VALUE ? CR_TICKS_NONE
                                                                  : picture->best_effort_timestamp;
#if LIBAVUTIL_VERSION_MAJOR >= 58
    frame->duration = picture->duration;
#else
    frame->duration = picture->pkt_duration;
#endif
}

static void release_picture(void *cookie)
{
    AVFrame *picture = cookie;
    av_frame_free(&picture);
}

static bool is_ours(const AVFrame *picture, cr_pixel pixel)
{
    enum AVPixelFormat format = (enum AVPixelFormat)picture->format;
    bool is_same = format == cr_pixel_to_lav(pixel) ||
                   (format == AV_PIX_FMT_YUVJ420P && pixel == CR_PIXEL_I420) ||
                   (format == AV_PIX_FMT_YUVJ422P && pixel == CR_PIXEL_I422) ||
                   (format == AV_PIX_FMT_YUVJ444P && pixel == CR_PIXEL_I444);
    for (int plane = 0; is_same && plane < cr_pixel_planes(pixel); plane++)
        is_same = picture->linesize[plane] > 0;
    return is_same;
}

static cr_status wrap_picture(cr_frame **out, const AVFrame *picture, cr_pixel pixel)
{
    AVFrame *kept = av_frame_clone(picture);
    if (!kept) return CR_NOMEM;
    ptrdiff_t stride[CR_PLANES_MAX];
    uint8_t *data[CR_PLANES_MAX];
    for (int plane = 0; plane < CR_PLANES_MAX; plane++) {
        stride[plane] = kept->linesize[plane];
        data[plane] = kept->data[plane];
    }
    cr_status status =
        cr_frame_wrap(out, pixel, kept->width, kept->height, data, stride, release_picture, kept);
    if (status != CR_OK) av_frame_free(&kept);
    return status;
}

// Only the layout changes: same size, same matrix, same range.
static cr_status convert_picture(decoder_lav *decoder, cr_frame **out, const AVFrame *picture,
                                 cr_pixel pixel)
{
    cr_frame *frame = NULL;
    cr_status status = cr_frame_make(&frame, pixel, picture->width, picture->height);
    if (status != CR_OK) return status;
    decoder->convert = sws_getCachedContext(
        decoder->convert, picture->width, picture->height, (enum AVPixelFormat)picture->format,
        picture->width, picture->height, cr_pixel_to_lav(pixel),
        SWS_POINT | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INP | SWS_FULL_CHR_H_INT, NULL,
        NULL, NULL);
    if (!decoder->convert) {
        cr_frame_drop(&frame);
        return CR_UNSUPPORTED;
    }
    int is_full = color_of(decoder, picture).range == CR_COLOR_RANGE_FULL;
    const int *table = sws_getCoefficients(SWS_CS_ITU709);
    sws_setColorspaceDetails(decoder->convert, table, is_full, table, is_full, 0, 1 << 16, 1 << 16);
    int strides[CR_PLANES_MAX];
    for (int plane = 0; plane < CR_PLANES_MAX; plane++)
        strides[plane] = (int)frame->stride[plane];
    sws_scale(decoder->convert, (const uint8_t *const *)picture->data, picture->linesize, 0,
              picture->height, frame->data, strides);
    *out = frame;
    return CR_OK;
}

static cr_status lav_receive_frame(void *state, cr_frame **out)
{
    decoder_lav *decoder = state;
    cr_status status = cr_codec_status(avcodec_receive_frame(decoder->context, decoder->frame));
    if (status != CR_OK) return status;
    const AVFrame *picture = decoder->frame;
    cr_pixel pixel = cr_pixel_from_lav((enum AVPixelFormat)picture->format);
    cr_frame *frame = NULL;
    if (pixel == CR_PIXEL_NONE)
        status = CR_UNSUPPORTED;
    else if (is_ours(picture, pixel))
        status = wrap_picture(&frame, picture, pixel);
    else
        status = convert_picture(decoder, &frame, picture, pixel);
    if (status == CR_OK) {
        describe(decoder, picture, frame);
        *out = frame;
    }
    av_frame_unref(decoder->frame);
    return status;
}

static cr_status lav_receive_samples(void *state, cr_samples **out)
{
    decoder_lav *decoder = state;
    cr_status status = cr_codec_status(avcodec_receive_frame(decoder->context, decoder->frame));
    if (status != CR_OK) return status;
    const AVFrame *sound = decoder->frame;
    cr_samples *samples = NULL;
    status = cr_lav_samples_read(&samples, sound);
    if (status == CR_OK) {
        samples->pts = sound->best_effort_timestamp == AV_NOPTS_VALUE
                           ? CR_TICKS_NONE
                           : sound->best_effort_timestamp;
        *out = samples;
    }
    av_frame_unref(decoder->frame);
    return status;
}

static const AVCodec *find_decoder(const cr_stream_info *stream)
{
    const AVCodecDescriptor *described = avcodec_descriptor_get_by_name(stream->codec);
    if (!described) return NULL;
    return avcodec_find_decoder(described->id);
}

static cr_status set_up(decoder_lav *decoder, const cr_stream_info *stream,
                        const cr_decoder_desc *desc)
{
    AVCodecContext *context = decoder->context;
    context->pkt_timebase = tick_base;
    context->width = stream->width;
    context->height = stream->height;
    context->sample_rate = stream->sample_rate;
    if (stream->channel_mask)
        av_channel_layout_from_mask(&context->ch_layout, stream->channel_mask);
    else
        av_channel_layout_default(&context->ch_layout, stream->channels);
    context->block_align = stream->block_align;
    context->bits_per_coded_sample = stream->bits_per_sample;
    context->thread_count = desc->thread_count > 0 ? desc->thread_count : 1;
    context->thread_type =
        desc->is_low_latency ? FF_THREAD_SLICE : FF_THREAD_FRAME | FF_THREAD_SLICE;
    if (desc->is_low_latency) context->flags |= AV_CODEC_FLAG_LOW_DELAY;
    if (stream->extradata_size > 0) {
        context->extradata = av_mallocz(stream->extradata_size + AV_INPUT_BUFFER_PADDING_SIZE);
        if (!context->extradata) return CR_NOMEM;
        memcpy(context->extradata, stream->extradata, stream->extradata_size);
        context->extradata_size = (int)stream->extradata_size;
    }
    return CR_OK;
}

cr_status cr_decoder_lav_open(void **state, const cr_decoder_backend **backend,
                              const cr_stream_info *stream, const cr_decoder_desc *desc,
                              cr_fault *fault)
{
    static const cr_decoder_backend table = {
        .close = lav_close,
        .send = lav_send,
        .receive_frame = lav_receive_frame,
        .receive_samples = lav_receive_samples,
        .reset = lav_reset,
    };
    const AVCodec *codec = find_decoder(stream);
    if (!codec)
        return cr_fail(fault, CR_UNSUPPORTED, "", "nothing here decodes \"%s\"", stream->codec);
    av_log_set_level(AV_LOG_QUIET); // it is global and names no file
    decoder_lav *decoder = cr_alloc(1, sizeof *decoder);
    decoder->stream = *stream;
    decoder->stream.extradata = NULL;
    decoder->context = avcodec_alloc_context3(codec);
    decoder->frame = av_frame_alloc();
    decoder->packet = av_packet_alloc();
    cr_status status = decoder->context && decoder->frame && decoder->packet ? CR_OK : CR_NOMEM;
    if (status == CR_OK) status = set_up(decoder, stream, desc);
    if (status == CR_OK) status = cr_codec_status(avcodec_open2(decoder->context, codec, NULL));
    if (status != CR_OK) {
        lav_close(decoder);
        return cr_fail(fault, status, "", "the \"%s\" stream cannot be decoded (%s)", stream->codec,
                       cr_status_text(status));
    }
    *state = decoder;
    *backend = &table;
    return CR_OK;
}
