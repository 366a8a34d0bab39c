// A project that people edit while the studio makes it anew.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "project/edit.h"
#include "project/project_json.h"
#include "studio/asset_folder.h"
#include "studio/desk.h"

enum { HEARD_MAX = 512, MANY_EDITS = 150 };

typedef struct fixture {
    char *folder, *path, *database;
    cr_store *store;
    cr_desk *desk;
    int heard_count;
    int64_t heard[HEARD_MAX];
    char heard_name[64];
} fixture;

static const char film[] =
    "{\"version\":1,\"title\":\"Bees\",\"assets\":[{\"id\":\"one\",\"uri\":\"assets/%s\"}],"
    "\"sequences\":[{\"id\":\"film\",\"tracks\":[{\"id\":\"v\",\"kind\":\"video\",\"clips\":["
    "{\"id\":\"a\",\"kind\":\"solid\",\"start\":0,\"duration\":100},"
    "{\"id\":\"b\",\"kind\":\"solid\",\"start\":%d,\"duration\":100}]}]}]}";

static cr_project *make_film(const char *asset, int second)
{
    char *text = cr_format(film, asset, second);
    cr_project *made = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&made, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_free(text);
    return made;
}

static void hear(void *cookie, const cr_store_edit *edit)
{
    fixture *own = cookie;
    assert_true(own->heard_count < HEARD_MAX);
    own->heard[own->heard_count++] = edit->sequence;
    (void)snprintf(own->heard_name, sizeof own->heard_name, "%s", edit->name);
}

static cr_desk_desc desc_of(fixture *own)
{
    return (cr_desk_desc){.store = own->store,
                          .project = "film",
                          .folder = own->folder,
                          .decided = hear,
                          .cookie = own};
}

// Gives what was put beside the project.
static char *assemble(fixture *own, const char *asset, int second)
{
    cr_project *fresh = make_film(asset, second);
    const cr_desk_desc desc = desc_of(own);
    char *aside = NULL;
    cr_fault fault = {0};
    if (cr_desk_assembled(&desc, &own->desk, fresh, 1, &aside, &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_project_drop(&fresh);
    return aside;
}

static cr_status wish(cr_desk *desk, const char *id, const char *edit, int64_t *sequence,
                      bool *is_known, cr_fault *fault)
{
    cJSON *tree = cJSON_Parse(edit);
    assert_non_null(tree);
    const cr_desk_wish wish = {
        .id = id, .person = "Ada", .name = "Edit", .edit = tree, .now_ms = 7};
    cr_status status = cr_desk_edit(desk, &wish, sequence, is_known, fault);
    cJSON_Delete(tree);
    return status;
}

static int64_t edit(cr_desk *desk, const char *id, const char *text)
{
    int64_t sequence = 0;
    bool is_known = false;
    cr_fault fault = {0};
    if (wish(desk, id, text, &sequence, &is_known, &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    assert_false(is_known);
    return sequence;
}

static cr_ticks start_of(const cr_project *project, const char *id)
{
    const cr_track *track = project->sequences[0]->tracks[0];
    for (int i = 0; i < track->clip_count; i++)
        if (strcmp(track->clips[i]->id, id) == 0) return track->clips[i]->range.start;
    fail_msg("there is no clip %s", id);
    return 0;
}

static cr_ticks start_now(const fixture *own, const char *id)
{
    return start_of(cr_desk_now(own->desk, NULL), id);
}

static void reopen(fixture *own, char **aside)
{
    cr_desk_close(&own->desk);
    cr_store_close(&own->store);
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&own->store, own->database, &fault), CR_OK);
    const cr_desk_desc desc = desc_of(own);
    if (cr_desk_open(&own->desk, &desc, 1, aside, &fault) != CR_OK) fail_msg("%s", fault.text);
}

static char *text_of_file(const fixture *own)
{
    static char text[64 * 1024];
    FILE *file = fopen(own->path, "r");
    assert_non_null(file);
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = 0;
    return text;
}

static void write_file(const fixture *own, const char *text)
{
    cr_fault fault = {0};
    assert_int_equal(cr_file_replace(own->path, text, strlen(text), &fault), CR_OK);
}

static int set_up(void **state)
{
    static int number;
    fixture *own = cr_alloc(1, sizeof *own);
    own->folder = cr_format("desk-%d-%d", (int)getpid(), number++);
    own->path = cr_format("%s/project.json", own->folder);
    own->database = cr_format("%s/state.db", own->folder);
    assert_int_equal(mkdir(own->folder, 0777), 0);
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&own->store, own->database, &fault), CR_OK);
    *state = own;
    return 0;
}

