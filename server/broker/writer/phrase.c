#include "broker/writer/phrase.h"

#include <string.h>

#include "base/assert.h"

void cr_slots_set(cr_slots *slots, const char *name, const char *value)
{
    for (int i = 0; i < slots->count; i++)
        if (strcmp(slots->names[i], name) == 0) {
            slots->values[i] = value;
            return;
        }
    CR_ASSERT(slots->count < CR_SLOTS_MAX);
    slots->names[slots->count] = name;
    slots->values[slots->count++] = value;
}

const char *cr_slots_get(const cr_slots *slots, const char *name)
{
    for (int i = 0; i < slots->count; i++)
        if (strcmp(slots->names[i], name) == 0 && slots->values[i]) return slots->values[i];
    return NULL;
}

// One of the wordings between the brackets, without them.
static void choose(cr_scrap *scrap, const char *from, const char *end, cr_str *out)
{
    int count = 1;
    for (const char *at = from; at < end; at++)
        count += *at == '|';
    int pick = cr_scrap_roll(scrap, count);
    for (; pick > 0; pick--)
        from = strchr(from, '|') + 1;
    size_t length = 0;
    while (from + length < end && from[length] != '|')
        length++;
    cr_str_add_bytes(out, from, length);
}

char *cr_phrase_fill(cr_scrap *scrap, const char *template, const cr_slots *slots)
{
    cr_str chosen = {0};
    for (const char *at = template; *at; at++) {
        const char *end = *at == '[' ? strchr(at, ']') : NULL;
        if (!end) {
            cr_str_add_char(&chosen, *at);
            continue;
        }
        choose(scrap, at + 1, end, &chosen);
        at = end;
    }
    cr_str filled = {0};
    bool is_missing = false;
    for (const char *at = cr_str_text(&chosen); *at && !is_missing; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (!end) {
            cr_str_add_char(&filled, *at);
            continue;
        }
        const char *value =
            cr_slots_get(slots, cr_scrap_copy_bytes(scrap, at + 1, (size_t)(end - at) - 1));
        if (value) cr_str_add(&filled, value);
        is_missing = !value;
        at = end;
    }
    cr_str_free(&chosen);
    char *text = cr_scrap_keep_str(scrap, &filled);
    return is_missing ? NULL : text;
}
