#include "engine/video_reader.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec.h"
#include "engine/file_origin.h"
#include "io/demux.h"

enum {
    // Frames kept behind the current one once somebody goes backwards, within the bytes below.
    HISTORY_MAX = 64,
    HISTORY_BYTES_MAX = 128 * 1024 * 1024,
};

// Containers round timestamps, some to whole milliseconds: a frame counts as on this much early.
#define EARLY (CR_TICKS_PER_SECOND / 1000)

// From this far ahead on it is worth to look for a keyframe nearer to the goal.
#define SEEK_AHEAD (CR_TICKS_PER_SECOND * 2)

struct cr_video_reader {
    cr_demux *demux;
    cr_decoder *decoder;
    const cr_stream_info *stream;
    cr_ticks origin;
    char name[256];
    // Decoded and in order: the last history_count of those that came before [next].
    cr_frame *history[HISTORY_MAX];
    int history_count;
    int history_room; // 1 while everybody goes forward
    cr_frame *next;   // the first that is not on yet; NULL unknown or none
    bool is_ended;    // everything is decoded
    bool is_flushing;
    bool is_from_start; // nothing was skipped so far
    bool knows_begin;
    cr_ticks begin; // pts of the very first frame, once known
};

static cr_status open_streams(cr_video_reader *reader, const char *path, int thread_count,
                              cr_fault *fault)
{
    const cr_media_info *info = cr_demux_info(reader->demux);
    reader->stream = cr_media_info_first(info, CR_STREAM_VIDEO);
    if (!reader->stream) return cr_fail(fault, CR_UNSUPPORTED, path, "there is no picture in it");
    reader->origin = cr_file_origin(info);
    cr_demux_select(reader->demux, UINT64_C(1) << reader->stream->index);
    cr_decoder_desc desc = {.thread_count = thread_count,
                            .is_low_latency = reader->stream->is_still};
    return cr_decoder_open(&reader->decoder, reader->stream, &desc, fault);
}

cr_status cr_video_reader_open(cr_video_reader **out, const cr_host *host, const char *path,
                               int thread_count, cr_fault *fault)
{
    cr_source *source = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status != CR_OK) return status;
    cr_video_reader *reader = cr_alloc(1, sizeof *reader);
    reader->history_room = 1;
    reader->is_from_start = true;
    (void)strncat(reader->name, path, sizeof reader->name - 1);
    status = cr_demux_open(&reader->demux, source, &host->log, fault);
    if (status != CR_OK) cr_source_close(&source);
    if (status == CR_OK) status = open_streams(reader, path, thread_count, fault);
    if (status == CR_OK)
        *out = reader;
    else
        cr_video_reader_close(&reader);
    return status;
}

static void forget_frames(cr_video_reader *reader)
{
    for (int i = 0; i < reader->history_count; i++)
        cr_frame_drop(&reader->history[i]);
    reader->history_count = 0;
    cr_frame_drop(&reader->next);
}

void cr_video_reader_close(cr_video_reader **reader)
{
    cr_video_reader *closing = *reader;
    if (!closing) return;
    forget_frames(closing);
    cr_decoder_close(&closing->decoder);
    cr_demux_close(&closing->demux);
    cr_free(closing);
    *reader = NULL;
}

const cr_stream_info *cr_video_reader_info(const cr_video_reader *reader)
{
    return reader->stream;
}

// Hands the decoder one more packet. Damaged ones are passed over.
static cr_status feed(cr_video_reader *reader)
{
    if (reader->is_flushing) return CR_EOF;
    cr_packet *packet = NULL;
    cr_status status = cr_demux_read(reader->demux, &packet);
    if (status == CR_EOF) {
        reader->is_flushing = true;
        return cr_decoder_send(reader->decoder, NULL);
    }
    if (status != CR_OK) return status;
    status = CR_OK;
    if (packet->stream == reader->stream->index) status = cr_decoder_send(reader->decoder, packet);
    cr_packet_drop(&packet);
    return status == CR_CORRUPT ? CR_OK : status;
}

// The next frame in presentation order. CR_EOF after the last.
static cr_status decode(cr_video_reader *reader, cr_frame **out)
{
    for (;;) {
        cr_status status = cr_decoder_receive_frame(reader->decoder, out);
        if (status == CR_CORRUPT) continue;
        if (status != CR_AGAIN) return status;
        status = feed(reader);
        if (status != CR_OK) return status;
    }
}

