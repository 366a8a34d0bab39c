// flow: file -> [io] -> packet
// Opening a file is probing it: the info is complete and honest once open succeeds.
#pragma once

#include "host/host.h"
#include "media/media_info.h"
#include "media/packet.h"

typedef struct cr_demux cr_demux;

// Takes [source] on CR_OK only. CR_UNSUPPORTED (no known container), CR_CORRUPT (with the byte
// offset), CR_LIMIT.
CR_CHECKED cr_status cr_demux_open(cr_demux **out, cr_source *source, const cr_log *log,
                                   cr_fault *fault);
void cr_demux_close(cr_demux **demux);

// Borrowed, valid while open.
const cr_media_info *cr_demux_info(const cr_demux *demux);

// Only packets of streams whose bit is set in [mask] are given (bit = stream index). Default: all.
void cr_demux_select(cr_demux *demux, uint64_t mask);

// The next packet in file order, timestamps in presentation time (edit lists applied). Gives it.
// CR_EOF at the end; a truncated file ends with CR_EOF too and sets is_truncated in the info.
CR_CHECKED cr_status cr_demux_read(cr_demux *demux, cr_packet **out);

// Go to where decoding must begin so that the frame shown at [at] of [stream] can be decoded: the
// last keyframe whose pts is at or before it (or the first packet).
CR_CHECKED cr_status cr_demux_seek(cr_demux *demux, int stream, cr_ticks at);

// About when the keyframe is due from which cr_demux_seek would begin for [at], by the file's index
// and without reading; CR_TICKS_NONE: the index does not say.
cr_ticks cr_demux_keyframe(const cr_demux *demux, int stream, cr_ticks at);
