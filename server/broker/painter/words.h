// Plain text as words that can be compared: lower case, plurals made singular.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Bounds of what is read of a text.
enum {
    CR_WORDS_MAX = 400, // of one text; what follows is not read
    CR_WORD_BYTES = 32,
};

// One word of a text.
typedef struct cr_text_word {
    char text[CR_WORD_BYTES]; // as written, in lower case
    char stem[CR_WORD_BYTES];
    bool is_plural;
    bool ends_clause; // punctuation follows
} cr_text_word;

// The words of a text in their order.
typedef struct cr_text_words {
    int count;
    cr_text_word words[CR_WORDS_MAX];
} cr_text_words;

// Letters of other scripts stay as they are; hyphens and apostrophes part words ("close-up" is
// two).
void cr_text_words_split(cr_text_words *out, const char *text);

// The singular of [word] into [stem]; true when that is another word.
bool cr_word_stem(const char *word, char stem[CR_WORD_BYTES]);

// True when [word] is one of the words of [list], which stand between spaces.
bool cr_word_in(const char *word, const char *list);
