#include "broker/music/score.h"

#include <math.h>
#include <string.h>

#include "base/vec.h"

enum {
    LATE_SAMPLES = 330, // 7 ms
    LOUDER = 7,
};

uint64_t cr_dice_roll(cr_dice *dice)
{
    dice->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = dice->state;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

int cr_dice_between(cr_dice *dice, int low, int high)
{
    return low + (int)(cr_dice_roll(dice) % (uint64_t)(high - low + 1));
}

static int within(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void cr_score_add(cr_score *score, cr_dice *dice, int channel, double beat, double beats, int key,
                  int velocity)
{
    int64_t start = (int64_t)(beat * score->samples_per_beat);
    if (beat > 0) start += cr_dice_between(dice, -LATE_SAMPLES, LATE_SAMPLES);
    int64_t end = (int64_t)((beat + beats) * score->samples_per_beat);
    if (start < 0) start = 0;
    if (end > score->duration) end = score->duration;
    if (end <= start || key < 0 || key > 127) return;
    velocity = within(velocity + cr_dice_between(dice, -LOUDER, LOUDER), 1, 127);
    cr_note note = {start, end, (uint8_t)channel, (uint8_t)key, (uint8_t)velocity};
    CR_VEC_ADD(score->notes, score->note_count, score->note_room, note);
}

int cr_score_key(const cr_score *score, int degree, int low)
{
    int octave = degree >= 0 ? degree / 7 : -((6 - degree) / 7);
    int tonic = score->tonic;
    while (tonic < low)
        tonic += 12;
    while (tonic - 12 >= low)
        tonic -= 12;
    return tonic + score->scale[degree - octave * 7] + 12 * octave;
}

int cr_section_strength(cr_section section)
{
    switch (section) {
    case CR_SECTION_INTRO:
        return 82;
    case CR_SECTION_CHORUS:
        return 108;
    case CR_SECTION_RETURN:
        return 104;
    case CR_SECTION_OUTRO:
        return 88;
    case CR_SECTION_NONE:
    case CR_SECTION_VERSE:
    case CR_SECTION_END:
        break;
    }
    return 96;
}

static void choose_scale(cr_score *score)
{
    static const struct {
        const char *mode;
        int steps[7];
    } scales[] = {
        {"major", {0, 2, 4, 5, 7, 9, 11}},  {"minor", {0, 2, 3, 5, 7, 8, 10}},
        {"dorian", {0, 2, 3, 5, 7, 9, 10}}, {"mixolydian", {0, 2, 4, 5, 7, 9, 10}},
        {"lydian", {0, 2, 4, 6, 7, 9, 11}},
    };
    for (size_t i = 0; i < CR_COUNT_OF(scales); i++)
        if (strcmp(scales[i].mode, score->mood->mode) == 0)
            memcpy(score->scale, scales[i].steps, sizeof score->scale);
}

static void choose_tonic(cr_score *score, cr_dice *dice)
{
    static const int letters[] = {9, 11, 0, 2, 4, 5, 7}; // A to G
    const char *keys = score->mood->keys;
    int count = (int)(strlen(keys) + 1) / 2;
    score->tonic = letters[keys[2 * cr_dice_between(dice, 0, count - 1)] - 'A'];
}

// Bars, so that they fill the duration at a tempo near the mood's; whole phrases and a last bar are
// worth a small bend.
static void choose_bars(cr_score *score, cr_dice *dice)
{
    const cr_mood *mood = score->mood;
    int reach = mood->tempo_reach / 3;
    double wanted = mood->tempo + cr_dice_between(dice, -reach, reach);
    double minutes = (double)score->duration / (60.0 * (double)CR_SCORE_RATE);
    int middle = (int)(minutes * wanted / mood->beats + 0.5);
    int best = middle < 2 ? 2 : middle;
    double best_cost = 1e9;
    for (int bars = middle - 6 < 2 ? 2 : middle - 6; bars <= middle + 6; bars++) {
        double tempo = bars * mood->beats / minutes;
        double cost = fabs(tempo - wanted) / mood->tempo_reach;
        int over = (bars - 1) % CR_PHRASE_BARS;
        cost += over == 0 ? 0 : over == 2 ? 0.45 : 0.8;
        if (cost < best_cost) {
            best_cost = cost;
            best = bars;
        }
    }
    score->bar_count = best;
    score->samples_per_beat = (double)score->duration / (best * mood->beats);
}

static cr_section section_of(int phrase, int phrases)
{
    if (phrases >= 4 && phrase == 0) return CR_SECTION_INTRO;
    if (phrases >= 6 && phrase == phrases - 1) return CR_SECTION_OUTRO;
    int inner = phrase - (phrases >= 4);
    switch (inner % 4) {
    case 0:
        return inner == 0 ? CR_SECTION_VERSE : CR_SECTION_RETURN;
    case 1:
        return phrases >= 7 ? CR_SECTION_VERSE : CR_SECTION_CHORUS;
    case 2:
        return phrases >= 7 ? CR_SECTION_CHORUS : CR_SECTION_RETURN;
    default:
        return CR_SECTION_RETURN;
    }
}

// One of the choices in "1 5 6 4|1 4 1 5" as degrees from 0.
static void choose_chords(const char *text, cr_dice *dice, int out[CR_PHRASE_BARS])
{
    int choices = 1;
    for (const char *at = text; *at; at++)
        choices += *at == '|';
    for (int skip = cr_dice_between(dice, 0, choices - 1); skip > 0; skip--)
        text = strchr(text, '|') + 1;
    for (int i = 0; i < CR_PHRASE_BARS; i++)
        out[i] = text[2 * i] - '1';
}

static int distance(const int *a, const int *b, int count)
{
    int sum = 0;
    for (int i = 0; i < count; i++)
        sum += a[i] > b[i] ? a[i] - b[i] : b[i] - a[i];
    return sum;
}

// The notes nearest to where the voices were: held ones stay, the others take the smallest step.
static void lead_voices(cr_chord *chord, const int *classes, const int *before)
{
    int best_distance = 1 << 20;
    for (int turn = 0; turn < chord->count; turn++) {
        for (int low = 48; low <= 62; low++) {
            int notes[CR_CHORD_NOTES_MAX];
            for (int i = 0; i < chord->count; i++) {
                int from = i == 0 ? low : notes[i - 1] + 1;
                notes[i] = from + (classes[(i + turn) % chord->count] + 144 - from) % 12;
            }
            int apart = distance(notes, before, chord->count);
            if (apart >= best_distance) continue;
            best_distance = apart;
            memcpy(chord->notes, notes, sizeof notes);
        }
    }
}

static void make_chord(const cr_score *score, cr_chord *chord, int degree, bool leads_home,
                       const int *before)
{
    chord->degree = degree;
    chord->count = score->mood->has_warm_chords ? 4 : 3;
    int classes[CR_CHORD_NOTES_MAX];
    for (int i = 0; i < chord->count; i++) {
        int at = degree + 2 * i;
        classes[i] = (score->tonic + score->scale[at % 7]) % 12;
    }
    // The dominant of a minor key takes the leading note when it goes home.
    if (leads_home && degree == 4) classes[1] = (score->tonic + 11) % 12;
    chord->root = classes[0];
    lead_voices(chord, classes, before);
}

static void write_chords(cr_score *score, cr_dice *dice)
{
    int verse[CR_PHRASE_BARS], chorus[CR_PHRASE_BARS];
    choose_chords(score->mood->verse, dice, verse);
    choose_chords(score->mood->chorus, dice, chorus);
    int before[CR_CHORD_NOTES_MAX] = {55, 60, 64, 69};
    bool is_modal = strcmp(score->mood->mode, "mixolydian") == 0;
    for (int i = 0; i < score->bar_count; i++) {
        cr_bar *bar = &score->bars[i];
        const int *row = bar->section == CR_SECTION_CHORUS ? chorus : verse;
        int degree = row[bar->in_phrase];
        if (i == 0 || bar->section == CR_SECTION_END) degree = 0;
        bool leads_home = i == score->bar_count - 2;
        if (leads_home && score->bar_count > 2) degree = is_modal ? 3 : 4;
        make_chord(score, &bar->chord, degree, leads_home && !is_modal, before);
        memcpy(before, bar->chord.notes, sizeof before);
        before[3] = bar->chord.count > 3 ? before[3] : 69;
    }
}

void cr_score_plan(cr_score *out, const cr_mood *mood, int64_t duration, cr_dice *dice)
{
    *out = (cr_score){.mood = mood, .duration = duration};
    choose_scale(out);
    choose_tonic(out, dice);
    choose_bars(out, dice);
    out->bars = cr_alloc((size_t)out->bar_count, sizeof *out->bars);
    int body = out->bar_count - 1;
    int phrases = (body + CR_PHRASE_BARS - 1) / CR_PHRASE_BARS;
    for (int i = 0; i < out->bar_count; i++) {
        cr_bar *bar = &out->bars[i];
        bar->phrase = i / CR_PHRASE_BARS;
        bar->in_phrase = i % CR_PHRASE_BARS;
        bar->section = i == body ? CR_SECTION_END : section_of(bar->phrase, phrases);
        bar->is_phrase_end = bar->in_phrase == CR_PHRASE_BARS - 1 || i == body - 1;
    }
    write_chords(out, dice);
}

void cr_score_free(cr_score *score)
{
    cr_free(score->bars);
    cr_free(score->notes);
    *score = (cr_score){0};
}
