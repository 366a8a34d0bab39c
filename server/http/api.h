// flow: request -> [http] -> studio -> answer
// What docs/api/openapi.json describes: the films of a shelf over HTTP, and the door to what is
// live.
#pragma once

#include "http/account_answer.h"
#include "http/asset_link.h"
#include "http/transport.h"
#include "live/live.h"
#include "studio/shelf.h"

// What the addresses below /api/ lead to; borrowed.
typedef struct cr_api {
    cr_shelf *shelf;
    cr_live *live;
    const char *version;
    const cr_depot *assets;       // NULL: none
    const cr_asset_links *links;  // with which addresses of them are signed
    const cr_account_call *asked; // whose request it is; NULL: there are no accounts
} cr_api;

// Is it a webhook of a service? Those have no session, no page's origin and any name of this host:
// their signature is what admits them.
bool cr_api_is_webhook(const cr_http_request *request);

// Answers [request], whose session is checked unless it is a webhook, for a path below /api/.
void cr_api_answer(const cr_api *api, const cr_http_request *request, cr_http_answer *answer);

// Makes the sentence that [answer] holds into an error as /api/ gives them.
void cr_api_wrap_error(cr_http_answer *answer);
