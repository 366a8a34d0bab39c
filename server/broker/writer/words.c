#include "broker/writer/words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

static bool is_word_byte(const char *text, size_t at)
{
    unsigned char c = (unsigned char)text[at];
    if (isalnum(c) || c == '&' || c == '%') return true;
    if (c >= 0x80) {
        // Dashes and curly quotes (E2 80 9x) part words; the curly apostrophe is mapped before.
        return !(c == 0xE2 && (unsigned char)text[at + 1] == 0x80) &&
               !(at > 0 && c == 0x80 && (unsigned char)text[at - 1] == 0xE2) &&
               !(at > 1 && (unsigned char)text[at - 1] == 0x80 &&
                 (unsigned char)text[at - 2] == 0xE2);
    }
    bool is_inner = at > 0 && (isalnum((unsigned char)text[at - 1]) || text[at - 1] & 0x80) &&
                    (isalnum((unsigned char)text[at + 1]) || text[at + 1] & 0x80);
    return is_inner &&
           (c == '\'' || c == '-' || (c == '.' && isdigit((unsigned char)text[at - 1])));
}

char *cr_word_lower(cr_scrap *scrap, const char *text)
{
    char *copy = cr_scrap_copy(scrap, text);
    for (char *c = copy; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return copy;
}

static char *stem(cr_scrap *scrap, const char *word)
{
    char *lower = cr_word_lower(scrap, word);
    if (cr_text_ends(lower, "'s")) lower[strlen(lower) - 2] = 0;
    return cr_word_singular(scrap, lower);
}

cr_words cr_words_cut(cr_scrap *scrap, const char *text)
{
    size_t length = strlen(text);
    cr_words words = {.items = cr_scrap_alloc(scrap, length / 2 + 2, sizeof(char *)),
                      .stems = cr_scrap_alloc(scrap, length / 2 + 2, sizeof(char *)),
                      .breaks = cr_scrap_alloc(scrap, length / 2 + 2, 1)};
    char before = 0;
    for (size_t at = 0; at < length;) {
        if (!is_word_byte(text, at)) {
            if (!isspace((unsigned char)text[at]) && !(text[at] & 0x80)) before = text[at];
            at++;
            continue;
        }
        size_t start = at;
        while (at < length && is_word_byte(text, at))
            at++;
        words.items[words.count] = cr_scrap_copy_bytes(scrap, text + start, at - start);
        words.stems[words.count] = stem(scrap, words.items[words.count]);
        words.breaks[words.count++] = before;
        before = 0;
    }
    return words;
}

char *cr_words_join(cr_scrap *scrap, const cr_words *words, int first, int count)
{
    cr_str joined = {0};
    for (int i = first; i < first + count && i < words->count; i++) {
        if (i > first) {
            if (words->breaks[i] == ',') cr_str_add_char(&joined, ',');
            cr_str_add_char(&joined, ' ');
        }
        cr_str_add(&joined, words->items[i]);
    }
    return cr_scrap_keep_str(scrap, &joined);
}

int cr_words_count(const char *text)
{
    int count = 0;
    bool is_in_word = false;
    for (size_t at = 0; text[at]; at++) {
        bool is_word = is_word_byte(text, at);
        if (is_word && !is_in_word) count++;
        is_in_word = is_word;
    }
    return count;
}

static const char *const odd_nouns[][2] = {
    {"child", "children"},
    {"man", "men"},
    {"woman", "women"},
    {"person", "people"},
    {"mouse", "mice"},
    {"goose", "geese"},
    {"tooth", "teeth"},
    {"foot", "feet"},
    {"leaf", "leaves"},
    {"wolf", "wolves"},
    {"knife", "knives"},
    {"life", "lives"},
    {"loaf", "loaves"},
    {"half", "halves"},
    {"shelf", "shelves"},
    {"calf", "calves"},
    {"elf", "elves"},
    {"wife", "wives"},
    {"thief", "thieves"},
    {"ox", "oxen"},
    {"potato", "potatoes"},
    {"tomato", "tomatoes"},
    {"hero", "heroes"},
    {"echo", "echoes"},
    {"volcano", "volcanoes"},
    {"cactus", "cacti"},
    {"fungus", "fungi"},
    {"nucleus", "nuclei"},
    {"sheep", "sheep"},
    {"fish", "fish"},
    {"deer", "deer"},
    {"aircraft", "aircraft"},
    {"series", "series"},
    {"species", "species"},
    {"bacterium", "bacteria"},
    {"phenomenon", "phenomena"},
    {"crisis", "crises"},
    {"axis", "axes"},
    {"lens", "lenses"},
    {"bus", "buses"},
    {"gas", "gases"},
    {"quiz", "quizzes"},
    {"tie", "ties"},
    {"pie", "pies"},
    {"cookie", "cookies"},
    {"movie", "movies"},
    {"zombie", "zombies"},
    {"shoe", "shoes"},
    {"canoe", "canoes"},
    {"horse", "horses"},
    {"house", "houses"},
    {"nurse", "nurses"},
    {"virus", "viruses"},
    {"octopus", "octopuses"},
    {"hippopotamus", "hippopotamuses"},
    {"cache", "caches"},
    {"headache", "headaches"},
    {"iris", "irises"},
    {"axe", "axes"},
    {"selfie", "selfies"},
    {"genie", "genies"},
    {"grandma", "grandmas"},
    {"grandpa", "grandpas"},
    {"cloud", "clouds"},
    {"nose", "noses"},
    {"rose", "roses"},
    {"vase", "vases"},
    {"mix", "mixes"},
    {"phrase", "phrases"},
    {"noise", "noises"},
    {"disease", "diseases"},
    {"universe", "universes"},
    {"language", "languages"},
    {"museum", "museums"},
    {"cheese", "cheeses"},
    {"bee", "bees"},
    {"pulse", "pulses"},
    {"tortoise", "tortoises"},
    {"eclipse", "eclipses"},
    {"lighthouse", "lighthouses"},
    {"greenhouse", "greenhouses"},
    {"purse", "purses"},
    {"moose", "moose"},
    {"squid", "squid"},
    {"ski", "skis"},
    {"taxi", "taxis"},
    {"seahorse", "seahorses"},
    {"warehouse", "warehouses"},
    {"muse", "muses"},
};

// End in s and are one thing.
static const char *const single_s[] = {
    "news",
    "physics",
    "mathematics",
    "maths",
    "politics",
    "economics",
    "gymnastics",
    "athletics",
    "always",
    "mars",
    "venus",
    "paris",
    "is",
    "was",
    "this",
    "his",
    "as",
    "its",
    "us",
    "yes",
    "plus",
    "christmas",
    "texas",
    "athens",
    "bus",
    "gas",
    "lens",
    "iris",
    "chess",
    "tennis",
    "swiss",
    "uranus",
    "bonus",
    "circus",
    "campus",
    "virus",
    "cactus",
    "octopus",
    "focus",
    "status",
    "genius",
    "walrus",
    "hippopotamus",
    "asparagus",
    "platypus",
    "census",
    "atlas",
    "canvas",
    "christus",
    "james",
    "thomas",
    "charles",
    "robotics",
    "electronics",
    "genetics",
    "ethics",
    "series",
    "species",
    "jesus",
    "hummus",
    "cosmos",
    "chaos",
    "pancreas",
    "las",
    "los",
    "perhaps",
    "has",
    "does",
    "analysis",
    "crisis",
    "basis",
    "axis",
    "photosynthesis",
    "tuberculosis",
    "oasis",
    "tetris",
    "netherlands",
    "olympics",
    "lotus",
    "citrus",
    "eucalyptus",
    "rhinoceros",
    "tyrannosaurus",
    "brontosaurus",
    "stegosaurus",
    "triceratops",
    "pythagoras",
    "archimedes",
    "sisyphus",
    "columbus",
    "aries",
    "mercedes",
};

static bool is_in(const char *word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(word, list[i]) == 0) return true;
    return false;
}

