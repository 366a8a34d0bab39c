#include "project/id_set.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

// FNV-1a.
static size_t hash_of(const char *id)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = id; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return (size_t)(hash ^ hash >> 32);
}

// Where [id] is or would go; [room] is a power of two and never full.
static size_t slot_of(const char **slots, size_t room, const char *id)
{
    size_t slot = hash_of(id) & (room - 1);
    while (slots[slot] && strcmp(slots[slot], id) != 0)
        slot = (slot + 1) & (room - 1);
    return slot;
}

static void grow(cr_id_set *set)
{
    size_t room = set->room ? set->room * 2 : 64;
    const char **slots = cr_alloc(room, sizeof *slots);
    for (size_t i = 0; i < set->room; i++)
        if (set->slots[i]) slots[slot_of(slots, room, set->slots[i])] = set->slots[i];
    cr_free(set->slots);
    set->slots = slots;
    set->room = room;
}

bool cr_id_set_add(cr_id_set *set, const char *id)
{
    if (set->count * 2 >= set->room) grow(set);
    size_t slot = slot_of(set->slots, set->room, id);
    if (set->slots[slot]) return false;
    set->slots[slot] = id;
    set->count++;
    return true;
}

bool cr_id_set_has(const cr_id_set *set, const char *id)
{
    return set->room && set->slots[slot_of(set->slots, set->room, id)];
}

void cr_id_set_free(cr_id_set *set)
{
    cr_free(set->slots);
    *set = (cr_id_set){0};
}
