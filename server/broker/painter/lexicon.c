#include "broker/painter/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

enum {
    SLOTS = 32768, // a power of two, several times the number of phrases
    PHRASE_BYTES = 96,
    KEYWORD_ICONS_MAX = 2, // a keyword that more icons share says nothing
    FILE_BYTES_MAX = 4 * 1024 * 1024,
};

typedef struct phrase {
    char text[PHRASE_BYTES]; // stems between single spaces; "" is a free slot
    const cr_thing_entry *thing;
    cr_sureness sureness;
    int uses;
} phrase;

struct cr_lexicon {
    phrase *slots;
    cr_thing_entry *plain; // of illustrations that the vocabulary does not list
    int plain_count, plain_room;
};

// Things that also stand for an idea: they give way to anything more solid.
static const char weak_words[] =
    " world water word words heart power energy light art data music problem "
    "solution "
    "question why idea number numbers goal growth protection search history chapter system engine "
    "team friend friends cycle price care time thinking dream memory mind language planet "
    "paint brush tool tools group community society love kindness budget wealth document note "
    "letter "
    "success mistake danger waiting patience sound tune song wonder magic party celebration chance "
    "luck victory law balance energy inspiration insight imagination discovery research strength "
    "electricity motor machine mechanism software app program screen chart bag cup brush seed leaf "
    "plant rubbish waste skin delivery box map date plate meal conversation talking chat company "
    "diagram owner visitor customer human adult citizen someone friendship industry government "
    "protein "
    "molecule everyone door chair shopping equality justice shine ";

static uint32_t phrase_hash(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (uint8_t)*text) * 16777619u;
    return hash;
}

static phrase *lexicon_slot(const cr_lexicon *lexicon, const char *text)
{
    for (uint32_t i = phrase_hash(text);; i++) {
        phrase *slot = &lexicon->slots[i % SLOTS];
        if (!slot->text[0] || !strcmp(slot->text, text)) return slot;
    }
}

static void lexicon_add(cr_lexicon *lexicon, const char *words, const cr_thing_entry *thing,
                        cr_sureness sureness)
{
    cr_text_words split;
    cr_text_words_split(&split, words);
    if (split.count == 0 || split.count > CR_PHRASE_WORDS_MAX) return;
    char text[PHRASE_BYTES] = "";
    size_t length = 0;
    for (int i = 0; i < split.count; i++)
        length += (size_t)snprintf(text + length, PHRASE_BYTES - length, "%s%s", i ? " " : "",
                                   split.words[i].stem);
    if (length >= PHRASE_BYTES) return;
    if (sureness == CR_SURENESS_SURE && split.count == 1 &&
        (cr_word_in(split.words[0].text, weak_words) ||
         cr_word_in(split.words[0].stem, weak_words)))
        sureness = CR_SURENESS_WEAK;
    phrase *slot = lexicon_slot(lexicon, text);
    if (!slot->text[0]) {
        memcpy(slot->text, text, length + 1);
    } else {
        slot->uses++;
        // "roses" are flowers, but "rose" stays doubtful.
        bool is_doubtful = slot->sureness == CR_SURENESS_NOUN && slot->thing == thing;
        if (is_doubtful || slot->sureness >= sureness) return;
    }
    slot->thing = thing;
    slot->sureness = sureness;
}

static void add_name(cr_lexicon *lexicon, const cr_thing_entry *thing)
{
    char name[PHRASE_BYTES];
    snprintf(name, sizeof name, "%s", thing->icon);
    lexicon_add(lexicon, name, thing, CR_SURENESS_SURE);
}

static void add_table(cr_lexicon *lexicon, const cr_thing_entry *table)
{
    for (const cr_thing_entry *thing = table; thing->icon; thing++) {
        const char *at = thing->words;
        if (*at == '!')
            at++;
        else
            add_name(lexicon, thing);
        while (*at) {
            size_t length = strcspn(at, ",");
            char *words = cr_strndup(at, length);
            cr_sureness sureness = *words == '~' ? CR_SURENESS_NOUN : CR_SURENESS_SURE;
            lexicon_add(lexicon, words, thing, sureness);
            cr_free(words);
            at += length + (at[length] == ',');
        }
    }
}

