#include "browser/host_io.h"

#include <stdio.h>

#include "base/mem.h"

typedef struct browser_source {
    cr_source base;
    const cr_log *log;
    int id;
} browser_source;

typedef struct browser_sink {
    cr_sink base;
    const cr_log *log;
    int id;
} browser_sink;

enum { SENTENCE_MAX = 512 };

// A number of bytes travels as a double: exact up to 2^53.
static const uint64_t offset_max = UINT64_C(1) << 53;

// host_io.js. All give a status below 0 with a sentence in [text], or what they are asked for.
extern int cr_js_source_open(const char *uri, double *size, char *name, size_t name_size,
                             char *text, size_t text_size);
extern int cr_js_source_read(int id, double offset, void *data, size_t size, char *text,
                             size_t text_size);
extern void cr_js_source_close(int id);
extern int cr_js_sink_open(const char *uri, char *text, size_t text_size);
extern int cr_js_sink_write(int id, double offset, const void *data, size_t size, char *text,
                            size_t text_size);
extern int cr_js_sink_read(int id, double offset, void *data, size_t size, char *text,
                           size_t text_size);
extern int cr_js_sink_commit(int id, char *text, size_t text_size);
extern void cr_js_sink_close(int id);

// The port's reads and writes answer with a status alone: the sentence goes to the log.
static cr_status told(const cr_log *log, const char *name, const char *what, int status,
                      const char *text)
{
    cr_log_line(log, CR_LOG_WARNING, "%s %s: %s", name, what, text);
    return (cr_status)status;
}

static cr_status source_read_at(cr_source *source, uint64_t offset, void *data, size_t size,
                                size_t *out)
{
    const browser_source *s = (const browser_source *)source;
    char text[SENTENCE_MAX] = "";
    if (size > INT32_MAX) size = INT32_MAX;
    int got = offset >= offset_max || size == 0
                  ? 0
                  : cr_js_source_read(s->id, (double)offset, data, size, text, sizeof text);
    if (got < 0) return told(s->log, s->base.name, "cannot be read", got, text);
    *out = (size_t)got;
    return CR_OK;
}

static void source_close(cr_source *source)
{
    cr_js_source_close(((browser_source *)source)->id);
    cr_free(source);
}

cr_status cr_browser_open_source(void *cookie, const char *uri, cr_source **out, cr_fault *fault)
{
    browser_source *s = cr_alloc(1, sizeof *s);
    char text[SENTENCE_MAX] = "";
    double size = -1;
    s->id = cr_js_source_open(uri, &size, s->base.name, sizeof s->base.name, text, sizeof text);
    if (s->id < 0) {
        cr_status status = (cr_status)s->id;
        cr_free(s);
        return cr_fail(fault, status, uri, "cannot be opened: %s", text);
    }
    s->log = cookie;
    s->base.read_at = source_read_at;
    s->base.close = source_close;
    s->base.size = size < 0 ? UINT64_MAX : (uint64_t)size;
    *out = &s->base;
    return CR_OK;
}

static cr_status sink_write_at(cr_sink *sink, uint64_t offset, const void *data, size_t size)
{
    const browser_sink *s = (const browser_sink *)sink;
    char text[SENTENCE_MAX] = "";
    if (offset >= offset_max || size > INT32_MAX) return CR_LIMIT;
    int status = cr_js_sink_write(s->id, (double)offset, data, size, text, sizeof text);
    return status < 0 ? told(s->log, s->base.name, "cannot be written", status, text) : CR_OK;
}

static cr_status sink_read_at(cr_sink *sink, uint64_t offset, void *data, size_t size, size_t *out)
{
    const browser_sink *s = (const browser_sink *)sink;
    char text[SENTENCE_MAX] = "";
    if (size > INT32_MAX) size = INT32_MAX;
    int got = offset >= offset_max
                  ? 0
                  : cr_js_sink_read(s->id, (double)offset, data, size, text, sizeof text);
    if (got < 0) return told(s->log, s->base.name, "cannot be read", got, text);
    *out = (size_t)got;
    return CR_OK;
}

static cr_status sink_commit(cr_sink *sink)
{
    browser_sink *s = (browser_sink *)sink;
    char text[SENTENCE_MAX] = "";
    int status = cr_js_sink_commit(s->id, text, sizeof text);
    return status < 0 ? told(s->log, s->base.name, "cannot be completed", status, text) : CR_OK;
}

static void sink_close(cr_sink *sink)
{
    cr_js_sink_close(((browser_sink *)sink)->id);
    cr_free(sink);
}

static const char *last_part(const char *uri)
{
    const char *part = uri;
    for (const char *at = uri; *at; at++)
        if ((*at == '/' || *at == ':') && at[1]) part = at + 1;
    return part;
}

cr_status cr_browser_open_sink(void *cookie, const char *uri, cr_sink **out, cr_fault *fault)
{
    char text[SENTENCE_MAX] = "";
    int id = cr_js_sink_open(uri, text, sizeof text);
    if (id < 0) return cr_fail(fault, (cr_status)id, uri, "cannot be written: %s", text);
    browser_sink *s = cr_alloc(1, sizeof *s);
    s->id = id;
    s->log = cookie;
    s->base.write_at = sink_write_at;
    s->base.read_at = sink_read_at;
    s->base.commit = sink_commit;
    s->base.close = sink_close;
    snprintf(s->base.name, sizeof s->base.name, "%s", last_part(uri));
    *out = &s->base;
    return CR_OK;
}
