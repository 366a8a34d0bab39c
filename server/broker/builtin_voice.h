// What the built-in voice can say and how its output is to be read.
//
// Phonemes: whatever the language, "symbol" is one of the CMU (ARPAbet) names in lower case:
//   vowels      aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw
//   consonants  b ch d dh f g hh jh k l m n ng p r s sh t th v w y z zh
//   silence     pau
// Sounds that English does not have are given as the nearest of these (the nearest mouth). They
// follow each other without gaps from 0 to the duration. Words are the text's own, with their
// punctuation, all of them and in order; a word that is not spoken ("-") has start = end.
#pragma once

#include "broker/builtin.h"

// What a request for a voice may ask.
enum {
    CR_VOICE_TEXT_BYTES_MAX = 100000,
    CR_VOICE_SPEED_PERCENT_MIN = 50,
    CR_VOICE_SPEED_PERCENT_MAX = 200,
};

// The library that speaks.
typedef enum cr_voice_engine {
    CR_VOICE_ENGINE_NONE = 0,
    CR_VOICE_ENGINE_FLITE,
    CR_VOICE_ENGINE_ESPEAK,
} cr_voice_engine;

// One voice of the list. "" or "auto" as a name chooses by the text's language.
typedef struct cr_voice_spec {
    const char *name;  // "warm", "spanish"
    const char *label; // for a person
    cr_voice_engine engine;
    const char *model;    // the engine's own name for it
    const char *language; // "en"
    double size;          // over 1: smaller speaker, higher voice
    double pace;          // its ordinary speed
    double presence_db;   // around 3 kHz
    double air_db;        // above 5 kHz
} cr_voice_spec;

// All of them, *count of them. Static.
const cr_voice_spec *cr_voice_list(int *count);

// The voice to speak [text] with when [name] was asked for: a voice of that name if it can read the
// text's script, else one of the text's language. NULL: there is no voice of this name. Static.
const cr_voice_spec *cr_voice_choose(const char *name, const char *text);