const cr_thing_entry *cr_thing_by_icon(const char *icon)
{
    static const cr_thing_entry *const tables[] = {cr_things_nature, cr_things_people,
                                                   cr_things_objects, cr_things_places};
    for (size_t i = 0; i < CR_COUNT_OF(tables); i++)
        for (const cr_thing_entry *thing = tables[i]; thing->icon; thing++)
            if (!strcmp(thing->icon, icon)) return thing;
    return NULL;
}

static cJSON *read_json(const char *folder, const char *name)
{
    char *path = cr_format("%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    cr_free(path);
    if (!file) return NULL;
    char *text = cr_alloc(FILE_BYTES_MAX, 1);
    size_t size = fread(text, 1, FILE_BYTES_MAX - 1, file);
    fclose(file);
    cJSON *tree = cJSON_ParseWithLength(text, size);
    cr_free(text);
    return tree;
}

static bool has_skin_tone(const char *icon)
{
    return cr_text_ends(icon, "-light") || cr_text_ends(icon, "-dark") ||
           cr_text_ends(icon, "-medium");
}

// The families whose members may be found by their own name without being in the vocabulary.
static const struct {
    const char *category;
    cr_stand stand;
    double cm;
} families[] = {
    {"Animals & Nature", CR_STAND_GROUND, 40}, {"Food & Drink", CR_STAND_TABLE, 12},
    {"Objects", CR_STAND_TABLE, 20},           {"Travel & Places", CR_STAND_GROUND, 200},
    {"Activities", CR_STAND_TABLE, 20},
};

// Whole views in a frame: the painter paints its own.
static const char views[] =
    " cityscape cityscape-at-dusk night-with-stars sunrise sunset sunrise-over-mountains milky-way "
    "foggy fog bridge-at-night national-park desert camping motorway railway-track shooting-star "
    "sun-behind-cloud sun-behind-large-cloud sun-behind-small-cloud sun-behind-rain-cloud ";

static void add_plain(cr_lexicon *lexicon, const cr_icon_set *icons, const cJSON *categories)
{
    // Entries are pointed at: all room is made before the first is taken.
    int room = 0;
    for (size_t f = 0; f < CR_COUNT_OF(families); f++)
        room +=
            cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(categories, families[f].category));
    lexicon->plain = cr_alloc((size_t)room + 1, sizeof *lexicon->plain);
    for (size_t f = 0; f < CR_COUNT_OF(families); f++) {
        const cJSON *name;
        cJSON_ArrayForEach(name, cJSON_GetObjectItemCaseSensitive(categories, families[f].category))
        {
            if (!cJSON_IsString(name) || has_skin_tone(name->valuestring)) continue;
            if (cr_thing_by_icon(name->valuestring) || cr_word_in(name->valuestring, views))
                continue;
            if (!cr_icon_set_has(icons, name->valuestring)) continue;
            cr_thing_entry *thing = &lexicon->plain[lexicon->plain_count++];
            *thing = (cr_thing_entry){.icon = cr_strdup(name->valuestring),
                                      .stand = families[f].stand,
                                      .cm = families[f].cm,
                                      .words = ""};
            // A single everyday word ("hook", "label") is rarely this thing.
            lexicon_add(lexicon, thing->icon, thing,
                        strchr(thing->icon, '-') ? CR_SURENESS_SURE : CR_SURENESS_NOUN);
        }
    }
}

static const cr_thing_entry *thing_of(const cr_lexicon *lexicon, const char *icon)
{
    const cr_thing_entry *thing = cr_thing_by_icon(icon);
    for (int i = 0; !thing && i < lexicon->plain_count; i++)
        if (!strcmp(lexicon->plain[i].icon, icon)) thing = &lexicon->plain[i];
    return thing;
}

