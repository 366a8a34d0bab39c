// flow: words with times -> captions
// Speech as lines to read: at most two lines, cut where a sentence or a clause ends, never a word
// alone, on from its first word's sound on.
#pragma once

#include "base/json.h"
#include "time/time.h"

// Bounds of one voice's captions.
enum {
    CR_CUE_WORDS_MAX = 20000, // of one voice
    CR_CUE_LINES_MAX = 2,
};

// Longer than this no caption stays on.
#define CR_CUE_DURATION_MAX (7 * CR_TICKS_PER_SECOND)

// One caption.
typedef struct cr_cue {
    char *text;                 // lines are parted by "\n"
    cr_range range;             // in the voice's own time
    int word_first, word_count; // in the voice's list
} cr_cue;

// The captions of one voice, in their order.
typedef struct cr_cue_list {
    int count;
    cr_cue *cues;
} cr_cue_list;

// [words] is a voice's result ([{text, start, end}…]); [narration] is what it spoke, whose spelling
// and punctuation are shown when its words are as many. No line is longer than [line_max]
// characters unless one word is; no caption is on after [end]. Gives the list. CR_CORRUPT: a word
// lacks a member or goes back in time.
CR_CHECKED cr_status cr_cues_make(cr_cue_list *out, const cJSON *words, const char *narration,
                                  int line_max, cr_ticks end, cr_fault *fault);
void cr_cue_list_free(cr_cue_list *list);
