#include <libavutil/intreadwrite.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "engine/segment.h"
#include "engine/segment_layout.h"

struct cr_segment_reader {
    cr_source *source;
    cr_stream_info info;
    int64_t packet_count, seen; // seen: passed by peeking or reading
    uint64_t at;                // of the next group
    uint64_t end;               // of the groups
    int group_count, group_next;
    uint64_t group_at;  // of the next packet's bytes
    uint64_t group_end; // of the group's
    uint8_t table[CR_SEGMENT_GROUP_PACKETS_MAX * CR_SEGMENT_ENTRY_BYTES];
    uint8_t *bytes; // of a group that was read at once
    uint64_t bytes_at;
    size_t bytes_size; // 0: nothing is in there
};

static cr_status corrupt(const cr_segment_reader *reader, uint64_t at, cr_fault *fault)
{
    return cr_fail(fault, CR_CORRUPT, reader->source->name, "it is damaged at byte %llu",
                   (unsigned long long)at);
}

// All of [size] bytes, or a fault.
static cr_status get(const cr_segment_reader *reader, uint64_t at, void *data, size_t size,
                     cr_fault *fault)
{
    uint8_t *to = data;
    while (size > 0) {
        size_t got = 0;
        cr_status status = reader->source->read_at(reader->source, at, to, size, &got);
        if (status != CR_OK)
            return cr_fail(fault, status, reader->source->name, "it cannot be read (%s)",
                           cr_status_text(status));
        if (got == 0) return corrupt(reader, at, fault);
        to += got;
        at += got;
        size -= got;
    }
    return CR_OK;
}

static cr_status open_head(const cr_segment_reader *reader, const char *key, cr_fault *fault)
{
    uint8_t head[CR_SEGMENT_HEAD_BYTES];
    const char *name = reader->source->name;
    if (reader->source->size > INT64_MAX ||
        reader->source->size < CR_SEGMENT_HEAD_BYTES + CR_SEGMENT_TAIL_BYTES)
        return cr_fail(fault, CR_CORRUPT, name, "it is too short for a segment");
    cr_status status = get(reader, 0, head, sizeof head, fault);
    if (status != CR_OK) return status;
    if (memcmp(head, CR_SEGMENT_MAGIC, CR_SEGMENT_MAGIC_BYTES) != 0 ||
        AV_RL32(head + sizeof head - 4) != cr_segment_crc(head, sizeof head - 4))
        return cr_fail(fault, CR_CORRUPT, name, "it is no segment of a film");
    if (AV_RL32(head + 8) != CR_SEGMENT_VERSION)
        return cr_fail(fault, CR_CONFLICT, name, "it was written by another version");
    if (memcmp(head + 12, key, CR_SEGMENT_KEY_CHARACTERS) != 0)
        return cr_fail(fault, CR_CONFLICT, name, "it belongs to another export");
    return CR_OK;
}

static cr_status open_end(cr_segment_reader *reader, cr_fault *fault)
{
    enum { END_BYTES_MAX = CR_SEGMENT_EXTRADATA_BYTES_MAX + 4096 };
    uint8_t tail[CR_SEGMENT_TAIL_BYTES];
    uint64_t at = reader->source->size - sizeof tail;
    cr_status status = get(reader, at, tail, sizeof tail, fault);
    if (status != CR_OK) return status;
    uint64_t claimed = AV_RL64(tail);
    if (memcmp(tail + 8, CR_SEGMENT_TAIL_MAGIC, CR_SEGMENT_MAGIC_BYTES) != 0)
        return cr_fail(fault, CR_CORRUPT, reader->source->name, "it was not written to its end");
    if (claimed > END_BYTES_MAX || claimed > at - CR_SEGMENT_HEAD_BYTES)
        return corrupt(reader, at, fault);
    size_t size = (size_t)claimed;
    reader->at = CR_SEGMENT_HEAD_BYTES;
    reader->end = at - size;
    uint8_t *data = cr_alloc(size ? size : 1, 1);
    status = get(reader, reader->end, data, size, fault);
    if (status == CR_OK &&
        cr_segment_end_parse(data, size, &reader->info, &reader->packet_count) != CR_OK)
        status = corrupt(reader, reader->end, fault);
    cr_free(data);
    return status;
}

