// What plays under the tune: chords and bass, each in its figure.
#include "base/vec.h"
#include "broker/music/score.h"

typedef struct place {
    cr_score *score;
    cr_dice *dice;
    const cr_bar *bar;
    const cr_chord *next; // the chord of the bar after
    double start;         // beats
    int beats;
    int strength;
} place;

static void play(const place *at, int channel, double beat, double beats, int key, int velocity)
{
    cr_score_add(at->score, at->dice, channel, at->start + beat, beats, key, velocity);
}

static void play_chord(const place *at, int channel, double beat, double beats, int velocity,
                       double spread)
{
    const cr_chord *chord = &at->bar->chord;
    for (int i = 0; i < chord->count; i++)
        play(at, channel, beat + i * spread, beats - i * spread, chord->notes[i], velocity);
}

static void figure_arpeggio(const place *at)
{
    static const int order[] = {0, 1, 2, 3, 2, 1, 3, 1};
    const cr_chord *chord = &at->bar->chord;
    for (int i = 0; i < at->beats * 2; i++) {
        int index = order[i % 8];
        int key = index < chord->count ? chord->notes[index] : chord->notes[0] + 12;
        play(at, CR_PART_COMP, i * 0.5, 0.9, key, at->strength - (i % 2 ? 12 : 4));
    }
}

static void figure_broken(const place *at)
{
    const cr_chord *chord = &at->bar->chord;
    play(at, CR_PART_COMP, 0, at->beats * 0.95, chord->notes[0] - 12, at->strength - 4);
    for (int beat = 1; beat < at->beats; beat++) {
        bool is_middle = beat % 2 == 0;
        play(at, CR_PART_COMP, beat, 0.9, chord->notes[1], at->strength - 14);
        play(at, CR_PART_COMP, beat + (is_middle ? 0 : 0.5), 0.9, chord->notes[2],
             at->strength - 12);
    }
}

static void figure_strum(const place *at)
{
    static const double hits[] = {0, 1, 1.5, 2.5, 3, 3.5};
    for (size_t i = 0; i < CR_COUNT_OF(hits); i++) {
        if (hits[i] >= at->beats) break;
        int accent = hits[i] == 1 || hits[i] == 3 ? 0 : -10;
        play_chord(at, CR_PART_COMP, hits[i], 0.45, at->strength + accent - 8, 0.02);
    }
}

static void figure_short(const place *at, double first, double step, double length, int softer)
{
    int index = 0;
    for (double beat = first; beat < at->beats; beat += step, index++)
        play_chord(at, CR_PART_COMP, beat, length, at->strength - softer - (index % 2 ? 8 : 0), 0);
}

static void write_figure(const place *at)
{
    switch (at->score->mood->figure) {
    case CR_FIGURE_ARPEGGIO:
        figure_arpeggio(at);
        break;
    case CR_FIGURE_BROKEN:
        figure_broken(at);
        break;
    case CR_FIGURE_STRUM:
        figure_strum(at);
        break;
    case CR_FIGURE_OFFBEAT:
        figure_short(at, 0.5, 1, 0.3, 6);
        break;
    case CR_FIGURE_PULSE:
        figure_short(at, 0, 0.5, 0.42, 16);
        break;
    case CR_FIGURE_TREMOLO:
        figure_short(at, 0, 0.25, 0.2, 22);
        break;
    case CR_FIGURE_HELD:
        play_chord(at, CR_PART_COMP, 0, at->beats * 0.98, at->strength - 8, 0);
        break;
    case CR_FIGURE_NONE:
        break;
    }
}

static int bass_key(int pitch_class)
{
    int key = 36 + pitch_class;
    return key > 43 ? key - 12 : key;
}

