#include "broker/http_address.h"

#include <netinet/in.h>
#include <string.h>

// Blocks that are not of the public Internet (the registries of special-purpose addresses, RFC 6890
// and after), as first bytes and number of bits.
static const struct {
    uint8_t prefix[4];
    int bits;
} closed_4[] = {
    {{0}, 8},
    {{10}, 8},
    {{100, 64}, 10},
    {{127}, 8},
    {{169, 254}, 16},
    {{172, 16}, 12},
    {{192, 0, 0}, 24},
    {{192, 0, 2}, 24},
    {{192, 88, 99}, 24},
    {{192, 168}, 16},
    {{198, 18}, 15},
    {{198, 51, 100}, 24},
    {{203, 0, 113}, 24},
    {{224}, 3},
};

static bool has_prefix(const uint8_t *address, const uint8_t *prefix, int bits)
{
    for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if ((address[i / 8] & mask) != (prefix[i / 8] & mask)) return false;
    }
    return true;
}

static bool is_public_4(const uint8_t *address)
{
    for (size_t i = 0; i < sizeof closed_4 / sizeof *closed_4; i++)
        if (has_prefix(address, closed_4[i].prefix, closed_4[i].bits)) return false;
    return true;
}

// Only global unicast (2000::/3), less what carries an IPv4 address or is for documentation.
static bool is_public_6(const uint8_t *address)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    static const uint8_t translated[12] = {0, 0x64, 0xff, 0x9b};
    if (memcmp(address, mapped, 12) == 0 || memcmp(address, translated, 12) == 0)
        return is_public_4(address + 12);
    if (address[0] == 0x20 && address[1] == 0x02) return is_public_4(address + 2); // 6to4
    static const uint8_t teredo[4] = {0x20, 0x01, 0, 0}, papers[4] = {0x20, 0x01, 0x0d, 0xb8};
    if (has_prefix(address, teredo, 23) || has_prefix(address, papers, 32)) return false;
    return (address[0] & 0xe0) == 0x20;
}

bool cr_http_address_is_public(const uint8_t *address, int bytes)
{
    if (bytes == 4) return is_public_4(address);
    return bytes == 16 && is_public_6(address);
}

bool cr_http_sockaddr_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, address, sizeof four);
        return cr_http_address_is_public((const uint8_t *)&four.sin_addr, 4);
    }
    if (address->sa_family != AF_INET6) return false;
    struct sockaddr_in6 six;
    memcpy(&six, address, sizeof six);
    return cr_http_address_is_public((const uint8_t *)&six.sin6_addr, 16);
}
