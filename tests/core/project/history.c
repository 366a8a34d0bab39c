#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "film.h"
#include "project/history.h"
#include "project/project_json.h"

static cr_history *open_history(void)
{
    cr_project *film = film_with("{'id':'c','kind':'solid','start':0,'duration':10}", "", "", "");
    cr_history *history = cr_history_open(film);
    cr_project_drop(&film);
    return history;
}

static cr_status apply(cr_history *history, const char *edit, const char *name)
{
    char *text = film_quoted(edit);
    cJSON *json = NULL;
    assert_int_equal(cr_json_parse(&json, text, strlen(text), NULL), CR_OK);
    cr_fault fault = {0};
    cr_status status = cr_history_apply(history, json, name, &fault);
    cJSON_Delete(json);
    cr_free(text);
    return status;
}

static cr_ticks start_of(const cr_history *history)
{
    return film_clip(cr_history_now(history), "c")->range.start;
}

static void steps_go_back_and_forth_by_name(void **state)
{
    (void)state;
    cr_history *history = open_history();
    assert_null(cr_history_undo_name(history));
    assert_int_equal(cr_history_undo(history, NULL, NULL), CR_NOTFOUND);
    assert_int_equal(apply(history, "{'op':'move','clip':'c','start':5}", "Move clip"), CR_OK);
    assert_int_equal(apply(history, "{'op':'move','clip':'c','start':9}", NULL), CR_OK);
    assert_int_equal(apply(history, "{'op':'batch','name':'Nothing','edits':[]}", NULL), CR_OK);
    assert_string_equal(cr_history_undo_name(history), "Nothing");
    assert_int_equal(cr_history_undo(history, NULL, NULL), CR_OK);
    assert_string_equal(cr_history_undo_name(history), "move");
    assert_int_equal(cr_history_undo(history, NULL, NULL), CR_OK);
    assert_int_equal(start_of(history), 5);
    assert_int_equal(cr_history_undo(history, NULL, NULL), CR_OK);
    assert_int_equal(start_of(history), 0);
    assert_string_equal(cr_history_redo_name(history), "Move clip");
    assert_int_equal(cr_history_redo(history, NULL, NULL), CR_OK);
    assert_int_equal(cr_history_redo(history, NULL, NULL), CR_OK);
    assert_int_equal(start_of(history), 9);
    assert_int_equal(cr_history_now(history)->revision, 8);
    cr_history_close(&history);
    assert_null(history);
}

static void a_new_edit_forgets_what_was_undone(void **state)
{
    (void)state;
    cr_history *history = open_history();
    assert_int_equal(apply(history, "{'op':'move','clip':'c','start':5}", NULL), CR_OK);
    const cJSON *edit = NULL;
    assert_int_equal(cr_history_undo(history, &edit, NULL), CR_OK);
    assert_non_null(edit);
    assert_int_equal(apply(history, "{'op':'move','clip':'c','start':7}", NULL), CR_OK);
    assert_null(cr_history_redo_name(history));
    assert_int_equal(cr_history_redo(history, NULL, NULL), CR_NOTFOUND);
    assert_int_equal(start_of(history), 7);
    cr_history_close(&history);
}

static void a_refused_edit_changes_nothing(void **state)
{
    (void)state;
    cr_history *history = open_history();
    assert_int_equal(apply(history, "{'op':'move','clip':'c','start':5}", NULL), CR_OK);
    assert_int_equal(cr_history_undo(history, NULL, NULL), CR_OK);
    assert_int_equal(apply(history, "{'op':'move','clip':'q','start':5}", NULL), CR_NOTFOUND);
    assert_int_equal(cr_history_redo(history, NULL, NULL), CR_OK);
    assert_int_equal(start_of(history), 5);
    cr_history_close(&history);
}

static void a_thousand_steps_are_undone(void **state)
{
    (void)state;
    cr_history *history = open_history();
    char *before = cr_project_print(cr_history_now(history));
    for (int i = 0; i < 1000; i++)
        assert_int_equal(apply(history, "{'op':'move','clip':'c','by':3}", NULL), CR_OK);
    while (cr_history_undo_name(history))
        assert_int_equal(cr_history_undo(history, NULL, NULL), CR_OK);
    char *after = cr_project_print(cr_history_now(history));
    assert_string_equal(after, before);
    cr_free(before);
    cr_free(after);
    cr_history_close(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_go_back_and_forth_by_name),
        cmocka_unit_test(a_new_edit_forgets_what_was_undone),
        cmocka_unit_test(a_refused_edit_changes_nothing),
        cmocka_unit_test(a_thousand_steps_are_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
