#include "broker/builtin_pool.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/assert.h"
#include "base/mem.h"

typedef enum job_state {
    JOB_NONE = 0,
    JOB_QUEUED,
    JOB_RUNNING,
    JOB_ENDED,
} job_state;

typedef struct maker {
    cr_builtin_pool *pool;
    const cr_builtin *builtin;
    int active; // queued or running
} maker;

// All members but the two atomics are guarded by the pool's lock.
typedef struct job {
    struct job *next;
    uint64_t number;
    maker *maker;
    cJSON *input;
    char *folder;
    job_state state;
    bool must_stop; // atomic
    int progress;   // atomic, percent
    cr_status status;
    cJSON *output;
    cr_fault fault;
} job;

struct cr_builtin_pool {
    const cr_host *host;
    char *data_folder;
    uint64_t instance; // what tells our external ids from those of another process
    pthread_mutex_t lock;
    pthread_cond_t has_work, has_result;
    bool is_closing;
    uint64_t results, results_seen;
    uint64_t next_number;
    job *jobs; // oldest first
    int job_count;
    maker makers[CR_POOL_MAKERS_MAX];
    int maker_count;
    pthread_t threads[CR_POOL_THREADS_MAX];
    int thread_count;
};

static void free_job(job *gone)
{
    cJSON_Delete(gone->input);
    cJSON_Delete(gone->output);
    cr_free(gone->folder);
    cr_free(gone);
}

// With the lock held, as all that follow up to the threads.
static job *find_job(cr_builtin_pool *pool, const char *external_id)
{
    char *end = NULL;
    unsigned long long instance = strtoull(external_id, &end, 16);
    if (*end != '-' || instance != pool->instance) return NULL;
    unsigned long long number = strtoull(end + 1, &end, 10);
    if (*end != '\0') return NULL;
    for (job *at = pool->jobs; at; at = at->next)
        if (at->number == number) return at;
    return NULL;
}

static void forget_job(cr_builtin_pool *pool, job *gone)
{
    job **link = &pool->jobs;
    while (*link != gone)
        link = &(*link)->next;
    *link = gone->next;
    pool->job_count--;
    free_job(gone);
}

static job *next_queued(cr_builtin_pool *pool)
{
    for (job *at = pool->jobs; at; at = at->next)
        if (at->state == JOB_QUEUED) return at;
    return NULL;
}

static void end_job(cr_builtin_pool *pool, job *ended, cr_status status)
{
    ended->state = JOB_ENDED;
    ended->status = status;
    ended->maker->active--;
    pool->results++;
    pthread_cond_broadcast(&pool->has_result);
}

static bool work_should_stop(const cr_work *work)
{
    const job *own = work->cookie;
    return __atomic_load_n(&own->must_stop, __ATOMIC_RELAXED);
}

static void work_progress(const cr_work *work, int percent)
{
    job *own = work->cookie;
    int clamped = percent < 0 ? 0 : percent > 100 ? 100 : percent;
    __atomic_store_n(&own->progress, clamped, __ATOMIC_RELAXED);
}

// Without the lock: the job's inputs do not change while it runs.
static cr_status do_work(const cr_builtin_pool *pool, job *own)
{
    const cr_builtin *builtin = own->maker->builtin;
    const cr_request request = {.kind = builtin->kind, .input = own->input, .folder = own->folder};
    const cr_work work = {.request = &request,
                          .host = pool->host,
                          .data_folder = pool->data_folder,
                          .should_stop = work_should_stop,
                          .progress = work_progress,
                          .context = builtin->context,
                          .cookie = own};
    cJSON *output = NULL;
    cr_status status = builtin->work(&work, &output, &own->fault);
    if (status == CR_OK && !output)
        status = cr_fail(&own->fault, CR_CORRUPT, builtin->id, "ended without a result");
    if (status == CR_OK)
        own->output = output;
    else
        cJSON_Delete(output);
    if (status == CR_AGAIN || status == CR_NOTFOUND) {
        // These two mean something else to who polls.
        own->fault.status = CR_INVALID;
        status = CR_INVALID;
    }
    return status;
}

