// Jobs: every unit of work as a row with the hash of its inputs. The row is written before the work
// is asked for, the provider's id after it, the result once.
#pragma once

#include "store/store.h"

#define CR_JOB_STATE_MAP(X)                                                                        \
    X(WAITING, "waiting")     /* written down, not yet asked for */                                \
    X(SUBMITTED, "submitted") /* the provider has it and gave an id */                             \
    X(RUNNING, "running")     /* the provider said that it is at work */                           \
    X(DONE, "done")                                                                                \
    X(FAILED, "failed")                                                                            \
    X(CANCELED, "canceled") /* not wanted any more; the same work later is another row */

// Where a job stands.
typedef enum cr_job_state {
    CR_JOB_NONE = 0,
#define X(name, text) CR_JOB_##name,
    CR_JOB_STATE_MAP(X)
#undef X
} cr_job_state;

// For the database and for people. Static.
const char *cr_job_state_name(cr_job_state state); // "waiting"; "none" for CR_JOB_NONE

// Waiting, submitted or running.
bool cr_job_is_live(cr_job_state state);

// One job as it is stored.
typedef struct cr_job {
    int64_t id;
    char *unit; // "scene/3/voice"
    int scene;  // 0: of the whole film
    char *kind, *provider;
    int provider_version;
    char *input_hash;
    cr_job_state state;
    char *external_id, *owner; // "" none
    int64_t lease_until_ms;
    int attempts;
    cJSON *input;
    cJSON *output; // NULL unless done
    char *error;   // "" unless failed (or failed before)
    int64_t cost;  // millionths of a US dollar
    int64_t created_ms, changed_ms;
} cr_job;

// Frees what it owns and zeroes it.
void cr_job_free(cr_job *job);

// Jobs as they are stored.
typedef struct cr_job_list {
    int count;
    cr_job *jobs; // by id
} cr_job_list;

void cr_job_list_free(cr_job_list *list);

// Who works on a job, and until when nobody else may.
typedef struct cr_lease {
    const char *owner; // of this process, unique
    int64_t now_ms, until_ms;
    // Is that other owner known to have died? NULL: only a lease that ran out tells.
    bool (*is_gone)(void *cookie, const char *owner);
    void *cookie;
} cr_lease;

// What is about to be asked for.
typedef struct cr_job_intent {
    const char *project, *unit, *kind, *provider, *input_hash;
    int scene;
    int provider_version;
    const cJSON *input;
} cr_job_intent;

// All rows of a film, canceled ones included. Gives the list.
CR_CHECKED cr_status cr_store_jobs_get(cr_store *store, const char *project, cr_job_list *out,
                                       cr_fault *fault);

// Write the intent down and lease it. There is one row that is not canceled for a unit and an input
// hash: when it is there already it is taken over if its owner is this one, gone, or out of time,
// and given as it is when it is done or failed. CR_BUSY: somebody else is at it. Gives the job.
CR_CHECKED cr_status cr_store_job_claim(cr_store *store, const cr_job_intent *intent,
                                        const cr_lease *lease, cr_job *out, cr_fault *fault);

// The provider took it. All of these answer CR_CONFLICT when the lease is not this owner's any more
// or the job has ended.
CR_CHECKED cr_status cr_store_job_submitted(cr_store *store, int64_t job, const cr_lease *lease,
                                            const char *external_id, cr_fault *fault);
CR_CHECKED cr_status cr_store_job_running(cr_store *store, int64_t job, const cr_lease *lease,
                                          cr_fault *fault);
// The provider does not know it any more: back to waiting, still leased.
CR_CHECKED cr_status cr_store_job_lost(cr_store *store, int64_t job, const cr_lease *lease,
                                       cr_fault *fault);
// Longer leases for all live jobs of the owner; not part of the change feed.
CR_CHECKED cr_status cr_store_leases_renew(cr_store *store, const cr_lease *lease, cr_fault *fault);
// Give all live jobs back, for others to take over at once.
CR_CHECKED cr_status cr_store_leases_drop(cr_store *store, const cr_lease *lease, cr_fault *fault);

// The end of a job, once. [output] is written into the tables of what it is (scenes, shot_images,
// video_clips, audio_assets) in the same transaction.
CR_CHECKED cr_status cr_store_job_done(cr_store *store, int64_t job, const cr_lease *lease,
                                       const cJSON *output, int64_t cost, cr_fault *fault);
CR_CHECKED cr_status cr_store_job_failed(cr_store *store, int64_t job, const cr_lease *lease,
                                         const char *error, int64_t cost, cr_fault *fault);
CR_CHECKED cr_status cr_store_job_canceled(cr_store *store, int64_t job, const cr_lease *lease,
                                           cr_fault *fault);

// Let a failed unit, or with [unit] NULL all of them, be tried again. *count: how many.
CR_CHECKED cr_status cr_store_jobs_retry(cr_store *store, const char *project, const char *unit,
                                         int64_t now_ms, int *count, cr_fault *fault);

// The result of a done job has vanished: the row is canceled, so that the work is done again.
CR_CHECKED cr_status cr_store_job_forget(cr_store *store, int64_t job, const char *why,
                                         int64_t now_ms, cr_fault *fault);
