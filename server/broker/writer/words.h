// English words: their number, articles, verb forms and case. Rules with tables of exceptions.
//
// Texts are UTF-8; letters outside ASCII are kept as they are. Results are owned by [scrap].
#pragma once

#include <stdbool.h>

#include "broker/writer/scrap.h"

// A text cut into words: runs of letters, digits, apostrophes, inner hyphens and bytes above ASCII.
typedef struct cr_words {
    char **items; // as written
    char **stems; // lower case, singular, without a possessive ending: for comparing
    char *breaks; // the punctuation before each word, 0 when there is only space
    int count;
} cr_words;

// The words of [text], kept in [scrap].
cr_words cr_words_cut(cr_scrap *scrap, const char *text);

// Words [first, first + count) with single spaces between, as written.
char *cr_words_join(cr_scrap *scrap, const cr_words *words, int first, int count);

// How many words a voice would read.
int cr_words_count(const char *text);

// English forms of a word, kept in [scrap].
char *cr_word_lower(cr_scrap *scrap, const char *text);
char *cr_word_plural(cr_scrap *scrap, const char *singular);
char *cr_word_singular(cr_scrap *scrap, const char *word);
bool cr_word_is_plural(const char *noun);
// "a" or "an", by the sound of what follows.
const char *cr_word_article(const char *following);

// "opens" → "open"; a word that has no such ending comes back as it is.
char *cr_verb_base(cr_scrap *scrap, const char *verb);
// "want" or "wants" → "wanted", "is" → "was".
char *cr_verb_past(cr_scrap *scrap, const char *verb);
// "repot" → "repotting".
char *cr_verb_ing(cr_scrap *scrap, const char *verb);
// Whether the word is one of the common verbs (in base form or with -s).
bool cr_verb_is_known(const char *word);

// "how bees find flowers" → "How Bees Find Flowers".
char *cr_title_case(cr_scrap *scrap, const char *text);
// The first letter of every sentence in upper case, "a"/"an" by what follows, single spaces, no
// doubled end marks.
char *cr_text_tidy(cr_scrap *scrap, const char *text);
bool cr_word_is_small(const char *word); // "of", "the", "and" …
