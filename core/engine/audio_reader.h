// flow: asset + sample position -> [engine] -> samples
// One file's sound at 48 kHz stereo, by absolute position. A sample is the same however one comes
// to it: the file is decoded in fixed stretches, each on its own.
#pragma once

#include "host/host.h"
#include "media/media_info.h"
#include "media/sample.h"

typedef struct cr_audio_reader cr_audio_reader;

// Opens [path] through the host. CR_UNSUPPORTED when there is no sound in it.
CR_CHECKED cr_status cr_audio_reader_open(cr_audio_reader **out, const cr_host *host,
                                          const char *path, cr_fault *fault);
void cr_audio_reader_close(cr_audio_reader **reader);

// Borrowed, valid while open.
const cr_stream_info *cr_audio_reader_info(const cr_audio_reader *reader);

// [count] samples from [first], counted at 48 kHz from the file's beginning (the earliest of its
// streams), into out[0] (left) and out[1] (right). Silence outside of the file and in damaged
// stretches. Mono is on both sides, more channels are folded down by ITU-R BS.775.
CR_CHECKED cr_status cr_audio_reader_read(cr_audio_reader *reader, int64_t first, int count,
                                          float *out[2], cr_fault *fault);
