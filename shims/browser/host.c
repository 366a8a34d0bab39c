#include "browser/host.h"

#include "base/assert.h"
#include "base/mem.h"
#include "browser/codecs.h"
#include "browser/host_io.h"
#include "browser/sound.h"
#include "native/native_threads.h"

typedef struct browser {
    cr_log log;
    cr_host_codecs codecs;
    cr_host_sound sound;
    native_threads *threads;
} browser;

// host.js
extern void cr_js_log(int level, char *line);
extern int cr_js_thread_count(void);

static void write_log(void *cookie, cr_log_level level, const char *line)
{
    (void)cookie;
    cr_js_log((int)level, cr_strdup(line));
}

static cr_status open_source(void *cookie, const char *uri, cr_source **out, cr_fault *fault)
{
    browser *b = cookie;
    return cr_browser_open_source(&b->log, uri, out, fault);
}

static cr_status open_sink(void *cookie, const char *uri, cr_sink **out, cr_fault *fault)
{
    browser *b = cookie;
    return cr_browser_open_sink(&b->log, uri, out, fault);
}

static void run_parallel(void *cookie, int count, void (*task)(void *task_cookie, int index),
                         void *task_cookie)
{
    browser *b = cookie;
    native_threads_run(b->threads, count, task, task_cookie);
}

cr_status cr_browser_host_open(cr_host *out, const cr_browser_desc *desc)
{
    CR_REQUIRE(out);
    static const cr_browser_desc defaults = {0};
    if (!desc) desc = &defaults;
    int thread_count = cr_js_thread_count();
    if (desc->thread_count > 0 && desc->thread_count < thread_count)
        thread_count = desc->thread_count;
    browser *b = cr_alloc(1, sizeof *b);
    cr_status status = native_threads_open(&b->threads, thread_count);
    if (status != CR_OK) {
        cr_free(b);
        return status;
    }
    b->log.write = write_log;
    b->log.level_max = desc->log_level_max ? desc->log_level_max : CR_LOG_WARNING;
    cr_browser_codecs(&b->codecs, &b->log);
    cr_browser_sound(&b->sound);
    *out = (cr_host){
        .cookie = b,
        .open_source = open_source,
        .open_sink = open_sink,
        .run_parallel = run_parallel,
        .thread_count = thread_count,
        .codec_thread_count = 1,
        .log = b->log,
        .codecs = &b->codecs,
        .sound = &b->sound,
    };
    return CR_OK;
}

void cr_browser_host_close(cr_host *host)
{
    browser *b = host->cookie;
    if (!b) return;
    native_threads_close(&b->threads);
    cr_free(b);
    *host = (cr_host){0};
}
