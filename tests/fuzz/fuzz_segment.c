// Any bytes as a segment of an export: read to the end, or refused; never a crash or a leak. The
// checksums are put right first, or hardly an input would come past them.
#include <libavutil/intreadwrite.h>
#include <stdlib.h>
#include <string.h>

#include "engine/segment.h"
#include "engine/segment_layout.h"

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

enum { BYTES_MAX = 100000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_crc(uint8_t *data, size_t from, size_t to, size_t at)
{
    AV_WL32(data + at, cr_segment_crc(data + from, to - from));
}

// As far as the layout can be followed.
static void put_right(uint8_t *data, size_t size)
{
    if (size < CR_SEGMENT_HEAD_BYTES + CR_SEGMENT_TAIL_BYTES) return;
    put_crc(data, 0, CR_SEGMENT_HEAD_BYTES - 4, CR_SEGMENT_HEAD_BYTES - 4);
    size_t tail = size - CR_SEGMENT_TAIL_BYTES;
    uint64_t end_size = AV_RL64(data + tail);
    if (end_size < 4 || end_size > tail) return;
    size_t end = tail - (size_t)end_size;
    put_crc(data, end, tail - 4, tail - 4);
    for (size_t at = CR_SEGMENT_HEAD_BYTES; at + CR_SEGMENT_GROUP_HEAD_BYTES < end;) {
        size_t table = AV_RL32(data + at + 4) * (size_t)CR_SEGMENT_ENTRY_BYTES;
        size_t from = at + CR_SEGMENT_GROUP_HEAD_BYTES;
        uint64_t bytes = AV_RL64(data + at + 8);
        if (table > end - from || bytes > end - from - table) return;
        size_t payload = from + table;
        for (size_t entry = from; entry < from + table; entry += CR_SEGMENT_ENTRY_BYTES) {
            size_t packet = AV_RL32(data + entry);
            if (packet > end - payload) return;
            put_crc(data, payload, payload + packet, entry + CR_SEGMENT_ENTRY_BYTES - 4);
            payload += packet;
        }
        put_crc(data, from, from + table, at + 16);
        at = from + table + (size_t)bytes;
    }
}

static void read_all(const uint8_t *data, size_t size, bool by_skipping)
{
    cr_source *source = cr_source_from_memory(data, size, "fuzz");
    cr_segment_reader *reader = NULL;
    cr_fault fault = {0};
    if (cr_segment_open_source(&reader, source, KEY, &fault) != CR_OK) {
        if (!fault.text[0]) abort();
        cr_source_close(&source);
        return;
    }
    int64_t count = 0;
    cr_status status = CR_OK;
    while (by_skipping && status == CR_OK) {
        cr_segment_entry entry;
        status = cr_segment_peek(reader, &entry, &fault);
        if (status == CR_OK) status = cr_segment_skip(reader, &fault);
        count += status == CR_OK;
    }
    if (!by_skipping) status = cr_segment_check(reader, &fault);
    if (status == CR_EOF && count != cr_segment_packet_count(reader)) abort();
    cr_segment_reader_close(&reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > BYTES_MAX) return 0;
    read_all(data, size, false);
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) return 0;
    memcpy(copy, data, size);
    put_right(copy, size);
    read_all(copy, size, true);
    read_all(copy, size, false);
    free(copy);
    return 0;
}
