#include "broker/painter/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

static const char *const irregular[][2] = {
    {"mice", "mouse"},        {"geese", "goose"},     {"children", "child"},  {"men", "man"},
    {"women", "woman"},       {"feet", "foot"},       {"teeth", "tooth"},     {"oxen", "ox"},
    {"knives", "knife"},      {"wives", "wife"},      {"lives", "life"},      {"leaves", "leaf"},
    {"loaves", "loaf"},       {"wolves", "wolf"},     {"shelves", "shelf"},   {"calves", "calf"},
    {"potatoes", "potato"},   {"tomatoes", "tomato"}, {"heroes", "hero"},     {"echoes", "echo"},
    {"volcanoes", "volcano"}, {"people", "people"},   {"glasses", "glasses"}, {"shoes", "shoe"},
    {"cookies", "cookie"},    {"movies", "movie"},    {"pies", "pie"},        {"ties", "tie"},
    {"axes", "axe"},          {"bees", "bee"},        {"trees", "tree"},      {"horses", "horse"},
    {"houses", "house"},      {"roses", "rose"},      {"noses", "nose"},      {"vases", "vase"},
    {"news", "news"},         {"series", "series"},   {"species", "species"}, {"lens", "lens"},
    {"physics", "physics"},   {"maths", "maths"},     {"cheese", "cheese"},   {"gas", "gas"},
    {"oranges", "orange"},    {"caches", "cache"},    {"aches", "ache"},      {"cases", "case"},
};

static bool ends_with_any(const char *word, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cr_text_ends(word, endings[i])) return true;
    return false;
}

bool cr_word_stem(const char *word, char stem[CR_WORD_BYTES])
{
    static const char *const hissing[] = {"sses", "xes", "ches", "shes", "zzes"};
    static const char *const singular[] = {"ss", "us", "is", "ous", "as"};
    snprintf(stem, CR_WORD_BYTES, "%s", word);
    for (size_t i = 0; i < CR_COUNT_OF(irregular); i++)
        if (!strcmp(irregular[i][0], word)) {
            snprintf(stem, CR_WORD_BYTES, "%s", irregular[i][1]);
            return strcmp(irregular[i][0], irregular[i][1]) != 0;
        }
    size_t length = strlen(stem);
    if (length < 4 || stem[length - 1] != 's') return false;
    if (ends_with_any(stem, singular, CR_COUNT_OF(singular))) return false;
    if (cr_text_ends(stem, "ies") && length > 4) {
        memcpy(stem + length - 3, "y", 2);
    } else if (ends_with_any(stem, hissing, CR_COUNT_OF(hissing))) {
        stem[length - 2] = 0;
    } else {
        stem[length - 1] = 0;
    }
    return true;
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 128;
}

void cr_text_words_split(cr_text_words *out, const char *text)
{
    out->count = 0;
    const char *at = text;
    while (*at && out->count < CR_WORDS_MAX) {
        if (!is_letter(*at)) {
            bool is_break = strchr(",.;:!?()", *at) != NULL;
            if (is_break && out->count > 0) out->words[out->count - 1].ends_clause = true;
            at++;
            continue;
        }
        cr_text_word *word = &out->words[out->count++];
        memset(word, 0, sizeof *word);
        size_t length = 0;
        for (; is_letter(*at); at++)
            if (length + 1 < CR_WORD_BYTES)
                word->text[length++] =
                    (char)((unsigned char)*at < 128 ? tolower((unsigned char)*at) : *at);
        // A possessive's or contraction's tail is no word.
        if ((*at == '\'' || !strncmp(at, "\xE2\x80\x99", 3)) && out->count > 0) {
            const char *tail = at + (*at == '\'' ? 1 : 3);
            if (strchr("sdm", *tail) && *tail && !is_letter(tail[1])) at = tail + 1;
        }
        word->is_plural = cr_word_stem(word->text, word->stem);
        if (cr_word_in(word->text, "people children men women mice geese sheep fish"))
            word->is_plural = !cr_word_in(word->text, "sheep fish");
    }
}

bool cr_word_in(const char *word, const char *list)
{
    size_t length = strlen(word);
    if (length == 0) return false;
    for (const char *at = strstr(list, word); at; at = strstr(at + 1, word)) {
        bool begins = at == list || at[-1] == ' ';
        if (begins && (at[length] == ' ' || at[length] == 0)) return true;
    }
    return false;
}
