// The tune: a motif of one bar, answered, turned and brought back.
#include <string.h>

#include "base/vec.h"
#include "broker/music/score.h"

enum {
    NOTES_MAX = 8,
    LEAD_SPAN = 9, // scale steps the tune moves in
};

typedef struct motif_note {
    double beat, beats;
    int step; // from the note before, in scale steps
} motif_note;

typedef struct motif {
    int count;
    motif_note notes[NOTES_MAX];
} motif;

static motif make_motif(const cr_score *score, cr_dice *dice)
{
    static const double four[][6] = {
        {0, 1, 2, -1},      {0, 1.5, 2, -1},    {0, 0.5, 1, 2.5, -1},
        {0, 2, 2.5, 3, -1}, {0.5, 1, 2, 3, -1}, {0, 1.5, 3, -1},
    };
    static const double three[][6] = {
        {0, 2, -1}, {0, 1, 2, -1}, {0, 1.5, 2, -1}, {0, 0.5, 1, 2, -1}};
    bool is_waltz = score->mood->beats == 3;
    int choices = (int)(is_waltz ? CR_COUNT_OF(three) : CR_COUNT_OF(four));
    const double *rhythm = (is_waltz ? three : four)[cr_dice_between(dice, 0, choices - 1)];
    motif made = {0};
    while (rhythm[made.count] >= 0) {
        motif_note *note = &made.notes[made.count];
        note->beat = rhythm[made.count];
        double next = rhythm[made.count + 1] >= 0 ? rhythm[made.count + 1] : score->mood->beats;
        note->beats = next - note->beat;
        static const int steps[] = {-2, -1, -1, 1, 1, 2, 2, 3};
        note->step =
            made.count == 0 ? 0 : steps[cr_dice_between(dice, 0, (int)CR_COUNT_OF(steps) - 1)];
        made.count++;
    }
    return made;
}

static motif turned(motif given)
{
    for (int i = 0; i < given.count; i++)
        given.notes[i].step = -given.notes[i].step;
    return given;
}

// The scale step nearest to [degree] that belongs to the chord.
static int to_chord(const cr_chord *chord, int degree)
{
    for (int away = 0; away < 7; away++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            int at = degree + sign * away;
            int above = ((at - chord->degree) % 7 + 7) % 7;
            if (above == 0 || above == 2 || above == 4) return at;
        }
    }
    return degree;
}

static int folded(int degree)
{
    while (degree > LEAD_SPAN)
        degree -= 7;
    while (degree < -1)
        degree += 7;
    return degree;
}

// Whether the tune sounds in a bar: it speaks in pairs of bars and leaves room for the narrator.
static bool has_tune(const cr_score *score, const cr_bar *bar, cr_dice *dice)
{
    int chance = cr_dice_between(dice, 0, 99);
    if (bar->section == CR_SECTION_END) return false;
    if (bar->section == CR_SECTION_INTRO) return bar->in_phrase >= 2 && score->bar_count > 12;
    if (bar->section == CR_SECTION_OUTRO) return bar->in_phrase < 2;
    if (bar->in_phrase == 3) return chance >= score->mood->melody_rest;
    return bar->in_phrase < 2 || chance >= score->mood->melody_rest / 2;
}

static void play_bar(cr_score *score, cr_dice *dice, int index, const motif *playing, int *degree)
{
    const cr_bar *bar = &score->bars[index];
    int strength = score->mood->velocity * cr_section_strength(bar->section) / 100 + 6;
    double start = (double)index * score->mood->beats;
    for (int i = 0; i < playing->count; i++) {
        const motif_note *note = &playing->notes[i];
        *degree = folded(*degree + note->step);
        bool is_strong = note->beat == 0 || note->beat == 2;
        if (is_strong || note->beats >= 1.5) *degree = folded(to_chord(&bar->chord, *degree));
        bool may_rest = i > 0 && !is_strong;
        if (may_rest && cr_dice_between(dice, 0, 99) < score->mood->melody_rest / 2) continue;
        int key = cr_score_key(score, *degree, score->mood->lead_low);
        int accent = note->beat == 0 ? 6 : note->beat == 2 ? 2 : -4;
        cr_score_add(score, dice, CR_PART_LEAD, start + note->beat, note->beats * 0.94, key,
                     strength + accent);
        // Returning, a second voice goes along a third or sixth below.
        if (score->mood->counter >= 0 && is_strong && note->beats >= 1 &&
            (bar->section == CR_SECTION_RETURN || bar->section == CR_SECTION_CHORUS))
            cr_score_add(
                score, dice, CR_PART_COUNTER, start + note->beat, note->beats * 0.9,
                cr_score_key(score, to_chord(&bar->chord, *degree - 3), score->mood->lead_low),
                strength - 14);
    }
}

void cr_score_write_melody(cr_score *score, cr_dice *dice)
{
    motif verse = make_motif(score, dice), answer = make_motif(score, dice);
    motif chorus = turned(make_motif(score, dice));
    int beginning = 2 * cr_dice_between(dice, 0, 2);
    for (int i = 0; i < score->bar_count; i++) {
        const cr_bar *bar = &score->bars[i];
        if (!has_tune(score, bar, dice)) continue;
        bool is_chorus = bar->section == CR_SECTION_CHORUS;
        motif playing = is_chorus ? chorus : verse;
        if (bar->in_phrase % 2 == 1) playing = is_chorus ? turned(chorus) : answer;
        if (bar->section == CR_SECTION_RETURN && bar->in_phrase == 2) playing = turned(verse);
        int degree = to_chord(&bar->chord, beginning + (is_chorus ? 2 : 0));
        if (bar->in_phrase == 2) degree += 1; // a step higher than it was said at first
        play_bar(score, dice, i, &playing, &degree);
    }
    double last = (double)(score->bar_count - 1) * score->mood->beats;
    cr_score_add(score, dice, CR_PART_LEAD, last, score->mood->beats,
                 cr_score_key(score, 7, score->mood->lead_low), score->mood->velocity);
}
