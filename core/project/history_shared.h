// A history of a project that others edit, too, in an order that is decided elsewhere. Own edits
// hold at once, as wishes; what the others did goes under them, and wishes are done again on top.
// Two that were told the same decisions hold the same bytes.
#pragma once

#include "project/history.h"

// An own edit that is not decided yet; borrowed until the next change.
typedef struct cr_wish {
    int64_t number; // rising
    const char *name;
    const cJSON *edit;
} cr_wish;

// From now on what is applied, undone and redone is a wish. What the history holds now is what all
// hold.
void cr_history_share(cr_history *history);

// The wishes, oldest first.
size_t cr_history_wish_count(const cr_history *history);
cr_wish cr_history_wish(const cr_history *history, size_t index);

// It was decided that the next edit for all is the wish [number], or [edit] of somebody else. A
// wish that does not fit on top of that is passed over until it is decided. CR_NOTFOUND: there is
// no such wish; else as cr_edit_apply, which must not happen to who holds what all hold. On failure
// nothing changes.
CR_CHECKED cr_status cr_history_settle(cr_history *history, int64_t number, cr_fault *fault);
CR_CHECKED cr_status cr_history_receive(cr_history *history, const cJSON *edit, cr_fault *fault);

// The wish [number] will not be: it is gone, and what it did with it. Fine when it is not there.
void cr_history_withdraw(cr_history *history, int64_t number);

// All hold [project] now, whatever it was before: the wishes go on top of it.
void cr_history_rebase(cr_history *history, const cr_project *project);

// What all hold; borrowed until the next change. NULL: nobody else edits.
const cr_project *cr_history_decided(const cr_history *history);
