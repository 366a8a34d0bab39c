// Who can reach the server, and how: this machine alone, or others, with what that asks for.
#pragma once

#include "http/transport.h"

// As the command line has it; each may be NULL.
typedef struct serve_reach {
    const char *origin;            // by which others reach it
    const char *address;           // that it listens on
    const char *proxy;             // the server in front, which says from where requests come
    const char *certificate, *key; // files in PEM
    bool has_accounts;
} serve_reach;

// Whether [said] keeps strangers out, and what TLS is spoken with, read into [tls] (forget it).
// Others are let in to accounts alone and under a name, and over a network only with TLS.
// CR_INVALID and CR_DENIED name the option or the file.
CR_CHECKED cr_status serve_reach_check(const serve_reach *said, cr_http_tls *tls, cr_fault *fault);
void serve_reach_forget(cr_http_tls *tls);