// What stands before the last word of a compound stays: "pot plant" → "pot plants".
static size_t last_word(const char *phrase)
{
    const char *space = strrchr(phrase, ' ');
    return space ? (size_t)(space - phrase) + 1 : 0;
}

static bool is_vowel(char c)
{
    return c && strchr("aeiouAEIOU", c);
}

char *cr_word_plural(cr_scrap *scrap, const char *singular)
{
    size_t start = last_word(singular);
    const char *word = singular + start;
    size_t length = strlen(word);
    for (size_t i = 0; i < CR_COUNT_OF(odd_nouns); i++)
        if (strcasecmp(word, odd_nouns[i][0]) == 0)
            return cr_scrap_format(scrap, "%.*s%s", (int)start, singular, odd_nouns[i][1]);
    if (length > 1 && word[length - 1] == 'y' && !is_vowel(word[length - 2]))
        return cr_scrap_format(scrap, "%.*sies", (int)(strlen(singular) - 1), singular);
    if (cr_text_ends(word, "s") || cr_text_ends(word, "x") || cr_text_ends(word, "z") ||
        cr_text_ends(word, "ch") || cr_text_ends(word, "sh"))
        return cr_scrap_format(scrap, "%ses", singular);
    return cr_scrap_format(scrap, "%ss", singular);
}

