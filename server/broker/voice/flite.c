// Through flite: statistical voices for English that sound like a person who reads.
#include <math.h>
#include <string.h>

#include <flite/flite.h>

#include "base/str.h"
#include "base/vec.h"
#include "broker/voice/speech.h"

cst_voice *register_cmu_us_slt(const char *folder);
cst_voice *register_cmu_us_rms(const char *folder);
cst_voice *register_cmu_us_awb(const char *folder);

static const struct {
    const char *name;
    cst_voice *(*make)(const char *folder);
} models[] = {
    {"slt", register_cmu_us_slt}, {"rms", register_cmu_us_rms}, {"awb", register_cmu_us_awb}};

static cr_status flite_open(void **out, const cr_voice_spec *voice, double speed, cr_fault *fault)
{
    flite_init();
    for (size_t i = 0; i < CR_COUNT_OF(models); i++) {
        if (strcmp(models[i].name, voice->model) != 0) continue;
        cst_voice *made = models[i].make(NULL); // belongs to the library, the same every time
        // A smaller speaker is made by playing faster what was spoken slower.
        double stretch = voice->size / (voice->pace * speed);
        flite_feat_set_float(made->features, "duration_stretch", (float)stretch);
        *out = made;
        return CR_OK;
    }
    return cr_fail(fault, CR_NOTFOUND, voice->name, "flite has no voice \"%s\".", voice->model);
}

static void flite_close(void *state)
{
    (void)state;
}

// The names that are not CMU's own already.
static const char *symbol_of(const char *name)
{
    static const char *const symbols[] = {
        "aa", "ae", "ah", "ao", "aw", "ax", "ay", "b", "ch", "d", "dh", "eh", "er", "ey",
        "f",  "g",  "hh", "ih", "iy", "jh", "k",  "l", "m",  "n", "ng", "ow", "oy", "p",
        "r",  "s",  "sh", "t",  "th", "uh", "uw", "v", "w",  "y", "z",  "zh",
    };
    for (size_t i = 0; i < CR_COUNT_OF(symbols); i++)
        if (strcmp(symbols[i], name) == 0) return symbols[i];
    return strcmp(name, "axr") == 0 ? "er" : "pau";
}

static int sample_of(const cr_speech *speech, double seconds)
{
    double at = floor(seconds * speech->rate + 0.5);
    return at < 0 ? 0 : at > speech->count ? speech->count : (int)at;
}

static void take_phonemes(cst_utterance *utterance, cr_speech *out)
{
    int start = 0;
    cst_item *segment = relation_head(utt_relation(utterance, "Segment"));
    for (; segment; segment = item_next(segment)) {
        int end = sample_of(out, (double)item_feat_float(segment, "end"));
        cr_phoneme phoneme = {symbol_of(item_feat_string(segment, "name")), {start, end}};
        if (end > start) CR_VEC_ADD(out->phonemes, out->phoneme_count, out->phoneme_room, phoneme);
        start = end > start ? end : start;
    }
}

// From its first word's first sound to its last word's last.
static bool token_span(const cr_speech *speech, const cst_item *token, cr_span *out)
{
    const cst_item *first = item_daughter(token), *last = item_last_daughter(token);
    if (!first || !last) return false;
    const char *start_path = "R:SylStructure.daughter1.daughter1.R:Segment.p.end";
    const char *end_path = "R:SylStructure.daughtern.daughtern.R:Segment.end";
    double end = (double)flite_ffeature_float(last, end_path);
    if (end <= 0) return false;
    out->start = sample_of(speech, (double)flite_ffeature_float(first, start_path));
    out->end = sample_of(speech, end);
    return out->end >= out->start;
}

static void take_tokens(cst_utterance *utterance, const cr_sentence *sentence, cr_speech *out)
{
    cst_item *token = relation_head(utt_relation(utterance, "Token"));
    int made = 0;
    for (cst_item *at = token; at; at = item_next(at))
        made++;
    out->token_count = sentence->token_count;
    out->tokens = cr_alloc((size_t)out->token_count + 1, sizeof *out->tokens);
    int last_end = 0, index = 0;
    for (; token; token = item_next(token), index++) {
        // One to one, as the text was cut for it; else by order, as well as can be.
        int to = made == out->token_count ? index : index * out->token_count / made;
        cr_span span = {last_end, last_end};
        bool is_said = token_span(out, token, &span);
        if (out->tokens[to].end == 0) out->tokens[to].start = span.start;
        out->tokens[to].end = span.end;
        if (is_said) last_end = span.end;
    }
}

static cr_status flite_speak(void *state, const cr_sentence *sentence, cr_speech *out,
                             cr_fault *fault)
{
    cst_utterance *utterance = flite_synth_text(sentence->text, state);
    cst_wave *wave = utterance ? utt_wave(utterance) : NULL;
    if (!wave) {
        if (utterance) delete_utterance(utterance);
        return cr_fail(fault, CR_UNSUPPORTED, "/text", "flite cannot say \"%.80s\".",
                       sentence->text);
    }
    out->rate = cst_wave_sample_rate(wave);
    out->count = out->room = cst_wave_num_samples(wave);
    out->samples = cr_alloc((size_t)out->count + 1, sizeof *out->samples);
    for (int i = 0; i < out->count; i++)
        out->samples[i] = (float)cst_wave_samples(wave)[i] / 32768;
    take_phonemes(utterance, out);
    take_tokens(utterance, sentence, out);
    delete_utterance(utterance);
    return CR_OK;
}

const cr_synthesiser cr_synthesiser_flite = {flite_open, flite_speak, flite_close};
