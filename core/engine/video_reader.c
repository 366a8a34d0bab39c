#include "engine/video_reader.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec.h"
#include "codec/frame_host.h"
#include "engine/video_feed.h"

enum {
    HISTORY_MAX = 64, // pictures kept behind the current one once somebody goes backwards
    AHEAD_MAX = 64,   // pictures kept before it
    WINDOW_MAX = HISTORY_MAX + AHEAD_MAX,
    CACHE_BYTES_MAX = 128 * 1024 * 1024,
    // Pictures that may stay with the host: it holds few, and an encoder wants some of them.
    REMOTE_MAX = 3,
    LOSSES_MAX = 3, // of a host's pictures, after which our own decoder takes over
};

// Containers round timestamps, some to whole milliseconds: a frame counts as on this much early.
#define EARLY (CR_TICKS_PER_SECOND / 1000)

// Who works ahead may be this much behind who shows: that is no wish to go there. Whoever goes back
// by no more than this steps, and will want what comes before as well.
#define NEAR (CR_TICKS_PER_SECOND / 4)

// From this far ahead on it is worth to look for a keyframe nearer to the goal where the index does
// not say, and where it says that there is none.
#define SEEK_AHEAD (CR_TICKS_PER_SECOND * 2)
#define GROUP_MAX (CR_TICKS_PER_SECOND * 30)

struct cr_video_reader {
    const cr_host *host;
    cr_video_feed *feed;
    const cr_stream_info *stream;
    char name[256];
    // Decoded pictures in order and without a gap; the decoder goes on after the last, unless it
    // [is_apart].
    cr_frame *window[WINDOW_MAX];
    int count;
    int room; // how many are kept up to the one that is on: 1 while everybody goes forward
    int64_t bytes_max;
    // While somebody goes backwards: the pictures before the window, being decoded in advance up to
    // stretch_end, where the window begins.
    cr_frame *stretch[HISTORY_MAX];
    int stretch_count;
    bool is_filling, is_apart;
    cr_ticks stretch_from, stretch_end;
    bool is_ended;    // the window's last picture is the file's
    bool is_hopeless; // not one picture can be decoded
    // Where the decoder began: at a keyframe for [from], which was looked for on behalf of [goal].
    bool has_sought;
    bool has_arrived; // the goal was found
    bool went_back;   // by little, to get there
    bool is_lost;     // the decoder is a new one and has not begun
    cr_ticks goal, from;
    bool is_whole; // nothing is left out on the way, as something that was left out was wanted
    bool knows_begin;
    cr_ticks begin; // pts of the very first frame, once known
    int losses;
    int steps_left; // pictures that may be decoded before CR_AGAIN; below 0: any number
};

cr_status cr_video_reader_open(cr_video_reader **out, const cr_host *host, const char *path,
                               int thread_count, cr_fault *fault)
{
    cr_video_feed *feed = NULL;
    cr_status status = cr_video_feed_open(&feed, host, path, thread_count, fault);
    if (status != CR_OK) return status;
    cr_video_reader *reader = cr_alloc(1, sizeof *reader);
    reader->host = host;
    reader->feed = feed;
    reader->stream = cr_video_feed_info(feed);
    reader->goal = reader->stream->start;
    reader->room = 1;
    reader->bytes_max = CACHE_BYTES_MAX;
    reader->steps_left = -1;
    (void)strncat(reader->name, path, sizeof reader->name - 1);
    *out = reader;
    return CR_OK;
}

static void forget_frames(cr_video_reader *reader)
{
    for (int i = 0; i < reader->count; i++)
        cr_frame_drop(&reader->window[i]);
    for (int i = 0; i < reader->stretch_count; i++)
        cr_frame_drop(&reader->stretch[i]);
    reader->count = reader->stretch_count = 0;
    reader->is_ended = reader->is_filling = reader->is_apart = false;
}

void cr_video_reader_close(cr_video_reader **reader)
{
    cr_video_reader *closing = *reader;
    if (!closing) return;
    forget_frames(closing);
    cr_video_feed_close(&closing->feed);
    cr_free(closing);
    *reader = NULL;
}

const cr_stream_info *cr_video_reader_info(const cr_video_reader *reader)
{
    return reader->stream;
}

void cr_video_reader_set_cache(cr_video_reader *reader, int64_t bytes_max)
{
    reader->bytes_max = bytes_max;
}

