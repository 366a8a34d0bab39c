// What is behind a cr_demux: one table a kind of file.
#pragma once

#include "io/demux.h"

// [state] is the backend's own. The functions have the meaning of their namesakes in demux.h; close
// also closes the source it took.
typedef struct cr_demux_backend {
    void (*close)(void *state);
    const cr_media_info *(*info)(const void *state);
    void (*select)(void *state, uint64_t mask);
    cr_status (*read)(void *state, cr_packet **out);
    cr_status (*seek)(void *state, int stream, cr_ticks at);
    cr_ticks (*keyframe)(const void *state, int stream, cr_ticks at);
} cr_demux_backend;

// Containers that libavformat reads. Takes [source] on CR_OK only.
CR_CHECKED cr_status cr_demux_lav_open(void **state, const cr_demux_backend **backend,
                                       cr_source *source, const cr_log *log, cr_fault *fault);

// WebP, still and animated. CR_UNSUPPORTED when [source] is not one.
CR_CHECKED cr_status cr_demux_webp_open(void **state, const cr_demux_backend **backend,
                                        cr_source *source, cr_fault *fault);
