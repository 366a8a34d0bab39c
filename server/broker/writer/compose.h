// From entries of knowledge to scenes: which lines, in which order, and how much of each, so that
// the words fill the wanted time.
#pragma once

#include "broker/writer/knowledge.h"
#include "broker/writer/phrase.h"

// Bounds of one script.
enum {
    CR_COMPOSE_SOURCES_MAX = 12,
    CR_COMPOSE_SCENES_MAX = 120,
};

// One scene as it is being written.
typedef struct cr_draft_scene {
    char *heading, *narration, *visual, *shot;
    char role;
} cr_draft_scene;

// A script as it is being written.
typedef struct cr_draft {
    cr_draft_scene scenes[CR_COMPOSE_SCENES_MAX];
    int count;
    int words;
} cr_draft;

// Where lines come from, the first source first; borrowed.
typedef struct cr_sources {
    const cr_entry *entries[CR_COMPOSE_SOURCES_MAX];
    int count;
} cr_sources;

// What a script is made from.
typedef struct cr_outline {
    cr_sources begin, middle, end; // begin and end: the first that has a line that fits
    const cr_slots *slots;
    char audience;            // 'k' or 'a'
    const cr_words *interest; // the words of prompt and answers, that draw lines
    const cr_words *focus;    // of the answer about the angle: draws stronger; may be NULL
    int scenes;               // wanted; one more or less is fine unless [is_exact]
    bool is_exact;
    int words; // wanted
} cr_outline;

// Adds at the end, if there is room and [entry] is not NULL.
void cr_sources_add(cr_sources *sources, const cr_entry *entry);

// Fills [out] with texts owned by [scrap].
void cr_compose(cr_scrap *scrap, const cr_outline *outline, cr_draft *out);
