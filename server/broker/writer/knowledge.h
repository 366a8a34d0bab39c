// What the writer knows, as data: the files knowledge/*.txt, built in by embed.py.
//
// An entry begins with "= id" and goes on with members ("names: bee, honeybee") and lines:
//
//   MARKS(tags) Heading :: Narration. In sentences. :: visual :: shot
//
// MARKS are letters: h a beginning, - something in the middle, e an ending; k only for children,
// a only for grown-ups; * never left out; | another wording of the line before. Tags are words that
// draw the line into a script whose prompt or answers have them. Narration may have {slots} and
// [one|of|these]; its first sentence is spoken always, the others while there is time; "~" instead
// of a space keeps two sentences together.
#pragma once

#include <stdbool.h>

#include "broker/writer/words.h"

// One sentence that an entry offers.
typedef struct cr_line {
    char role;     // 'h', '-', 'e'
    char audience; // 0 all, 'k', 'a'
    bool is_key, is_variant;
    char *tags; // "" none
    char *heading, *narration, *visual, *shot;
} cr_line;

// What is known of one thing.
typedef struct cr_entry {
    char *id;
    char **keys, **values; // its members
    int member_count;
    cr_line *lines;
    int line_count;
} cr_entry;

// All entries.
typedef struct cr_knowledge {
    cr_entry *entries;
    int count;
} cr_knowledge;

// Made by embed.py.
extern const char *const cr_knowledge_lines[];
extern const size_t cr_knowledge_line_count;

// The built-in knowledge, in the memory of [scrap].
cr_knowledge cr_knowledge_open(cr_scrap *scrap);

// Like it, from other lines.
cr_knowledge cr_knowledge_read(cr_scrap *scrap, const char *const *lines, size_t count);

// The entry of this id, borrowed; NULL when there is none.
const cr_entry *cr_knowledge_find(const cr_knowledge *knowledge, const char *id);

// A member's text; "" when it has none.
const char *cr_entry_get(const cr_entry *entry, const char *key);

// The entry of [shape] (its member "shape"; none means "explain") whose name stands in the words;
// longer names first, then earlier ones. NULL when there is none. [length] (may be NULL): the words
// of the name; [at]: where it begins.
const cr_entry *cr_knowledge_match(const cr_knowledge *knowledge, cr_scrap *scrap,
                                   const char *shape, const cr_words *words, int *at, int *length);

// Whether one of [tags] (separated by commas) stands among the words' stems.
bool cr_tags_touch(cr_scrap *scrap, const char *tags, const cr_words *words);
