// flow: project + samples -> [mixer] -> samples
// The film's sound: 48 kHz stereo float. Sample n is the same whatever blocks it is asked in.
#pragma once

#include "media/sample.h"
#include "project/resolve.h"

typedef struct cr_mixer cr_mixer;

// Where the mixer gets a clip's own sound from: [count] samples a channel from [first] (in samples
// at 48 kHz of the asset's presentation time) into [out], silence outside of the asset. Stereo:
// mono is on both, more channels are folded down by ITU-R BS.775.
typedef struct cr_sound_source {
    cr_status (*read)(void *cookie, const cr_asset *asset, int64_t first, int count, float *out[2],
                      cr_fault *fault);
    void *cookie;
} cr_sound_source;

// Shares the snapshot. [source] is copied; its cookie must outlive the mixer.
CR_CHECKED cr_status cr_mixer_open(cr_mixer **out, const cr_project *project,
                                   const cr_sequence *sequence, const cr_sound_source *source,
                                   cr_fault *fault);
void cr_mixer_close(cr_mixer **mixer);

// The mix before loudness: clips with gain, pan, fades, speed; tracks with gain, pan, ducking.
// Gives the samples. Any order of calls; falling back in time costs a re-read.
CR_CHECKED cr_status cr_mixer_read(cr_mixer *mixer, int64_t first, int count, cr_samples **out,
                                   cr_fault *fault);

// What was measured over the whole film, and the gain that brings it to the target.
typedef struct cr_loudness {
    double integrated_lufs; // -HUGE_VAL when silent
    double true_peak_dbtp;
    double gain_db;
} cr_loudness;

// EBU R128 measuring pass in pieces: feed every block once, in order, then ask.
typedef struct cr_loudness_meter cr_loudness_meter;
CR_CHECKED cr_status cr_loudness_meter_open(cr_loudness_meter **out);
void cr_loudness_meter_close(cr_loudness_meter **meter);
CR_CHECKED cr_status cr_loudness_meter_add(cr_loudness_meter *meter, const cr_samples *samples);
CR_CHECKED cr_status cr_loudness_meter_result(const cr_loudness_meter *meter, double target_lufs,
                                              cr_loudness *out);

// Gain, then a look-ahead true-peak limiter, in order over the whole film. Delay-free: it asks for
// its look-ahead by giving less than it took until flushed.
typedef struct cr_limiter cr_limiter;
CR_CHECKED cr_status cr_limiter_open(cr_limiter **out, double gain_db, double ceiling_dbtp);
void cr_limiter_close(cr_limiter **limiter);
// NULL flushes. Gives what is ready (count may be 0).
CR_CHECKED cr_status cr_limiter_process(cr_limiter *limiter, const cr_samples *in,
                                        cr_samples **out);
