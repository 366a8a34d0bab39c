// The nouns that move: sizes of planes, reference counts, and what memory failure does.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/mem.h"
#include "media/frame.h"
#include "media/media_info.h"
#include "media/packet.h"
#include "media/sample.h"

static void odd_sizes_round_chroma_up(void **state)
{
    (void)state;
    assert_int_equal(cr_pixel_row_bytes(CR_PIXEL_I420, 0, 5), 5);
    assert_int_equal(cr_pixel_row_bytes(CR_PIXEL_I420, 1, 5), 3);
    assert_int_equal(cr_pixel_rows(CR_PIXEL_I420, 2, 3), 2);
    assert_int_equal(cr_pixel_rows(CR_PIXEL_I422, 2, 3), 3);
    assert_int_equal(cr_pixel_row_bytes(CR_PIXEL_I420A, 3, 5), 5);
    assert_int_equal(cr_pixel_row_bytes(CR_PIXEL_RGBA, 0, 5), 20);
}

static void every_layout_has_its_planes_apart(void **state)
{
    (void)state;
    for (cr_pixel pixel = CR_PIXEL_I420; pixel < CR_PIXEL_COUNT; pixel++) {
        cr_frame *frame = NULL;
        assert_int_equal(cr_frame_make(&frame, pixel, 33, 7), CR_OK);
        int planes = cr_pixel_planes(pixel);
        for (int plane = 0; plane < planes; plane++) {
            assert_int_equal((uintptr_t)frame->data[plane] % 32, 0);
            int rows = cr_pixel_rows(pixel, plane, 7);
            for (int y = 0; y < rows; y++)
                memset(frame->data[plane] + y * frame->stride[plane], plane + 1,
                       (size_t)cr_pixel_row_bytes(pixel, plane, 33));
        }
        for (int plane = 0; plane < planes; plane++)
            assert_int_equal(frame->data[plane][0], plane + 1);
        cr_frame_drop(&frame);
        assert_null(frame);
    }
}

static void impossible_pictures_are_refused(void **state)
{
    (void)state;
    cr_frame *frame = NULL;
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_I420, 0, 5), CR_INVALID);
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_I420, 5, -1), CR_INVALID);
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_NONE, 5, 5), CR_INVALID);
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_I420, CR_PICTURE_SIDE_MAX + 1, 5), CR_LIMIT);
    assert_null(frame);
}

static void no_memory_is_a_status(void **state)
{
    (void)state;
    cr_frame *frame = NULL;
    cr_packet *packet = NULL;
    cr_samples *samples = NULL;
    cr_mem_fail_after(1);
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_RGBA, 8, 8), CR_NOMEM);
    cr_mem_fail_after(1);
    assert_int_equal(cr_packet_make(&packet, 10), CR_NOMEM);
    cr_mem_fail_after(1);
    assert_int_equal(cr_samples_make(&samples, 48000, 2, 10), CR_NOMEM);
    cr_mem_fail_after(0);
    assert_null(frame);
    assert_null(packet);
    assert_null(samples);
}

static void count_release(void *cookie)
{
    ++*(int *)cookie;
}

static void wrapped_memory_is_released_once_by_the_last_owner(void **state)
{
    (void)state;
    static uint8_t pixels[16];
    uint8_t *data[] = {pixels};
    ptrdiff_t stride[] = {8};
    int released = 0;
    cr_frame *frame = NULL;
    assert_int_equal(
        cr_frame_wrap(&frame, CR_PIXEL_RGBA, 2, 2, data, stride, count_release, &released), CR_OK);
    assert_true(cr_frame_is_writable(frame));
    cr_frame *second = cr_frame_keep(frame);
    assert_false(cr_frame_is_writable(frame));
    cr_frame_drop(&frame);
    assert_int_equal(released, 0);
    assert_true(cr_frame_is_writable(second));
    cr_frame_drop(&second);
    assert_int_equal(released, 1);
    cr_frame_drop(&second);
    assert_int_equal(released, 1);
}

