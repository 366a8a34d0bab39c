// flow: request -> [http] -> studio -> answer
// What docs/api/openapi.json describes: the films of a shelf over HTTP, and the door to what is
// live.
#pragma once

#include "http/transport.h"
#include "live/live.h"
#include "studio/shelf.h"

// What the addresses below /api/ lead to; borrowed.
typedef struct cr_api {
    cr_shelf *shelf;
    cr_live *live;
    const char *version;
} cr_api;

// Answers [request], whose session is checked, for a path below /api/.
void cr_api_answer(const cr_api *api, const cr_http_request *request, cr_http_answer *answer);

// Makes the sentence that [answer] holds into an error as /api/ gives them.
void cr_api_wrap_error(cr_http_answer *answer);
