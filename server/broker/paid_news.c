#include "broker/paid_news.h"

#include <stdio.h>
#include <string.h>

enum { SLICE_MS = 20 };

void cr_paid_hear(cr_paid_service *service, const char *external_id)
{
    pthread_mutex_lock(&service->lock);
    int at = service->news_next++ % CR_PAID_NEWS_MAX;
    snprintf(service->news[at].external_id, sizeof service->news[at].external_id, "%s",
             external_id);
    pthread_mutex_unlock(&service->lock);
}

// News are taken once: after them it is looked, and what that finds is what counts.
static bool take_news(cr_paid_service *service, const char *external_id)
{
    bool is_told = false;
    pthread_mutex_lock(&service->lock);
    for (int i = 0; i < CR_PAID_NEWS_MAX; i++) {
        if (strcmp(service->news[i].external_id, external_id) != 0) continue;
        service->news[i].external_id[0] = '\0';
        is_told = true;
    }
    pthread_mutex_unlock(&service->lock);
    return is_told;
}

cr_status cr_paid_pause_look(const cr_paid_job *job, const char *external_id, cr_fault *fault)
{
    cr_paid_service *service = job->maker->service;
    if (!service->webhook) return cr_paid_pause(job, service->poll_ms, fault);
    int64_t left = service->poll_ms * CR_PAID_POLLS_HEARD;
    cr_status status = CR_OK;
    for (; status == CR_OK && left > 0 && !take_news(service, external_id); left -= SLICE_MS)
        status = cr_paid_pause(job, SLICE_MS, fault);
    return status;
}
