// A set of ids, for finding those that stand twice.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// All-zero is empty. Ids are borrowed.
typedef struct cr_id_set {
    const char **slots;
    size_t count, room;
} cr_id_set;

// False when it was there already.
bool cr_id_set_add(cr_id_set *set, const char *id);
bool cr_id_set_has(const cr_id_set *set, const char *id);
void cr_id_set_free(cr_id_set *set);
