// Where the server is in the eyes of a browser: which hosts and origins are its own. Pure.
#pragma once

#include <stdbool.h>

// A server's place. Borrowed.
typedef struct cr_site {
    unsigned port;      // that it listens on
    bool has_tls;       // it speaks TLS itself
    const char *origin; // "https://films.example.org", by which others reach it; NULL: nobody does
    const char *proxy;  // the address of the server in front of ours; NULL: none is believed
} cr_site;

// Whether [origin] is one: http or https, a host, perhaps a port, and nothing behind it.
bool cr_site_is_origin(const char *origin);

// Whether [host], the value of a Host field, is this machine's loopback at the port, or the
// origin's. NULL is not.
bool cr_site_has_host(const cr_site *site, const char *host);
// Whether [origin], the value of an Origin field, is of the page at [host].
bool cr_site_has_origin(const cr_site *site, const char *host, const char *origin);

// Whether what goes to [host] is encrypted, by us or by whoever stands in front of us.
bool cr_site_is_secure(const cr_site *site, const char *host);
