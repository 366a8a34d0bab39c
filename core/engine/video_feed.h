// flow: file -> packet -> [engine] -> frame
// One file's video in decode order through a decoder: the host's where it has one that can, else
// our own. Keeps the decoder fed, and replaces it when the host loses it.
#pragma once

#include "engine/video_reader.h"

typedef struct cr_video_feed cr_video_feed;

// As cr_video_reader_open.
CR_CHECKED cr_status cr_video_feed_open(cr_video_feed **out, const cr_host *host, const char *path,
                                        int thread_count, cr_fault *fault);
void cr_video_feed_close(cr_video_feed **feed);

// The stream that is read, and the time in it at which the file begins. Borrowed.
const cr_stream_info *cr_video_feed_info(const cr_video_feed *feed);
cr_ticks cr_video_feed_origin(const cr_video_feed *feed);

// True while a host decodes.
bool cr_video_feed_is_hosted(const cr_video_feed *feed);

// Goes to a keyframe from which the picture on at [pts] can be decoded.
CR_CHECKED cr_status cr_video_feed_seek(cr_video_feed *feed, cr_ticks pts);

// See cr_demux_keyframe.
cr_ticks cr_video_feed_keyframe(const cr_video_feed *feed, cr_ticks pts);

// From here on pictures well before [pts] that no other picture needs are left out; CR_TICKS_NONE:
// none are. Only where a host decodes.
void cr_video_feed_skip(cr_video_feed *feed, cr_ticks pts);

// The time of the last picture left out since the last seek; CR_TICKS_NONE: none was.
cr_ticks cr_video_feed_left_out(const cr_video_feed *feed);

// Hands the host's decoder as many packets as it takes. Never waits; our own decoder is left alone.
void cr_video_feed_push(cr_video_feed *feed);

// Gives the next picture in presentation order. CR_EOF after the last; CR_AGAIN: the host is at
// work; CR_BUSY: the decoder was replaced by a new one, and the place is lost: seek.
CR_CHECKED cr_status cr_video_feed_next(cr_video_feed *feed, cr_frame **out);

// Opens another decoder; [is_own]: ours, and no host's any more. Then seek.
CR_CHECKED cr_status cr_video_feed_replace(cr_video_feed *feed, bool is_own);

// Adds what this counts: decoded, left_out, damaged, reopened.
void cr_video_feed_add_stats(const cr_video_feed *feed, cr_reader_stats *sum);
