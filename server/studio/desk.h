// The cutting desk of a film: its editor's project as people edit it, one edit behind the other,
// and as the studio assembles it anew under their hands. What was decided is in the store before
// anybody hears of it; project.json follows.
#pragma once

#include "project/project.h"
#include "store/store_edits.h"

// Edits between two snapshots in the store.
enum { CR_DESK_SNAPSHOT_EDITS = 64 };

// Bounds of what names an edit.
enum { CR_DESK_ID_BYTES_MAX = 64, CR_DESK_NAME_BYTES_MAX = 200 };

typedef struct cr_desk cr_desk;

// Where it is; borrowed, and outliving the desk.
typedef struct cr_desk_desc {
    cr_store *store;
    const char *project; // in the store
    const char *folder;  // of project.json, absolute
    // An edit was decided, here or by another process; borrowed. May be NULL.
    void (*decided)(void *cookie, const cr_store_edit *edit);
    void *cookie;
} cr_desk_desc;

// Reads what is there. A project.json that somebody else has changed meanwhile is an edit, too; one
// that is no project is left alone, beside the project (*aside, cr_free; NULL: none). CR_NOTFOUND
// without a sentence: there is no project yet.
CR_CHECKED cr_status cr_desk_open(cr_desk **out, const cr_desk_desc *desc, int64_t now_ms,
                                  char **aside, cr_fault *fault);
// Writes project.json where that was not done.
void cr_desk_close(cr_desk **desk);

// The project and the sequence of its last edit. Borrowed until the next call.
const cr_project *cr_desk_now(const cr_desk *desk, int64_t *sequence);

// What somebody wishes; the texts are borrowed.
typedef struct cr_desk_wish {
    const char *id; // its own; the same one twice is one edit
    const char *person, *name;
    const cJSON *edit;
    int64_t now_ms;
} cr_desk_wish;

// Decides the wish and tells. *sequence is its place, also where it had been decided before
// (*is_known). CR_INVALID, CR_NOTFOUND and the like: as it stands the project does not take it.
CR_CHECKED cr_status cr_desk_edit(cr_desk *desk, const cr_desk_wish *wish, int64_t *sequence,
                                  bool *is_known, cr_fault *fault);

// Takes over, and tells, what other processes have decided.
CR_CHECKED cr_status cr_desk_catch_up(cr_desk *desk, cr_fault *fault);

// Writes project.json if it is not as the project is.
CR_CHECKED cr_status cr_desk_write(cr_desk *desk, cr_fault *fault);

// The studio has made [fresh]. What is other in it than last time becomes an edit; where people's
// edits leave no room for that, they stay, new media come to the project, and the fresh project is
// kept beside it (*aside, cr_free; NULL: it was not needed). Opens a desk where there was none.
CR_CHECKED cr_status cr_desk_assembled(const cr_desk_desc *desc, cr_desk **desk,
                                       const cr_project *fresh, int64_t now_ms, char **aside,
                                       cr_fault *fault);
