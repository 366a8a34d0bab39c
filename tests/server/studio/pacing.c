// How long scenes are: near what was wanted, never cutting a voice, and each by itself.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "studio/pacing.h"

#define SECONDS(count) ((count) * CR_TICKS_PER_SECOND)

static const cr_pace thirty = {
    .wanted = SECONDS(30), .scene_count = 5, .words_total = 70, .rate = {30, 1}};

static void a_film_whose_voices_fit_is_as_long_as_wanted(void **state)
{
    (void)state;
    cr_ticks total = 0;
    for (int i = 1; i <= 5; i++)
        total += cr_pace_scene(&thirty, i, 14, SECONDS(46) / 10).duration;
    assert_in_range(total, SECONDS(29), SECONDS(31));
}

static void a_voice_is_never_cut(void **state)
{
    (void)state;
    for (int i = 1; i <= 5; i++) {
        for (cr_ticks voice = SECONDS(1) / 7; voice < SECONDS(40); voice += SECONDS(3)) {
            cr_scene_timing timing = cr_pace_scene(&thirty, i, 14, voice);
            assert_true(timing.voice_start >= SECONDS(3) / 10);
            assert_true(timing.voice_start + voice < timing.duration);
        }
    }
}

static void scenes_are_whole_frames(void **state)
{
    (void)state;
    static const cr_rate rates[] = {{30, 1}, {30000, 1001}, {24, 1}};
    for (int i = 0; i < 3; i++) {
        cr_pace pace = thirty;
        pace.rate = rates[i];
        for (int words = 1; words < 60; words += 7) {
            cr_ticks length = cr_pace_scene(&pace, 2, words, SECONDS(words) / 3).duration;
            assert_int_equal(cr_frame_start(cr_frame_at(length, pace.rate), pace.rate), length);
        }
    }
}

static void there_is_no_long_hole_after_a_short_voice(void **state)
{
    (void)state;
    cr_scene_timing timing = cr_pace_scene(&thirty, 3, 70, SECONDS(2));
    assert_true(timing.duration < SECONDS(2) + SECONDS(3));
}

static void a_scene_without_words_is_still_seen(void **state)
{
    (void)state;
    cr_pace pace = thirty;
    pace.silent_count = 1;
    cr_scene_timing timing = cr_pace_scene(&pace, 2, 0, 0);
    assert_true(timing.duration >= SECONDS(3));
    pace.words_total = 0;
    pace.silent_count = 5;
    assert_int_equal(cr_pace_scene(&pace, 2, 0, 0).duration, SECONDS(6));
}

static void the_last_scene_has_room_to_end(void **state)
{
    (void)state;
    cr_scene_timing middle = cr_pace_scene(&thirty, 4, 1, SECONDS(5));
    cr_scene_timing last = cr_pace_scene(&thirty, 5, 1, SECONDS(5));
    assert_true(last.duration > middle.duration);
}

static void the_voice_hurries_or_dawdles_within_what_sounds_natural(void **state)
{
    (void)state;
    cr_pace pace = thirty;
    pace.words_total = 74;
    assert_int_equal(cr_pace_speed_percent(&pace), 100);
    pace.words_total = 10;
    assert_int_equal(cr_pace_speed_percent(&pace), 90);
    pace.words_total = 400;
    assert_int_equal(cr_pace_speed_percent(&pace), 115);
    pace.words_total = 0;
    assert_int_equal(cr_pace_speed_percent(&pace), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_film_whose_voices_fit_is_as_long_as_wanted),
        cmocka_unit_test(a_voice_is_never_cut),
        cmocka_unit_test(scenes_are_whole_frames),
        cmocka_unit_test(there_is_no_long_hole_after_a_short_voice),
        cmocka_unit_test(a_scene_without_words_is_still_seen),
        cmocka_unit_test(the_voice_hurries_or_dawdles_within_what_sounds_natural),
        cmocka_unit_test(the_last_scene_has_room_to_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
