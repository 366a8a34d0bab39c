// flow: packet -> [engine] -> file of packets -> [engine] -> packet
// A segment of a coded film on disk: what one encoder made, in a file of its own that says what is
// in it and whether it is complete. An export is made of segments so that a killed tab loses one
// at most, and so that several workers can make one film.
#pragma once

#include "host/host.h"
#include "media/media_info.h"
#include "media/packet.h"

typedef struct cr_segment_writer cr_segment_writer;

// A new segment named [uri] on a sink of [host]. [key] names what it was made from (the export's
// key, see export_plan.h): a reader that expects another will not take it.
CR_CHECKED cr_status cr_segment_create(cr_segment_writer **out, const cr_host *host,
                                       const char *uri, const char *key, cr_fault *fault);
// Packets of one stream, in decode order, timed from the film's beginning. Streams to the sink.
CR_CHECKED cr_status cr_segment_write(cr_segment_writer *writer, const cr_packet *packet);
// Adds [stream] (with its extradata) and the index, and commits the sink: from here on it counts.
CR_CHECKED cr_status cr_segment_finish(cr_segment_writer *writer, const cr_stream_info *stream);
// Without a finish before, leaves nothing behind.
void cr_segment_writer_close(cr_segment_writer **writer);
int64_t cr_segment_bytes(const cr_segment_writer *writer);

typedef struct cr_segment_reader cr_segment_reader;

// CR_NOTFOUND when there is none; CR_CORRUPT when it is not whole; CR_CONFLICT when it was made
// from something else than [key].
CR_CHECKED cr_status cr_segment_open(cr_segment_reader **out, const cr_host *host, const char *uri,
                                     const char *key, cr_fault *fault);
void cr_segment_reader_close(cr_segment_reader **reader);
// Borrowed, valid while open.
const cr_stream_info *cr_segment_info(const cr_segment_reader *reader);
int64_t cr_segment_packet_count(const cr_segment_reader *reader);
// Gives the next packet; CR_EOF after the last.
CR_CHECKED cr_status cr_segment_read(cr_segment_reader *reader, cr_packet **out);
