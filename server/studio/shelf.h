// flow: wishes -> [studio] -> films
// All films of a folder, and the thread that makes them: each is stepped until it is done, has
// failed, or waits for a person. What a film is stays in its own folder, so that the next process
// goes on wherever this one was ended. Every function may be called from any thread.
#pragma once

#include "broker/webhook.h"
#include "studio/studio.h"

// Bounds of one shelf.
enum {
    CR_SHELF_FILMS_MAX = 1024,
    CR_SHELF_RUNNING_MAX = 8,     // films that are made at once; others wait for their turn
    CR_SHELF_IDLE_MS = 60 * 1000, // a film that nobody asks about is closed
    CR_SHELF_PUBLISH_MS = 150,    // between two states of a film under way
    CR_SHELF_VOICES_MAX = 64,     // of which there are samples
};

typedef struct cr_shelf cr_shelf;

// What a shelf works with; borrowed, and outliving it.
typedef struct cr_shelf_desc {
    const char *folder; // made when missing; films are <id>.cutroom in it
    // Where all films' state is (see cr_store_open), which several processes may share as they
    // share the folder; NULL: each film's is a file of its own.
    const char *database;
    const char *data_folder;
    const cr_host *host;
    int64_t (*now_ms)(void *cookie);
    const char *(*variable)(void *cookie, const char *name); // see broker/registry_paid.h
    // A film has changed; [state] is as in cr_film_state, NULL: it is not listed any more. Called
    // with the film locked: nothing of the shelf may be called from it.
    void (*changed)(void *cookie, const char *film, const cJSON *state);
    // An edit of a film's project was decided; borrowed. Called like the one above; may be NULL.
    void (*edited)(void *cookie, const char *film, const cr_store_edit *edit);
    void *cookie;
    cr_log log;
} cr_shelf_desc;

// What can be asked of a film; the JSON names its members.
#define CR_FILM_DEED_MAP(X)                                                                        \
    X(CHANGE) /* {[title], [cap]} */                                                               \
    X(DELETE) /* out of the list, and back; nothing is lost */                                     \
    X(RESTORE)                                                                                     \
    X(ANSWER)      /* {[answers: {id: text}], [brief]}; empty: the questions are skipped */        \
    X(SCENE)       /* {[heading], [narration], [visual], [shot], [onScreen], [isPresenter]} */     \
    X(SCENE_ADD)   /* a scene's members and [after] */                                             \
    X(SCENE_ORDER) /* {order: [number…]} */                                                        \
    X(SCENE_DELETE)                                                                                \
    X(SCENE_RESTORE)                                                                               \
    X(SCENE_SPLIT) /* {at, [visual]} */                                                            \
    X(SCENE_MERGE)                                                                                 \
    X(PICTURE)      /* {[note], [another], [model]} */                                             \
    X(PICTURE_PICK) /* {variant}, as the two below */                                              \
    X(VOICE)        /* {[narration], [pronunciation], [voice], [model], [another]} */              \
    X(VOICE_PICK)                                                                                  \
    X(MOTION) /* {[prompt], [seconds], [isPresenter], [model], [another]} */                       \
    X(MOTION_PICK)                                                                                 \
    X(SOUND)   /* {[voice], [music: {[mood], [another], [variant], [model]}], [levels]} */         \
    X(MODELS)  /* {kind: id of a provider} */                                                      \
    X(APPROVE) /* {[phase: "storyboard"], [scene], [isApproved]} */                                \
    X(DECIDE)  /* {unit, choice, [all]} */                                                         \
    X(RETRY)   /* {[unit]} */                                                                      \
    X(CANCEL)                                                                                      \
    X(RESUME)

// See the map.
typedef enum cr_film_deed {
    CR_FILM_NONE = 0,
#define X(name) CR_FILM_##name,
    CR_FILM_DEED_MAP(X)
#undef X
} cr_film_deed;

// One thing asked of a film.
typedef struct cr_film_order {
    cr_film_deed deed;
    int scene;         // of those that are of one scene
    const cJSON *body; // an object; NULL is {}
} cr_film_order;

