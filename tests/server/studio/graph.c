// The job graph with makers that answer at once: what is made, what is made again after a change,
// and what happens when a unit fails, hangs or is fought over.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "fake_makers.h"
#include "studio/asset_folder.h"
#include "studio/studio.h"

enum { STEPS_MAX = 2000 };

typedef struct fixture {
    char *folder, *database;
    int64_t now_ms;
    cr_store *store;
    cr_registry registry;
    fake_makers fakes;
    cr_studio *studio;
} fixture;

static int64_t tell_time(void *cookie)
{
    return ((fixture *)cookie)->now_ms;
}

static void open_studio(fixture *own)
{
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&own->store, own->database, &fault), CR_OK);
    fake_registry(&own->fakes, &own->registry);
    const cr_studio_desc desc = {.folder = own->folder,
                                 .store = own->store,
                                 .registry = &own->registry,
                                 .concurrent_max = 3,
                                 .now_ms = tell_time,
                                 .clock_cookie = own};
    if (cr_studio_open(&own->studio, &desc, &fault) != CR_OK) fail_msg("%s", fault.text);
}

static void close_studio(fixture *own)
{
    cr_studio_close(&own->studio);
    cr_store_close(&own->store);
    cr_registry_close(&own->registry);
    own->fakes.instance++;
}

static void set_brief(fixture *own, const char *json)
{
    cJSON *tree = cJSON_Parse(json);
    assert_non_null(tree);
    cr_brief brief;
    cr_fault fault = {0};
    if (cr_brief_read(&brief, tree, &fault) != CR_OK) fail_msg("%s", fault.text);
    assert_int_equal(cr_studio_brief_set(own->studio, &brief, &fault), CR_OK);
    cr_brief_free(&brief);
    cJSON_Delete(tree);
}

static const char bees[] = "{\"prompt\": \"Bees\", \"is_answered\": true}";

static int set_up(void **state)
{
    static int number;
    fixture *own = cr_alloc(1, sizeof *own);
    own->folder = cr_format("graph-%d-%d", (int)getpid(), number++);
    own->database = cr_format("%s.db", own->folder);
    own->now_ms = 1000000;
    own->fakes = (fake_makers){
        .polls = 1, .version = 1, .scene_count = 3, .concurrent_max = 3, .deadline_ms = 60000};
    open_studio(own);
    *state = own;
    return 0;
}

static int tear_down(void **state)
{
    fixture *own = *state;
    close_studio(own);
    fake_makers_free(&own->fakes);
    cr_free(own->folder);
    cr_free(own->database);
    cr_free(own);
    return 0;
}

// Step until nothing more comes; says how it ended.
static cr_status run(fixture *own, cr_fault *fault)
{
    for (int i = 0; i < STEPS_MAX; i++) {
        cr_status status = cr_studio_step(own->studio, fault);
        own->now_ms += 10;
        if (status != CR_AGAIN) return status;
    }
    return CR_AGAIN;
}

static void run_to_the_end(fixture *own)
{
    cr_fault fault = {0};
    cr_status status = run(own, &fault);
    if (status != CR_OK) fail_msg("%s: %s: %s", cr_status_name(status), fault.where, fault.text);
}

static void assert_calls_since(const fixture *own, int first, const char *wanted)
{
    char made[2000];
    fake_calls_since(&own->fakes, first, made, sizeof made);
    assert_string_equal(made, wanted);
}

