// Any sequence of edits, undone, gives back the same bytes, and redone, too.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "project/edit.h"
#include "project/project_json.h"
#include "random_film.h"

enum { seeds = 24, edits_a_seed = 150 };

static cr_project *parse(const cJSON *json)
{
    char *text = cr_json_print(json, false);
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&project, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_free(text);
    return project;
}

// A parsed print prints the same: nothing is lost, and the snapshot that edits made is valid.
static void assert_reads_back(const char *text)
{
    cr_project *again = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&again, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    char *printed = cr_project_print(again);
    assert_string_equal(printed, text);
    cr_free(printed);
    cr_project_drop(&again);
}

static cr_project *apply(const cr_project *before, const cJSON *edit, cJSON **inverse)
{
    cr_project *after = NULL;
    cr_fault fault = {0};
    if (cr_edit_apply(before, edit, &after, inverse, &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    return after;
}

typedef struct step {
    char *before; // what it printed as
    cJSON *undo, *redo;
} step;

static void play(uint64_t seed, int *applied)
{
    random_source random = {seed};
    cJSON *json = random_project(&random, 12);
    cr_project *project = parse(json);
    cJSON_Delete(json);
    step steps[edits_a_seed];
    int count = 0;
    char *now = cr_project_print(project);
    for (int i = 0; i < edits_a_seed; i++) {
        cJSON *edit = random_edit(&random, project);
        cr_project *after = NULL;
        cJSON *inverse = NULL;
        cr_fault fault = {0};
        cr_status status = cr_edit_apply(project, edit, &after, &inverse, &fault);
        char *unchanged = cr_project_print(project);
        assert_string_equal(unchanged, now);
        cr_free(unchanged);
        if (status == CR_OK) {
            steps[count++] = (step){now, inverse, NULL};
            now = cr_project_print(after);
            assert_reads_back(now);
            cr_project_drop(&project);
            project = after;
        } else {
            assert_true(fault.text[0]);
        }
        cJSON_Delete(edit);
    }
    char *last = cr_strdup(now);
    for (int i = count - 1; i >= 0; i--) {
        cr_project *undone = apply(project, steps[i].undo, &steps[i].redo);
        char *text = cr_project_print(undone);
        assert_string_equal(text, steps[i].before);
        cr_free(text);
        cr_project_drop(&project);
        project = undone;
    }
    for (int i = 0; i < count; i++) {
        cr_project *redone = apply(project, steps[i].redo, NULL);
        cr_project_drop(&project);
        project = redone;
        cJSON_Delete(steps[i].undo);
        cJSON_Delete(steps[i].redo);
        cr_free(steps[i].before);
    }
    char *text = cr_project_print(project);
    assert_string_equal(text, last);
    cr_free(text);
    cr_free(last);
    cr_free(now);
    cr_project_drop(&project);
    *applied += count;
}

static void edits_undo_and_redo_to_the_same_bytes(void **state)
{
    (void)state;
    int applied = 0;
    for (uint64_t seed = 1; seed <= seeds; seed++)
        play(seed, &applied);
    // Most random edits are possible, or this proves little.
    assert_true(applied > seeds * edits_a_seed / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_undo_and_redo_to_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
