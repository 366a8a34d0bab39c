// Playback as its user sees and hears it, on a stage whose clock the test owns.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cJSON.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "preview_stage.h"
#include "project/project_json.h"
#include "slow_codecs.h"

// ffmpeg's sine is an eighth of full scale at 440 Hz: this is its steepest step between two
// samples, with some room for the step of a fade.
static const float step_max = 0.0125F;

static cr_ticks ticks(double seconds)
{
    return (cr_ticks)(seconds * (double)CR_TICKS_PER_SECOND);
}

static cr_ticks frame_ticks(int64_t frame)
{
    return cr_frame_start(frame, (cr_rate){30000, 1001});
}

static void show_begins(stage *s, int seconds)
{
    cr_project *film = stage_film(seconds, "-c:v ffv1");
    stage_open(s, film, NULL);
    cr_project_drop(&film);
}

// Every showing was of the picture that belonged to what was heard.
static void assert_in_step(const stage *s, int first)
{
    for (int i = first; i < s->shown_count; i++) {
        const stage_shown *shown = &s->shown[i];
        if (shown->frame < 0) fail_msg("showing %d is no picture of the film", i);
        cr_ticks offset = shown->heard - frame_ticks(shown->frame);
        if (offset < -frame_ticks(1) || offset > frame_ticks(1))
            fail_msg("showing %d: picture %lld while %lld us were heard", i,
                     (long long)shown->frame, (long long)(shown->heard / 705600 * 1000));
    }
}

static void test_long_play_stays_in_step(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 60);
    s.ears.drift = 1.002; // a device's crystal against the system's
    s.ears.latency = 2000;
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 58);
    assert_in_step(&s, 0);
    cr_preview_state now = stage_state(&s);
    // The device is ahead of the clock by what it drifted, and that is what counts.
    assert_true(now.playhead > ticks(58.0) && now.playhead < ticks(58.2));
    assert_int_equal(now.frames_dropped, 0);
    assert_true(now.frames_shown >= 1735);
    assert_int_equal(s.ears.gap_samples, 0);
    assert_true(now.offset_us <= 0 && now.offset_us > -33400);
    stage_run(&s, 4);
    now = stage_state(&s);
    assert_int_equal(now.rate, 0);
    assert_int_equal(now.playhead, now.duration);
    assert_int_equal(stage_last(&s)->frame, s.picture_count - 1);
    stage_close(&s);
}

static void test_without_a_device_time_is_told(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 4);
    s.ears.is_off = true;
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 1);
    assert_in_step(&s, 0);
    cr_preview_state before = stage_state(&s);
    assert_true(llabs(before.playhead - ticks(1)) < ticks(0.04));
    // The user allows sound: on from here, without a jump.
    s.ears.is_off = false;
    stage_tick(&s, 1000);
    cr_preview_state after = stage_state(&s);
    assert_true(llabs(after.playhead - before.playhead) < ticks(0.02));
    stage_run(&s, 1);
    assert_in_step(&s, 0);
    assert_true(stage_loudest(&s, 0) > 0.1F);
    stage_close(&s);
}

static void test_slow_painter_costs_pictures_not_sound(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 10);
    s.show_us = 90000; // a third of the pictures
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 8);
    cr_preview_state now = stage_state(&s);
    assert_int_equal(s.ears.gap_samples, 0);
    assert_in_step(&s, 0);
    assert_true(now.frames_dropped > 100);
    int64_t passed = stage_last(&s)->frame - s.shown[0].frame + 1;
    assert_true(llabs(now.frames_dropped + now.frames_shown - passed) <= 1);
    assert_true(stage_largest_step(&s, 0) < step_max);
    stage_close(&s);
}

// A quarter of a second for every picture: longer than what is written ahead at first.
static void test_very_slow_painter_gets_more_sound_ahead(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 20);
    s.show_us = 280000;
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 3);
    s.ears.gap_samples = 0;
    stage_run(&s, 10);
    assert_int_equal(s.ears.gap_samples, 0);
    stage_close(&s);
}