static int tear_down(void **state)
{
    fixture *own = *state;
    cr_desk_close(&own->desk);
    cr_store_close(&own->store);
    cr_free(own->folder);
    cr_free(own->path);
    cr_free(own->database);
    cr_free(own);
    return 0;
}

static void edits_have_an_order_and_survive(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    assert_int_equal(edit(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"b\",\"start\":300}"), 1);
    assert_int_equal(edit(own->desk, "e2", "{\"op\":\"move\",\"clip\":\"b\",\"by\":50}"), 2);
    assert_int_equal(own->heard_count, 2);
    // The same one once more, as of somebody who did not hear the answer.
    int64_t sequence = 0;
    bool is_known = false;
    assert_int_equal(wish(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"b\",\"start\":300}",
                          &sequence, &is_known, NULL),
                     CR_OK);
    assert_true(is_known);
    assert_int_equal(sequence, 1);
    assert_int_equal(start_now(own, "b"), 350);
    // Without a word: as if killed.
    const cr_desk_desc desc = desc_of(own);
    cr_desk *again = NULL;
    char *aside = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_desk_open(&again, &desc, 1, &aside, &fault), CR_OK);
    assert_int_equal(start_of(cr_desk_now(again, &sequence), "b"), 350);
    assert_int_equal(sequence, 2);
    assert_null(aside);
    cr_desk_close(&again);
}

static void what_does_not_fit_is_refused_with_its_place(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    int64_t sequence = 0;
    bool is_known = false;
    cr_fault fault = {0};
    assert_int_equal(wish(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"b\",\"start\":50}",
                          &sequence, &is_known, &fault),
                     CR_INVALID);
    assert_true(fault.text[0] != 0);
    assert_int_equal(
        wish(own->desk, "", "{\"op\":\"batch\",\"edits\":[]}", &sequence, &is_known, &fault),
        CR_INVALID);
    assert_string_equal(fault.where, "/id");
    assert_int_equal(own->heard_count, 0);
    assert_int_equal(wish(own->desk, "e2",
                          "{\"op\":\"add-asset\",\"asset\":{\"id\":\"one\",\"uri\":\"x.png\"}}",
                          &sequence, &is_known, &fault),
                     CR_INVALID);
    assert_int_equal(edit(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"b\",\"start\":150}"), 1);
}

static void two_processes_have_one_order(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    cr_store *store = NULL;
    cr_desk *other = NULL;
    char *aside = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_store_open(&store, own->database, &fault), CR_OK);
    cr_desk_desc desc = desc_of(own);
    desc.store = store;
    desc.decided = NULL;
    assert_int_equal(cr_desk_open(&other, &desc, 1, &aside, &fault), CR_OK);
    assert_int_equal(edit(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"b\",\"start\":300}"), 1);
    assert_int_equal(edit(other, "e2", "{\"op\":\"move\",\"clip\":\"a\",\"start\":150}"), 2);
    assert_int_equal(edit(own->desk, "e3", "{\"op\":\"move\",\"clip\":\"b\",\"by\":1}"), 3);
    assert_int_equal(cr_desk_catch_up(other, &fault), CR_OK);
    assert_int_equal(start_of(cr_desk_now(other, NULL), "b"), 301);
    assert_int_equal(start_now(own, "a"), 150);
    assert_int_equal(own->heard_count, 3); // the other's, too
    cr_desk_close(&other);
    cr_store_close(&store);
}

static void snapshots_bound_what_is_done_again(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    for (int i = 0; i < MANY_EDITS; i++) {
        char *id = cr_format("e%d", i);
        assert_int_equal(edit(own->desk, id, "{\"op\":\"move\",\"clip\":\"b\",\"by\":1}"), i + 1);
        cr_free(id);
    }
    cr_store_desk row;
    cr_fault fault = {0};
    assert_int_equal(cr_store_desk_get(own->store, "film", &row, &fault), CR_OK);
    assert_int_equal(row.sequence, MANY_EDITS - MANY_EDITS % CR_DESK_SNAPSHOT_EDITS);
    cr_store_desk_free(&row);
    char *aside = NULL;
    reopen(own, &aside);
    assert_int_equal(start_now(own, "b"), 100 + MANY_EDITS);
}

