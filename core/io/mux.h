// flow: packet -> [io] -> file
#pragma once

#include "host/host.h"
#include "media/media_info.h"
#include "media/packet.h"

typedef struct cr_mux cr_mux;

// What is known of the packets to come, when all of them are there before the file is begun. Not
// less than it will be; all-zero: nothing is known.
typedef struct cr_mux_forecast {
    int64_t packets;
    int64_t bytes; // of all packets
    int64_t keys;  // packets of video streams that are keyframes
    // How often a packet's duration or its distance from pts to dts is not that of the one before
    // it in its stream.
    int64_t time_changes;
    int64_t turns; // how often a packet is of another stream than the one before
} cr_mux_forecast;

// Chapters, metadata and faststart are the muxer's; what the streams are comes from the encoders.
typedef struct cr_mux_desc {
    const char *format; // "mp4", "webm", "wav", "webp", "png" (one picture, or a .zip of many)
    const char *title;  // metadata; NULL none
    bool is_exact;      // no dates and version strings: the same packets give the same bytes
    // With a forecast, room for the index is left at the front of the file, and nothing is ever
    // read back from the sink. Packets then come in the very order in which they are to stand.
    cr_mux_forecast forecast;
} cr_mux_desc;

// Takes [sink] on CR_OK only. [streams] is borrowed for the call; a text stream (codec "text")
// takes packets of plain UTF-8 lines.
CR_CHECKED cr_status cr_mux_open(cr_mux **out, const cr_mux_desc *desc,
                                 const cr_stream_info *const streams[], int stream_count,
                                 cr_sink *sink, const cr_log *log, cr_fault *fault);

// Shares [packet]; its stream is the index in [streams]. Packets of one stream come in decode
// order; streams may be interleaved in any way within a second.
CR_CHECKED cr_status cr_mux_write(cr_mux *mux, const cr_packet *packet);

// Writes the index, at the front (mp4, webm with a forecast), and commits the sink.
CR_CHECKED cr_status cr_mux_finish(cr_mux *mux, cr_fault *fault);

// Without a finish before, leaves nothing behind.
void cr_mux_close(cr_mux **mux);

int64_t cr_mux_bytes(const cr_mux *mux);
