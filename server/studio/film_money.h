// flow: film -> [studio] -> what it costs
// What a film has cost, what is left to be made of it and what that will cost, and what can be done
// about what failed. All with the film open and its lock held. No other folder includes this.
#pragma once

#include "studio/film.h"

// Every paid call as docs/api/openapi.json has it (Ledger). Gives the tree.
CR_CHECKED cr_status cr_film_ledger(cr_film *film, cJSON **out, cr_fault *fault);

// What is not made yet, by phase (Estimate). What nobody can know yet, since scenes are not written
// or lengths not spoken, is counted by the length of the film. Gives the tree.
CR_CHECKED cr_status cr_film_estimate(cr_film *film, cJSON **out, cr_fault *fault);

// What cannot go on without an answer (an array of Decision); NULL: nothing. Gives the tree.
cJSON *cr_film_decisions(const cr_film *film);