static void a_project_that_was_changed_on_disk_is_an_edit(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    assert_int_equal(edit(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"b\",\"start\":300}"), 1);
    cr_desk_close(&own->desk);
    assert_non_null(strstr(text_of_file(own), "300"));
    cr_project *changed = make_film("one.png", 777);
    char *text = cr_project_print(changed);
    write_file(own, text);
    char *aside = NULL;
    reopen(own, &aside);
    assert_null(aside);
    assert_int_equal(start_now(own, "b"), 777);
    assert_string_equal(own->heard_name, "Changed in project.json");
    // Once.
    int64_t sequence = 0;
    reopen(own, &aside);
    (void)cr_desk_now(own->desk, &sequence);
    assert_int_equal(sequence, 2);
    cr_free(text);
    cr_project_drop(&changed);
}

static void what_is_no_project_is_put_beside(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    write_file(own, "{\"mine\": 1}");
    char *aside = NULL;
    reopen(own, &aside);
    assert_non_null(aside);
    assert_non_null(strstr(aside, "project-edited-1.json"));
    cr_free(aside);
    cr_fault fault = {0};
    assert_int_equal(cr_desk_write(own->desk, &fault), CR_OK);
    assert_non_null(strstr(text_of_file(own), "Bees"));
}

// We died between the file and the store's word of it.
static void an_older_file_is_not_taken_for_an_edit(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    char *before = cr_strdup(text_of_file(own));
    assert_int_equal(edit(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"b\",\"start\":300}"), 1);
    char hash[CR_HASH_BYTES], fresh[CR_HASH_BYTES];
    cr_hash_bytes(before, strlen(before), hash);
    cr_hash_bytes("new", 3, fresh);
    char *both = cr_format("%s %s", fresh, hash);
    cr_fault fault = {0};
    cr_desk_close(&own->desk);
    assert_int_equal(cr_store_desk_written(own->store, "film", both, &fault), CR_OK);
    write_file(own, before);
    char *aside = NULL;
    reopen(own, &aside);
    assert_int_equal(start_now(own, "b"), 300);
    cr_free(both);
    cr_free(before);
}

static void what_is_made_anew_comes_under_edits(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    assert_int_equal(edit(own->desk, "e1",
                          "{\"op\":\"set\",\"clip\":\"b\",\"values\":"
                          "{\"name\":\"mine\"}}"),
                     1);
    assert_null(assemble(own, "two.png", 400));
    const cr_project *now = cr_desk_now(own->desk, NULL);
    assert_string_equal(now->assets[0]->uri, "assets/two.png");
    assert_int_equal(start_now(own, "b"), 400);
    assert_string_equal(now->sequences[0]->tracks[0]->clips[1]->name, "mine");
    assert_non_null(strstr(text_of_file(own), "two.png"));
    // The same again changes nothing.
    int heard = own->heard_count;
    assert_null(assemble(own, "two.png", 400));
    assert_int_equal(own->heard_count, heard);
}

static void edits_that_leave_no_room_stay(void **state)
{
    fixture *own = *state;
    assert_null(assemble(own, "one.png", 100));
    assert_int_equal(edit(own->desk, "e1", "{\"op\":\"move\",\"clip\":\"a\",\"start\":430}"), 1);
    char *aside = assemble(own, "two.png", 400);
    assert_non_null(aside);
    assert_non_null(strstr(aside, "project-anew-1.json"));
    assert_int_equal(start_now(own, "b"), 100);
    assert_int_equal(start_now(own, "a"), 430);
    assert_string_equal(cr_desk_now(own->desk, NULL)->assets[0]->uri, "assets/two.png");
    cr_free(aside);
}

int main(void)
{
#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        DESK_TEST(edits_have_an_order_and_survive),
        DESK_TEST(what_does_not_fit_is_refused_with_its_place),
        DESK_TEST(two_processes_have_one_order),
        DESK_TEST(snapshots_bound_what_is_done_again),
        DESK_TEST(a_project_that_was_changed_on_disk_is_an_edit),
        DESK_TEST(what_is_no_project_is_put_beside),
        DESK_TEST(an_older_file_is_not_taken_for_an_edit),
        DESK_TEST(what_is_made_anew_comes_under_edits),
        DESK_TEST(edits_that_leave_no_room_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
