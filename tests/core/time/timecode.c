#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "time/timecode.h"

static const cr_rate ntsc = {30000, 1001}, ntsc_double = {60000, 1001}, pal = {25, 1};

static void assert_label(int64_t frame, cr_rate rate, bool drop, const char *expected)
{
    char text[CR_TIMECODE_BYTES_MAX];
    cr_timecode_print(cr_timecode_of_frame(frame, rate, drop), text, sizeof text);
    assert_string_equal(text, expected);
}

static void drop_frame_labels_skip_at_each_minute_but_every_tenth(void **state)
{
    (void)state;
    assert_label(0, ntsc, true, "00:00:00;00");
    assert_label(1799, ntsc, true, "00:00:59;29");
    assert_label(1800, ntsc, true, "00:01:00;02");
    assert_label(3597, ntsc, true, "00:01:59;29");
    assert_label(3598, ntsc, true, "00:02:00;02");
    assert_label(17981, ntsc, true, "00:09:59;29");
    assert_label(17982, ntsc, true, "00:10:00;00");
    assert_label(107892, ntsc, true, "01:00:00;00");
    assert_label(2589408, ntsc, true, "24:00:00;00");
    assert_label(3599, ntsc_double, true, "00:00:59;59");
    assert_label(3600, ntsc_double, true, "00:01:00;04");
    assert_label(1800, ntsc, false, "00:01:00:00");
    assert_label(1800, pal, true, "00:01:12:00");
    assert_label(-1, pal, false, "-00:00:00:01");
}

static void assert_round_trip(int64_t frame, cr_rate rate, bool drop)
{
    char text[CR_TIMECODE_BYTES_MAX];
    cr_timecode timecode;
    cr_fault fault = {0};
    int64_t back = -1;
    cr_timecode_print(cr_timecode_of_frame(frame, rate, drop), text, sizeof text);
    assert_int_equal(cr_timecode_parse(&timecode, text, &fault), CR_OK);
    if (cr_timecode_to_frame(&back, timecode, rate, &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    assert_true(back == frame);
}

static void every_label_near_a_drop_point_round_trips(void **state)
{
    (void)state;
    const cr_rate dropping[] = {{30000, 1001}, {60000, 1001}, {120000, 1001}};
    for (int i = 0; i < 3; i++) {
        int64_t minute = 60 * (int64_t)dropping[i].num / 1001;
        for (int64_t m = 0; m < 130; m++)
            for (int64_t n = -20; n < 20; n++)
                if (m * minute + n >= 0) assert_round_trip(m * minute + n, dropping[i], true);
    }
}

static void random_labels_round_trip(void **state)
{
    (void)state;
    const cr_rate all[] = {{24, 1}, {25, 1},       {30, 1},       {50, 1},
                           {60, 1}, {24000, 1001}, {30000, 1001}, {60000, 1001}};
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1;
        int64_t frame = (int64_t)(seed >> 40);
        cr_rate rate = all[seed >> 33 & 7];
        assert_round_trip(seed >> 32 & 1 ? frame : -frame, rate, false);
        assert_round_trip(frame, rate, cr_timecode_can_drop(rate));
    }
}

// A day of drop-frame labels is a day on the wall to two frames and a bit.
static void drop_frame_keeps_up_with_the_clock(void **state)
{
    (void)state;
    int64_t frame = 0;
    cr_timecode day = {.hours = 24, .is_drop_frame = true};
    assert_int_equal(cr_timecode_to_frame(&frame, day, ntsc, NULL), CR_OK);
    int64_t late =
        cr_ticks_to_milliseconds(24 * 3600 * CR_TICKS_PER_SECOND - cr_frame_start(frame, ntsc));
    assert_in_range(late, 0, 90);
}

static void assert_refused(const char *text, cr_rate rate)
{
    cr_timecode timecode;
    int64_t frame = 42;
    cr_fault fault = {0};
    cr_status status = cr_timecode_parse(&timecode, text, &fault);
    if (status == CR_OK) status = cr_timecode_to_frame(&frame, timecode, rate, &fault);
    assert_int_equal(status, CR_INVALID);
    assert_int_equal(frame, 42);
    assert_true(fault.text[0] != '\0');
    assert_string_equal(fault.where, text);
}

static void wrong_labels_are_refused(void **state)
{
    (void)state;
    assert_refused("00:01:00;00", ntsc); // left out
    assert_refused("00:01:00;01", ntsc);
    assert_refused("00:01:00;03", ntsc_double);
    assert_refused("00:00:00;00", pal); // no drop-frame there
    assert_refused("00:00:00:25", pal);
    assert_refused("00:00:60:00", pal);
    assert_refused("00:60:00:00", pal);
    assert_refused("00:00:00", pal);
    assert_refused("", pal);
    assert_refused("hello", pal);
    assert_refused("00:00:00:00x", pal);
    assert_refused("00::00:00", pal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drop_frame_labels_skip_at_each_minute_but_every_tenth),
        cmocka_unit_test(every_label_near_a_drop_point_round_trips),
        cmocka_unit_test(random_labels_round_trip),
        cmocka_unit_test(drop_frame_keeps_up_with_the_clock),
        cmocka_unit_test(wrong_labels_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
