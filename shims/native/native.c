#include "native/native.h"

#include <unistd.h>

#include "base/mem.h"
#include "native/native_file.h"
#include "native/native_threads.h"

struct cr_native {
    cr_host host;
    native_threads *threads;
};

static void run_parallel(void *cookie, int count, void (*task)(void *task_cookie, int index),
                         void *task_cookie)
{
    cr_native *native = cookie;
    native_threads_run(native->threads, count, task, task_cookie);
}

static int processor_count(void)
{
    enum { threads_max = 64 };
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (count < 1) return 1;
    return count > threads_max ? threads_max : (int)count;
}

cr_status cr_native_open(cr_native **out, const cr_native_desc *desc)
{
    static const cr_native_desc defaults = {0};
    if (!desc) desc = &defaults;
    cr_native *native = cr_alloc(1, sizeof *native);
    int thread_count = desc->thread_count > 0 ? desc->thread_count : processor_count();
    cr_status status = native_threads_open(&native->threads, thread_count);
    if (status != CR_OK) {
        cr_free(native);
        return status;
    }
    native->host = (cr_host){
        .cookie = native,
        .open_source = native_open_source,
        .open_sink = native_open_sink,
        .run_parallel = run_parallel,
        .thread_count = thread_count,
        .log = desc->log,
    };
    *out = native;
    return CR_OK;
}

void cr_native_close(cr_native **native)
{
    if (!*native) return;
    native_threads_close(&(*native)->threads);
    cr_free(*native);
    *native = NULL;
}

const cr_host *cr_native_host(const cr_native *native)
{
    return &native->host;
}
