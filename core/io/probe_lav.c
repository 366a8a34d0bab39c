// One honest picture of a file: what the container says, checked against what its packets are.
#include <libavcodec/avcodec.h>
#include <libavutil/intreadwrite.h>
#include <libavutil/pixdesc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "io/claimed_size.h"
#include "io/demux_lav.h"
#include "io/exif.h"
#include "io/lav_bytes.h"
#include "media/pixel_lav.h"

// Files up to this size are gone through once, so that counts and lengths are measured, not
// believed; larger ones where that takes no reading.
static const uint64_t scan_bytes_max = UINT64_C(256) << 20;
static const uint64_t blind_bytes_max = UINT64_C(2) << 30;

// What scanning found of one stream.
typedef struct stream_scan {
    int64_t shown, untimed;
    cr_ticks first, end;
    cr_ticks longest_last; // duration of the packet that ends the stream
    cr_ticks *times;       // of video pictures, in file order
    size_t time_count, time_room;
    bool has_alpha;
    cr_ticks last_key; // pts of the keyframe before, CR_TICKS_NONE at the beginning
    bool has_open_gop;
} stream_scan;

static const char *container_name(const char *format)
{
    static const struct {
        const char *prefix, *name;
    } names[] = {
        {"mov,mp4", "mp4"},    {"matroska,webm", "matroska"},
        {"png_pipe", "png"},   {"jpeg_pipe", "jpeg"},
        {"image2", "image"},   {"webp_pipe", "webp"},
        {"mpegts", "mpegts"},  {"bmp_pipe", "bmp"},
        {"tiff_pipe", "tiff"}, {"gif", "gif"},
        {"apng", "png"},
    };
    for (size_t i = 0; i < CR_COUNT_OF(names); i++)
        if (strncmp(format, names[i].prefix, strlen(names[i].prefix)) == 0) return names[i].name;
    return format;
}

static void find_container(cr_demux_lav *demux)
{
    const AVFormatContext *format = demux->format;
    const char *name = container_name(format->iformat->name);
    const AVDictionaryEntry *brand = av_dict_get(format->metadata, "major_brand", NULL, 0);
    if (brand && strcmp(name, "mp4") == 0 && strncmp(brand->value, "qt", 2) == 0) name = "mov";
    if (strcmp(name, "matroska") == 0) {
        bool is_webm = format->nb_streams > 0;
        for (unsigned i = 0; i < format->nb_streams; i++) {
            enum AVCodecID codec = format->streams[i]->codecpar->codec_id;
            is_webm = is_webm && (codec == AV_CODEC_ID_VP8 || codec == AV_CODEC_ID_VP9 ||
                                  codec == AV_CODEC_ID_AV1 || codec == AV_CODEC_ID_OPUS ||
                                  codec == AV_CODEC_ID_VORBIS || codec == AV_CODEC_ID_WEBVTT);
        }
        if (is_webm) name = "webm";
    }
    snprintf(demux->info.container, sizeof demux->info.container, "%s", name);
}

static const int32_t *display_matrix(const AVStream *stream)
{
#if LIBAVCODEC_VERSION_MAJOR >= 61
    const AVPacketSideData *data =
        av_packet_side_data_get(stream->codecpar->coded_side_data,
                                stream->codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return data && data->size >= 36 ? (const int32_t *)(const void *)data->data : NULL;
#else
    size_t size = 0;
    const uint8_t *data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return data && size >= 36 ? (const int32_t *)(const void *)data : NULL;
#endif
}

static cr_rate rate_of(AVRational rational)
{
    cr_rate rate = {0, 0};
    if (rational.num > 0 && rational.den > 0 &&
        cr_rate_make(&rate, rational.num, rational.den) != CR_OK)
        rate = (cr_rate){0, 0};
    return rate;
}

static bool is_still_container(const char *container)
{
    static const char *const stills[] = {"png", "jpeg", "image", "bmp", "tiff"};
    for (size_t i = 0; i < CR_COUNT_OF(stills); i++)
        if (strcmp(container, stills[i]) == 0) return true;
    return false;
}

static void read_video(const AVStream *stream, cr_stream_info *info)
{
    const AVCodecParameters *coded = stream->codecpar;
    enum AVPixelFormat format = (enum AVPixelFormat)coded->format;
    const AVPixFmtDescriptor *form = av_pix_fmt_desc_get(format);
    info->width = coded->width;
    info->height = coded->height;
    AVRational aspect =
        stream->sample_aspect_ratio.num ? stream->sample_aspect_ratio : coded->sample_aspect_ratio;
    info->sample_aspect = rate_of(aspect);
    if (!cr_rate_is_known(info->sample_aspect)) info->sample_aspect = (cr_rate){1, 1};
    const int32_t *matrix = display_matrix(stream);
    if (matrix) info->orientation = cr_orientation_from_matrix(matrix);
    info->pixel = cr_pixel_from_lav(format);
    info->bit_depth = form ? form->comp[0].depth : 8;
    info->has_alpha = cr_pixel_has_alpha(info->pixel) && form &&
                      form->flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL);
    const AVDictionaryEntry *alpha = av_dict_get(stream->metadata, "alpha_mode", NULL, 0);
    if (alpha && strcmp(alpha->value, "1") == 0) {
        info->has_alpha = true;
        info->pixel = CR_PIXEL_I420A;
    }
    cr_color color = cr_color_from_lav(coded->color_space, coded->color_range,
                                       coded->color_primaries, coded->color_trc, format);
    info->color = cr_color_complete(color, cr_pixel_is_rgb(info->pixel), coded->height);
    info->frame_rate = rate_of(stream->avg_frame_rate);
    if (!cr_rate_is_known(info->frame_rate)) info->frame_rate = rate_of(stream->r_frame_rate);
}