cr_status cr_segment_open_source(cr_segment_reader **out, cr_source *source, const char *key,
                                 cr_fault *fault)
{
    CR_REQUIRE(strlen(key) == CR_SEGMENT_KEY_CHARACTERS);
    cr_segment_reader *reader = cr_alloc(1, sizeof *reader);
    reader->source = source;
    cr_status status = open_head(reader, key, fault);
    if (status == CR_OK) status = open_end(reader, fault);
    if (status != CR_OK) {
        reader->source = NULL;
        cr_segment_reader_close(&reader);
        return status;
    }
    *out = reader;
    return CR_OK;
}

cr_status cr_segment_open(cr_segment_reader **out, const cr_host *host, const char *uri,
                          const char *key, cr_fault *fault)
{
    cr_source *source = NULL;
    cr_status status = host->open_source(host->cookie, uri, &source, fault);
    if (status != CR_OK) return status;
    status = cr_segment_open_source(out, source, key, fault);
    if (status != CR_OK) cr_source_close(&source);
    return status;
}

void cr_segment_reader_close(cr_segment_reader **reader)
{
    cr_segment_reader *closing = *reader;
    if (!closing) return;
    cr_source_close(&closing->source);
    cr_free(closing->info.extradata);
    cr_free(closing->bytes);
    cr_free(closing);
    *reader = NULL;
}

const cr_stream_info *cr_segment_info(const cr_segment_reader *reader)
{
    return &reader->info;
}

int64_t cr_segment_packet_count(const cr_segment_reader *reader)
{
    return reader->packet_count;
}

static bool is_time(int64_t ticks)
{
    return ticks >= -CR_TICKS_MAX && ticks <= CR_TICKS_MAX;
}

// Nothing of a table is used before all of it makes sense.
static bool is_table(const uint8_t *table, int count, uint64_t bytes)
{
    uint64_t sum = 0;
    for (int i = 0; i < count; i++, table += CR_SEGMENT_ENTRY_BYTES) {
        uint32_t size = AV_RL32(table);
        int64_t duration = (int64_t)AV_RL64(table + 24);
        if (size == 0 || size > CR_SEGMENT_PACKET_BYTES_MAX ||
            !is_time((int64_t)AV_RL64(table + 8)) || !is_time((int64_t)AV_RL64(table + 16)) ||
            !is_time(duration) || duration < 0)
            return false;
        sum += size;
    }
    return sum == bytes;
}

// Makes the next group the current one. CR_EOF after the last.
static cr_status next_group(cr_segment_reader *reader, cr_fault *fault)
{
    uint64_t at = reader->at, left = reader->end - at;
    if (left == 0)
        return reader->seen == reader->packet_count ? CR_EOF : corrupt(reader, at, fault);
    uint8_t head[CR_SEGMENT_GROUP_HEAD_BYTES];
    if (left < sizeof head) return corrupt(reader, at, fault);
    cr_status status = get(reader, at, head, sizeof head, fault);
    if (status != CR_OK) return status;
    uint32_t count = AV_RL32(head + 4);
    uint64_t bytes = AV_RL64(head + 8);
    left -= sizeof head;
    if (AV_RL32(head) != CR_SEGMENT_GROUP_MAGIC || count == 0 ||
        count > CR_SEGMENT_GROUP_PACKETS_MAX || count > reader->packet_count - reader->seen)
        return corrupt(reader, at, fault);
    size_t size = (size_t)count * CR_SEGMENT_ENTRY_BYTES;
    if (size > left || bytes > left - size) return corrupt(reader, at, fault);
    status = get(reader, at + sizeof head, reader->table, size, fault);
    if (status != CR_OK) return status;
    if (AV_RL32(head + 16) != cr_segment_crc(reader->table, size) ||
        !is_table(reader->table, (int)count, bytes))
        return corrupt(reader, at, fault);
    reader->group_count = (int)count;
    reader->group_next = 0;
    reader->group_at = at + sizeof head + size;
    reader->group_end = reader->at = reader->group_at + bytes;
    reader->bytes_size = 0;
    return CR_OK;
}