static int64_t bytes_of(const cr_frame *frame)
{
    int64_t bytes = 0;
    for (int i = 0; i < cr_pixel_planes(frame->pixel); i++)
        bytes += (int64_t)cr_pixel_row_bytes(frame->pixel, i, frame->width) *
                 cr_pixel_rows(frame->pixel, i, frame->height);
    return bytes;
}

// --- the window ---

static cr_ticks last_pts(const cr_video_reader *reader)
{
    return reader->window[reader->count - 1]->pts;
}

// The picture of the window that is on at [pts]; -1 when all are later.
static int find_on(const cr_video_reader *reader, cr_ticks pts)
{
    int i = reader->count - 1;
    while (i >= 0 && reader->window[i]->pts > pts + EARLY)
        i--;
    return i;
}

static bool is_behind(const cr_video_reader *reader, cr_ticks pts)
{
    return reader->count > 0 && reader->window[0]->pts > pts + EARLY;
}

// Whether the picture that is on at [pts] is decoded: the last one is on from [pts] itself, or
// later.
static bool has_reached(const cr_video_reader *reader, cr_ticks pts)
{
    return reader->is_ended || (reader->count > 0 && last_pts(reader) >= pts - EARLY);
}

static void drop_oldest(cr_video_reader *reader, int number)
{
    for (int i = 0; i < number; i++)
        cr_frame_drop(&reader->window[i]);
    reader->count -= number;
    memmove(&reader->window[0], &reader->window[number],
            (size_t)reader->count * sizeof reader->window[0]);
}

// How many pictures up to the current one may be kept.
static int room_for(const cr_video_reader *reader, const cr_frame *like)
{
    int64_t affordable = reader->bytes_max / bytes_of(like);
    int room = affordable < reader->room ? (int)affordable : reader->room;
    return room < 1 ? 1 : room;
}

// Before the picture that is on at [pts] stay as many as there is room for.
static void trim(cr_video_reader *reader, cr_ticks pts)
{
    int on = find_on(reader, pts);
    if (on < 1) return;
    int room = room_for(reader, reader->window[on]);
    if (on >= room) drop_oldest(reader, on - room + 1);
}

// How long [count] pictures are on, more or less.
static cr_ticks span_of(const cr_video_reader *reader, int count)
{
    cr_rate rate = reader->stream->frame_rate;
    return cr_rate_is_known(rate) ? cr_frame_start(count, rate) : CR_TICKS_PER_SECOND;
}

// On the way to [pts]: what there will be no room for once it is reached is not kept until then.
static void trim_on_the_way(cr_video_reader *reader, cr_ticks pts)
{
    trim(reader, pts);
    if (reader->count == 0) return;
    cr_ticks from = pts - span_of(reader, room_for(reader, reader->window[0]));
    int early = 0;
    while (early + 1 < reader->count && reader->window[early + 1]->pts < from)
        early++;
    if (early > 0) drop_oldest(reader, early);
}

// Brings pictures into memory, the oldest first, until not more than [most] are left with the host.
// All are asked for at once. CR_AGAIN: some are on their way; CR_IO: the host lost them.
static cr_status fetch_all_but(const cr_video_reader *reader, cr_frame *const frames[], int count,
                               int most)
{
    int remote = 0, pending = 0;
    for (int i = 0; i < count; i++)
        remote += cr_frame_is_remote(frames[i]);
    for (int i = 0; i < count && remote > most; i++) {
        if (!cr_frame_is_remote(frames[i])) continue;
        cr_status status = cr_frame_fetch(frames[i], reader->host, false);
        if (status == CR_NOMEM) return status;
        if (status != CR_OK && status != CR_AGAIN) return CR_IO;
        pending += status == CR_AGAIN;
        remote--;
    }
    return pending > 0 ? CR_AGAIN : CR_OK;
}

// What is still in the window came from a decoder that is no more.
static void lose_place(cr_video_reader *reader)
{
    forget_frames(reader);
    reader->is_lost = true;
}

// Pictures could not be fetched from the host. CR_BUSY: a new decoder was opened.
static cr_status lose(cr_video_reader *reader)
{
    lose_place(reader);
    cr_status status = cr_video_feed_replace(reader->feed, ++reader->losses > LOSSES_MAX);
    reader->is_hopeless = status != CR_OK;
    return status == CR_OK ? CR_BUSY : status;
}

