// Through espeak-ng: formant voices for a hundred languages.
//
// The library is loaded anew for every text: what it said before would otherwise colour what it
// says next (its oscillator's phase is kept), and initialising it a second time hangs (1.51).
#include <dlfcn.h>
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

static const char library_name[] = "libespeak-ng.so.1";

typedef struct espeak_state {
    void *library;
    int (*initialize)(espeak_AUDIO_OUTPUT output, int buffer_ms, const char *path, int options);
    espeak_ERROR (*set_voice_by_name)(const char *name);
    espeak_ERROR (*set_voice_by_properties)(espeak_VOICE *properties);
    espeak_ERROR (*set_parameter)(espeak_PARAMETER parameter, int value, int is_relative);
    void (*set_callback)(t_espeak_callback *callback);
    espeak_ERROR (*synth)(const void *text, size_t size, unsigned int position,
                          espeak_POSITION_TYPE position_type, unsigned int end_position,
                          unsigned int flags, unsigned int *identifier, void *user_data);
    espeak_ERROR (*terminate)(void);
    int rate;                    // 0: not initialised
    const cr_sentence *sentence; // being spoken
    cr_speech *speech;
    int open_token; // whose end is not yet known; -1 none
} espeak_state;

static bool load(espeak_state *state)
{
    const struct {
        const char *name;
        void *function; // where its pointer goes
    } functions[] = {
        {"espeak_Initialize", &state->initialize},
        {"espeak_SetVoiceByName", &state->set_voice_by_name},
        {"espeak_SetVoiceByProperties", &state->set_voice_by_properties},
        {"espeak_SetParameter", &state->set_parameter},
        {"espeak_SetSynthCallback", &state->set_callback},
        {"espeak_Synth", &state->synth},
        {"espeak_Terminate", &state->terminate},
    };
    state->library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; state->library && i < CR_COUNT_OF(functions); i++) {
        void *found = dlsym(state->library, functions[i].name);
        if (!found) return false;
        memcpy(functions[i].function, &found, sizeof found);
    }
    return state->library != NULL;
}

static void espeak_close(void *opaque)
{
    espeak_state *state = opaque;
    if (state->rate > 0) state->terminate();
    if (state->library) dlclose(state->library);
    cr_free(state);
}

static cr_status set_up(espeak_state *state, const cr_voice_spec *voice, double speed,
                        cr_fault *fault)
{
    if (!load(state))
        return cr_fail(fault, CR_NOTFOUND, library_name,
                       "The voice \"%s\" needs espeak-ng, which is not installed.", voice->name);
    int options =
        espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_PHONEME_IPA | espeakINITIALIZE_DONT_EXIT;
    int rate = state->initialize(AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS, NULL, options);
    if (rate <= 0)
        return cr_fail(fault, CR_NOTFOUND, "espeak-ng-data", "espeak-ng finds no voice data.");
    state->rate = rate;
    espeak_VOICE wanted = {.languages = voice->model};
    if (state->set_voice_by_name(voice->model) != EE_OK &&
        state->set_voice_by_properties(&wanted) != EE_OK)
        return cr_fail(fault, CR_NOTFOUND, voice->name, "espeak-ng has no voice \"%s\".",
                       voice->model);
    double words = (double)ORDINARY_WORDS_PER_MINUTE * voice->pace * speed / voice->size;
    state->set_parameter(espeakRATE, (int)(words + 0.5), 0);
    state->set_parameter(espeakVOLUME, 90, 0);
    return CR_OK;
}

static cr_status espeak_open(void **out, const cr_voice_spec *voice, double speed, cr_fault *fault)
{
    espeak_state *state = cr_alloc(1, sizeof *state);
    cr_status status = set_up(state, voice, speed, fault);
    if (status != CR_OK) {
        espeak_close(state);
        return status;
    }
    *out = state;
    return CR_OK;
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
    state->set_callback(take_sound);
    espeak_ERROR error = state->synth(sentence->text, strlen(sentence->text) + 1, 0, POS_CHARACTER,
                                      0, espeakCHARS_UTF8, NULL, state);
    end_token(state, out->count);
    close_gaps(out);
    if (error != EE_OK || out->count == 0)
        return cr_fail(fault, CR_UNSUPPORTED, "/text", "espeak-ng cannot say \"%.80s\".",
                       sentence->text);
    return CR_OK;
}

const cr_synthesiser cr_synthesiser_espeak = {espeak_open, espeak_speak, espeak_close};
