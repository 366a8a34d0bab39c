// A film that pages look at: its state and its latest patches.
#pragma once

#include "live/live.h"

// All-zero is one that is not in use.
typedef struct cr_topic {
    char *film;
    cJSON *state;                       // NULL: not known yet, or gone
    int64_t seq;                        // of the state
    int64_t seq_first;                  // of the oldest patch that is kept; seq + 1: none is
    char *patches[CR_LIVE_PATCHES_MAX]; // as messages, by seq modulo
    int subscribers;
} cr_topic;

// Begins at [seq], which is above all that this film ever had.
void cr_topic_open(cr_topic *topic, const char *film, int64_t seq);
void cr_topic_close(cr_topic *topic);

// Whether that was a change.
bool cr_topic_change(cr_topic *topic, const cJSON *state);

// What a page that has [seq] (-1: nothing) is told next, *seq then being what it has. Gives the
// text (cr_free), NULL: it has all.
char *cr_topic_next(const cr_topic *topic, int64_t *seq);
