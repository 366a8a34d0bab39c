#include "http/forwarded.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

enum { NETWORK_BYTES = 8, MAPPED_AT = 12 };

// Writes [text] as it is compared; false: it is no address.
static int write_address(const char *text, char out[CR_FORWARDED_BYTES])
{
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, text, &four) == 1)
        return inet_ntop(AF_INET, &four, out, CR_FORWARDED_BYTES) != NULL;
    if (inet_pton(AF_INET6, text, &six) != 1) return 0;
    if (IN6_IS_ADDR_V4MAPPED(&six))
        return inet_ntop(AF_INET, six.s6_addr + MAPPED_AT, out, CR_FORWARDED_BYTES) != NULL;
    memset(six.s6_addr + NETWORK_BYTES, 0, sizeof six.s6_addr - NETWORK_BYTES);
    return inet_ntop(AF_INET6, &six, out, CR_FORWARDED_BYTES) != NULL;
}

// What stands behind the last comma, without spaces, brackets and a port behind them.
static void last_entry(const char *list, char out[CR_FORWARDED_BYTES])
{
    const char *comma = strrchr(list, ',');
    const char *at = comma ? comma + 1 : list;
    at += strspn(at, " \t[");
    (void)snprintf(out, CR_FORWARDED_BYTES, "%.*s", (int)strcspn(at, " \t]"), at);
}

void cr_forwarded_address(const char *peer, const char *forwarded, const char *proxy,
                          char out[CR_FORWARDED_BYTES])
{
    char entry[CR_FORWARDED_BYTES];
    out[0] = 0;
    if (!peer) return;
    if (!proxy || strcmp(peer, proxy) != 0) {
        if (!write_address(peer, out)) out[0] = 0;
        return;
    }
    if (!forwarded) return;
    last_entry(forwarded, entry);
    if (!write_address(entry, out)) out[0] = 0;
}
