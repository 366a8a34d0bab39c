// flow: films that change -> [live] -> pages that look
// WebSocket subscriptions: a film as it stands, then what changes, numbered without gaps; and the
// project of a film as people edit it, with who is there. A page that comes back says what it saw
// last and gets what it missed; one that is too slow gets the film anew and never a queue.
#pragma once

#include "base/json.h"
#include "base/log.h"

// Bounds.
enum {
    CR_LIVE_CLIENTS_MAX = 11000,             // fewer than connections (http/transport.h)
    CR_LIVE_TOPICS_MAX = 256,                // films that somebody looks at, or did lately
    CR_LIVE_SUBSCRIPTIONS_MAX = 16,          // of one client
    CR_LIVE_PATCHES_MAX = 64,                // kept of a film, for those who come back
    CR_LIVE_MESSAGE_BYTES_MAX = 1024 * 1024, // from a client: an edit may be long
    CR_LIVE_HERE_BYTES_MAX = 4 * 1024,       // what somebody says of where they are
    CR_LIVE_QUEUE_BYTES_MAX = 256 * 1024,    // above it, a client is too slow
    CR_LIVE_EDITS_MAX = 1024,                // kept of a project, likewise
    CR_LIVE_PING_MS = 20 * 1000,
    CR_LIVE_SILENCE_MS = 60 * 1000, // without a word, a client is gone
    CR_LIVE_LIST_MS = 300,          // between two lists
    CR_LIVE_PEOPLE_MS = 100,        // between two words of who is there
    CR_LIVE_RIGHTS_MS = 30 * 1000,  // between two looks at who may still be there
    CR_LIVE_NAME_BYTES = 64,
    CR_LIVE_KEY_BYTES = 65,
};

typedef struct cr_live cr_live;

// Who is at a connection, as those know them who let them in.
typedef struct cr_live_person {
    char name[CR_LIVE_NAME_BYTES]; // "": nobody by name
    char key[CR_LIVE_KEY_BYTES];   // by which they came in; "": there are no accounts
    bool is_token;                 // the key is a program's
} cr_live_person;

// What somebody may be asked about: to be connected at all, to see a film, to edit it.
typedef enum cr_live_right {
    CR_LIVE_RIGHT_NONE = 0,
    CR_LIVE_RIGHT_HERE, // of no film
    CR_LIVE_RIGHT_SEE,
    CR_LIVE_RIGHT_EDIT,
} cr_live_right;

// An edit of a film's project, wished or decided; the texts are borrowed.
typedef struct cr_live_edit {
    const char *film, *id, *name;
    const char *person; // "": nobody by name
    int64_t sequence;   // of a decided one
    const char *text;   // JSON, of a decided one
    const cJSON *edit;  // of a wished one
} cr_live_edit;

// Where the films are; called from live's own thread.
typedef struct cr_live_desc {
    // Gives the film's state, NULL: there is none of this id.
    cJSON *(*film)(void *cookie, const char *id);
    // Gives the list of all.
    cJSON *(*films)(void *cookie);
    // Gives the text of the film's project (cr_free) and the sequence of its last edit; NULL: there
    // is none.
    char *(*project)(void *cookie, const char *film, int64_t *sequence);
    // Decides the wish; see cr_desk_edit in studio/desk.h.
    cr_status (*edit)(void *cookie, const cr_live_edit *wish, int64_t *sequence, bool *is_known,
                      cr_fault *fault);
    // The film's project is looked at: said every half minute, for as long as it is. May be NULL.
    void (*watched)(void *cookie, const char *film);
    void *cookie;
    cr_log log;
} cr_live_desc;

// Who may what; without it everybody may everything.
typedef struct cr_live_rights {
    bool (*may)(void *cookie, const cr_live_person *who, cr_live_right right, const char *film);
    // Takes the films out of the list that are not for [who].
    void (*sift)(void *cookie, const cr_live_person *who, cJSON *films);
    void *cookie;
} cr_live_rights;

// Starts the thread.
CR_CHECKED cr_status cr_live_open(cr_live **out, const cr_live_desc *desc, cr_fault *fault);
// From now on; before the first client is taken.
void cr_live_set_rights(cr_live *live, const cr_live_rights *rights);
// Says goodbye to all clients and closes their connections; whoever comes later is sent away.
void cr_live_stop(cr_live *live);
// Stops first, when that was not done.
void cr_live_close(cr_live **live);

// A socket after its handshake, to be read and written by live.
typedef struct cr_live_socket {
    int socket;        // not owned: [close] ends it
    const void *early; // bytes that came with the handshake, borrowed
    size_t early_size;
    cr_live_person who;
    void (*close)(void *cookie); // once
    void *cookie;
} cr_live_socket;

// Takes the socket; from any thread.
void cr_live_take(cr_live *live, const cr_live_socket *socket);

// The film has changed ([state] is borrowed), or, with NULL, is gone. From any thread.
void cr_live_changed(cr_live *live, const char *film, const cJSON *state);

// An edit was decided. From any thread, in the order of the decisions.
void cr_live_edited(cr_live *live, const cr_live_edit *edit);

// Somebody may be less than before, or is out: looks again at all who are there. From any thread.
void cr_live_look_at_rights(cr_live *live);

// How many are connected.
int cr_live_count(cr_live *live);
