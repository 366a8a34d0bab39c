#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "time/time.h"

static const cr_rate rates[] = {
    {24, 1},   {25, 1},    {30, 1},       {48, 1},       {50, 1},       {60, 1},
    {90, 1},   {120, 1},   {24000, 1001}, {30000, 1001}, {60000, 1001}, {120000, 1001},
    {8000, 1}, {44100, 1}, {48000, 1},    {96000, 1},    {192000, 1}};

static const int64_t day_seconds = 24 * 60 * 60;

static void frames_of_named_rates_last_whole_ticks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        cr_rate rate = rates[i];
        assert_int_equal(CR_TICKS_PER_SECOND * rate.den % rate.num, 0);
        assert_int_equal(cr_frame_start(1, rate), CR_TICKS_PER_SECOND * rate.den / rate.num);
    }
}

static void a_day_at_30000_1001_does_not_drift(void **state)
{
    (void)state;
    cr_rate rate = {30000, 1001};
    int64_t frames = day_seconds * 30000 / 1001;
    cr_ticks length = cr_frame_start(1, rate), added = 0;
    for (int64_t i = 0; i < frames; i++) {
        assert_true(cr_frame_start(i, rate) == added);
        added += length;
    }
    // 1001 seconds are 30 000 frames, to the tick.
    assert_true(cr_frame_start(30000, rate) == 1001 * CR_TICKS_PER_SECOND);
    assert_true(cr_frame_start(30000 * day_seconds, rate) ==
                1001 * day_seconds * CR_TICKS_PER_SECOND);
}

static void every_frame_is_on_from_its_start_to_the_next(void **state)
{
    (void)state;
    // Rates whose frames are not whole ticks are among them.
    const cr_rate odd[] = {{30000, 1001},   {44100, 1}, {15360, 1},     {90000, 1},
                           {1000000007, 3}, {7, 11},    {2147483647, 1}};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        for (int64_t n = -5; n < 2000; n++) {
            int64_t index = n < 1000 ? n : n * INT64_C(1000003);
            cr_ticks start = cr_frame_start(index, odd[i]);
            int64_t on = cr_frame_at(start, odd[i]);
            // Where several begin in one tick, the last is on.
            assert_true(on >= index && cr_frame_start(on, odd[i]) == start);
            assert_true(cr_frame_start(on + 1, odd[i]) > start);
            assert_true(cr_frame_at(start - 1, odd[i]) < index);
        }
    }
}

static void frame_count_covers_the_time(void **state)
{
    (void)state;
    cr_rate rate = {25, 1};
    cr_ticks frame = cr_frame_start(1, rate);
    assert_int_equal(cr_frame_count(0, rate), 0);
    assert_int_equal(cr_frame_count(-frame, rate), 0);
    assert_int_equal(cr_frame_count(1, rate), 1);
    assert_int_equal(cr_frame_count(frame, rate), 1);
    assert_int_equal(cr_frame_count(frame + 1, rate), 2);
    assert_int_equal(cr_frame_count(100 * frame, rate), 100);
}

static void scaling_rounds_as_asked_and_saturates(void **state)
{
    (void)state;
    assert_int_equal(cr_scale(7, 1, 2, CR_ROUND_DOWN), 3);
    assert_int_equal(cr_scale(7, 1, 2, CR_ROUND_UP), 4);
    assert_int_equal(cr_scale(7, 1, 2, CR_ROUND_NEAREST), 4);
    assert_int_equal(cr_scale(-7, 1, 2, CR_ROUND_DOWN), -4);
    assert_int_equal(cr_scale(-7, 1, 2, CR_ROUND_UP), -3);
    assert_int_equal(cr_scale(-7, 1, 2, CR_ROUND_NEAREST), -4);
    assert_int_equal(cr_scale(10, 1, 3, CR_ROUND_NEAREST), 3);
    assert_int_equal(cr_scale(11, 1, 3, CR_ROUND_NEAREST), 4);
    assert_int_equal(cr_scale(-10, 1, 3, CR_ROUND_NEAREST), -3);
    assert_true(cr_scale(INT64_MAX, INT64_MAX, 1, CR_ROUND_DOWN) == INT64_MAX);
    assert_true(cr_scale(INT64_MAX, -INT64_MAX, 1, CR_ROUND_DOWN) == -INT64_MAX);
    assert_true(cr_scale(INT64_MAX, INT64_MAX, INT64_MAX, CR_ROUND_NEAREST) == INT64_MAX);
}

static void rates_come_in_lowest_terms(void **state)
{
    (void)state;
    cr_rate rate = {1, 1};
    assert_int_equal(cr_rate_make(&rate, 60000, 2002), CR_OK);
    assert_int_equal(rate.num, 30000);
    assert_int_equal(rate.den, 1001);
    assert_int_equal(cr_rate_make(&rate, 0, 1), CR_INVALID);
    assert_int_equal(cr_rate_make(&rate, 1, 0), CR_INVALID);
    assert_int_equal(cr_rate_make(&rate, -1, -1), CR_INVALID);
    assert_int_equal(cr_rate_make(&rate, INT64_MAX, 1), CR_INVALID);
    assert_int_equal(rate.num, 30000);
    assert_true(cr_rate_equal((cr_rate){50, 2}, (cr_rate){25, 1}));
    assert_false(cr_rate_equal((cr_rate){0, 0}, (cr_rate){25, 1}));
    assert_false(cr_rate_is_known((cr_rate){0, 0}));
}

static void milliseconds_round_trip(void **state)
{
    (void)state;
    for (int64_t ms = -2000; ms < 2000; ms++)
        assert_int_equal(cr_ticks_to_milliseconds(cr_ticks_from_milliseconds(ms)), ms);
    assert_int_equal(cr_ticks_from_microseconds(1000000), CR_TICKS_PER_SECOND);
}

static void ranges_are_half_open(void **state)
{
    (void)state;
    cr_range a = {10, 10}, b = {20, 5}, c = {15, 10};
    assert_true(cr_range_contains(a, 10));
    assert_false(cr_range_contains(a, 20));
    assert_false(cr_range_overlaps(a, b));
    assert_true(cr_range_overlaps(a, c));
    cr_range common = cr_range_intersect(a, c);
    assert_int_equal(common.start, 15);
    assert_int_equal(common.duration, 5);
    common = cr_range_intersect(a, b);
    assert_int_equal(common.start, 20);
    assert_int_equal(common.duration, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_of_named_rates_last_whole_ticks),
        cmocka_unit_test(a_day_at_30000_1001_does_not_drift),
        cmocka_unit_test(every_frame_is_on_from_its_start_to_the_next),
        cmocka_unit_test(frame_count_covers_the_time),
        cmocka_unit_test(scaling_rounds_as_asked_and_saturates),
        cmocka_unit_test(rates_come_in_lowest_terms),
        cmocka_unit_test(milliseconds_round_trip),
        cmocka_unit_test(ranges_are_half_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
