// The store as a whole: opening, migrating, briefs, scenes, the change feed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "place.h"
#include "store/store.h"
#include "store/store_jobs.h"

static const char file[] = "store.db";

static cr_store *open_fresh(void)
{
    place_forget(file);
    cr_store *store = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&store, place_path(file), &fault), CR_OK);
    return store;
}

static int64_t ask_number(cr_store *store, const char *sql)
{
    char *text = place_ask(store, sql);
    int64_t value = strtoll(text, NULL, 10);
    cr_free(text);
    return value;
}

static cJSON *brief_of(const char *prompt)
{
    cJSON *brief = cJSON_CreateObject();
    cJSON_AddStringToObject(brief, "prompt", prompt);
    return brief;
}

static void put_brief(cr_store *store, const char *project, const char *prompt)
{
    cJSON *brief = brief_of(prompt);
    cr_fault fault = {0};
    assert_int_equal(cr_store_brief_put(store, project, brief, 1000, &fault), CR_OK);
    cJSON_Delete(brief);
}

static void migrations_are_applied_once_and_written_down(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    int64_t first = ask_number(store, "SELECT count(*) FROM migrations");
    assert_true(first >= 1);
    cr_store_close(&store);
    assert_null(store);
    cr_fault fault;
    assert_int_equal(cr_store_open(&store, place_path(file), &fault), CR_OK);
    assert_int_equal(ask_number(store, "SELECT count(*) FROM migrations"), first);
    static const char *const tables[] = {"video_projects", "scenes",       "shot_images",
                                         "video_clips",    "audio_assets", "editor_projects",
                                         "jobs",           "event"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char *sql = cr_format("SELECT count(*) FROM %s", tables[i]);
        assert_int_equal(ask_number(store, sql), 0);
        cr_free(sql);
    }
    cr_store_close(&store);
}

static void a_newer_database_is_refused_with_a_sentence(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    assert_int_equal(cr_store_run(store, &fault,
                                  "INSERT INTO migrations VALUES (999, 'from the future', '')", ""),
                     CR_OK);
    cr_store_close(&store);
    assert_int_equal(cr_store_open(&store, place_path(file), &fault), CR_UNSUPPORTED);
    assert_null(store);
    assert_non_null(strstr(fault.text, "newer version of Cutroom"));
    assert_non_null(strstr(fault.text, "999"));
    if (place_is_file()) assert_string_equal(fault.where, file);
}

static void a_file_that_is_no_database_is_refused_and_left_alone(void **state)
{
    (void)state;
    if (!place_is_file()) skip();
    place_forget(file);
    FILE *written = fopen(file, "w");
    assert_non_null(written);
    for (int i = 0; i < 200; i++)
        fputs("this is somebody's letter, not a database\n", written);
    fclose(written);
    cr_store *store = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&store, file, &fault), CR_CORRUPT);
    assert_string_equal(fault.where, file);
    written = fopen(file, "r");
    char line[64];
    assert_non_null(fgets(line, sizeof line, written));
    fclose(written);
    assert_string_equal(line, "this is somebody's letter, not a database\n");
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    (void)state;
    cr_store *store = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&store, "no/such/folder/store.db", &fault), CR_IO);
    assert_string_equal(fault.where, "no/such/folder/store.db");
}

static void a_brief_is_kept_and_replaced(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    cJSON *read = NULL;
    assert_int_equal(cr_store_brief_get(store, "film", &read, &fault), CR_NOTFOUND);
    put_brief(store, "film", "bees");
    put_brief(store, "film", "wasps");
    put_brief(store, "other", "ants");
    cr_store_close(&store);
    assert_int_equal(cr_store_open(&store, place_path(file), &fault), CR_OK);
    assert_int_equal(cr_store_brief_get(store, "film", &read, &fault), CR_OK);
    assert_string_equal(cJSON_GetObjectItem(read, "prompt")->valuestring, "wasps");
    cJSON_Delete(read);
    cr_store_close(&store);
}

typedef struct heard {
    int count;
    int64_t last;
    char bodies[8][200];
} heard;

static void hear(void *cookie, int64_t revision, const char *body)
{
    heard *own = cookie;
    assert_true(revision > own->last);
    own->last = revision;
    assert_true(own->count < 8);
    snprintf(own->bodies[own->count++], sizeof own->bodies[0], "%s", body);
}

