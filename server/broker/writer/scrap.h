// The memory of one piece of writing: texts that all go at once when the script is done.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

// Texts that are freed together.
typedef struct cr_scrap {
    void **blocks;
    size_t count, room;
    uint64_t dice; // state of the choices made while writing
} cr_scrap;

void cr_scrap_free(cr_scrap *scrap);

// Takes [text] (from cr_alloc and its kin) and hands it back, now owned by [scrap].
char *cr_scrap_keep(cr_scrap *scrap, char *text);

// Takes the contents of [str], which is left empty.
char *cr_scrap_keep_str(cr_scrap *scrap, cr_str *str);

// A copy owned by [scrap].
char *cr_scrap_copy(cr_scrap *scrap, const char *text);
char *cr_scrap_copy_bytes(cr_scrap *scrap, const char *text, size_t length);

// Zeroed, owned by [scrap].
void *cr_scrap_alloc(cr_scrap *scrap, size_t count, size_t size);

// printf, owned by [scrap].
__attribute__((format(printf, 2, 3))) char *cr_scrap_format(cr_scrap *scrap, const char *format,
                                                            ...);

// The next number of the dice, below [sides] (at least 1).
int cr_scrap_roll(cr_scrap *scrap, int sides);

// A hash of a text, to seed the dice and to break ties.
uint64_t cr_text_hash(const char *text, uint64_t seed);
