// From a line of knowledge to a sentence: slots filled, one of several wordings chosen.
#pragma once

#include "broker/writer/words.h"

// Slots at once.
enum { CR_SLOTS_MAX = 48 };

// What the names in a phrase stand for.
typedef struct cr_slots {
    const char *names[CR_SLOTS_MAX];
    const char *values[CR_SLOTS_MAX];
    int count;
} cr_slots;

// Sets or replaces; borrows both.
void cr_slots_set(cr_slots *slots, const char *name, const char *value);
// NULL when it is not set.
const char *cr_slots_get(const cr_slots *slots, const char *name);

// [template] with every [a|b] chosen by the dice and every {slot} filled. NULL when a slot is not
// known, so that the line is left out.
char *cr_phrase_fill(cr_scrap *scrap, const char *template, const cr_slots *slots);
