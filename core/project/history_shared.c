#include "project/history_shared.h"

#include <string.h>

#include "base/vec.h"
#include "project/history_steps.h"

void cr_history_share(cr_history *history)
{
    if (!history->decided) history->decided = cr_project_keep(history->now);
}

void cr_history_note_wish(cr_history *history, const cr_history_step *step, const cJSON *edit)
{
    if (!history->decided) return;
    cr_history_own own = {.number = ++history->numbers,
                          .step = step->number,
                          .name = cr_strdup(step->name),
                          .edit = cJSON_Duplicate(edit, true)};
    CR_VEC_ADD(history->own, history->own_count, history->own_room, own);
}

static void free_own(cr_history_own *own)
{
    cr_free(own->name);
    cJSON_Delete(own->edit);
}

void cr_history_end_sharing(cr_history *history)
{
    for (size_t i = 0; i < history->own_count; i++)
        free_own(&history->own[i]);
    cr_free(history->own);
    cr_project_drop(&history->decided);
}

size_t cr_history_wish_count(const cr_history *history)
{
    return history->own_count;
}

cr_wish cr_history_wish(const cr_history *history, size_t index)
{
    const cr_history_own *own = &history->own[index];
    return (cr_wish){own->number, own->name, own->edit};
}

static cr_history_step *find_step(cr_history *history, int64_t number)
{
    for (size_t i = 0; i < history->count; i++)
        if (history->steps[i].number == number) return &history->steps[i];
    return NULL;
}

// Does the wish on top of [now] once more: what takes it back may be something else there.
static void do_again(cr_history *history, const cr_history_own *own)
{
    cr_project *after;
    cJSON *inverse;
    if (cr_edit_apply(history->now, own->edit, &after, &inverse, NULL) != CR_OK) return;
    cr_project_drop(&history->now);
    history->now = after;
    cr_history_step *step = find_step(history, own->step);
    if (!step) {
        cJSON_Delete(inverse);
        return;
    }
    cJSON_Delete(step->edit);
    step->edit = inverse;
}

// Takes [decided].
static void put_under(cr_history *history, cr_project *decided)
{
    cr_project_drop(&history->decided);
    history->decided = decided;
    cr_project_drop(&history->now);
    history->now = cr_project_keep(decided);
    for (size_t i = 0; i < history->own_count; i++)
        do_again(history, &history->own[i]);
}

static void remove_own(cr_history *history, size_t index)
{
    free_own(&history->own[index]);
    history->own_count--;
    memmove(&history->own[index], &history->own[index + 1],
            (history->own_count - index) * sizeof *history->own);
}

// The place of the wish; the count of them: there is none of this number.
static size_t find_own(const cr_history *history, int64_t number)
{
    size_t i = 0;
    while (i < history->own_count && history->own[i].number != number)
        i++;
    return i;
}

cr_status cr_history_settle(cr_history *history, int64_t number, cr_fault *fault)
{
    size_t index = find_own(history, number);
    if (index == history->own_count)
        return cr_fail(fault, CR_NOTFOUND, "", "there is no such wish");
    cr_project *after;
    cr_status status =
        cr_edit_apply(history->decided, history->own[index].edit, &after, NULL, fault);
    if (status != CR_OK) return status;
    remove_own(history, index);
    put_under(history, after);
    return CR_OK;
}

cr_status cr_history_receive(cr_history *history, const cJSON *edit, cr_fault *fault)
{
    if (!history->decided) return cr_fail(fault, CR_INVALID, "", "nobody else edits this film");
    cr_project *after;
    cr_status status = cr_edit_apply(history->decided, edit, &after, NULL, fault);
    if (status == CR_OK) put_under(history, after);
    return status;
}

// What was not decided as it was wished can be neither undone nor redone: whoever tries again would
// be refused again, and never get to the step before.
static void forget_step(cr_history *history, const cr_history_step *step)
{
    if (!step) return;
    size_t index = (size_t)(step - history->steps);
    cr_free(history->steps[index].name);
    cJSON_Delete(history->steps[index].edit);
    history->count--;
    memmove(&history->steps[index], &history->steps[index + 1],
            (history->count - index) * sizeof *history->steps);
    if (index < history->done) history->done--;
}

void cr_history_withdraw(cr_history *history, int64_t number)
{
    size_t index = find_own(history, number);
    if (index == history->own_count) return;
    forget_step(history, find_step(history, history->own[index].step));
    remove_own(history, index);
    put_under(history, cr_project_keep(history->decided));
}

void cr_history_rebase(cr_history *history, const cr_project *project)
{
    put_under(history, cr_project_keep(project));
}

const cr_project *cr_history_decided(const cr_history *history)
{
    return history->decided;
}
