// PNG: a single picture is the file itself; a sequence is a zip of numbered pictures, not
// compressed again. (APPNOTE.TXT 6.3: local headers, central directory, end record; the 64-bit
// forms of the last two only where 32 bits do not hold the numbers.)
#include <libavutil/crc.h>
#include <libavutil/intreadwrite.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "io/mux_backend.h"

enum {
    LOCAL_BYTES = 30,
    CENTRAL_BYTES = 46,
    EXTRA_BYTES = 12, // a 64-bit offset with its head
    END_BYTES = 22,
    END_64_BYTES = 56,
    LOCATOR_BYTES = 20,
    NAME_BYTES = 32,
    PICTURES_MAX = 100000000,
    ZIP_VERSION = 20,
    ZIP_64_VERSION = 45,
    DOS_DATE_1980 = 0x21, // the first day there is: the same pictures give the same bytes
};

typedef struct zip_entry {
    uint64_t offset;
    uint32_t crc, size;
} zip_entry;

typedef struct mux_png {
    cr_sink *sink;
    bool is_zip;
    uint64_t at;
    size_t entry_count, entry_room;
    zip_entry *entries;
} mux_png;

static cr_status put(mux_png *mux, const void *data, size_t size)
{
    cr_status status = mux->sink->write_at(mux->sink, mux->at, data, size);
    if (status == CR_OK) mux->at += size;
    return status;
}

// What stands in a 32-bit field for a number that may be larger.
static uint32_t low(uint64_t value)
{
    return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
}

static size_t entry_name(char out[NAME_BYTES], size_t index)
{
    return (size_t)snprintf(out, NAME_BYTES, "frame-%06zu.png", index + 1);
}

// The part that the local and the central header share: version to name length.
static void write_shared(uint8_t *to, const zip_entry *entry, size_t name_length)
{
    memset(to, 0, 26);
    AV_WL16(to, ZIP_VERSION);
    AV_WL16(to + 8, DOS_DATE_1980);
    AV_WL32(to + 10, entry->crc);
    AV_WL32(to + 14, entry->size);
    AV_WL32(to + 18, entry->size);
    AV_WL16(to + 22, (uint16_t)name_length);
}

static cr_status png_open(void **state, const cr_mux_desc *desc,
                          const cr_stream_info *const streams[], int stream_count, cr_sink *sink,
                          cr_fault *fault)
{
    (void)desc;
    if (stream_count != 1 || streams[0]->kind != CR_STREAM_VIDEO ||
        strcmp(streams[0]->codec, "png") != 0)
        return cr_fail(fault, CR_UNSUPPORTED, sink->name, "PNG holds pictures only");
    mux_png *mux = cr_alloc(1, sizeof *mux);
    mux->sink = sink;
    mux->is_zip = cr_text_ends(sink->name, ".zip");
    *state = mux;
    return CR_OK;
}

static cr_status png_write(void *state, const cr_packet *packet)
{
    mux_png *mux = state;
    if (!mux->is_zip && mux->entry_count > 0) return CR_LIMIT; // a .png is one picture
    if (mux->entry_count >= PICTURES_MAX || packet->size > UINT32_MAX) return CR_LIMIT;
    zip_entry entry = {.size = (uint32_t)packet->size, .offset = mux->at};
    entry.crc =
        av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), UINT32_MAX, packet->data, packet->size) ^
        UINT32_MAX;
    cr_status status = CR_OK;
    if (mux->is_zip) {
        char name[NAME_BYTES];
        uint8_t local[LOCAL_BYTES] = {'P', 'K', 3, 4};
        size_t length = entry_name(name, mux->entry_count);
        write_shared(local + 4, &entry, length);
        status = put(mux, local, sizeof local);
        if (status == CR_OK) status = put(mux, name, length);
    }
    if (status == CR_OK) status = put(mux, packet->data, packet->size);
    if (status == CR_OK) CR_VEC_ADD(mux->entries, mux->entry_count, mux->entry_room, entry);
    return status;
}

static cr_status write_central(mux_png *mux, size_t index)
{
    const zip_entry *entry = &mux->entries[index];
    char name[NAME_BYTES];
    uint8_t central[CENTRAL_BYTES] = {'P', 'K', 1, 2, ZIP_VERSION}, extra[EXTRA_BYTES] = {1, 0, 8};
    size_t length = entry_name(name, index);
    bool is_far = entry->offset >= UINT32_MAX;
    write_shared(central + 6, entry, length);
    if (is_far) {
        central[4] = central[6] = ZIP_64_VERSION;
        central[30] = EXTRA_BYTES;
        AV_WL64(extra + 4, entry->offset);
    }
    AV_WL32(central + 42, low(entry->offset));
    cr_status status = put(mux, central, sizeof central);
    if (status == CR_OK) status = put(mux, name, length);
    return status == CR_OK && is_far ? put(mux, extra, sizeof extra) : status;
}

// The end as it is when a number does not fit the old one, and where to find it.
static cr_status write_end_64(mux_png *mux, uint64_t begin, uint64_t size)
{
    uint64_t at = mux->at;
    uint8_t end[END_64_BYTES] = {'P', 'K', 6, 6, END_64_BYTES - 12};
    end[12] = end[14] = ZIP_64_VERSION;
    AV_WL64(end + 24, mux->entry_count);
    AV_WL64(end + 32, mux->entry_count);
    AV_WL64(end + 40, size);
    AV_WL64(end + 48, begin);
    uint8_t locator[LOCATOR_BYTES] = {'P', 'K', 6, 7};
    AV_WL64(locator + 8, at);
    locator[16] = 1; // one disk
    cr_status status = put(mux, end, sizeof end);
    return status == CR_OK ? put(mux, locator, sizeof locator) : status;
}

static cr_status write_directory(mux_png *mux)
{
    uint64_t begin = mux->at;
    cr_status status = CR_OK;
    for (size_t i = 0; i < mux->entry_count && status == CR_OK; i++)
        status = write_central(mux, i);
    uint64_t size = mux->at - begin;
    bool is_large = mux->entry_count >= UINT16_MAX || begin >= UINT32_MAX || size >= UINT32_MAX;
    if (status == CR_OK && is_large) status = write_end_64(mux, begin, size);
    uint16_t count = mux->entry_count < UINT16_MAX ? (uint16_t)mux->entry_count : UINT16_MAX;
    uint8_t end[END_BYTES] = {'P', 'K', 5, 6};
    AV_WL16(end + 8, count);
    AV_WL16(end + 10, count);
    AV_WL32(end + 12, low(size));
    AV_WL32(end + 16, low(begin));
    return status == CR_OK ? put(mux, end, sizeof end) : status;
}

static cr_status png_finish(void *state, cr_fault *fault)
{
    mux_png *mux = state;
    cr_status status = mux->is_zip ? write_directory(mux) : CR_OK;
    if (status != CR_OK)
        return cr_fail(fault, status, mux->sink->name, "the archive cannot be finished (%s)",
                       cr_status_text(status));
    return CR_OK;
}

static void png_close(void *state)
{
    mux_png *mux = state;
    cr_free(mux->entries);
    cr_free(mux);
}

static int64_t png_bytes(const void *state)
{
    return (int64_t)((const mux_png *)state)->at;
}

const cr_mux_backend cr_mux_png = {
    .open = png_open,
    .write = png_write,
    .finish = png_finish,
    .close = png_close,
    .bytes = png_bytes,
};
