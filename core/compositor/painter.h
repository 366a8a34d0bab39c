// What the parts of the painter share: kernels, memory and threads.
#pragma once

#include "compositor/paint.h"
#include "compositor/resample.h"

// Workers at once, each with its own scratch memory.
enum { CR_PAINT_THREADS_MAX = 64 };

// See paint.h; open to the compositor's own files only.
struct cr_painter {
    const cr_host *host; // may be NULL
    const cr_row_kernels *kernels;
    int worker_count;
    bool only_plans; // makes no pixels: another painter follows its plans
    cr_scratch plan; // lives for one picture
    cr_scratch workers[CR_PAINT_THREADS_MAX];
    int16_t phases[CR_PHASES * CR_PHASE_TAPS];
};

// One piece of work; [scratch] is the worker's own and empty again afterwards.
typedef cr_status (*cr_paint_task)(void *cookie, cr_scratch *scratch, int index);

// Runs task(cookie, …, i) for every i below [count], on all threads of the host, in any order. The
// first failure ends it.
CR_CHECKED cr_status cr_painter_run(cr_painter *painter, int count, cr_paint_task task,
                                    void *cookie);