// Opens the folder, goes on with what was under way in it, and starts the thread.
CR_CHECKED cr_status cr_shelf_open(cr_shelf **out, const cr_shelf_desc *desc, cr_fault *fault);
// Stops; what was under way is gone on with by the next process.
void cr_shelf_close(cr_shelf **shelf);

// The films' cards as an array (cJSON_Delete), the latest first; [deleted]: those alone that were
// deleted.
cJSON *cr_shelf_list(cr_shelf *shelf, bool deleted);

// A new film of {prompt, …}, begun at once. Gives its id (cr_free). CR_INVALID and CR_LIMIT name
// the member.
CR_CHECKED cr_status cr_shelf_create(cr_shelf *shelf, const cJSON *wish, char **id,
                                     cr_fault *fault);
// The same film once more, with all that was made for it. Gives its id (cr_free). CR_UNSUPPORTED:
// the films' state is in one database.
CR_CHECKED cr_status cr_shelf_duplicate(cr_shelf *shelf, const char *id, char **copy,
                                        cr_fault *fault);

// Gives the state (cJSON_Delete). CR_NOTFOUND: there is no such film.
CR_CHECKED cr_status cr_shelf_state(cr_shelf *shelf, const char *id, cJSON **out, cr_fault *fault);

// What the film has cost, call by call, and what is left to be made of it and will cost, as the
// page reads them. Give the tree (cJSON_Delete). CR_NOTFOUND: there is no such film.
CR_CHECKED cr_status cr_shelf_ledger(cr_shelf *shelf, const char *id, cJSON **out, cr_fault *fault);
CR_CHECKED cr_status cr_shelf_estimate(cr_shelf *shelf, const char *id, cJSON **out,
                                       cr_fault *fault);

// Do it, and go on with the film. CR_INVALID names the member, CR_NOTFOUND the film or scene.
CR_CHECKED cr_status cr_shelf_do(cr_shelf *shelf, const char *id, const cr_film_order *order,
                                 cr_fault *fault);

// The film's project as it is now (the text of its file, cr_free) and the sequence of its last
// edit. CR_NOTFOUND: there is no such film, or nothing to be edited yet.
CR_CHECKED cr_status cr_shelf_project(cr_shelf *shelf, const char *id, char **text,
                                      int64_t *sequence, cr_fault *fault);
// As cr_desk_edit.
CR_CHECKED cr_status cr_shelf_edit(cr_shelf *shelf, const char *id, const cr_desk_wish *wish,
                                   int64_t *sequence, bool *is_known, cr_fault *fault);

// What a service ("replicate") tells: that something has ended. Only a hint, which makes who waits
// for it look at once. CR_OK also for what was here before or belongs to no film; CR_NOTFOUND: it
// has nothing to tell here; else as cr_webhook_verify and cr_webhook_read.
CR_CHECKED cr_status cr_shelf_hear(cr_shelf *shelf, const char *service, const cr_webhook *webhook,
                                   cr_fault *fault);

// Where the film's files are (cr_free), NULL: there is no such film.
char *cr_shelf_folder(cr_shelf *shelf, const char *id);

// Somebody looks at the film's project: it stays open for another while, and hears of the edits
// that other processes decide. Fine when there is no such film.
void cr_shelf_keep_open(cr_shelf *shelf, const char *id);

// What the shelf works with; borrowed.
const cr_host *cr_shelf_host(const cr_shelf *shelf);

// Who makes what, as an array (cJSON_Delete).
cJSON *cr_shelf_providers(const cr_shelf *shelf);

// A file in which the built-in voice [name] says a sentence; gives its [path] (cr_free). CR_AGAIN:
// it is being spoken, ask again soon. CR_NOTFOUND: there is no such voice.
CR_CHECKED cr_status cr_shelf_voice(cr_shelf *shelf, const char *name, char **path,
                                    cr_fault *fault);

// How many films there are, and how many are being made.
void cr_shelf_count(cr_shelf *shelf, int *films, int *running);