static void test_quality_follows_the_machine(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 60);
    cr_preview_set_quality(s.preview, CR_QUALITY_AUTO);
    s.show_us = 60000;
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 1.5);
    assert_int_equal(stage_state(&s).quality, CR_QUALITY_HALF);
    assert_int_equal(stage_last(&s)->width, 32);
    stage_run(&s, 1.5);
    assert_int_equal(stage_state(&s).quality, CR_QUALITY_QUARTER);
    assert_int_equal(stage_last(&s)->width, 16);
    s.show_us = 0;
    stage_run(&s, 2);
    assert_int_equal(stage_state(&s).quality, CR_QUALITY_QUARTER); // not at once
    stage_run(&s, 20);
    assert_int_equal(stage_state(&s).quality, CR_QUALITY_FULL);
    // The same machine again: the picture that stays is whole.
    s.show_us = 60000;
    stage_run(&s, 3);
    cr_preview_play(s.preview, 0);
    stage_run(&s, 0.2);
    assert_int_equal(stage_last(&s)->width, 64);
    stage_close(&s);
}

static void test_loop_has_a_seam_without_hole(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 4);
    cr_range loop = {frame_ticks(30), frame_ticks(60) - frame_ticks(30)};
    cr_preview_seek(s.preview, loop.start, false);
    cr_preview_loop(s.preview, loop);
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 5);
    assert_in_step(&s, 0);
    assert_int_equal(s.ears.gap_samples, 0);
    assert_int_equal(stage_state(&s).frames_dropped, 0);
    assert_true(stage_largest_step(&s, 0) < step_max);
    int seams = 0;
    for (int i = 1; i < s.shown_count; i++) {
        int64_t one = s.shown[i - 1].frame, next = s.shown[i].frame;
        assert_true(next >= 30 && next < 60);
        if (next < one) {
            seams++;
            assert_int_equal(one, 59);
            assert_int_equal(next, 30);
        }
    }
    assert_true(seams >= 4);
    stage_close(&s);
}

static void play_through(stage *s, cr_number rate, double seconds)
{
    int first = s->shown_count;
    cr_preview_play(s->preview, rate);
    stage_run(s, seconds);
    for (int i = first + 1; i < s->shown_count; i++) {
        int64_t passed = s->shown[i].frame - s->shown[i - 1].frame;
        assert_true(rate > 0 ? passed > 0 : passed < 0);
    }
    assert_true(s->shown_count > first + 5);
}

static void test_shuttle_goes_both_ways(void **state)
{
    (void)state;
    static const double rates[] = {-1, -2, -4, -8, -0.5, 0.5, 2, 4, 8};
    stage s;
    show_begins(&s, 20);
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        cr_preview_seek(s.preview, ticks(rates[i] > 0 ? 1 : 18), false);
        stage_run(&s, 0.1);
        int64_t first = s.ears.heard_count;
        cr_ticks before = stage_state(&s).playhead;
        play_through(&s, (cr_number)(rates[i] * (double)CR_ONE), 1);
        double went = (double)(stage_state(&s).playhead - before) / (double)CR_TICKS_PER_SECOND;
        if (went / rates[i] < 0.95 || went / rates[i] > 1.03)
            fail_msg("at %g it went %g s in one", rates[i], went);
        bool is_heard = rates[i] >= -4 && rates[i] <= 4;
        assert_int_equal(stage_loudest(&s, first + 4800) > 0.1F, is_heard);
        assert_true(stage_largest_step(&s, first) < step_max);
        cr_preview_play(s.preview, 0);
    }
    assert_in_step(&s, 0);
    // Backwards ends at the beginning.
    cr_preview_seek(s.preview, ticks(0.5), false);
    cr_preview_play(s.preview, -CR_ONE);
    stage_run(&s, 1);
    assert_int_equal(stage_state(&s).playhead, 0);
    assert_int_equal(stage_state(&s).rate, 0);
    assert_int_equal(stage_last(&s)->frame, 0);
    stage_close(&s);
}

