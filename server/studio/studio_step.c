#include <string.h>

#include "base/mem.h"
#include "studio/asset_folder.h"
#include "studio/board.h"
#include "studio/graph_inputs.h"
#include "studio/studio_state.h"

// What a step does may change the store under it; each function below works on the snapshot that
// the step began with and leaves the rows to say who was first: CR_CONFLICT and CR_BUSY mean that
// somebody else was.
static cr_status unless_taken(cr_status status)
{
    return status == CR_CONFLICT || status == CR_BUSY ? CR_OK : status;
}

static bool is_own(const cr_studio *studio, const cr_job *job)
{
    return cr_job_is_live(job->state) && strcmp(job->owner, cr_presence_id(studio->presence)) == 0;
}

// Index of the unit that wants this row's result, or -1.
static int wanted_by(const cr_studio *studio, const cr_job *job)
{
    for (int i = 0; i < studio->graph.unit_count; i++)
        if (studio->graph.units[i].job == job) return i;
    return -1;
}

static cr_status fail_job(cr_studio *studio, const cr_job *job, const cr_fault *why,
                          cr_fault *fault)
{
    char line[sizeof why->text + sizeof why->where];
    cr_fault_line(why, line, sizeof line);
    const cr_lease lease = cr_studio_lease(studio);
    cr_status status = cr_store_job_failed(studio->desc.store, job->id, &lease, line, 0, fault);
    cr_work_folder_remove(studio->folder, job->id);
    return unless_taken(status);
}

// A failure of our own disk is not the job's: it stays as it is, and the step says so.
static bool is_ours(cr_status status)
{
    return status == CR_NOSPACE || status == CR_DENIED || status == CR_NOMEM;
}

static cr_status record_result(cr_studio *studio, const cr_job *job, const cr_provider_state *state,
                               cr_fault *fault)
{
    char *work = cr_format("%s/work/%lld", studio->folder, (long long)job->id);
    cJSON *kept = NULL;
    cr_fault why = {0};
    cr_status status = cr_result_keep(studio, job->kind, work, state->output, &kept, &why);
    cr_free(work);
    if (is_ours(status)) {
        if (fault) *fault = why;
        return status;
    }
    if (status != CR_OK) return fail_job(studio, job, &why, fault);
    const cr_lease lease = cr_studio_lease(studio);
    status = cr_store_job_done(studio->desc.store, job->id, &lease, kept, state->cost, fault);
    cJSON_Delete(kept);
    cr_work_folder_remove(studio->folder, job->id);
    return unless_taken(status);
}

static cr_status check_deadline(cr_studio *studio, const cr_job *job, const cr_provider *provider,
                                cr_fault *fault)
{
    int64_t limit = provider->limits.deadline_ms;
    const cr_lease lease = cr_studio_lease(studio);
    if (limit <= 0 || lease.now_ms - job->changed_ms <= limit) return CR_OK;
    provider->cancel(provider->cookie, job->external_id);
    cr_fault why;
    cr_fail(&why, CR_TIMEOUT, "", "the %s was not ready after %lld s and was stopped",
            provider->label, (long long)(limit / 1000));
    return fail_job(studio, job, &why, fault);
}

static cr_status poll_job(cr_studio *studio, const cr_job *job, int unit, cr_fault *fault)
{
    const cr_provider *provider = cr_registry_by_id(studio->desc.registry, job->provider);
    const cr_lease lease = cr_studio_lease(studio);
    cr_provider_state state = {0};
    cr_fault why = {0};
    cr_status status =
        provider ? provider->poll(provider->cookie, job->external_id, &state, &why) : CR_NOTFOUND;
    if (status == CR_NOTFOUND)
        return unless_taken(cr_store_job_lost(studio->desc.store, job->id, &lease, fault));
    if (status != CR_OK) return fail_job(studio, job, &why, fault);
    if (state.is_done) {
        status = record_result(studio, job, &state, fault);
        cJSON_Delete(state.output);
        return status;
    }
    studio->percents[unit] = state.progress_percent;
    if (job->state == CR_JOB_SUBMITTED && state.progress_percent > 0) {
        status = cr_store_job_running(studio->desc.store, job->id, &lease, fault);
        if (status != CR_OK) return unless_taken(status);
    }
    return check_deadline(studio, job, provider, fault);
}

// Nobody wants it any more: its unit's inputs have changed.
static cr_status drop_job(cr_studio *studio, const cr_job *job, cr_fault *fault)
{
    const cr_provider *provider = cr_registry_by_id(studio->desc.registry, job->provider);
    if (provider && job->external_id[0]) provider->cancel(provider->cookie, job->external_id);
    const cr_lease lease = cr_studio_lease(studio);
    return unless_taken(cr_store_job_canceled(studio->desc.store, job->id, &lease, fault));
}

// May a live row of somebody else be taken over?
static bool is_free(const cr_studio *studio, const cr_job *job, const cr_lease *lease)
{
    return !job->owner[0] || job->lease_until_ms <= lease->now_ms ||
           cr_presence_is_gone(studio->presence, job->owner);
}

