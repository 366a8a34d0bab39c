// Parts of reading a prompt: small tests and cuts on its text.
#pragma once

#include "broker/writer/prompt.h"

// The first [bytes_max] bytes, ill-formed bytes and markup left out, emoji as words, single spaces.
char *cr_part_clean(cr_scrap *scrap, const char *text, size_t bytes_max);

// Up to the end of the first sentence that says something.
char *cr_part_first_sentence(cr_scrap *scrap, const char *text);

// Takes the words [prefix] (any case) off the front of [*text], which then points behind them.
// False when they do not stand there.
bool cr_part_drop(char **text, const char *prefix);

// Ends [text] before trailing spaces and punctuation.
void cr_part_trim(char *text);

// Whether it begins with something that can be read aloud.
bool cr_part_is_wordlike(const char *text);

// "five" or "5" → 5; 0 for other words.
int cr_part_number(const char *word);

// Whether [text] names people a film may be for, and whether those are children.
bool cr_part_is_audience(cr_scrap *scrap, const char *text);
bool cr_part_is_childlike(cr_scrap *scrap, const char *text);

// Sets the audience and what it is like.
void cr_part_audience(cr_scrap *scrap, cr_prompt *prompt, const char *text);
bool cr_part_is_preposition(const char *word);

// The language that the words are of.
cr_language cr_part_language(const cr_words *words);

// Takes "a short bedtime story about" off the front and sets the shape.
void cr_part_genre_drop(cr_scrap *scrap, cr_prompt *prompt, char **text);

// Sets shape and person when the prompt greets somebody.
void cr_part_greeting(cr_scrap *scrap, cr_prompt *prompt);
