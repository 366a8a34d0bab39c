// A snapshot in the making: what edits write to. Parts are copied when they are first written, and
// shared with the snapshot before otherwise.
#pragma once

#include "project/snapshot.h"

// Owned while the edit runs; [after] is taken from it on success.
typedef struct cr_draft {
    const cr_project *before;
    cr_project *after;
} cr_draft;

// Where a clip, a track or a transition stands, by index.
typedef struct cr_spot {
    int sequence, track, index;
} cr_spot;

// A draft that shares everything with [before], which it borrows.
void cr_draft_open(cr_draft *draft, const cr_project *before);
void cr_draft_close(cr_draft *draft);

// False when there is none of this id.
bool cr_draft_find_clip(const cr_draft *draft, const char *id, cr_spot *out);
bool cr_draft_find_track(const cr_draft *draft, const char *id, cr_spot *out);
bool cr_draft_find_transition(const cr_draft *draft, const char *id, cr_spot *out);
bool cr_draft_find_sequence(const cr_draft *draft, const char *id, int *out);

// To look at; valid until the next write.
const cr_track *cr_draft_track_at(const cr_draft *draft, cr_spot spot);
const cr_clip *cr_draft_clip_at(const cr_draft *draft, cr_spot spot);

// To write to; valid as long as the draft and until the same part is removed. A clip's start is
// changed by cr_draft_move only.
cr_sequence *cr_draft_write_sequence(cr_draft *draft, int sequence);
cr_track *cr_draft_write_track(cr_draft *draft, cr_spot spot);
cr_clip *cr_draft_write_clip(cr_draft *draft, cr_spot spot);
cr_transition *cr_draft_write_transition(cr_draft *draft, cr_spot spot);

// Takes [clip]; gives where it stands now.
cr_spot cr_draft_add_clip(cr_draft *draft, cr_spot track, cr_clip *clip);
// Gives the reference.
cr_clip *cr_draft_take_clip(cr_draft *draft, cr_spot spot);
// To another start, and to another track when [track] says so; gives where it stands now.
cr_spot cr_draft_move(cr_draft *draft, cr_spot spot, cr_spot track, cr_ticks start);
// Every clip from [spot] to the end of its track, by the same time.
void cr_draft_shift(cr_draft *draft, cr_spot spot, cr_ticks by);

// Takes [transition].
void cr_draft_add_transition(cr_draft *draft, cr_spot track, cr_transition *transition);
void cr_draft_remove_transition(cr_draft *draft, cr_spot spot);

// The index of the first clip of the track that starts at or after [at].
int cr_draft_first_from(const cr_track *track, cr_ticks at);

// The clips that two versions of a track do not share lie in [*first, *end) of [after], and
// anything about them happened in the time that cr_track_changed_time gives. All of it without
// [before].
void cr_track_changed(const cr_track *before, const cr_track *after, int *first, int *end);
cr_range cr_track_changed_time(const cr_track *before, const cr_track *after);

// Transitions follow the cuts that the edit moved, are shortened where a clip became too short, and
// go where their clips no longer touch.
void cr_draft_settle(cr_draft *draft);

// Generic list surgery of snapshots: [*list] of [*count] pointers.
#define CR_LIST_INSERT(list, count, index, item)                                                   \
    do {                                                                                           \
        (list) = cr_realloc((list), (size_t)(count) + 1, sizeof *(list));                          \
        memmove((list) + (index) + 1, (list) + (index),                                            \
                (size_t)((count) - (index)) * sizeof *(list));                                     \
        (list)[index] = (item);                                                                    \
        (count)++;                                                                                 \
    } while (0)

#define CR_LIST_REMOVE(list, count, index)                                                         \
    do {                                                                                           \
        memmove((list) + (index), (list) + (index) + 1,                                            \
                (size_t)((count) - (index) - 1) * sizeof *(list));                                 \
        (count)--;                                                                                 \
    } while (0)