static void *run_thread(void *cookie)
{
    cr_builtin_pool *pool = cookie;
    pthread_mutex_lock(&pool->lock);
    while (!pool->is_closing) {
        job *own = next_queued(pool);
        if (!own) {
            pthread_cond_wait(&pool->has_work, &pool->lock);
            continue;
        }
        own->state = JOB_RUNNING;
        pthread_mutex_unlock(&pool->lock);
        cr_status status = do_work(pool, own);
        pthread_mutex_lock(&pool->lock);
        end_job(pool, own, status);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static cr_status provider_estimate(void *cookie, const cr_request *request, cr_money *out,
                                   cr_fault *fault)
{
    const maker *own = cookie;
    if (strcmp(request->kind, own->builtin->kind) != 0)
        return cr_fail(fault, CR_INVALID, own->builtin->id, "makes %s, not %s", own->builtin->kind,
                       request->kind);
    if (!cJSON_IsObject(request->input))
        return cr_fail(fault, CR_INVALID, own->builtin->id, "the input must be an object");
    *out = 0;
    return CR_OK;
}

static cr_status provider_submit(void *cookie, const cr_request *request,
                                 char external_id[CR_EXTERNAL_ID_BYTES], cr_fault *fault)
{
    maker *own = cookie;
    cr_builtin_pool *pool = own->pool;
    cr_money nothing;
    cr_status status = provider_estimate(cookie, request, &nothing, fault);
    if (status != CR_OK) return status;
    pthread_mutex_lock(&pool->lock);
    if (own->active >= own->builtin->concurrent_max || pool->job_count >= CR_POOL_JOBS_MAX) {
        pthread_mutex_unlock(&pool->lock);
        return cr_fail(fault, CR_BUSY, own->builtin->id, "is at work already");
    }
    job *added = cr_alloc(1, sizeof *added);
    added->number = pool->next_number++;
    added->maker = own;
    added->input = cJSON_Duplicate(request->input, true);
    added->folder = cr_strdup(request->folder);
    added->state = JOB_QUEUED;
    job **link = &pool->jobs;
    while (*link)
        link = &(*link)->next;
    *link = added;
    pool->job_count++;
    own->active++;
    snprintf(external_id, CR_EXTERNAL_ID_BYTES, "%llx-%llu", (unsigned long long)pool->instance,
             (unsigned long long)added->number);
    pthread_cond_signal(&pool->has_work);
    pthread_mutex_unlock(&pool->lock);
    return CR_OK;
}

static cr_status provider_poll(void *cookie, const char *external_id, cr_provider_state *out,
                               cr_fault *fault)
{
    maker *own = cookie;
    cr_builtin_pool *pool = own->pool;
    cr_provider_state state = {0};
    cr_status status = CR_OK;
    pthread_mutex_lock(&pool->lock);
    job *found = find_job(pool, external_id);
    if (!found || found->maker != own) {
        status = cr_fail(fault, CR_NOTFOUND, external_id, "no such job in this process");
    } else if (found->state != JOB_ENDED) {
        state.progress_percent = __atomic_load_n(&found->progress, __ATOMIC_RELAXED);
    } else {
        status = found->status;
        state.is_done = status == CR_OK;
        state.progress_percent = 100;
        state.output = found->output;
        found->output = NULL;
        if (status != CR_OK && fault) *fault = found->fault;
        if (status != CR_OK && fault) fault->status = status;
        forget_job(pool, found);
    }
    pthread_mutex_unlock(&pool->lock);
    if (status == CR_OK) *out = state;
    return status;
}

static void provider_cancel(void *cookie, const char *external_id)
{
    maker *own = cookie;
    cr_builtin_pool *pool = own->pool;
    pthread_mutex_lock(&pool->lock);
    job *found = find_job(pool, external_id);
    if (found && found->maker == own) {
        __atomic_store_n(&found->must_stop, true, __ATOMIC_RELAXED);
        if (found->state == JOB_QUEUED) end_job(pool, found, CR_CANCELED);
    }
    pthread_mutex_unlock(&pool->lock);
}

// The pool owns its makers; closing one provider changes nothing.
static void provider_close(void *cookie)
{
    (void)cookie;
}

cr_status cr_builtin_pool_provider(cr_builtin_pool *pool, const cr_builtin *builtin,
                                   cr_provider *out, cr_fault *fault)
{
    CR_ASSERT(builtin->concurrent_max > 0 && builtin->work);
    pthread_mutex_lock(&pool->lock);
    maker *own = pool->maker_count < CR_POOL_MAKERS_MAX ? &pool->makers[pool->maker_count] : NULL;
    if (own) {
        pool->maker_count++;
        *own = (maker){.pool = pool, .builtin = builtin};
    }
    pthread_mutex_unlock(&pool->lock);
    if (!own)
        return cr_fail(fault, CR_LIMIT, builtin->id, "more than %d makers", CR_POOL_MAKERS_MAX);
    *out = (cr_provider){
        .cookie = own,
        .id = builtin->id,
        .label = builtin->label,
        .kind = builtin->kind,
        .version = builtin->version,
        .limits = {.concurrent_max = builtin->concurrent_max,
                   .deadline_ms = CR_BUILTIN_DEADLINE_MS},
        .estimate = provider_estimate,
        .submit = provider_submit,
        .poll = provider_poll,
        .cancel = provider_cancel,
        .close = provider_close,
    };
    return CR_OK;
}

void cr_builtin_pool_wait(cr_builtin_pool *pool, int milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t nanoseconds = until.tv_nsec + (int64_t)milliseconds * 1000000;
    until.tv_sec += nanoseconds / 1000000000;
    until.tv_nsec = (long)(nanoseconds % 1000000000);
    pthread_mutex_lock(&pool->lock);
    while (pool->results == pool->results_seen)
        if (pthread_cond_timedwait(&pool->has_result, &pool->lock, &until)) break;
    pool->results_seen = pool->results;
    pthread_mutex_unlock(&pool->lock);
}

cr_status cr_builtin_pool_open(cr_builtin_pool **out, const cr_builtin_pool_desc *desc,
                               cr_fault *fault)
{
    int wanted = desc->thread_count ? desc->thread_count : 1;
    if (wanted < 0 || wanted > CR_POOL_THREADS_MAX)
        return cr_fail(fault, CR_LIMIT, "", "from 1 to %d makers' threads, not %d",
                       CR_POOL_THREADS_MAX, wanted);
    cr_builtin_pool *pool = cr_alloc(1, sizeof *pool);
    pool->host = desc->host;
    pool->data_folder = cr_strdup(desc->data_folder ? desc->data_folder : "");
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->has_work, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->has_result, &monotonic);
    pthread_condattr_destroy(&monotonic);
    cr_status status = CR_OK;
    if (getrandom(&pool->instance, sizeof pool->instance, 0) != sizeof pool->instance)
        status = cr_fail(fault, CR_IO, "", "the system gives no random numbers");
    for (; status == CR_OK && pool->thread_count < wanted; pool->thread_count++)
        if (pthread_create(&pool->threads[pool->thread_count], NULL, run_thread, pool)) {
            status = cr_fail(fault, CR_NOMEM, "", "the system gives no more threads");
            break;
        }
    if (status != CR_OK) {
        cr_builtin_pool_close(&pool);
        return status;
    }
    *out = pool;
    return CR_OK;
}

void cr_builtin_pool_close(cr_builtin_pool **pool)
{
    cr_builtin_pool *own = *pool;
    if (!own) return;
    pthread_mutex_lock(&own->lock);
    own->is_closing = true;
    for (job *at = own->jobs; at; at = at->next)
        __atomic_store_n(&at->must_stop, true, __ATOMIC_RELAXED);
    pthread_cond_broadcast(&own->has_work);
    pthread_mutex_unlock(&own->lock);
    for (int i = 0; i < own->thread_count; i++)
        pthread_join(own->threads[i], NULL);
    while (own->jobs)
        forget_job(own, own->jobs);
    pthread_cond_destroy(&own->has_work);
    pthread_cond_destroy(&own->has_result);
    pthread_mutex_destroy(&own->lock);
    cr_free(own->data_folder);
    cr_free(own);
    *pool = NULL;
}
