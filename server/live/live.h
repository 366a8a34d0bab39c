// flow: films that change -> [live] -> pages that look
// WebSocket subscriptions: a film as it stands, then what changes, numbered without gaps. A page
// that comes back says what it saw last and gets what it missed; one that is too slow gets the film
// anew and never a queue.
#pragma once

#include "base/json.h"
#include "base/log.h"

// Bounds.
enum {
    CR_LIVE_CLIENTS_MAX = 11000,           // fewer than connections (http/transport.h)
    CR_LIVE_TOPICS_MAX = 256,              // films that somebody looks at, or did lately
    CR_LIVE_SUBSCRIPTIONS_MAX = 16,        // of one client
    CR_LIVE_PATCHES_MAX = 64,              // kept of a film, for those who come back
    CR_LIVE_MESSAGE_BYTES_MAX = 16 * 1024, // from a client
    CR_LIVE_QUEUE_BYTES_MAX = 256 * 1024,  // above it, a client is too slow
    CR_LIVE_PING_MS = 20 * 1000,
    CR_LIVE_SILENCE_MS = 60 * 1000, // without a word, a client is gone
    CR_LIVE_LIST_MS = 300,          // between two lists
};

typedef struct cr_live cr_live;

// Where the films are; called from live's own thread.
typedef struct cr_live_desc {
    // Gives the film's state, NULL: there is none of this id.
    cJSON *(*film)(void *cookie, const char *id);
    // Gives the list of all.
    cJSON *(*films)(void *cookie);
    void *cookie;
    cr_log log;
} cr_live_desc;

// Starts the thread.
CR_CHECKED cr_status cr_live_open(cr_live **out, const cr_live_desc *desc, cr_fault *fault);
// Says goodbye to all clients and closes their connections; whoever comes later is sent away.
void cr_live_stop(cr_live *live);
// Stops first, when that was not done.
void cr_live_close(cr_live **live);

// A socket after its handshake, to be read and written by live.
typedef struct cr_live_socket {
    int socket;        // not owned: [close] ends it
    const void *early; // bytes that came with the handshake, borrowed
    size_t early_size;
    void (*close)(void *cookie); // once
    void *cookie;
} cr_live_socket;

// Takes the socket; from any thread.
void cr_live_take(cr_live *live, const cr_live_socket *socket);

// The film has changed ([state] is borrowed), or, with NULL, is gone. From any thread.
void cr_live_changed(cr_live *live, const char *film, const cJSON *state);

// How many are connected.
int cr_live_count(cr_live *live);