static void test_steps_are_frames(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 4);
    for (int i = 0; i < 100; i++) {
        cr_preview_step(s.preview, 1);
        stage_tick(&s, 16667);
        assert_int_equal(stage_last(&s)->frame, i + 1);
        assert_int_equal(stage_state(&s).playhead, frame_ticks(i + 1));
    }
    for (int i = 100; i > 0; i--) {
        cr_preview_step(s.preview, -1);
        stage_tick(&s, 16667);
        assert_int_equal(stage_last(&s)->frame, i - 1);
    }
    cr_preview_step(s.preview, -1);
    stage_tick(&s, 16667);
    assert_int_equal(stage_state(&s).playhead, 0);
    cr_preview_step(s.preview, 100000);
    stage_tick(&s, 16667);
    assert_int_equal(stage_last(&s)->frame, s.picture_count - 1);
    // The picture of a pause is made once, and again when the canvas was lost.
    int shown = s.shown_count;
    stage_run(&s, 0.5);
    assert_int_equal(s.shown_count, shown);
    cr_preview_refresh(s.preview);
    stage_run(&s, 0.5);
    assert_int_equal(s.shown_count, shown + 1);
    stage_close(&s);
}

static void test_scrub_is_heard_where_it_is(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 4);
    stage_run(&s, 0.1);
    for (int i = 0; i < 60; i++) {
        cr_preview_seek(s.preview, frame_ticks(i), true);
        stage_tick(&s, 16667);
        assert_int_equal(stage_last(&s)->frame, i);
        assert_true(stage_state(&s).is_scrubbing);
    }
    assert_true(stage_loudest(&s, 0) > 0.1F);
    // Held still, it falls silent; every move, also one during a grain, is heard.
    stage_run(&s, 0.3);
    int64_t first = s.ears.heard_count;
    stage_run(&s, 0.2);
    assert_true(stage_loudest(&s, first) < 0.001F);
    cr_preview_seek(s.preview, ticks(1), true);
    stage_tick(&s, 16667);
    cr_preview_seek(s.preview, ticks(2), true);
    stage_run(&s, 0.5);
    int64_t heard = 0;
    for (int64_t i = first; i < s.ears.heard_count; i++)
        heard += s.ears.heard[i] > 0.01F || s.ears.heard[i] < -0.01F;
    assert_true(heard > 2 * 3840 * 3 / 4);
    cr_preview_seek(s.preview, ticks(2), false);
    stage_tick(&s, 16667);
    assert_false(stage_state(&s).is_scrubbing);
    assert_true(stage_largest_step(&s, 0) < step_max);
    stage_close(&s);
}

// Play, pause, jump, louder, mute, an edit: nothing clicks.
static void test_nothing_clicks(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 10);
    cr_project *same = stage_film(10, "-c:v ffv1");
    for (int i = 0; i < 10; i++) {
        cr_preview_play(s.preview, CR_ONE);
        stage_run(&s, 0.31);
        cr_preview_play(s.preview, i % 2 ? 2 * CR_ONE : -CR_ONE);
        stage_run(&s, 0.23);
        cr_preview_play(s.preview, CR_ONE);
        stage_run(&s, 0.17);
        cr_preview_set_volume(s.preview, 0, i % 2 == 0);
        stage_run(&s, 0.33);
        cr_fault fault = {0};
        assert_int_equal(cr_preview_set_project(s.preview, same, "", &fault), CR_OK);
        stage_run(&s, 0.41);
        cr_preview_seek(s.preview, ticks(0.5 * i + 0.123), false);
        stage_run(&s, 0.1);
    }
    assert_true(stage_largest_step(&s, 0) < step_max);
    cr_project_drop(&same);
    stage_close(&s);
}

static void test_an_edit_is_heard_soon_and_the_playhead_stays(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 10);
    cr_preview_seek(s.preview, ticks(0.0006), false); // blocks begin where the tone is loud
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 2);
    cr_ticks before = stage_state(&s).playhead;
    // The same film without its sound.
    cr_project *film = stage_film(10, "-c:v ffv1"), *mute = NULL;
    char *whole = cr_project_print(film);
    cJSON *tree = cJSON_Parse(whole);
    cr_free(whole);
    cJSON *tracks = cJSON_GetObjectItem(
        cJSON_GetArrayItem(cJSON_GetObjectItem(tree, "sequences"), 0), "tracks");
    cJSON_DeleteItemFromArray(tracks, 1);
    char *text = cJSON_Print(tree);
    cr_fault fault = {0};
    assert_int_equal(cr_project_parse(&mute, text, strlen(text), &fault), CR_OK);
    cJSON_free(text);
    cJSON_Delete(tree);
    assert_int_equal(cr_preview_set_project(s.preview, mute, "", &fault), CR_OK);
    stage_tick(&s, 16667);
    assert_true(llabs(stage_state(&s).playhead - before) < ticks(0.03));
    stage_run(&s, 0.25);
    int64_t first = s.ears.heard_count;
    stage_run(&s, 1);
    assert_true(stage_loudest(&s, first) < 0.001F);
    int levels[2];
    cr_preview_levels(s.preview, levels);
    assert_int_equal(levels[0], 0);
    assert_in_step(&s, 0);
    assert_true(stage_largest_step(&s, 0) < step_max);
    assert_int_equal(s.ears.gap_samples, 0);
    cr_project_drop(&mute);
    cr_project_drop(&film);
    stage_close(&s);
}

