// The host of this machine: files by path, a pool of threads.
#pragma once

#include "host/host.h"

typedef struct cr_native cr_native;

// All-zero: as many threads as there are processors, and no log.
typedef struct cr_native_desc {
    int thread_count; // 0: one a processor
    cr_log log;
} cr_native_desc;

// Gives the host's owner. CR_NOMEM when no thread can be started.
CR_CHECKED cr_status cr_native_open(cr_native **out, const cr_native_desc *desc);

// Everything opened through the host must be closed before.
void cr_native_close(cr_native **native);

// The port to hand to the core. Borrowed, valid while [native] is open.
const cr_host *cr_native_host(const cr_native *native);
