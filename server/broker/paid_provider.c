// A paid maker as a provider: the pool's, with prices, and with what outlives this process.
#include "broker/paid.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

// An external id is the pool's with the job's name after a bar: that is known after a restart too.
static const char bar = '|';
// An input of the pool's own kind: stop what goes on elsewhere for a job.
static const char abandon_member[] = "abandon";

enum { ABANDON_WAIT_MS = 50, ABANDON_WAITS_MAX = 2400 };

static const char *job_of(const char *folder)
{
    const char *slash = strrchr(folder, '/');
    return slash ? slash + 1 : folder;
}

static void pool_id(const char *external_id, char out[CR_EXTERNAL_ID_BYTES])
{
    snprintf(out, CR_EXTERNAL_ID_BYTES, "%.*s", (int)strcspn(external_id, "|"), external_id);
}

static cr_status paid_estimate(void *cookie, const cr_request *request, cr_money *out,
                               cr_fault *fault)
{
    const cr_paid_maker *own = cookie;
    cr_status status = own->inner.estimate(own->inner.cookie, request, out, fault);
    return status == CR_OK && own->price ? own->price(own, request->input, out, fault) : status;
}

static cr_status paid_submit(void *cookie, const cr_request *request,
                             char external_id[CR_EXTERNAL_ID_BYTES], cr_fault *fault)
{
    cr_paid_maker *own = cookie;
    char inner[CR_EXTERNAL_ID_BYTES];
    cr_status status = own->inner.submit(own->inner.cookie, request, inner, fault);
    if (status == CR_OK)
        snprintf(external_id, CR_EXTERNAL_ID_BYTES, "%.60s%c%.60s", inner, bar,
                 job_of(request->folder));
    return status;
}

static cr_status paid_poll(void *cookie, const char *external_id, cr_provider_state *out,
                           cr_fault *fault)
{
    const cr_paid_maker *own = cookie;
    char inner[CR_EXTERNAL_ID_BYTES];
    pool_id(external_id, inner);
    cr_status status = own->inner.poll(own->inner.cookie, inner, out, fault);
    if (status != CR_OK || !out->is_done) return status;
    cJSON *cost = cJSON_DetachItemFromObjectCaseSensitive(out->output, "cost");
    if (cJSON_IsNumber(cost)) out->cost = (cr_money)cost->valuedouble;
    cJSON_Delete(cost);
    return CR_OK;
}

// What goes on elsewhere is stopped by a piece of work of its own, since nothing here waits.
static void paid_cancel(void *cookie, const char *external_id)
{
    cr_paid_maker *own = cookie;
    char inner[CR_EXTERNAL_ID_BYTES];
    pool_id(external_id, inner);
    own->inner.cancel(own->inner.cookie, inner);
    const char *job = strchr(external_id, bar);
    if (!job || !own->abandon) return;
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, abandon_member, job + 1);
    const cr_request request = {.kind = own->builtin.kind, .input = input, .folder = ""};
    // When there is no room for it the service's own deadline ends the work.
    cr_status status = own->inner.submit(own->inner.cookie, &request, inner, NULL);
    (void)status;
    cJSON_Delete(input);
}

static void paid_close(void *cookie)
{
    (void)cookie; // the maker belongs to who made the registry
}

cr_status cr_paid_provider(cr_paid_maker *maker, cr_builtin_pool *pool, cr_provider *out,
                           cr_fault *fault)
{
    maker->builtin.id = maker->id;
    maker->builtin.label = maker->label;
    maker->builtin.context = maker;
    maker->builtin.concurrent_max = (int)cr_model_limit(maker->model, "concurrent", 4);
    cr_status status = cr_builtin_pool_provider(pool, &maker->builtin, &maker->inner, fault);
    if (status != CR_OK) return status;
    cr_provider provider = maker->inner;
    provider.cookie = maker;
    provider.goes_on = true;
    provider.takes_voice = strcmp(provider.kind, "lipsync") == 0;
    provider.takes_notes = maker->change != NULL;
    provider.service = maker->service->label;
    provider.model = maker->model->data;
    provider.limits.deadline_ms =
        (int64_t)(cr_model_limit(maker->model, "deadline_s", 1800) * 1000) * 2;
    provider.estimate = paid_estimate;
    provider.submit = paid_submit;
    provider.poll = paid_poll;
    provider.cancel = paid_cancel;
    provider.close = paid_close;
    *out = provider;
    return CR_OK;
}

static bool is_running(cr_paid_maker *maker, const char *job)
{
    bool is_there = false;
    pthread_mutex_lock(&maker->lock);
    for (int i = 0; i < maker->running_count; i++)
        is_there = is_there || strcmp(maker->running[i], job) == 0;
    pthread_mutex_unlock(&maker->lock);
    return is_there;
}

static void enter(cr_paid_maker *maker, const char *job)
{
    pthread_mutex_lock(&maker->lock);
    if (maker->running_count < CR_PAID_RUNNING_MAX)
        maker->running[maker->running_count++] = cr_strdup(job);
    pthread_mutex_unlock(&maker->lock);
}

static void leave(cr_paid_maker *maker, const char *job)
{
    pthread_mutex_lock(&maker->lock);
    for (int i = 0; i < maker->running_count; i++) {
        if (strcmp(maker->running[i], job) != 0) continue;
        cr_free(maker->running[i]);
        maker->running[i] = maker->running[--maker->running_count];
        break;
    }
    pthread_mutex_unlock(&maker->lock);
}

// Stops everything that still goes on for [name], once nobody here waits for it any more.
static cr_status abandon(cr_paid_maker *maker, const cr_work *work, const char *name)
{
    cr_paid_job job = {.work = work, .maker = maker};
    const cr_ledger *ledger = maker->service->ledger;
    for (int i = 0; i < ABANDON_WAITS_MAX && is_running(maker, name); i++) {
        cr_status paused = cr_paid_pause(&job, ABANDON_WAIT_MS, NULL);
        if (paused != CR_OK) return paused;
    }
    cr_call_list list = {0};
    cr_status status = ledger->calls(ledger->cookie, name, &list, NULL);
    for (int i = 0; status == CR_OK && i < list.count; i++) {
        const cr_call *call = &list.calls[i];
        if (call->state != CR_CALL_ACCEPTED) continue;
        cr_money cost = call->reserved;
        status = maker->abandon(maker, call, &cost);
        if (status == CR_OK)
            status = ledger->settle(ledger->cookie, call->id, cost ? CR_CALL_BOUGHT : CR_CALL_FREE,
                                    cost, "stopped: not wanted any more", NULL);
    }
    cr_call_list_free(&list);
    return status == CR_OK ? CR_CANCELED : status;
}

cr_status cr_paid_job_open(cr_paid_job *out, const cr_work *work, cr_fault *fault)
{
    cr_paid_maker *maker = work->context;
    const cJSON *unwanted = cJSON_GetObjectItemCaseSensitive(work->request->input, abandon_member);
    if (cJSON_IsString(unwanted)) return abandon(maker, work, unwanted->valuestring);
    *out = (cr_paid_job){.work = work, .maker = maker};
    out->name = cr_strdup(job_of(work->request->folder));
    out->keep = cr_format("%s.paid", work->request->folder);
    enter(maker, out->name);
    cr_status status = cr_paid_folder_make(out->keep, fault);
    if (status != CR_OK) cr_paid_job_close(out);
    return status;
}

void cr_paid_job_close(cr_paid_job *job)
{
    if (job->name) leave(job->maker, job->name);
    cr_free(job->name);
    cr_free(job->keep);
    *job = (cr_paid_job){0};
}
