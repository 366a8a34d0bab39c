#include "store/store_jobs.h"

#include <string.h>

#include "base/vec.h"
#include "store/store_query.h"

#define LIVE "state IN ('waiting', 'submitted', 'running')"
#define COLUMNS                                                                                    \
    "id, unit, scene, kind, provider, provider_version, input_hash, state, external_id, owner,"    \
    " lease_until_ms, attempts, input, output, error, cost, created_ms, changed_ms"

static const char *const state_names[] = {"none",
#define X(name, text) text,
                                          CR_JOB_STATE_MAP(X)
#undef X
};

const char *cr_job_state_name(cr_job_state state)
{
    return (size_t)state < CR_COUNT_OF(state_names) ? state_names[state] : state_names[0];
}

bool cr_job_is_live(cr_job_state state)
{
    return state == CR_JOB_WAITING || state == CR_JOB_SUBMITTED || state == CR_JOB_RUNNING;
}

void cr_job_free(cr_job *job)
{
    cr_free(job->unit);
    cr_free(job->kind);
    cr_free(job->provider);
    cr_free(job->input_hash);
    cr_free(job->external_id);
    cr_free(job->owner);
    cr_free(job->error);
    cJSON_Delete(job->input);
    cJSON_Delete(job->output);
    *job = (cr_job){0};
}

void cr_job_list_free(cr_job_list *list)
{
    for (int i = 0; i < list->count; i++)
        cr_job_free(&list->jobs[i]);
    cr_free(list->jobs);
    *list = (cr_job_list){0};
}

static cr_job_state state_of(const char *name)
{
    for (size_t i = 1; i < CR_COUNT_OF(state_names); i++)
        if (strcmp(state_names[i], name) == 0) return (cr_job_state)i;
    return CR_JOB_NONE;
}

static cr_status read_job(const cr_query *query, cr_job *job, cr_fault *fault)
{
    char *state = cr_query_text(query, 7);
    *job = (cr_job){
        .id = cr_query_int(query, 0),
        .unit = cr_query_text(query, 1),
        .scene = (int)cr_query_int(query, 2),
        .kind = cr_query_text(query, 3),
        .provider = cr_query_text(query, 4),
        .provider_version = (int)cr_query_int(query, 5),
        .input_hash = cr_query_text(query, 6),
        .state = state_of(state),
        .external_id = cr_query_text(query, 8),
        .owner = cr_query_text(query, 9),
        .lease_until_ms = cr_query_int(query, 10),
        .attempts = (int)cr_query_int(query, 11),
        .error = cr_query_text(query, 14),
        .cost = cr_query_int(query, 15),
        .created_ms = cr_query_int(query, 16),
        .changed_ms = cr_query_int(query, 17),
    };
    cr_free(state);
    cr_status status = cr_query_json(query, 12, &job->input, fault);
    return status == CR_OK ? cr_query_json(query, 13, &job->output, fault) : status;
}

cr_status cr_store_jobs_get(cr_store *store, const char *project, cr_job_list *out, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT " COLUMNS " FROM jobs WHERE project = ? ORDER BY id", "t", project);
    if (status != CR_OK) return status;
    cr_job_list list = {0};
    int room = 0;
    while ((status = cr_query_next(&query, fault)) == CR_OK) {
        CR_VEC_GROW(list.jobs, list.count, room);
        status = read_job(&query, &list.jobs[list.count++], fault);
        if (status != CR_OK) break;
    }
    cr_query_close(&query);
    if (status != CR_EOF) {
        cr_job_list_free(&list);
        return status;
    }
    *out = list;
    return CR_OK;
}

// Within a transaction. CR_NOTFOUND when there is none.
static cr_status find_job(cr_store *store, const cr_job_intent *intent, cr_job *out,
                          cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault,
                                     "SELECT " COLUMNS " FROM jobs WHERE project = ? AND unit = ?"
                                     " AND input_hash = ? AND state <> 'canceled'",
                                     "ttt", intent->project, intent->unit, intent->input_hash);
    if (status != CR_OK) return status;
    cr_job job = {0};
    status = cr_query_next(&query, fault);
    if (status == CR_OK) status = read_job(&query, &job, fault);
    cr_query_close(&query);
    if (status == CR_OK)
        *out = job;
    else
        cr_job_free(&job);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

