// What a language model is asked for, as a schema and in words, and what is made of its answer.
#pragma once

#include "base/json.h"

// A question to a model, by [kind] of request ("questions", "script"). All given.
typedef struct cr_text_question {
    char *system, *user; // cr_free
    cJSON *schema;       // strict: all members required, no others
} cr_text_question;

// Fills [out], to be freed, from a request's input.
void cr_text_question_make(cr_text_question *out, const char *kind, const cJSON *input);
void cr_text_question_free(cr_text_question *question);

// The JSON object in an answer that may have words or a fence around it. Gives the tree. CR_CORRUPT
// says what is wrong, in words that the model may be told.
CR_CHECKED cr_status cr_text_parse(cJSON **out, const char *answer, size_t length, cr_fault *fault);

// Judge a [kind] of answer and put right what can be: cuts what is too long, fills what may be
// left out. CR_CORRUPT names the member, for the model to repair.
CR_CHECKED cr_status cr_text_check(const char *kind, cJSON *answer, cr_fault *fault);
