#include "http/site.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "http/address.h"

static const char plain[] = "http://", secure[] = "https://";

// What stands behind the scheme; NULL: it has none of ours.
static const char *authority_of(const char *origin)
{
    if (strncasecmp(origin, plain, sizeof plain - 1) == 0) return origin + sizeof plain - 1;
    if (strncasecmp(origin, secure, sizeof secure - 1) == 0) return origin + sizeof secure - 1;
    return NULL;
}

bool cr_site_is_origin(const char *origin)
{
    const char *authority = authority_of(origin);
    if (!authority || !isalnum((unsigned char)*authority)) return false;
    size_t name =
        strspn(authority, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");
    const char *port = authority + name;
    if (!*port) return true;
    return *port == ':' && port[1] && strspn(port + 1, "0123456789") == strlen(port + 1);
}

static bool is_public(const cr_site *site, const char *host)
{
    return site->origin && strcasecmp(authority_of(site->origin), host) == 0;
}

bool cr_site_has_host(const cr_site *site, const char *host)
{
    return host && (cr_address_is_loopback(host, site->port) || is_public(site, host));
}

bool cr_site_is_secure(const cr_site *site, const char *host)
{
    if (site->has_tls) return true;
    return host && is_public(site, host) &&
           strncasecmp(site->origin, secure, sizeof secure - 1) == 0;
}

bool cr_site_has_origin(const cr_site *site, const char *host, const char *origin)
{
    const char *authority = authority_of(origin);
    bool is_https = strncasecmp(origin, secure, sizeof secure - 1) == 0;
    return authority && strcasecmp(authority, host) == 0 &&
           is_https == cr_site_is_secure(site, host);
}