static char *read_project(const fixture *own)
{
    char *path = cr_format("%s/project.json", own->folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = cr_alloc(1 << 20, 1);
    size_t size = fread(text, 1, (1 << 20) - 1, file);
    assert_true(size > 0);
    fclose(file);
    cr_free(path);
    return text;
}

static void every_unit_is_made_once(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    assert_calls_since(own, 0,
                       "lipsync 3; motion 1; motion 2; music; picture 1; picture 2; picture 3; "
                       "questions; script; voice 1; voice 2; voice 3");
    cr_studio_progress progress;
    cr_studio_progress_get(own->studio, &progress);
    for (int i = CR_PHASE_BRIEF; i < CR_PHASE_COUNT; i++) {
        assert_int_equal(progress.phases[i].done, progress.phases[i].total);
        assert_int_equal(progress.phases[i].percent, 100);
    }
    assert_int_equal(progress.phases[CR_PHASE_STORYBOARD].total, 3);
    assert_int_equal(progress.phases[CR_PHASE_SOUND].total, 4);
}

static void units_run_side_by_side_up_to_the_limit(void **state)
{
    fixture *own = *state;
    own->fakes.scene_count = 12;
    own->fakes.polls = 3;
    set_brief(own, bees);
    run_to_the_end(own);
    assert_int_equal(own->fakes.active_most, 3);
}

static void without_answers_the_studio_asks_and_waits(void **state)
{
    fixture *own = *state;
    cr_fault fault = {0};
    set_brief(own, "{\"prompt\": \"Bees\"}");
    assert_null(cr_studio_questions(own->studio));
    assert_int_equal(run(own, &fault), CR_AGAIN);
    assert_calls_since(own, 0, "questions");
    const cJSON *questions = cr_studio_questions(own->studio);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(questions, "questions")), 2);
    set_brief(own, "{\"prompt\": \"Bees\", \"is_answered\": true, \"answers\": {\"tone\": "
                   "\"dry\"}}");
    assert_null(cr_studio_questions(own->studio));
    run_to_the_end(own);
    const cr_unit *script = cr_graph_unit(cr_studio_graph(own->studio), "script");
    const cJSON *answers = cJSON_GetObjectItem(script->input, "answers");
    assert_string_equal(cJSON_GetObjectItem(answers, "tone")->valuestring, "dry");
    assert_string_equal(cJSON_GetObjectItem(answers, "audience")->valuestring, "everybody");
}

static void a_script_without_a_prompt_leaves_nothing_to_ask(void **state)
{
    fixture *own = *state;
    set_brief(own, "{\"script_text\": \"# One\\nBees.\"}");
    run_to_the_end(own);
    char made[2000];
    fake_calls_since(&own->fakes, 0, made, sizeof made);
    assert_null(strstr(made, "questions"));
}

static void a_finished_film_is_not_made_again(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    char *first = read_project(own);
    int calls = own->fakes.call_count;
    close_studio(own);
    open_studio(own);
    run_to_the_end(own);
    set_brief(own, bees);
    run_to_the_end(own);
    assert_calls_since(own, calls, "");
    char *second = read_project(own);
    assert_string_equal(first, second);
    cr_free(first);
    cr_free(second);
}

// Change something of a finished film, go on, and compare what was made.
static void assert_edit_makes(fixture *own, int scene, const cr_scene_edit *edit,
                              const char *wanted)
{
    int calls = own->fakes.call_count;
    cr_fault fault = {0};
    if (cr_studio_scene_edit(own->studio, scene, edit, &fault) != CR_OK) fail_msg("%s", fault.text);
    run_to_the_end(own);
    assert_calls_since(own, calls, wanted);
}

static void another_narration_makes_its_voice_its_clip_and_the_music(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit longer = {.narration = "Scene 2 now says many, many more words than it "
                                               "ever did before, and it goes on and on and on "
                                               "until nobody is left who wants to listen."};
    assert_edit_makes(own, 2, &longer, "motion 2; music; voice 2");
}

static void a_narration_of_the_same_length_leaves_clip_and_music(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit reworded = {.narration =
                                        "Scene 2 says a fine words, and then some less of them."};
    assert_edit_makes(own, 2, &reworded, "voice 2");
}

static void the_presenters_lips_follow_other_words(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit longer = {.narration = "Scene 3 is told in quite another way, with more "
                                               "words in it than it was written with at first, "
                                               "so that the film is longer."};
    assert_edit_makes(own, 3, &longer, "lipsync 3; music; voice 3");
}

static void another_visual_makes_its_picture_and_its_clip(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit edit = {.visual = "A wasp"};
    assert_edit_makes(own, 1, &edit, "motion 1; picture 1");
}

static void another_shot_makes_its_picture_and_its_clip(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit edit = {.shot = "close-up"};
    assert_edit_makes(own, 1, &edit, "motion 1; picture 1");
}