// Tell the change feed where a job stands.
static cr_status announce(cr_store *store, int64_t job, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT project, unit, state, error FROM jobs WHERE id = ?", "i", job);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    char *text[4] = {NULL};
    for (int i = 0; i < 4 && status == CR_OK; i++)
        text[i] = cr_query_text(&query, i);
    cr_query_close(&query);
    if (status == CR_OK) {
        cJSON *body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "what", "job");
        cr_json_add_int(body, "job", job);
        cJSON_AddStringToObject(body, "unit", text[1]);
        cJSON_AddStringToObject(body, "state", text[2]);
        if (text[3][0]) cJSON_AddStringToObject(body, "error", text[3]);
        status = cr_store_announce(store, text[0], body, fault);
    }
    for (int i = 0; i < 4; i++)
        cr_free(text[i]);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

static cr_status insert_job(cr_store *store, const cr_job_intent *intent, const cr_lease *lease,
                            cr_fault *fault)
{
    int64_t id;
    cr_status status = cr_store_run_int(
        store, &id, fault,
        "INSERT INTO jobs (project, unit, scene, kind, provider, provider_version, input_hash,"
        " state, owner, lease_until_ms, input, created_ms, changed_ms)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', ?8, ?9, ?10, ?11, ?11) RETURNING id",
        "ttittittiji", intent->project, intent->unit, (int64_t)intent->scene, intent->kind,
        intent->provider, (int64_t)intent->provider_version, intent->input_hash, lease->owner,
        lease->until_ms, intent->input, lease->now_ms);
    if (status != CR_OK) return status;
    return announce(store, id, fault);
}

static bool may_take(const cr_job *job, const cr_lease *lease)
{
    return !job->owner[0] || strcmp(job->owner, lease->owner) == 0 ||
           job->lease_until_ms <= lease->now_ms ||
           (lease->is_gone && lease->is_gone(lease->cookie, job->owner));
}

static cr_status claim(cr_store *store, const cr_job_intent *intent, const cr_lease *lease,
                       cr_job *out, cr_fault *fault)
{
    cr_status status = find_job(store, intent, out, fault);
    if (status == CR_NOTFOUND) {
        status = insert_job(store, intent, lease, fault);
        return status == CR_OK ? find_job(store, intent, out, fault) : status;
    }
    if (status != CR_OK || !cr_job_is_live(out->state)) return status;
    if (!may_take(out, lease)) return CR_BUSY;
    status = cr_store_run(store, fault,
                          "UPDATE jobs SET owner = ?, lease_until_ms = ?, changed_ms = ?"
                          " WHERE id = ?",
                          "tiii", lease->owner, lease->until_ms, lease->now_ms, out->id);
    if (status == CR_OK) status = announce(store, out->id, fault);
    if (status != CR_OK) return status;
    cr_free(out->owner);
    out->owner = cr_strdup(lease->owner);
    out->lease_until_ms = lease->until_ms;
    return CR_OK;
}

cr_status cr_store_job_claim(cr_store *store, const cr_job_intent *intent, const cr_lease *lease,
                             cr_job *out, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    cr_job job = {0};
    status = cr_store_end(store, claim(store, intent, lease, &job, fault), fault);
    if (status == CR_OK)
        *out = job;
    else
        cr_job_free(&job);
    return status;
}

// Run an UPDATE that has set something of one live job of the lease's owner.
static cr_status changed_one(cr_store *store, int64_t job, cr_status status, cr_fault *fault)
{
    if (status == CR_OK && cr_store_changed(store) == 0)
        return cr_fail(fault, CR_CONFLICT, "", "job %lld has ended or is somebody else's",
                       (long long)job);
    return status == CR_OK ? announce(store, job, fault) : status;
}

static cr_status set_state(cr_store *store, int64_t job, const cr_lease *lease, cr_job_state state,
                           const char *external_id, int64_t attempt, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = cr_store_run(store, fault,
                          "UPDATE jobs SET state = ?, external_id = coalesce(?, external_id),"
                          " attempts = attempts + ?, changed_ms = ?"
                          " WHERE id = ? AND owner = ? AND " LIVE,
                          "ttiiit", cr_job_state_name(state), external_id, attempt, lease->now_ms,
                          job, lease->owner);
    return cr_store_end(store, changed_one(store, job, status, fault), fault);
}

