// MP4, WebM, WAV and the like over libavformat. The index of an MP4 stands at the front: in room
// that was left for it where a forecast says how much it takes, else by moving bytes within the
// sink.
#include <libavcodec/avcodec.h>
#include <libavutil/intreadwrite.h>
#include <string.h>

#include "base/mem.h"
#include "io/lav_bytes.h"
#include "io/mux_backend.h"
#include "media/pixel_lav.h"

static const AVRational tick_base = {1, CR_TICKS_PER_SECOND};

typedef struct mux_lav {
    AVFormatContext *format;
    cr_lav_sink sink;
    cr_lav_sink read_back; // for moving the index: the same sink at a place of its own
    AVPacket *packet;
    bool is_ordered; // packets are written as they come
} mux_lav;

// The muxer's second look at its own output: only that, whatever name it asks for.
static int open_again(AVFormatContext *format, AVIOContext **context, const char *url, int flags,
                      AVDictionary **options)
{
    (void)url;
    (void)options;
    mux_lav *mux = format->opaque;
    if (flags & AVIO_FLAG_WRITE) return AVERROR(EPERM);
    mux->read_back = mux->sink;
    mux->read_back.at = 0;
    *context = cr_lav_writer(&mux->read_back);
    if (!*context) return AVERROR(ENOMEM);
    (*context)->write_flag = 0;
    return 0;
}

static int close_again(AVFormatContext *format, AVIOContext *context)
{
    (void)format;
    context->write_flag = 1; // its state is not ours to free
    cr_lav_bytes_free(&context);
    return 0;
}

// 3GPP TS 26.245 sample description: centred at the bottom, white 18-pixel letters, no box. What
// players show until they apply the viewer's own style.
static cr_status set_text_style(AVCodecParameters *coded)
{
    static const uint8_t style[] = {
        0,    0,    0,    0,    1,   0xff,          // flags, centred, bottom
        0,    0,    0,    0,                        // background
        0,    0,    0,    0,    0,   0,    0,   0,  // text box
        0,    0,    0,    0,    0,   1,    0,   18, // style of all characters, font 1, 18 pixels
        0xff, 0xff, 0xff, 0xff,                     // white
        0,    0,    0,    18,   'f', 't',  'a', 'b', 0, 1, // font table, one entry
        0,    1,    5,    'S',  'e', 'r',  'i', 'f',
    };
    coded->extradata = av_mallocz(sizeof style + AV_INPUT_BUFFER_PADDING_SIZE);
    if (!coded->extradata) return CR_NOMEM;
    memcpy(coded->extradata, style, sizeof style);
    coded->extradata_size = (int)sizeof style;
    return CR_OK;
}

static void set_video(AVStream *stream, const cr_stream_info *info)
{
    AVCodecParameters *coded = stream->codecpar;
    coded->codec_type = AVMEDIA_TYPE_VIDEO;
    coded->width = info->width;
    coded->height = info->height;
    coded->format = cr_pixel_to_lav(info->pixel);
    coded->color_space = cr_matrix_to_lav(info->color.matrix);
    coded->color_range = cr_color_range_to_lav(info->color.range);
    coded->color_primaries = cr_primaries_to_lav(info->color.primaries);
    coded->color_trc = cr_transfer_to_lav(info->color.transfer);
    if (info->pixel == CR_PIXEL_I420) coded->chroma_location = AVCHROMA_LOC_LEFT;
    coded->sample_aspect_ratio = stream->sample_aspect_ratio = (AVRational){1, 1};
    stream->avg_frame_rate = stream->r_frame_rate =
        (AVRational){info->frame_rate.num, info->frame_rate.den};
    // The muxer takes this as a wish: a frame is then a whole number of units.
    stream->time_base = (AVRational){info->frame_rate.den, info->frame_rate.num};
}

static void set_audio(AVStream *stream, const cr_stream_info *info)
{
    AVCodecParameters *coded = stream->codecpar;
    coded->codec_type = AVMEDIA_TYPE_AUDIO;
    coded->sample_rate = info->sample_rate;
    av_channel_layout_default(&coded->ch_layout, info->channels);
    coded->block_align = info->block_align;
    coded->bits_per_coded_sample = info->bits_per_sample;
    coded->initial_padding = info->encoder_delay;
    coded->format = AV_SAMPLE_FMT_FLTP;
    // RFC 7845: a decoder wants 80 ms before a seek's target.
    if (strcmp(info->codec, "opus") == 0) coded->seek_preroll = info->sample_rate * 80 / 1000;
    stream->time_base = (AVRational){1, info->sample_rate};
}

