#include "engine/parameter_sets.h"

#include <string.h>

#include "base/mem.h"

// ISO/IEC 14496-15, 5.3.3.1: AVCDecoderConfigurationRecord.
enum {
    RECORD_VERSION = 1,
    LENGTH_SIZE_AT = 4, // its low two bits: bytes of a length, less one
    SPS_COUNT_AT = 5,   // its low five bits
    SIZE_BYTES = 2,     // of a set in the record
};

static bool is_record(const cr_stream_info *stream)
{
    return stream->extradata_size > SPS_COUNT_AT && stream->extradata[0] == RECORD_VERSION;
}

// All sets of the record with their lengths in [length_bytes] each; into [out] unless it is NULL.
// Gives the size; 0 when the record is not whole.
static size_t copy_sets(const uint8_t *record, size_t size, size_t length_bytes, uint8_t *out)
{
    size_t at = SPS_COUNT_AT, total = 0;
    for (int kind = 0; kind < 2; kind++) {
        if (at >= size) return 0;
        int count = kind == 0 ? record[at] & 31 : record[at];
        at++;
        for (int i = 0; i < count; i++) {
            if (size - at < SIZE_BYTES) return 0;
            size_t length = (size_t)record[at] << 8 | record[at + 1];
            at += SIZE_BYTES;
            if (size - at < length || (length_bytes == 1 && length > UINT8_MAX)) return 0;
            if (out) {
                memset(out + total, 0, length_bytes);
                out[total + length_bytes - 1] = (uint8_t)length;
                if (length_bytes > 1) out[total + length_bytes - 2] = (uint8_t)(length >> 8);
                memcpy(out + total + length_bytes, record + at, length);
            }
            total += length_bytes + length;
            at += length;
        }
    }
    return total;
}

cr_status cr_parameter_sets_between(const cr_stream_info *first, const cr_stream_info *stream,
                                    uint8_t **out, size_t *out_size)
{
    size_t size = stream->extradata_size;
    bool is_same = size == first->extradata_size &&
                   (size == 0 || memcmp(stream->extradata, first->extradata, size) == 0);
    *out = NULL;
    *out_size = 0;
    if (is_same || strcmp(stream->codec, "h264") != 0) return CR_OK;
    if (is_record(stream) != is_record(first)) return CR_CONFLICT;
    if (!is_record(stream)) {
        *out = cr_alloc(size ? size : 1, 1);
        if (size) memcpy(*out, stream->extradata, size);
        *out_size = size;
        return CR_OK;
    }
    size_t length_bytes = (stream->extradata[LENGTH_SIZE_AT] & 3) + 1u;
    if (length_bytes != (first->extradata[LENGTH_SIZE_AT] & 3) + 1u) return CR_CONFLICT;
    *out_size = copy_sets(stream->extradata, size, length_bytes, NULL);
    if (*out_size == 0) return CR_CORRUPT;
    *out = cr_alloc(*out_size, 1);
    (void)copy_sets(stream->extradata, size, length_bytes, *out);
    return CR_OK;
}