static void a_note_changes_the_picture_that_is_there(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit night = {.note = "at night"}, closer = {.note = "closer"};
    assert_edit_makes(own, 2, &night, "motion 2; picture 2");
    const cr_unit *picture = cr_graph_unit(cr_studio_graph(own->studio), "scene/2/picture");
    const cJSON *base = cJSON_GetObjectItem(picture->input, "base");
    assert_string_equal(cJSON_GetObjectItem(picture->input, "note")->valuestring, "at night");
    assert_string_equal(cJSON_GetObjectItem(base, "note")->valuestring, "");
    assert_edit_makes(own, 2, &closer, "motion 2; picture 2");
    picture = cr_graph_unit(cr_studio_graph(own->studio), "scene/2/picture");
    base = cJSON_GetObjectItem(picture->input, "base");
    assert_string_equal(cJSON_GetObjectItem(base, "note")->valuestring, "at night");
}

static void another_picture_is_another_variant(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit edit = {.another_picture = true};
    assert_edit_makes(own, 2, &edit, "motion 2; picture 2");
}

static void a_title_on_the_screen_makes_nothing_but_the_project(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    char *before = read_project(own);
    const cr_scene_edit edit = {.on_screen = "Look there"};
    assert_edit_makes(own, 2, &edit, "");
    char *after = read_project(own);
    assert_string_not_equal(before, after);
    assert_non_null(strstr(after, "Look there"));
    cr_free(before);
    cr_free(after);
}

static void taking_a_change_back_makes_nothing(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    char *before = read_project(own);
    const cr_scene_edit there = {.visual = "A wasp"}, back = {.visual = "Visual 1"};
    assert_edit_makes(own, 1, &there, "motion 1; picture 1");
    assert_edit_makes(own, 1, &back, "");
    char *after = read_project(own);
    assert_string_equal(before, after);
    cr_free(before);
    cr_free(after);
}

static void another_voice_is_spoken_for_every_scene(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    int calls = own->fakes.call_count;
    set_brief(own, "{\"prompt\": \"Bees\", \"is_answered\": true, \"voice\": \"anna\"}");
    run_to_the_end(own);
    // The fakes speak at one speed: no clip is shorter or longer.
    assert_calls_since(own, calls, "voice 1; voice 2; voice 3");
}

static void another_script_is_another_film_and_the_first_one_comes_back_with_its_edits(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    const cr_scene_edit edit = {.visual = "A wasp"};
    assert_edit_makes(own, 1, &edit, "motion 1; picture 1");
    char *before = read_project(own);
    int calls = own->fakes.call_count;
    set_brief(own, "{\"prompt\": \"Ants\", \"is_answered\": true}");
    run_to_the_end(own);
    // The words of the fake script are the same, so its voices and the music are.
    assert_calls_since(own, calls,
                       "lipsync 3; motion 1; motion 2; picture 1; picture 2; picture 3; "
                       "questions; script");
    calls = own->fakes.call_count;
    set_brief(own, bees);
    run_to_the_end(own);
    assert_calls_since(own, calls, "");
    char *after = read_project(own);
    assert_string_equal(before, after);
    cr_free(before);
    cr_free(after);
}

static void a_new_version_of_a_maker_makes_its_part_again(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    int calls = own->fakes.call_count;
    close_studio(own);
    own->fakes.version = 2;
    open_studio(own);
    run_to_the_end(own);
    // The same pixels under the same names: the clips are still right.
    assert_calls_since(own, calls, "picture 1; picture 2; picture 3");
}

static void a_unit_fails_alone_and_can_be_tried_again(void **state)
{
    fixture *own = *state;
    own->fakes.failing = "picture 2";
    set_brief(own, bees);
    cr_fault fault = {0};
    assert_int_equal(run(own, &fault), CR_INVALID);
    assert_string_equal(fault.where, "scene/2/picture");
    assert_string_equal(fault.text, "the picture 2 is out of paint");
    assert_calls_since(own, 0,
                       "lipsync 3; motion 1; music; picture 1; picture 2; picture 3; questions; "
                       "script; voice 1; voice 2; voice 3");
    int calls = own->fakes.call_count, count = 0;
    assert_int_equal(run(own, &fault), CR_INVALID);
    assert_calls_since(own, calls, "");
    own->fakes.failing = NULL;
    assert_int_equal(cr_studio_retry(own->studio, NULL, &count, &fault), CR_OK);
    assert_int_equal(count, 1);
    run_to_the_end(own);
    assert_calls_since(own, calls, "motion 2; picture 2");
}

