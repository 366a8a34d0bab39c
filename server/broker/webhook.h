// Webhooks by the Standard Webhooks scheme (Replicate, OpenAI): is this really from the service, is
// it fresh, and was it here before? Pure: no clock, no store, no sockets. A webhook is a hint that
// makes a poll come early, never the only way to hear of an end.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

// Fixed numbers.
enum {
    CR_WEBHOOK_BODY_BYTES_MAX = 4 << 20,
    CR_WEBHOOK_ID_BYTES_MAX = 128,
    CR_WEBHOOK_SIGNATURES_MAX = 16, // of one header
    CR_WEBHOOK_KEY_BYTES_MAX = 128,
    CR_WEBHOOK_SEEN_MAX = 4096,
};

// A message may be so old, or so early.
#define CR_WEBHOOK_TOLERANCE_SECONDS INT64_C(300)

// What came in; all borrowed. Headers that were not there are NULL.
typedef struct cr_webhook {
    const char *id;        // webhook-id
    const char *timestamp; // webhook-timestamp
    const char *signature; // webhook-signature
    const char *body;
    size_t body_size;
} cr_webhook;

// The key that signs.
typedef struct cr_webhook_key {
    uint8_t bytes[CR_WEBHOOK_KEY_BYTES_MAX];
    size_t size;
} cr_webhook_key;

// Reads a secret, "whsec_" and base64. CR_INVALID; the sentence holds nothing of it.
CR_CHECKED cr_status cr_webhook_key_read(cr_webhook_key *out, const char *secret, cr_fault *fault);

// CR_OK: it is from who has the key, and fresh at [now] (seconds since 1970). CR_INVALID: a header
// is missing or is none; CR_LIMIT: too long; CR_TIMEOUT: too old or too early; CR_DENIED: no
// signature fits. The comparison takes as long whether it fits or not.
CR_CHECKED cr_status cr_webhook_verify(const cr_webhook *webhook, const cr_webhook_key *key,
                                       int64_t now, cr_fault *fault);

// Messages that were here before, remembered as long as one of them could come again. All-zero is
// a valid empty memory.
typedef struct cr_webhook_memory {
    int count, next;
    struct {
        uint64_t hash[2];
        int64_t until;
    } seen[CR_WEBHOOK_SEEN_MAX];
} cr_webhook_memory;

// True the first time that this id is seen, until it cannot be fresh any more.
bool cr_webhook_is_new(cr_webhook_memory *memory, const char *id, int64_t now);

// What a Replicate webhook tells: which prediction, and whether it has ended.
typedef struct cr_webhook_news {
    char external_id[64];
    bool has_ended;
} cr_webhook_news;

// CR_CORRUPT: the body is no prediction.
CR_CHECKED cr_status cr_webhook_read(cr_webhook_news *out, const char *body, size_t size,
                                     cr_fault *fault);