// Left behind by a process that died, and not wanted any more.
static cr_status drop_orphan(cr_studio *studio, const cr_job *job, cr_fault *fault)
{
    const cr_job_intent intent = {
        .project = studio->project, .unit = job->unit, .input_hash = job->input_hash};
    const cr_lease lease = cr_studio_lease(studio);
    cr_job own = {0};
    cr_status status = cr_store_job_claim(studio->desc.store, &intent, &lease, &own, fault);
    if (status == CR_OK && is_own(studio, &own)) status = drop_job(studio, &own, fault);
    cr_job_free(&own);
    return unless_taken(status);
}

static cr_status look_after_jobs(cr_studio *studio, cr_fault *fault)
{
    const cr_lease lease = cr_studio_lease(studio);
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        if (!cr_job_is_live(job->state)) continue;
        int unit = wanted_by(studio, job);
        cr_status status = CR_OK;
        if (!is_own(studio, job)) {
            if (unit < 0 && is_free(studio, job, &lease)) status = drop_orphan(studio, job, fault);
            if (status != CR_OK) return status;
            continue;
        }
        if (unit < 0)
            status = drop_job(studio, job, fault);
        else if (job->external_id[0])
            status = poll_job(studio, job, unit, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static int count_active(const cr_studio *studio)
{
    int count = 0;
    for (int i = 0; i < studio->jobs.count; i++)
        count += is_own(studio, &studio->jobs.jobs[i]) && studio->jobs.jobs[i].external_id[0];
    return count;
}

// An earlier unit that wants the very same.
static bool is_repeated(const cr_studio *studio, int index)
{
    const cr_unit *unit = &studio->graph.units[index];
    for (int i = 0; i < index; i++) {
        const cr_unit *other = &studio->graph.units[i];
        if (strcmp(other->hash, unit->hash) == 0 && strcmp(other->kind, unit->kind) == 0)
            return unit->hash[0] != '\0';
    }
    return false;
}

// Is it held back until the storyboard is approved?
static bool is_held(const cr_studio *studio, const cr_unit *unit)
{
    if (!studio->phase_max || unit->phase <= studio->phase_max) return false;
    const cr_scene_plan *plan = cr_graph_scene(&studio->graph, unit->scene);
    return !plan || !cr_scene_extra_int(plan->scene, "is_approved", 0);
}

// Is there any use in trying to lease this unit?
static bool may_start(const cr_studio *studio, const cr_unit *unit, const cr_lease *lease)
{
    if (unit->state == CR_UNIT_READY) return true;
    if (unit->state != CR_UNIT_LIVE) return false;
    const cr_job *job = unit->job;
    if (is_own(studio, job)) return !job->external_id[0];
    return is_free(studio, job, lease);
}

static cr_status claim_unit(cr_studio *studio, const cr_unit *unit, cr_job *job, cr_fault *fault)
{
    const cr_job_intent intent = {
        .project = studio->project,
        .unit = unit->id,
        .kind = unit->kind,
        .provider = unit->provider ? unit->provider->id : "assemble",
        .provider_version = unit->provider ? unit->provider->version : CR_ASSEMBLE_VERSION,
        .input_hash = unit->hash,
        .scene = unit->scene,
        .input = unit->input,
    };
    const cr_lease lease = cr_studio_lease(studio);
    return cr_store_job_claim(studio->desc.store, &intent, &lease, job, fault);
}

// The row is leased and nobody was asked yet (or who was asked is gone).
static cr_status submit_job(cr_studio *studio, const cr_unit *unit, const cr_job *job,
                            bool *is_busy, cr_fault *fault)
{
    char *work = NULL;
    cr_status status = cr_work_folder_make(studio->folder, job->id, &work, fault);
    if (status != CR_OK) return status;
    cJSON *input = cr_result_paths(studio, unit->input);
    const cr_request request = {.kind = unit->kind, .input = input, .folder = work};
    char external_id[CR_EXTERNAL_ID_BYTES] = "";
    cr_fault why = {0};
    status = unit->provider->submit(unit->provider->cookie, &request, external_id, &why);
    cJSON_Delete(input);
    cr_free(work);
    *is_busy = status == CR_BUSY;
    if (status == CR_BUSY) return CR_OK;
    if (status != CR_OK) return fail_job(studio, job, &why, fault);
    const cr_lease lease = cr_studio_lease(studio);
    return unless_taken(
        cr_store_job_submitted(studio->desc.store, job->id, &lease, external_id, fault));
}

static cr_status assemble_unit(cr_studio *studio, const cr_job *job, cr_fault *fault)
{
    cr_fault why = {0};
    char hash[CR_HASH_BYTES] = "";
    cr_status status = cr_studio_assemble(studio, hash, &why);
    if (is_ours(status)) {
        if (fault) *fault = why;
        return status;
    }
    if (status != CR_OK) return fail_job(studio, job, &why, fault);
    cJSON *output = cJSON_CreateObject();
    cJSON_AddStringToObject(output, "project", "project.json");
    cJSON_AddStringToObject(output, "hash", hash);
    const cr_lease lease = cr_studio_lease(studio);
    status = cr_store_job_done(studio->desc.store, job->id, &lease, output, 0, fault);
    cJSON_Delete(output);
    return unless_taken(status);
}

// *active counts the units that are under way.
static cr_status start_unit(cr_studio *studio, int index, int *active, cr_fault *fault)
{
    const cr_unit *unit = &studio->graph.units[index];
    cr_job job = {0};
    cr_status status = claim_unit(studio, unit, &job, fault);
    if (status != CR_OK) return unless_taken(status);
    // A row that was taken over may know of work that still goes on elsewhere: the next step asks.
    if (cr_job_is_live(job.state) && !job.external_id[0]) {
        bool is_busy = false;
        status = unit->provider ? submit_job(studio, unit, &job, &is_busy, fault)
                                : assemble_unit(studio, &job, fault);
        if (!is_busy) (*active)++;
    }
    cr_job_free(&job);
    return status;
}

// How many own units of this provider are under way: a provider that is full is not bothered.
static bool has_room(const cr_studio *studio, const cr_provider *provider, const int *started)
{
    int busy = started[provider - studio->desc.registry->providers];
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        busy +=
            is_own(studio, job) && job->external_id[0] && strcmp(job->provider, provider->id) == 0;
    }
    return provider->limits.concurrent_max <= 0 || busy < provider->limits.concurrent_max;
}

static cr_status start_ready(cr_studio *studio, cr_fault *fault)
{
    int active = count_active(studio);
    int started[CR_PROVIDERS_MAX] = {0};
    const cr_lease lease = cr_studio_lease(studio);
    for (int i = 0; i < studio->graph.unit_count; i++) {
        const cr_unit *unit = &studio->graph.units[i];
        if (active >= studio->desc.concurrent_max) return CR_OK;
        if (is_held(studio, unit) || is_repeated(studio, i)) continue;
        if (unit->provider && !has_room(studio, unit->provider, started)) continue;
        if (!may_start(studio, unit, &lease)) continue;
        cr_status status = start_unit(studio, i, &active, fault);
        if (status != CR_OK) return status;
        if (unit->provider) started[unit->provider - studio->desc.registry->providers]++;
    }
    return CR_OK;
}

// The project of these results was written once, but another one has taken its place since: write
// it again.
static cr_status check_project(cr_studio *studio, cr_fault *fault)
{
    int index = studio->graph.assemble;
    const cJSON *output = cr_graph_output(&studio->graph, index);
    if (!output) return CR_OK;
    char *written = NULL;
    cr_status status = cr_store_editor_get(studio->desc.store, studio->project, &written, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    bool is_it = written && strcmp(written, cr_member_text(output, "hash")) == 0 &&
                 cr_asset_folder_has(studio->folder, "project.json");
    cr_free(written);
    if (is_it) return CR_OK;
    return unless_taken(cr_store_job_forget(studio->desc.store, studio->graph.units[index].job->id,
                                            "another project took its place",
                                            cr_studio_lease(studio).now_ms, fault));
}

static cr_status renew_leases(cr_studio *studio, cr_fault *fault)
{
    const cr_lease lease = cr_studio_lease(studio);
    if (lease.now_ms - studio->renewed_ms < studio->desc.lease_ms / 3) return CR_OK;
    studio->renewed_ms = lease.now_ms;
    return cr_store_leases_renew(studio->desc.store, &lease, fault);
}

// Is the project complete, stuck, or on its way?
static cr_status judge(const cr_studio *studio, cr_fault *fault)
{
    const cr_graph *graph = &studio->graph;
    const cr_unit *failed = NULL;
    bool moves = graph->unit_count == 0;
    for (int i = 0; i < graph->unit_count; i++) {
        const cr_unit *unit = &graph->units[i];
        if (unit->state == CR_UNIT_READY || unit->state == CR_UNIT_LIVE) moves = true;
        if (unit->state == CR_UNIT_FAILED && !failed) failed = unit;
    }
    if (graph->assemble >= 0 && graph->units[graph->assemble].state == CR_UNIT_DONE) return CR_OK;
    if (moves || !failed) return CR_AGAIN;
    return cr_fail(fault, CR_INVALID, failed->id, "%s", failed->job->error);
}

cr_status cr_studio_step(cr_studio *studio, cr_fault *fault)
{
    cr_status status = cr_studio_refresh(studio, fault);
    if (status == CR_OK) status = renew_leases(studio, fault);
    if (status == CR_OK) status = look_after_jobs(studio, fault);
    if (status == CR_OK) status = check_project(studio, fault);
    if (status == CR_OK) status = cr_studio_refresh(studio, fault);
    if (status == CR_OK) status = start_ready(studio, fault);
    if (status == CR_OK) status = cr_studio_refresh(studio, fault);
    return status == CR_OK ? judge(studio, fault) : status;
}