static cr_status add_stream(mux_lav *mux, const cr_stream_info *info, const char *format,
                            cr_fault *fault)
{
    AVStream *stream = avformat_new_stream(mux->format, NULL);
    if (!stream) return CR_NOMEM;
    AVCodecParameters *coded = stream->codecpar;
    if (info->kind == CR_STREAM_TEXT) {
        bool is_webm = strcmp(format, "webm") == 0;
        coded->codec_type = AVMEDIA_TYPE_SUBTITLE;
        coded->codec_id = is_webm ? AV_CODEC_ID_WEBVTT : AV_CODEC_ID_MOV_TEXT;
        stream->time_base = (AVRational){1, 1000};
        if (info->language[0]) av_dict_set(&stream->metadata, "language", info->language, 0);
        return is_webm ? CR_OK : set_text_style(coded);
    }
    const AVCodecDescriptor *described = avcodec_descriptor_get_by_name(info->codec);
    if (!described ||
        avformat_query_codec(mux->format->oformat, described->id, FF_COMPLIANCE_NORMAL) == 0)
        return cr_fail(fault, CR_UNSUPPORTED, mux->sink.sink->name, "%s does not take %s", format,
                       info->codec);
    coded->codec_id = described->id;
    coded->bit_rate = info->bit_rate;
    if (info->kind == CR_STREAM_VIDEO)
        set_video(stream, info);
    else
        set_audio(stream, info);
    if (info->extradata_size == 0) return CR_OK;
    coded->extradata = av_mallocz(info->extradata_size + AV_INPUT_BUFFER_PADDING_SIZE);
    if (!coded->extradata) return CR_NOMEM;
    memcpy(coded->extradata, info->extradata, info->extradata_size);
    coded->extradata_size = (int)info->extradata_size;
    return CR_OK;
}

static cr_status fail_with(const mux_lav *mux, int error, const char *what, cr_fault *fault)
{
    char text[128];
    cr_lav_error_text(error, text, sizeof text);
    cr_status status = mux->sink.status != CR_OK ? mux->sink.status : cr_status_from_lav(error);
    return cr_fail(fault, status, mux->sink.sink->name, "%s (%s)", what,
                   mux->sink.status != CR_OK ? cr_status_text(status) : text);
}

static void lav_close(void *state)
{
    mux_lav *mux = state;
    if (mux->format) cr_lav_bytes_free(&mux->format->pb);
    avformat_free_context(mux->format);
    av_packet_free(&mux->packet);
    cr_free(mux);
}

static int64_t common_multiple(int64_t a, int64_t b)
{
    return a / av_gcd(a, b) * b;
}

// Edit lists count in units of the whole film: such that a picture and a sample are whole numbers.
static int64_t film_timescale(const cr_stream_info *const streams[], int stream_count)
{
    int64_t units = 1000;
    for (int i = 0; i < stream_count; i++) {
        int64_t rate = streams[i]->kind == CR_STREAM_VIDEO ? streams[i]->frame_rate.num
                                                           : streams[i]->sample_rate;
        if (rate > 0 && common_multiple(units, rate) <= INT32_MAX)
            units = common_multiple(units, rate);
    }
    return units;
}

// Bytes that an MP4's index takes at most: sizes (4 a packet), times (8 in each of two tables a
// change), keyframes (4), and chunks (8 for the place, 12 for what is in it), which end where
// another stream comes and at a mebibyte.
static int64_t index_bytes(const cr_mux_desc *desc, const cr_stream_info *const streams[],
                           int stream_count)
{
    enum { FIXED_BYTES = 8 * 1024, CHUNK_BYTES = 1 << 20 };
    const cr_mux_forecast *forecast = &desc->forecast;
    int64_t chunks = forecast->turns + 2 * (forecast->bytes / CHUNK_BYTES) + 2 * stream_count;
    int64_t bytes = FIXED_BYTES + 4 * forecast->packets + 16 * forecast->time_changes +
                    4 * forecast->keys + 20 * chunks;
    if (desc->title) bytes += 2 * (int64_t)strlen(desc->title);
    for (int i = 0; i < stream_count; i++)
        bytes += 2 * (int64_t)streams[i]->extradata_size;
    return bytes;
}

