// A film that is open: its history, and where its assets are.
#pragma once

#include "api/api_things.h"
#include "project/history.h"

// The thing behind CR_API_FILM.
typedef struct cr_api_film {
    cr_history *history;
    char *folder; // what relative uris are relative to
} cr_api_film;
