// A stretch of sound in memory: planar 32-bit float, nominally within ±1.
#pragma once

#include "base/ref.h"
#include "base/status.h"
#include "time/time.h"

// Channels of one block of samples.
enum { CR_CHANNELS_MAX = 8 };

// The project's rate: everything in the mixer runs at it.
enum { CR_MIX_RATE = 48000 };

// Channel order is that of WAVE: L R C LFE Ls Rs Lb Rb, the first [channels] of the usual layout.
typedef struct cr_samples {
    cr_ref ref;
    int rate;     // Hz
    int channels; // 1 to CR_CHANNELS_MAX
    int count;    // samples a channel
    float *data[CR_CHANNELS_MAX];
    cr_ticks pts; // of the first sample; CR_TICKS_NONE when unknown
} cr_samples;

// Silence. Gives it (cr_samples_drop). CR_NOMEM, CR_INVALID.
CR_CHECKED cr_status cr_samples_make(cr_samples **out, int rate, int channels, int count);
cr_samples *cr_samples_keep(cr_samples *samples);
void cr_samples_drop(cr_samples **samples);
