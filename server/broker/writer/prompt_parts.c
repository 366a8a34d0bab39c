#include "broker/writer/prompt_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

static bool is_one_of(const char *word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(word, list[i]) == 0) return true;
    return false;
}

static bool has_one_of(const cr_words *words, const char *const *list, size_t count)
{
    for (int i = 0; i < words->count; i++)
        if (is_one_of(words->stems[i], list, count)) return true;
    return false;
}

static const char *const emoji[][2] = {
    {"🐝", "bees"},        {"🦊", "a fox"},      {"🐱", "cats"},       {"🐈", "cats"},
    {"🐶", "dogs"},        {"🐕", "dogs"},       {"🌻", "sunflowers"}, {"🌈", "rainbows"},
    {"🚀", "rockets"},     {"🌙", "the moon"},   {"🌕", "the moon"},   {"☀", "the sun"},
    {"🌞", "the sun"},     {"🌍", "the Earth"},  {"🌎", "the Earth"},  {"🌊", "the ocean"},
    {"🐳", "whales"},      {"🐋", "whales"},     {"🐬", "dolphins"},   {"🐙", "the octopus"},
    {"🦋", "butterflies"}, {"🍕", "pizza"},      {"🍞", "bread"},      {"☕", "coffee"},
    {"🍫", "chocolate"},   {"🎂", "a birthday"}, {"🎉", "a party"},    {"🎄", "Christmas"},
    {"❤", "love"},         {"🚲", "bicycles"},   {"🚂", "trains"},     {"✈", "aeroplanes"},
    {"🌋", "volcanoes"},   {"⚡", "lightning"},  {"❄", "snow"},        {"🦕", "dinosaurs"},
    {"🦖", "dinosaurs"},   {"🐘", "elephants"},  {"🦁", "lions"},      {"🐧", "penguins"},
    {"🦉", "owls"},        {"🌳", "trees"},      {"🌵", "cacti"},      {"🍎", "apples"},
    {"⚽", "football"},    {"🎸", "the guitar"}, {"🎹", "the piano"},  {"🧠", "the brain"},
    {"🤖", "robots"},      {"💧", "water"},      {"🔥", "fire"},       {"⭐", "stars"},
    {"🐉", "dragons"},     {"👻", "ghosts"},     {"🍯", "honey"},      {"📚", "books"},
};

char *cr_part_clean(cr_scrap *scrap, const char *text, size_t bytes_max)
{
    cr_str out = {0};
    size_t length = strlen(text);
    if (length > bytes_max) length = bytes_max;
    for (size_t at = 0; at < length;) {
        size_t step = 1, i = 0;
        unsigned char c = (unsigned char)text[at];
        while (i < CR_COUNT_OF(emoji) && strncmp(text + at, emoji[i][0], strlen(emoji[i][0])) != 0)
            i++;
        if (i < CR_COUNT_OF(emoji)) {
            cr_str_addf(&out, " %s ", emoji[i][1]);
            step = strlen(emoji[i][0]);
        } else if (strncmp(text + at, "\xE2\x80\x99", 3) == 0 ||
                   strncmp(text + at, "\xE2\x80\x98", 3) == 0) {
            cr_str_add_char(&out, '\'');
            step = 3;
        } else if (strncmp(text + at, "\xE2\x80\x93", 3) == 0 ||
                   strncmp(text + at, "\xE2\x80\x94", 3) == 0) {
            cr_str_add(&out, " - ");
            step = 3;
        } else if (c >= 0xF0 || strncmp(text + at, "\xEF\xB8\x8F", 3) == 0) {
            // Other emoji and their selectors say nothing that a voice could read.
            while (at + step < length && ((unsigned char)text[at + step] & 0xC0) == 0x80)
                step++;
            cr_str_add_char(&out, ' ');
        } else if (c >= 0x80) {
            while (at + step < length && ((unsigned char)text[at + step] & 0xC0) == 0x80)
                step++;
            if (cr_utf8_valid_length(text + at, step) == step)
                cr_str_add_bytes(&out, text + at, step);
        } else if (isspace(c) || iscntrl(c) || strchr("{}[]<>|\\*#_~^`\"", c)) {
            cr_str_add_char(&out, ' ');
        } else {
            cr_str_add_char(&out, (char)c);
        }
        at += step;
    }
    cr_str tidy = {0};
    for (const char *c = cr_str_text(&out); *c; c++)
        if (*c != ' ' || (tidy.length && tidy.data[tidy.length - 1] != ' '))
            cr_str_add_char(&tidy, *c);
    cr_str_free(&out);
    char *result = cr_scrap_keep_str(scrap, &tidy);
    while (*result && result[strlen(result) - 1] == ' ')
        result[strlen(result) - 1] = 0;
    return result;
}

