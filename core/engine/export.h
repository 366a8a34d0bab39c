// flow: project -> [engine] -> file
// The export as a state machine that is stepped: it never waits, and its memory does not grow with
// the film.
#pragma once

#include "host/host.h"
#include "project/project.h"

typedef struct cr_export cr_export;

// What to export and where to.
typedef struct cr_export_desc {
    const char *output;       // uri for the host's open_sink
    const char *format;       // "mp4", "webm", "wav", "png", "webp", "digest"; NULL: by extension
    const char *asset_folder; // what relative asset uris are relative to
    const char *font_folder;  // see compositor/text.h
    cr_range range;           // part of the film; duration 0: all
    int width, height;        // 0: the project's
    cr_rate frame_rate;       // {0, 0}: the project's
    const char *video_codec;  // "h264", "vp9", "av1"; NULL: what the format usually has
    const char *speed;        // encoder speed, see codec.h
    int quality;              // 0 default
    int64_t video_bit_rate;   // 0: by quality
    int64_t audio_bit_rate;   // 0: 192 kb/s
    bool with_caption_track;  // a text stream beside the burnt-in ones (mp4)
    bool without_simd;        // for tests
    bool is_exact;            // reproducible bytes
} cr_export_desc;

// What an export is busy with.
typedef enum cr_export_phase {
    CR_EXPORT_NONE = 0,
    CR_EXPORT_LISTENING, // measuring loudness
    CR_EXPORT_PAINTING,
    CR_EXPORT_FINISHING,
    CR_EXPORT_DONE,
} cr_export_phase;

// How far an export is.
typedef struct cr_export_progress {
    cr_export_phase phase;
    int64_t frames_done, frames_total;
    int64_t bytes_written;
} cr_export_progress;

// Shares the snapshot; [host] must outlive the export. Every asset is opened and checked first: a
// missing or broken one fails here, named, before anything is written.
CR_CHECKED cr_status cr_export_open(cr_export **out, const cr_project *project,
                                    const cr_export_desc *desc, const cr_host *host,
                                    cr_fault *fault);

// A bounded piece of work (about a frame). CR_AGAIN: call again; CR_OK: the file is complete;
// anything else: it failed, and nothing is left behind.
CR_CHECKED cr_status cr_export_step(cr_export *export_, cr_fault *fault);

// A copy of how far it is by now.
void cr_export_progress_get(const cr_export *export_, cr_export_progress *out);

// Before CR_OK this cancels: the sink discards what was written.
void cr_export_close(cr_export **export_);
