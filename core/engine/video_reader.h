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
CR_CHECKED cr_status cr_video_reader_frame(cr_video_reader *reader, cr_ticks at, cr_frame **out,
                                           cr_fault *fault);