static void test_levels_are_of_what_is_heard(void **state)
{
    (void)state;
    stage s;
    show_begins(&s, 4);
    s.ears.latency = 4800;
    int levels[2];
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 1);
    cr_preview_levels(s.preview, levels);
    assert_in_range(levels[0], 7500, 8300); // an eighth of full scale
    cr_preview_set_volume(s.preview, -20 * CR_ONE, false);
    stage_run(&s, 0.15);
    cr_preview_levels(s.preview, levels);
    assert_in_range(levels[0], 7500, 8300); // not heard yet
    stage_run(&s, 0.5);
    cr_preview_levels(s.preview, levels);
    assert_in_range(levels[0], 750, 830);
    cr_preview_play(s.preview, 0);
    stage_tick(&s, 16667);
    cr_preview_levels(s.preview, levels);
    assert_int_equal(levels[0], 0);
    stage_close(&s);
}

static const char holed_film[] =
    "{\"version\": 1, \"title\": \"Holes\", \"settings\": {\"width\": 64, \"height\": 48, "
    "\"frame_rate\": \"30000/1001\"}, \"assets\": [{\"id\": \"a\", \"uri\": \"gone.mkv\", "
    "\"duration\": 7056000000}], \"sequences\": [{\"id\": \"film\", \"tracks\": ["
    "{\"id\": \"v\", \"kind\": \"video\", \"clips\": [{\"id\": \"c1\", \"kind\": \"media\", "
    "\"asset\": \"a\", \"start\": 0, \"duration\": 7056000000}]}, "
    "{\"id\": \"s\", \"kind\": \"audio\", \"clips\": [{\"id\": \"c2\", \"kind\": \"media\", "
    "\"asset\": \"a\", \"start\": 0, \"duration\": 7056000000}]}]}]}";

static void test_a_missing_file_is_a_hole_told_once(void **state)
{
    (void)state;
    stage s;
    cr_project *film = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_project_parse(&film, holed_film, strlen(holed_film), &fault), CR_OK);
    stage_open(&s, film, NULL);
    cr_preview_set_quality(s.preview, CR_QUALITY_AUTO);
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 2);
    assert_int_equal(s.told, 1);
    assert_non_null(strstr(s.fault.where, "gone.mkv"));
    // An edit of something else is no reason to tell it again.
    assert_int_equal(cr_preview_set_project(s.preview, film, "", &fault), CR_OK);
    cr_preview_set_quality(s.preview, CR_QUALITY_HALF);
    stage_run(&s, 2);
    assert_int_equal(s.told, 1);
    assert_true(stage_state(&s).playhead > ticks(3.9));
    cr_project_drop(&film);
    stage_close(&s);
}

