// The host's sources and sinks as libavformat's byte streams, and its errors as ours.
#pragma once

#include <libavformat/avformat.h>
#include <stdbool.h>

#include "host/host.h"

// Reads [source], which is borrowed for as long as the context lives. Gives the context
// (cr_lav_bytes_free); NULL when there is no memory.
AVIOContext *cr_lav_reader(cr_source *source);

// While [is_blind], what is read is zeros, as many as there would be bytes, and the source is not
// asked: for whoever only wants to know where things are. What was read ahead is let go; where
// it reads stays.
void cr_lav_reader_blind(AVIOContext *reader, bool is_blind);

// Where a sink has been written to so far.
typedef struct cr_lav_sink {
    cr_sink *sink; // borrowed
    int64_t at, size;
    cr_status status; // the first failure of the sink itself
} cr_lav_sink;

// Writes (and reads back) through [state], borrowed likewise.
AVIOContext *cr_lav_writer(cr_lav_sink *state);

void cr_lav_bytes_free(AVIOContext **context);

// AVERROR to status. Nothing of it is flow but CR_AGAIN and CR_EOF.
cr_status cr_status_from_lav(int error);

// Its words for a person, into [out].
void cr_lav_error_text(int error, char *out, size_t size);