static void a_copy_has_its_own_pixels(void **state)
{
    (void)state;
    cr_frame *frame = NULL, *copy = NULL;
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_I420, 6, 4), CR_OK);
    for (int plane = 0; plane < 3; plane++)
        for (int y = 0; y < cr_pixel_rows(frame->pixel, plane, 4); y++)
            memset(frame->data[plane] + y * frame->stride[plane], 7 + plane,
                   (size_t)cr_pixel_row_bytes(frame->pixel, plane, 6));
    frame->pts = 42;
    frame->orientation.quarter_turns = 3;
    assert_int_equal(cr_frame_copy(&copy, frame), CR_OK);
    frame->data[2][0] = 0;
    assert_int_equal(copy->data[2][0], 9);
    assert_int_equal(copy->pts, 42);
    assert_int_equal(copy->orientation.quarter_turns, 3);
    cr_frame_drop(&frame);
    cr_frame_drop(&copy);
}

static void packets_end_in_zero_padding(void **state)
{
    (void)state;
    cr_packet *packet = NULL;
    assert_int_equal(cr_packet_make(&packet, 3), CR_OK);
    for (size_t i = 3; i < 3 + 64; i++)
        assert_int_equal(packet->data[i], 0);
    cr_packet_drop(&packet);
}

static void unsaid_colour_is_guessed_by_height(void **state)
{
    (void)state;
    cr_color standard = cr_color_complete((cr_color){0}, false, 480);
    assert_int_equal(standard.matrix, CR_MATRIX_BT601);
    assert_int_equal(standard.primaries, CR_PRIMARIES_BT601_525);
    assert_int_equal(cr_color_complete((cr_color){0}, false, 576).primaries,
                     CR_PRIMARIES_BT601_625);
    assert_true(cr_color_equal(cr_color_complete((cr_color){0}, false, 720), cr_color_bt709()));
    assert_true(cr_color_equal(cr_color_complete((cr_color){0}, true, 100), cr_color_srgb()));
    cr_color said = {.matrix = CR_MATRIX_BT2020, .range = CR_COLOR_RANGE_FULL};
    cr_color completed = cr_color_complete(said, false, 480);
    assert_int_equal(completed.primaries, CR_PRIMARIES_BT2020);
    assert_int_equal(completed.range, CR_COLOR_RANGE_FULL);
}

static void display_size_knows_aspect_and_rotation(void **state)
{
    (void)state;
    int width = 0, height = 0;
    cr_stream_info stream = {.width = 720, .height = 576, .sample_aspect = {64, 45}};
    cr_stream_display_size(&stream, &width, &height);
    assert_int_equal(width, 1024);
    assert_int_equal(height, 576);
    stream.orientation.quarter_turns = 1;
    cr_stream_display_size(&stream, &width, &height);
    assert_int_equal(width, 576);
    assert_int_equal(height, 1024);
    stream = (cr_stream_info){.width = 100, .height = 50, .sample_aspect = {1, 2}};
    cr_stream_display_size(&stream, &width, &height);
    assert_int_equal(width, 100);
    assert_int_equal(height, 100);
    stream.sample_aspect = (cr_rate){0, 0};
    cr_stream_display_size(&stream, &width, &height);
    assert_int_equal(height, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_sizes_round_chroma_up),
        cmocka_unit_test(every_layout_has_its_planes_apart),
        cmocka_unit_test(impossible_pictures_are_refused),
        cmocka_unit_test(no_memory_is_a_status),
        cmocka_unit_test(wrapped_memory_is_released_once_by_the_last_owner),
        cmocka_unit_test(a_copy_has_its_own_pixels),
        cmocka_unit_test(packets_end_in_zero_padding),
        cmocka_unit_test(unsaid_colour_is_guessed_by_height),
        cmocka_unit_test(display_size_knows_aspect_and_rotation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
