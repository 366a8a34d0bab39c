// A piece of music on its way from a mood to sound: what it is made of, and who plays what.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "broker/music/dice.h"

// Fixed numbers of every score.
enum {
    CR_SCORE_RATE = 48000,
    CR_SCORE_CHANNELS = 16,
    CR_SCORE_DRUMS = 9, // the General MIDI percussion channel
    CR_CHORD_NOTES_MAX = 4,
    CR_PHRASE_BARS = 4,
};

// How an instrument accompanies.
typedef enum cr_figure {
    CR_FIGURE_NONE = 0,
    CR_FIGURE_HELD,     // the chord, whole bars
    CR_FIGURE_ARPEGGIO, // its notes one by one in eighths
    CR_FIGURE_BROKEN,   // low, then the rest, as a pianist's left hand
    CR_FIGURE_OFFBEAT,  // short chords between the beats
    CR_FIGURE_PULSE,    // short chords in eighths
    CR_FIGURE_STRUM,    // a guitarist's bar
    CR_FIGURE_TREMOLO,  // uneasy repetition
} cr_figure;

// What the bass plays.
typedef enum cr_bass {
    CR_BASS_NONE = 0,
    CR_BASS_LONG,
    CR_BASS_ROOT_FIFTH,
    CR_BASS_EIGHTHS,
    CR_BASS_WALK,
    CR_BASS_PEDAL, // stays on the tonic
} cr_bass;

// What the drums play.
typedef enum cr_drums {
    CR_DRUMS_NONE = 0,
    CR_DRUMS_SHAKER,
    CR_DRUMS_SOFT,
    CR_DRUMS_POP,
    CR_DRUMS_DRIVE,
    CR_DRUMS_EPIC,
    CR_DRUMS_PLAYFUL,
    CR_DRUMS_TICKING,
} cr_drums;

// What a mood sounds like.
typedef struct cr_mood {
    const char *name;
    const char *also;       // other words for it, each between spaces
    const char *mode;       // "major", "minor", "dorian", "mixolydian", "lydian"
    int tempo, tempo_reach; // beats a minute, and how far it may bend to fit
    int beats;              // in a bar
    const char *verse;      // chords by scale degree, a bar each; "|" parts choices
    const char *chorus;
    int pad, comp, bass, lead, counter; // General MIDI programs from 0; -1 nobody
    cr_figure figure;
    cr_bass bass_style;
    cr_drums drums;
    int melody_rest;      // of 100 places for a note how many stay empty
    int velocity;         // how hard they play
    int lead_low;         // lowest key of the melody
    const char *keys;     // tonics to choose from, as letters: "C D G"
    bool has_warm_chords; // sevenths
} cr_mood;

// The mood of this name or nearest to it; never NULL. Static.
const cr_mood *cr_mood_find(const char *name);
const cr_mood *cr_mood_list(int *count);

// One chord and how it is laid on the keys.
typedef struct cr_chord {
    int degree;                    // 0 to 6
    int root;                      // pitch class
    int count;                     // of notes
    int notes[CR_CHORD_NOTES_MAX]; // keys, rising, led from the chord before
} cr_chord;

// Which part of the piece a bar belongs to.
typedef enum cr_section {
    CR_SECTION_NONE = 0,
    CR_SECTION_INTRO,
    CR_SECTION_VERSE,
    CR_SECTION_CHORUS,
    CR_SECTION_RETURN, // the verse again, richer
    CR_SECTION_OUTRO,
    CR_SECTION_END, // the last chord
} cr_section;

// One bar of the form.
typedef struct cr_bar {
    cr_section section;
    cr_chord chord;
    int phrase;    // counts from 0
    int in_phrase; // 0 to CR_PHRASE_BARS - 1
    bool is_phrase_end;
} cr_bar;

// One note; numbers as in MIDI.
typedef struct cr_note {
    int64_t start, end; // samples
    uint8_t channel, key, velocity;
} cr_note;

// A whole piece.
typedef struct cr_score {
    const cr_mood *mood;
    int tonic;    // pitch class
    int scale[7]; // steps above the tonic
    int bar_count;
    cr_bar *bars;
    double samples_per_beat;
    int64_t duration; // samples
    int programs[CR_SCORE_CHANNELS];
    int levels[CR_SCORE_CHANNELS]; // MIDI volume
    int places[CR_SCORE_CHANNELS]; // MIDI pan
    int note_count, note_room;
    cr_note *notes;
} cr_score;

// The channels that the parts play on.
typedef enum cr_part {
    CR_PART_PAD = 0,
    CR_PART_COMP = 1,
    CR_PART_BASS = 2,
    CR_PART_LEAD = 3,
    CR_PART_COUNTER = 4,
} cr_part;

// Chooses key, tempo and form so that the last bar ends with the film; writes the chords.
void cr_score_plan(cr_score *out, const cr_mood *mood, int64_t duration, cr_dice *dice);
// The tune.
void cr_score_write_melody(cr_score *score, cr_dice *dice);
// Everything under it.
void cr_score_write_parts(cr_score *score, cr_dice *dice);
void cr_score_write_drums(cr_score *score, cr_dice *dice);
void cr_score_free(cr_score *score);

// Adds a note as a player would: [beat] counts from the piece's beginning; a little early or late,
// a little louder or softer. Cut where the piece ends.
void cr_score_add(cr_score *score, cr_dice *dice, int channel, double beat, double beats, int key,
                  int velocity);

// The key of scale degree [degree] (any whole number, 7 an octave) above the tonic at or over
// [low].
int cr_score_key(const cr_score *score, int degree, int low);

// How far a section's players hold back or give: 100 is the mood's own strength.
int cr_section_strength(cr_section section);
