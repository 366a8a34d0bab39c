// Pictures through libavcodec's encoders: H.264 by x264, VP9 by libvpx, AV1 by libaom, PNG, FFV1.
#include <libavcodec/avcodec.h>
#include <libavutil/cpu.h>
#include <libavutil/opt.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "codec/codec_backend.h"
#include "codec/first_extradata.h"
#include "codec/lav_codec.h"
#include "media/pixel_lav.h"

typedef struct encoder_video {
    AVCodecContext *context;
    cr_rate frame_rate;
    cr_stream_info info;
    bool tells_late; // what stands beside the stream is in the first packet, not in the context
} encoder_video;

// How a codec is called in libavcodec, and its constant quality unless asked otherwise.
typedef struct video_codec {
    const char *name;    // ours
    const char *encoder; // libavcodec's
    int quality;         // crf; -1: the codec has none
} video_codec;

static const video_codec codecs[] = {
    {"h264", "libx264", 19}, {"vp9", "libvpx-vp9", 31}, {"av1", "libaom-av1", 30},
    {"png", "png", -1},      {"ffv1", "ffv1", -1},
};

static void video_close(void *state)
{
    encoder_video *encoder = state;
    avcodec_free_context(&encoder->context);
    cr_free(encoder->info.extradata);
    cr_free(encoder);
}

static void drop_frame(void *opaque, uint8_t *data)
{
    (void)data;
    cr_frame *frame = opaque;
    cr_frame_drop(&frame);
}

// libavcodec's view of a frame of ours: the planes are shared, nothing is copied.
static AVFrame *picture_of(const encoder_video *encoder, const cr_frame *frame)
{
    AVFrame *picture = av_frame_alloc();
    if (!picture) return NULL;
    cr_frame *kept = cr_frame_keep((cr_frame *)(uintptr_t)frame); // only its count changes
    picture->buf[0] =
        av_buffer_create(frame->data[0], 1, drop_frame, kept, AV_BUFFER_FLAG_READONLY);
    if (!picture->buf[0]) {
        cr_frame_drop(&kept);
        av_frame_free(&picture);
        return NULL;
    }
    picture->format = encoder->context->pix_fmt;
    picture->width = frame->width;
    picture->height = frame->height;
    for (int plane = 0; plane < cr_pixel_planes(frame->pixel); plane++) {
        picture->data[plane] = frame->data[plane];
        picture->linesize[plane] = (int)frame->stride[plane];
    }
    picture->colorspace = encoder->context->colorspace;
    picture->color_range = encoder->context->color_range;
    picture->color_primaries = encoder->context->color_primaries;
    picture->color_trc = encoder->context->color_trc;
    picture->sample_aspect_ratio = encoder->context->sample_aspect_ratio;
    picture->pts = cr_frame_at(frame->pts, encoder->frame_rate);
    return picture;
}

static cr_status video_send(void *state, const cr_frame *frame)
{
    encoder_video *encoder = state;
    if (!frame) return cr_codec_status(avcodec_send_frame(encoder->context, NULL));
    if (frame->pixel != encoder->info.pixel || frame->width != encoder->info.width ||
        frame->height != encoder->info.height || frame->pts == CR_TICKS_NONE || !frame->data[0])
        return CR_INVALID;
    AVFrame *picture = picture_of(encoder, frame);
    if (!picture) return CR_NOMEM;
    int error = avcodec_send_frame(encoder->context, picture);
    av_frame_free(&picture);
    return cr_codec_status(error);
}

static cr_status video_receive(void *state, cr_packet **out)
{
    encoder_video *encoder = state;
    AVPacket *packet = av_packet_alloc();
    if (!packet) return CR_NOMEM;
    int error = avcodec_receive_packet(encoder->context, packet);
    if (error < 0) {
        av_packet_free(&packet);
        return cr_codec_status(error);
    }
    // An encoder that sees no end of a frame calls it one unit of its time base long: one frame.
    if (packet->duration == 0) packet->duration = 1;
    cr_status status = cr_codec_wrap_packet(out, packet, encoder->context->time_base);
    if (status == CR_OK && encoder->tells_late && encoder->info.extradata_size == 0) {
        status = cr_first_extradata(&encoder->info, *out);
        if (status != CR_OK) cr_packet_drop(out);
    }
    return status;
}

