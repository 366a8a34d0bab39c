#include "project/history.h"

#include "base/vec.h"
#include "project/history_steps.h"

cr_history *cr_history_open(const cr_project *project)
{
    cr_history *history = cr_alloc(1, sizeof *history);
    history->now = cr_project_keep(project);
    return history;
}

static void forget_from(cr_history *history, size_t first)
{
    for (size_t i = first; i < history->count; i++) {
        cr_free(history->steps[i].name);
        cJSON_Delete(history->steps[i].edit);
    }
    history->count = first;
}

void cr_history_close(cr_history **pointer)
{
    cr_history *history = *pointer;
    *pointer = NULL;
    if (!history) return;
    forget_from(history, 0);
    cr_free(history->steps);
    cJSON_Delete(history->applied);
    cr_history_end_sharing(history);
    cr_project_drop(&history->now);
    cr_free(history);
}

const cr_project *cr_history_now(const cr_history *history)
{
    return history->now;
}

static const char *name_of(const cJSON *edit, const char *name)
{
    const char *found = name;
    if (!found) found = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(edit, "name"));
    if (!found) found = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(edit, "op"));
    return found ? found : "";
}

cr_status cr_history_apply(cr_history *history, const cJSON *edit, const char *name,
                           cr_fault *fault)
{
    cr_project *after;
    cJSON *inverse;
    cr_status status = cr_edit_apply(history->now, edit, &after, &inverse, fault);
    if (status != CR_OK) return status;
    forget_from(history, history->done);
    cr_history_step one = {++history->numbers, cr_strdup(name_of(edit, name)), inverse};
    CR_VEC_ADD(history->steps, history->count, history->room, one);
    history->done++;
    cr_project_drop(&history->now);
    history->now = after;
    cr_history_note_wish(history, &history->steps[history->count - 1], edit);
    return CR_OK;
}

// Applies the step's edit and keeps the inverse in its place.
static cr_status turn(cr_history *history, cr_history_step *step, const cJSON **edit,
                      cr_fault *fault)
{
    cr_project *after;
    cJSON *inverse;
    cr_status status = cr_edit_apply(history->now, step->edit, &after, &inverse, fault);
    if (status != CR_OK) return status;
    cr_project_drop(&history->now);
    history->now = after;
    cJSON_Delete(history->applied);
    history->applied = step->edit;
    step->edit = inverse;
    cr_history_note_wish(history, step, history->applied);
    if (edit) *edit = history->applied;
    return CR_OK;
}

cr_status cr_history_undo(cr_history *history, const cJSON **edit, cr_fault *fault)
{
    if (history->done == 0) return cr_fail(fault, CR_NOTFOUND, "", "there is nothing to undo");
    cr_status status = turn(history, &history->steps[history->done - 1], edit, fault);
    if (status == CR_OK) history->done--;
    return status;
}

cr_status cr_history_redo(cr_history *history, const cJSON **edit, cr_fault *fault)
{
    if (history->done == history->count)
        return cr_fail(fault, CR_NOTFOUND, "", "there is nothing to redo");
    cr_status status = turn(history, &history->steps[history->done], edit, fault);
    if (status == CR_OK) history->done++;
    return status;
}

const char *cr_history_undo_name(const cr_history *history)
{
    return history->done ? history->steps[history->done - 1].name : NULL;
}

const char *cr_history_redo_name(const cr_history *history)
{
    return history->done < history->count ? history->steps[history->done].name : NULL;
}

size_t cr_history_step_count(const cr_history *history, size_t *done)
{
    *done = history->done;
    return history->count;
}

const char *cr_history_step_name(const cr_history *history, size_t index)
{
    return history->steps[index].name;
}