static size_t frame_bytes(const cr_frame *frame)
{
    size_t bytes = 0;
    for (int i = 0; i < cr_pixel_planes(frame->pixel); i++)
        bytes += (size_t)frame->stride[i] * (size_t)cr_pixel_rows(frame->pixel, i, frame->height);
    return bytes ? bytes : 1;
}

// Takes [frame] as the newest of the history.
static void remember(cr_video_reader *reader, cr_frame *frame)
{
    int room = reader->history_room;
    size_t affordable = HISTORY_BYTES_MAX / frame_bytes(frame);
    if ((size_t)room > affordable) room = affordable > 1 ? (int)affordable : 1;
    while (reader->history_count >= room) {
        cr_frame_drop(&reader->history[0]);
        reader->history_count--;
        memmove(&reader->history[0], &reader->history[1],
                (size_t)reader->history_count * sizeof reader->history[0]);
    }
    reader->history[reader->history_count++] = frame;
}

// Go on decoding until the frame after the one that is on at [pts] is known.
static cr_status advance(cr_video_reader *reader, cr_ticks pts)
{
    while (!reader->is_ended) {
        if (!reader->next) {
            cr_status status = decode(reader, &reader->next);
            if (status == CR_EOF) {
                reader->is_ended = true;
                break;
            }
            if (status != CR_OK) return status;
            if (reader->next->pts == CR_TICKS_NONE) reader->next->pts = pts;
            if (reader->is_from_start && !reader->knows_begin) {
                reader->knows_begin = true;
                reader->begin = reader->next->pts;
            }
        }
        if (reader->history_count > 0 && reader->next->pts > pts + EARLY) break;
        remember(reader, reader->next);
        reader->next = NULL;
    }
    return CR_OK;
}

static cr_status seek(cr_video_reader *reader, cr_ticks pts)
{
    cr_status status = cr_demux_seek(reader->demux, reader->stream->index, pts);
    if (status != CR_OK) return status;
    cr_decoder_reset(reader->decoder);
    forget_frames(reader);
    reader->is_ended = reader->is_flushing = reader->is_from_start = false;
    return CR_OK;
}

// Decodes towards [pts] from a keyframe; where the index lied and that one lies after [pts], from
// earlier and earlier ones.
static cr_status seek_to(cr_video_reader *reader, cr_ticks pts)
{
    cr_ticks back = 0;
    for (;;) {
        cr_status status = seek(reader, pts - back);
        if (status == CR_OK) status = advance(reader, pts);
        if (status != CR_OK) return status;
        bool is_early_enough = reader->history_count > 0 && reader->history[0]->pts <= pts + EARLY;
        if (is_early_enough) return CR_OK;
        if (pts - back <= reader->stream->start) {
            reader->knows_begin = reader->history_count > 0;
            if (reader->knows_begin) reader->begin = reader->history[0]->pts;
            return CR_OK;
        }
        back = back ? back * 2 : CR_TICKS_PER_SECOND;
    }
}

static cr_status find(cr_video_reader *reader, cr_ticks pts)
{
    if (reader->knows_begin && pts < reader->begin) pts = reader->begin;
    bool is_fresh = reader->history_count == 0 && !reader->is_ended;
    if (is_fresh && pts <= reader->stream->start + SEEK_AHEAD) return advance(reader, pts);
    if (is_fresh) return seek_to(reader, pts);
    if (reader->history_count > 0 && reader->history[0]->pts > pts + EARLY) {
        // Backwards: keep a stretch this time.
        reader->history_room = HISTORY_MAX;
        return seek_to(reader, pts);
    }
    cr_ticks now = reader->history_count ? reader->history[reader->history_count - 1]->pts : pts;
    if (!reader->is_ended && pts - now > SEEK_AHEAD) {
        reader->history_room = 1;
        return seek_to(reader, pts);
    }
    return advance(reader, pts);
}

cr_status cr_video_reader_frame(cr_video_reader *reader, cr_ticks at, cr_frame **out,
                                cr_fault *fault)
{
    cr_ticks pts = at + reader->origin;
    if (reader->stream->is_still && reader->history_count > 0) pts = reader->history[0]->pts;
    cr_status status = find(reader, pts);
    if (status != CR_OK)
        return cr_fail(fault, status, reader->name, "its picture cannot be read (%s)",
                       cr_status_text(status));
    if (reader->history_count == 0)
        return cr_fail(fault, CR_CORRUPT, reader->name, "not one picture in it can be decoded");
    int i = reader->history_count - 1;
    while (i > 0 && reader->history[i]->pts > pts + EARLY)
        i--;
    *out = cr_frame_keep(reader->history[i]);
    return CR_OK;
}
