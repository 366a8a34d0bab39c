// Who may see more than the static page: a browser that was opened by the one-time link, on this
// machine. Other programs, and pages of other origins, are kept out.
#pragma once

#include "http/site.h"
#include "http/transport.h"

// Bytes of a token in hex, and its end.
enum { CR_GATE_TOKEN_BYTES = 65 };

typedef struct cr_gate cr_gate;

// A gate with a new link; its sessions are kept at [sessions_path] (http/sessions.h). CR_NOMEM
// where there is no randomness.
CR_CHECKED cr_status cr_gate_open(cr_gate **out, const char *sessions_path);
void cr_gate_close(cr_gate **gate);

// The secret of the link that is not used yet.
void cr_gate_link(cr_gate *gate, char out[CR_GATE_TOKEN_BYTES]);

// Whether [request] may be answered at all: its Host is one of [site]'s (against DNS rebinding),
// and a page that sent it is of this origin. Answers it when not.
bool cr_gate_admits(const cr_http_request *request, const cr_site *site, cr_http_answer *answer);
// What a cookie for this request is followed by: nobody but the browser and us reads it.
const char *cr_gate_cookie_end(const cr_http_request *request, const cr_site *site);
// Whether a session comes with it. Answers it when not.
bool cr_gate_has_session(cr_gate *gate, const cr_http_request *request, const cr_site *site,
                         cr_http_answer *answer);

// The link was followed: its token opens a session, once, and leads on to [next].
void cr_gate_follow(cr_gate *gate, const cr_http_request *request, const char *next,
                    const cr_site *site, cr_http_answer *answer);
