// Files beyond 4 GiB, whose numbers no longer fit 32 bits: written to a sink that counts and
// forgets all but the beginning and the end, and that cannot be read.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/mux.h"

enum {
    WINDOW = 1 << 20,
    PACKET_BYTES = 64 << 20,
    PACKETS = 68, // more than 4 GiB together
};

#define FOUR_GIB (UINT64_C(1) << 32)

// What of the file is remembered: [0, WINDOW) and [tail_from, tail_from + WINDOW).
typedef struct forgetful {
    cr_sink base;
    uint64_t size, tail_from;
    uint8_t head[WINDOW], tail[WINDOW];
    bool is_committed;
} forgetful;

static void remember(uint8_t *window, uint64_t from, uint64_t offset, const uint8_t *data,
                     size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint64_t at = offset + i;
        if (at >= from && at < from + WINDOW) window[at - from] = data[i];
    }
}

static cr_status write_at(cr_sink *sink, uint64_t offset, const void *data, size_t size)
{
    forgetful *file = (forgetful *)sink;
    if (offset < WINDOW) remember(file->head, 0, offset, data, size);
    if (offset + size > file->tail_from) remember(file->tail, file->tail_from, offset, data, size);
    if (offset + size > file->size) file->size = offset + size;
    return CR_OK;
}

static cr_status never_read(cr_sink *sink, uint64_t offset, void *data, size_t size, size_t *out)
{
    (void)sink;
    (void)data;
    (void)out;
    fail_msg("%zu bytes were read back at %llu", size, (unsigned long long)offset);
    return CR_IO;
}

static cr_status commit(cr_sink *sink)
{
    ((forgetful *)sink)->is_committed = true;
    return CR_OK;
}

static void stay(cr_sink *sink)
{
    (void)sink; // the test looks into it afterwards
}

static forgetful *make_sink(const char *name, uint64_t tail_from)
{
    forgetful *file = cr_alloc(1, sizeof *file);
    file->base =
        (cr_sink){.write_at = write_at, .read_at = never_read, .commit = commit, .close = stay};
    strncpy(file->base.name, name, sizeof file->base.name - 1);
    file->tail_from = tail_from;
    return file;
}

// All packets are the same zeros.
static void write_all(forgetful *file, const cr_mux_desc *desc, const cr_stream_info *stream)
{
    cr_mux *mux = NULL;
    cr_fault fault = {0};
    if (cr_mux_open(&mux, desc, &stream, 1, &file->base, NULL, &fault) != CR_OK)
        fail_msg("%s", fault.text);
    cr_packet *packet = NULL;
    assert_int_equal(cr_packet_make(&packet, PACKET_BYTES), CR_OK);
    memset(packet->data, 0, PACKET_BYTES);
    for (int i = 0; i < PACKETS; i++) {
        packet->pts = packet->dts = i * CR_TICKS_PER_SECOND;
        packet->duration = CR_TICKS_PER_SECOND;
        packet->is_key = true;
        assert_int_equal(cr_mux_write(mux, packet), CR_OK);
    }
    cr_packet_drop(&packet);
    if (cr_mux_finish(mux, &fault) != CR_OK) fail_msg("%s", fault.text);
    assert_true(file->is_committed);
    assert_int_equal(cr_mux_bytes(mux), file->size);
    cr_mux_close(&mux);
    assert_true(file->size > FOUR_GIB);
}

static cr_mux_desc described(const char *format)
{
    return (cr_mux_desc){.format = format,
                         .is_exact = true,
                         .forecast = {.packets = PACKETS,
                                      .bytes = (int64_t)PACKETS * PACKET_BYTES,
                                      .keys = PACKETS,
                                      .time_changes = 1,
                                      .turns = 1}};
}

