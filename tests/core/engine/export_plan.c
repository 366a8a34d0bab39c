// What an export will do follows from the film and the wishes alone, and its key from what changes
// a byte.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/export_plan.h"
#include "native/native.h"
#include "small_film.h"

static cr_export_plan plan_of(const cr_project *project, const cr_export_desc *desc)
{
    cr_export_plan plan = {0};
    cr_fault fault = {0};
    if (cr_export_plan_make(&plan, project, desc, &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    return plan;
}

static void a_film_is_cut_at_whole_gops(void **state)
{
    (void)state;
    cr_project *film = small_film(20, "30000/1001");
    cr_export_desc desc = small_wishes("film.mp4");
    cr_export_plan plan = plan_of(film, &desc);
    assert_int_equal(plan.frame_count, 600);
    assert_int_equal(plan.gop, 60);
    assert_int_equal(plan.segment_frames, 240);
    assert_int_equal(plan.segment_count, 3);
    assert_int_equal(cr_export_plan_first_frame(&plan, 2), 480);
    assert_int_equal(cr_export_plan_end_frame(&plan, 2), 600);
    assert_true(plan.has_picture && plan.has_sound && !plan.has_text);
    // 600 pictures last 20.02 s: the sound is as long.
    assert_int_equal(plan.sample_count, 960960);
    desc.output = "film.wav";
    plan = plan_of(film, &desc);
    assert_false(plan.has_picture);
    assert_int_equal(plan.segment_count, 0);
    assert_int_equal(plan.sample_count, 960000);
    cr_project_drop(&film);
}

static void the_key_tells_apart_what_differs(void **state)
{
    (void)state;
    cr_project *film = small_film(4, "30/1"), *other = small_film(5, "30/1");
    cr_export_desc desc = small_wishes("film.mp4");
    cr_export_plan plan = plan_of(film, &desc);
    assert_int_equal(strlen(plan.key), CR_EXPORT_KEY_BYTES - 1);
    cr_export_desc wishes[12];
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        wishes[i] = desc;
    wishes[0].quality = 30;
    wishes[1].width = wishes[1].height = 32;
    wishes[2].frame_rate = (cr_rate){25, 1};
    wishes[3].video_bit_rate = 100000;
    wishes[4].audio_bit_rate = 100000;
    wishes[5].speed = "fast";
    wishes[6].is_exact = false;
    wishes[7].range = (cr_range){0, CR_TICKS_PER_SECOND};
    wishes[8].range = (cr_range){CR_TICKS_PER_SECOND, 0};
    wishes[9].video_codec = "vp9";
    wishes[10].output = "film.webm";
    wishes[11].output = "film.wav";
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        cr_export_plan changed = plan_of(film, &wishes[i]);
        if (strcmp(changed.key, plan.key) == 0) fail_msg("wish %zu leaves the key as it is", i);
    }
    cr_export_plan changed = plan_of(other, &desc);
    assert_string_not_equal(changed.key, plan.key);
    // Where it goes, and what is the usual anyway, changes nothing.
    cr_export_desc same = desc;
    same.output = "elsewhere/other.mp4";
    same.video_codec = "h264";
    same.width = 64;
    same.height = 48;
    same.without_simd = true;
    changed = plan_of(film, &same);
    assert_string_equal(changed.key, plan.key);
    cr_project_drop(&film);
    cr_project_drop(&other);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void changed_media_change_the_key(void **state)
{
    (void)state;
    cr_native *native = NULL;
    cr_native_desc desc = {.thread_count = 1};
    assert_int_equal(cr_native_open(&native, &desc), CR_OK);
    const cr_host *host = cr_native_host(native);
    cr_project *film = small_film(4, "30/1");
    cr_export_desc wishes = small_wishes("film.mp4");
    cr_export_plan plan = plan_of(film, &wishes), one = plan, two = plan, three = plan;
    assert_int_equal(system("mkdir -p changing/corpus"), 0);
    write_file("changing/corpus/film-4-4-ffv1.mkv", "as it was");
    assert_int_equal(cr_export_plan_identify(&one, film, "changing", host, NULL), CR_OK);
    assert_int_equal(cr_export_plan_identify(&two, film, "changing", host, NULL), CR_OK);
    write_file("changing/corpus/film-4-4-ffv1.mkv", "as it IS ");
    assert_int_equal(cr_export_plan_identify(&three, film, "changing", host, NULL), CR_OK);
    assert_string_equal(one.key, two.key);
    assert_string_not_equal(one.key, three.key);
    cr_project_drop(&film);
    cr_native_close(&native);
}

static void impossible_wishes_are_sentences(void **state)
{
    (void)state;
    cr_project *film = small_film(4, "30/1");
    cr_export_plan plan = {0};
    cr_fault fault = {0};
    cr_export_desc desc = small_wishes("film.webm");
    desc.video_codec = "h264";
    assert_int_equal(cr_export_plan_make(&plan, film, &desc, &fault), CR_UNSUPPORTED);
    assert_non_null(strstr(fault.text, "webm"));
    assert_non_null(strstr(fault.text, "h264"));
    desc = small_wishes("film.png");
    assert_int_equal(cr_export_plan_make(&plan, film, &desc, &fault), CR_INVALID);
    desc = small_wishes("film.mp4");
    desc.width = 63;
    desc.height = 48;
    assert_int_equal(cr_export_plan_make(&plan, film, &desc, &fault), CR_INVALID);
    assert_non_null(strstr(fault.text, "63"));
    desc = small_wishes("film.mp4");
    desc.range = (cr_range){100 * CR_TICKS_PER_SECOND, CR_TICKS_PER_SECOND};
    assert_int_equal(cr_export_plan_make(&plan, film, &desc, &fault), CR_INVALID);
    cr_project_drop(&film);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_film_is_cut_at_whole_gops),
        cmocka_unit_test(the_key_tells_apart_what_differs),
        cmocka_unit_test(changed_media_change_the_key),
        cmocka_unit_test(impossible_wishes_are_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
