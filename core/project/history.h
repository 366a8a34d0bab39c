// Undo and redo without limit, each step with a name for a person.
#pragma once

#include "project/edit.h"

typedef struct cr_history cr_history;

// A history that begins at [project], which it shares.
cr_history *cr_history_open(const cr_project *project);
void cr_history_close(cr_history **history);

// The snapshot of now; borrowed until the next change.
const cr_project *cr_history_now(const cr_history *history);

// Applies [edit] (cr_edit_apply) and remembers how to undo it; what was undone before can no longer
// be redone. [name] is what menus say ("Move clip"); NULL takes the edit's "name" or its "op".
// On failure nothing changes.
CR_CHECKED cr_status cr_history_apply(cr_history *history, const cJSON *edit, const char *name,
                                      cr_fault *fault);

// One step back or forth. CR_NOTFOUND when there is none. [*edit] (which may be NULL) is what was
// applied, for others who hold the same project; borrowed until the next change.
CR_CHECKED cr_status cr_history_undo(cr_history *history, const cJSON **edit, cr_fault *fault);
CR_CHECKED cr_status cr_history_redo(cr_history *history, const cJSON **edit, cr_fault *fault);

// The name of the step that would be undone or redone; NULL when there is none. Borrowed.
const char *cr_history_undo_name(const cr_history *history);
const char *cr_history_redo_name(const cr_history *history);

// All steps by their names, oldest first, of which the first [*done] are not undone. The names are
// borrowed until the next change.
size_t cr_history_step_count(const cr_history *history, size_t *done);
const char *cr_history_step_name(const cr_history *history, size_t index);
