// Many channels onto two, by ITU-R BS.775.
#pragma once

#include "media/sample.h"

// Folds [samples] (borrowed) onto [left] and [right], samples->count of each. Mono goes to both;
// the centre and each surround channel at -3 dB to its side; the low-frequency channel is left out.
// Channels by their count: 3 L R C; 4 L R and surrounds; 5 L R C and surrounds; 6 L R C LFE and
// surrounds; 7 and 8 with the backs too, a single back on both.
void cr_downmix(const cr_samples *samples, float *left, float *right);
