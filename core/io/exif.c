// TIFF 6.0 section 2 (header, directory), Exif 2.3 section 4.6.4 (orientation).
#include "io/exif.h"

#include <libavutil/intreadwrite.h>
#include <string.h>

enum { ENTRY_BYTES = 12, TAG_ORIENTATION = 274, TYPE_SHORT = 3 };

static unsigned read16(const uint8_t *at, bool is_big)
{
    return is_big ? AV_RB16(at) : AV_RL16(at);
}

static uint32_t read32(const uint8_t *at, bool is_big)
{
    return is_big ? AV_RB32(at) : AV_RL32(at);
}

static cr_orientation from_number(unsigned number)
{
    static const cr_orientation known[] = {{0, false}, {0, true},  {2, false}, {2, true},
                                           {3, true},  {1, false}, {1, true},  {3, false}};
    return number >= 1 && number <= 8 ? known[number - 1] : known[0];
}

cr_orientation cr_exif_orientation(const uint8_t *exif, size_t size)
{
    cr_orientation upright = {0};
    if (size < 8) return upright;
    bool is_big = memcmp(exif, "MM", 2) == 0;
    if (!is_big && memcmp(exif, "II", 2) != 0) return upright;
    size_t directory = read32(exif + 4, is_big);
    if (directory > size - 2 || directory < 8) return upright;
    unsigned count = read16(exif + directory, is_big);
    const uint8_t *entry = exif + directory + 2;
    for (unsigned i = 0; i < count && (size_t)(exif + size - entry) >= ENTRY_BYTES; i++) {
        if (read16(entry, is_big) == TAG_ORIENTATION && read16(entry + 2, is_big) == TYPE_SHORT)
            return from_number(read16(entry + 8, is_big));
        entry += ENTRY_BYTES;
    }
    return upright;
}

cr_orientation cr_jpeg_orientation(const uint8_t *jpeg, size_t size)
{
    static const uint8_t name[6] = {'E', 'x', 'i', 'f', 0, 0};
    enum { marker_app1 = 0xe1, marker_scan = 0xda };
    size_t at = 2; // behind the start of the image
    while (at + 4 <= size && jpeg[at] == 0xff && jpeg[at + 1] != marker_scan) {
        size_t length = AV_RB16(jpeg + at + 2);
        if (length < 2 || length > size - at - 2) break;
        bool is_exif = jpeg[at + 1] == marker_app1 && length >= 2 + sizeof name &&
                       memcmp(jpeg + at + 4, name, sizeof name) == 0;
        if (is_exif)
            return cr_exif_orientation(jpeg + at + 4 + sizeof name, length - 2 - sizeof name);
        at += 2 + length;
    }
    return (cr_orientation){0};
}
