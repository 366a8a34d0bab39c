#include "host/host.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

int cr_host_codec_threads(const cr_host *host)
{
    int count = host->codec_thread_count ? host->codec_thread_count : host->thread_count;
    return count > 1 ? count : 1;
}

void cr_source_close(cr_source **source)
{
    if (*source) (*source)->close(*source);
    *source = NULL;
}

void cr_sink_close(cr_sink **sink)
{
    if (*sink) (*sink)->close(*sink);
    *sink = NULL;
}

typedef struct memory_source {
    cr_source base;
    const uint8_t *data;
} memory_source;

static cr_status memory_read_at(cr_source *source, uint64_t offset, void *data, size_t size,
                                size_t *out)
{
    const memory_source *memory = (const memory_source *)source;
    size_t left = offset < source->size ? (size_t)(source->size - offset) : 0;
    *out = size < left ? size : left;
    if (*out) memcpy(data, memory->data + offset, *out);
    return CR_OK;
}

static void memory_close(cr_source *source)
{
    cr_free(source);
}

cr_source *cr_source_from_memory(const void *data, size_t size, const char *name)
{
    memory_source *memory = cr_alloc(1, sizeof *memory);
    memory->base.read_at = memory_read_at;
    memory->base.close = memory_close;
    memory->base.size = size;
    snprintf(memory->base.name, sizeof memory->base.name, "%s", name);
    memory->data = data;
    return &memory->base;
}

cr_status cr_source_read_all(cr_source *source, size_t size_max, uint8_t **out, size_t *out_size,
                             cr_fault *fault)
{
    enum { chunk = 64 * 1024 };
    uint8_t *data = NULL;
    size_t size = 0, room = 0;
    for (;;) {
        if (room - size < chunk + 1) {
            room = room ? room * 2 : 2 * chunk;
            data = cr_realloc(data, room, 1);
        }
        size_t got = 0;
        cr_status status = source->read_at(source, size, data + size, chunk, &got);
        if (status == CR_OK && got == 0) break;
        size += got;
        if (status == CR_OK && size > size_max)
            status = cr_fail(fault, CR_LIMIT, source->name, "larger than %zu bytes", size_max);
        else if (status != CR_OK)
            cr_fail(fault, status, source->name, "could not be read at byte %zu", size);
        if (status != CR_OK) {
            cr_free(data);
            return status;
        }
    }
    data[size] = 0;
    *out = data;
    *out_size = size;
    return CR_OK;
}