static void read_audio(const AVStream *stream, cr_stream_info *info)
{
    const AVCodecParameters *coded = stream->codecpar;
    info->sample_rate = coded->sample_rate;
    info->channels = coded->ch_layout.nb_channels;
    if (coded->ch_layout.order == AV_CHANNEL_ORDER_NATIVE)
        info->channel_mask = coded->ch_layout.u.mask;
    info->block_align = coded->block_align;
    info->bits_per_sample = coded->bits_per_coded_sample;
}

static cr_stream_kind kind_of(const AVStream *stream)
{
    if (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) return CR_STREAM_NONE; // cover art
    switch (stream->codecpar->codec_type) {
    case AVMEDIA_TYPE_VIDEO:
        return stream->codecpar->width > 0 ? CR_STREAM_VIDEO : CR_STREAM_NONE;
    case AVMEDIA_TYPE_AUDIO:
        return stream->codecpar->sample_rate > 0 ? CR_STREAM_AUDIO : CR_STREAM_NONE;
    case AVMEDIA_TYPE_SUBTITLE:
        return CR_STREAM_TEXT;
    default:
        return CR_STREAM_NONE;
    }
}

static void read_stream(const AVStream *stream, cr_stream_info *info)
{
    const AVCodecParameters *coded = stream->codecpar;
    info->index = stream->index;
    info->kind = kind_of(stream);
    snprintf(info->codec, sizeof info->codec, "%s", avcodec_get_name(coded->codec_id));
    const AVDictionaryEntry *language = av_dict_get(stream->metadata, "language", NULL, 0);
    if (language) snprintf(info->language, sizeof info->language, "%.7s", language->value);
    info->bit_rate = coded->bit_rate;
    info->start = CR_TICKS_NONE;
    info->duration = stream->duration != AV_NOPTS_VALUE
                         ? cr_demux_lav_ticks(stream, stream->duration)
                         : CR_TICKS_NONE;
    if (coded->extradata_size > 0) {
        info->extradata = cr_alloc((size_t)coded->extradata_size + 64, 1);
        memcpy(info->extradata, coded->extradata, (size_t)coded->extradata_size);
        info->extradata_size = (size_t)coded->extradata_size;
    }
    if (info->kind == CR_STREAM_VIDEO) read_video(stream, info);
    if (info->kind == CR_STREAM_AUDIO) read_audio(stream, info);
}

static void scan_packet(const cr_demux_lav *demux, const cr_packet *packet,
                        const cr_stream_info *info, stream_scan *scan)
{
    if (packet->alpha) scan->has_alpha = true;
    // The first keyframe has nothing before it that such a picture could refer to.
    bool is_leading = scan->last_key != CR_TICKS_NONE && packet->pts != CR_TICKS_NONE &&
                      packet->pts < scan->last_key;
    if (is_leading && scan->shown > 0) scan->has_open_gop = true;
    if (packet->is_key) scan->last_key = packet->pts;
    if (packet->is_discard) return;
    if (packet->pts == CR_TICKS_NONE) {
        scan->untimed++;
        return;
    }
    cr_ticks first = packet->pts, end = packet->pts + packet->duration;
    if (info->kind == CR_STREAM_AUDIO && info->sample_rate > 0) {
        first +=
            cr_scale(packet->skip_start, CR_TICKS_PER_SECOND, info->sample_rate, CR_ROUND_NEAREST);
        if (!demux->has_exact_durations)
            end -= cr_scale(packet->skip_end, CR_TICKS_PER_SECOND, info->sample_rate,
                            CR_ROUND_NEAREST);
        if (first >= end && packet->duration > 0) return; // all of it is encoder delay
    }
    if (scan->shown == 0 || first < scan->first) scan->first = first;
    if (scan->shown == 0 || end > scan->end) {
        scan->end = end;
        scan->longest_last = packet->duration;
    }
    scan->shown++;
    if (info->kind == CR_STREAM_VIDEO)
        CR_VEC_ADD(scan->times, scan->time_count, scan->time_room, packet->pts);
}

