// A score as sound, through FluidSynth.
#pragma once

#include "broker/builtin.h"
#include "broker/music/score.h"
#include "media/sample.h"

// Plays [score] with the soundfont at [path]: stereo, exactly as long as the score, levelled to
// -18 LUFS and under -1.5 dBTP, faded out to nothing over the last bar. Sorts the score's notes.
// Gives the samples.
CR_CHECKED cr_status cr_score_render(cr_score *score, const char *path, const cr_work *work,
                                     cr_samples **out, cr_fault *fault);