// A host's decoders that answer late: every picture that was shown is the right one, most are.
static void test_late_decoders(void **state)
{
    (void)state;
    stage s;
    slow_codecs *codecs = slow_codecs_open(7, NULL);
    cr_project *film = stage_film(4, "-threads 1 -g 15 -bf 2 -preset veryfast -c:v libx264");
    stage_open(&s, film, slow_codecs_table(codecs));
    stage_run(&s, 1); // the first picture
    assert_int_equal(stage_last(&s)->frame, 0);
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 3);
    assert_in_step(&s, 0);
    assert_int_equal(s.ears.gap_samples, 0);
    cr_preview_state now = stage_state(&s);
    if (now.frames_shown < 60)
        fail_msg("%lld pictures shown, %lld dropped", (long long)now.frames_shown,
                 (long long)now.frames_dropped);
    // Dragged without rest: something is seen all along, and in the end what was wished last.
    int shown = s.shown_count;
    for (int i = 0; i < 90; i++) {
        cr_preview_seek(s.preview, frame_ticks(110 - i), true);
        stage_tick(&s, 16667);
    }
    if (s.shown_count - shown < 8) fail_msg("%d pictures while dragging", s.shown_count - shown);
    cr_preview_seek(s.preview, frame_ticks(21), false);
    for (int i = 0; i < 300 && stage_state(&s).is_waiting; i++)
        stage_tick(&s, 16667);
    stage_run(&s, 0.5);
    assert_int_equal(stage_last(&s)->frame, 21);
    cr_project_drop(&film);
    stage_close(&s);
    slow_codecs_close(&codecs);
}

// Seeks, and lets time pass until the picture is there: how many ticks that took.
static int ticks_to(stage *s, int64_t frame)
{
    cr_preview_seek(s->preview, frame_ticks(frame), false);
    for (int i = 1; i < 1000; i++) {
        stage_tick(s, 16667);
        if (stage_state(s).is_waiting) continue;
        assert_int_equal(stage_last(s)->frame, frame);
        return i;
    }
    fail_msg("picture %lld never came", (long long)frame);
    return 0;
}

// The first clip plays at twice its speed: other pictures, of the same file.
static cr_project *twice_as_fast(const cr_project *film)
{
    char *whole = cr_project_print(film);
    cJSON *tree = cJSON_Parse(whole);
    cr_free(whole);
    cJSON *tracks = cJSON_GetObjectItem(
        cJSON_GetArrayItem(cJSON_GetObjectItem(tree, "sequences"), 0), "tracks");
    cJSON *clip =
        cJSON_GetArrayItem(cJSON_GetObjectItem(cJSON_GetArrayItem(tracks, 0), "clips"), 0);
    cJSON_AddNumberToObject(clip, "speed", 2);
    cJSON_ReplaceItemInObject(clip, "duration",
                              cJSON_CreateNumber((double)(2 * CR_TICKS_PER_SECOND)));
    char *text = cJSON_Print(tree);
    cr_project *fast = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&fast, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cJSON_free(text);
    cJSON_Delete(tree);
    return fast;
}

// Whoever goes back to a picture that he looked at has it at the next tick, however far it is from
// where the decoder works; and it is that picture, whatever was edited meanwhile.
static void test_back_to_a_picture_is_at_once(void **state)
{
    (void)state;
    static const int64_t places[] = {5, 100, 37, 80, 61};
    enum { COUNT = sizeof places / sizeof *places };
    stage s;
    slow_codecs *codecs = slow_codecs_open(11, NULL);
    cr_project *film = stage_film(4, "-threads 1 -g 250 -bf 2 -preset veryfast -c:v libx264");
    stage_open(&s, film, slow_codecs_table(codecs));
    int longest = 0;
    for (int i = 0; i < COUNT; i++) {
        int taken = ticks_to(&s, places[i]);
        if (taken > longest) longest = taken;
    }
    if (longest < 3) fail_msg("it took %d ticks at most", longest); // these decoders are slow
    for (int i = 0; i < 3 * COUNT; i++)
        assert_int_equal(ticks_to(&s, places[(i * 2) % COUNT]), 1);
    // In pictures of half the size, too.
    cr_preview_set_quality(s.preview, CR_QUALITY_HALF);
    cr_preview_seek(s.preview, frame_ticks(37), true);
    stage_tick(&s, 16667);
    assert_false(stage_state(&s).is_waiting);
    assert_int_equal(stage_last(&s)->width, 32);
    cr_preview_set_quality(s.preview, CR_QUALITY_FULL);
    // Rested on, it is played from without another wait.
    (void)ticks_to(&s, 80);
    stage_run(&s, 2);
    int shown = s.shown_count;
    cr_preview_play(s.preview, CR_ONE);
    stage_run(&s, 0.2);
    assert_true(s.shown_count >= shown + 4);
    assert_in_step(&s, shown);
    // An edit: the same file's pictures at other times of the film.
    cr_project *fast = twice_as_fast(film);
    cr_fault fault = {0};
    stage_learn(&s, fast);
    assert_int_equal(cr_preview_set_project(s.preview, fast, "", &fault), CR_OK);
    for (int i = 0; i < 50; i += 7)
        (void)ticks_to(&s, i);
    for (int i = 0; i < 50; i += 7)
        assert_int_equal(ticks_to(&s, i), 1);
    cr_project_drop(&fast);
    cr_project_drop(&film);
    stage_close(&s);
    slow_codecs_close(&codecs);
}