static void utf8_to_hex(const char *text, char *out, size_t size)
{
    // "🐝" → "1f41d", sequences joined by "-": the way chars.json writes them.
    const unsigned char *at = (const unsigned char *)text;
    size_t length = 0;
    out[0] = 0;
    while (*at && length < size) {
        int extra = *at >= 0xF0 ? 3 : *at >= 0xE0 ? 2 : *at >= 0xC0 ? 1 : 0;
        uint32_t code = extra == 3 ? *at & 7 : extra == 2 ? *at & 15 : extra ? *at & 31 : *at;
        for (at++; extra > 0 && *at; extra--)
            code = code << 6 | (*at++ & 63);
        if (code == 0xFE0F) continue;
        length += (size_t)snprintf(out + length, size - length, "%s%x", length ? "-" : "", code);
    }
}

static void add_keywords(cr_lexicon *lexicon, const cJSON *chars, const cJSON *keywords)
{
    for (const cJSON *entry = keywords ? keywords->child : NULL; entry; entry = entry->next) {
        char code[64];
        utf8_to_hex(entry->string, code, sizeof code);
        const cJSON *icon = cJSON_GetObjectItemCaseSensitive(chars, code);
        if (!cJSON_IsString(icon)) continue;
        const cr_thing_entry *thing = thing_of(lexicon, icon->valuestring);
        if (!thing) continue;
        const cJSON *keyword;
        cJSON_ArrayForEach(keyword, entry) if (cJSON_IsString(keyword))
            lexicon_add(lexicon, keyword->valuestring, thing, CR_SURENESS_KEYWORD);
    }
}

cr_lexicon *cr_lexicon_open(const cr_icon_set *icons, const char *folder)
{
    cr_lexicon *lexicon = cr_alloc(1, sizeof *lexicon);
    lexicon->slots = cr_alloc(SLOTS, sizeof *lexicon->slots);
    add_table(lexicon, cr_things_nature);
    add_table(lexicon, cr_things_people);
    add_table(lexicon, cr_things_objects);
    add_table(lexicon, cr_things_places);
    cJSON *metadata = read_json(folder, "metadata.json");
    cJSON *chars = read_json(folder, "chars.json");
    cJSON *keywords = read_json(folder, "keywords.json");
    add_plain(lexicon, icons, cJSON_GetObjectItemCaseSensitive(metadata, "categories"));
    if (chars) add_keywords(lexicon, chars, keywords);
    cJSON_Delete(metadata);
    cJSON_Delete(chars);
    cJSON_Delete(keywords);
    return lexicon;
}

void cr_lexicon_close(cr_lexicon **lexicon)
{
    if (!*lexicon) return;
    for (int i = 0; i < (*lexicon)->plain_count; i++)
        cr_free((char *)(*lexicon)->plain[i].icon);
    cr_free((*lexicon)->plain);
    cr_free((*lexicon)->slots);
    cr_free(*lexicon);
    *lexicon = NULL;
}

bool cr_lexicon_match(const cr_lexicon *lexicon, const cr_text_words *words, int at, cr_match *out)
{
    for (int count = CR_PHRASE_WORDS_MAX; count > 0; count--) {
        if (at + count > words->count) continue;
        char text[PHRASE_BYTES * 2] = "";
        size_t length = 0;
        bool is_whole = true;
        for (int i = 0; i < count; i++) {
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", i ? " " : "",
                                       words->words[at + i].stem);
            if (i + 1 < count && words->words[at + i].ends_clause) is_whole = false;
        }
        if (!is_whole) continue;
        const phrase *slot = lexicon_slot(lexicon, text);
        if (!slot->text[0]) continue;
        if (slot->sureness == CR_SURENESS_KEYWORD && slot->uses >= KEYWORD_ICONS_MAX) continue;
        *out = (cr_match){slot->thing, slot->sureness, count};
        return true;
    }
    return false;
}
