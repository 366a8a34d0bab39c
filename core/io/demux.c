#include "io/demux.h"

#include <string.h>

#include "base/mem.h"
#include "io/demux_backend.h"

struct cr_demux {
    void *state;
    const cr_demux_backend *backend;
};

static bool is_webp(cr_source *source)
{
    uint8_t head[12] = {0};
    size_t got = 0;
    if (source->read_at(source, 0, head, sizeof head, &got) != CR_OK || got < sizeof head)
        return false;
    return memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WEBP", 4) == 0;
}

cr_status cr_demux_open(cr_demux **out, cr_source *source, const cr_log *log, cr_fault *fault)
{
    if (source->size == 0)
        return cr_fail(fault, CR_CORRUPT, source->name, "the file is empty (0 bytes)");
    cr_demux *demux = cr_alloc(1, sizeof *demux);
    cr_status status = is_webp(source)
                           ? cr_demux_webp_open(&demux->state, &demux->backend, source, fault)
                           : cr_demux_lav_open(&demux->state, &demux->backend, source, log, fault);
    if (status != CR_OK) {
        cr_free(demux);
        return status;
    }
    *out = demux;
    return CR_OK;
}

void cr_demux_close(cr_demux **demux)
{
    if (!*demux) return;
    (*demux)->backend->close((*demux)->state);
    cr_free(*demux);
    *demux = NULL;
}

const cr_media_info *cr_demux_info(const cr_demux *demux)
{
    return demux->backend->info(demux->state);
}

void cr_demux_select(cr_demux *demux, uint64_t mask)
{
    demux->backend->select(demux->state, mask);
}

cr_status cr_demux_read(cr_demux *demux, cr_packet **out)
{
    return demux->backend->read(demux->state, out);
}

cr_status cr_demux_seek(cr_demux *demux, int stream, cr_ticks at)
{
    return demux->backend->seek(demux->state, stream, at);
}

cr_ticks cr_demux_keyframe(const cr_demux *demux, int stream, cr_ticks at)
{
    return demux->backend->keyframe(demux->state, stream, at);
}