char *cr_word_singular(cr_scrap *scrap, const char *word)
{
    size_t start = last_word(word), length = strlen(word);
    const char *last = word + start;
    for (size_t i = 0; i < CR_COUNT_OF(odd_nouns); i++)
        if (strcasecmp(last, odd_nouns[i][1]) == 0)
            return cr_scrap_format(scrap, "%.*s%s", (int)start, word, odd_nouns[i][0]);
    if (length - start < 3 || !cr_text_ends(last, "s") || cr_text_ends(last, "ss") ||
        is_in(last, single_s, CR_COUNT_OF(single_s)))
        return cr_scrap_copy(scrap, word);
    if (cr_text_ends(last, "ies") && strlen(last) > 4)
        return cr_scrap_format(scrap, "%.*sy", (int)(length - 3), word);
    if (cr_text_ends(last, "xes") || cr_text_ends(last, "ches") || cr_text_ends(last, "shes") ||
        cr_text_ends(last, "sses") || cr_text_ends(last, "zzes"))
        return cr_scrap_copy_bytes(scrap, word, length - 2);
    return cr_scrap_copy_bytes(scrap, word, length - 1);
}

bool cr_word_is_plural(const char *noun)
{
    const char *last = noun + last_word(noun);
    for (size_t i = 0; i < CR_COUNT_OF(odd_nouns); i++)
        if (strcasecmp(last, odd_nouns[i][1]) == 0)
            return strcasecmp(odd_nouns[i][0], odd_nouns[i][1]) != 0;
    return strlen(last) > 2 && cr_text_ends(last, "s") && !cr_text_ends(last, "ss") &&
           !is_in(last, single_s, CR_COUNT_OF(single_s));
}

const char *cr_word_article(const char *following)
{
    static const char *const consonant[] = {"uni",  "use",  "used", "user", "useful", "usual",
                                            "euro", "one",  "once", "ufo",  "utop",   "uk",
                                            "ura",  "ukul", "eul",  "uv",   "ewe"};
    static const char *const vowel[] = {"hour",  "honest", "honour", "honor", "heir",
                                        "x-ray", "mri",    "led",    "mp3"};
    while (*following == '"' || *following == '\'' || *following == '(')
        following++;
    for (size_t i = 0; i < CR_COUNT_OF(consonant); i++)
        if (strncasecmp(following, consonant[i], strlen(consonant[i])) == 0 &&
            strncasecmp(following, "unim", 4) != 0 && strncasecmp(following, "unin", 4) != 0 &&
            strncasecmp(following, "oneself", 7) != 0)
            return "a";
    for (size_t i = 0; i < CR_COUNT_OF(vowel); i++)
        if (strncasecmp(following, vowel[i], strlen(vowel[i])) == 0 &&
            strncasecmp(following, "ledge", 5) != 0 && strncasecmp(following, "lede", 4) != 0)
            return "an";
    if (*following == '8' || strncmp(following, "11 ", 3) == 0 || strncmp(following, "18 ", 3) == 0)
        return "an";
    return is_vowel(*following) ? "an" : "a";
}

