#include "engine/video_feed.h"

#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec.h"
#include "codec/packet_reference.h"
#include "engine/file_origin.h"
#include "io/demux.h"

// A host that takes its decoders away this often without a picture in between is not asked again.
enum { REOPENINGS_MAX = 3 };

// Pictures this near to the one that is wanted are all decoded, so that the decoder has seen how
// far this stream reorders.
#define SKIP_MARGIN (CR_TICKS_PER_SECOND / 2)

struct cr_video_feed {
    const cr_host *host;
    cr_demux *demux;
    cr_decoder *decoder;
    const cr_stream_info *stream;
    cr_ticks origin;
    int thread_count;
    bool is_own_only; // the host has shown that it cannot
    int reopenings;   // since the last picture
    bool is_flushing;
    cr_packet *refused; // read, and not yet taken by the decoder
    cr_ticks skip_until, left_out;
    cr_reader_stats stats;
};

static cr_status open_decoder(cr_video_feed *feed, cr_fault *fault)
{
    cr_decoder_desc desc = {.thread_count = feed->thread_count,
                            .is_low_latency = feed->stream->is_still,
                            .host = feed->is_own_only ? NULL : feed->host};
    return cr_decoder_open(&feed->decoder, feed->stream, &desc, fault);
}

static cr_status open_streams(cr_video_feed *feed, const char *path, cr_fault *fault)
{
    const cr_media_info *info = cr_demux_info(feed->demux);
    feed->stream = cr_media_info_first(info, CR_STREAM_VIDEO);
    if (!feed->stream) return cr_fail(fault, CR_UNSUPPORTED, path, "there is no picture in it");
    feed->origin = cr_file_origin(info);
    cr_demux_select(feed->demux, UINT64_C(1) << feed->stream->index);
    return open_decoder(feed, fault);
}

cr_status cr_video_feed_open(cr_video_feed **out, const cr_host *host, const char *path,
                             int thread_count, cr_fault *fault)
{
    cr_source *source = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status != CR_OK) return status;
    cr_video_feed *feed = cr_alloc(1, sizeof *feed);
    feed->host = host;
    feed->thread_count = thread_count;
    feed->skip_until = feed->left_out = CR_TICKS_NONE;
    status = cr_demux_open(&feed->demux, source, &host->log, fault);
    if (status != CR_OK) cr_source_close(&source);
    if (status == CR_OK) status = open_streams(feed, path, fault);
    if (status == CR_OK)
        *out = feed;
    else
        cr_video_feed_close(&feed);
    return status;
}

void cr_video_feed_close(cr_video_feed **feed)
{
    cr_video_feed *closing = *feed;
    if (!closing) return;
    cr_packet_drop(&closing->refused);
    cr_decoder_close(&closing->decoder);
    cr_demux_close(&closing->demux);
    cr_free(closing);
    *feed = NULL;
}

const cr_stream_info *cr_video_feed_info(const cr_video_feed *feed)
{
    return feed->stream;
}

cr_ticks cr_video_feed_origin(const cr_video_feed *feed)
{
    return feed->origin;
}

bool cr_video_feed_is_hosted(const cr_video_feed *feed)
{
    return feed->decoder && cr_decoder_is_hosted(feed->decoder);
}

cr_status cr_video_feed_seek(cr_video_feed *feed, cr_ticks pts)
{
    cr_status status = cr_demux_seek(feed->demux, feed->stream->index, pts);
    if (status != CR_OK) return status;
    cr_packet_drop(&feed->refused);
    cr_decoder_reset(feed->decoder);
    feed->is_flushing = false;
    feed->skip_until = feed->left_out = CR_TICKS_NONE;
    return CR_OK;
}

cr_ticks cr_video_feed_keyframe(const cr_video_feed *feed, cr_ticks pts)
{
    return cr_demux_keyframe(feed->demux, feed->stream->index, pts);
}

void cr_video_feed_skip(cr_video_feed *feed, cr_ticks pts)
{
    feed->skip_until = pts == CR_TICKS_NONE ? CR_TICKS_NONE : pts - SKIP_MARGIN;
}

cr_ticks cr_video_feed_left_out(const cr_video_feed *feed)
{
    return feed->left_out;
}

static bool is_left_out(cr_video_feed *feed, const cr_packet *packet)
{
    if (feed->skip_until == CR_TICKS_NONE || packet->pts == CR_TICKS_NONE ||
        packet->pts >= feed->skip_until || !cr_video_feed_is_hosted(feed) ||
        cr_packet_is_referred_to(feed->stream, packet))
        return false;
    if (feed->left_out == CR_TICKS_NONE || packet->pts > feed->left_out)
        feed->left_out = packet->pts;
    feed->stats.left_out++;
    return true;
}

