// From words to things: every phrase of the vocabulary, of the illustrations' own names and, as the
// last resort, of their keywords.
#pragma once

#include "broker/painter/things.h"
#include "broker/painter/words.h"

typedef struct cr_lexicon cr_lexicon;

// Words of the longest phrase.
enum { CR_PHRASE_WORDS_MAX = 4 };

// How sure a phrase is of its thing.
typedef enum cr_sureness {
    CR_SURENESS_NONE = 0,
    CR_SURENESS_KEYWORD, // somebody's tag
    CR_SURENESS_WEAK,    // an idea that the thing may stand for ("power")
    CR_SURENESS_NOUN,    // the thing, where it is plainly a noun ("fly", "watch")
    CR_SURENESS_SURE,
} cr_sureness;

// What the words at some place of a text mean.
typedef struct cr_match {
    const cr_thing_entry *thing; // borrowed from the lexicon
    cr_sureness sureness;
    int words; // how many were matched
} cr_match;

// [folder] holds metadata.json, chars.json and keywords.json beside the illustrations; without them
// only the vocabulary is known. Borrows [icons]. Gives the lexicon.
cr_lexicon *cr_lexicon_open(const cr_icon_set *icons, const char *folder);
void cr_lexicon_close(cr_lexicon **lexicon);

// The longest phrase that begins at word [at]; false when none does.
bool cr_lexicon_match(const cr_lexicon *lexicon, const cr_text_words *words, int at, cr_match *out);
