#include "broker/webhook.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"

static const char prefix[] = "whsec_";
static const char version[] = "v1,";

cr_status cr_webhook_key_read(cr_webhook_key *out, const char *secret, cr_fault *fault)
{
    size_t length = strlen(secret), skip = sizeof prefix - 1;
    cr_webhook_key key = {0};
    if (strncmp(secret, prefix, skip) != 0)
        return cr_fail(fault, CR_INVALID, "webhook secret", "must begin with %s", prefix);
    if (sodium_base642bin(key.bytes, sizeof key.bytes, secret + skip, length - skip, NULL,
                          &key.size, NULL, sodium_base64_VARIANT_ORIGINAL) ||
        key.size == 0)
        return cr_fail(fault, CR_INVALID, "webhook secret", "is not base64 of 1 to %d bytes",
                       CR_WEBHOOK_KEY_BYTES_MAX);
    *out = key;
    return CR_OK;
}

// Canonical decimal only: no sign, no leading zero, no blank.
static bool read_seconds(const char *text, int64_t *out)
{
    enum { DIGITS_MAX = 12 };
    size_t length = strlen(text);
    if (length == 0 || length > DIGITS_MAX || text[0] == '0') return false;
    int64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

static void sign(const cr_webhook *webhook, const cr_webhook_key *key,
                 uint8_t out[crypto_auth_hmacsha256_BYTES])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key->bytes, key->size);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)webhook->id, strlen(webhook->id));
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)".", 1);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)webhook->timestamp,
                                  strlen(webhook->timestamp));
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)".", 1);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)webhook->body, webhook->body_size);
    crypto_auth_hmacsha256_final(&state, out);
}

// Is one of the space-separated "v1,<base64>" entries this? Entries of other versions are skipped.
static bool has_signature(const char *list, const uint8_t *wanted)
{
    bool fits = false;
    int count = 0;
    for (const char *at = list; *at && count < CR_WEBHOOK_SIGNATURES_MAX; count++) {
        size_t length = strcspn(at, " "), skip = sizeof version - 1, size = 0;
        uint8_t bytes[crypto_auth_hmacsha256_BYTES];
        if (length > skip && strncmp(at, version, skip) == 0 &&
            sodium_base642bin(bytes, sizeof bytes, at + skip, length - skip, NULL, &size, NULL,
                              sodium_base64_VARIANT_ORIGINAL) == 0 &&
            size == sizeof bytes && sodium_memcmp(bytes, wanted, sizeof bytes) == 0)
            fits = true;
        at += length;
        at += strspn(at, " ");
    }
    return fits;
}

cr_status cr_webhook_verify(const cr_webhook *webhook, const cr_webhook_key *key, int64_t now,
                            cr_fault *fault)
{
    int64_t sent = 0;
    if (!webhook->id || !*webhook->id || !webhook->timestamp || !webhook->signature)
        return cr_fail(fault, CR_INVALID, "webhook",
                       "lacks webhook-id, webhook-timestamp or webhook-signature");
    if (strlen(webhook->id) > CR_WEBHOOK_ID_BYTES_MAX ||
        webhook->body_size > CR_WEBHOOK_BODY_BYTES_MAX)
        return cr_fail(fault, CR_LIMIT, "webhook", "is longer than we take");
    if (!read_seconds(webhook->timestamp, &sent))
        return cr_fail(fault, CR_INVALID, "webhook-timestamp", "is no time in seconds");
    if (sent < now - CR_WEBHOOK_TOLERANCE_SECONDS || sent > now + CR_WEBHOOK_TOLERANCE_SECONDS)
        return cr_fail(fault, CR_TIMEOUT, "webhook-timestamp", "is more than %lld s from now",
                       (long long)CR_WEBHOOK_TOLERANCE_SECONDS);
    uint8_t wanted[crypto_auth_hmacsha256_BYTES];
    sign(webhook, key, wanted);
    bool fits = has_signature(webhook->signature, wanted);
    sodium_memzero(wanted, sizeof wanted);
    return fits ? CR_OK : cr_fail(fault, CR_DENIED, "webhook-signature", "fits no key of ours");
}

bool cr_webhook_is_new(cr_webhook_memory *memory, const char *id, int64_t now)
{
    uint64_t hash[2];
    crypto_generichash((uint8_t *)hash, sizeof hash, (const uint8_t *)id, strlen(id), NULL, 0);
    for (int i = 0; i < memory->count; i++)
        if (memory->seen[i].until >= now && memcmp(memory->seen[i].hash, hash, sizeof hash) == 0)
            return false;
    // The oldest gives way. Twice the tolerance: it may have come as early as it may be late.
    int at = memory->next;
    memory->next = (at + 1) % CR_WEBHOOK_SEEN_MAX;
    if (memory->count < CR_WEBHOOK_SEEN_MAX) memory->count++;
    memcpy(memory->seen[at].hash, hash, sizeof hash);
    memory->seen[at].until = now + 2 * CR_WEBHOOK_TOLERANCE_SECONDS;
    return true;
}

static bool is_id(const char *text)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t length = strlen(text);
    return length > 0 && length < sizeof(((cr_webhook_news *)0)->external_id) &&
           strspn(text, letters) == length;
}

cr_status cr_webhook_read(cr_webhook_news *out, const char *body, size_t size, cr_fault *fault)
{
    static const char *const ends[] = {"succeeded", "failed", "canceled", "aborted"};
    cJSON *tree = NULL;
    cr_status status = cr_json_parse(&tree, body, size, fault);
    if (status != CR_OK) return status;
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(tree, "id");
    const cJSON *state = cJSON_GetObjectItemCaseSensitive(tree, "status");
    if (!cJSON_IsString(id) || !cJSON_IsString(state) || !is_id(id->valuestring)) {
        status = cr_fail(fault, CR_CORRUPT, "webhook", "is no prediction");
    } else {
        *out = (cr_webhook_news){0};
        snprintf(out->external_id, sizeof out->external_id, "%s", id->valuestring);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (strcmp(ends[i], state->valuestring) == 0) out->has_ended = true;
    }
    cJSON_Delete(tree);
    return status;
}
