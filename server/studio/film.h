// One film of a shelf: its folder, what is remembered beside its store, and its studio while
// somebody asks about it. No other folder includes this.
#pragma once

#include <pthread.h>

#include "broker/registry_paid.h"
#include "studio/ledger_store.h"
#include "studio/shelf.h"

// See above. Members below the lock are guarded by it.
typedef struct cr_film {
    char *id, *folder;
    const cr_shelf_desc *desc;
    const cr_registry *builtins; // borrowed from the shelf

    pthread_mutex_t lock;
    // Kept in film.json.
    char *title; // "": the script's
    int64_t created_ms, changed_ms;
    bool is_active; // to be made on by us
    bool is_cancelled, is_deleted;
    bool is_held;                   // the storyboard is to be approved first
    cJSON *card;                    // as it was last; NULL: never made
    char *fault_text, *fault_where; // "" none
    // While it is open.
    cr_store *store;
    cr_ledger_store *ledger;
    cr_registry *registry;
    cr_paid_broker *paid;
    cr_studio *studio; // NULL: closed
    uint64_t deeds;    // done to it, in this process
    int64_t asked_ms;  // when somebody last wanted it open
    int64_t shown_ms;  // when its state was last published
    uint64_t shown;    // what it was published as
    int64_t tended_ms; // when project.json was last looked after
} cr_film;

// Of the film in [folder] (taken), whose film.json is read when there is one. Gives it.
cr_film *cr_film_new(char *folder, const char *id, const cr_shelf_desc *desc,
                     const cr_registry *builtins);
void cr_film_free(cr_film *film);

// All below with the lock held.

// Open its studio. Fine when it is.
CR_CHECKED cr_status cr_film_open(cr_film *film, cr_fault *fault);
// Close it: what it had under way is free for others.
void cr_film_close(cr_film *film);

// Write film.json.
CR_CHECKED cr_status cr_film_save(cr_film *film, cr_fault *fault);

// Its state (cJSON_Delete), or NULL when it is closed.
cJSON *cr_film_tell(const cr_film *film);
// Publish the state if it is another one than last time. [now]: even if that was just now.
void cr_film_show(cr_film *film, bool now);

// The project as people edit it; the film is open. CR_NOTFOUND: there is none yet.
CR_CHECKED cr_status cr_film_desk(cr_film *film, cr_desk **out, cr_fault *fault);
// Every second while it is open: hears of edits elsewhere, and writes project.json.
void cr_film_tend(cr_film *film);

// A step of its studio. Clears is_active when nothing is left to do by itself.
void cr_film_step(cr_film *film);

// See cr_shelf_do; the film is open.
CR_CHECKED cr_status cr_film_do(cr_film *film, const cr_film_order *order, cr_fault *fault);

// The brief that [wish] asks for. Gives it (cr_brief_free).
CR_CHECKED cr_status cr_film_brief(const cJSON *wish, cr_brief *out, cr_fault *fault);