// Appends the next picture. CR_EOF when there is none; CR_BUSY as of the feed.
static cr_status take(cr_video_reader *reader, cr_ticks pts)
{
    CR_ASSERT(reader->count < WINDOW_MAX);
    if (reader->steps_left == 0) return CR_AGAIN;
    cr_frame *frame = NULL;
    cr_status status = cr_video_feed_next(reader->feed, &frame);
    if (status == CR_EOF) reader->is_ended = true;
    if (status != CR_OK) return status;
    if (reader->steps_left > 0) reader->steps_left--;
    if (frame->pts == CR_TICKS_NONE) frame->pts = pts;
    if (!reader->has_sought && !reader->knows_begin) {
        reader->knows_begin = true;
        reader->begin = frame->pts;
    }
    reader->window[reader->count++] = frame;
    return CR_OK;
}

// --- finding a picture ---

// Goes on decoding until the picture after the one that is on at [pts] is known.
static cr_status advance(cr_video_reader *reader, cr_ticks pts)
{
    while (!has_reached(reader, pts)) {
        trim_on_the_way(reader, pts);
        cr_status status = fetch_all_but(reader, reader->window, reader->count, REMOTE_MAX - 1);
        if (status == CR_IO) return lose(reader);
        if (status == CR_OK) status = take(reader, pts);
        if (status == CR_EOF) return CR_OK;
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

// Whether [pts] is among what was left out, or may be.
static bool is_left_out(const cr_video_reader *reader, cr_ticks pts)
{
    cr_ticks left_out = cr_video_feed_left_out(reader->feed);
    if (left_out == CR_TICKS_NONE) return false;
    if (pts + EARLY < left_out) return true;
    int on = has_reached(reader, pts) ? find_on(reader, pts) : -1;
    return on >= 0 && reader->window[on]->pts < left_out;
}

// Whether going on from here comes to [pts] as soon as beginning anywhere else.
static bool leads_to(const cr_video_reader *reader, cr_ticks pts)
{
    if (reader->is_lost || is_behind(reader, pts) || is_left_out(reader, pts)) return false;
    if (reader->count == 0 && reader->has_sought && (reader->is_ended || pts < reader->from))
        return false;
    if (has_reached(reader, pts)) return true;
    if (reader->is_apart) return false;
    cr_ticks reach = reader->goal;
    if (reader->count > 0 && last_pts(reader) > reach) reach = last_pts(reader);
    if (pts - reach <= NEAR || pts - reach > GROUP_MAX) return pts - reach <= NEAR;
    // Nothing may be left out before the file's first picture is known.
    bool is_fresh = reader->count == 0 && !reader->has_sought;
    cr_ticks key = is_fresh ? CR_TICKS_NONE : cr_video_feed_keyframe(reader->feed, pts);
    return key == CR_TICKS_NONE ? pts - reach <= SEEK_AHEAD : key - reach <= NEAR;
}

// Whoever goes back like this from where the reader is will go on so: it pays to keep a stretch.
static bool goes_on_back(const cr_video_reader *reader, cr_ticks pts)
{
    if (!is_behind(reader, pts)) return false;
    cr_ticks by = reader->window[0]->pts - pts;
    return by <= NEAR || (by <= SEEK_AHEAD && reader->went_back);
}

// Begins at a keyframe for [pts]. Again for the same one: where the index lied and that keyframe
// lies after [pts], at earlier and earlier ones.
static cr_status begin_for(cr_video_reader *reader, cr_ticks pts)
{
    bool is_again = reader->has_sought && !reader->has_arrived && reader->goal == pts;
    cr_ticks back = is_again ? pts - reader->from : 0;
    if (is_again && is_left_out(reader, pts))
        reader->is_whole = true;
    else if (is_again && !reader->is_lost)
        back = back ? back * 2 : CR_TICKS_PER_SECOND;
    if (!is_again) {
        if (!reader->is_lost) {
            reader->room = goes_on_back(reader, pts) ? HISTORY_MAX : 1;
            reader->went_back =
                is_behind(reader, pts) && reader->window[0]->pts - pts <= SEEK_AHEAD;
        }
        reader->is_whole = false;
    }
    cr_status status = cr_video_feed_seek(reader->feed, pts - back);
    if (status != CR_OK) return status;
    forget_frames(reader);
    reader->has_sought = true;
    reader->has_arrived = reader->is_lost = false;
    reader->goal = pts;
    reader->from = pts - back;
    return CR_OK;
}

// After everything up to [pts] was decoded: whether the picture is there, or never will be.
static bool is_settled(cr_video_reader *reader, cr_ticks pts)
{
    if (is_left_out(reader, pts)) return false;
    if (reader->count > 0 && !is_behind(reader, pts)) return true;
    bool is_from_start = !reader->has_sought || reader->from <= reader->stream->start;
    if (!is_from_start) return false;
    reader->knows_begin = reader->count > 0;
    if (reader->knows_begin) reader->begin = reader->window[0]->pts;
    return true;
}

// --- backwards ---

// Whoever goes backwards has seen what comes after [pts].
static void drop_seen(cr_video_reader *reader, cr_ticks pts)
{
    int kept = find_on(reader, pts) + 2;
    while (reader->count > kept) {
        cr_frame_drop(&reader->window[--reader->count]);
        reader->is_ended = false;
    }
}

// Puts the stretch before the window.
static void join_stretch(cr_video_reader *reader, cr_ticks pts)
{
    drop_seen(reader, pts);
    int added = reader->stretch_count;
    CR_ASSERT(reader->count + added <= WINDOW_MAX);
    memmove(&reader->window[added], &reader->window[0],
            (size_t)reader->count * sizeof reader->window[0]);
    memcpy(&reader->window[0], &reader->stretch[0], (size_t)added * sizeof reader->window[0]);
    reader->count += added;
    reader->stretch_count = 0;
    reader->is_filling = false;
}

static void keep_in_stretch(cr_video_reader *reader, cr_frame *frame)
{
    int limit = room_for(reader, frame);
    if (reader->stretch_count == limit) {
        cr_frame_drop(&reader->stretch[0]);
        reader->stretch_count--;
        memmove(&reader->stretch[0], &reader->stretch[1],
                (size_t)reader->stretch_count * sizeof reader->stretch[0]);
    }
    reader->stretch[reader->stretch_count++] = frame;
}

// Goes on with the stretch. CR_OK: it is done and joined; [pts] is what is wanted meanwhile.
static cr_status fill_stretch(cr_video_reader *reader, cr_ticks pts)
{
    for (;;) {
        if (reader->steps_left == 0) return CR_AGAIN;
        cr_status status =
            fetch_all_but(reader, reader->stretch, reader->stretch_count, REMOTE_MAX - 1);
        if (status == CR_IO) return lose(reader);
        cr_frame *frame = NULL;
        if (status == CR_OK) status = cr_video_feed_next(reader->feed, &frame);
        if (status != CR_OK && status != CR_EOF) return status;
        if (reader->steps_left > 0) reader->steps_left--;
        bool is_last =
            status == CR_EOF || frame->pts == CR_TICKS_NONE || frame->pts >= reader->stretch_end;
        if (!is_last && frame->pts >= reader->stretch_from)
            keep_in_stretch(reader, frame);
        else
            cr_frame_drop(&frame);
        if (!is_last) continue;
        join_stretch(reader, pts);
        return CR_OK;
    }
}

// Begins to decode what comes before the window, once half of what was kept there is used up.
static cr_status begin_stretch(cr_video_reader *reader, cr_ticks pts)
{
    int on = find_on(reader, pts);
    if (on < 0) return CR_AGAIN;
    reader->room = HISTORY_MAX;
    int limit = room_for(reader, reader->window[on]);
    cr_ticks begins = reader->window[0]->pts;
    bool is_first =
        begins <= reader->stream->start + EARLY || (reader->knows_begin && begins <= reader->begin);
    bool was_tried = reader->is_apart && reader->stretch_end == begins;
    if (on > limit / 2 || limit - on < 2 || is_first || was_tried) return CR_AGAIN;
    drop_seen(reader, pts);
    reader->is_apart = true;
    reader->stretch_end = begins;
    reader->stretch_from = begins - span_of(reader, limit - on - 1);
    cr_status status = cr_video_feed_seek(reader->feed, begins - 2 * EARLY);
    if (status != CR_OK) return status;
    cr_video_feed_skip(reader->feed, reader->stretch_from);
    reader->is_filling = true;
    return CR_OK;
}

// True when [pts] will be there as soon as the stretch is.
static bool is_coming(const cr_video_reader *reader, cr_ticks pts)
{
    return reader->is_filling && is_behind(reader, pts) && pts >= reader->stretch_from;
}

// --- finding a picture, going on ---

static cr_status find(cr_video_reader *reader, cr_ticks pts)
{
    if (is_coming(reader, pts)) {
        cr_status status = fill_stretch(reader, pts);
        if (status == CR_BUSY)
            lose_place(reader);
        else if (status != CR_OK)
            return status;
    }
    for (;;) {
        if (!reader->is_lost && has_reached(reader, pts) && find_on(reader, pts) >= 0 &&
            reader->is_apart)
            break; // the decoder is busy elsewhere
        // On a long way ahead nothing is kept for going back.
        if (reader->count > 0 && pts - last_pts(reader) > NEAR) reader->room = 1;
        cr_status status = leads_to(reader, pts) ? CR_OK : begin_for(reader, pts);
        bool skips = reader->room == 1 && !reader->is_whole && reader->has_sought;
        cr_video_feed_skip(reader->feed, skips ? pts : CR_TICKS_NONE);
        if (status == CR_OK) status = advance(reader, pts);
        if (status == CR_BUSY) {
            lose_place(reader);
            continue;
        }
        if (status != CR_OK) return status;
        if (!is_settled(reader, pts)) continue;
        if (reader->count > 0) break;
        if (!cr_video_feed_is_hosted(reader->feed)) {
            reader->is_hopeless = true;
            break;
        }
        // Not one picture from the host: ours makes more of damaged files.
        status = cr_video_feed_replace(reader->feed, true);
        if (status != CR_OK) return status;
        lose_place(reader);
    }
    reader->has_arrived = true;
    trim(reader, pts);
    return CR_OK;
}

static cr_ticks stream_time(const cr_video_reader *reader, cr_ticks at)
{
    cr_ticks pts = at + cr_video_feed_origin(reader->feed);
    if (reader->stream->is_still && reader->count > 0) pts = reader->window[0]->pts;
    if (reader->knows_begin && pts < reader->begin) pts = reader->begin;
    return pts;
}

cr_status cr_video_reader_frame(cr_video_reader *reader, cr_ticks at, cr_frame **out,
                                cr_fault *fault)
{
    cr_ticks pts = stream_time(reader, at);
    cr_status status = reader->is_hopeless ? CR_OK : find(reader, pts);
    if (status == CR_AGAIN) return status;
    if (status != CR_OK)
        return cr_fail(fault, status, reader->name, "its picture cannot be read (%s)",
                       cr_status_text(status));
    if (reader->count == 0)
        return cr_fail(fault, CR_CORRUPT, reader->name, "not one picture in it can be decoded");
    cr_video_feed_push(reader->feed);
    int on = find_on(reader, pts);
    *out = cr_frame_keep(reader->window[on < 0 ? 0 : on]);
    return CR_OK;
}

// Where the decoder is.
static cr_ticks place_of(const cr_video_reader *reader)
{
    if (reader->count > 0) return last_pts(reader);
    if (!reader->has_sought) return reader->stream->start;
    cr_ticks key = cr_video_feed_keyframe(reader->feed, reader->from);
    return key == CR_TICKS_NONE ? reader->from : key;
}

cr_ticks cr_video_reader_way(const cr_video_reader *reader, cr_ticks at, bool *leaves)
{
    *leaves = false;
    cr_ticks pts = stream_time(reader, at);
    if (reader->stream->is_still || reader->is_hopeless || is_coming(reader, pts)) return 0;
    bool is_there = !reader->is_lost && find_on(reader, pts) >= 0 && has_reached(reader, pts);
    if (is_there && !is_left_out(reader, pts)) return 0;
    if (leads_to(reader, pts)) {
        cr_ticks place = place_of(reader);
        return pts > place ? pts - place : 0;
    }
    *leaves = !goes_on_back(reader, pts);
    cr_ticks key = cr_video_feed_keyframe(reader->feed, pts);
    return key == CR_TICKS_NONE || key > pts ? SEEK_AHEAD : pts - key;
}

cr_range cr_video_reader_on(const cr_video_reader *reader, const cr_frame *frame)
{
    int i = 0;
    while (i < reader->count && reader->window[i] != frame)
        i++;
    if (i == reader->count) return (cr_range){0};
    // Where the next is not known, when it was asked for by its own time; and so before the first
    // picture, or after the last.
    cr_ticks begins = frame->pts - EARLY;
    cr_ticks ends = i + 1 < reader->count ? reader->window[i + 1]->pts - EARLY : frame->pts + EARLY;
    return (cr_range){begins - cr_video_feed_origin(reader->feed), ends - begins};
}

bool cr_video_reader_lose(cr_video_reader *reader, const cr_frame *frame)
{
    int i = 0;
    while (i < reader->count && reader->window[i] != frame)
        i++;
    if (i == reader->count) return false;
    (void)!lose(reader);
    return true;
}

// --- working ahead ---

// Pictures after [pts] until the cache is full: hosted ones only as far as they come into memory.
static void read_ahead(cr_video_reader *reader, cr_ticks pts, bool with_planes)
{
    bool is_hosted = cr_video_feed_is_hosted(reader->feed);
    if (is_hosted && !with_planes) return; // the host itself has some ready
    if (reader->is_apart) return;
    int64_t bytes = 0;
    for (int i = 0; i < reader->count; i++)
        bytes += bytes_of(reader->window[i]);
    int64_t own = reader->count > 0 ? bytes_of(reader->window[0]) : 0;
    int ahead = reader->count - 1 - find_on(reader, pts);
    while (!reader->is_ended && ahead < AHEAD_MAX && reader->count < WINDOW_MAX &&
           bytes + own <= reader->bytes_max) {
        if (is_hosted && fetch_all_but(reader, reader->window, reader->count, REMOTE_MAX) != CR_OK)
            return;
        cr_status status = take(reader, pts);
        if (status == CR_BUSY) lose_place(reader);
        if (status != CR_OK) return;
        bytes += own;
        ahead++;
    }
}

// Pictures before those that are kept, a stretch at a time.
static void read_behind(cr_video_reader *reader, cr_ticks pts)
{
    cr_status status = reader->is_filling ? CR_OK : begin_stretch(reader, pts);
    if (status == CR_OK) status = fill_stretch(reader, pts);
    if (status == CR_BUSY) lose_place(reader);
}

// [pts], or the nearest time that is kept when somebody else has just gone beyond it.
static cr_ticks near_by(const cr_video_reader *reader, cr_ticks pts, bool is_backwards)
{
    if (reader->count < 2) return pts;
    cr_ticks first = reader->window[0]->pts, last = last_pts(reader);
    if (!is_backwards && is_behind(reader, pts) && first - pts <= NEAR) return first;
    bool is_beyond = is_backwards && !has_reached(reader, pts) && pts - last <= NEAR;
    return is_beyond ? reader->window[reader->count - 2]->pts : pts;
}

void cr_video_reader_prefetch(cr_video_reader *reader, cr_ticks at, const cr_reading *reading)
{
    if (reader->is_hopeless) return;
    cr_ticks pts = near_by(reader, stream_time(reader, at), reading->is_backwards);
    bool is_hosted = cr_video_feed_is_hosted(reader->feed);
    reader->steps_left = is_hosted ? -1 : 1;
    cr_status status = find(reader, pts);
    if (status == CR_OK && reading->is_backwards && !reader->stream->is_still)
        read_behind(reader, pts);
    else if (status == CR_OK && !reader->stream->is_still)
        read_ahead(reader, pts, reading->with_planes);
    reader->steps_left = -1;
    // A failed copy shows when the picture is asked for.
    if (reading->with_planes) (void)!fetch_all_but(reader, reader->window, reader->count, 0);
    cr_video_feed_push(reader->feed);
}

void cr_video_reader_add_stats(const cr_video_reader *reader, cr_reader_stats *sum)
{
    cr_video_feed_add_stats(reader->feed, sum);
    for (int i = 0; i < reader->count + reader->stretch_count; i++) {
        const cr_frame *frame =
            i < reader->count ? reader->window[i] : reader->stretch[i - reader->count];
        if (cr_frame_is_remote(frame))
            sum->hosted++;
        else
            sum->bytes += bytes_of(frame);
    }
}
