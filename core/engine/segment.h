// flow: packet -> [engine] -> file of packets -> [engine] -> packet
// A segment of a coded film on disk: what one encoder made, in a file of its own that says what is
// in it and whether it is complete. An export is made of segments so that a killed tab loses one
// at most, and so that several workers can make one film.
//
// The file: a head with the key; groups, each with a table of its packets and then their bytes; an
// end with the stream and the totals. Everything is under a CRC-32. Neither side holds more than a
// group in memory.
#pragma once

#include "host/host.h"
#include "media/media_info.h"
#include "media/packet.h"

// Larger ones are CR_LIMIT when written and CR_CORRUPT when read.
enum {
    CR_SEGMENT_KEY_CHARACTERS = 64,
    CR_SEGMENT_PACKET_BYTES_MAX = 512 * 1024 * 1024,
    CR_SEGMENT_EXTRADATA_BYTES_MAX = 1024 * 1024,
};

typedef struct cr_segment_writer cr_segment_writer;

// A new segment named [uri] on a sink of [host]. [key] (CR_SEGMENT_KEY_CHARACTERS, a SHA-256 in
// hex) names what it was made from (the export's key, see export_plan.h): a reader that expects
// another will not take it.
CR_CHECKED cr_status cr_segment_create(cr_segment_writer **out, const cr_host *host,
                                       const char *uri, const char *key, cr_fault *fault);
// Packets of one stream, in decode order, timed from the film's beginning. Shares [packet] for a
// while and streams to the sink. CR_INVALID without a pts; CR_NOSPACE and the like from the sink.
CR_CHECKED cr_status cr_segment_write(cr_segment_writer *writer, const cr_packet *packet);
// Adds [stream] (with its extradata) and commits the sink: from here on it counts.
CR_CHECKED cr_status cr_segment_finish(cr_segment_writer *writer, const cr_stream_info *stream);
// NULL-safe and nulling. Without a finish before, leaves nothing behind.
void cr_segment_writer_close(cr_segment_writer **writer);
// How much went in so far.
int64_t cr_segment_bytes(const cr_segment_writer *writer);
int64_t cr_segment_packets_written(const cr_segment_writer *writer);

typedef struct cr_segment_reader cr_segment_reader;

// What is known of a packet before its bytes are read.
typedef struct cr_segment_entry {
    size_t size;
    cr_ticks pts, dts; // dts is the pts where the encoder did not say
    cr_ticks duration;
    bool is_key;
} cr_segment_entry;

// CR_NOTFOUND when there is none; CR_CORRUPT when it is not whole; CR_CONFLICT when it was made
// from something else than [key] or by another version of this. Packets are not looked at yet.
CR_CHECKED cr_status cr_segment_open(cr_segment_reader **out, const cr_host *host, const char *uri,
                                     const char *key, cr_fault *fault);
// The same over any source, which is taken on CR_OK only.
CR_CHECKED cr_status cr_segment_open_source(cr_segment_reader **out, cr_source *source,
                                            const char *key, cr_fault *fault);
// NULL-safe and nulling.
void cr_segment_reader_close(cr_segment_reader **reader);
// Borrowed, valid while open.
const cr_stream_info *cr_segment_info(const cr_segment_reader *reader);
int64_t cr_segment_packet_count(const cr_segment_reader *reader);

// The next packet's entry, or CR_EOF; leaves it the next. CR_CORRUPT names the byte.
CR_CHECKED cr_status cr_segment_peek(cr_segment_reader *reader, cr_segment_entry *out,
                                     cr_fault *fault);
// Past the next packet without its bytes. CR_EOF after the last.
CR_CHECKED cr_status cr_segment_skip(cr_segment_reader *reader, cr_fault *fault);
// Gives the next packet; CR_EOF after the last. CR_CORRUPT when its bytes are not what was written.
CR_CHECKED cr_status cr_segment_read(cr_segment_reader *reader, cr_packet **out, cr_fault *fault);
// Reads all that is left and looks at every byte of it: CR_OK when it is as it was written.
CR_CHECKED cr_status cr_segment_check(cr_segment_reader *reader, cr_fault *fault);