// The next packet's entry on disk; CR_EOF.
static cr_status next_entry(cr_segment_reader *reader, const uint8_t **out, cr_fault *fault)
{
    if (reader->group_next == reader->group_count) {
        cr_status status = next_group(reader, fault);
        if (status != CR_OK) return status;
    }
    *out = reader->table + (size_t)reader->group_next * CR_SEGMENT_ENTRY_BYTES;
    return CR_OK;
}

static void pass(cr_segment_reader *reader, const uint8_t *entry)
{
    reader->group_at += AV_RL32(entry);
    reader->group_next++;
    reader->seen++;
}

cr_status cr_segment_peek(cr_segment_reader *reader, cr_segment_entry *out, cr_fault *fault)
{
    const uint8_t *entry = NULL;
    cr_status status = next_entry(reader, &entry, fault);
    if (status != CR_OK) return status;
    *out = (cr_segment_entry){.size = AV_RL32(entry),
                              .pts = (int64_t)AV_RL64(entry + 8),
                              .dts = (int64_t)AV_RL64(entry + 16),
                              .duration = (int64_t)AV_RL64(entry + 24),
                              .is_key = AV_RL32(entry + 4) & CR_SEGMENT_IS_KEY};
    return CR_OK;
}

cr_status cr_segment_skip(cr_segment_reader *reader, cr_fault *fault)
{
    const uint8_t *entry = NULL;
    cr_status status = next_entry(reader, &entry, fault);
    if (status == CR_OK) pass(reader, entry);
    return status;
}

// Small packets are read with what is left of their group at once: hosts are slow to ask.
static cr_status get_bytes(cr_segment_reader *reader, uint8_t *to, size_t size, cr_fault *fault)
{
    if (reader->bytes_size == 0) {
        uint64_t rest = reader->group_end - reader->group_at;
        if (rest > CR_SEGMENT_GROUP_BYTES || rest == size)
            return get(reader, reader->group_at, to, size, fault);
        if (!reader->bytes) reader->bytes = cr_alloc(CR_SEGMENT_GROUP_BYTES, 1);
        cr_status status = get(reader, reader->group_at, reader->bytes, (size_t)rest, fault);
        if (status != CR_OK) return status;
        reader->bytes_at = reader->group_at;
        reader->bytes_size = (size_t)rest;
    }
    size_t at = (size_t)(reader->group_at - reader->bytes_at);
    CR_ASSERT(at + size <= reader->bytes_size);
    memcpy(to, reader->bytes + at, size);
    return CR_OK;
}

cr_status cr_segment_read(cr_segment_reader *reader, cr_packet **out, cr_fault *fault)
{
    const uint8_t *entry = NULL;
    cr_status status = next_entry(reader, &entry, fault);
    if (status != CR_OK) return status;
    cr_packet *packet = NULL;
    size_t size = AV_RL32(entry);
    uint32_t flags = AV_RL32(entry + 4);
    status = cr_packet_make(&packet, size);
    if (status != CR_OK)
        return cr_fail(fault, status, reader->source->name, "there is no memory for its packets");
    status = get_bytes(reader, packet->data, size, fault);
    if (status == CR_OK && cr_segment_crc(packet->data, size) != AV_RL32(entry + 40))
        status = corrupt(reader, reader->group_at, fault);
    if (status != CR_OK) {
        cr_packet_drop(&packet);
        return status;
    }
    packet->pts = (int64_t)AV_RL64(entry + 8);
    packet->dts = flags & CR_SEGMENT_HAS_DTS ? (int64_t)AV_RL64(entry + 16) : CR_TICKS_NONE;
    packet->duration = (int64_t)AV_RL64(entry + 24);
    packet->is_key = flags & CR_SEGMENT_IS_KEY;
    packet->is_discard = flags & CR_SEGMENT_IS_DISCARD;
    packet->skip_start = (int32_t)AV_RL32(entry + 32);
    packet->skip_end = (int32_t)AV_RL32(entry + 36);
    pass(reader, entry);
    *out = packet;
    return CR_OK;
}

cr_status cr_segment_check(cr_segment_reader *reader, cr_fault *fault)
{
    cr_status status = CR_OK;
    while (status == CR_OK) {
        cr_packet *packet = NULL;
        status = cr_segment_read(reader, &packet, fault);
        cr_packet_drop(&packet);
    }
    return status == CR_EOF ? CR_OK : status;
}