static void a_refused_request_fails_with_the_place(void **state)
{
    fixture *own = *state;
    own->fakes.refusing = "voice 1";
    set_brief(own, bees);
    cr_fault fault = {0};
    assert_int_equal(run(own, &fault), CR_INVALID);
    assert_string_equal(fault.where, "scene/1/voice");
    assert_string_equal(fault.text, "/text: this is not for me");
}

static void a_unit_that_hangs_is_stopped_at_its_deadline(void **state)
{
    fixture *own = *state;
    own->fakes.hanging = "music";
    own->fakes.deadline_ms = 5000;
    close_studio(own);
    open_studio(own);
    set_brief(own, bees);
    cr_fault fault = {0};
    assert_int_equal(run(own, &fault), CR_INVALID);
    assert_string_equal(fault.where, "music");
    assert_non_null(strstr(fault.text, "not ready after 5 s"));
    assert_int_equal(own->fakes.canceled, 1);
}

static void work_that_nobody_wants_any_more_is_stopped(void **state)
{
    fixture *own = *state;
    own->fakes.hanging = "picture 1";
    set_brief(own, bees);
    cr_fault fault = {0};
    assert_int_equal(run(own, &fault), CR_AGAIN);
    const cr_scene_edit edit = {.visual = "A wasp"};
    own->fakes.hanging = NULL;
    own->fakes.polls = 1;
    assert_int_equal(cr_studio_scene_edit(own->studio, 1, &edit, &fault), CR_OK);
    run_to_the_end(own);
    assert_int_equal(own->fakes.canceled, 1);
    assert_int_equal(own->fakes.active, 0);
}

static void closing_stops_what_is_under_way_and_opening_goes_on(void **state)
{
    fixture *own = *state;
    own->fakes.polls = 1000000;
    set_brief(own, bees);
    cr_fault fault = {0};
    assert_int_equal(cr_studio_step(own->studio, &fault), CR_AGAIN);
    assert_int_equal(own->fakes.active, 1);
    close_studio(own);
    assert_int_equal(own->fakes.canceled, 1);
    own->fakes.polls = 0;
    open_studio(own);
    run_to_the_end(own);
    assert_int_equal(own->fakes.call_count, 13);
}

static void a_vanished_asset_is_made_again_and_nothing_else(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    char *before = read_project(own);
    const cr_graph *graph = cr_studio_graph(own->studio);
    const cr_unit *voice = cr_graph_unit(graph, "scene/1/voice");
    char *path = cr_format("%s/%s", own->folder,
                           cJSON_GetObjectItem(voice->job->output, "file")->valuestring);
    assert_int_equal(unlink(path), 0);
    cr_free(path);
    int calls = own->fakes.call_count;
    close_studio(own);
    open_studio(own);
    run_to_the_end(own);
    assert_calls_since(own, calls, "voice 1");
    char *after = read_project(own);
    assert_string_equal(before, after);
    cr_free(before);
    cr_free(after);
}

static void two_studios_at_once_do_no_unit_twice(void **state)
{
    fixture *own = *state;
    own->fakes.polls = 2;
    cr_studio *first = own->studio, *second = NULL;
    cr_store *other_store = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&other_store, own->database, &fault), CR_OK);
    const cr_studio_desc desc = {.folder = own->folder,
                                 .store = other_store,
                                 .registry = &own->registry,
                                 .concurrent_max = 3,
                                 .now_ms = tell_time,
                                 .clock_cookie = own};
    assert_int_equal(cr_studio_open(&second, &desc, &fault), CR_OK);
    set_brief(own, bees);
    bool is_done[2] = {false, false};
    for (int i = 0; i < STEPS_MAX && !(is_done[0] && is_done[1]); i++) {
        cr_status status = cr_studio_step(i % 2 ? second : first, &fault);
        assert_true(status == CR_OK || status == CR_AGAIN);
        is_done[i % 2] = status == CR_OK;
        own->now_ms += 10;
    }
    assert_true(is_done[0] && is_done[1]);
    assert_int_equal(own->fakes.call_count, 12);
    cr_studio_close(&second);
    cr_store_close(&other_store);
}

