#include "native/native_threads.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/assert.h"
#include "base/mem.h"

struct native_threads {
    pthread_mutex_t turn; // held by the caller whose batch runs
    pthread_mutex_t lock; // guards all below
    pthread_cond_t work, done;
    void (*task)(void *cookie, int index);
    void *cookie;
    int next, count; // indices not yet taken
    int running;     // taken and not yet finished
    bool is_closing;
    int worker_count;
    pthread_t *workers;
};

// Takes and runs tasks until none is left. Enters and leaves with the lock held.
static void work_off(native_threads *threads)
{
    while (threads->next < threads->count) {
        int index = threads->next++;
        threads->running++;
        pthread_mutex_unlock(&threads->lock);
        threads->task(threads->cookie, index);
        pthread_mutex_lock(&threads->lock);
        threads->running--;
    }
    if (threads->running == 0) pthread_cond_broadcast(&threads->done);
}

static void *worker_main(void *argument)
{
    native_threads *threads = argument;
    pthread_mutex_lock(&threads->lock);
    while (!threads->is_closing) {
        if (threads->next < threads->count)
            work_off(threads);
        else
            pthread_cond_wait(&threads->work, &threads->lock);
    }
    pthread_mutex_unlock(&threads->lock);
    return NULL;
}

cr_status native_threads_open(native_threads **out, int thread_count)
{
    native_threads *threads = cr_alloc(1, sizeof *threads);
    pthread_mutex_init(&threads->turn, NULL);
    pthread_mutex_init(&threads->lock, NULL);
    pthread_cond_init(&threads->work, NULL);
    pthread_cond_init(&threads->done, NULL);
    int wanted = thread_count > 1 ? thread_count - 1 : 0;
    threads->workers = cr_alloc((size_t)wanted, sizeof *threads->workers);
    for (; threads->worker_count < wanted; threads->worker_count++) {
        pthread_t *worker = &threads->workers[threads->worker_count];
        if (pthread_create(worker, NULL, worker_main, threads) != 0) {
            native_threads_close(&threads);
            return CR_NOMEM;
        }
    }
    *out = threads;
    return CR_OK;
}

void native_threads_close(native_threads **out)
{
    native_threads *threads = *out;
    if (!threads) return;
    pthread_mutex_lock(&threads->lock);
    threads->is_closing = true;
    pthread_cond_broadcast(&threads->work);
    pthread_mutex_unlock(&threads->lock);
    for (int i = 0; i < threads->worker_count; i++)
        pthread_join(threads->workers[i], NULL);
    pthread_cond_destroy(&threads->work);
    pthread_cond_destroy(&threads->done);
    pthread_mutex_destroy(&threads->lock);
    pthread_mutex_destroy(&threads->turn);
    cr_free(threads->workers);
    cr_free(threads);
    *out = NULL;
}

void native_threads_run(native_threads *threads, int count, void (*task)(void *cookie, int index),
                        void *cookie)
{
    CR_ASSERT(task);
    if (threads->worker_count == 0 || count <= 1) {
        for (int i = 0; i < count; i++)
            task(cookie, i);
        return;
    }
    pthread_mutex_lock(&threads->turn);
    pthread_mutex_lock(&threads->lock);
    threads->task = task;
    threads->cookie = cookie;
    threads->next = 0;
    threads->count = count;
    pthread_cond_broadcast(&threads->work);
    work_off(threads);
    while (threads->running > 0)
        pthread_cond_wait(&threads->done, &threads->lock);
    threads->count = 0;
    threads->next = 0;
    pthread_mutex_unlock(&threads->lock);
    pthread_mutex_unlock(&threads->turn);
}
