#include "broker/voice/polish.h"

#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "mixer/gain.h"
#include "mixer/mixer.h"
#include "mixer/resample.h"

enum {
    LEAD = CR_MIX_RATE * 30 / 1000,      // silence kept before the first sound
    TAIL_MAX = CR_MIX_RATE * 250 / 1000, // a last sound may ring so long
    TAIL_MIN = CR_MIX_RATE * 40 / 1000,
    EDGE = CR_MIX_RATE * 6 / 1000,
    QUIET_WINDOW = CR_MIX_RATE * 10 / 1000,
};

static const double target_lufs = -20, ceiling_dbtp = -1.5;
static const float quiet = 0.0018f; // -55 dB: what nobody hears the end of

void cr_recording_free(cr_recording *recording)
{
    cr_free(recording->samples);
    cr_free(recording->phonemes);
    *recording = (cr_recording){0};
}

static cr_status to_mix_rate(const cr_speech *speech, int rate, float **out, int *out_count,
                             cr_fault *fault)
{
    cr_resampler *resampler = NULL;
    cr_status status = cr_resampler_open(&resampler, rate, CR_MIX_RATE);
    if (status != CR_OK) return cr_fail(fault, status, "voice", "The voice cannot be converted.");
    int count = (int)((int64_t)speech->count * CR_MIX_RATE / rate) + 1;
    int64_t first;
    int needed;
    cr_resampler_needs(resampler, 0, count, &first, &needed);
    float *padded = cr_alloc((size_t)needed, sizeof *padded);
    for (int i = 0; i < needed; i++) {
        int64_t from = first + i;
        if (from >= 0 && from < speech->count) padded[i] = speech->samples[from];
    }
    *out = cr_alloc((size_t)count, sizeof **out);
    *out_count = count;
    cr_resampler_run(resampler, 0, count, padded, *out);
    cr_free(padded);
    cr_resampler_close(&resampler);
    return CR_OK;
}

static bool is_quiet(const float *samples, int count)
{
    for (int i = 0; i < count; i++)
        if (fabsf(samples[i]) > quiet) return false;
    return true;
}

// What of the sentence is kept: from just before its first sound until its last has died away.
static cr_span heard_part(const cr_speech *speech, const float *samples, int count, double scale)
{
    int first = 0, last = count;
    for (int i = 0; i < speech->phoneme_count; i++) {
        if (strcmp(speech->phonemes[i].symbol, "pau") == 0) continue;
        first = (int)(speech->phonemes[i].span.start * scale);
        break;
    }
    for (int i = speech->phoneme_count - 1; i >= 0; i--) {
        if (strcmp(speech->phonemes[i].symbol, "pau") == 0) continue;
        last = (int)(speech->phonemes[i].span.end * scale);
        break;
    }
    cr_span kept = {first - LEAD, last + TAIL_MIN};
    int tail_max = last + TAIL_MAX;
    while (kept.start > 0 && !is_quiet(samples + kept.start, EDGE))
        kept.start = kept.start > EDGE ? kept.start - EDGE : 0;
    if (kept.start < 0) kept.start = 0;
    while (kept.end < tail_max && kept.end + QUIET_WINDOW < count &&
           !is_quiet(samples + kept.end, QUIET_WINDOW))
        kept.end += QUIET_WINDOW;
    if (kept.end > count) kept.end = count;
    return kept;
}

static void grow(cr_recording *recording, int count)
{
    if (recording->count + count > recording->room) {
        recording->room = (recording->count + count) * 2;
        recording->samples = cr_realloc(recording->samples, (size_t)recording->room, sizeof(float));
    }
    memset(recording->samples + recording->count, 0, (size_t)count * sizeof(float));
    recording->count += count;
}

static void add_phoneme(cr_recording *recording, const char *symbol, int start, int end)
{
    if (end <= start) return;
    if (recording->phoneme_count > 0) {
        cr_phoneme *before = &recording->phonemes[recording->phoneme_count - 1];
        if (strcmp(before->symbol, "pau") == 0 && strcmp(symbol, "pau") == 0) {
            before->span.end = end;
            return;
        }
    }
    cr_phoneme phoneme = {symbol, {start, end}};
    CR_VEC_ADD(recording->phonemes, recording->phoneme_count, recording->phoneme_room, phoneme);
}

