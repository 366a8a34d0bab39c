// What a history is made of. For history.c and history_shared.c; no other file includes this.
#pragma once

#include "project/history.h"

// Something that was done, and can be undone.
typedef struct cr_history_step {
    int64_t number; // as none before it
    char *name;
    cJSON *edit; // takes the step back while it is done, does it again while it is undone
} cr_history_step;

// An edit of ours that is not decided yet.
typedef struct cr_history_own {
    int64_t number;
    int64_t step; // the step's number; it may be forgotten
    char *name;
    cJSON *edit;
} cr_history_own;

// See history.h.
struct cr_history {
    cr_project *now;
    cr_history_step *steps;
    size_t count, room;
    size_t done;     // the steps from here on are undone
    cJSON *applied;  // by the last undo or redo: handed out
    int64_t numbers; // given so far, to steps and wishes
    // What all hold; NULL: nobody else edits. [now] is that with the wishes.
    cr_project *decided;
    cr_history_own *own; // in order
    size_t own_count, own_room;
};

// In a history that is shared: [edit], which was applied to [now] just now, is a wish that [step]
// stands for.
void cr_history_note_wish(cr_history *history, const cr_history_step *step, const cJSON *edit);
// Frees what the sharing took.
void cr_history_end_sharing(cr_history *history);
