// The edits of a film's project as rows, in the order in which they were decided, and the project
// as it stood at some of them.
#pragma once

#include "store/store.h"

// How many edits are kept behind the latest, for those who come back and for repeated ones.
enum { CR_STORE_EDITS_KEPT = 1024 };

// One edit; the texts are borrowed.
typedef struct cr_store_edit {
    int64_t sequence;   // from 1, without gaps
    const char *id;     // given by who wished for it
    const char *person; // "": nobody by name
    const char *name;   // what menus say
    const char *edit;   // JSON
    int64_t made_ms;
} cr_store_edit;

// The project as it stood after the edit [sequence], and what else is known of it; the texts are
// owned by whoever asked (cr_store_desk_free).
typedef struct cr_store_desk {
    int64_t sequence;
    char *snapshot;
    char *base;    // what the studio has assembled last; "" nothing
    char *written; // hash of what project.json is or, if we died, was about to be; "" nothing
} cr_store_desk;

void cr_store_desk_free(cr_store_desk *desk);

// Gives the desk. CR_NOTFOUND without a sentence: there is none of this project.
CR_CHECKED cr_status cr_store_desk_get(cr_store *store, const char *project, cr_store_desk *out,
                                       cr_fault *fault);
// Replaces it, and forgets the edits that are no longer kept.
CR_CHECKED cr_status cr_store_desk_put(cr_store *store, const char *project,
                                       const cr_store_desk *desk, cr_fault *fault);
// Changes what project.json is alone.
CR_CHECKED cr_status cr_store_desk_written(cr_store *store, const char *project,
                                           const char *written, cr_fault *fault);

// Appends to the edits and the change feed, and puts [desk] (NULL: stays) with it. CR_EXISTS
// without a sentence: there is an edit of this sequence, or of this id.
CR_CHECKED cr_status cr_store_edit_add(cr_store *store, const char *project,
                                       const cr_store_edit *edit, const cr_store_desk *desk,
                                       cr_fault *fault);
// Gives the sequence of the edit [id]. CR_NOTFOUND without a sentence.
CR_CHECKED cr_status cr_store_edit_find(cr_store *store, const char *project, const char *id,
                                        int64_t *sequence, cr_fault *fault);
// Calls [each] for the edits after [since], in order, until it fails.
CR_CHECKED cr_status cr_store_edits(cr_store *store, const char *project, int64_t since,
                                    cr_status (*each)(void *cookie, const cr_store_edit *edit,
                                                      cr_fault *fault),
                                    void *cookie, cr_fault *fault);