cr_status cr_store_job_submitted(cr_store *store, int64_t job, const cr_lease *lease,
                                 const char *external_id, cr_fault *fault)
{
    return set_state(store, job, lease, CR_JOB_SUBMITTED, external_id, 1, fault);
}

cr_status cr_store_job_running(cr_store *store, int64_t job, const cr_lease *lease, cr_fault *fault)
{
    return set_state(store, job, lease, CR_JOB_RUNNING, NULL, 0, fault);
}

cr_status cr_store_job_lost(cr_store *store, int64_t job, const cr_lease *lease, cr_fault *fault)
{
    return set_state(store, job, lease, CR_JOB_WAITING, "", 0, fault);
}

cr_status cr_store_job_canceled(cr_store *store, int64_t job, const cr_lease *lease,
                                cr_fault *fault)
{
    return set_state(store, job, lease, CR_JOB_CANCELED, NULL, 0, fault);
}

cr_status cr_store_leases_renew(cr_store *store, const cr_lease *lease, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "UPDATE jobs SET lease_until_ms = ? WHERE owner = ? AND " LIVE, "it",
                        lease->until_ms, lease->owner);
}

cr_status cr_store_leases_drop(cr_store *store, const cr_lease *lease, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "UPDATE jobs SET owner = NULL, lease_until_ms = 0, changed_ms = ?"
                        " WHERE owner = ? AND " LIVE,
                        "it", lease->now_ms, lease->owner);
}

static cr_status end_job(cr_store *store, int64_t job, const cr_lease *lease, cr_job_state state,
                         const cJSON *output, const char *error, int64_t cost, cr_fault *fault)
{
    cr_status status = cr_store_run(
        store, fault,
        "UPDATE jobs SET state = ?, output = ?, error = ?, cost = cost + ?, changed_ms = ?,"
        " lease_until_ms = 0 WHERE id = ? AND owner = ? AND " LIVE,
        "tjtiiit", cr_job_state_name(state), output, error, cost, lease->now_ms, job, lease->owner);
    status = changed_one(store, job, status, fault);
    if (status == CR_OK && output) status = cr_store_keep_output(store, job, output, fault);
    return status;
}

cr_status cr_store_job_done(cr_store *store, int64_t job, const cr_lease *lease,
                            const cJSON *output, int64_t cost, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = end_job(store, job, lease, CR_JOB_DONE, output, NULL, cost, fault);
    return cr_store_end(store, status, fault);
}

cr_status cr_store_job_failed(cr_store *store, int64_t job, const cr_lease *lease,
                              const char *error, int64_t cost, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = end_job(store, job, lease, CR_JOB_FAILED, NULL, error, cost, fault);
    return cr_store_end(store, status, fault);
}

cr_status cr_store_jobs_retry(cr_store *store, const char *project, const char *unit,
                              int64_t now_ms, int *count, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = cr_store_run(store, fault,
                          "UPDATE jobs SET state = 'waiting', owner = NULL, external_id = NULL,"
                          " lease_until_ms = 0, changed_ms = ?1 WHERE project = ?2"
                          " AND (?3 IS NULL OR unit = ?3) AND state = 'failed'",
                          "itt", now_ms, project, unit);
    int changed = cr_store_changed(store);
    if (status == CR_OK && changed > 0) {
        cJSON *body = cJSON_CreateObject();
        cJSON_AddStringToObject(body, "what", "retry");
        if (unit) cJSON_AddStringToObject(body, "unit", unit);
        status = cr_store_announce(store, project, body, fault);
    }
    status = cr_store_end(store, status, fault);
    if (status == CR_OK) *count = changed;
    return status;
}

cr_status cr_store_job_forget(cr_store *store, int64_t job, const char *why, int64_t now_ms,
                              cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = cr_store_run(store, fault,
                          "UPDATE jobs SET state = 'canceled', error = ?, changed_ms = ?"
                          " WHERE id = ? AND state = 'done'",
                          "tii", why, now_ms, job);
    return cr_store_end(store, changed_one(store, job, status, fault), fault);
}
