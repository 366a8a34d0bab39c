// Percussion: a pattern of a bar for each style, fills where phrases end, a cymbal where they
// begin.
#include <string.h>

#include "base/vec.h"
#include "broker/music/score.h"

// General MIDI percussion keys.
enum {
    KICK = 36,
    STICK = 37,
    SNARE = 38,
    CLAP = 39,
    LOW_TOM = 41,
    CLOSED_HAT = 42,
    FLOOR_TOM = 43,
    MIDDLE_TOM = 47,
    HIGH_TOM = 50,
    CRASH = 49,
    RIDE = 51,
    TAMBOURINE = 54,
    SHAKER = 70,
    WOODBLOCK = 76,
    LOW_WOODBLOCK = 77,
    TRIANGLE = 81,
};

// A row: a key and sixteen steps of a bar of four beats; 0 to 9 is how hard, "." nothing.
typedef struct row {
    cr_drums style;
    int key;
    const char *steps;
} row;

static const row rows[] = {
    {CR_DRUMS_SHAKER, SHAKER, "5.3.6.3.5.3.6.4."},
    {CR_DRUMS_SHAKER, STICK, "........3......."},
    {CR_DRUMS_SOFT, KICK, "7.........6....."},
    {CR_DRUMS_SOFT, STICK, "....5.......5..."},
    {CR_DRUMS_SOFT, SHAKER, "5.3.5.3.5.3.5.4."},
    {CR_DRUMS_POP, KICK, "8.....5.7......."},
    {CR_DRUMS_POP, CLAP, "....6.......6..."},
    {CR_DRUMS_POP, TAMBOURINE, "4.5.6.5.4.5.6.5."},
    {CR_DRUMS_DRIVE, KICK, "9...8...9...8.4."},
    {CR_DRUMS_DRIVE, SNARE, "....8.......8..1"},
    {CR_DRUMS_DRIVE, CLOSED_HAT, "5364536453645364"},
    {CR_DRUMS_EPIC, LOW_TOM, "8.....5.7..5...."},
    {CR_DRUMS_EPIC, FLOOR_TOM, "....5.......6.5."},
    {CR_DRUMS_EPIC, KICK, "8.......7......."},
    {CR_DRUMS_PLAYFUL, WOODBLOCK, "6.......5..4...."},
    {CR_DRUMS_PLAYFUL, LOW_WOODBLOCK, "....5.......5..."},
    {CR_DRUMS_PLAYFUL, SHAKER, "..4...4...4...4."},
    {CR_DRUMS_TICKING, CLOSED_HAT, "4.2.3.2.4.2.3.2."},
    {CR_DRUMS_TICKING, LOW_TOM, "5.........3....."},
};

static bool is_strong_style(cr_drums style)
{
    return style == CR_DRUMS_POP || style == CR_DRUMS_DRIVE || style == CR_DRUMS_EPIC;
}

static void hit(cr_score *score, cr_dice *dice, double beat, int key, int hardness)
{
    int velocity = hardness * score->mood->velocity / 8;
    cr_score_add(score, dice, CR_SCORE_DRUMS, beat, 0.2, key, velocity);
}

static void write_fill(cr_score *score, cr_dice *dice, double start)
{
    static const int keys[] = {SNARE, HIGH_TOM, MIDDLE_TOM, LOW_TOM};
    bool is_strong = is_strong_style(score->mood->drums);
    double from = score->mood->beats - (is_strong ? 2 : 1);
    int steps = is_strong ? 8 : 4;
    for (int i = 0; i < steps; i++) {
        if (i > 0 && cr_dice_between(dice, 0, 3) == 0) continue;
        int key = is_strong ? keys[i * 4 / steps] : STICK;
        hit(score, dice, start + from + i * 0.25, key, 4 + i * 3 / steps);
    }
}

static void write_pattern(cr_score *score, cr_dice *dice, double start, int steps_heard)
{
    for (size_t i = 0; i < CR_COUNT_OF(rows); i++) {
        if (rows[i].style != score->mood->drums) continue;
        for (int step = 0; step < steps_heard; step++) {
            int hardness = rows[i].steps[step] - '0';
            if (hardness > 0 && hardness <= 9)
                hit(score, dice, start + step * 0.25, rows[i].key, hardness);
        }
    }
}

void cr_score_write_drums(cr_score *score, cr_dice *dice)
{
    cr_drums style = score->mood->drums;
    if (style == CR_DRUMS_NONE) return;
    int beats = score->mood->beats;
    for (int i = 0; i < score->bar_count; i++) {
        const cr_bar *bar = &score->bars[i];
        double start = (double)i * beats;
        if (bar->section == CR_SECTION_END) {
            if (is_strong_style(style)) hit(score, dice, start, CRASH, 7);
            hit(score, dice, start, is_strong_style(style) ? KICK : TRIANGLE, 6);
            continue;
        }
        bool is_waiting = bar->section == CR_SECTION_INTRO && bar->in_phrase < 3;
        if (is_waiting && score->bar_count > 8) continue;
        bool has_fill = bar->is_phrase_end && bar->section != CR_SECTION_OUTRO;
        int steps = beats * 4;
        if (has_fill) steps -= is_strong_style(style) ? 8 : 4;
        write_pattern(score, dice, start, steps);
        if (has_fill) write_fill(score, dice, start);
        bool is_lift = bar->in_phrase == 0 &&
                       (bar->section == CR_SECTION_CHORUS || bar->section == CR_SECTION_RETURN);
        if (is_lift && is_strong_style(style)) hit(score, dice, start, CRASH, 6);
    }
}
