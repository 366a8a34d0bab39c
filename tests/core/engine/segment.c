// A segment gives back what was put in, and nothing else is taken for one.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "engine/segment.h"
#include "native/native.h"

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER_KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdee"

enum { packet_count = 700 };

static int open_native(void **state)
{
    cr_native *native = NULL;
    cr_native_desc desc = {.thread_count = 1};
    if (cr_native_open(&native, &desc) != CR_OK) return -1;
    *state = native;
    return 0;
}

static int close_native(void **state)
{
    cr_native *native = *state;
    cr_native_close(&native);
    return 0;
}

// Sizes from a byte to more than a group holds.
static size_t size_of(int index)
{
    return index % 97 == 5 ? 400000 : (size_t)(index * 37 % 3000 + 1);
}

static cr_packet *packet_of(int index)
{
    cr_packet *packet = NULL;
    assert_int_equal(cr_packet_make(&packet, size_of(index)), CR_OK);
    for (size_t i = 0; i < packet->size; i++)
        packet->data[i] = (uint8_t)(index + (int)i * 7);
    packet->pts = (index - 3) * INT64_C(23520000);
    packet->dts = index % 5 == 4 ? CR_TICKS_NONE : packet->pts - 5;
    packet->duration = 23520000 + index % 2;
    packet->is_key = index % 60 == 0;
    packet->skip_start = index == 0 ? 312 : 0;
    packet->skip_end = index == packet_count - 1 ? 77 : 0;
    return packet;
}

static uint8_t extradata[] = {1, 2, 3, 4, 5, 6, 7};

static const cr_stream_info stream = {
    .kind = CR_STREAM_VIDEO,
    .codec = "h264",
    .language = "und",
    .bit_rate = 2000000,
    .extradata = extradata,
    .extradata_size = sizeof extradata,
    .width = 1280,
    .height = 720,
    .sample_aspect = {1, 1},
    .pixel = CR_PIXEL_I420,
    .color = {CR_MATRIX_BT709, CR_COLOR_RANGE_LIMITED, CR_PRIMARIES_BT709, CR_TRANSFER_BT709},
    .bit_depth = 8,
    .frame_rate = {30000, 1001},
};

static void write_segment(const cr_host *host, const char *path, int count)
{
    cr_segment_writer *writer = NULL;
    cr_fault fault = {0};
    unlink(path);
    assert_int_equal(cr_segment_create(&writer, host, path, KEY, &fault), CR_OK);
    for (int i = 0; i < count; i++) {
        cr_packet *packet = packet_of(i);
        assert_int_equal(cr_segment_write(writer, packet), CR_OK);
        cr_packet_drop(&packet);
    }
    assert_int_equal(access(path, F_OK), -1); // not there before it is whole
    assert_int_equal(cr_segment_packets_written(writer), count);
    assert_int_equal(cr_segment_finish(writer, &stream), CR_OK);
    cr_segment_writer_close(&writer);
}

static void what_went_in_comes_out(void **state)
{
    const cr_host *host = cr_native_host(*state);
    write_segment(host, "whole.segment", packet_count);
    cr_segment_reader *reader = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_segment_open(&reader, host, "whole.segment", KEY, &fault), CR_OK);
    const cr_stream_info *info = cr_segment_info(reader);
    assert_int_equal(info->kind, CR_STREAM_VIDEO);
    assert_string_equal(info->codec, "h264");
    assert_int_equal(info->width, 1280);
    assert_int_equal(info->pixel, CR_PIXEL_I420);
    assert_true(cr_color_equal(info->color, stream.color));
    assert_true(cr_rate_equal(info->frame_rate, stream.frame_rate));
    assert_int_equal(info->extradata_size, sizeof extradata);
    assert_memory_equal(info->extradata, extradata, sizeof extradata);
    assert_int_equal(cr_segment_packet_count(reader), packet_count);
    for (int i = 0; i < packet_count; i++) {
        cr_packet *expected = packet_of(i), *packet = NULL;
        cr_segment_entry entry = {0};
        assert_int_equal(cr_segment_peek(reader, &entry, &fault), CR_OK);
        assert_int_equal(entry.size, expected->size);
        assert_int_equal(entry.pts, expected->pts);
        assert_int_equal(entry.dts, i % 5 == 4 ? expected->pts : expected->dts);
        if (i % 3 == 2) {
            assert_int_equal(cr_segment_skip(reader, &fault), CR_OK);
        } else {
            assert_int_equal(cr_segment_read(reader, &packet, &fault), CR_OK);
            assert_int_equal(packet->size, expected->size);
            assert_memory_equal(packet->data, expected->data, expected->size);
            assert_int_equal(packet->pts, expected->pts);
            assert_int_equal(packet->dts, expected->dts);
            assert_int_equal(packet->duration, expected->duration);
            assert_int_equal(packet->is_key, expected->is_key);
            assert_int_equal(packet->skip_start, expected->skip_start);
            assert_int_equal(packet->skip_end, expected->skip_end);
        }
        cr_packet_drop(&packet);
        cr_packet_drop(&expected);
    }
    cr_packet *packet = NULL;
    assert_int_equal(cr_segment_read(reader, &packet, &fault), CR_EOF);
    cr_segment_reader_close(&reader);
}