static void a_project_that_somebody_edited_is_set_aside(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    assert_string_equal(cr_studio_set_aside(own->studio), "");
    char *path = cr_format("%s/project.json", own->folder);
    cr_fault fault = {0};
    assert_int_equal(cr_file_replace(path, "{\"mine\": 1}", 11, &fault), CR_OK);
    cr_free(path);
    const cr_scene_edit edit = {.on_screen = "Look there"};
    assert_edit_makes(own, 2, &edit, "");
    const char *aside = cr_studio_set_aside(own->studio);
    assert_non_null(strstr(aside, "project-edited-1.json"));
    FILE *file = fopen(aside, "r");
    assert_non_null(file);
    char kept[32] = "";
    assert_non_null(fgets(kept, sizeof kept, file));
    fclose(file);
    assert_string_equal(kept, "{\"mine\": 1}");
}

static void a_scene_that_is_not_there_is_named(void **state)
{
    fixture *own = *state;
    cr_fault fault = {0};
    const cr_scene_edit edit = {.visual = "x"}, note = {.note = "closer"};
    set_brief(own, bees);
    assert_int_equal(cr_studio_scene_edit(own->studio, 1, &edit, &fault), CR_NOTFOUND);
    assert_non_null(strstr(fault.text, "script is not written"));
    own->fakes.hanging = "picture 1";
    assert_int_equal(run(own, &fault), CR_AGAIN);
    assert_int_equal(cr_studio_scene_edit(own->studio, 9, &edit, &fault), CR_NOTFOUND);
    assert_string_equal(fault.text, "there is no scene 9: the film has scenes 1 to 3");
    assert_int_equal(cr_studio_scene_edit(own->studio, 1, &note, &fault), CR_CONFLICT);
}

static void a_folder_that_was_moved_is_still_the_film(void **state)
{
    fixture *own = *state;
    set_brief(own, bees);
    run_to_the_end(own);
    int calls = own->fakes.call_count;
    close_studio(own);
    char *moved = cr_format("%s-moved", own->folder);
    assert_int_equal(rename(own->folder, moved), 0);
    cr_free(own->folder);
    own->folder = moved;
    open_studio(own);
    run_to_the_end(own);
    assert_calls_since(own, calls, "");
}

#define GRAPH_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        GRAPH_TEST(every_unit_is_made_once),
        GRAPH_TEST(units_run_side_by_side_up_to_the_limit),
        GRAPH_TEST(without_answers_the_studio_asks_and_waits),
        GRAPH_TEST(a_script_without_a_prompt_leaves_nothing_to_ask),
        GRAPH_TEST(a_finished_film_is_not_made_again),
        GRAPH_TEST(another_narration_makes_its_voice_its_clip_and_the_music),
        GRAPH_TEST(a_narration_of_the_same_length_leaves_clip_and_music),
        GRAPH_TEST(the_presenters_lips_follow_other_words),
        GRAPH_TEST(another_visual_makes_its_picture_and_its_clip),
        GRAPH_TEST(another_shot_makes_its_picture_and_its_clip),
        GRAPH_TEST(a_note_changes_the_picture_that_is_there),
        GRAPH_TEST(another_picture_is_another_variant),
        GRAPH_TEST(a_title_on_the_screen_makes_nothing_but_the_project),
        GRAPH_TEST(taking_a_change_back_makes_nothing),
        GRAPH_TEST(another_voice_is_spoken_for_every_scene),
        GRAPH_TEST(another_script_is_another_film_and_the_first_one_comes_back_with_its_edits),
        GRAPH_TEST(a_new_version_of_a_maker_makes_its_part_again),
        GRAPH_TEST(a_unit_fails_alone_and_can_be_tried_again),
        GRAPH_TEST(a_refused_request_fails_with_the_place),
        GRAPH_TEST(a_unit_that_hangs_is_stopped_at_its_deadline),
        GRAPH_TEST(work_that_nobody_wants_any_more_is_stopped),
        GRAPH_TEST(closing_stops_what_is_under_way_and_opening_goes_on),
        GRAPH_TEST(a_vanished_asset_is_made_again_and_nothing_else),
        GRAPH_TEST(two_studios_at_once_do_no_unit_twice),
        GRAPH_TEST(a_project_that_somebody_edited_is_set_aside),
        GRAPH_TEST(a_scene_that_is_not_there_is_named),
        GRAPH_TEST(a_folder_that_was_moved_is_still_the_film),
    };
    fake_folder_enter();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fake_folder_leave();
    return failed;
}
