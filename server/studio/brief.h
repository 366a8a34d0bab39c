// flow: words -> brief
// What the user asked for, checked: everything that a film is made from.
#pragma once

#include "base/json.h"
#include "time/time.h"

// What a brief may ask.
enum {
    CR_PROMPT_CHARACTERS_MAX = 4000,
    CR_SCRIPT_BYTES_MAX = 256 * 1024, // of a pasted script
    CR_SECONDS_MIN = 5,
    CR_SECONDS_MAX = 600,
    CR_BRIEF_TEXT_BYTES_MAX = 200, // of style, mood, voice and other short texts
    CR_ANSWER_BYTES_MAX = 2000,
    CR_ANSWERS_MAX = 64,
    CR_LEVEL_MIN = -6000, // hundredths of a decibel
    CR_LEVEL_MAX = 1200,
    CR_FILM_SIDE_MIN = 64,
    CR_FILM_SIDE_MAX = 4096,
};

// What was asked for.
typedef struct cr_brief {
    char *prompt;
    int seconds;
    char *aspect;               // "16:9", "9:16", "1:1"
    char *style, *mood, *voice; // "" for the maker to choose
    char *music;                // mood of the music; "": that of the film
    int64_t music_take;         // raised to have other music of the same mood
    char *script_text;          // a script the user wrote; "" none
    int64_t seed;
    int width, height;
    cr_rate rate;
    cJSON *answers;                   // object of texts by question id
    bool is_answered;                 // the questions were asked, or are not to be
    int64_t voice_level, music_level; // more or less than mixed by itself, in hundredths of a dB
    cJSON *models;                    // object: ids of the providers chosen, by kind; NULL none
    cJSON *board; // scenes as a person has arranged them, see board.h; NULL: as written
} cr_brief;

// From JSON; absent members get their defaults, sizes those of the aspect (1080 pixels on the short
// side). CR_INVALID and CR_LIMIT name the member as a JSON Pointer. Gives what it fills
// (cr_brief_free).
CR_CHECKED cr_status cr_brief_read(cr_brief *out, const cJSON *from, cr_fault *fault);

// Gives the tree (cJSON_Delete); reading it gives the same brief.
cJSON *cr_brief_write(const cr_brief *brief);

void cr_brief_free(cr_brief *brief);

// Answers as a user gives them in a file: {"question id": "text", …}. The fault's place is a JSON
// Pointer.
CR_CHECKED cr_status cr_answers_check(const cJSON *answers, cr_fault *fault);
