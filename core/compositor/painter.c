#include "compositor/painter.h"

#include "base/assert.h"
#include "base/mem.h"

typedef struct run {
    cr_painter *painter;
    cr_paint_task task;
    void *cookie;
    int count;
    int next;   // atomic
    int status; // atomic, cr_status
} run;

static void work(void *cookie, int worker)
{
    run *r = cookie;
    cr_scratch *scratch = &r->painter->workers[worker];
    for (;;) {
        int index = __atomic_fetch_add(&r->next, 1, __ATOMIC_RELAXED);
        if (index >= r->count || __atomic_load_n(&r->status, __ATOMIC_RELAXED) != CR_OK) return;
        cr_scratch_restart(scratch);
        cr_status status = r->task(r->cookie, scratch, index);
        if (status != CR_OK) __atomic_store_n(&r->status, (int)status, __ATOMIC_RELAXED);
    }
}

cr_status cr_painter_run(cr_painter *painter, int count, cr_paint_task task, void *cookie)
{
    run r = {painter, task, cookie, count, 0, CR_OK};
    int workers = painter->worker_count < count ? painter->worker_count : count;
    if (workers > 1)
        painter->host->run_parallel(painter->host->cookie, workers, work, &r);
    else
        work(&r, 0);
    return (cr_status)r.status;
}

cr_status cr_painter_open(cr_painter **out, const cr_painter_desc *desc)
{
    CR_REQUIRE(out && desc);
    cr_painter *painter = cr_alloc(1, sizeof *painter);
    painter->host = desc->host;
    painter->kernels = desc->without_simd ? cr_row_kernels_scalar() : cr_row_kernels_best();
    painter->worker_count = desc->host ? desc->host->thread_count : 1;
    if (painter->worker_count < 1) painter->worker_count = 1;
    if (painter->worker_count > CR_PAINT_THREADS_MAX) painter->worker_count = CR_PAINT_THREADS_MAX;
    cr_phases_make(painter->phases);
    *out = painter;
    return CR_OK;
}

void cr_painter_close(cr_painter **painter)
{
    if (!painter || !*painter) return;
    cr_scratch_free(&(*painter)->plan);
    for (int i = 0; i < CR_PAINT_THREADS_MAX; i++)
        cr_scratch_free(&(*painter)->workers[i]);
    cr_free(*painter);
    *painter = NULL;
}
