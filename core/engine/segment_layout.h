// How a segment lies on disk; see segment.h. All numbers are little-endian.
//
//   head    magic (8), version (4), key (64), crc
//   group   GROUP_MAGIC (4), packets (4), bytes of all of them (8), crc of the table (4), then the
//           table with an entry a packet, then their bytes
//   end     the stream's numbers (8 each), codec (32), language (8), packets (8), bytes of
//   extradata
//           (4), extradata, crc
//   tail    bytes of the end (8), magic (8)
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "media/media_info.h"

#define CR_SEGMENT_MAGIC "CRSEGMT\x1a"
#define CR_SEGMENT_TAIL_MAGIC "CRSEGEND"

// Sizes of the parts, and bounds of a group.
enum {
    CR_SEGMENT_VERSION = 1,
    CR_SEGMENT_GROUP_MAGIC = 0x31505247, // "GRP1"
    CR_SEGMENT_MAGIC_BYTES = 8,
    CR_SEGMENT_HEAD_BYTES = 8 + 4 + 64 + 4,
    CR_SEGMENT_GROUP_HEAD_BYTES = 4 + 4 + 8 + 4,
    // size, flags, pts, dts, duration, skip_start, skip_end, crc
    CR_SEGMENT_ENTRY_BYTES = 4 + 4 + 8 + 8 + 8 + 4 + 4 + 4,
    CR_SEGMENT_TAIL_BYTES = 8 + 8,
    CR_SEGMENT_GROUP_PACKETS_MAX = 256,
    // A group is closed before it grows beyond; a larger packet is a group of its own.
    CR_SEGMENT_GROUP_BYTES = 256 * 1024,
};

// What an entry's flags say.
enum {
    CR_SEGMENT_IS_KEY = 1,
    CR_SEGMENT_IS_DISCARD = 2,
    CR_SEGMENT_HAS_DTS = 4,
};

// CRC-32 as in PNG and zip.
uint32_t cr_segment_crc(const void *data, size_t size);

// The end with [stream] and the number of packets. Gives the bytes (cr_free).
uint8_t *cr_segment_end_print(const cr_stream_info *stream, int64_t packet_count, size_t *size);

// Judges [size] bytes from outside. [stream] owns its extradata (cr_free) on CR_OK. CR_CORRUPT.
CR_CHECKED cr_status cr_segment_end_parse(const uint8_t *data, size_t size, cr_stream_info *stream,
                                          int64_t *packet_count);
