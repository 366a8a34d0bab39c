// flow: project -> [engine] -> segments -> [engine] -> file
// An export in parts that need not happen in one go, one place or one order: every segment of
// pictures, the sound, and at the end the file. Each is a state machine that is stepped, never
// waits, and holds a bounded amount of memory.
#pragma once

#include "engine/export_plan.h"

// One worker's tool: keeps its readers and painter from segment to segment, so that a run of
// segments in order decodes every source once.
typedef struct cr_export_worker cr_export_worker;

// What a step is held up by; the host tells when something of it has moved.
typedef enum cr_export_wait {
    CR_WAIT_NONE = 0, // call again at once
    CR_WAIT_DECODER,
    CR_WAIT_PICTURE, // planes on their way from the host
    CR_WAIT_ENCODER,
} cr_export_wait;

// How far the worker is with what it was last told to make.
typedef struct cr_export_work {
    cr_export_phase phase;
    cr_export_wait waits;
    int64_t done, total;   // frames, samples (heard, then encoded) or packets
    int64_t frames_passed; // pictures that went from decoder to encoder untouched
    int64_t bytes;
} cr_export_work;

// Shares the snapshot; [host] must outlive the worker. Opens and checks every asset, as
// cr_export_open. [desc]->output is the final file; [folder] is where the segments are:
// "<folder>/picture-000012.segment", "<folder>/sound.segment", and what was heard of the loudness
// "<folder>/loudness.segment".
CR_CHECKED cr_status cr_export_worker_open(cr_export_worker **out, const cr_project *project,
                                           const cr_export_desc *desc, const char *folder,
                                           const cr_host *host, cr_fault *fault);
void cr_export_worker_close(cr_export_worker **worker);
const cr_export_plan *cr_export_worker_plan(const cr_export_worker *worker);

// Whether segment [index] of the pictures (-1: the sound) is there, whole and of this plan: reads
// every byte of it.
bool cr_export_worker_has(cr_export_worker *worker, int64_t index);

// What to make next: segment [index] of the pictures, or the sound (-1). What was begun and not
// completed is dropped. Each segment begins with a fresh encoder: its bytes depend on nothing
// before.
CR_CHECKED cr_status cr_export_worker_begin(cr_export_worker *worker, int64_t index,
                                            cr_fault *fault);
// Next all segments and the sound into desc->output, whose sink is never read back. Its steps
// name a segment that is missing (CR_NOTFOUND), damaged (CR_CORRUPT) or another export's
// (CR_CONFLICT).
CR_CHECKED cr_status cr_export_worker_begin_join(cr_export_worker *worker, cr_fault *fault);
// A bounded piece of it (about a frame). CR_AGAIN: go on, when [work]->waits says; CR_OK: complete;
// anything else: it was dropped, what is complete stays (after CR_NOSPACE, begin it again when
// there is space).
CR_CHECKED cr_status cr_export_worker_step(cr_export_worker *worker, cr_export_work *work,
                                           cr_fault *fault);