static void write_bass(const place *at)
{
    const cr_chord *chord = &at->bar->chord;
    int root = bass_key(chord->root), strength = at->strength + 4;
    int fifth = root + 7, beats = at->beats;
    switch (at->score->mood->bass_style) {
    case CR_BASS_LONG:
        play(at, CR_PART_BASS, 0, beats * 0.95, root, strength);
        break;
    case CR_BASS_ROOT_FIFTH:
        play(at, CR_PART_BASS, 0, 1.4, root, strength);
        play(at, CR_PART_BASS, 2, 1.2, at->bar->in_phrase == 3 ? root : fifth - 12, strength - 4);
        if (at->next && at->bar->in_phrase % 2 == 1)
            play(at, CR_PART_BASS, beats - 0.5, 0.45, bass_key(at->next->root) - 1, strength - 12);
        break;
    case CR_BASS_EIGHTHS:
        for (int i = 0; i < beats * 2; i++)
            play(at, CR_PART_BASS, i * 0.5, 0.42, i == beats * 2 - 1 ? fifth - 12 : root,
                 strength - (i % 2 ? 10 : 2));
        break;
    case CR_BASS_WALK:
        for (int i = 0; i < beats; i++)
            play(at, CR_PART_BASS, i, 0.9, i == 0 ? root : chord->notes[i % chord->count] - 24,
                 strength - 4);
        break;
    case CR_BASS_PEDAL:
        for (int i = 0; i < beats; i++)
            play(at, CR_PART_BASS, i, 0.8, bass_key(at->score->tonic), strength - (i ? 12 : 2));
        break;
    case CR_BASS_NONE:
        break;
    }
}

static void write_end(const place *at)
{
    play_chord(at, CR_PART_PAD, 0, at->beats, at->strength - 4, 0);
    play_chord(at, CR_PART_COMP, 0, at->beats, at->strength - 2, 0.03);
    play(at, CR_PART_BASS, 0, at->beats, bass_key(at->bar->chord.root), at->strength + 2);
}

static void seat_players(cr_score *score)
{
    const cr_mood *mood = score->mood;
    const struct {
        cr_part part;
        int program, level, place;
    } seats[] = {
        {CR_PART_PAD, mood->pad, 78, 64},         {CR_PART_COMP, mood->comp, 88, 46},
        {CR_PART_BASS, mood->bass, 100, 64},      {CR_PART_LEAD, mood->lead, 86, 74},
        {CR_PART_COUNTER, mood->counter, 70, 88},
    };
    for (int i = 0; i < CR_SCORE_CHANNELS; i++)
        score->programs[i] = -1;
    for (size_t i = 0; i < CR_COUNT_OF(seats); i++) {
        score->programs[seats[i].part] = seats[i].program;
        score->levels[seats[i].part] = seats[i].level;
        score->places[seats[i].part] = seats[i].place;
    }
    score->programs[CR_SCORE_DRUMS] = 0;
    score->levels[CR_SCORE_DRUMS] = 84;
    score->places[CR_SCORE_DRUMS] = 64;
}

void cr_score_write_parts(cr_score *score, cr_dice *dice)
{
    seat_players(score);
    for (int i = 0; i < score->bar_count; i++) {
        const cr_bar *bar = &score->bars[i];
        place at = {score, dice, bar, NULL, (double)i * score->mood->beats, score->mood->beats, 0};
        at.strength = score->mood->velocity * cr_section_strength(bar->section) / 100;
        if (i + 1 < score->bar_count) at.next = &score->bars[i + 1].chord;
        if (bar->section == CR_SECTION_END) {
            write_end(&at);
            continue;
        }
        play_chord(&at, CR_PART_PAD, 0, at.beats * 0.99, at.strength - 14, 0);
        // The introduction builds: chords, then the figure, then the bass.
        bool is_opening = bar->section == CR_SECTION_INTRO && bar->in_phrase == 0;
        if (!is_opening || score->bar_count < 12) write_figure(&at);
        if (bar->section != CR_SECTION_INTRO || bar->in_phrase >= 2) write_bass(&at);
    }
}
