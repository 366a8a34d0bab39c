// A picture as data: what is in it, where and when it plays, and how it is framed. This is a
// picture's "spec": a refinement changes it and paints it anew.
#pragma once

#include "broker/painter/lexicon.h"

// Bounds of one picture.
enum {
    CR_SUBJECTS_MAX = 10,
    CR_SUBJECT_COUNT_MAX = 12, // copies of one subject
    CR_ICON_NAME_BYTES = 64,
};

// How a subject stands to another one.
typedef enum cr_relation {
    CR_RELATION_NONE = 0,
    CR_RELATION_ON,
    CR_RELATION_IN,
    CR_RELATION_OVER,
    CR_RELATION_UNDER,
    CR_RELATION_BEHIND,
    CR_RELATION_BESIDE,
} cr_relation;

// One thing in the picture, once or several times.
typedef struct cr_subject {
    char icon[CR_ICON_NAME_BYTES];
    cr_stand stand;
    double cm;
    cr_body body;
    int count;
    cr_relation relation;
    int other;   // index of the subject it stands to; -1 none
    double size; // 1 as it comes; "bigger" and "smaller" change it
} cr_subject;

// What a picture shows, before anything has a place in it.
typedef struct cr_composition {
    int64_t seed;
    int cast; // the film's: the same people look the same in all its pictures
    char palette[16];
    cr_place place;
    bool is_place_vague; // while reading: any other word for the place would be better
    cr_daytime daytime;
    cr_weather weather;
    cr_season season;
    cr_framing framing;
    double zoom;             // 1; above: closer
    double shift_x, shift_y; // of the subjects, in canvas widths and heights
    double warmth;           // -1 cool to 1 warm
    bool is_presenter;
    int focal; // index of the subject the picture is about; -1 none
    int subject_count;
    cr_subject subjects[CR_SUBJECTS_MAX];
} cr_composition;

// What the picture is asked to be, beside its words.
typedef struct cr_picture_wish {
    const char *title, *visual, *shot, *style, *palette, *mood;
    int64_t seed;
    int scene, variant;
    bool is_presenter;
} cr_picture_wish;

// From words to a composition.
void cr_composition_read(cr_composition *out, const cr_lexicon *lexicon,
                         const cr_picture_wish *wish);

// Change [composition] as [note] asks ("closer", "at night", "without the bee"). Gives a sentence
// that says what was understood (cr_free).
char *cr_composition_note(cr_composition *composition, const cr_lexicon *lexicon, const char *note);

// As JSON, and back. Gives the tree. The fault's place is a JSON Pointer below [place].
cJSON *cr_composition_print(const cr_composition *composition);
CR_CHECKED cr_status cr_composition_parse(cr_composition *out, const cJSON *spec,
                                          const cr_icon_set *icons, const cr_json_place *place,
                                          cr_fault *fault);

// What the picture shows, for somebody who does not see it. Gives the text (cr_free).
char *cr_composition_alt(const cr_composition *composition);

// One of the words that set place, hour, weather, season or framing, longest first; how many words
// were used, 0 none.
int cr_setting_match(const cr_text_words *words, int at, cr_composition *out);
// Words that look like things and are none here ("bear in mind"); how many, 0 none.
int cr_noise_match(const cr_text_words *words, int at);
