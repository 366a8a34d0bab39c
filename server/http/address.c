#include "http/address.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool decode(const char *path, char *out, size_t size)
{
    size_t length = 0;
    for (; *path; path++) {
        int c = (unsigned char)*path;
        if (c == '%') {
            int high = hex(path[1]), low = high < 0 ? -1 : hex(path[2]);
            if (low < 0) return false;
            c = high * 16 + low;
            path += 2;
        }
        if (c < 0x20 || c == 0x7f || c == '\\' || length + 1 >= size) return false;
        out[length++] = (char)c;
    }
    out[length] = 0;
    return true;
}

bool cr_address_decode(const char *path, char *out, size_t size)
{
    if (path[0] != '/' || !decode(path, out, size)) return false;
    for (const char *part = out + 1; part;) {
        size_t length = strcspn(part, "/");
        bool is_last = part[length] == 0;
        if (length == 0 && !is_last) return false;
        if (length == 1 && part[0] == '.') return false;
        if (length == 2 && part[0] == '.' && part[1] == '.') return false;
        part = is_last ? NULL : part + length + 1;
    }
    return true;
}

bool cr_address_is_loopback(const char *host, unsigned port)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char with_port[32];
        (void)snprintf(with_port, sizeof with_port, "%s:%u", names[i], port);
        if (strcasecmp(host, with_port) == 0) return true;
        if (port == 80 && strcasecmp(host, names[i]) == 0) return true;
    }
    return false;
}
