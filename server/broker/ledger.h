// What is asked of paid services, written down before it is asked for: the broker's memory of calls
// and money. Who keeps it is not the broker's business (see studio/ledger_store.h).
//
// A call is intended (written, perhaps sent), accepted (the service gave it an id), and then ends
// once: bought, free (nothing to pay), or lost (sent, and nobody knows what came of it: counted as
// paid for).
#pragma once

#include "broker/provider.h"

#define CR_CALL_STATE_MAP(X)                                                                       \
    X(INTENDED, "intended")                                                                        \
    X(ACCEPTED, "accepted")                                                                        \
    X(BOUGHT, "bought")                                                                            \
    X(FREE, "free")                                                                                \
    X(LOST, "lost")

// Where a call stands.
typedef enum cr_call_state {
    CR_CALL_NONE = 0,
#define X(name, text) CR_CALL_##name,
    CR_CALL_STATE_MAP(X)
#undef X
} cr_call_state;

// For the database and for people. Static.
const char *cr_call_state_name(cr_call_state state);

// The other way round; CR_CALL_NONE for any other text.
cr_call_state cr_call_state_of(const char *name);

// One call as it is kept.
typedef struct cr_call {
    int64_t id;
    char *job;      // names the piece of work, the same after a restart
    char *provider; // "replicate-picture:owner/name"
    char *model;    // "black-forest-labs/flux-schnell"
    char *request;  // what was sent, without keys
    char *external_id, *note;
    cr_call_state state;
    cr_money reserved, cost;
    int64_t created_ms, changed_ms;
} cr_call;

// Calls, oldest first.
typedef struct cr_call_list {
    int count;
    cr_call *calls;
} cr_call_list;

void cr_call_list_free(cr_call_list *list);

// What is about to be asked for; all borrowed.
typedef struct cr_call_intent {
    const char *job, *provider, *model, *request;
    cr_money reserve; // the most that it may cost
} cr_call_intent;

// The functions may be called from any thread, and each is durable when it returns.
typedef struct cr_ledger {
    void *cookie;
    // Gives the call's id. CR_LIMIT: with this the cap would be passed; nothing was written.
    cr_status (*intend)(void *cookie, const cr_call_intent *intent, int64_t *id, cr_fault *fault);
    cr_status (*accept)(void *cookie, int64_t id, const char *external_id, cr_fault *fault);
    // The end, with what it cost. A call that has ended stays as it is.
    cr_status (*settle)(void *cookie, int64_t id, cr_call_state end, cr_money cost,
                        const char *note, cr_fault *fault);
    // All calls of one job. Gives the list.
    cr_status (*calls)(void *cookie, const char *job, cr_call_list *out, cr_fault *fault);
    // Does any call of this provider have this id already?
    cr_status (*is_known)(void *cookie, const char *provider, const char *external_id, bool *out,
                          cr_fault *fault);
} cr_ledger;