static void the_change_feed_tells_each_project_its_own_changes_in_order(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    int64_t revision = -1;
    assert_int_equal(cr_store_revision(store, "film", &revision, &fault), CR_OK);
    assert_int_equal(revision, 0);
    put_brief(store, "film", "bees");
    put_brief(store, "other", "ants");
    put_brief(store, "film", "wasps");
    heard all = {0};
    assert_int_equal(cr_store_changes(store, "film", 0, 10, hear, &all, &fault), CR_OK);
    assert_int_equal(all.count, 2);
    assert_non_null(strstr(all.bodies[0], "\"brief\""));
    assert_int_equal(cr_store_revision(store, "film", &revision, &fault), CR_OK);
    assert_int_equal(revision, all.last);
    heard rest = {0};
    assert_int_equal(cr_store_changes(store, "film", all.last - 1, 10, hear, &rest, &fault), CR_OK);
    assert_int_equal(rest.count, 1);
    heard none = {0};
    assert_int_equal(cr_store_changes(store, "film", all.last, 10, hear, &none, &fault), CR_OK);
    assert_int_equal(none.count, 0);
    cr_store_close(&store);
}

static const cr_lease lease = {.owner = "me", .now_ms = 1000, .until_ms = 2000};

// A script job that has ended with two scenes; the hash is what names them.
static void write_script(cr_store *store, const char *hash, const char *first)
{
    cr_fault fault = {0};
    cJSON *input = cJSON_CreateObject();
    const cr_job_intent intent = {.project = "film",
                                  .unit = "script",
                                  .kind = "script",
                                  .provider = "fake",
                                  .provider_version = 1,
                                  .input_hash = hash,
                                  .input = input};
    cr_job job;
    assert_int_equal(cr_store_job_claim(store, &intent, &lease, &job, &fault), CR_OK);
    cJSON_Delete(input);
    char *text = cr_format("{\"scenes\": [{\"narration\": \"%s\", \"visual\": \"v\","
                           " \"is_presenter\": true}, {\"narration\": \"\", \"visual\": \"w\"}]}",
                           first);
    cJSON *output = cJSON_Parse(text);
    cr_free(text);
    assert_int_equal(cr_store_job_done(store, job.id, &lease, output, 0, &fault), CR_OK);
    cJSON_Delete(output);
    cr_job_free(&job);
}

static void a_script_becomes_scenes_that_keep_what_the_user_changed(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    put_brief(store, "film", "bees");
    write_script(store, "hash-a", "Bees  fly\\nfar.");
    cr_scene_list list;
    assert_int_equal(cr_store_scenes_get(store, "film", &list, &fault), CR_OK);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.scenes[0].number, 1);
    assert_int_equal(list.scenes[0].words_plan, 3);
    assert_true(list.scenes[0].is_presenter);
    assert_string_equal(list.scenes[1].on_screen, "");
    char *narration = list.scenes[0].narration;
    list.scenes[0].narration = cr_strdup("Wasps do not.");
    cr_free(narration);
    list.scenes[0].base = cJSON_Parse("{\"sky\": \"blue\"}");
    assert_int_equal(cr_store_scene_change(store, "film", &list.scenes[0], &fault), CR_OK);
    list.scenes[0].number = 7;
    assert_int_equal(cr_store_scene_change(store, "film", &list.scenes[0], &fault), CR_NOTFOUND);
    assert_non_null(strstr(fault.text, "scene 7"));
    cr_scene_list_free(&list);

    write_script(store, "hash-b", "Another script.");
    assert_int_equal(cr_store_scenes_get(store, "film", &list, &fault), CR_OK);
    assert_int_equal(list.count, 4);
    assert_string_equal(list.scenes[0].script, "hash-a");
    assert_string_equal(list.scenes[0].narration, "Wasps do not.");
    assert_int_equal(list.scenes[0].words_plan, 3);
    assert_string_equal(cJSON_GetObjectItem(list.scenes[0].base, "sky")->valuestring, "blue");
    assert_string_equal(list.scenes[2].narration, "Another script.");
    cr_scene_list_free(&list);
    cr_store_close(&store);
}

static void the_assembled_project_is_remembered(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    char *hash = NULL;
    put_brief(store, "film", "bees");
    assert_int_equal(cr_store_editor_get(store, "film", &hash, &fault), CR_NOTFOUND);
    assert_int_equal(cr_store_editor_put(store, "film", "aa", "project.json", 1, &fault), CR_OK);
    assert_int_equal(cr_store_editor_put(store, "film", "bb", "project.json", 2, &fault), CR_OK);
    assert_int_equal(cr_store_editor_get(store, "film", &hash, &fault), CR_OK);
    assert_string_equal(hash, "bb");
    cr_free(hash);
    cr_store_close(&store);
}

