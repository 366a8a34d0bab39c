#include "codec/packet_reference.h"

#include <string.h>

// ITU-T H.264, 7.3.1: nal_ref_idc and nal_unit_type are the first byte of a unit.
enum { UNIT_SLICE = 1, UNIT_SLICE_IDR = 5 };

static bool is_reference(uint8_t head)
{
    int type = head & 31, referred = head >> 5 & 3;
    return type >= UNIT_SLICE && type <= UNIT_SLICE_IDR && referred != 0;
}

static bool is_slice(uint8_t head)
{
    int type = head & 31;
    return type >= UNIT_SLICE && type <= UNIT_SLICE_IDR;
}

// Units behind their lengths, as in MP4 and Matroska (ISO/IEC 14496-15).
static bool refers_by_length(const cr_packet *packet, size_t length_size)
{
    bool has_slice = false;
    for (size_t at = 0; at < packet->size;) {
        if (packet->size - at <= length_size) return true;
        size_t length = 0;
        for (size_t i = 0; i < length_size; i++)
            length = length << 8 | packet->data[at + i];
        at += length_size;
        if (length == 0 || length > packet->size - at) return true;
        if (is_reference(packet->data[at])) return true;
        has_slice = has_slice || is_slice(packet->data[at]);
        at += length;
    }
    return !has_slice;
}

// Units behind start codes (annex B).
static bool refers_by_start_code(const cr_packet *packet)
{
    bool has_slice = false;
    const uint8_t *data = packet->data;
    for (size_t at = 0; at + 3 < packet->size; at++) {
        if (data[at] != 0 || data[at + 1] != 0 || data[at + 2] != 1) continue;
        if (is_reference(data[at + 3])) return true;
        has_slice = has_slice || is_slice(data[at + 3]);
    }
    return !has_slice;
}

bool cr_packet_is_referred_to(const cr_stream_info *stream, const cr_packet *packet)
{
    if (packet->is_key || strcmp(stream->codec, "h264") != 0) return true;
    bool has_record = stream->extradata_size >= 7 && stream->extradata[0] == 1;
    if (has_record) return refers_by_length(packet, (size_t)(stream->extradata[4] & 3) + 1);
    return refers_by_start_code(packet);
}
