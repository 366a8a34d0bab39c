#include "broker/writer/knowledge.h"

#include <ctype.h>
#include <string.h>

#include "base/vec.h"

static char *trimmed(cr_scrap *scrap, const char *text, size_t length)
{
    while (length && isspace((unsigned char)*text)) {
        text++;
        length--;
    }
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    return cr_scrap_copy_bytes(scrap, text, length);
}

// The field after [*from], up to "::".
static char *field(cr_scrap *scrap, const char **from)
{
    const char *end = strstr(*from, "::");
    size_t length = end ? (size_t)(end - *from) : strlen(*from);
    char *text = trimmed(scrap, *from, length);
    *from += length + (end ? 2 : 0);
    return text;
}

static bool line_read(cr_scrap *scrap, const char *text, cr_line *out)
{
    cr_line line = {.tags = ""};
    for (; *text && !isspace((unsigned char)*text) && *text != '('; text++) {
        if (strchr("h-e", *text))
            line.role = *text;
        else if (*text == 'k' || *text == 'a')
            line.audience = *text;
        else if (*text == '*')
            line.is_key = true;
        else if (*text == '|')
            line.is_variant = true;
        else
            return false;
    }
    if (!line.role) return false;
    if (*text == '(') {
        const char *end = strchr(text, ')');
        if (!end) return false;
        line.tags = cr_scrap_copy_bytes(scrap, text + 1, (size_t)(end - text) - 1);
        text = end + 1;
    }
    line.heading = field(scrap, &text);
    line.narration = field(scrap, &text);
    line.visual = field(scrap, &text);
    line.shot = field(scrap, &text);
    *out = line;
    return true;
}

// "names: bee": letters, digits and lines before the colon.
static const char *member_colon(const char *text)
{
    const char *at = text;
    while (islower((unsigned char)*at) || *at == '_')
        at++;
    return at > text && *at == ':' && at[1] != ':' ? at : NULL;
}

static void entry_finish(cr_scrap *scrap, cr_entry *entry)
{
    cr_scrap_keep(scrap, (char *)entry->lines);
    cr_scrap_keep(scrap, (char *)entry->keys);
    cr_scrap_keep(scrap, (char *)entry->values);
}

cr_knowledge cr_knowledge_read(cr_scrap *scrap, const char *const *lines, size_t count)
{
    cr_entry *entries = NULL;
    size_t entry_count = 0, entry_room = 0;
    int line_room = 0, key_room = 0, value_room = 0;
    for (size_t i = 0; i < count; i++) {
        const char *text = lines[i];
        if (cr_text_starts(text, "= ")) {
            if (entry_count) entry_finish(scrap, &entries[entry_count - 1]);
            cr_entry entry = {.id = trimmed(scrap, text + 2, strlen(text + 2))};
            CR_VEC_ADD(entries, entry_count, entry_room, entry);
            line_room = key_room = value_room = 0;
            continue;
        }
        if (!entry_count) continue;
        cr_entry *entry = &entries[entry_count - 1];
        const char *colon = member_colon(text);
        cr_line line;
        if (colon) {
            int same = entry->member_count;
            CR_VEC_ADD(entry->keys, entry->member_count, key_room,
                       cr_scrap_copy_bytes(scrap, text, (size_t)(colon - text)));
            CR_VEC_ADD(entry->values, same, value_room,
                       trimmed(scrap, colon + 1, strlen(colon + 1)));
        } else if (line_read(scrap, text, &line)) {
            CR_VEC_ADD(entry->lines, entry->line_count, line_room, line);
        }
    }
    if (entry_count) entry_finish(scrap, &entries[entry_count - 1]);
    cr_scrap_keep(scrap, (char *)entries);
    return (cr_knowledge){entries, (int)entry_count};
}

cr_knowledge cr_knowledge_open(cr_scrap *scrap)
{
    return cr_knowledge_read(scrap, cr_knowledge_lines, cr_knowledge_line_count);
}

const cr_entry *cr_knowledge_find(const cr_knowledge *knowledge, const char *id)
{
    for (int i = 0; i < knowledge->count; i++)
        if (strcmp(knowledge->entries[i].id, id) == 0) return &knowledge->entries[i];
    return NULL;
}

const char *cr_entry_get(const cr_entry *entry, const char *key)
{
    for (int i = 0; entry && i < entry->member_count; i++)
        if (strcmp(entry->keys[i], key) == 0) return entry->values[i];
    return "";
}

// Where the words of [name] stand one after another in [words]; -1 nowhere.
static int name_at(cr_scrap *scrap, const char *name, const cr_words *words, int *length)
{
    cr_words wanted = cr_words_cut(scrap, name);
    *length = wanted.count;
    for (int at = 0; wanted.count && at + wanted.count <= words->count; at++) {
        int same = 0;
        while (same < wanted.count && strcmp(wanted.stems[same], words->stems[at + same]) == 0)
            same++;
        if (same == wanted.count) return at;
    }
    return -1;
}

static const char *name_next(cr_scrap *scrap, const char **list)
{
    size_t length = strcspn(*list, ",");
    char *name = trimmed(scrap, *list, length);
    *list += length + ((*list)[length] ? 1 : 0);
    return name;
}

const cr_entry *cr_knowledge_match(const cr_knowledge *knowledge, cr_scrap *scrap,
                                   const char *shape, const cr_words *words, int *at, int *length)
{
    const cr_entry *best = NULL;
    int best_at = 0, best_length = 0;
    for (int i = 0; i < knowledge->count; i++) {
        const cr_entry *entry = &knowledge->entries[i];
        const char *is = cr_entry_get(entry, "shape");
        if (strcmp(*is ? is : "explain", shape) != 0) continue;
        const char *names = cr_entry_get(entry, "names");
        while (*names) {
            int found_length = 0;
            int found = name_at(scrap, name_next(scrap, &names), words, &found_length);
            if (found < 0) continue;
            if (!best || found_length > best_length ||
                (found_length == best_length && found < best_at)) {
                best = entry;
                best_at = found;
                best_length = found_length;
            }
        }
    }
    if (at) *at = best_at;
    if (length) *length = best_length;
    return best;
}

bool cr_tags_touch(cr_scrap *scrap, const char *tags, const cr_words *words)
{
    while (*tags) {
        int length = 0;
        const char *tag = name_next(scrap, &tags);
        if (name_at(scrap, tag, words, &length) >= 0) return true;
    }
    return false;
}
