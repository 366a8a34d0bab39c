// The strings by which a browser is asked for a codec, against examples of the specifications.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "browser/codec_string.h"

static cr_stream_info stream_of(const char *codec, int width, int height, uint8_t *extradata,
                                size_t size)
{
    cr_stream_info stream = {.kind = CR_STREAM_VIDEO,
                             .width = width,
                             .height = height,
                             .frame_rate = {30, 1},
                             .pixel = CR_PIXEL_I420,
                             .extradata = extradata,
                             .extradata_size = size};
    (void)snprintf(stream.codec, sizeof stream.codec, "%s", codec);
    return stream;
}

static void assert_string_of(const cr_stream_info *stream, const char *expected)
{
    char said[CR_CODEC_STRING_MAX];
    assert_true(cr_codec_string_of_stream(stream, said));
    assert_string_equal(said, expected);
}

static void h264_is_named_by_its_record_or_its_parameters_or_its_size(void **state)
{
    (void)state;
    uint8_t record[] = {1, 0x4d, 0x40, 0x1f, 0xff, 0xe1, 0};
    cr_stream_info stream = stream_of("h264", 1280, 720, record, sizeof record);
    assert_string_of(&stream, "avc1.4d401f");
    uint8_t units[] = {0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x28, 0x95, 0, 0};
    stream = stream_of("h264", 1920, 1080, units, sizeof units);
    assert_string_of(&stream, "avc1.42c028");
    stream = stream_of("h264", 1920, 1080, NULL, 0);
    assert_string_of(&stream, "avc1.640028");
    stream = stream_of("h264", 3840, 2160, NULL, 0);
    assert_string_of(&stream, "avc1.640033");
}

static void hevc_is_named_as_in_the_standards_example(void **state)
{
    (void)state;
    // Main profile, main tier, level 3.1, progressive and frame-only.
    uint8_t record[23] = {1, 0x01, 0x60, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 93};
    cr_stream_info stream = stream_of("hevc", 1280, 720, record, sizeof record);
    assert_string_of(&stream, "hvc1.1.6.L93.b0");
    record[1] = 0x21;
    assert_string_of(&stream, "hvc1.1.6.H93.b0");
}

static void the_open_codecs_are_named_by_profile_level_and_depth(void **state)
{
    (void)state;
    cr_stream_info stream = stream_of("vp9", 1920, 1080, NULL, 0);
    assert_string_of(&stream, "vp09.00.40.08");
    stream.pixel = CR_PIXEL_I444;
    assert_string_of(&stream, "vp09.01.40.08");
    stream = stream_of("vp8", 640, 360, NULL, 0);
    assert_string_of(&stream, "vp8");
    uint8_t record[] = {0x81, 0x08, 0x0c, 0};
    stream = stream_of("av1", 1920, 1080, record, sizeof record);
    assert_string_of(&stream, "av01.0.08M.08");
    record[2] = 0x40;
    assert_string_of(&stream, "av01.0.08M.10");
}

static void what_no_platform_has_is_said_so(void **state)
{
    (void)state;
    char said[CR_CODEC_STRING_MAX];
    cr_stream_info stream = stream_of("prores", 1920, 1080, NULL, 0);
    assert_false(cr_codec_string_of_stream(&stream, said));
    cr_host_encoder_desc desc = {.codec = "vp9", .width = 640, .height = 360};
    assert_true(cr_codec_string_of_encoder(&desc, 0, said));
    assert_false(cr_codec_string_of_encoder(&desc, 1, said));
    desc.codec = "h264";
    assert_true(cr_codec_string_of_encoder(&desc, CR_CODEC_PROFILES_MAX - 1, said));
    assert_false(cr_codec_string_of_encoder(&desc, CR_CODEC_PROFILES_MAX, said));
}

static void an_encoders_level_holds_size_rate_and_bits(void **state)
{
    (void)state;
    char said[CR_CODEC_STRING_MAX];
    cr_host_encoder_desc desc = {
        .codec = "h264", .width = 1920, .height = 1080, .frame_rate = {30, 1}, .bit_rate = 6000000};
    assert_true(cr_codec_string_of_encoder(&desc, 0, said));
    assert_string_equal(said, "avc1.640028");
    desc.frame_rate = (cr_rate){60, 1};
    assert_true(cr_codec_string_of_encoder(&desc, 0, said));
    assert_string_equal(said, "avc1.64002a");
    desc.frame_rate = (cr_rate){30, 1};
    desc.bit_rate = 60000000;
    assert_true(cr_codec_string_of_encoder(&desc, 1, said));
    assert_string_equal(said, "avc1.4d0032");
}

static void better_quality_asks_for_more_bits(void **state)
{
    (void)state;
    cr_host_encoder_desc desc = {
        .codec = "h264", .width = 1920, .height = 1080, .frame_rate = {30, 1}, .quality = 23};
    int64_t usual = cr_codec_bit_rate(&desc);
    desc.quality = 17;
    assert_int_equal(cr_codec_bit_rate(&desc), usual * 2);
    desc.quality = 29;
    assert_int_equal(cr_codec_bit_rate(&desc), usual / 2);
    desc.bit_rate = 1234;
    assert_int_equal(cr_codec_bit_rate(&desc), 1234);
}

static void only_set_up_records_are_handed_over(void **state)
{
    (void)state;
    uint8_t record[] = {1, 0x4d, 0x40, 0x1f, 0xff, 0xe1, 0};
    cr_stream_info stream = stream_of("h264", 1280, 720, record, sizeof record);
    size_t size = 0;
    assert_ptr_equal(cr_codec_description(&stream, &size), record);
    assert_int_equal(size, sizeof record);
    uint8_t units[] = {0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x28, 0x95};
    stream = stream_of("h264", 1280, 720, units, sizeof units);
    assert_null(cr_codec_description(&stream, &size));
    assert_int_equal(size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(h264_is_named_by_its_record_or_its_parameters_or_its_size),
        cmocka_unit_test(hevc_is_named_as_in_the_standards_example),
        cmocka_unit_test(the_open_codecs_are_named_by_profile_level_and_depth),
        cmocka_unit_test(what_no_platform_has_is_said_so),
        cmocka_unit_test(an_encoders_level_holds_size_rate_and_bits),
        cmocka_unit_test(better_quality_asks_for_more_bits),
        cmocka_unit_test(only_set_up_records_are_handed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
