// flow: asset + source time -> [engine] -> frame
// Frame-exact access to one file's pictures, in any order. Forward is fast; backwards works in
// stretches that are decoded once.
#pragma once

#include "host/host.h"
#include "media/frame.h"
#include "media/media_info.h"

typedef struct cr_video_reader cr_video_reader;

// Opens [path] through the host; [thread_count] is for the decoder. CR_UNSUPPORTED when there is no
// picture in it.
CR_CHECKED cr_status cr_video_reader_open(cr_video_reader **out, const cr_host *host,
                                          const char *path, int thread_count, cr_fault *fault);
void cr_video_reader_close(cr_video_reader **reader);

// The stream that is read. Borrowed, valid while open.
const cr_stream_info *cr_video_reader_info(const cr_video_reader *reader);

// The frame that is on at [at], counted from the file's beginning (the earliest of its streams).
// Before the first frame it is the first, after the end the last. Damaged stretches show the frame
// before them. Shares the frame. CR_CORRUPT when not one frame could be decoded.
//
// Where the host decodes, the frame comes without planes (cr_frame_fetch), and CR_AGAIN means that
// it is on its way: ask again, or for another time, the newest wish wins. A decoder that the
// platform took away, or that never was one for this stream, is replaced unseen.
CR_CHECKED cr_status cr_video_reader_frame(cr_video_reader *reader, cr_ticks at, cr_frame **out,
                                           cr_fault *fault);

// How much of the stream is decoded before the picture at [at] is there. [*leaves] tells whether
// the reader gives up its place for that: it begins at a keyframe before it.
cr_ticks cr_video_reader_way(const cr_video_reader *reader, cr_ticks at, bool *leaves);

// When [frame], the last that was given, is on, in the time that cr_video_reader_frame counts in.
// Duration 0: it is not known (any more).
cr_range cr_video_reader_on(const cr_video_reader *reader, const cr_frame *frame);

// The way that somebody who looks at a reader's pictures goes.
typedef struct cr_reading {
    bool is_backwards;
    bool with_planes; // hosted pictures are brought into memory as well
} cr_reading;

// Works ahead of [at] as far as the cache has room: never waits, and decodes one picture at most by
// our own decoder. What goes wrong is told when the picture itself is asked for.
void cr_video_reader_prefetch(cr_video_reader *reader, cr_ticks at, const cr_reading *reading);

// The planes of [frame] could not be fetched: a new decoder is opened, and the picture decoded anew
// when it is asked for again, which must be at once. False: it did not come from here.
bool cr_video_reader_lose(cr_video_reader *reader, const cr_frame *frame);

// Decoded pictures are kept up to this many bytes (128 MiB to begin with), the one that is on and
// the next in any case.
void cr_video_reader_set_cache(cr_video_reader *reader, int64_t bytes_max);

// What became of the pictures so far.
typedef struct cr_reader_stats {
    int64_t decoded;  // given by the decoder
    int64_t left_out; // nothing refers to them and nobody wanted to see them: not decoded
    int64_t damaged;  // packets that could not be decoded
    int64_t reopened; // decoders that were replaced
    int64_t bytes;    // of decoded pictures kept now
    int hosted;       // pictures kept now whose planes are still with the host
} cr_reader_stats;

// Adds [reader]'s numbers to [sum].
void cr_video_reader_add_stats(const cr_video_reader *reader, cr_reader_stats *sum);
