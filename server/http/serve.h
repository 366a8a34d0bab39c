// flow: page + films -> [http] -> browser
// Cutroom's server on one machine: which address leads where.
#pragma once

#include "asset/asset.h"
#include "http/api.h"
#include "http/films.h"
#include "http/transport.h"

typedef struct cr_serve cr_serve;

// What to serve. Borrowed while it is open.
typedef struct cr_serve_desc {
    const char *page_folder; // the built page
    const cr_films *films;
    cr_api api;              // its shelf is NULL: there is no studio
    const cr_depot *assets;  // NULL: none
    cr_accounts *accounts;   // NULL: one person, by the link
    const char *link_secret; // of addresses of assets (http/asset_link.h); NULL: one of this run
    const char *sessions;    // where they are kept (http/sessions.h), copied; NULL: nowhere
    uint16_t port;           // 0: any
    const char *address;     // to listen on; NULL: 127.0.0.1
    const char *origin;      // by which others reach it (http/site.h); NULL: nobody does
    const char *proxy;       // the address of the server in front (http/site.h); NULL: none
    cr_http_tls tls;         // all NULL: plain
    cr_log log;
} cr_serve_desc;

// Listens. CR_NOTFOUND: there is no page.
CR_CHECKED cr_status cr_serve_open(cr_serve **out, const cr_serve_desc *desc, cr_fault *fault);
// Lets what runs end.
void cr_serve_close(cr_serve **serve);

uint16_t cr_serve_port(const cr_serve *serve);
// The address that opens the page in a browser, once, with [film] open in it (NULL: none); with
// accounts, what invites the first person, and later the page alone. Gives the text (cr_free).
char *cr_serve_link(cr_serve *serve, const char *film);
