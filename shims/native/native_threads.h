// A pool that runs one batch of equal tasks at a time; the caller works too.
#pragma once

#include "base/status.h"

typedef struct native_threads native_threads;

// [thread_count] includes the caller: one starts no thread at all.
CR_CHECKED cr_status native_threads_open(native_threads **out, int thread_count);

// No batch may be running.
void native_threads_close(native_threads **threads);

// task(cookie, i) for every i in [0, count); returns when all are done. Calls from several threads
// take turns.
void native_threads_run(native_threads *threads, int count, void (*task)(void *cookie, int index),
                        void *cookie);
