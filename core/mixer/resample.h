// From one sample rate to another, by absolute position: a sample is the same whatever stretch it
// is asked in, so that seeking and reading through agree to the bit.
#pragma once

#include <stdint.h>

#include "base/status.h"

typedef struct cr_resampler cr_resampler;

// Samples a second, either side.
enum { CR_RESAMPLE_RATE_MAX = 768000 };

// Output n stands where input n × [rate_in] / [rate_out] does. Aliases and images are below -95 dB;
// what is under 92 % of the lower Nyquist frequency passes. Equal rates copy. CR_INVALID: a rate
// below 1 or over CR_RESAMPLE_RATE_MAX.
CR_CHECKED cr_status cr_resampler_open(cr_resampler **out, int rate_in, int rate_out);
void cr_resampler_close(cr_resampler **resampler);

// What has to be there to make outputs [first, first + count): inputs from *in_first (may be
// negative: the caller gives silence outside of what it has), *in_count of them.
void cr_resampler_needs(const cr_resampler *resampler, int64_t first, int count, int64_t *in_first,
                        int *in_count);

// Makes [count] outputs from [first]; [in] begins with input *in_first of cr_resampler_needs for
// the same stretch. One channel at a time.
void cr_resampler_run(const cr_resampler *resampler, int64_t first, int count, const float *in,
                      float *out);
