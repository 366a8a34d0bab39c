// The state of every film: what was asked, what was written, and every piece of work as a row.
//
// Nothing here is of one database: SQLite keeps it in a file, PostgreSQL for several servers. A
// store is used by one thread at a time; several processes may have the same one open. Every change
// is one transaction, and appends to the change feed. Times are milliseconds since 1970, told by
// the caller.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/status.h"

typedef struct cr_store cr_store;

// Open (or make) the database at [path] and bring it up to date: a file of SQLite's, or the address
// of a PostgreSQL database (postgres://user@host/name) that is there. A password in the address is
// never told. CR_UNSUPPORTED: a newer program has written it; CR_CORRUPT: it is no database of
// ours; CR_IO: it cannot be reached.
CR_CHECKED cr_status cr_store_open(cr_store **out, const char *path, cr_fault *fault);
void cr_store_close(cr_store **store);

// Copies all that is in the store to a new [file] while others go on writing. CR_EXISTS: there is
// one; CR_UNSUPPORTED: the database has a tool of its own for it, which the sentence names.
CR_CHECKED cr_status cr_store_backup(cr_store *store, const char *file, cr_fault *fault);
// Reads all and looks for damage: CR_CORRUPT.
CR_CHECKED cr_status cr_store_check(cr_store *store, cr_fault *fault);

// A film's brief: an object with all that the user asked for. Put replaces. Gives the brief
// (cJSON_Delete); CR_NOTFOUND without a sentence when there is no such project.
CR_CHECKED cr_status cr_store_brief_put(cr_store *store, const char *project, const cJSON *brief,
                                        int64_t now_ms, cr_fault *fault);
CR_CHECKED cr_status cr_store_brief_get(cr_store *store, const char *project, cJSON **out,
                                        cr_fault *fault);

// One scene of a script as it stands after the user's changes. The texts are owned by the list that
// they came in.
typedef struct cr_scene {
    char *script; // input hash of the job that wrote it
    int number;   // from 1
    char *heading, *narration, *visual, *shot, *on_screen;
    bool is_presenter;
    int variant;    // of the picture: raised to have another one
    char *note;     // what to change about the picture [base] is the spec of; "" none
    cJSON *base;    // NULL none
    int words_plan; // words of the narration as first written: the scene's share of the film
    cJSON *extras;  // what the studio knows besides; not in the store's rows; NULL none
} cr_scene;

// Scenes as they are stored.
typedef struct cr_scene_list {
    int count;
    cr_scene *scenes; // by script, then number
} cr_scene_list;

// The scenes of all scripts that [project] ever had: those of a former one come back with it. Gives
// the list.
CR_CHECKED cr_status cr_store_scenes_get(cr_store *store, const char *project, cr_scene_list *out,
                                         cr_fault *fault);
// Replaces everything but script, number and words_plan. CR_NOTFOUND: there is no such scene.
CR_CHECKED cr_status cr_store_scene_change(cr_store *store, const char *project,
                                           const cr_scene *scene, cr_fault *fault);
void cr_scene_list_free(cr_scene_list *list);

// The editor's project that was assembled last: the hash of its bytes and where they are.
CR_CHECKED cr_status cr_store_editor_put(cr_store *store, const char *project, const char *hash,
                                         const char *file, int64_t now_ms, cr_fault *fault);
// Gives the hash (cr_free). CR_NOTFOUND without a sentence when nothing was assembled yet.
CR_CHECKED cr_status cr_store_editor_get(cr_store *store, const char *project, char **hash,
                                         cr_fault *fault);

// The change feed. A revision names the latest change of [project], 0 none.
CR_CHECKED cr_status cr_store_revision(cr_store *store, const char *project, int64_t *out,
                                       cr_fault *fault);
// Calls [each] for at most [limit] changes after [revision], in order; [body] is borrowed.
CR_CHECKED cr_status cr_store_changes(
    cr_store *store, const char *project, int64_t revision, int limit,
    void (*each)(void *cookie, int64_t revision, const char *body), void *cookie, cr_fault *fault);
