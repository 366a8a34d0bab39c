// Any bytes as a webhook: headers in the first three lines, then the body. What verifies must be
// what was signed, and what is read must name a prediction that can stand in an address.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "broker/webhook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// The time and the secret of the corpus, which is the example of the services' own tests.
static const int64_t now = 1614265330;
static const char secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

static char *take_line(const char **at)
{
    size_t length = strcspn(*at, "\n");
    char *line = cr_strndup(*at, length);
    *at += length + ((*at)[length] == '\n');
    return line;
}

static void check_news(const char *body, size_t size)
{
    cr_webhook_news news;
    cr_fault fault = {0};
    if (cr_webhook_read(&news, body, size, &fault) != CR_OK) {
        if (!fault.text[0]) abort();
        return;
    }
    if (!news.external_id[0] || strpbrk(news.external_id, "/?#%& \n\"")) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = cr_strndup((const char *)data, size);
    const char *at = text;
    char *id = take_line(&at), *timestamp = take_line(&at), *signature = take_line(&at);
    const cr_webhook webhook = {id, timestamp, signature, at, strlen(at)};
    cr_webhook_key key, other;
    cr_fault fault = {0};
    if (cr_webhook_key_read(&key, secret, NULL) != CR_OK) abort();
    cr_status status = cr_webhook_verify(&webhook, &key, now, &fault);
    if (status != CR_OK && !fault.text[0]) abort();
    if (status == CR_OK) {
        other = key;
        other.bytes[0] ^= 1;
        if (cr_webhook_verify(&webhook, &other, now, NULL) != CR_DENIED) abort();
        if (cr_webhook_verify(&webhook, &key, now + 1000, NULL) != CR_TIMEOUT) abort();
    }
    if (cr_webhook_key_read(&other, text, &fault) == CR_OK && other.size == 0) abort();
    check_news(at, strlen(at));
    cr_free(id);
    cr_free(timestamp);
    cr_free(signature);
    cr_free(text);
    return 0;
}
