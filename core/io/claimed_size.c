#include "io/claimed_size.h"

#include <libavutil/intreadwrite.h>
#include <string.h>

enum {
    HEAD_BYTES = 64,
    BOXES_MAX = 10000, // of an MP4's outermost level; fragmented films have many
    BOX_HEAD_BYTES = 16,
};

#define EBML_HEAD 0x1A45DFA3u
#define MATROSKA_SEGMENT 0x18538067u

static size_t read_some(cr_source *source, uint64_t at, uint8_t *data, size_t size)
{
    size_t total = 0, got = 0;
    while (total < size) {
        if (source->read_at(source, at + total, data + total, size - total, &got) != CR_OK) break;
        if (got == 0) break;
        total += got;
    }
    return total;
}

// An EBML size at [*at], which moves behind it. False when it is unknown or not there.
static bool read_ebml_size(const uint8_t *data, size_t size, size_t *at, uint64_t *out)
{
    if (*at >= size || data[*at] == 0) return false;
    size_t length = 1;
    while (!(data[*at] & (0x80 >> (length - 1))))
        length++;
    if (*at + length > size) return false;
    uint64_t value = data[*at] & (0xff >> length), unknown = (UINT64_C(1) << (7 * length)) - 1;
    for (size_t i = 1; i < length; i++)
        value = value << 8 | data[*at + i];
    *at += length;
    *out = value;
    return value != unknown;
}

static uint64_t matroska_size(const uint8_t *data, size_t size)
{
    size_t at = 4;
    uint64_t length = 0;
    if (!read_ebml_size(data, size, &at, &length) || length > size - at) return 0;
    at += (size_t)length;
    if (at + 4 > size || AV_RB32(data + at) != MATROSKA_SEGMENT) return 0;
    at += 4;
    return read_ebml_size(data, size, &at, &length) && length <= INT64_MAX ? at + length : 0;
}

static bool is_box_name(const uint8_t *name)
{
    for (int i = 0; i < 4; i++)
        if (name[i] < ' ' || name[i] > '~') return false;
    return true;
}

// One of an MP4's outermost boxes.
typedef struct box {
    char name[4];
    uint64_t begin, end; // end: 0 when it does not say
} box;

// The box at [at]. False where there is none: bytes after the film, or nothing.
static bool read_box(cr_source *source, uint64_t at, box *out)
{
    uint8_t head[BOX_HEAD_BYTES];
    size_t got = read_some(source, at, head, sizeof head);
    *out = (box){.begin = at};
    if (got < 8) {
        out->end = at + 8;
        return true;
    }
    if (!is_box_name(head + 4)) return false;
    memcpy(out->name, head + 4, sizeof out->name);
    uint64_t length = AV_RB32(head);
    if (length == 1) length = got == sizeof head ? AV_RB64(head + 8) : 0;
    if (length >= 8 && length <= INT64_MAX - at) out->end = at + length;
    return true;
}

// The end of the last outermost box. One without a length goes on to the file's end.
static uint64_t mp4_size(cr_source *source)
{
    box now = {0};
    for (int i = 0; i < BOXES_MAX && now.end < source->size; i++) {
        if (!read_box(source, now.end, &now) || now.end == 0) return 0;
    }
    return now.end;
}

bool cr_has_fragments(cr_source *source)
{
    box now = {0};
    for (int i = 0; i < BOXES_MAX && now.end < source->size; i++) {
        if (!read_box(source, now.end, &now) || now.end == 0) return false;
        if (memcmp(now.name, "moof", 4) == 0) return true;
    }
    return false;
}

uint64_t cr_claimed_size(cr_source *source)
{
    uint8_t head[HEAD_BYTES];
    size_t size = read_some(source, 0, head, sizeof head);
    if (size < 12) return 0;
    if (AV_RB32(head) == EBML_HEAD) return matroska_size(head, size);
    if (memcmp(head + 4, "ftyp", 4) == 0) return mp4_size(source);
    uint32_t riff = AV_RL32(head + 4);
    bool is_told = riff != 0 && riff != UINT32_MAX; // both mean: written to a pipe
    if (memcmp(head, "RIFF", 4) == 0 && is_told) return (uint64_t)riff + 8;
    return 0;
}