static void an_unfinished_one_leaves_nothing(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_segment_writer *writer = NULL;
    cr_fault fault = {0};
    unlink("never.segment");
    assert_int_equal(cr_segment_create(&writer, host, "never.segment", KEY, &fault), CR_OK);
    cr_packet *packet = packet_of(0);
    assert_int_equal(cr_segment_write(writer, packet), CR_OK);
    cr_packet_drop(&packet);
    cr_segment_writer_close(&writer);
    assert_null(writer);
    assert_int_equal(system("ls never.segment* 2>/dev/null | grep -q ."), 256);
    cr_segment_reader *reader = NULL;
    assert_int_equal(cr_segment_open(&reader, host, "never.segment", KEY, &fault), CR_NOTFOUND);
}

static void anothers_is_not_taken(void **state)
{
    const cr_host *host = cr_native_host(*state);
    write_segment(host, "foreign.segment", 3);
    cr_segment_reader *reader = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_segment_open(&reader, host, "foreign.segment", OTHER_KEY, &fault),
                     CR_CONFLICT);
    assert_null(reader);
    assert_non_null(strstr(fault.where, "foreign.segment"));
}

// Opens and checks [size] bytes as a segment.
static cr_status judge(const uint8_t *data, size_t size)
{
    cr_segment_reader *reader = NULL;
    cr_source *source = cr_source_from_memory(data, size, "judged");
    cr_status status = cr_segment_open_source(&reader, source, KEY, NULL);
    if (status != CR_OK) {
        cr_source_close(&source);
        return status;
    }
    status = cr_segment_check(reader, NULL);
    cr_segment_reader_close(&reader);
    return status;
}

static void every_damage_is_seen(void **state)
{
    const cr_host *host = cr_native_host(*state);
    write_segment(host, "damaged.segment", 5);
    cr_source *source = NULL;
    uint8_t *data = NULL;
    size_t size = 0;
    assert_int_equal(host->open_source(host->cookie, "damaged.segment", &source, NULL), CR_OK);
    assert_int_equal(cr_source_read_all(source, 1 << 20, &data, &size, NULL), CR_OK);
    cr_source_close(&source);
    assert_int_equal(judge(data, size), CR_OK);
    for (size_t i = 0; i < size; i++) {
        data[i] ^= 0x10;
        if (judge(data, size) == CR_OK) fail_msg("byte %zu may be anything", i);
        data[i] ^= 0x10;
    }
    for (size_t cut = 0; cut < size; cut++)
        if (judge(data, cut) == CR_OK) fail_msg("%zu of %zu bytes are taken as whole", cut, size);
    cr_free(data);
}

static void impossible_packets_are_refused(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_segment_writer *writer = NULL;
    assert_int_equal(cr_segment_create(&writer, host, "refused.segment", KEY, NULL), CR_OK);
    cr_packet *packet = packet_of(1);
    packet->size = 0;
    assert_int_equal(cr_segment_write(writer, packet), CR_LIMIT);
    cr_packet_drop(&packet);
    cr_segment_writer_close(&writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_went_in_comes_out),
        cmocka_unit_test(an_unfinished_one_leaves_nothing),
        cmocka_unit_test(anothers_is_not_taken),
        cmocka_unit_test(every_damage_is_seen),
        cmocka_unit_test(impossible_packets_are_refused),
    };
    return cmocka_run_group_tests(tests, open_native, close_native);
}
