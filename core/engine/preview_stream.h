// flow: project + place + rate -> [engine] -> samples
// The film's sound from a place on, for the ears: forwards or backwards, faster or slower at the
// same pitch. What cannot be read is silent, and told once a file.
#pragma once

#include "engine/pool.h"

typedef struct cr_preview_stream cr_preview_stream;

// Faster than this nothing can be made out: it is silent.
#define CR_PREVIEW_SOUND_RATE_MAX (4 * CR_ONE)

// Shares the snapshot; [sequence] is of it. [pool] must outlive the stream.
CR_CHECKED cr_status cr_preview_stream_open(cr_preview_stream **out, const cr_project *project,
                                            const cr_sequence *sequence, cr_pool *pool,
                                            cr_fault *fault);
void cr_preview_stream_close(cr_preview_stream **stream);

// From film sample [at] on (backwards: what ends there), at [rate], which is not 0.
void cr_preview_stream_seek(cr_preview_stream *stream, int64_t at, cr_number rate);

// The next [count] samples a channel into [out]. [fault] is filled, beside silence, when a file
// cannot be read.
void cr_preview_stream_read(cr_preview_stream *stream, int count, float *out[2], cr_fault *fault);
