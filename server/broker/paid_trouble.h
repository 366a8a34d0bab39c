// How a paid service's refusal is understood: what kind it is says what may be done about it.
#pragma once

#include "broker/http_client.h"

#define CR_TROUBLE_MAP(X)                                                                          \
    X(SAME, "it failed for no reason of ours")                                                     \
    X(LATER, "it is busy")                                                                         \
    X(INPUT, "it does not take this input")                                                        \
    X(MONEY, "there is no money left on the account")                                              \
    X(BLOCKED, "it refuses this content")                                                          \
    X(AUTH, "it does not accept the key")                                                          \
    X(UNKNOWN, "nobody knows whether it got the request")

// What kind of failure an answer is, which says what may be done about it.
typedef enum cr_trouble_kind {
    CR_TROUBLE_NONE = 0, // all is well
#define X(name, text) CR_TROUBLE_##name,
    CR_TROUBLE_MAP(X)
#undef X
} cr_trouble_kind;

// For people. Static.
const char *cr_trouble_text(cr_trouble_kind kind);

// Which kind of failure a sentence of cr_paid_fail's tells of, as programs call it: "money"; or
// "failed" when it is none. Static.
const char *cr_trouble_class(const char *sentence);

// A failure, as a service told it.
typedef struct cr_trouble {
    cr_trouble_kind kind;
    int64_t wait_ms; // LATER: so long; -1: not said
    char text[300];  // what the service said, without keys
} cr_trouble;

// Reads an answer that may be a failure.
typedef void cr_trouble_judge(const cr_http_answer *answer, cr_trouble *out);
