// flow: project -> [engine] -> samples
// The film's sound as it is to be encoded, in order: mixed, brought to the film's loudness,
// limited.
#pragma once

#include "engine/export_plan.h"
#include "engine/pool.h"
#include "media/sample.h"

typedef struct cr_export_sound cr_export_sound;

// Shares the snapshot; [pool] must outlive it. [plan] is copied.
CR_CHECKED cr_status cr_export_sound_open(cr_export_sound **out, const cr_project *project,
                                          cr_pool *pool, const cr_export_plan *plan,
                                          cr_fault *fault);
void cr_export_sound_close(cr_export_sound **sound);

// The loudness of the whole must be known before its first sample can be made: a second of it.
// CR_AGAIN: there is more to be heard; CR_OK: it is known (at once where none is asked for).
CR_CHECKED cr_status cr_export_sound_listen(cr_export_sound *sound, cr_fault *fault);
// What listening led to: by how much the mix is made louder, once it is known.
double cr_export_sound_gain(const cr_export_sound *sound);
// Instead of listening, as an earlier run has done it. Only before anything was heard.
CR_CHECKED cr_status cr_export_sound_know(cr_export_sound *sound, double gain_db, cr_fault *fault);
// Samples that were listened to so far.
int64_t cr_export_sound_heard(const cr_export_sound *sound);

// Up to a second more, but not beyond sample [end] of the plan. Gives the samples, with their pts;
// their count may be 0, as the limiter looks ahead. CR_EOF: there is nothing more up to there.
CR_CHECKED cr_status cr_export_sound_make(cr_export_sound *sound, int64_t end, cr_samples **out,
                                          cr_fault *fault);
