// What is behind a cr_mux: one table a kind of file. The functions have the meaning of their
// namesakes in mux.h; the sink is the chooser's, which commits and closes it.
#pragma once

#include "io/mux.h"

// What a muxing library does; [state] is its own.
typedef struct cr_mux_backend {
    cr_status (*open)(void **state, const cr_mux_desc *desc, const cr_stream_info *const streams[],
                      int stream_count, cr_sink *sink, cr_fault *fault);
    cr_status (*write)(void *state, const cr_packet *packet);
    cr_status (*finish)(void *state, cr_fault *fault); // all bytes are in the sink afterwards
    void (*close)(void *state);
    int64_t (*bytes)(const void *state);
} cr_mux_backend;

// All that there are.
extern const cr_mux_backend cr_mux_lav;  // mp4, webm, wav and the like over libavformat
extern const cr_mux_backend cr_mux_png;  // one picture, or a sequence in a zip
extern const cr_mux_backend cr_mux_webp; // one picture, or an animation
