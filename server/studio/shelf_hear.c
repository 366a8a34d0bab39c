// What services tell by webhooks, for all films of a shelf.
#include <sodium.h>

#include "broker/registry_paid.h"
#include "studio/film.h"
#include "studio/shelf_state.h"

// Signed by the service, fresh, and told of an end for the first time.
static cr_status judge(cr_shelf *shelf, const char *secret, const cr_webhook *webhook,
                       cr_webhook_news *news, bool *is_new, cr_fault *fault)
{
    const cr_shelf_desc *desc = &shelf->desc;
    int64_t now = desc->now_ms(desc->cookie) / 1000;
    cr_webhook_key key = {0};
    cr_status status = cr_webhook_key_read(&key, secret, fault);
    if (status == CR_OK) status = cr_webhook_verify(webhook, &key, now, fault);
    sodium_memzero(&key, sizeof key);
    if (status == CR_OK) status = cr_webhook_read(news, webhook->body, webhook->body_size, fault);
    if (status != CR_OK) return status;
    (void)pthread_mutex_lock(&shelf->lock);
    *is_new = cr_webhook_is_new(&shelf->heard, webhook->id, now);
    (void)pthread_mutex_unlock(&shelf->lock);
    return CR_OK;
}

cr_status cr_shelf_hear(cr_shelf *shelf, const char *service, const cr_webhook *webhook,
                        cr_fault *fault)
{
    const char *name = cr_paid_webhook_secret(service);
    const char *secret = name ? shelf->desc.variable(shelf->desc.cookie, name) : NULL;
    if (!secret || !*secret)
        return cr_fail(fault, CR_NOTFOUND, "", "\"%.40s\" has nothing to tell here", service);
    cr_webhook_news news;
    bool is_new = false;
    cr_status status = judge(shelf, secret, webhook, &news, &is_new, fault);
    if (status != CR_OK || !is_new || !news.has_ended) return status;
    (void)pthread_mutex_lock(&shelf->lock);
    int count = shelf->count;
    (void)pthread_mutex_unlock(&shelf->lock);
    for (int i = 0; i < count; i++) {
        cr_film *film = shelf->films[i];
        (void)pthread_mutex_lock(&film->lock);
        if (film->paid) cr_paid_broker_hear(film->paid, service, news.external_id);
        (void)pthread_mutex_unlock(&film->lock);
    }
    return CR_OK;
}
