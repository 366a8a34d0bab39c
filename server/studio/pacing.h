// How long a scene is, and when its voice begins.
//
// A scene's length depends on its own voice and on how the script was first written, never on the
// other scenes' voices: changing one narration leaves every other clip as it is.
#pragma once

#include "time/time.h"

// What every clip has before and after the part that its scene shows, for transitions.
#define CR_PACE_HANDLE (CR_TICKS_PER_SECOND / 2)

// What the length of a film is shared out by.
typedef struct cr_pace {
    cr_ticks wanted; // the film
    int scene_count;
    int silent_count; // scenes that were written without narration
    int words_total;  // as first written
    cr_rate rate;     // lengths are whole frames of this
} cr_pace;

// When a scene ends and its voice begins.
typedef struct cr_scene_timing {
    cr_ticks duration;
    cr_ticks voice_start; // from the scene's start
} cr_scene_timing;

// How fast the voice should speak for the film to be as long as wanted, in hundredths: the whole
// script decides, as it was first written, and only within what still sounds natural.
int cr_pace_speed_percent(const cr_pace *pace);

// Scene [number] (from 1), planned with [words] words, whose voice lasts [voice] (0: none).
cr_scene_timing cr_pace_scene(const cr_pace *pace, int number, int words, cr_ticks voice);
