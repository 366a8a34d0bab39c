// flow: segments -> [engine] -> file
// The end of an export in segments: all of them, the sound and the captions into one file, whose
// index is at its front and which is written without reading it back.
#pragma once

#include "engine/export_plan.h"

typedef struct cr_export_join cr_export_join;

// What to join. Borrowed for as long as the join is open.
typedef struct cr_export_join_desc {
    const cr_host *host;
    const cr_project *project;
    const cr_export_plan *plan;
    const char *folder; // where the segments are
    const char *output; // uri for the host's open_sink
    bool is_exact;
} cr_export_join_desc;

// Opens nothing yet and cannot fail.
void cr_export_join_open(cr_export_join **out, const cr_export_join_desc *desc);
// Before CR_OK leaves nothing behind.
void cr_export_join_close(cr_export_join **join);

// A bounded piece of work. CR_AGAIN: call again; CR_OK: the file is complete and has its name.
// CR_NOTFOUND and CR_CORRUPT name the segment.
CR_CHECKED cr_status cr_export_join_step(cr_export_join *join, cr_fault *fault);

// Packets that are in the file, and that there will be; bytes of the file.
void cr_export_join_progress(const cr_export_join *join, int64_t *done, int64_t *total,
                             int64_t *bytes);