// Whoever jumps back and then ahead of where he was goes on from there, not from the key frame.
static void test_a_decoder_rests_where_somebody_was(void **state)
{
    (void)state;
    stage s;
    slow_codecs *codecs = slow_codecs_open(13, NULL);
    cr_project *film = stage_film(4, "-threads 1 -g 250 -bf 0 -preset veryfast -c:v libx264");
    stage_open(&s, film, slow_codecs_table(codecs));
    (void)ticks_to(&s, 100);
    (void)ticks_to(&s, 20);
    (void)ticks_to(&s, 60);
    int64_t before = slow_codecs_counts(codecs)->packets;
    (void)ticks_to(&s, 104);
    (void)ticks_to(&s, 64);
    int64_t decoded = slow_codecs_counts(codecs)->packets - before;
    if (decoded > 40) fail_msg("%lld pictures were decoded for 8", (long long)decoded);
    cr_project_drop(&film);
    stage_close(&s);
    slow_codecs_close(&codecs);
}

static int compare_counts(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

// Seeks anywhere in a GOP of 250: beginning at its key frame, half of them would decode more than
// 117 pictures, and one in twenty more than 223.
static void test_seeks_at_random_decode_little(void **state)
{
    (void)state;
    enum { SEEKS = 200, PLACES = 235 };
    stage s;
    slow_codecs *codecs = slow_codecs_open(13, NULL);
    cr_project *film =
        stage_film(8, "-threads 1 -g 250 -sc_threshold 0 -bf 0 -preset fast -c:v libx264");
    stage_open(&s, film, slow_codecs_table(codecs));
    uint64_t random = 12345;
    int counts[SEEKS];
    for (int i = 0; i < SEEKS; i++) {
        random = (random * 1103515245 + 12345) % 2147483648U;
        int before = slow_codecs_counts(codecs)->packets;
        (void)ticks_to(&s, (int64_t)(random * PLACES / 2147483648U));
        counts[i] = slow_codecs_counts(codecs)->packets - before;
    }
    qsort(counts, SEEKS, sizeof *counts, compare_counts);
    int half = counts[SEEKS / 2], most = counts[SEEKS * 19 / 20];
    print_message("pictures decoded for a seek: p50 %d, p95 %d\n", half, most);
    assert_true(half <= 40 && most <= 111);
    cr_project_drop(&film);
    stage_close(&s);
    slow_codecs_close(&codecs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_long_play_stays_in_step),
        cmocka_unit_test(test_without_a_device_time_is_told),
        cmocka_unit_test(test_slow_painter_costs_pictures_not_sound),
        cmocka_unit_test(test_very_slow_painter_gets_more_sound_ahead),
        cmocka_unit_test(test_quality_follows_the_machine),
        cmocka_unit_test(test_loop_has_a_seam_without_hole),
        cmocka_unit_test(test_shuttle_goes_both_ways),
        cmocka_unit_test(test_steps_are_frames),
        cmocka_unit_test(test_scrub_is_heard_where_it_is),
        cmocka_unit_test(test_nothing_clicks),
        cmocka_unit_test(test_an_edit_is_heard_soon_and_the_playhead_stays),
        cmocka_unit_test(test_levels_are_of_what_is_heard),
        cmocka_unit_test(test_a_missing_file_is_a_hole_told_once),
        cmocka_unit_test(test_late_decoders),
        cmocka_unit_test(test_back_to_a_picture_is_at_once),
        cmocka_unit_test(test_a_decoder_rests_where_somebody_was),
        cmocka_unit_test(test_seeks_at_random_decode_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