static void set_options(mux_lav *mux, const cr_mux_desc *desc,
                        const cr_stream_info *const streams[], int stream_count,
                        AVDictionary **options)
{
    const cr_mux_forecast *forecast = &desc->forecast;
    int64_t room = 0;
    if (strcmp(desc->format, "mp4") == 0) {
        room = mux->is_ordered ? index_bytes(desc, streams, stream_count) : 0;
        av_dict_set(options, "movflags", room ? "+write_colr" : "+faststart+write_colr", 0);
        if (room) av_dict_set_int(options, "moov_size", room, 0);
        av_dict_set_int(options, "movie_timescale", film_timescale(streams, stream_count), 0);
    }
    if (strcmp(desc->format, "webm") == 0) {
        enum { CUE_BYTES = 64, CUES_BYTES = 1024 };
        // Opus begins before zero by its delay; shifting all for that would part sound and picture.
        mux->format->avoid_negative_ts = 0;
        room = mux->is_ordered ? CUES_BYTES + CUE_BYTES * forecast->keys : 0;
        if (room) av_dict_set_int(options, "reserve_index_space", room, 0);
    }
    // RIFF counts in 32 bits; what is longer has another head (EBU Tech 3306).
    if (strcmp(desc->format, "wav") == 0 && forecast->bytes > UINT32_MAX - 4096)
        av_dict_set(options, "rf64", "always", 0);
}

static cr_status begin(mux_lav *mux, const cr_mux_desc *desc, const cr_stream_info *const streams[],
                       int stream_count, cr_fault *fault)
{
    int error = avformat_alloc_output_context2(&mux->format, NULL, desc->format, "output");
    mux->packet = av_packet_alloc();
    if (error < 0 || !mux->format || !mux->packet)
        return cr_fail(fault, CR_UNSUPPORTED, mux->sink.sink->name, "there is no format \"%s\"",
                       desc->format);
    mux->format->opaque = mux;
    mux->format->io_open = open_again;
    mux->format->io_close2 = close_again;
    mux->format->pb = cr_lav_writer(&mux->sink);
    if (!mux->format->pb) return CR_NOMEM;
    if (desc->is_exact) mux->format->flags |= AVFMT_FLAG_BITEXACT;
    if (desc->title) av_dict_set(&mux->format->metadata, "title", desc->title, 0);
    for (int i = 0; i < stream_count; i++) {
        cr_status status = add_stream(mux, streams[i], desc->format, fault);
        if (status != CR_OK) return status;
    }
    AVDictionary *options = NULL;
    set_options(mux, desc, streams, stream_count, &options);
    error = avformat_write_header(mux->format, &options);
    av_dict_free(&options);
    if (error < 0) return fail_with(mux, error, "the file cannot be begun", fault);
    return CR_OK;
}

static cr_status lav_open(void **state, const cr_mux_desc *desc,
                          const cr_stream_info *const streams[], int stream_count, cr_sink *sink,
                          cr_fault *fault)
{
    av_log_set_level(AV_LOG_QUIET);
    mux_lav *mux = cr_alloc(1, sizeof *mux);
    mux->sink.sink = sink;
    mux->is_ordered = desc->forecast.packets > 0;
    cr_status status = begin(mux, desc, streams, stream_count, fault);
    if (status != CR_OK) {
        lav_close(mux);
        return status;
    }
    *state = mux;
    return CR_OK;
}

static void drop_packet(void *opaque, uint8_t *data)
{
    (void)data;
    cr_packet *packet = opaque;
    cr_packet_drop(&packet);
}

// The packet's own bytes, which it keeps until the muxer is done with them.
static int share_payload(AVPacket *coded, const cr_packet *packet)
{
    if (packet->size > INT32_MAX - AV_INPUT_BUFFER_PADDING_SIZE) return AVERROR(EINVAL);
    cr_packet *kept = cr_packet_keep((cr_packet *)(uintptr_t)packet); // only its count changes
    coded->buf = av_buffer_create(packet->data, packet->size + AV_INPUT_BUFFER_PADDING_SIZE,
                                  drop_packet, kept, AV_BUFFER_FLAG_READONLY);
    if (!coded->buf) {
        cr_packet_drop(&kept);
        return AVERROR(ENOMEM);
    }
    coded->data = packet->data;
    coded->size = (int)packet->size;
    return 0;
}

