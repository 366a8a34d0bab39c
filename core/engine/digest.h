// flow: frames + samples -> [engine] -> lines of text
// The film as one line a picture and one a second of sound, for comparing. A line ends in the MD5
// of the planes, rows without padding, in the order and layout of `ffmpeg -f framemd5`.
#pragma once

#include "host/host.h"
#include "media/frame.h"
#include "media/sample.h"

typedef struct cr_digest cr_digest;

// Takes [sink] on CR_OK only.
CR_CHECKED cr_status cr_digest_open(cr_digest **out, cr_sink *sink, cr_rate frame_rate,
                                    cr_fault *fault);
CR_CHECKED cr_status cr_digest_frame(cr_digest *digest, const cr_frame *frame);
// Stereo at CR_MIX_RATE; hashed as interleaved 16-bit little-endian, a second at a time.
CR_CHECKED cr_status cr_digest_samples(cr_digest *digest, const cr_samples *samples);
// Writes the unfinished second too and commits the sink.
CR_CHECKED cr_status cr_digest_finish(cr_digest *digest);
// Without a finish before, leaves nothing behind.
void cr_digest_close(cr_digest **digest);
int64_t cr_digest_bytes(const cr_digest *digest);
