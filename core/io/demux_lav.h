// Shared by demux_lav.c (reading and seeking) and probe_lav.c (what the file holds).
#pragma once

#include <libavformat/avformat.h>

#include "io/demux.h"

// The state of a demuxer over libavformat.
typedef struct cr_demux_lav {
    cr_source *source;
    AVIOContext *bytes;
    AVFormatContext *format; // NULL when it could not be opened again for a rewind
    AVPacket *packet;
    cr_media_info info;
    cr_ticks origin; // file time that is presented as 0
    uint64_t mask;
    uint64_t open_gop_mask;   // streams whose keyframes are followed by pictures shown before them
    bool must_reopen;         // a seek to the beginning is not exact
    bool has_exact_durations; // packets last as long as they are heard
    bool ends_by_duration;    // and nothing else says where the last one ends
    cr_packet *stashed;       // read while looking for where a seek led
} cr_demux_lav;

// The next packet of any stream with its times in ticks and the origin taken off. Gives it.
cr_status cr_demux_lav_next(cr_demux_lav *demux, cr_packet **out);

// To the very beginning.
cr_status cr_demux_lav_rewind(cr_demux_lav *demux);

// Fill demux->info and demux->origin.
cr_status cr_demux_lav_probe(cr_demux_lav *demux, cr_fault *fault);

// A timestamp of [stream] in ticks, CR_TICKS_NONE kept.
cr_ticks cr_demux_lav_ticks(const AVStream *stream, int64_t timestamp);
