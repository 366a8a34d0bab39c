#include <libavutil/intreadwrite.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "engine/segment.h"
#include "engine/segment_layout.h"

struct cr_segment_writer {
    cr_sink *sink;
    uint64_t at;
    int64_t packet_count;
    cr_packet *group[CR_SEGMENT_GROUP_PACKETS_MAX]; // not yet written
    int group_count;
    size_t group_bytes;
    uint8_t
        table[CR_SEGMENT_GROUP_HEAD_BYTES + CR_SEGMENT_GROUP_PACKETS_MAX * CR_SEGMENT_ENTRY_BYTES];
    uint8_t *bytes; // of the group, so that it is one write
};

static cr_status put(cr_segment_writer *writer, const void *data, size_t size)
{
    cr_status status = writer->sink->write_at(writer->sink, writer->at, data, size);
    if (status == CR_OK) writer->at += size;
    return status;
}

cr_status cr_segment_create(cr_segment_writer **out, const cr_host *host, const char *uri,
                            const char *key, cr_fault *fault)
{
    CR_REQUIRE(strlen(key) == CR_SEGMENT_KEY_CHARACTERS);
    cr_segment_writer *writer = cr_alloc(1, sizeof *writer);
    cr_status status = host->open_sink(host->cookie, uri, &writer->sink, fault);
    if (status == CR_OK) {
        uint8_t head[CR_SEGMENT_HEAD_BYTES];
        memcpy(head, CR_SEGMENT_MAGIC, CR_SEGMENT_MAGIC_BYTES);
        AV_WL32(head + 8, CR_SEGMENT_VERSION);
        memcpy(head + 12, key, CR_SEGMENT_KEY_CHARACTERS);
        AV_WL32(head + sizeof head - 4, cr_segment_crc(head, sizeof head - 4));
        status = put(writer, head, sizeof head);
        if (status != CR_OK)
            (void)cr_fail(fault, status, uri, "it cannot be written (%s)", cr_status_text(status));
    }
    if (status != CR_OK) {
        cr_segment_writer_close(&writer);
        return status;
    }
    *out = writer;
    return CR_OK;
}

static void write_entry(uint8_t *to, const cr_packet *packet)
{
    uint32_t flags = packet->is_key ? CR_SEGMENT_IS_KEY : 0;
    if (packet->is_discard) flags |= CR_SEGMENT_IS_DISCARD;
    if (packet->dts != CR_TICKS_NONE) flags |= CR_SEGMENT_HAS_DTS;
    AV_WL32(to, (uint32_t)packet->size);
    AV_WL32(to + 4, flags);
    AV_WL64(to + 8, (uint64_t)packet->pts);
    AV_WL64(to + 16, (uint64_t)(packet->dts == CR_TICKS_NONE ? packet->pts : packet->dts));
    AV_WL64(to + 24, (uint64_t)packet->duration);
    AV_WL32(to + 32, (uint32_t)packet->skip_start);
    AV_WL32(to + 36, (uint32_t)packet->skip_end);
    AV_WL32(to + 40, cr_segment_crc(packet->data, packet->size));
}

// The group that has gathered, as one table and one piece of bytes.
static cr_status flush(cr_segment_writer *writer)
{
    if (writer->group_count == 0) return CR_OK;
    uint8_t *head = writer->table, *entry = head + CR_SEGMENT_GROUP_HEAD_BYTES;
    for (int i = 0; i < writer->group_count; i++, entry += CR_SEGMENT_ENTRY_BYTES)
        write_entry(entry, writer->group[i]);
    size_t size = (size_t)(entry - head);
    AV_WL32(head, CR_SEGMENT_GROUP_MAGIC);
    AV_WL32(head + 4, (uint32_t)writer->group_count);
    AV_WL64(head + 8, writer->group_bytes);
    AV_WL32(head + 16,
            cr_segment_crc(head + CR_SEGMENT_GROUP_HEAD_BYTES, size - CR_SEGMENT_GROUP_HEAD_BYTES));
    cr_status status = put(writer, head, size);
    if (status != CR_OK) return status;
    if (writer->group_count == 1) {
        status = put(writer, writer->group[0]->data, writer->group[0]->size);
    } else {
        if (!writer->bytes) writer->bytes = cr_alloc(CR_SEGMENT_GROUP_BYTES, 1);
        size_t at = 0;
        for (int i = 0; i < writer->group_count; i++) {
            memcpy(writer->bytes + at, writer->group[i]->data, writer->group[i]->size);
            at += writer->group[i]->size;
        }
        status = put(writer, writer->bytes, at);
    }
    for (int i = 0; i < writer->group_count; i++)
        cr_packet_drop(&writer->group[i]);
    writer->group_count = 0;
    writer->group_bytes = 0;
    return status;
}

cr_status cr_segment_write(cr_segment_writer *writer, const cr_packet *packet)
{
    CR_REQUIRE(packet->pts != CR_TICKS_NONE && !packet->alpha);
    if (packet->size == 0 || packet->size > CR_SEGMENT_PACKET_BYTES_MAX) return CR_LIMIT;
    cr_status status = CR_OK;
    if (writer->group_count == CR_SEGMENT_GROUP_PACKETS_MAX ||
        writer->group_bytes + packet->size > CR_SEGMENT_GROUP_BYTES)
        status = flush(writer);
    if (status != CR_OK) return status;
    // Only its count changes.
    writer->group[writer->group_count++] = cr_packet_keep((cr_packet *)(uintptr_t)packet);
    writer->group_bytes += packet->size;
    writer->packet_count++;
    return writer->group_bytes >= CR_SEGMENT_GROUP_BYTES ? flush(writer) : CR_OK;
}

cr_status cr_segment_finish(cr_segment_writer *writer, const cr_stream_info *stream)
{
    if (stream->extradata_size > CR_SEGMENT_EXTRADATA_BYTES_MAX) return CR_LIMIT;
    cr_status status = flush(writer);
    if (status != CR_OK) return status;
    size_t size = 0;
    uint8_t *end = cr_segment_end_print(stream, writer->packet_count, &size);
    status = put(writer, end, size);
    cr_free(end);
    uint8_t tail[CR_SEGMENT_TAIL_BYTES];
    AV_WL64(tail, size);
    memcpy(tail + 8, CR_SEGMENT_TAIL_MAGIC, CR_SEGMENT_MAGIC_BYTES);
    if (status == CR_OK) status = put(writer, tail, sizeof tail);
    return status == CR_OK ? writer->sink->commit(writer->sink) : status;
}

void cr_segment_writer_close(cr_segment_writer **writer)
{
    cr_segment_writer *closing = *writer;
    if (!closing) return;
    for (int i = 0; i < closing->group_count; i++)
        cr_packet_drop(&closing->group[i]);
    cr_sink_close(&closing->sink);
    cr_free(closing->bytes);
    cr_free(closing);
    *writer = NULL;
}

int64_t cr_segment_bytes(const cr_segment_writer *writer)
{
    return (int64_t)(writer->at + writer->group_bytes);
}

int64_t cr_segment_packets_written(const cr_segment_writer *writer)
{
    return writer->packet_count;
}