char *cr_part_first_sentence(cr_scrap *scrap, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (!strchr(".!?;", *at) || (at[1] && at[1] != ' ')) continue;
        char *first = cr_scrap_copy_bytes(scrap, text, (size_t)(at - text));
        // "Hi! …" says nothing yet.
        if (cr_words_count(first) >= 2 || !at[1]) return first;
    }
    return cr_scrap_copy(scrap, text);
}

bool cr_part_drop(char **text, const char *prefix)
{
    size_t length = strlen(prefix);
    if (strncasecmp(*text, prefix, length) != 0) return false;
    char after = (*text)[length];
    if (after && !strchr(" ,:;.!?-", after)) return false;
    // Nothing would be left.
    char *rest = *text + length;
    while (*rest && strchr(" ,:;.!?-", *rest))
        rest++;
    if (!*rest) return false;
    *text = rest;
    return true;
}

void cr_part_trim(char *text)
{
    size_t length = strlen(text);
    while (length && strchr(" .,:;!?-", text[length - 1]))
        text[--length] = 0;
}

bool cr_part_is_wordlike(const char *text)
{
    return isalnum((unsigned char)*text) || *text & 0x80;
}

int cr_part_number(const char *word)
{
    static const char *const numbers[] = {"one",   "two",   "three", "four", "five",   "six",
                                          "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    for (size_t i = 0; i < CR_COUNT_OF(numbers); i++)
        if (strcasecmp(word, numbers[i]) == 0) return (int)i + 1;
    char *end;
    long number = strtol(word, &end, 10);
    return *end || number < 1 || number > 1000 ? 0 : (int)number;
}

static const char *const children[] = {"kid",
                                       "child",
                                       "toddler",
                                       "preschooler",
                                       "year-old",
                                       "pupil",
                                       "ten-year-old",
                                       "five-year-old",
                                       "six-year-old",
                                       "seven-year-old",
                                       "eight-year-old",
                                       "nine-year-old",
                                       "eleven-year-old",
                                       "twelve-year-old",
                                       "four-year-old",
                                       "three-year-old",
                                       "kindergarten",
                                       "daughter",
                                       "son",
                                       "grandchild",
                                       "kindergartener",
                                       "youngster",
                                       "schoolchild",
                                       "boy",
                                       "girl",
                                       "granddaughter",
                                       "grandson",
                                       "little ones"};
static const char *const experts[] = {"expert",    "scientist",  "engineer",  "professional",
                                      "doctor",    "researcher", "developer", "specialist",
                                      "physicist", "biologist",  "nurse"};
static const char *const people[] = {
    "adult",    "beginner",  "student",   "teenager",  "teen",     "parent",     "teacher",
    "everyone", "everybody", "family",    "senior",    "gardener", "customer",   "dummy",
    "audience", "people",    "person",    "newcomer",  "commuter", "tourist",    "traveller",
    "cyclist",  "visitor",   "class",     "classroom", "school",   "colleague",  "friend",
    "fan",      "lover",     "employee",  "investor",  "user",     "player",     "viewer",
    "grown-up", "office",    "neighbour", "neighbor",  "cook",     "enthusiast", "runner",
    "owner"};

bool cr_part_is_childlike(cr_scrap *scrap, const char *text)
{
    cr_words words = cr_words_cut(scrap, text);
    bool is_aged = strcasestr(text, "year-old") || strcasestr(text, "year old");
    // "15-year-olds" are no small children.
    int age = words.count ? cr_part_number(words.stems[0]) : 0;
    for (int i = 0; i < words.count && !age; i++)
        age = (int)strtol(words.items[i], NULL, 10);
    if (is_aged) return age == 0 || age < 13;
    return has_one_of(&words, children, CR_COUNT_OF(children));
}

bool cr_part_is_audience(cr_scrap *scrap, const char *text)
{
    cr_words words = cr_words_cut(scrap, text);
    if (words.count > 6) return false;
    return strcasestr(text, "year-old") || strcasestr(text, "year old") ||
           has_one_of(&words, children, CR_COUNT_OF(children)) ||
           has_one_of(&words, experts, CR_COUNT_OF(experts)) ||
           has_one_of(&words, people, CR_COUNT_OF(people));
}

void cr_part_audience(cr_scrap *scrap, cr_prompt *prompt, const char *text)
{
    prompt->audience = cr_scrap_copy_bytes(scrap, text, strcspn(text, ")"));
    prompt->is_for_children = cr_part_is_childlike(scrap, prompt->audience);
}

bool cr_part_is_preposition(const char *word)
{
    static const char *const list[] = {
        "of",     "in",      "on",     "at",     "for",    "with",    "from",  "to",
        "by",     "about",   "into",   "under",  "over",   "between", "and",   "or",
        "during", "without", "near",   "around", "who",    "that",    "which", "after",
        "before", "through", "across", "inside", "behind", "against", "like",  "as"};
    return is_one_of(word, list, CR_COUNT_OF(list));
}

cr_language cr_part_language(const cr_words *words)
{
    static const char *const lists[][18] = {
        {"the", "of", "and", "how", "why", "what", "for", "with", "about", "our", "is", "to", "who",
         "my", "that", "an", "are", "your"},
        {"der", "die", "das", "und", "wie", "warum", "ein", "eine", "für", "von", "mit", "über",
         "ist", "wir", "den", "dem", "eines", "zum"},
        {"el", "los", "las", "una", "cómo", "como", "por", "qué", "para", "con", "del", "y",
         "sobre", "nuestra", "nuestro", "que", "historia", "unos"},
        {"le", "les", "des", "une", "comment", "pourquoi", "pour", "avec", "du", "et", "sur",
         "notre", "est", "qui", "dans", "aux", "l'histoire", "au"},
    };
    int best = 0, best_count = 0;
    for (int i = 0; i < 4; i++) {
        int count = 0;
        for (int j = 0; j < words->count; j++)
            count += is_one_of(words->items[j], lists[i], 18);
        if (count > best_count) {
            best = i;
            best_count = count;
        }
    }
    return (cr_language)(best + CR_LANGUAGE_ENGLISH);
}

// What a prompt calls the thing it wants, and the shape that this means.
static const struct {
    const char *words;
    cr_shape shape;
} genres[] = {
    {"bedtime story", CR_SHAPE_STORY},
    {"fairy tale", CR_SHAPE_STORY},
    {"fairytale", CR_SHAPE_STORY},
    {"goodnight story", CR_SHAPE_STORY},
    {"adventure story", CR_SHAPE_STORY},
    {"short story", CR_SHAPE_STORY},
    {"story", CR_SHAPE_STORY},
    {"tale", CR_SHAPE_STORY},
    {"fable", CR_SHAPE_STORY},
    {"adventure", CR_SHAPE_STORY},
    {"advertisement", CR_SHAPE_ADVERT},
    {"advert", CR_SHAPE_ADVERT},
    {"ad", CR_SHAPE_ADVERT},
    {"commercial", CR_SHAPE_ADVERT},
    {"promo video", CR_SHAPE_ADVERT},
    {"promo", CR_SHAPE_ADVERT},
    {"promotion", CR_SHAPE_ADVERT},
    {"spot", CR_SHAPE_ADVERT},
    {"announcement", CR_SHAPE_ANNOUNCEMENT},
    {"product launch", CR_SHAPE_ANNOUNCEMENT},
    {"launch video", CR_SHAPE_ANNOUNCEMENT},
    {"tutorial", CR_SHAPE_HOWTO},
    {"invitation", CR_SHAPE_ADVERT},
    {"explainer video", CR_SHAPE_EXPLAINER},
    {"explainer", CR_SHAPE_EXPLAINER},
    {"documentary", CR_SHAPE_EXPLAINER},
    {"presentation", CR_SHAPE_EXPLAINER},
    {"lesson", CR_SHAPE_EXPLAINER},
    {"introduction", CR_SHAPE_EXPLAINER},
    {"video", CR_SHAPE_NONE},
    {"film", CR_SHAPE_NONE},
    {"clip", CR_SHAPE_NONE},
    {"movie", CR_SHAPE_NONE},
    {"animation", CR_SHAPE_NONE},
    {"reel", CR_SHAPE_NONE},
    {"short", CR_SHAPE_NONE},
};

void cr_part_genre_drop(cr_scrap *scrap, cr_prompt *prompt, char **text)
{
    static const char *const links[] = {
        "about",         "for",        "of",         "on",       "explaining",
        "showing",       "to",         "where",      "in which", "with",
        "that explains", "describing", "that shows", "telling",  "promoting"};
    cr_words words = cr_words_cut(scrap, *text);
    // "the story of" tells history when an opening says so; a story here has "a" or nothing.
    if (words.count && strcasecmp(words.items[0], "the") == 0) return;
    for (size_t i = 0; i < CR_COUNT_OF(genres); i++) {
        char *at = strcasestr(*text, genres[i].words);
        if (!at || (at > *text && at[-1] != ' ')) continue;
        char *lead = cr_scrap_copy_bytes(scrap, *text, (size_t)(at - *text));
        if (cr_words_count(lead) > 5 || strpbrk(lead, ",.")) continue;
        char *rest = at;
        if (!cr_part_drop(&rest, genres[i].words)) {
            // "… story" at the end: what leads is the topic.
            continue;
        }
        bool is_linked = false;
        for (size_t j = 0; j < CR_COUNT_OF(links) && !is_linked; j++)
            is_linked = cr_part_drop(&rest, links[j]);
        if (!is_linked) continue;
        if (genres[i].shape) prompt->shape = genres[i].shape;
        // "a story for my kids about …"
        char *about = strcasestr(rest, " about ");
        char *who = about ? cr_scrap_copy_bytes(scrap, rest, (size_t)(about - rest)) : NULL;
        if (who && cr_part_is_audience(scrap, who)) {
            cr_part_audience(scrap, prompt, who);
            rest = about + strlen(" about ");
        }
        *text = rest;
        if (!genres[i].shape) cr_part_genre_drop(scrap, prompt, text);
        return;
    }
}

void cr_part_greeting(cr_scrap *scrap, cr_prompt *prompt)
{
    static const char *const marks[] = {"birthday message",  "happy birthday",
                                        "birthday greeting", "birthday wish",
                                        "birthday card",     "thank you message",
                                        "thank-you message", "thank you note",
                                        "thank you",         "get well",
                                        "congratulations",   "congratulation",
                                        "wedding wishes",    "wedding message",
                                        "greeting",          "farewell message",
                                        "farewell",          "retirement message",
                                        "christmas message", "merry christmas",
                                        "valentine",         "mother's day",
                                        "father's day",      "happy new year",
                                        "new year message",  "anniversary message",
                                        "happy anniversary", "graduation message",
                                        "message",           "love letter",
                                        "welcome message"};
    if (prompt->shape) return;
    for (size_t i = 0; i < CR_COUNT_OF(marks); i++) {
        char *at = strcasestr(prompt->plain, marks[i]);
        if (!at || at - prompt->plain > 24) continue;
        prompt->shape = CR_SHAPE_GREETING;
        static const char *const links[] = {" for ", " to "};
        for (size_t j = 0; j < CR_COUNT_OF(links); j++) {
            char *link = strcasestr(at, links[j]);
            if (!link || *prompt->person) continue;
            prompt->person = cr_scrap_copy(scrap, link + strlen(links[j]));
        }
        // "Happy birthday, Anna", "Thank you Mr Brown"
        const char *rest = at + strlen(marks[i]);
        bool is_called = *rest == ',' || (*rest == ' ' && isupper((unsigned char)rest[1]));
        if (!*prompt->person && is_called && cr_words_count(rest) <= 3)
            prompt->person = cr_scrap_copy(scrap, rest + 1 + strspn(rest + 1, " "));
        return;
    }
}
