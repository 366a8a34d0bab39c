// What a prompt asks for.
#pragma once

#include "broker/writer/words.h"

// What kind of film is asked for.
typedef enum cr_shape {
    CR_SHAPE_NONE = 0,
    CR_SHAPE_EXPLAINER,
    CR_SHAPE_HISTORY,
    CR_SHAPE_STORY,
    CR_SHAPE_ADVERT,
    CR_SHAPE_ANNOUNCEMENT,
    CR_SHAPE_HOWTO,
    CR_SHAPE_GREETING,
    CR_SHAPE_TRAVEL,
} cr_shape;

// The language that the prompt is written in.
typedef enum cr_language {
    CR_LANGUAGE_NONE = 0,
    CR_LANGUAGE_ENGLISH,
    CR_LANGUAGE_GERMAN,
    CR_LANGUAGE_SPANISH,
    CR_LANGUAGE_FRENCH,
} cr_language;

// Texts are owned by the scrap given to cr_prompt_read and never NULL.
typedef struct cr_prompt {
    cr_shape shape;
    cr_language language;
    char *plain;    // without the request around it: "How bees find flowers"
    char *audience; // "curious ten-year-olds", "" when it is not said
    bool is_for_children;
    char *topic;     // "a little fox", "bees", "the sky", "our new bicycle rental app"
    char *noun;      // the topic without article and possessive: "little fox"
    char *head;      // its last word: "fox"
    char *article;   // "a", "the", "our", "" …
    char *predicate; // what follows the topic: "find flowers", "is blue"
    char *clause;    // of "who is afraid", "that opens at dawn": "is afraid", "opens at dawn"
    char *task;      // of a how-to: "repot a houseplant"
    char *person;    // of a greeting: "grandma"
    bool is_plural, is_proper, is_question, is_bedtime;
    int steps;      // "in five steps"; 0 when it is not said
    cr_words words; // of the whole prompt
} cr_prompt;

// Longest text that is looked at; what follows does not change the script.
enum { CR_PROMPT_BYTES_READ = 1500 };

// Reads [text]; what it says in the prompt lives as long as [scrap].
cr_prompt cr_prompt_read(cr_scrap *scrap, const char *text);

// "explainer", "how-to" …; static.
const char *cr_shape_name(cr_shape shape);
