// Pictures that were shown come back as themselves: for their own file and time, and for no other.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "engine/shown_pictures.h"

enum { WIDTH = 32, HEIGHT = 16, LENGTH = 100, FRAME_BYTES = WIDTH * HEIGHT * 2 };

// Grows by [FRAME_BYTES]: rows of chroma begin aligned.
static cr_frame *picture(uint8_t number)
{
    cr_frame *frame = NULL;
    assert_int_equal(cr_frame_make(&frame, CR_PIXEL_I420, WIDTH, HEIGHT), CR_OK);
    frame->data[0][0] = number;
    return frame;
}

static void add(cr_shown_pictures *shown, const char *asset, uint8_t number)
{
    cr_frame *frame = picture(number);
    cr_shown_pictures_add(shown, asset, (cr_range){(cr_ticks)number * LENGTH, LENGTH}, frame);
    cr_frame_drop(&frame);
}

// The number of the picture at [at]; -1: none.
static int at(cr_shown_pictures *shown, const char *asset, cr_ticks time)
{
    cr_frame *frame = cr_shown_pictures_find(shown, asset, time);
    int number = frame ? frame->data[0][0] : -1;
    if (frame) cr_frame_drop(&frame);
    return number;
}

static void test_found_by_file_and_time(void **state)
{
    (void)state;
    cr_shown_pictures *shown = cr_shown_pictures_open(INT64_C(1) << 20);
    add(shown, "a", 1);
    add(shown, "a", 2);
    add(shown, "b", 3);
    assert_int_equal(at(shown, "a", 99), -1);
    assert_int_equal(at(shown, "a", 100), 1);
    assert_int_equal(at(shown, "a", 199), 1);
    assert_int_equal(at(shown, "a", 200), 2);
    assert_int_equal(at(shown, "a", 300), -1);
    assert_int_equal(at(shown, "b", 300), 3);
    assert_int_equal(at(shown, "b", 100), -1);
    assert_int_equal(at(shown, "c", 100), -1);
    // The same time again takes the old one's place.
    int64_t bytes = cr_shown_pictures_bytes(shown);
    add(shown, "a", 1);
    assert_int_equal(cr_shown_pictures_bytes(shown), bytes);
    cr_shown_pictures_close(&shown);
    assert_null(shown);
}

static void test_what_was_not_looked_at_goes_first(void **state)
{
    (void)state;
    cr_frame *one = picture(0);
    int64_t bytes = 0;
    for (int i = 0; i < 3; i++)
        bytes += one->stride[i] * cr_pixel_rows(one->pixel, i, HEIGHT);
    cr_frame_drop(&one);
    cr_shown_pictures *shown = cr_shown_pictures_open(3 * bytes);
    for (uint8_t i = 1; i <= 3; i++)
        add(shown, "a", i);
    assert_int_equal(cr_shown_pictures_bytes(shown), 3 * bytes);
    assert_int_equal(at(shown, "a", 100), 1);
    add(shown, "a", 4);
    assert_int_equal(at(shown, "a", 100), 1);
    assert_int_equal(at(shown, "a", 200), -1);
    assert_int_equal(at(shown, "a", 300), 3);
    assert_int_equal(at(shown, "a", 400), 4);
    for (int i = 0; i < 1000; i++) {
        add(shown, "b", (uint8_t)(i % 256));
        assert_true(cr_shown_pictures_bytes(shown) <= 3 * bytes);
        assert_int_equal(at(shown, "b", (cr_ticks)(i % 256) * LENGTH), i % 256);
    }
    cr_shown_pictures_close(&shown);
    // Where not one has room, none is kept.
    shown = cr_shown_pictures_open(bytes - 1);
    add(shown, "a", 1);
    assert_int_equal(at(shown, "a", 100), -1);
    assert_int_equal(cr_shown_pictures_bytes(shown), 0);
    cr_shown_pictures_close(&shown);
}

static void test_small_ones_are_counted_as_well(void **state)
{
    (void)state;
    cr_shown_pictures *shown = cr_shown_pictures_open(INT64_C(1) << 40);
    for (int i = 0; i < 2000; i++) {
        cr_frame *frame = picture((uint8_t)(i % 256));
        cr_shown_pictures_add(shown, "a", (cr_range){(cr_ticks)i * LENGTH, LENGTH}, frame);
        cr_frame_drop(&frame);
    }
    assert_int_equal(at(shown, "a", 0), -1);
    assert_int_equal(at(shown, "a", (cr_ticks)1999 * LENGTH), 1999 % 256);
    assert_true(cr_shown_pictures_bytes(shown) <= 256 * (int64_t)FRAME_BYTES);
    cr_shown_pictures_close(&shown);
}

static void test_another_file_and_unknown_times(void **state)
{
    (void)state;
    cr_shown_pictures *shown = cr_shown_pictures_open(INT64_C(1) << 20);
    for (uint8_t i = 0; i < 10; i++) {
        add(shown, "a", i);
        add(shown, "b", i);
    }
    cr_shown_pictures_forget(shown, "a");
    for (uint8_t i = 0; i < 10; i++) {
        assert_int_equal(at(shown, "a", (cr_ticks)i * LENGTH), -1);
        assert_int_equal(at(shown, "b", (cr_ticks)i * LENGTH), i);
    }
    cr_shown_pictures_forget(shown, "b");
    assert_int_equal(cr_shown_pictures_bytes(shown), 0);
    cr_frame *frame = picture(1);
    cr_shown_pictures_add(shown, "a", (cr_range){0}, frame);
    // As one whose planes are with a host.
    memset(frame->data, 0, sizeof frame->data);
    cr_shown_pictures_add(shown, "a", (cr_range){0, LENGTH}, frame);
    cr_frame_drop(&frame);
    assert_int_equal(cr_shown_pictures_bytes(shown), 0);
    assert_int_equal(at(shown, "a", 0), -1);
    cr_shown_pictures_close(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found_by_file_and_time),
        cmocka_unit_test(test_what_was_not_looked_at_goes_first),
        cmocka_unit_test(test_small_ones_are_counted_as_well),
        cmocka_unit_test(test_another_file_and_unknown_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
