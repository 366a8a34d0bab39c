// A text as words for captions and as sentences for a synthesiser.
#pragma once

#include "broker/voice/speech.h"

// A word as it stands in the text, punctuation included.
typedef struct cr_text_word {
    int start, length; // bytes
    bool ends_paragraph;
} cr_text_word;

// Words are parted by white space; in scripts that have none, each character is one. Gives the
// array (cr_free).
int cr_words_find(const char *text, cr_text_word **out);

// The words as sentences. [is_plain]: the synthesiser reads ASCII only, signs are written out in
// English. Gives the array (each cr_sentence_free, then cr_free).
int cr_sentences_make(const char *text, const cr_text_word *words, int word_count, bool is_plain,
                      cr_sentence **out);
void cr_sentence_free(cr_sentence *sentence);

// The code point at [*at], which moves behind it; 0 at the end. The text is well-formed UTF-8.
uint32_t cr_utf8_next(const char **at);