static void a_full_disk_is_said_and_loses_nothing(void **state)
{
    (void)state;
    if (!place_is_file()) skip();
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    put_brief(store, "film", "bees");
    cr_store_close(&store);
    assert_int_equal(cr_store_open(&store, place_path(file), &fault), CR_OK);
    // The database may not grow: to SQLite that is a disk without room.
    cJSON *brief = brief_of("wasps");
    char *filler = cr_alloc(4 << 20, 1);
    memset(filler, 'x', (4 << 20) - 1);
    cJSON_AddStringToObject(brief, "filler", filler);
    cr_free(filler);
    assert_int_equal(cr_store_run(store, &fault, "PRAGMA max_page_count = 60", ""), CR_OK);
    assert_int_equal(cr_store_brief_put(store, "film", brief, 5, &fault), CR_NOSPACE);
    assert_non_null(strstr(fault.text, "disk is full"));
    cJSON_Delete(brief);
    cJSON *read = NULL;
    assert_int_equal(cr_store_brief_get(store, "film", &read, &fault), CR_OK);
    assert_string_equal(cJSON_GetObjectItem(read, "prompt")->valuestring, "bees");
    cJSON_Delete(read);
    put_brief(store, "film", "hornets");
    cr_store_close(&store);
}

static void a_statement_that_fails_takes_its_whole_transaction_back(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    assert_int_equal(cr_store_begin(store, &fault), CR_OK);
    assert_int_equal(cr_store_announce(store, "film", brief_of("bees"), &fault), CR_OK);
    cr_status status = cr_store_run(store, &fault, "INSERT INTO no_such_table VALUES (1)", "");
    assert_int_equal(status, CR_IO);
    assert_non_null(strstr(fault.text, "no_such_table"));
    assert_int_equal(cr_store_end(store, status, &fault), CR_IO);
    assert_int_equal(ask_number(store, "SELECT count(*) FROM event"), 0);
    put_brief(store, "film", "wasps");
    cr_store_close(&store);
}

static void a_copy_is_made_while_the_store_is_open(void **state)
{
    (void)state;
    cr_store *store = open_fresh();
    cr_fault fault = {0};
    put_brief(store, "film", "bees");
    static const char copy[] = "copy.db";
    unlink(copy);
    cr_status status = cr_store_backup(store, copy, &fault);
    assert_int_equal(cr_store_check(store, NULL), CR_OK);
    if (!place_is_file()) {
        assert_int_equal(status, CR_UNSUPPORTED);
        assert_non_null(strstr(fault.text, "pg_dump"));
        cr_store_close(&store);
        return;
    }
    assert_int_equal(status, CR_OK);
    assert_int_equal(cr_store_backup(store, copy, &fault), CR_EXISTS);
    cr_store_close(&store);
    assert_int_equal(cr_store_open(&store, copy, &fault), CR_OK);
    cJSON *read = NULL;
    assert_int_equal(cr_store_brief_get(store, "film", &read, &fault), CR_OK);
    assert_string_equal(cJSON_GetObjectItem(read, "prompt")->valuestring, "bees");
    cJSON_Delete(read);
    cr_store_close(&store);
}

static void a_server_that_is_away_is_said_without_the_password(void **state)
{
    (void)state;
    cr_store *store = NULL;
    cr_fault fault = {0};
    static const char *const addresses[] = {
        "postgres://somebody:open%20sesame@127.0.0.1:1/name",
        "postgres://somebody:open%zzsesame@127.0.0.1:1/name",
        "postgresql://somebody:sesame@127.0.0.1:notaport/name",
    };
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        assert_int_not_equal(cr_store_open(&store, addresses[i], &fault), CR_OK);
        assert_null(store);
        assert_null(strstr(fault.text, "sesame"));
        assert_null(strstr(fault.where, "sesame"));
        assert_true(fault.text[0] != 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(migrations_are_applied_once_and_written_down),
        cmocka_unit_test(a_newer_database_is_refused_with_a_sentence),
        cmocka_unit_test(a_file_that_is_no_database_is_refused_and_left_alone),
        cmocka_unit_test(a_folder_that_is_not_there_is_named),
        cmocka_unit_test(a_brief_is_kept_and_replaced),
        cmocka_unit_test(the_change_feed_tells_each_project_its_own_changes_in_order),
        cmocka_unit_test(a_script_becomes_scenes_that_keep_what_the_user_changed),
        cmocka_unit_test(the_assembled_project_is_remembered),
        cmocka_unit_test(a_full_disk_is_said_and_loses_nothing),
        cmocka_unit_test(a_statement_that_fails_takes_its_whole_transaction_back),
        cmocka_unit_test(a_copy_is_made_while_the_store_is_open),
        cmocka_unit_test(a_server_that_is_away_is_said_without_the_password),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