static int compare_ticks(const void *left, const void *right)
{
    cr_ticks a = *(const cr_ticks *)left, b = *(const cr_ticks *)right;
    return (a > b) - (a < b);
}

// True when the pictures are not evenly spaced: some gap differs from the mean by more than the
// container's own rounding can explain.
static bool is_uneven(stream_scan *scan, cr_ticks unit)
{
    if (scan->time_count < 3) return false;
    qsort(scan->times, scan->time_count, sizeof *scan->times, compare_ticks);
    cr_ticks whole = scan->times[scan->time_count - 1] - scan->times[0];
    for (size_t i = 1; i < scan->time_count; i++) {
        cr_ticks expected =
            cr_scale(whole, (int64_t)i, (int64_t)scan->time_count - 1, CR_ROUND_NEAREST);
        cr_ticks off = scan->times[i] - scan->times[0] - expected;
        if (llabs(off) > unit + unit / 2) return true;
    }
    return false;
}

// The rate in real use that explains the spacing of evenly spaced pictures to within the
// container's rounding; containers that count milliseconds only know it roughly.
static cr_rate measured_rate(const stream_scan *scan, cr_ticks unit, cr_rate said)
{
    static const cr_rate usual[] = {{24000, 1001}, {24, 1},  {25, 1},  {30000, 1001},
                                    {30, 1},       {48, 1},  {50, 1},  {60, 1},
                                    {60000, 1001}, {12, 1},  {15, 1},  {10, 1},
                                    {90, 1},       {100, 1}, {120, 1}, {120000, 1001}};
    if (scan->time_count < 2) return said;
    cr_ticks whole = scan->times[scan->time_count - 1] - scan->times[0];
    cr_ticks nearest = unit + unit / 2 + 1;
    for (size_t i = 0; i < CR_COUNT_OF(usual); i++) {
        cr_ticks off = llabs(cr_frame_start((int64_t)scan->time_count - 1, usual[i]) - whole);
        if (off >= nearest) continue;
        nearest = off;
        said = usual[i];
    }
    return said;
}

static void apply_scan(const AVStream *stream, cr_stream_info *info, stream_scan *scan)
{
    if (scan->has_alpha) {
        info->has_alpha = true;
        info->pixel = CR_PIXEL_I420A;
    }
    // A bare bitstream has no times: its pictures follow each other at the rate it says.
    if (scan->shown == 0 && info->kind == CR_STREAM_VIDEO && cr_rate_is_known(info->frame_rate)) {
        info->frame_count = scan->untimed;
        info->duration = cr_frame_start(scan->untimed, info->frame_rate);
    }
    if (scan->shown == 0) return;
    info->start = scan->first;
    if (info->kind != CR_STREAM_VIDEO) {
        info->duration = scan->end - scan->first;
        return;
    }
    info->frame_count = scan->shown;
    cr_ticks unit =
        cr_scale(CR_TICKS_PER_SECOND, stream->time_base.num, stream->time_base.den, CR_ROUND_UP);
    info->is_variable_rate = is_uneven(scan, unit);
    if (!info->is_variable_rate) info->frame_rate = measured_rate(scan, unit, info->frame_rate);
    cr_ticks last = scan->longest_last;
    if (last <= 0 && cr_rate_is_known(info->frame_rate)) last = cr_frame_start(1, info->frame_rate);
    if (scan->longest_last <= 0) scan->end += last;
    info->duration = scan->end - scan->first;
}