static cr_status read_packet(cr_video_feed *feed, cr_packet **out)
{
    if (feed->refused) {
        *out = feed->refused;
        feed->refused = NULL;
        return CR_OK;
    }
    for (;;) {
        cr_status status = cr_demux_read(feed->demux, out);
        if (status != CR_OK) return status;
        if ((*out)->stream == feed->stream->index && !is_left_out(feed, *out)) return CR_OK;
        cr_packet_drop(out);
    }
}

// A host knows its pictures by their times.
static bool suits(const cr_video_feed *feed, const cr_packet *packet)
{
    return packet->pts != CR_TICKS_NONE || !cr_video_feed_is_hosted(feed);
}

// Hands the decoder one more packet; one that it does not take yet is kept. Damaged ones are passed
// over. CR_EOF: it has them all.
static cr_status send_one(cr_video_feed *feed)
{
    if (feed->is_flushing) return CR_EOF;
    cr_packet *packet = NULL;
    cr_status status = read_packet(feed, &packet);
    if (status == CR_EOF) {
        status = cr_decoder_send(feed->decoder, NULL);
        feed->is_flushing = status == CR_OK;
        return status;
    }
    if (status != CR_OK) return status;
    status = suits(feed, packet) ? cr_decoder_send(feed->decoder, packet) : CR_UNSUPPORTED;
    if (status == CR_AGAIN) {
        feed->refused = packet;
        return status;
    }
    cr_packet_drop(&packet);
    if (status != CR_CORRUPT) return status;
    feed->stats.damaged++;
    return CR_OK;
}

void cr_video_feed_push(cr_video_feed *feed)
{
    if (!cr_video_feed_is_hosted(feed)) return;
    cr_status status = CR_OK;
    for (int i = 0; i < CR_HOST_PACKETS_MAX && status == CR_OK; i++)
        status = send_one(feed);
    // What is wrong will be said again when a picture is asked for.
}

cr_status cr_video_feed_replace(cr_video_feed *feed, bool is_own)
{
    cr_packet_drop(&feed->refused);
    cr_decoder_close(&feed->decoder);
    feed->is_own_only = feed->is_own_only || is_own;
    feed->stats.reopened++;
    return open_decoder(feed, NULL);
}

// What a host's decoder said instead of giving a picture.
static cr_status failed_in_host(cr_video_feed *feed, cr_status status)
{
    bool is_own = status != CR_BUSY || ++feed->reopenings > REOPENINGS_MAX;
    status = cr_video_feed_replace(feed, is_own);
    return status == CR_OK ? CR_BUSY : status;
}

static cr_status next_of_host(cr_video_feed *feed, cr_frame **out)
{
    for (;;) {
        cr_status status = cr_decoder_receive_frame(feed->decoder, out);
        if (status == CR_CORRUPT) {
            feed->stats.damaged++;
            continue;
        }
        if (status == CR_EOF) return status;
        if (status == CR_OK) {
            if ((*out)->pts != CR_TICKS_NONE) return status;
            // A picture whose time the host forgot stands nowhere.
            cr_frame_drop(out);
            status = CR_UNSUPPORTED;
        }
        if (status == CR_AGAIN) {
            status = send_one(feed);
            if (status == CR_OK) continue;
            if (status == CR_AGAIN || status == CR_EOF) return CR_AGAIN;
            // The file, not the host, failed.
            if (status == CR_IO || status == CR_NOTFOUND || status == CR_NOMEM) return status;
        }
        return failed_in_host(feed, status);
    }
}

static cr_status next_of_own(cr_video_feed *feed, cr_frame **out)
{
    for (;;) {
        cr_status status = cr_decoder_receive_frame(feed->decoder, out);
        if (status == CR_CORRUPT) {
            feed->stats.damaged++;
            continue;
        }
        if (status != CR_AGAIN) return status;
        status = send_one(feed);
        if (status != CR_OK) return status;
    }
}

cr_status cr_video_feed_next(cr_video_feed *feed, cr_frame **out)
{
    CR_REQUIRE(feed->decoder);
    cr_status status =
        cr_video_feed_is_hosted(feed) ? next_of_host(feed, out) : next_of_own(feed, out);
    if (status != CR_OK) return status;
    feed->stats.decoded++;
    feed->reopenings = 0;
    return CR_OK;
}

void cr_video_feed_add_stats(const cr_video_feed *feed, cr_reader_stats *sum)
{
    sum->decoded += feed->stats.decoded;
    sum->left_out += feed->stats.left_out;
    sum->damaged += feed->stats.damaged;
    sum->reopened += feed->stats.reopened;
}