static uint64_t big_endian(const uint8_t *at, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

static uint64_t little_endian(const uint8_t *at, int bytes)
{
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

static void an_mp4_counts_in_64_bits(void **state)
{
    (void)state;
    // A decoder configuration as avcC has it, so that the muxer passes the packets on.
    static uint8_t record[] = {1, 100, 0, 31, 255, 225, 0, 4, 103, 100, 0, 31, 1, 0, 2, 104, 238};
    cr_stream_info stream = {.kind = CR_STREAM_VIDEO,
                             .codec = "h264",
                             .width = 64,
                             .height = 64,
                             .pixel = CR_PIXEL_I420,
                             .color = cr_color_bt709(),
                             .frame_rate = {1, 1},
                             .extradata = record,
                             .extradata_size = sizeof record};
    forgetful *file = make_sink("large.mp4", UINT64_MAX - WINDOW);
    cr_mux_desc desc = described("mp4");
    write_all(file, &desc, &stream);
    // ftyp, the index, room that was left over, the media to the end of the file.
    uint64_t at = big_endian(file->head, 4);
    assert_memory_equal(file->head + at + 4, "moov", 4);
    const uint8_t *index = file->head + at;
    size_t index_size = (size_t)big_endian(index, 4);
    at += index_size;
    while (memcmp(file->head + at + 4, "free", 4) == 0)
        at += big_endian(file->head + at, 4);
    assert_memory_equal(file->head + at + 4, "mdat", 4);
    assert_int_equal(big_endian(file->head + at, 4), 1);
    assert_int_equal(at + big_endian(file->head + at + 8, 8), file->size);
    const uint8_t *places = memmem(index, index_size, "co64", 4);
    assert_non_null(places);
    uint64_t count = big_endian(places + 8, 4);
    assert_int_equal(count, PACKETS); // each is larger than a chunk may be
    for (uint64_t i = 0; i < count; i++)
        assert_int_equal(big_endian(places + 12 + 8 * i, 8), at + 16 + i * PACKET_BYTES);
    cr_free(file);
}

static void a_wav_has_the_head_for_64_bits(void **state)
{
    (void)state;
    cr_stream_info stream = {.kind = CR_STREAM_AUDIO,
                             .codec = "pcm_s16le",
                             .sample_rate = 48000,
                             .channels = 2,
                             .block_align = 4,
                             .bits_per_sample = 16};
    forgetful *file = make_sink("large.wav", UINT64_MAX - WINDOW);
    cr_mux_desc desc = described("wav");
    write_all(file, &desc, &stream);
    assert_memory_equal(file->head, "RF64\xff\xff\xff\xffWAVEds64", 16);
    assert_int_equal(little_endian(file->head + 20, 8), file->size - 8);
    assert_int_equal(little_endian(file->head + 28, 8), (uint64_t)PACKETS * PACKET_BYTES);
    cr_free(file);
}

static void a_zip_ends_in_64_bits(void **state)
{
    (void)state;
    cr_stream_info stream = {.kind = CR_STREAM_VIDEO, .codec = "png", .width = 64, .height = 64};
    // Local heads are 30 bytes and a name of 16.
    uint64_t directory = (uint64_t)PACKETS * (PACKET_BYTES + 30 + 16);
    forgetful *file = make_sink("large.zip", directory);
    cr_mux_desc desc = described("png");
    write_all(file, &desc, &stream);
    size_t size = (size_t)(file->size - directory);
    const uint8_t *tail = file->tail, *end = tail + size - 22, *locator = end - 20;
    assert_memory_equal(end, "PK\5\6", 4);
    assert_int_equal(little_endian(end + 16, 4), UINT32_MAX);
    assert_memory_equal(locator, "PK\6\7", 4);
    const uint8_t *end_64 = tail + (little_endian(locator + 8, 8) - directory);
    assert_ptr_equal(end_64, locator - 56);
    assert_memory_equal(end_64, "PK\6\6", 4);
    assert_int_equal(little_endian(end_64 + 32, 8), PACKETS);
    assert_int_equal(little_endian(end_64 + 48, 8), directory);
    // Every entry says where its picture is, in its own form of number.
    const uint8_t *entry = tail;
    for (uint64_t i = 0; i < PACKETS; i++) {
        assert_memory_equal(entry, "PK\1\2", 4);
        uint64_t place = little_endian(entry + 42, 4), extra = little_endian(entry + 30, 2);
        if (place == UINT32_MAX) {
            assert_int_equal(little_endian(entry + 46 + 16, 4), 0x00080001);
            place = little_endian(entry + 46 + 16 + 4, 8);
        }
        assert_int_equal(place, i * (PACKET_BYTES + 30 + 16));
        entry += 46 + 16 + extra;
    }
    assert_ptr_equal(entry, end_64);
    cr_free(file);
}

static void an_animation_stays_within_its_container(void **state)
{
    (void)state;
    cr_stream_info stream = {.kind = CR_STREAM_VIDEO, .codec = "webp", .width = 64, .height = 64};
    forgetful *file = make_sink("large.webp", UINT64_MAX - WINDOW);
    cr_mux_desc desc = {.format = "webp"};
    const cr_stream_info *streams[] = {&stream};
    cr_mux *mux = NULL;
    assert_int_equal(cr_mux_open(&mux, &desc, streams, 1, &file->base, NULL, NULL), CR_OK);
    cr_packet *packet = NULL;
    assert_int_equal(cr_packet_make(&packet, PACKET_BYTES), CR_OK);
    memset(packet->data, 0, PACKET_BYTES);
    memcpy(packet->data + 12, "VP8 \xec\xff\xff\x03", 8);
    cr_status status = CR_OK;
    int count = 0;
    for (; count < PACKETS && status == CR_OK; count++)
        status = cr_mux_write(mux, packet);
    assert_int_equal(status, CR_LIMIT);
    assert_true(count > 60);
    cr_packet_drop(&packet);
    cr_mux_close(&mux);
    cr_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_mp4_counts_in_64_bits),
        cmocka_unit_test(a_wav_has_the_head_for_64_bits),
        cmocka_unit_test(a_zip_ends_in_64_bits),
        cmocka_unit_test(an_animation_stays_within_its_container),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
