// Scenes as a person has arranged them: what a board replaces, what it refuses, and how a narration
// is spoken.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "studio/board.h"
#include "studio/graph_inputs.h"

static cr_scene make_scene(const char *script, int number, const char *narration)
{
    return (cr_scene){.script = cr_strdup(script),
                      .number = number,
                      .heading = cr_strdup(""),
                      .narration = cr_strdup(narration),
                      .visual = cr_strdup("a bee"),
                      .shot = cr_strdup("wide"),
                      .on_screen = cr_strdup(""),
                      .note = cr_strdup(""),
                      .words_plan = 3};
}

// Two scenes of script "one" and one of script "two".
static cr_scene_list make_written(void)
{
    cr_scene_list list = {.count = 3, .scenes = cr_alloc(3, sizeof(cr_scene))};
    list.scenes[0] = make_scene("one", 1, "Bees fly.");
    list.scenes[1] = make_scene("one", 2, "Wasps build.");
    list.scenes[2] = make_scene("two", 1, "Ants walk.");
    return list;
}

static void without_a_board_scenes_are_as_written(void **state)
{
    (void)state;
    cr_scene_list written = make_written(), found = {0};
    assert_int_equal(cr_board_scenes(NULL, &written, &found, NULL), CR_OK);
    assert_int_equal(found.count, 3);
    assert_string_equal(found.scenes[1].narration, "Wasps build.");
    cr_scene_list_free(&found);
    cr_scene_list_free(&written);
}

static void a_board_replaces_the_scenes_of_its_script_alone(void **state)
{
    (void)state;
    cr_scene_list written = make_written(), found = {0};
    written.scenes[1].base = cJSON_Parse("{\"seed\": 5}");
    cJSON *board = cJSON_CreateObject();
    cJSON *entry = cr_board_entry(board, "one", &written);
    assert_ptr_equal(cr_board_entry(board, "one", &written), entry);
    cJSON *scenes = cJSON_GetObjectItem(entry, "scenes");
    assert_int_equal(cJSON_GetArraySize(scenes), 2);
    assert_int_equal(cJSON_GetObjectItem(entry, "last")->valueint, 2);
    assert_int_equal(cr_board_find(scenes, 2), 1);
    assert_int_equal(cr_board_find(scenes, 3), -1);
    cJSON_AddItemToArray(scenes, cJSON_DetachItemFromArray(scenes, 0));
    assert_int_equal(cr_board_scenes(board, &written, &found, NULL), CR_OK);
    assert_int_equal(found.count, 3);
    assert_string_equal(found.scenes[0].script, "two");
    assert_int_equal(found.scenes[1].number, 2);
    assert_int_equal(cJSON_GetObjectItem(found.scenes[1].base, "seed")->valueint, 5);
    assert_int_equal(found.scenes[2].number, 1);
    assert_int_equal(found.scenes[2].words_plan, 3);
    cr_scene_list_free(&found);
    cr_scene_list_free(&written);
    cJSON_Delete(board);
}

static void a_board_that_is_not_right_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{\"one\": {\"scenes\": [{\"number\": 1}, {\"number\": 1}]}}",
        "{\"one\": {\"scenes\": [{\"number\": 0}]}}",
        "{\"one\": {\"scenes\": [{\"narration\": \"x\"}]}}",
        "{\"one\": {\"scenes\": []}}",
        "{\"one\": {\"scenes\": \"none\"}}",
        "{\"one\": 5}",
    };
    cr_scene_list written = make_written();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cJSON *board = cJSON_Parse(wrong[i]);
        cr_scene_list found = {0};
        cr_fault fault = {0};
        assert_int_equal(cr_board_scenes(board, &written, &found, &fault), CR_CORRUPT);
        assert_string_equal(fault.where, "/board");
        assert_null(found.scenes);
        cJSON_Delete(board);
    }
    cr_scene_list_free(&written);
}

static void what_says_nothing_is_not_kept(void **state)
{
    (void)state;
    cr_scene scene = make_scene("one", 7, "x");
    assert_int_equal(cr_scene_look(&scene), 7);
    cr_scene_extra_set(&scene, "look", cJSON_CreateNumber(2));
    cr_scene_model_set(&scene, "models", "voice", "someone");
    assert_int_equal(cr_scene_look(&scene), 2);
    assert_string_equal(cr_scene_model(&scene, "models", "voice"), "someone");
    assert_string_equal(cr_scene_model(&scene, "kept", "voice"), "");
    cr_scene_model_set(&scene, "models", "voice", "");
    cr_scene_extra_set(&scene, "look", NULL);
    assert_null(scene.extras);
    cr_scene_clear(&scene);
}

static void assert_spoken(const char *narration, const char *pronunciation, const char *wanted)
{
    cr_scene scene = make_scene("one", 1, narration);
    cr_scene_extra_set(&scene, "pronunciation", cJSON_Parse(pronunciation));
    char *spoken = cr_spoken_text(&scene);
    assert_string_equal(spoken, wanted);
    cr_free(spoken);
    cr_scene_clear(&scene);
}

static void words_are_spoken_as_wished_and_stay_as_many(void **state)
{
    (void)state;
    assert_spoken("GIF, gifs and GIF.", "{\"gif\": \"jif\"}", "jif, gifs and jif.");
    assert_spoken("See SQL now", "{\"SQL\": \"es cue el\"}", "See es-cue-el now");
    assert_spoken("It's a well-known name", "{\"it's\": \"its\", \"well-known\": \"wellknown\"}",
                  "its a wellknown name");
    assert_spoken("Kraków, Łódź", "{\"Łódź\": \"woodge\"}", "Kraków, woodge");
    assert_spoken("", "{\"a\": \"b\"}", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_board_scenes_are_as_written),
        cmocka_unit_test(a_board_replaces_the_scenes_of_its_script_alone),
        cmocka_unit_test(a_board_that_is_not_right_is_refused),
        cmocka_unit_test(what_says_nothing_is_not_kept),
        cmocka_unit_test(words_are_spoken_as_wished_and_stay_as_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
