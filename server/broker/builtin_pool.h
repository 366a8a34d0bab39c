// Threads for the built-in makers: their plain work functions become providers.
#pragma once

#include "broker/builtin.h"

// Longer than this a built-in job may not take.
#define CR_BUILTIN_DEADLINE_MS (INT64_C(30) * 60 * 1000)

// Bounds of a pool.
enum {
    CR_POOL_THREADS_MAX = 64,
    CR_POOL_MAKERS_MAX = 32,
    CR_POOL_JOBS_MAX = 1024, // submitted and not yet collected by a poll
};

typedef struct cr_builtin_pool cr_builtin_pool;

// What the makers work with.
typedef struct cr_builtin_pool_desc {
    const cr_host *host;     // borrowed; must outlive the pool
    const char *data_folder; // copied
    int thread_count;        // 0: one
} cr_builtin_pool_desc;

// Starts the threads. CR_LIMIT: too many; CR_NOMEM: the system gave none.
CR_CHECKED cr_status cr_builtin_pool_open(cr_builtin_pool **out, const cr_builtin_pool_desc *desc,
                                          cr_fault *fault);

// Asks all work to stop, waits until it has, and ends the threads. Every provider of the pool is
// dead after this.
void cr_builtin_pool_close(cr_builtin_pool **pool);

// [builtin] (borrowed, static) as a provider that runs on [pool]. Its external ids are good for
// this process only: poll answers CR_NOTFOUND to those of another. A poll that says is_done, or
// that fails, forgets the job. CR_LIMIT: over CR_POOL_MAKERS_MAX.
CR_CHECKED cr_status cr_builtin_pool_provider(cr_builtin_pool *pool, const cr_builtin *builtin,
                                              cr_provider *out, cr_fault *fault);

// Until some job has ended since the last call of this, or [milliseconds] have passed. For hosts
// that step a studio in a loop; call from one thread only.
void cr_builtin_pool_wait(cr_builtin_pool *pool, int milliseconds);
