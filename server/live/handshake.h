// The first half of RFC 6455: whether a request asks for a WebSocket, and what it is told.
#pragma once

#include <stdbool.h>

// Bytes of the answer to a key, with its end.
enum { CR_HANDSHAKE_BYTES = 29 };

// The fields of the request, NULL where there is none.
typedef struct cr_handshake {
    const char *upgrade, *connection, *version, *key;
} cr_handshake;

// Is [list], a field's comma-separated value, said to hold [token]? Case does not matter.
bool cr_handshake_lists(const char *list, const char *token);

// NULL when the request is right, and the value of Sec-WebSocket-Accept in [accept]; else what is
// wrong with it, for a person. Static.
const char *cr_handshake_judge(const cr_handshake *request, char accept[CR_HANDSHAKE_BYTES]);
