#include "studio/studio.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/vec.h"
#include "studio/asset_folder.h"
#include "studio/board.h"
#include "studio/studio_state.h"

static bool is_gone(void *cookie, const char *owner)
{
    return cr_presence_is_gone(cookie, owner);
}

cr_lease cr_studio_lease(const cr_studio *studio)
{
    int64_t now = studio->desc.now_ms(studio->desc.clock_cookie);
    return (cr_lease){
        .owner = cr_presence_id(studio->presence),
        .now_ms = now,
        .until_ms = now + studio->desc.lease_ms,
        .is_gone = is_gone,
        .cookie = studio->presence,
    };
}

static cr_status read_brief(cr_studio *studio, cr_fault *fault)
{
    cJSON *tree = NULL;
    cr_status status = cr_store_brief_get(studio->desc.store, studio->project, &tree, fault);
    if (status == CR_NOTFOUND) return CR_OK;
    if (status != CR_OK) return status;
    cr_brief brief;
    status = cr_brief_read(&brief, tree, fault);
    cJSON_Delete(tree);
    if (status != CR_OK) return status;
    cr_brief_free(&studio->brief);
    studio->brief = brief;
    studio->has_brief = true;
    return CR_OK;
}

// What was said of units under way stays said.
static void carry_percents(const cr_graph *before, const int *old, const cr_graph *after,
                           int *percents)
{
    for (int i = 0; i < after->unit_count; i++) {
        const cr_unit *unit = &after->units[i];
        const cr_unit *same = cr_graph_unit(before, unit->id);
        if (same && strcmp(same->hash, unit->hash) == 0) percents[i] = old[same - before->units];
    }
}

static cr_status derive(cr_studio *studio, cr_fault *fault)
{
    const cr_snapshot snapshot = {.brief = &studio->brief,
                                  .jobs = &studio->jobs,
                                  .scenes = &studio->scenes,
                                  .written = &studio->written,
                                  .registry = studio->desc.registry};
    cr_graph graph;
    cr_status status = cr_graph_build(&graph, &snapshot, fault);
    if (status != CR_OK) return status;
    int *percents = cr_alloc((size_t)graph.unit_count + 1, sizeof *percents);
    carry_percents(&studio->graph, studio->percents, &graph, percents);
    cr_graph_free(&studio->graph);
    cr_free(studio->percents);
    studio->graph = graph;
    studio->percents = percents;
    return CR_OK;
}

cr_status cr_studio_refresh(cr_studio *studio, cr_fault *fault)
{
    cr_store *store = studio->desc.store;
    int64_t revision = 0;
    cr_status status = cr_store_revision(store, studio->project, &revision, fault);
    if (status != CR_OK || revision == studio->revision) return status;
    cr_job_list jobs = {0};
    cr_scene_list written = {0}, scenes = {0};
    status = cr_store_jobs_get(store, studio->project, &jobs, fault);
    if (status == CR_OK) status = cr_store_scenes_get(store, studio->project, &written, fault);
    if (status == CR_OK) status = read_brief(studio, fault);
    if (status == CR_OK) status = cr_board_scenes(studio->brief.board, &written, &scenes, fault);
    if (status != CR_OK) {
        cr_job_list_free(&jobs);
        cr_scene_list_free(&written);
        return status;
    }
    // The graph borrows from what it was derived from: the old ones go after it.
    cr_job_list old_jobs = studio->jobs;
    cr_scene_list old_written = studio->written, old_scenes = studio->scenes;
    studio->jobs = jobs;
    studio->written = written;
    studio->scenes = scenes;
    if (status == CR_OK && studio->has_brief) status = derive(studio, fault);
    if (status == CR_OK)
        studio->revision = revision;
    else
        cr_graph_free(&studio->graph);
    cr_job_list_free(&old_jobs);
    cr_scene_list_free(&old_written);
    cr_scene_list_free(&old_scenes);
    return status;
}

// Results whose files have vanished are none any more.
static cr_status forget_missing(cr_studio *studio, cr_fault *fault)
{
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        char *missing = NULL;
        if (job->state != CR_JOB_DONE || cr_result_is_whole(studio, job->output, &missing))
            continue;
        char *why = cr_format("%s has vanished", missing);
        cr_status status = cr_store_job_forget(studio->desc.store, job->id, why,
                                               cr_studio_lease(studio).now_ms, fault);
        cr_free(missing);
        cr_free(why);
        // Another process may have seen it first.
        if (status != CR_OK && status != CR_CONFLICT) return status;
    }
    return cr_studio_refresh(studio, fault);
}

