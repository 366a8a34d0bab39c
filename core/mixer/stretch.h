// Faster or slower at the same pitch, by waveform-similarity overlap-add.
#pragma once

#include <stdint.h>

#include "project/value.h"

typedef struct cr_stretch cr_stretch;

// Where the sound comes from: [count] samples from [first] (which may be negative) into both.
typedef cr_status cr_stretch_read_function(void *cookie, int64_t first, int count, float *out[2],
                                           cr_fault *fault);

// Slowest and fastest that can be stretched.
#define CR_STRETCH_SPEED_MIN (CR_ONE / 16)
#define CR_STRETCH_SPEED_MAX (CR_ONE * 16)

// Output n stands for input n × [speed], give or take 12 ms; output 0 is input 0. [speed] is
// clamped to the limits above. [cookie] must outlive it.
void cr_stretch_open(cr_stretch **out, cr_number speed, cr_stretch_read_function *read,
                     void *cookie);
void cr_stretch_close(cr_stretch **stretch);

// [count] outputs from [first] (not negative). The same whatever is asked in whatever order; the
// first time that a place is reached, everything before it is listened to.
CR_CHECKED cr_status cr_stretch_run(cr_stretch *stretch, int64_t first, int count, float *out[2],
                                    cr_fault *fault);