bool cr_word_is_small(const char *word)
{
    static const char *const small[] = {
        "a",   "an",   "the",  "and", "or",  "but", "of",   "in",   "on",   "at",  "to",  "for",
        "by",  "with", "from", "as",  "nor", "via", "into", "over", "than", "der", "die", "das",
        "und", "de",   "la",   "le",  "el",  "du",  "des",  "les",  "los",  "las", "y"};
    return is_in(word, small, CR_COUNT_OF(small));
}

char *cr_title_case(cr_scrap *scrap, const char *text)
{
    char *title = cr_scrap_copy(scrap, text);
    bool is_first = true;
    for (char *at = title; *at;) {
        if (!isalnum((unsigned char)*at) && !(*at & 0x80)) {
            // A colon or dash begins anew.
            if (*at == ':' || *at == '?' || *at == '!') is_first = true;
            at++;
            continue;
        }
        char *end = at;
        while (isalnum((unsigned char)*end) || *end & 0x80 || *end == '\'')
            end++;
        char *word = cr_scrap_copy_bytes(scrap, at, (size_t)(end - at));
        if (is_first || !*end || !cr_word_is_small(word)) *at = (char)toupper((unsigned char)*at);
        is_first = false;
        at = end;
    }
    return title;
}

static bool is_alone(const char *text, size_t at, size_t length)
{
    return (at == 0 || strchr(" \"(-", text[at - 1])) && text[at + length] == ' ';
}

char *cr_text_tidy(cr_scrap *scrap, const char *text)
{
    cr_str tidy = {0};
    bool is_start = true;
    for (size_t at = 0; text[at]; at++) {
        char c = text[at];
        char last = tidy.length ? tidy.data[tidy.length - 1] : ' ';
        if (isspace((unsigned char)c) && last == ' ') continue;
        if (c == '~') c = ' ';
        if (strchr(".!?,;:", c) && last == ' ' && tidy.length) tidy.length--;
        if (strchr(".!?", c) && tidy.length && strchr(".!?", tidy.data[tidy.length - 1]) &&
            text[at + 1] != '.' && c == '.' && tidy.data[tidy.length - 1] != '.')
            continue;
        if (is_start && (isalnum((unsigned char)c) || c & 0x80)) {
            c = (char)(c & 0x80 ? c : toupper((unsigned char)c));
            is_start = false;
        }
        if ((text[at] == 'a' || (text[at] == 'A' && c == 'A' && (at == 0 || text[at - 1] == ' ') &&
                                 (at < 2 || strchr(".!?", text[at - 2])))) &&
            (is_alone(text, at, 1) || (text[at + 1] == 'n' && is_alone(text, at, 2)))) {
            size_t length = text[at + 1] == 'n' ? 2 : 1;
            const char *article = cr_word_article(text + at + length + 1);
            cr_str_add_char(&tidy, c);
            cr_str_add(&tidy, article + 1);
            at += length - 1;
            continue;
        }
        if (strchr(".!?", text[at]) && (!text[at + 1] || strchr(" \"~)", text[at + 1])))
            is_start = true;
        cr_str_add_char(&tidy, isspace((unsigned char)c) ? ' ' : c);
    }
    while (tidy.length && tidy.data[tidy.length - 1] == ' ')
        tidy.data[--tidy.length] = 0;
    return cr_scrap_keep_str(scrap, &tidy);
}
