// One connection: its WebSocket and what it is subscribed to. For live's own thread.
#pragma once

#include <wslay/wslay.h>

#include "live/live_topic.h"
#include "live/live_wish.h"

// Close codes of RFC 6455, section 7.4.1, that are ours to say.
enum {
    CR_LIVE_GOING_AWAY = 1001,
    CR_LIVE_PROTOCOL = 1002,
    CR_LIVE_NOT_TEXT = 1003,
    CR_LIVE_NOT_ALLOWED = 1008,
};

// How long the other side has to end a connection that is closed.
enum { CR_LIVE_ENDING_MS = 2000 };

typedef struct cr_live_client cr_live_client;

// See above.
struct cr_live_client {
    cr_live_socket socket;
    wslay_event_context_ptr context;
    unsigned char *early;
    size_t early_at, early_size;
    bool is_over;
    bool is_cut;    // the socket failed or was ended by the other side
    bool is_wrong;  // a frame that wslay would close without saying why
    bool is_ending; // all was said: what still comes is thrown away
    int64_t ending_ms;
    int64_t heard_ms, pinged_ms;
    int place;                             // in the crowd (live/live_crowd.h)
    unsigned watched;                      // what the kernel was asked to tell of it
    int topics[CR_LIVE_SUBSCRIPTIONS_MAX]; // indices
    int64_t seqs[CR_LIVE_SUBSCRIPTIONS_MAX];
    int64_t people[CR_LIVE_SUBSCRIPTIONS_MAX]; // the word of who is there that was told last
    char *here[CR_LIVE_SUBSCRIPTIONS_MAX];     // where it says it is; NULL: nothing said
    int topic_count;
    bool wants_list;
    int64_t list_seq;
    void (*wish)(void *cookie, cr_live_client *client, const cr_live_wish *wish);
    void *cookie;
};

// Copies [socket]. Gives the client, NULL when there is no memory for it.
cr_live_client *cr_live_client_new(const cr_live_socket *socket, int64_t now_ms);
void cr_live_client_free(cr_live_client *client);

// Queue a text. Never waits.
void cr_live_client_say(cr_live_client *client, const char *text);
void cr_live_client_refuse(cr_live_client *client, const char *reason);

// Queue a close with this code and a reason; nothing is read after it.
void cr_live_client_end(cr_live_client *client, unsigned code, const char *reason);

// Read or write what can be; both set is_over when the connection has ended.
void cr_live_client_read(cr_live_client *client, int64_t now_ms);
void cr_live_client_write(cr_live_client *client, int64_t now_ms);

// Every few seconds: asks a silent one whether it is there, and gives up who is not; sets is_over.
void cr_live_client_look(cr_live_client *client, int64_t now_ms);

// What to poll its socket for.
short cr_live_client_events(const cr_live_client *client);

// Is so much queued that nothing more should be?
bool cr_live_client_is_full(const cr_live_client *client);
