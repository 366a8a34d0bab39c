// Through espeak-ng: formant voices for a hundred languages.
#include <string.h>

#include <espeak-ng/speak_lib.h>

#include "base/str.h"
#include "base/vec.h"
#include "broker/voice/espeak_sounds.h"
#include "broker/voice/speech.h"

enum {
    ORDINARY_WORDS_PER_MINUTE = 162,
    BUFFER_MS = 200,
};

typedef struct espeak_state {
    int rate;
    const cr_sentence *sentence; // being spoken
    cr_speech *speech;
    int open_token; // whose end is not yet known; -1 none
} espeak_state;

static cr_status espeak_open(void **out, const cr_voice_spec *voice, double speed, cr_fault *fault)
{
    int options =
        espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_PHONEME_IPA | espeakINITIALIZE_DONT_EXIT;
    int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS, NULL, options);
    if (rate <= 0)
        return cr_fail(fault, CR_NOTFOUND, "espeak-ng-data", "espeak-ng finds no voice data.");
    espeak_VOICE wanted = {.languages = voice->model};
    if (espeak_SetVoiceByName(voice->model) != EE_OK &&
        espeak_SetVoiceByProperties(&wanted) != EE_OK) {
        espeak_Terminate();
        return cr_fail(fault, CR_NOTFOUND, voice->name, "espeak-ng has no voice \"%s\".",
                       voice->model);
    }
    double words = ORDINARY_WORDS_PER_MINUTE * voice->pace * speed / voice->size;
    espeak_SetParameter(espeakRATE, (int)(words + 0.5), 0);
    espeak_SetParameter(espeakVOLUME, 90, 0);
    espeak_state *state = cr_alloc(1, sizeof *state);
    state->rate = rate;
    *out = state;
    return CR_OK;
}

static void espeak_close(void *state)
{
    espeak_Terminate();
    cr_free(state);
}

static int token_at(const cr_sentence *sentence, int character)
{
    int found = 0;
    for (int i = 0; i < sentence->token_count; i++)
        if (sentence->tokens[i].offset <= character) found = i;
    return found;
}

static void end_token(espeak_state *state, int at)
{
    if (state->open_token < 0) return;
    cr_span *span = &state->speech->tokens[state->open_token];
    if (at > span->end) span->end = at;
    state->open_token = -1;
}

static void take_event(espeak_state *state, const espeak_EVENT *event)
{
    cr_speech *speech = state->speech;
    int at = (int)((int64_t)event->audio_position * state->rate / 1000);
    if (event->type == espeakEVENT_WORD) {
        int token = token_at(state->sentence, event->text_position - 1);
        if (token == state->open_token) return; // "10 000" is said as two
        end_token(state, at);
        if (speech->tokens[token].end == 0) speech->tokens[token].start = at;
        state->open_token = token;
    } else if (event->type == espeakEVENT_END) {
        end_token(state, at);
    } else if (event->type == espeakEVENT_PHONEME) {
        char name[sizeof event->id.string + 1] = {0};
        memcpy(name, event->id.string, sizeof event->id.string);
        const char *symbol = cr_espeak_symbol(name);
        if (!symbol) return;
        if (strcmp(symbol, "pau") == 0) end_token(state, at);
        cr_phoneme phoneme = {symbol, {at, at}};
        if (speech->phoneme_count > 0) speech->phonemes[speech->phoneme_count - 1].span.end = at;
        CR_VEC_ADD(speech->phonemes, speech->phoneme_count, speech->phoneme_room, phoneme);
    }
}

static int take_sound(short *wave, int count, espeak_EVENT *events)
{
    espeak_state *state = events->user_data;
    for (const espeak_EVENT *event = events; event->type != espeakEVENT_LIST_TERMINATED; event++)
        take_event(state, event);
    cr_speech *speech = state->speech;
    for (int i = 0; wave && i < count; i++)
        CR_VEC_ADD(speech->samples, speech->count, speech->room, (float)wave[i] / 32768);
    return 0;
}

// What no event spoke of stands where the one before ended.
static void close_gaps(cr_speech *speech)
{
    int end = 0;
    for (int i = 0; i < speech->token_count; i++) {
        cr_span *span = &speech->tokens[i];
        if (span->end == 0) *span = (cr_span){end, end};
        if (span->start < end) span->start = end;
        if (span->end < span->start) span->end = span->start;
        if (span->end > speech->count) span->end = speech->count;
        end = span->end;
    }
    if (speech->phoneme_count > 0)
        speech->phonemes[speech->phoneme_count - 1].span.end = speech->count;
}

static cr_status espeak_speak(void *opaque, const cr_sentence *sentence, cr_speech *out,
                              cr_fault *fault)
{
    espeak_state *state = opaque;
    out->rate = state->rate;
    out->token_count = sentence->token_count;
    out->tokens = cr_alloc((size_t)out->token_count + 1, sizeof *out->tokens);
    state->sentence = sentence;
    state->speech = out;
    state->open_token = -1;
    espeak_SetSynthCallback(take_sound);
    espeak_ERROR error = espeak_Synth(sentence->text, strlen(sentence->text) + 1, 0, POS_CHARACTER,
                                      0, espeakCHARS_UTF8, NULL, state);
    end_token(state, out->count);
    close_gaps(out);
    if (error != EE_OK || out->count == 0)
        return cr_fail(fault, CR_UNSUPPORTED, "/text", "espeak-ng cannot say \"%.80s\".",
                       sentence->text);
    return CR_OK;
}

const cr_synthesiser cr_synthesiser_espeak = {espeak_open, espeak_speak, espeak_close};
