// How far a track is turned down because somebody speaks, as a pure function of time.
#pragma once

#include "project/resolve.h"

// Gaps between words shorter than this stay turned down, besides those too short for a release and
// an attack.
#define CR_DUCK_HOLD_TICKS (CR_TICKS_PER_SECOND * 3 / 5)

// Where speech pushes the other sounds down, and how far.
typedef struct cr_ducking {
    cr_number amount; // dB, 0: off
    cr_ticks attack, release;
    int count;
    cr_range *speech; // owned, sorted, apart by more than the hold
} cr_ducking;

// What [track]'s duck settings mean in [sequence]. Since it is known when speech begins, the attack
// ends there: no word is masked. Owned by the caller (cr_ducking_free).
void cr_ducking_make(cr_ducking *out, const cr_project *project, const cr_sequence *sequence,
                     const cr_track *track);
void cr_ducking_free(cr_ducking *ducking);

// Decibels, 0 or less, at [at].
double cr_ducking_db(const cr_ducking *ducking, cr_ticks at);