static cr_status scan_packets(cr_demux_lav *demux)
{
    stream_scan *scans = cr_alloc((size_t)demux->info.stream_count, sizeof *scans);
    for (int i = 0; i < demux->info.stream_count; i++)
        scans[i].last_key = CR_TICKS_NONE;
    cr_packet *packet = NULL;
    cr_status status;
    while ((status = cr_demux_lav_next(demux, &packet)) == CR_OK) {
        if (packet->stream < demux->info.stream_count)
            scan_packet(demux, packet, &demux->info.streams[packet->stream],
                        &scans[packet->stream]);
        cr_packet_drop(&packet);
    }
    for (int i = 0; i < demux->info.stream_count; i++) {
        apply_scan(demux->format->streams[i], &demux->info.streams[i], &scans[i]);
        if (scans[i].has_open_gop) demux->open_gop_mask |= UINT64_C(1) << i;
        cr_free(scans[i].times);
    }
    cr_free(scans);
    return status == CR_EOF ? CR_OK : status;
}

// Whether nothing but the index tells this stream's packets apart: libavformat looks into those of
// other codecs before it gives them.
static bool is_opaque(const AVStream *stream)
{
    static const enum AVCodecID known[] = {
        AV_CODEC_ID_H264, AV_CODEC_ID_HEVC,   AV_CODEC_ID_VP9,     AV_CODEC_ID_AV1,
        AV_CODEC_ID_AAC,  AV_CODEC_ID_PRORES, AV_CODEC_ID_MOV_TEXT};
    const AVCodecParameters *coded = stream->codecpar;
    if (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) return true; // read already
    for (size_t i = 0; i < CR_COUNT_OF(known); i++)
        if (coded->codec_id == known[i]) return true;
    return av_get_exact_bits_per_sample(coded->codec_id) > 0 &&
           coded->codec_type == AVMEDIA_TYPE_AUDIO;
}

// Whether the packets can be gone through without their bytes: all that is known of them stands in
// an index that was read already, or follows from their size.
static bool can_scan_blindly(const cr_demux_lav *demux)
{
    const AVFormatContext *format = demux->format;
    uint64_t size = demux->source->size;
    if (size > blind_bytes_max) return false;
    bool is_mp4 = strncmp(format->iformat->name, "mov,mp4", 7) == 0;
    if (!is_mp4 && strcmp(format->iformat->name, "wav") != 0) return false;
    for (unsigned i = 0; i < format->nb_streams; i++) {
        if (!is_opaque(format->streams[i])) return false;
        if (is_mp4 && avformat_index_get_entries_count(format->streams[i]) == 0) return false;
    }
    return !is_mp4 || !cr_has_fragments(demux->source);
}

// As scan_packets, by the index alone. A parser would take the zeros that are read for pictures.
static cr_status scan_blindly(cr_demux_lav *demux)
{
    demux->format->flags |= AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN;
    cr_lav_reader_blind(demux->bytes, true);
    cr_status status = cr_demux_lav_rewind(demux);
    if (status == CR_OK) status = scan_packets(demux);
    cr_lav_reader_blind(demux->bytes, false);
    demux->format->flags &= ~(AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN);
    return status;
}

// From the container alone, for files too large to read through.
static void believe_container(cr_demux_lav *demux)
{
    for (int i = 0; i < demux->info.stream_count; i++) {
        const AVStream *stream = demux->format->streams[i];
        cr_stream_info *info = &demux->info.streams[i];
        info->start = cr_demux_lav_ticks(stream, stream->start_time);
        if (info->start == CR_TICKS_NONE) info->start = 0;
        if (info->duration == CR_TICKS_NONE && demux->format->duration != AV_NOPTS_VALUE)
            info->duration = cr_ticks_from_microseconds(demux->format->duration);
        if (info->kind != CR_STREAM_VIDEO) continue;
        info->frame_count = stream->nb_frames;
        info->is_variable_rate =
            av_cmp_q(stream->avg_frame_rate, stream->r_frame_rate) != 0 && info->frame_count > 0;
    }
}

// A file whose container or index promises bytes beyond its end was cut off.
static bool passes_end(const cr_demux_lav *demux)
{
    uint64_t size = demux->source->size;
    if (size == UINT64_MAX) return false;
    if (cr_claimed_size(demux->source) > size) return true;
    for (unsigned i = 0; i < demux->format->nb_streams; i++) {
        AVStream *stream = demux->format->streams[i];
        int count = avformat_index_get_entries_count(stream);
        const AVIndexEntry *last = count > 0 ? avformat_index_get_entry(stream, count - 1) : NULL;
        if (last && last->pos > 0 && (uint64_t)last->pos + (uint64_t)last->size > size) return true;
    }
    return false;
}

