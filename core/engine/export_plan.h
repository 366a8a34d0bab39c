// flow: project + wishes -> [engine] -> what an export will do
// Decided once, before anything is made, from the snapshot and the wishes alone: every worker that
// is handed the same two, today or after a restart, decides the same.
#pragma once

#include "engine/export.h"
#include "engine/export_format.h"

// A key with its end.
enum { CR_EXPORT_KEY_BYTES = 65 };

// How an export is cut into segments. Pictures first_frame(i) = i × segment_frames.
typedef struct cr_export_plan {
    const cr_export_format *format; // static
    const char *video_codec;        // static; NULL without pictures
    cr_range range;                 // of the film
    cr_rate frame_rate;
    int width, height;
    cr_color color; // of the pictures
    bool has_picture, has_sound, has_text;
    int64_t frame_count;
    int64_t sample_first;   // of the range, on the timeline
    int64_t sample_count;   // at CR_MIX_RATE
    int gop;                // frames
    int64_t segment_frames; // a whole number of GOPs
    int64_t segment_count;  // of pictures; the sound is one more
    // SHA-256 in hex of the snapshot and of all wishes that change a byte: names the export's
    // segments, so that one begun before an edit is never mixed with one after it.
    char key[CR_EXPORT_KEY_BYTES];
} cr_export_plan;

// Checks the wishes as cr_export_open does. Opens no asset.
CR_CHECKED cr_status cr_export_plan_make(cr_export_plan *out, const cr_project *project,
                                         const cr_export_desc *desc, cr_fault *fault);

// Makes the key depend on the media files, too: on the sizes, beginnings and ends of all that the
// project uses and [host] finds below [asset_folder].
CR_CHECKED cr_status cr_export_plan_identify(cr_export_plan *plan, const cr_project *project,
                                             const char *asset_folder, const cr_host *host,
                                             cr_fault *fault);

// Segment [index] of the pictures: its first frame, and the one after its last.
int64_t cr_export_plan_first_frame(const cr_export_plan *plan, int64_t index);
int64_t cr_export_plan_end_frame(const cr_export_plan *plan, int64_t index);

// Where segment [index] of the pictures (-1: the sound) is:
// "<folder>/picture-000012.segment", "<folder>/sound.segment". Gives the text (cr_free).
char *cr_export_segment_uri(const char *folder, int64_t index);
