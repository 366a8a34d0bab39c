#include "live/handshake.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "live/sha1.h"

// A key is 16 bytes in base64: 22 digits that tell them and two "=".
enum { KEY_BYTES = 24 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

bool cr_handshake_lists(const char *list, const char *token)
{
    size_t length = strlen(token);
    while (list && *list) {
        list += strspn(list, " \t,");
        size_t item = strcspn(list, " \t,");
        if (item == length && strncasecmp(list, token, length) == 0) return true;
        list += item;
    }
    return false;
}

static bool is_key(const char *key)
{
    return key && strlen(key) == KEY_BYTES && strspn(key, digits) == KEY_BYTES - 2 &&
           strcmp(key + KEY_BYTES - 2, "==") == 0;
}

static void encode(const unsigned char hash[CR_SHA1_BYTES], char out[CR_HANDSHAKE_BYTES])
{
    int length = 0;
    for (int i = 0; i < CR_SHA1_BYTES; i += 3) {
        bool is_last = i + 2 >= CR_SHA1_BYTES;
        unsigned bits =
            (unsigned)hash[i] << 16 | (unsigned)hash[i + 1] << 8 | (is_last ? 0u : hash[i + 2]);
        for (int shift = 18; shift >= 0; shift -= 6)
            out[length++] = digits[bits >> shift & 63];
        if (is_last) out[length - 1] = '=';
    }
    out[length] = 0;
}

const char *cr_handshake_judge(const cr_handshake *request, char accept[CR_HANDSHAKE_BYTES])
{
    if (!cr_handshake_lists(request->upgrade, "websocket") ||
        !cr_handshake_lists(request->connection, "upgrade"))
        return "This address speaks WebSocket only.";
    if (!request->version || strcmp(request->version, "13") != 0)
        return "WebSocket is spoken in version 13 here.";
    if (!is_key(request->key)) return "Sec-WebSocket-Key must be 16 bytes in base64.";
    char text[CR_SHA1_TEXT_MAX];
    int length = snprintf(text, sizeof text, "%s%s", request->key, guid);
    unsigned char hash[CR_SHA1_BYTES];
    cr_sha1(text, (size_t)length, hash);
    encode(hash, accept);
    return NULL;
}