static const cr_stream_info *video_info(const void *state)
{
    return &((const encoder_video *)state)->info;
}

static void set_x264(AVCodecContext *context, const cr_encoder_desc *desc)
{
    av_opt_set(context->priv_data, "preset", desc->speed ? desc->speed : "medium", 0);
    if (desc->pixel == CR_PIXEL_I420) av_opt_set(context->priv_data, "profile", "high", 0);
    // x264's AVX-512 code looks at memory that nobody wrote: small pictures come out different in
    // one run of ten or so (seen with build 164). Whoever has AVX-512 has AVX2.
    bool has_avx512 = av_get_cpu_flags() & AV_CPU_FLAG_AVX512;
    if (desc->is_exact && has_avx512) av_opt_set(context->priv_data, "x264-params", "asm=avx2", 0);
}

// Google's encoders of VP9 and AV1 are asked in the same words.
static void set_vpx(AVCodecContext *context, const cr_encoder_desc *desc, bool is_av1)
{
    static const char *const speeds[] = {"veryslow", "slower",   "slow",      "medium",   "fast",
                                         "faster",   "veryfast", "superfast", "ultrafast"};
    static const int cpu_used[] = {0, 1, 1, 2, 3, 4, 5, 6, 8};
    int used = 2;
    for (size_t i = 0; desc->speed && i < CR_COUNT_OF(speeds); i++)
        if (strcmp(desc->speed, speeds[i]) == 0) used = cpu_used[i];
    const char *pace = used >= 6 ? "realtime" : "good";
    av_opt_set(context->priv_data, is_av1 ? "usage" : "deadline", pace, 0);
    // AV1's slowest are of no use to anybody who waits.
    av_opt_set_int(context->priv_data, "cpu-used", is_av1 && used < 3 ? used + 3 : used, 0);
    av_opt_set_int(context->priv_data, "row-mt", 1, 0);
    // A tile of AV1 has a least width; VP9 makes as many as there is room for.
    enum { TILED_WIDTH_MIN = 1024 };
    if (!is_av1 || desc->width >= TILED_WIDTH_MIN)
        av_opt_set_int(context->priv_data, "tile-columns", 2, 0);
}

static void set_quality(AVCodecContext *context, const cr_encoder_desc *desc,
                        const video_codec *codec)
{
    context->bit_rate = desc->bit_rate;
    if (desc->bit_rate > 0 || codec->quality < 0) return;
    av_opt_set_double(context->priv_data, "crf", desc->quality > 0 ? desc->quality : codec->quality,
                      0);
}

static void set_up(AVCodecContext *context, const cr_encoder_desc *desc, const video_codec *codec)
{
    enum { gop_seconds = 2 };
    context->width = desc->width;
    context->height = desc->height;
    context->time_base = (AVRational){desc->frame_rate.den, desc->frame_rate.num};
    context->framerate = (AVRational){desc->frame_rate.num, desc->frame_rate.den};
    context->sample_aspect_ratio = (AVRational){1, 1};
    context->pix_fmt = cr_pixel_to_lav(desc->pixel);
    bool is_rgb = cr_pixel_is_rgb(desc->pixel);
    cr_color color = cr_color_complete(desc->color, is_rgb, desc->height);
    context->colorspace = cr_matrix_to_lav(color.matrix);
    context->color_range = cr_color_range_to_lav(color.range);
    context->color_primaries = cr_primaries_to_lav(color.primaries);
    context->color_trc = cr_transfer_to_lav(color.transfer);
    if (desc->pixel == CR_PIXEL_I420) context->chroma_sample_location = AVCHROMA_LOC_LEFT;
    context->gop_size =
        desc->gop > 0 ? desc->gop
                      : (int)cr_frame_count(gop_seconds * CR_TICKS_PER_SECOND, desc->frame_rate);
    // x264's picture decisions depend on the number of threads.
    context->thread_count = desc->is_exact || desc->thread_count < 1 ? 1 : desc->thread_count;
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (desc->is_exact) context->flags |= AV_CODEC_FLAG_BITEXACT;
    set_quality(context, desc, codec);
    if (strcmp(codec->name, "h264") == 0) set_x264(context, desc);
    bool is_av1 = strcmp(codec->name, "av1") == 0;
    if (is_av1 || strcmp(codec->name, "vp9") == 0) set_vpx(context, desc, is_av1);
    // Sequences of pictures are written often and kept rarely.
    if (strcmp(codec->name, "png") == 0) context->compression_level = 3;
}