// mov_text samples begin with their length; everything else goes in as it is.
static int take_payload(AVPacket *coded, const cr_packet *packet, enum AVCodecID codec)
{
    enum { HEAD_BYTES = 2 };
    if (codec != AV_CODEC_ID_MOV_TEXT) {
        int error = share_payload(coded, packet);
        if (error < 0) return error;
    } else {
        if (packet->size > UINT16_MAX) return AVERROR(EINVAL);
        int error = av_new_packet(coded, (int)packet->size + HEAD_BYTES);
        if (error < 0) return error;
        coded->data[0] = (uint8_t)(packet->size >> 8);
        coded->data[1] = (uint8_t)packet->size;
        memcpy(coded->data + HEAD_BYTES, packet->data, packet->size);
    }
    if (packet->skip_end > 0 || packet->skip_start > 0) {
        uint8_t *skip = av_packet_new_side_data(coded, AV_PKT_DATA_SKIP_SAMPLES, 10);
        if (!skip) return AVERROR(ENOMEM);
        memset(skip, 0, 10);
        AV_WL32(skip, (uint32_t)packet->skip_start);
        AV_WL32(skip + 4, (uint32_t)packet->skip_end);
    }
    return 0;
}

static int64_t to_stream(cr_ticks at, const AVStream *stream)
{
    return av_rescale_q_rnd(at, tick_base, stream->time_base, AV_ROUND_NEAR_INF);
}

// WebM stores times with the codec's delay added; libavformat does that itself from version 61 on.
static cr_ticks delay_to_add(const mux_lav *mux, const AVStream *stream)
{
    const AVCodecParameters *coded = stream->codecpar;
    bool is_ours = LIBAVFORMAT_VERSION_MAJOR < 61 && coded->codec_id == AV_CODEC_ID_OPUS &&
                   strcmp(mux->format->oformat->name, "webm") == 0;
    if (!is_ours) return 0;
    return cr_scale(coded->initial_padding, CR_TICKS_PER_SECOND, coded->sample_rate,
                    CR_ROUND_NEAREST);
}

static cr_status lav_write(void *state, const cr_packet *packet)
{
    mux_lav *mux = state;
    if (packet->stream < 0 || packet->stream >= (int)mux->format->nb_streams ||
        packet->pts == CR_TICKS_NONE)
        return CR_INVALID;
    const AVStream *stream = mux->format->streams[packet->stream];
    AVPacket *coded = mux->packet;
    int error = take_payload(coded, packet, stream->codecpar->codec_id);
    if (error >= 0) {
        coded->stream_index = packet->stream;
        cr_ticks delay = delay_to_add(mux, stream);
        cr_ticks dts = packet->dts == CR_TICKS_NONE ? packet->pts : packet->dts;
        coded->pts = to_stream(packet->pts + delay, stream);
        coded->dts = to_stream(dts + delay, stream);
        coded->duration = to_stream(packet->pts + packet->duration + delay, stream) - coded->pts;
        bool is_text = stream->codecpar->codec_type == AVMEDIA_TYPE_SUBTITLE;
        coded->flags = packet->is_key || is_text ? AV_PKT_FLAG_KEY : 0;
        error = mux->is_ordered ? av_write_frame(mux->format, coded)
                                : av_interleaved_write_frame(mux->format, coded);
    }
    av_packet_unref(coded);
    if (mux->sink.status != CR_OK) return mux->sink.status;
    return cr_status_from_lav(error);
}

static cr_status lav_finish(void *state, cr_fault *fault)
{
    mux_lav *mux = state;
    int error = av_write_trailer(mux->format);
    avio_flush(mux->format->pb);
    if (error >= 0 && mux->sink.status == CR_OK) return CR_OK;
    return fail_with(mux, error, "the file cannot be finished", fault);
}

static int64_t lav_bytes(const void *state)
{
    const mux_lav *mux = state;
    return mux->sink.size;
}

const cr_mux_backend cr_mux_lav = {
    .open = lav_open,
    .write = lav_write,
    .finish = lav_finish,
    .close = lav_close,
    .bytes = lav_bytes,
};
