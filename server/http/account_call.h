// What the addresses of accounts share. No other folder includes this.
#pragma once

#include "http/account_answer.h"
#include "http/api_answer.h"
#include "http/device.h"
#include "http/forwarded.h"

// Bounds.
enum { CR_CALL_TEXT_BYTES = 128, CR_ACCOUNT_COOKIE_BYTES = 40 };

// What a route was asked with.
typedef struct cr_account_ask {
    cr_account_call *call;
    const cJSON *body;             // NULL: the route has none
    char text[CR_CALL_TEXT_BYTES]; // the film or the name in the path; "" none
    int64_t number;                // the one in the path
    char address[CR_FORWARDED_BYTES], device[CR_DEVICE_BYTES];
} cr_account_ask;

// A route: answers what was asked.
typedef void cr_account_function(const cr_account_ask *ask, cr_http_answer *answer);

// The person's own: account_own.c.
cr_account_function cr_account_get_session, cr_account_post_session, cr_account_delete_session,
    cr_account_get_sessions, cr_account_end_session, cr_account_put_password, cr_account_post_reset,
    cr_account_get_tokens, cr_account_post_token, cr_account_delete_tokens, cr_account_end_token;
// A film's: account_film.c.
cr_account_function cr_account_get_parts, cr_account_put_part, cr_account_post_film_invitation,
    cr_account_end_film_invitation, cr_account_take_part;
// The server's: account_people.c.
cr_account_function cr_account_get_people, cr_account_post_person, cr_account_post_reset_key,
    cr_account_get_invitations, cr_account_post_invitation, cr_account_end_invitation,
    cr_account_get_audit;

// What a member of the body says, "" when it says no text.
const char *cr_account_text(const cr_account_ask *ask, const char *member);
// Who asks, as one that is not known yet.
cr_visit cr_account_visit(const cr_account_ask *ask);

// Cookies are not told apart by port: the name does it.
void cr_account_cookie_name(const cr_account_call *call, char out[CR_ACCOUNT_COOKIE_BYTES]);

// Whether the person's key reaches so far. Answers it when not.
bool cr_account_has_scope(const cr_account_call *call, cr_scope scope, cr_http_answer *answer);
// Whether it is who runs the server, likewise.
bool cr_account_is_admin(const cr_account_call *call, cr_http_answer *answer);
// Whether the person's part in [film] reaches so far, likewise. Whoever has none is not told that
// there is such a film.
bool cr_account_may(const cr_account_call *call, const char *film, cr_role role,
                    cr_http_answer *answer);

// 201 with one text.
void cr_account_say_key(const char *name, const char *key, cr_http_answer *answer);
// 200 with one list, taken; or what [fault] says.
void cr_account_say_list(cr_status status, const char *name, cJSON *list, const cr_fault *fault,
                         cr_http_answer *answer);
// 204, or what [fault] says.
void cr_account_say_done(cr_status status, const cr_fault *fault, cr_http_answer *answer);
// 429 with when to come back.
void cr_account_say_limit(const cr_fault *fault, cr_http_answer *answer);
