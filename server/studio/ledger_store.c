#include "studio/ledger_store.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"

struct cr_ledger_store {
    pthread_mutex_t lock; // the store is used by one thread at a time
    cr_store *store;
    char *project;
    int64_t (*now_ms)(void *cookie);
    void *clock_cookie;
    cr_ledger calls;
};

static int64_t now(const cr_ledger_store *own)
{
    return own->now_ms(own->clock_cookie);
}

static cr_status intend(void *cookie, const cr_call_intent *intent, int64_t *id, cr_fault *fault)
{
    cr_ledger_store *own = cookie;
    char *job = cr_strdup(intent->job), *provider = cr_strdup(intent->provider);
    char *model = cr_strdup(intent->model), *request = cr_strdup(intent->request);
    const cr_call_row row = {.job = job,
                             .provider = provider,
                             .model = model,
                             .request = request,
                             .reserved = intent->reserve,
                             .created_ms = now(own)};
    pthread_mutex_lock(&own->lock);
    cr_status status = cr_store_call_intend(own->store, own->project, &row, id, fault);
    pthread_mutex_unlock(&own->lock);
    cr_free(job);
    cr_free(provider);
    cr_free(model);
    cr_free(request);
    return status;
}

static cr_status accept(void *cookie, int64_t id, const char *external_id, cr_fault *fault)
{
    cr_ledger_store *own = cookie;
    pthread_mutex_lock(&own->lock);
    cr_status status = cr_store_call_accept(own->store, id, external_id, now(own), fault);
    pthread_mutex_unlock(&own->lock);
    return status;
}

static cr_status settle(void *cookie, int64_t id, cr_call_state end, cr_money cost,
                        const char *note, cr_fault *fault)
{
    cr_ledger_store *own = cookie;
    pthread_mutex_lock(&own->lock);
    cr_status status =
        cr_store_call_settle(own->store, id, cr_call_state_name(end), cost, note, now(own), fault);
    pthread_mutex_unlock(&own->lock);
    return status;
}

// The rows' texts move into the calls.
static void take_rows(cr_call_rows *rows, cr_call_list *out)
{
    *out = (cr_call_list){.count = rows->count,
                          .calls = cr_alloc((size_t)rows->count + 1, sizeof *out->calls)};
    for (int i = 0; i < rows->count; i++) {
        cr_call_row *row = &rows->rows[i];
        out->calls[i] = (cr_call){.id = row->id,
                                  .job = row->job,
                                  .provider = row->provider,
                                  .model = row->model,
                                  .request = row->request,
                                  .external_id = row->external_id,
                                  .note = row->note,
                                  .state = cr_call_state_of(row->state),
                                  .reserved = row->reserved,
                                  .cost = row->cost,
                                  .created_ms = row->created_ms,
                                  .changed_ms = row->changed_ms};
        cr_free(row->state);
    }
    cr_free(rows->rows);
    *rows = (cr_call_rows){0};
}

static cr_status calls(void *cookie, const char *job, cr_call_list *out, cr_fault *fault)
{
    cr_ledger_store *own = cookie;
    cr_call_rows rows = {0};
    pthread_mutex_lock(&own->lock);
    cr_status status = cr_store_calls_get(own->store, own->project, job, &rows, fault);
    pthread_mutex_unlock(&own->lock);
    if (status == CR_OK) take_rows(&rows, out);
    return status;
}

static cr_status is_known(void *cookie, const char *provider, const char *external_id, bool *out,
                          cr_fault *fault)
{
    cr_ledger_store *own = cookie;
    pthread_mutex_lock(&own->lock);
    cr_status status = cr_store_call_is_known(own->store, provider, external_id, out, fault);
    pthread_mutex_unlock(&own->lock);
    return status;
}

cr_status cr_ledger_store_open(cr_ledger_store **out, const char *path, const char *project,
                               int64_t (*now_ms)(void *cookie), void *clock_cookie, cr_fault *fault)
{
    cr_store *store = NULL;
    cr_status status = cr_store_open(&store, path, fault);
    if (status != CR_OK) return status;
    cr_ledger_store *own = cr_alloc(1, sizeof *own);
    pthread_mutex_init(&own->lock, NULL);
    own->store = store;
    own->project = cr_strdup(project ? project : "film");
    own->now_ms = now_ms;
    own->clock_cookie = clock_cookie;
    own->calls = (cr_ledger){.cookie = own,
                             .intend = intend,
                             .accept = accept,
                             .settle = settle,
                             .calls = calls,
                             .is_known = is_known};
    *out = own;
    return CR_OK;
}

void cr_ledger_store_close(cr_ledger_store **ledger)
{
    cr_ledger_store *own = *ledger;
    if (!own) return;
    cr_store_close(&own->store);
    pthread_mutex_destroy(&own->lock);
    cr_free(own->project);
    cr_free(own);
    *ledger = NULL;
}

const cr_ledger *cr_ledger_store_calls(const cr_ledger_store *ledger)
{
    return &ledger->calls;
}

cr_status cr_ledger_store_budget(cr_ledger_store *ledger, cr_budget *out, cr_fault *fault)
{
    pthread_mutex_lock(&ledger->lock);
    cr_status status =
        cr_store_budget_get(ledger->store, ledger->project, CR_BUDGET_CAP_FALLBACK, out, fault);
    pthread_mutex_unlock(&ledger->lock);
    return status;
}

cr_status cr_ledger_store_cap(cr_ledger_store *ledger, int64_t cap, cr_fault *fault)
{
    pthread_mutex_lock(&ledger->lock);
    cr_status status = cr_store_budget_put(ledger->store, ledger->project, cap, fault);
    pthread_mutex_unlock(&ledger->lock);
    return status;
}

cr_status cr_ledger_store_rows(cr_ledger_store *ledger, cr_call_rows *out, cr_fault *fault)
{
    pthread_mutex_lock(&ledger->lock);
    cr_status status = cr_store_calls_get(ledger->store, ledger->project, NULL, out, fault);
    pthread_mutex_unlock(&ledger->lock);
    return status;
}