static void describe(encoder_video *encoder, const cr_encoder_desc *desc)
{
    const AVCodecContext *context = encoder->context;
    cr_stream_info *info = &encoder->info;
    info->kind = CR_STREAM_VIDEO;
    snprintf(info->codec, sizeof info->codec, "%s", desc->codec);
    info->width = desc->width;
    info->height = desc->height;
    info->sample_aspect = (cr_rate){1, 1};
    info->pixel = desc->pixel;
    info->has_alpha = cr_pixel_has_alpha(desc->pixel);
    info->bit_depth = 8;
    info->color = cr_color_complete(desc->color, cr_pixel_is_rgb(desc->pixel), desc->height);
    info->frame_rate = desc->frame_rate;
    info->bit_rate = desc->bit_rate;
    encoder->tells_late = strcmp(desc->codec, "av1") == 0;
    if (context->extradata_size > 0) {
        info->extradata = cr_alloc((size_t)context->extradata_size + 64, 1);
        memcpy(info->extradata, context->extradata, (size_t)context->extradata_size);
        info->extradata_size = (size_t)context->extradata_size;
    }
}

static cr_status check(const cr_encoder_desc *desc, const video_codec *codec, cr_fault *fault)
{
    if (!codec)
        return cr_fail(fault, CR_UNSUPPORTED, "", "nothing here encodes \"%s\"", desc->codec);
    if (desc->width < 1 || desc->height < 1 || desc->width > CR_PICTURE_SIDE_MAX ||
        desc->height > CR_PICTURE_SIDE_MAX || !cr_rate_is_known(desc->frame_rate))
        return cr_fail(fault, CR_INVALID, "", "a film of %d × %d at %d/%d frames a second",
                       desc->width, desc->height, desc->frame_rate.num, desc->frame_rate.den);
    if (strcmp(codec->name, "h264") == 0 && (desc->width % 2 || desc->height % 2))
        return cr_fail(fault, CR_INVALID, "", "H.264 needs even sides, not %d × %d", desc->width,
                       desc->height);
    return CR_OK;
}

cr_status cr_encoder_video_open(void **state, const cr_encoder_backend **backend,
                                const cr_encoder_desc *desc, cr_fault *fault)
{
    static const cr_encoder_backend table = {
        .close = video_close,
        .send_frame = video_send,
        .receive = video_receive,
        .info = video_info,
    };
    const video_codec *codec = NULL;
    for (size_t i = 0; i < CR_COUNT_OF(codecs); i++)
        if (strcmp(codecs[i].name, desc->codec) == 0) codec = &codecs[i];
    cr_status status = check(desc, codec, fault);
    if (status != CR_OK) return status;
    const AVCodec *found = avcodec_find_encoder_by_name(codec->encoder);
    if (!found)
        return cr_fail(fault, CR_UNSUPPORTED, "", "this FFmpeg was built without %s",
                       codec->encoder);
    av_log_set_level(AV_LOG_QUIET); // it is global and names no file
    encoder_video *encoder = cr_alloc(1, sizeof *encoder);
    encoder->frame_rate = desc->frame_rate;
    encoder->context = avcodec_alloc_context3(found);
    status = encoder->context ? CR_OK : CR_NOMEM;
    if (status == CR_OK) {
        set_up(encoder->context, desc, codec);
        status = cr_codec_status(avcodec_open2(encoder->context, found, NULL));
    }
    if (status != CR_OK) {
        video_close(encoder);
        return cr_fail(fault, status, "", "%s does not take %d × %d %s", codec->encoder,
                       desc->width, desc->height, cr_pixel_name(desc->pixel));
    }
    describe(encoder, desc);
    *state = encoder;
    *backend = &table;
    return CR_OK;
}
