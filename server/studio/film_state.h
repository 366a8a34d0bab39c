// flow: studio -> what a page shows
// A film as one JSON tree: what docs/api/openapi.json calls FilmState.
#pragma once

#include "store/store_calls.h"
#include "studio/studio.h"

// What is known of a film beside its studio; all borrowed.
typedef struct cr_film_facts {
    const char *id, *title; // title "": the script's, or the prompt's first words
    const char *status;     // "asking", "working" …
    int64_t created_ms, changed_ms;
    const cr_fault *fault; // NULL: none
    bool is_held;          // the storyboard is to be approved first
    cr_budget budget;
    cJSON *decisions; // taken; NULL none
} cr_film_facts;

// Gives the tree (cJSON_Delete). What is not there yet is absent.
cJSON *cr_film_state(const cr_studio *studio, const cr_film_facts *facts);

// The entry of a list of films, from such a tree. Gives it.
cJSON *cr_film_card(const cJSON *state);

// What the page calls [phase]: "plan" for the brief, "edit" for what is assembled. Static.
const char *cr_film_phase_name(cr_phase phase);