cr_status cr_studio_open(cr_studio **out, const cr_studio_desc *desc, cr_fault *fault)
{
    CR_ASSERT(desc->store && desc->registry && desc->now_ms);
    if (desc->concurrent_max < 0 || desc->concurrent_max > CR_STUDIO_CONCURRENT_MAX)
        return cr_fail(fault, CR_LIMIT, "", "from 1 to %d units at once, not %d",
                       CR_STUDIO_CONCURRENT_MAX, desc->concurrent_max);
    cr_status status = cr_asset_folder_make(desc->folder, fault);
    if (status != CR_OK) return status;
    cr_studio *studio = cr_alloc(1, sizeof *studio);
    studio->desc = *desc;
    if (!studio->desc.concurrent_max) studio->desc.concurrent_max = 4;
    if (!studio->desc.lease_ms) studio->desc.lease_ms = CR_STUDIO_LEASE_MS;
    studio->project = cr_strdup(desc->project ? desc->project : "film");
    studio->set_aside = cr_strdup("");
    studio->revision = -1;
    cr_graph_free(&studio->graph);
    char *path = realpath(desc->folder, NULL);
    studio->folder = cr_strdup(path ? path : desc->folder);
    free(path);
    status = cr_presence_open(&studio->presence, studio->folder, fault);
    if (status == CR_OK) status = cr_studio_refresh(studio, fault);
    if (status == CR_OK) status = forget_missing(studio, fault);
    if (status != CR_OK) {
        cr_studio_close(&studio);
        return status;
    }
    *out = studio;
    return CR_OK;
}

// Jobs of this process that a provider has: stopped, and waiting to be asked for again.
static void cancel_all(cr_studio *studio)
{
    const char *owner = cr_presence_id(studio->presence);
    const cr_lease lease = cr_studio_lease(studio);
    // When the store fails here the lock goes anyway, and others see that we are gone.
    cr_status status;
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        const cr_provider *provider = cr_registry_by_id(studio->desc.registry, job->provider);
        if (!cr_job_is_live(job->state) || strcmp(job->owner, owner) != 0 || !job->external_id[0])
            continue;
        // What goes on elsewhere is found again by the next process.
        if (provider && !provider->goes_on) provider->cancel(provider->cookie, job->external_id);
        status = cr_store_job_lost(studio->desc.store, job->id, &lease, NULL);
    }
    status = cr_store_leases_drop(studio->desc.store, &lease, NULL);
    (void)status;
}

void cr_studio_close(cr_studio **studio)
{
    cr_studio *own = *studio;
    if (!own) return;
    if (own->presence) cancel_all(own);
    cr_presence_close(&own->presence);
    cr_graph_free(&own->graph);
    cr_job_list_free(&own->jobs);
    cr_scene_list_free(&own->written);
    cr_scene_list_free(&own->scenes);
    cr_brief_free(&own->brief);
    cr_free(own->percents);
    cr_desk_close(&own->desk);
    cr_free(own->set_aside);
    cr_free(own->folder);
    cr_free(own->project);
    cr_free(own);
    *studio = NULL;
}

const cr_brief *cr_studio_brief(const cr_studio *studio)
{
    return studio->has_brief ? &studio->brief : NULL;
}

cr_status cr_studio_brief_set(cr_studio *studio, const cr_brief *brief, cr_fault *fault)
{
    cJSON *tree = cr_brief_write(brief);
    cr_status status = cr_store_brief_put(studio->desc.store, studio->project, tree,
                                          cr_studio_lease(studio).now_ms, fault);
    cJSON_Delete(tree);
    return status == CR_OK ? cr_studio_refresh(studio, fault) : status;
}

const cJSON *cr_studio_questions(const cr_studio *studio)
{
    return studio->has_brief && !studio->brief.is_answered ? cr_studio_asked(studio) : NULL;
}

const cJSON *cr_studio_asked(const cr_studio *studio)
{
    return studio->has_brief ? cr_graph_output(&studio->graph, studio->graph.questions) : NULL;
}

void cr_studio_hold(cr_studio *studio, cr_phase last)
{
    studio->phase_max = last;
}

cr_status cr_studio_retry(cr_studio *studio, const char *unit, int *count, cr_fault *fault)
{
    // The row may be another unit's, of which this one uses the result.
    const cr_unit *wanted = unit ? cr_graph_unit(&studio->graph, unit) : NULL;
    if (wanted && wanted->job) unit = wanted->job->unit;
    cr_status status = cr_store_jobs_retry(studio->desc.store, studio->project, unit,
                                           cr_studio_lease(studio).now_ms, count, fault);
    return status == CR_OK ? cr_studio_refresh(studio, fault) : status;
}

void cr_studio_progress_get(const cr_studio *studio, cr_studio_progress *out)
{
    *out = (cr_studio_progress){0};
    int parts[CR_PHASE_COUNT] = {0};
    for (int i = 0; i < studio->graph.unit_count; i++) {
        const cr_unit *unit = &studio->graph.units[i];
        cr_phase_progress *phase = &out->phases[unit->phase];
        phase->total++;
        if (unit->state == CR_UNIT_DONE) phase->done++;
        if (unit->state == CR_UNIT_FAILED) phase->failed++;
        if (unit->state == CR_UNIT_LIVE) phase->active++;
        int percent = studio->percents[i];
        parts[unit->phase] += unit->state == CR_UNIT_DONE ? 100 : percent > 0 ? percent : 0;
    }
    for (int i = CR_PHASE_COUNT - 1; i > CR_PHASE_NONE; i--) {
        cr_phase_progress *phase = &out->phases[i];
        if (phase->total) phase->percent = parts[i] / phase->total;
        if (phase->done < phase->total || !phase->total) out->phase = (cr_phase)i;
    }
}

const cr_graph *cr_studio_graph(const cr_studio *studio)
{
    return &studio->graph;
}

const cr_job_list *cr_studio_jobs(const cr_studio *studio)
{
    return &studio->jobs;
}

const char *cr_studio_set_aside(const cr_studio *studio)
{
    return studio->set_aside;
}