// Still pictures say how the camera was held in a block that libavformat leaves to decoders.
static void find_jpeg_orientation(cr_demux_lav *demux)
{
    enum { head_bytes = 128 * 1024 };
    if (strcmp(demux->info.container, "jpeg") != 0 && strcmp(demux->info.container, "image") != 0)
        return;
    uint8_t *head = cr_alloc(head_bytes, 1);
    size_t total = 0, got = 0;
    while (total < head_bytes &&
           demux->source->read_at(demux->source, total, head + total, head_bytes - total, &got) ==
               CR_OK &&
           got > 0)
        total += got;
    demux->info.streams[0].orientation = cr_jpeg_orientation(head, total);
    cr_free(head);
}

static void set_origin_and_duration(cr_demux_lav *demux)
{
    cr_media_info *info = &demux->info;
    cr_ticks earliest = CR_TICKS_NONE, latest = 0;
    for (int i = 0; i < info->stream_count; i++) {
        const cr_stream_info *stream = &info->streams[i];
        bool counts = stream->kind == CR_STREAM_VIDEO || stream->kind == CR_STREAM_AUDIO;
        if (!counts || stream->start == CR_TICKS_NONE) continue;
        if (earliest == CR_TICKS_NONE || stream->start < earliest) earliest = stream->start;
    }
    demux->origin = earliest == CR_TICKS_NONE ? 0 : earliest;
    for (int i = 0; i < info->stream_count; i++) {
        cr_stream_info *stream = &info->streams[i];
        stream->start = stream->start == CR_TICKS_NONE ? 0 : stream->start - demux->origin;
        if (stream->duration == CR_TICKS_NONE) stream->duration = 0;
        if (stream->kind != CR_STREAM_TEXT && stream->start + stream->duration > latest)
            latest = stream->start + stream->duration;
    }
    info->duration = latest;
}

static void mark_stills(cr_media_info *info)
{
    bool is_still = is_still_container(info->container);
    for (int i = 0; i < info->stream_count; i++) {
        cr_stream_info *stream = &info->streams[i];
        if (stream->kind != CR_STREAM_VIDEO) continue;
        stream->is_still = is_still && stream->frame_count <= 1;
        if (!stream->is_still) continue;
        stream->frame_count = 1;
        stream->start = stream->duration = 0;
        stream->frame_rate = (cr_rate){0, 0};
        info->duration = 0;
    }
}

static bool has_anything(const cr_media_info *info)
{
    for (int i = 0; i < info->stream_count; i++) {
        const cr_stream_info *stream = &info->streams[i];
        if (stream->kind == CR_STREAM_AUDIO || stream->kind == CR_STREAM_VIDEO) return true;
    }
    return false;
}

cr_status cr_demux_lav_probe(cr_demux_lav *demux, cr_fault *fault)
{
    const AVFormatContext *format = demux->format;
    const char *name = demux->source->name;
    if (format->nb_streams > CR_STREAMS_MAX)
        return cr_fail(fault, CR_LIMIT, name, "%u streams, at most %d", format->nb_streams,
                       CR_STREAMS_MAX);
    find_container(demux);
    cr_media_info *info = &demux->info;
    info->stream_count = (int)format->nb_streams;
    info->streams = cr_alloc(format->nb_streams, sizeof *info->streams);
    for (unsigned i = 0; i < format->nb_streams; i++) {
        read_stream(format->streams[i], &info->streams[i]);
        const cr_stream_info *stream = &info->streams[i];
        if (stream->width > CR_PICTURE_SIDE_MAX || stream->height > CR_PICTURE_SIDE_MAX)
            return cr_fail(fault, CR_LIMIT, name, "a picture of %d × %d, at most %d a side",
                           stream->width, stream->height, CR_PICTURE_SIDE_MAX);
    }
    if (!has_anything(info))
        return cr_fail(fault, CR_UNSUPPORTED, name, "there is no picture and no sound in it");
    bool is_blind = can_scan_blindly(demux);
    if (is_blind || demux->source->size <= scan_bytes_max) {
        cr_status status = is_blind ? scan_blindly(demux) : scan_packets(demux);
        if (status == CR_NOMEM) return status;
        if (status == CR_OK) status = cr_demux_lav_rewind(demux);
        if (status != CR_OK)
            return cr_fail(fault, status, name, "it cannot be read from its beginning again");
    } else {
        believe_container(demux);
    }
    if (passes_end(demux)) info->is_truncated = true;
    find_jpeg_orientation(demux);
    set_origin_and_duration(demux);
    mark_stills(info);
    return CR_OK;
}
