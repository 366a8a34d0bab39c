// The contract's cases and single reads and writes, for a worker to call.
#include <GLES3/gl3.h>
#include <emscripten/emscripten.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>

#include "base/mem.h"
#include "browser/gl.h"
#include "browser/host.h"
#include "tests/host/contract_cases.h"

static cr_host the_host;
static cr_fault the_fault;

EMSCRIPTEN_KEEPALIVE int test_open(int thread_count)
{
    cr_browser_desc desc = {.thread_count = thread_count, .log_level_max = CR_LOG_DEBUG};
    return cr_browser_host_open(&the_host, &desc);
}

EMSCRIPTEN_KEEPALIVE void test_close(void)
{
    cr_browser_host_close(&the_host);
}

EMSCRIPTEN_KEEPALIVE int test_thread_count(void)
{
    return the_host.thread_count;
}

EMSCRIPTEN_KEEPALIVE int test_case_count(void)
{
    return contract_case_count;
}

EMSCRIPTEN_KEEPALIVE const char *test_case_name(int index)
{
    return contract_cases[index].name;
}

// What does not hold, or "".
EMSCRIPTEN_KEEPALIVE const char *test_case_run(int index, const char *prefix, int has_folders)
{
    static contract c;
    c = (contract){.host = &the_host, .prefix = prefix, .has_folders = has_folders != 0};
    contract_cases[index].run(&c);
    return c.failure;
}

// Of the last open that failed.
EMSCRIPTEN_KEEPALIVE const char *test_fault(void)
{
    return the_fault.text;
}

// A source, or NULL.
EMSCRIPTEN_KEEPALIVE cr_source *test_source_open(const char *uri)
{
    cr_source *source = NULL;
    the_fault = (cr_fault){0};
    cr_status status = the_host.open_source(the_host.cookie, uri, &source, &the_fault);
    return status == CR_OK ? source : NULL;
}

EMSCRIPTEN_KEEPALIVE int test_fault_status(void)
{
    return the_fault.status;
}

EMSCRIPTEN_KEEPALIVE double test_source_size(const cr_source *source)
{
    return (double)source->size;
}

EMSCRIPTEN_KEEPALIVE const char *test_source_name(const cr_source *source)
{
    return source->name;
}

// Bytes read, or a status below 0.
EMSCRIPTEN_KEEPALIVE int test_source_read(cr_source *source, double offset, void *data, size_t size)
{
    size_t got = 0;
    cr_status status = source->read_at(source, (uint64_t)offset, data, size, &got);
    return status == CR_OK ? (int)got : status;
}

EMSCRIPTEN_KEEPALIVE void test_source_close(cr_source *source)
{
    cr_source_close(&source);
}

typedef struct distant {
    cr_source *source;
    double offset;
    void *data;
    size_t size;
    int answer[64];
} distant;

static void read_distant(void *cookie, int index)
{
    distant *d = cookie;
    d->answer[index] = test_source_read(d->source, d->offset, d->data, d->size);
}

// As test_source_read, by the pool's threads; the smallest answer.
EMSCRIPTEN_KEEPALIVE int test_source_read_on_threads(cr_source *source, double offset, void *data,
                                                     size_t size)
{
    distant d = {source, offset, data, size, {0}};
    the_host.run_parallel(the_host.cookie, 64, read_distant, &d);
    int smallest = d.answer[0];
    for (int i = 1; i < 64; i++)
        smallest = d.answer[i] < smallest ? d.answer[i] : smallest;
    return smallest;
}

EMSCRIPTEN_KEEPALIVE cr_sink *test_sink_open(const char *uri)
{
    cr_sink *sink = NULL;
    the_fault = (cr_fault){0};
    cr_status status = the_host.open_sink(the_host.cookie, uri, &sink, &the_fault);
    return status == CR_OK ? sink : NULL;
}

EMSCRIPTEN_KEEPALIVE int test_sink_write(cr_sink *sink, double offset, const void *data,
                                         size_t size)
{
    return sink->write_at(sink, (uint64_t)offset, data, size);
}

EMSCRIPTEN_KEEPALIVE int test_sink_commit(cr_sink *sink)
{
    return sink->commit(sink);
}

EMSCRIPTEN_KEEPALIVE void test_sink_close(cr_sink *sink)
{
    cr_sink_close(&sink);
}

static void *nothing(void *argument)
{
    return argument;
}

// Begins a thread of its own and waits for it. 0, or the system's error.
EMSCRIPTEN_KEEPALIVE int test_own_thread(void)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, nothing, NULL);
    return error ? error : pthread_join(thread, NULL);
}

// Sound: a wave of [period] samples and [peak], as much of [count] as there is room for.
EMSCRIPTEN_KEEPALIVE int test_sound_write(double peak, int period, int count)
{
    const cr_host_sound *sound = the_host.sound;
    int room = sound->room(sound->cookie);
    if (count > room) count = room;
    float *left = cr_alloc((size_t)count + 1, sizeof *left);
    float *right = cr_alloc((size_t)count + 1, sizeof *right);
    for (int i = 0; i < count; i++) {
        left[i] = (float)(peak * cos(2 * M_PI * i / period));
        right[i] = -left[i];
    }
    sound->write(sound->cookie, left, right, count);
    cr_free(left);
    cr_free(right);
    return count;
}

EMSCRIPTEN_KEEPALIVE int test_sound_room(void)
{
    return the_host.sound->room(the_host.sound->cookie);
}

EMSCRIPTEN_KEEPALIVE double test_sound_heard(void)
{
    return (double)the_host.sound->heard(the_host.sound->cookie);
}

EMSCRIPTEN_KEEPALIVE void test_sound_clear(void)
{
    the_host.sound->clear(the_host.sound->cookie);
}

EMSCRIPTEN_KEEPALIVE int test_sound_is_running(void)
{
    return the_host.sound->is_running(the_host.sound->cookie);
}

// Paints the canvas in one colour; its generation, or a status below 0.
EMSCRIPTEN_KEEPALIVE int test_canvas_fill(double red, double green, double blue)
{
    cr_browser_canvas canvas;
    cr_status status = cr_browser_canvas_use(&canvas);
    if (status != CR_OK) return status;
    glViewport(0, 0, canvas.width, canvas.height);
    glClearColor((float)red, (float)green, (float)blue, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    return canvas.generation;
}
