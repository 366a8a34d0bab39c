// A sentence on its way from text to sound: what the two synthesisers take and give.
#pragma once

#include "broker/builtin_voice.h"

// What is said for one word of the text; a word may be said as several tokens, or none.
typedef struct cr_token {
    int word;
    int offset; // characters (not bytes) from the sentence's beginning
} cr_token;

// Tokens with single spaces between. All-zero is a valid empty one (cr_sentence_free).
typedef struct cr_sentence {
    char *text;
    int token_count;
    cr_token *tokens;
    double pause; // seconds of silence that belong behind it
} cr_sentence;

// Times are samples at the speech's own rate.
typedef struct cr_span {
    int start, end;
} cr_span;

// One sound of speech and when it is heard.
typedef struct cr_phoneme {
    const char *symbol; // static
    cr_span span;
} cr_phoneme;

// One sentence spoken (cr_speech_free).
typedef struct cr_speech {
    int rate;
    int count, room;
    float *samples;
    int token_count;
    cr_span *tokens;
    int phoneme_count, phoneme_room;
    cr_phoneme *phonemes;
} cr_speech;

void cr_speech_free(cr_speech *speech);

// A synthesiser, open for one text at a time: both have global state.
typedef struct cr_synthesiser {
    // [speed] 1 is the voice's ordinary one.
    cr_status (*open)(void **out, const cr_voice_spec *voice, double speed, cr_fault *fault);
    // Fills the all-zero [out], a span for each of the sentence's tokens.
    cr_status (*speak)(void *state, const cr_sentence *sentence, cr_speech *out, cr_fault *fault);
    void (*close)(void *state);
} cr_synthesiser;

// All that there are.
extern const cr_synthesiser cr_synthesiser_flite;
extern const cr_synthesiser cr_synthesiser_espeak;