static void add_times(cr_recording *recording, const cr_sentence *sentence, const cr_speech *speech,
                      cr_span kept, int base, double scale)
{
    int end = base;
    for (int i = 0; i < speech->phoneme_count; i++) {
        const cr_phoneme *phoneme = &speech->phonemes[i];
        int to = (int)(phoneme->span.end * scale) - kept.start + base;
        if (to > base + kept.end - kept.start) to = base + kept.end - kept.start;
        add_phoneme(recording, phoneme->symbol, end, to);
        if (to > end) end = to;
    }
    add_phoneme(recording, "pau", end, base + kept.end - kept.start);
    for (int i = 0; i < sentence->token_count; i++) {
        cr_span *word = &recording->words[sentence->tokens[i].word];
        int from = (int)(speech->tokens[i].start * scale) - kept.start + base;
        int to = (int)(speech->tokens[i].end * scale) - kept.start + base;
        if (from < base) from = base;
        if (to > base + kept.end - kept.start) to = base + kept.end - kept.start;
        if (word->end == 0) word->start = from;
        if (to > word->end) word->end = to;
    }
}

cr_status cr_recording_add(cr_recording *recording, const cr_voice_spec *voice,
                           const cr_sentence *sentence, const cr_speech *speech, double speed,
                           cr_fault *fault)
{
    int rate = (int)(speech->rate * voice->size + 0.5);
    float *samples = NULL;
    int count = 0;
    cr_status status = to_mix_rate(speech, rate, &samples, &count, fault);
    if (status != CR_OK) return status;
    double scale = (double)CR_MIX_RATE / rate;
    cr_span kept = heard_part(speech, samples, count, scale);
    int base = recording->count, length = kept.end - kept.start;
    grow(recording, length);
    memcpy(recording->samples + base, samples + kept.start, (size_t)length * sizeof(float));
    cr_free(samples);
    for (int i = 0; i < EDGE && i < length / 2; i++) {
        recording->samples[base + i] *= (float)i / (float)EDGE;
        recording->samples[base + length - 1 - i] *= (float)i / (float)EDGE;
    }
    add_times(recording, sentence, speech, kept, base, scale);
    int pause = (int)(sentence->pause * (double)CR_MIX_RATE / (voice->pace * speed));
    add_phoneme(recording, "pau", recording->count, recording->count + pause);
    grow(recording, pause);
    return CR_OK;
}

// A second-order filter.
typedef struct biquad {
    double b0, b1, b2, a1, a2;
    double x1, x2, y1, y2;
} biquad;

typedef enum biquad_kind {
    BIQUAD_NONE = 0,
    BIQUAD_LOW_CUT,
    BIQUAD_BELL,
    BIQUAD_HIGH_SHELF,
} biquad_kind;

// The well-known bilinear designs for a corner of [hertz], a width of [q] and a gain of [db].
static biquad biquad_make(biquad_kind kind, double hertz, double q, double db)
{
    double turn = 2 * hertz / (double)CR_MIX_RATE;
    double sine = cr_sine_half_turns(turn), cosine = cr_sine_half_turns(0.5 - turn);
    double alpha = sine / (2 * q), a = cr_gain_from_db(db / 2), root = sqrt(a);
    double a0 = 1 + alpha;
    biquad made = {0};
    if (kind == BIQUAD_LOW_CUT) {
        made = (biquad){.b0 = (1 + cosine) / 2, .b1 = -(1 + cosine), .b2 = (1 + cosine) / 2};
        made.a1 = -2 * cosine;
        made.a2 = 1 - alpha;
    } else if (kind == BIQUAD_BELL) {
        a0 = 1 + alpha / a;
        made = (biquad){.b0 = 1 + alpha * a, .b1 = -2 * cosine, .b2 = 1 - alpha * a};
        made.a1 = -2 * cosine;
        made.a2 = 1 - alpha / a;
    } else {
        double slope = 2 * root * alpha;
        a0 = (a + 1) - (a - 1) * cosine + slope;
        made.b0 = a * ((a + 1) + (a - 1) * cosine + slope);
        made.b1 = -2 * a * ((a - 1) + (a + 1) * cosine);
        made.b2 = a * ((a + 1) + (a - 1) * cosine - slope);
        made.a1 = 2 * ((a - 1) - (a + 1) * cosine);
        made.a2 = (a + 1) - (a - 1) * cosine - slope;
    }
    made.b0 /= a0;
    made.b1 /= a0;
    made.b2 /= a0;
    made.a1 /= a0;
    made.a2 /= a0;
    return made;
}

