#include "io/demux_lav.h"

#include <inttypes.h>
#include <libavutil/intreadwrite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "io/avc_head.h"
#include "io/claimed_size.h"
#include "io/demux_backend.h"
#include "io/lav_bytes.h"

cr_ticks cr_demux_lav_ticks(const AVStream *stream, int64_t timestamp)
{
    if (timestamp == AV_NOPTS_VALUE) return CR_TICKS_NONE;
    return av_rescale_q_rnd(timestamp, stream->time_base, (AVRational){1, CR_TICKS_PER_SECOND},
                            AV_ROUND_NEAR_INF);
}

static void release_packet(void *cookie)
{
    AVPacket *packet = cookie;
    av_packet_free(&packet);
}

// MP4 says how much of the last packet is heard by how long it lasts.
static int32_t samples_beyond(const AVStream *stream, const AVPacket *packet)
{
    const AVCodecParameters *coded = stream->codecpar;
    if (coded->codec_type != AVMEDIA_TYPE_AUDIO || coded->frame_size <= 0 || packet->duration <= 0)
        return 0;
    int64_t heard =
        av_rescale_q(packet->duration, stream->time_base, (AVRational){1, coded->sample_rate});
    return heard < coded->frame_size ? (int32_t)(coded->frame_size - heard) : 0;
}

static void copy_side_data(cr_packet *out, const AVPacket *packet)
{
    size_t size = 0;
    const uint8_t *skip = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, &size);
    if (skip && size >= 10) {
        out->skip_start = (int32_t)AV_RL32(skip);
        out->skip_end = (int32_t)AV_RL32(skip + 4);
    }
    const uint8_t *more =
        av_packet_get_side_data(packet, AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, &size);
    // Eight bytes of identifier, big-endian; 1 is alpha.
    if (more && size > 8 && AV_RB64(more) == 1) {
        out->alpha = more + 8;
        out->alpha_size = size - 8;
    }
}

// Matroska says by a time before zero that Opus's delay is not heard, and rounds that time.
static void cut_opus_delay(const AVStream *stream, cr_packet *packet)
{
    enum { opus_rate = 48000, delay_at = 10, head_bytes = 19 };
    const AVCodecParameters *coded = stream->codecpar;
    if (coded->codec_id != AV_CODEC_ID_OPUS || coded->extradata_size < head_bytes ||
        packet->pts == CR_TICKS_NONE || packet->pts >= 0 || packet->skip_start > 0)
        return;
    int32_t delay = AV_RL16(coded->extradata + delay_at);
    cr_ticks begin = -cr_scale(delay, CR_TICKS_PER_SECOND, opus_rate, CR_ROUND_NEAREST);
    if (llabs(packet->pts - begin) > CR_TICKS_PER_SECOND / 1000) return;
    packet->pts = packet->dts = begin;
    packet->skip_start = delay;
}

static cr_ticks less_origin(const cr_demux_lav *demux, cr_ticks at)
{
    return at == CR_TICKS_NONE ? at : at - demux->origin;
}

static cr_status wrap_packet(const cr_demux_lav *demux, AVPacket *packet, cr_packet **out)
{
    const AVStream *stream = demux->format->streams[packet->stream_index];
    if (!packet->buf && av_packet_make_refcounted(packet) < 0) return CR_NOMEM;
    AVPacket *kept = av_packet_alloc();
    if (!kept) return CR_NOMEM;
    av_packet_move_ref(kept, packet);
    cr_packet *wrapped = NULL;
    cr_status status =
        cr_packet_wrap(&wrapped, kept->data, (size_t)kept->size, release_packet, kept);
    if (status != CR_OK) {
        av_packet_free(&kept);
        return status;
    }
    wrapped->stream = kept->stream_index;
    wrapped->pts = cr_demux_lav_ticks(stream, kept->pts);
    wrapped->dts = cr_demux_lav_ticks(stream, kept->dts);
    wrapped->duration = kept->duration > 0 ? cr_demux_lav_ticks(stream, kept->duration) : 0;
    wrapped->is_key = kept->flags & AV_PKT_FLAG_KEY;
    wrapped->is_discard = kept->flags & AV_PKT_FLAG_DISCARD;
    copy_side_data(wrapped, kept);
    if (wrapped->skip_end == 0 && demux->ends_by_duration)
        wrapped->skip_end = samples_beyond(stream, kept);
    cut_opus_delay(stream, wrapped);
    wrapped->pts = less_origin(demux, wrapped->pts);
    wrapped->dts = less_origin(demux, wrapped->dts);
    *out = wrapped;
    return CR_OK;
}

cr_status cr_demux_lav_next(cr_demux_lav *demux, cr_packet **out)
{
    if (demux->stashed) {
        *out = demux->stashed;
        demux->stashed = NULL;
        return CR_OK;
    }
    if (!demux->format) return CR_EOF; // it could not be opened again
    int error = av_read_frame(demux->format, demux->packet);
    if (error < 0) {
        // What libavformat calls invalid here is a file that stops in the middle.
        if (error != AVERROR_EOF) demux->info.is_truncated = true;
        return error == AVERROR(ENOMEM) ? CR_NOMEM : CR_EOF;
    }
    cr_status status = wrap_packet(demux, demux->packet, out);
    av_packet_unref(demux->packet);
    return status;
}

