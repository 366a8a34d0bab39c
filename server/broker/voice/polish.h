// From sentences as a synthesiser gives them to one recording as a studio would hand it over.
#pragma once

#include "broker/voice/speech.h"
#include "media/sample.h"

// Grows sentence by sentence; all at 48 kHz, mono. All-zero is a valid empty one
// (cr_recording_free). Times are samples of the recording.
typedef struct cr_recording {
    int count, room;
    float *samples;
    cr_span *words; // one a word of the text, owned by who made the recording
    int phoneme_count, phoneme_room;
    cr_phoneme *phonemes;
} cr_recording;

// Appends [speech], its silent ends cut, then the sentence's pause (in [speed]'s measure).
// [recording]'s words of the sentence are filled.
CR_CHECKED cr_status cr_recording_add(cr_recording *recording, const cr_voice_spec *voice,
                                      const cr_sentence *sentence, const cr_speech *speech,
                                      double speed, cr_fault *fault);

// Rumble and boxiness out, presence and air in, evened out, at -20 LUFS (heard from both sides),
// below -1.5 dBTP. Gives the samples.
CR_CHECKED cr_status cr_recording_finish(cr_recording *recording, const cr_voice_spec *voice,
                                         cr_samples **out, cr_fault *fault);
void cr_recording_free(cr_recording *recording);