static void biquad_run(biquad *filter, float *samples, int count)
{
    for (int i = 0; i < count; i++) {
        double x = (double)samples[i];
        double y = filter->b0 * x + filter->b1 * filter->x1 + filter->b2 * filter->x2 -
                   filter->a1 * filter->y1 - filter->a2 * filter->y2;
        if (fabs(y) < 1e-20) y = 0;
        filter->x2 = filter->x1;
        filter->x1 = x;
        filter->y2 = filter->y1;
        filter->y1 = y;
        samples[i] = (float)y;
    }
}

static void equalise(cr_recording *recording, const cr_voice_spec *voice)
{
    biquad filters[] = {
        biquad_make(BIQUAD_LOW_CUT, 75, 0.707, 0),
        biquad_make(BIQUAD_BELL, 320, 0.9, -1.5),
        biquad_make(BIQUAD_BELL, 3000, 0.8, voice->presence_db),
        biquad_make(BIQUAD_HIGH_SHELF, 5200, 0.7, voice->air_db),
    };
    for (size_t i = 0; i < CR_COUNT_OF(filters); i++)
        biquad_run(&filters[i], recording->samples, recording->count);
}

// Loud syllables down by half of what they are over, so that the quiet ones are understood too.
static void even_out(cr_recording *recording)
{
    const double rise = 1.0 / (0.008 * (double)CR_MIX_RATE),
                 fall = 1.0 / (0.15 * (double)CR_MIX_RATE);
    double total = 0;
    int voiced = 0;
    for (int i = 0; i < recording->count; i++) {
        double power = (double)recording->samples[i] * (double)recording->samples[i];
        if (power < 1e-6) continue;
        total += power;
        voiced++;
    }
    if (voiced == 0) return;
    double threshold = sqrt(total / voiced), level = 0;
    for (int i = 0; i < recording->count; i++) {
        double now = fabs((double)recording->samples[i]);
        level += (now - level) * (now > level ? rise : fall);
        if (level > threshold)
            recording->samples[i] =
                (float)((double)recording->samples[i] * sqrt(threshold / level));
    }
}

static cr_status measure(const cr_samples *both, cr_loudness *out)
{
    cr_loudness_meter *meter = NULL;
    cr_status status = cr_loudness_meter_open(&meter);
    if (status == CR_OK) status = cr_loudness_meter_add(meter, both);
    if (status == CR_OK) status = cr_loudness_meter_result(meter, target_lufs, out);
    cr_loudness_meter_close(&meter);
    return status;
}

// In place: the limiter gives all of what it took in two pieces.
static cr_status level(cr_samples *both, const cr_loudness *loudness)
{
    cr_limiter *limiter = NULL;
    cr_samples *first = NULL, *rest = NULL;
    cr_status status = cr_limiter_open(&limiter, loudness->gain_db, ceiling_dbtp);
    if (status == CR_OK) status = cr_limiter_process(limiter, both, &first);
    if (status == CR_OK) status = cr_limiter_process(limiter, NULL, &rest);
    for (int side = 0; status == CR_OK && side < 2; side++) {
        memcpy(both->data[side], first->data[side], (size_t)first->count * sizeof(float));
        memcpy(both->data[side] + first->count, rest->data[side],
               (size_t)rest->count * sizeof(float));
    }
    cr_samples_drop(&first);
    cr_samples_drop(&rest);
    cr_limiter_close(&limiter);
    return status;
}

cr_status cr_recording_finish(cr_recording *recording, const cr_voice_spec *voice, cr_samples **out,
                              cr_fault *fault)
{
    equalise(recording, voice);
    even_out(recording);
    cr_samples *both = NULL, *mono = NULL;
    cr_status status = cr_samples_make(&both, CR_MIX_RATE, 2, recording->count);
    if (status == CR_OK) status = cr_samples_make(&mono, CR_MIX_RATE, 1, recording->count);
    cr_loudness loudness;
    if (status == CR_OK) {
        for (int side = 0; side < 2; side++)
            memcpy(both->data[side], recording->samples, (size_t)recording->count * sizeof(float));
        status = measure(both, &loudness);
    }
    if (status == CR_OK) status = level(both, &loudness);
    if (status == CR_OK)
        memcpy(mono->data[0], both->data[0], (size_t)recording->count * sizeof(float));
    cr_samples_drop(&both);
    if (status != CR_OK) {
        cr_samples_drop(&mono);
        return cr_fail(fault, status, "voice", "There is no memory for the voice.");
    }
    *out = mono;
    return CR_OK;
}