static cr_status lav_read(void *state, cr_packet **out)
{
    cr_demux_lav *demux = state;
    for (;;) {
        cr_packet *packet = NULL;
        cr_status status = cr_demux_lav_next(demux, &packet);
        if (status != CR_OK) return status;
        bool is_wanted =
            packet->stream < CR_STREAMS_MAX && demux->mask & (UINT64_C(1) << packet->stream);
        if (is_wanted) {
            *out = packet;
            return CR_OK;
        }
        cr_packet_drop(&packet);
    }
}

static void apply_mask(cr_demux_lav *demux)
{
    for (unsigned i = 0; i < demux->format->nb_streams; i++) {
        bool is_wanted = i < CR_STREAMS_MAX && demux->mask & (UINT64_C(1) << i);
        demux->format->streams[i]->discard = is_wanted ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
}

// What the streams are. Pictures are decoded for that as far as their sizes and order need, and no
// further: nobody looks at them. None at all where the file says all of it; only there, for others
// need the order of decoded pictures to know when to decode them.
static int find_streams(AVFormatContext *format)
{
    unsigned count = format->nb_streams;
    AVDictionary **options = cr_alloc(count ? count : 1, sizeof *options);
    bool knows_times = strncmp(format->iformat->name, "mov,mp4", 7) == 0;
    for (unsigned i = 0; i < count; i++) {
        av_dict_set(&options[i], "skip_loop_filter", "all", 0);
        av_dict_set(&options[i], "skip_idct", "all", 0);
        if (knows_times && cr_avc_describe(format->streams[i]->codecpar))
            av_dict_set(&options[i], "skip_frame", "all", 0);
    }
    int error = avformat_find_stream_info(format, options);
    for (unsigned i = 0; i < count; i++)
        av_dict_free(&options[i]);
    cr_free(options);
    return error;
}

static int open_format(cr_demux_lav *demux)
{
    demux->format = avformat_alloc_context();
    if (!demux->format) return AVERROR(ENOMEM);
    demux->format->pb = demux->bytes;
    demux->format->flags |= AVFMT_FLAG_CUSTOM_IO;
    // Names inside a file (playlists, references) never lead anywhere.
    AVDictionary *options = NULL;
    av_dict_set(&options, "protocol_whitelist", "", 0);
    int error = avformat_open_input(&demux->format, NULL, NULL, &options);
    av_dict_free(&options);
    return error < 0 ? error : find_streams(demux->format);
}

cr_status cr_demux_lav_rewind(cr_demux_lav *demux)
{
    cr_packet_drop(&demux->stashed);
    if (!demux->must_reopen) {
        int error = avformat_seek_file(demux->format, -1, INT64_MIN, INT64_MIN, INT64_MAX, 0);
        if (error >= 0) return CR_OK;
    }
    avformat_close_input(&demux->format);
    int64_t at = avio_seek(demux->bytes, 0, SEEK_SET);
    int error = at < 0 ? (int)at : open_format(demux);
    if (error < 0) return cr_status_from_lav(error);
    if ((int)demux->format->nb_streams < demux->info.stream_count) return CR_CORRUPT;
    apply_mask(demux);
    return CR_OK;
}

// True when the first packet of [stream] from here on is a keyframe shown at or before [at]; it is
// stashed for the next read. Packets before it are let go.
static bool begins_early_enough(cr_demux_lav *demux, int stream, cr_ticks at)
{
    for (;;) {
        cr_packet *packet = NULL;
        if (cr_demux_lav_next(demux, &packet) != CR_OK) return false;
        if (packet->stream != stream) {
            cr_packet_drop(&packet);
            continue;
        }
        bool is_early = packet->is_key && (packet->pts == CR_TICKS_NONE || packet->pts <= at);
        demux->stashed = packet;
        return is_early;
    }
}

// Containers seek by decoding time or by an index of their own, and land late often enough (open
// GOPs, coarse cues) that each landing is looked at, and the next try goes further back.
// CR_NOTFOUND: only the beginning is early enough.
static cr_status land_before(cr_demux_lav *demux, int stream_index, cr_ticks at)
{
    const AVStream *stream = demux->format->streams[stream_index];
    cr_ticks back = 0;
    for (cr_ticks wanted = at; wanted > 0; wanted = at - back) {
        cr_packet_drop(&demux->stashed);
        int64_t timestamp =
            av_rescale_q_rnd(wanted + demux->origin, (AVRational){1, CR_TICKS_PER_SECOND},
                             stream->time_base, AV_ROUND_DOWN);
        if (av_seek_frame(demux->format, stream_index, timestamp, AVSEEK_FLAG_BACKWARD) < 0) break;
        if (begins_early_enough(demux, stream_index, at)) return CR_OK;
        back = back ? back * 2 : CR_TICKS_PER_SECOND / 2;
    }
    return CR_NOTFOUND;
}

static cr_status lav_seek(void *state, int stream_index, cr_ticks at)
{
    cr_demux_lav *demux = state;
    CR_REQUIRE(stream_index >= 0 && stream_index < demux->info.stream_count);
    cr_status status = demux->format ? land_before(demux, stream_index, at) : CR_NOTFOUND;
    // With open GOPs a decoder is only sure of itself one keyframe later.
    if (status == CR_OK && demux->open_gop_mask & (UINT64_C(1) << stream_index))
        status = demux->stashed->pts == CR_TICKS_NONE
                     ? CR_NOTFOUND
                     : land_before(demux, stream_index, demux->stashed->pts - 1);
    return status == CR_OK ? CR_OK : cr_demux_lav_rewind(demux);
}

static cr_ticks lav_keyframe(const void *state, int stream_index, cr_ticks at)
{
    const cr_demux_lav *demux = state;
    CR_REQUIRE(stream_index >= 0 && stream_index < demux->info.stream_count);
    if (!demux->format) return CR_TICKS_NONE;
    AVStream *stream = demux->format->streams[stream_index];
    const AVRational ticks = {1, CR_TICKS_PER_SECOND};
    int64_t timestamp =
        av_rescale_q_rnd(at + demux->origin, ticks, stream->time_base, AV_ROUND_DOWN);
    const AVIndexEntry *entry =
        avformat_index_get_entry_from_timestamp(stream, timestamp, AVSEEK_FLAG_BACKWARD);
    if (!entry || entry->timestamp == AV_NOPTS_VALUE) return CR_TICKS_NONE;
    return av_rescale_q(entry->timestamp, stream->time_base, ticks) - demux->origin;
}

static void lav_select(void *state, uint64_t mask)
{
    cr_demux_lav *demux = state;
    demux->mask = mask;
    if (demux->format) apply_mask(demux);
}

static const cr_media_info *lav_info(const void *state)
{
    const cr_demux_lav *demux = state;
    return &demux->info;
}

// All but the source.
static void free_reading(cr_demux_lav *demux)
{
    cr_packet_drop(&demux->stashed);
    av_packet_free(&demux->packet);
    avformat_close_input(&demux->format);
    cr_lav_bytes_free(&demux->bytes);
    cr_media_info_free(&demux->info);
    cr_free(demux);
}

static void lav_close(void *state)
{
    cr_demux_lav *demux = state;
    cr_source *source = demux->source;
    free_reading(demux);
    cr_source_close(&source);
}

static cr_status begin_reading(cr_demux_lav *demux, cr_fault *fault)
{
    if (!demux->bytes || !demux->packet) return CR_NOMEM;
    int error = open_format(demux);
    if (error >= 0) {
        const char *name = demux->format->iformat->name;
        demux->ends_by_duration = strncmp(name, "mov,mp4", 7) == 0;
        demux->has_exact_durations = demux->ends_by_duration || strcmp(name, "ogg") == 0;
        // After a seek it leaves out what lies before the picture it found.
        demux->must_reopen = strncmp(name, "matroska", 8) == 0;
        return CR_OK;
    }
    uint64_t claimed = cr_claimed_size(demux->source), size = demux->source->size;
    if (claimed > size)
        return cr_fail(fault, CR_CORRUPT, demux->source->name,
                       "it is cut off: it ends after byte %" PRIu64 ", but should have %" PRIu64,
                       size, claimed);
    char text[128], where[320];
    cr_lav_error_text(error, text, sizeof text);
    snprintf(where, sizeof where, "%s: byte %lld", demux->source->name,
             (long long)avio_tell(demux->bytes));
    if (!demux->format || error == AVERROR_INVALIDDATA)
        return cr_fail(fault, CR_CORRUPT, where,
                       "this is not a media file that can be read, or it is cut off (%s)", text);
    return cr_fail(fault, cr_status_from_lav(error), where, "it cannot be read (%s)", text);
}

cr_status cr_demux_lav_open(void **state, const cr_demux_backend **backend, cr_source *source,
                            const cr_log *log, cr_fault *fault)
{
    static const cr_demux_backend table = {
        .close = lav_close,
        .info = lav_info,
        .select = lav_select,
        .read = lav_read,
        .seek = lav_seek,
        .keyframe = lav_keyframe,
    };
    // libavformat's own chatter goes nowhere: it is global and names no file.
    av_log_set_level(AV_LOG_QUIET);
    cr_demux_lav *demux = cr_alloc(1, sizeof *demux);
    demux->source = source;
    demux->mask = UINT64_MAX;
    demux->bytes = cr_lav_reader(source);
    demux->packet = av_packet_alloc();
    cr_status status = begin_reading(demux, fault);
    if (status == CR_OK) status = cr_demux_lav_probe(demux, fault);
    if (status != CR_OK) {
        free_reading(demux);
        return status;
    }
    if (demux->info.is_truncated)
        cr_log_line(log, CR_LOG_WARNING, "%s: the file is cut off; what is there is used",
                    source->name);
    *state = demux;
    *backend = &table;
    return CR_OK;
}
