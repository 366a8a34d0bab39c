// flow: request -> key -> [http] -> person -> may they?
// A server with accounts: who asks, what they may ask for, and the addresses where they sign in.
#pragma once

#include "accounts/accounts.h"
#include "http/site.h"
#include "http/transport.h"

// Somebody's request.
typedef struct cr_account_call {
    cr_accounts *accounts; // borrowed
    const cr_http_request *request;
    const cr_site *site; // borrowed
    int64_t now_ms;
    cr_person person; // id 0: nobody yet
    char key[CR_ACCOUNT_KEY_BYTES];
    bool is_token; // else of a page's session
} cr_account_call;

// Finds out who asks.
void cr_account_find(cr_account_call *call, cr_accounts *accounts, const cr_http_request *request,
                     const cr_site *site);

// Answers the addresses of accounts themselves (signing in and out, joining, inviting, tokens,
// sharing, the log of what was done); false: it is none of them.
bool cr_account_answer(cr_account_call *call, cr_http_answer *answer);

// Whether the request may go on to what it asks for. Answers it when not.
bool cr_account_admits(const cr_account_call *call, cr_http_answer *answer);

// Makes the person the owner of a film that they made.
CR_CHECKED cr_status cr_account_own(const cr_account_call *call, const char *film, cr_fault *fault);
