// The windowed sinc by which sound is read between its samples.
#pragma once

#include <stddef.h>

#include "base/status.h"

// Weights for reading a sequence at a whole position plus a fraction. Row r stands for the fraction
// r / phases; one more row than phases, so that neighbours can be blended.
typedef struct cr_kernel {
    int phases;
    int taps; // a multiple of 8
    float *weights;
} cr_kernel;

// Bounds of a kernel.
enum {
    CR_KERNEL_PHASES_MAX = 1024,
    CR_KERNEL_TAPS_MAX = 96 * 32,
};

// A Kaiser-windowed sinc, stop band below -100 dB, that passes what is under [bandwidth] (0 to 1)
// of the input's Nyquist frequency, less 4 % for its slope. Owned by the caller (cr_kernel_free).
CR_CHECKED cr_status cr_kernel_make(cr_kernel *out, int phases, double bandwidth);
void cr_kernel_free(cr_kernel *kernel);

// How many samples before the whole position the first weight falls on.
int cr_kernel_before(const cr_kernel *kernel);

// The value between samples; [in] points at the first sample that has a weight. [phase] counts
// [phases] steps and may lie between two.
float cr_kernel_read(const cr_kernel *kernel, const float *in, int phase);
float cr_kernel_read_between(const cr_kernel *kernel, const float *in, double phase);
