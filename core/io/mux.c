#include "io/mux.h"

#include <string.h>

#include "base/mem.h"
#include "io/mux_backend.h"

struct cr_mux {
    void *state;
    const cr_mux_backend *backend;
    cr_sink *sink;
};

static const cr_mux_backend *backend_for(const char *format)
{
    if (strcmp(format, "png") == 0) return &cr_mux_png;
    if (strcmp(format, "webp") == 0) return &cr_mux_webp;
    return &cr_mux_lav;
}

cr_status cr_mux_open(cr_mux **out, const cr_mux_desc *desc, const cr_stream_info *const streams[],
                      int stream_count, cr_sink *sink, const cr_log *log, cr_fault *fault)
{
    (void)log;
    cr_mux *mux = cr_alloc(1, sizeof *mux);
    mux->backend = backend_for(desc->format);
    cr_status status = mux->backend->open(&mux->state, desc, streams, stream_count, sink, fault);
    if (status != CR_OK) {
        cr_free(mux);
        return status;
    }
    mux->sink = sink;
    *out = mux;
    return CR_OK;
}

cr_status cr_mux_write(cr_mux *mux, const cr_packet *packet)
{
    return mux->backend->write(mux->state, packet);
}

cr_status cr_mux_finish(cr_mux *mux, cr_fault *fault)
{
    cr_status status = mux->backend->finish(mux->state, fault);
    if (status != CR_OK) return status;
    status = mux->sink->commit(mux->sink);
    if (status != CR_OK)
        return cr_fail(fault, status, mux->sink->name, "it cannot be written to its end (%s)",
                       cr_status_text(status));
    return CR_OK;
}

void cr_mux_close(cr_mux **mux)
{
    if (!*mux) return;
    (*mux)->backend->close((*mux)->state);
    cr_sink_close(&(*mux)->sink);
    cr_free(*mux);
    *mux = NULL;
}

int64_t cr_mux_bytes(const cr_mux *mux)
{
    return mux->backend->bytes(mux->state);
}
