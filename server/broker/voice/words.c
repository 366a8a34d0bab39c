#include "broker/voice/words.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

enum {
    SENTENCE_WORDS_SOFT = 28, // from here a comma ends it
    SENTENCE_WORDS_MAX = 60,
    TOKEN_CHARACTERS_MAX = 40, // longer ones are nobody's words
};

static const double sentence_pause = 0.34, question_pause = 0.42, paragraph_pause = 0.65,
                    trailing_pause = 0.55, clause_pause = 0.16;

uint32_t cr_utf8_next(const char **at)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    uint32_t first = bytes[0];
    if (first == 0) return 0;
    int more = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t point = more == 0 ? first : first & (0x3Fu >> more);
    for (int i = 1; i <= more; i++)
        point = point << 6 | (bytes[i] & 0x3F);
    *at += more + 1;
    return point;
}

static bool is_space(uint32_t point)
{
    return point == ' ' || (point >= 9 && point <= 13) || point == 0x85 || point == 0xA0 ||
           point == 0x1680 || (point >= 0x2000 && point <= 0x200B) || point == 0x2028 ||
           point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000 ||
           point == 0xFEFF;
}

// Written without spaces between words.
static bool is_unspaced(uint32_t point)
{
    return (point >= 0x3041 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) ||
           (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

// Ends what stands before it rather than beginning something.
static bool is_unspaced_mark(uint32_t point)
{
    return point == 0x3001 || point == 0x3002 || point == 0x300D || point == 0x300F ||
           (point >= 0xFF01 && point <= 0xFF1F && point != 0xFF08);
}

int cr_words_find(const char *text, cr_text_word **out)
{
    cr_text_word *words = NULL;
    int count = 0, room = 0, breaks = 0;
    const char *at = text;
    bool is_open = false, was_unspaced = false;
    while (*at) {
        const char *start = at;
        uint32_t point = cr_utf8_next(&at);
        if (is_space(point)) {
            breaks += point == '\n';
            if (breaks >= 2 && count > 0) words[count - 1].ends_paragraph = true;
            is_open = false;
            continue;
        }
        breaks = 0;
        bool is_new =
            !is_open || is_unspaced(point) ||
            (was_unspaced && !is_unspaced_mark(point) && !(point < 0x80 && ispunct((int)point)));
        if (is_new) {
            cr_text_word word = {.start = (int)(start - text)};
            CR_VEC_ADD(words, count, room, word);
        }
        words[count - 1].length = (int)(at - text) - words[count - 1].start;
        is_open = true;
        was_unspaced = is_unspaced(point);
    }
    *out = words;
    return count;
}

// The letters of U+00C0 to U+017F without their accents.
static const char *const plain_letters[] = {
    "A", "A", "A",  "A",  "A", "A", "AE", "C",  "E",  "E", "E", "E", "I",  "I",  "I", "I", "D", "N",
    "O", "O", "O",  "O",  "O", "x", "O",  "U",  "U",  "U", "U", "Y", "Th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", " ", "o",  "u",  "u", "u", "u",  "y",  "th", "y", "A", "a", "A",  "a",  "A", "a", "C", "c",
    "C", "c", "C",  "c",  "C", "c", "D",  "d",  "D",  "d", "E", "e", "E",  "e",  "E", "e", "E", "e",
    "E", "e", "G",  "g",  "G", "g", "G",  "g",  "G",  "g", "H", "h", "H",  "h",  "I", "i", "I", "i",
    "I", "i", "I",  "i",  "I", "i", "IJ", "ij", "J",  "j", "K", "k", "k",  "L",  "l", "L", "l", "L",
    "l", "L", "l",  "L",  "l", "N", "n",  "N",  "n",  "N", "n", "n", "N",  "n",  "O", "o", "O", "o",
    "O", "o", "OE", "oe", "R", "r", "R",  "r",  "R",  "r", "S", "s", "S",  "s",  "S", "s", "S", "s",
    "T", "t", "T",  "t",  "T", "t", "U",  "u",  "U",  "u", "U", "u", "U",  "u",  "U", "u", "U", "u",
    "W", "w", "Y",  "y",  "Y", "Z", "z",  "Z",  "z",  "Z", "z", "s",
};

typedef struct sign {
    uint32_t point;
    const char *said;
} sign;

// Spaces part tokens.
static const sign signs[] = {
    {'&', " and "},
    {'%', " percent "},
    {'+', " plus "},
    {'=', " equals "},
    {'@', " at "},
    {'#', " number "},
    {'~', " about "},
    {'<', " less than "},
    {'>', " more than "},
    {'*', " "},
    {'_', " "},
    {'|', " "},
    {'^', " "},
    {'\\', " "},
    {'`', ""},
    {'/', " "},
    {'{', " "},
    {'}', " "},
    {'[', " "},
    {']', " "},
    {0xA3, " pounds "},
    {0xA9, " copyright "},
    {0xAE, ""},
    {0xB0, " degrees "},
    {0xB1, " plus or minus "},
    {0xB2, " squared "},
    {0xB3, " cubed "},
    {0xB5, " micro "},
    {0xBC, " and a quarter "},
    {0xBD, " and a half "},
    {0xBE, " and three quarters "},
    {0xD7, " times "},
    {0xF7, " divided by "},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2012, ", "},
    {0x2013, ", "},
    {0x2014, ", "},
    {0x2015, ", "},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201C, "\""},
    {0x201D, "\""},
    {0x2026, "..."},
    {0x20AC, " euros "},
    {0x2122, ""},
    {0x2212, " minus "},
    {0x2248, " about "},
    {0x2260, " is not "},
    {0x2264, " at most "},
    {0x2265, " at least "},
    {0x2192, " to "},
    {0x221E, " infinity "},
    {0x3C0, " pie "},
};

static void add_plain(cr_str *out, uint32_t point)
{
    for (size_t i = 0; i < CR_COUNT_OF(signs); i++) {
        if (signs[i].point != point) continue;
        cr_str_add(out, signs[i].said);
        return;
    }
    if (point < 0x80)
        cr_str_add_char(out, (char)point);
    else if (point >= 0xC0 && point - 0xC0 < CR_COUNT_OF(plain_letters))
        cr_str_add(out, plain_letters[point - 0xC0]);
}

static bool has_sound(const char *token, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (isalnum((unsigned char)token[i]) || (unsigned char)token[i] >= 0x80) return true;
    return false;
}

static int characters(const char *text, size_t length)
{
    int count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

typedef struct builder {
    cr_sentence *sentences;
    int count, room;
    cr_str text;
    int token_room, word_count;
    cr_sentence open;
} builder;

// Whether the text so far ends in a script that has no spaces.
static bool ends_unspaced(const cr_str *text)
{
    size_t start = text->length;
    while (start > 0 && ((unsigned char)text->data[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0) return false;
    const char *last = text->data + start - 1;
    uint32_t point = cr_utf8_next(&last);
    return is_unspaced(point) || is_unspaced_mark(point);
}

static void add_token(builder *making, const char *token, size_t length, int word)
{
    cr_sentence *open = &making->open;
    if (making->text.length > 0 && !ends_unspaced(&making->text))
        cr_str_add_char(&making->text, ' ');
    cr_token added = {word, characters(cr_str_text(&making->text), making->text.length)};
    cr_str_add_bytes(&making->text, token, length);
    CR_VEC_ADD(open->tokens, open->token_count, making->token_room, added);
}

// A mark that stands alone is heard as a pause behind the token before it.
static void add_mark(builder *making, const char *mark, size_t length)
{
    size_t before = making->text.length;
    if (before == 0 || memchr(mark, ',', length) == NULL) return;
    if (isalnum((unsigned char)making->text.data[before - 1])) cr_str_add_char(&making->text, ',');
}

static void add_said(builder *making, const char *said, int word)
{
    while (*said) {
        size_t length = strcspn(said, " ");
        size_t taken = length;
        if (length > TOKEN_CHARACTERS_MAX) {
            taken = TOKEN_CHARACTERS_MAX;
            while (taken > 1 && ((unsigned char)said[taken] & 0xC0) == 0x80)
                taken--;
        }
        if (has_sound(said, taken))
            add_token(making, said, taken, word);
        else
            add_mark(making, said, taken);
        said += taken;
        if (*said == ' ') said++;
    }
}

static void add_word(builder *making, const char *word, int length, int index, bool is_plain)
{
    cr_str said = {0};
    const char *at = word;
    // "$5" and "-5" are known to the synthesiser; a sign with nothing behind it is a dash.
    while (at < word + length) {
        const char *start = at;
        uint32_t point = cr_utf8_next(&at);
        if (is_plain)
            add_plain(&said, point);
        else
            cr_str_add_bytes(&said, start, (size_t)(at - start));
    }
    if (is_plain && length == 1 && word[0] == '-') {
        cr_str_clear(&said);
        cr_str_add_char(&said, ',');
    }
    add_said(making, cr_str_text(&said), index);
    cr_str_free(&said);
    making->word_count++;
}

static void end_sentence(builder *making, double pause)
{
    making->word_count = 0;
    if (making->open.token_count == 0) {
        if (making->count > 0 && making->sentences[making->count - 1].pause < pause)
            making->sentences[making->count - 1].pause = pause;
        cr_str_clear(&making->text);
        return;
    }
    making->open.text = cr_str_take(&making->text);
    making->open.pause = pause;
    CR_VEC_ADD(making->sentences, making->count, making->room, making->open);
    making->open = (cr_sentence){0};
    making->token_room = 0;
}

static bool is_abbreviation(const char *word, int length)
{
    static const char *const known[] = {
        "mr.",   "mrs.",  "ms.",  "dr.",  "prof.", "sr.",   "jr.",   "st.",  "vs.",     "etc.",
        "no.",   "fig.",  "inc.", "ltd.", "co.",   "corp.", "dept.", "est.", "approx.", "gen.",
        "col.",  "capt.", "lt.",  "rev.", "hon.",  "jan.",  "feb.",  "mar.", "apr.",    "aug.",
        "sept.", "oct.",  "nov.", "dec.", "vol.",  "pp.",   "ca.",   "cf.",  "al.",     "ave.",
    };
    while (length > 0 && strchr("(\"'[", word[0])) {
        word++;
        length--;
    }
    for (size_t i = 0; i < CR_COUNT_OF(known); i++)
        if ((int)strlen(known[i]) == length && strncasecmp(word, known[i], (size_t)length) == 0)
            return true;
    if (length == 2 && isupper((unsigned char)word[0])) return true; // an initial
    for (int i = 1; i + 2 < length; i++)                             // "e.g."
        if (word[i] == '.' && isalpha((unsigned char)word[i - 1]) &&
            isalpha((unsigned char)word[i + 1]))
            return true;
    return false;
}

typedef enum ending {
    ENDING_NONE = 0,
    ENDING_CLAUSE,
    ENDING_STOP,
    ENDING_QUESTION,
    ENDING_TRAILING,
} ending;

static ending ending_of(const char *word, int length)
{
    static const char *const closing[] = {"\"", "'", ")", "]", "»", "”", "’", "」", "』", "*"};
    for (bool changed = true; changed && length > 1;) {
        changed = false;
        for (size_t i = 0; i < CR_COUNT_OF(closing); i++) {
            int size = (int)strlen(closing[i]);
            if (length > size && memcmp(word + length - size, closing[i], (size_t)size) == 0) {
                length -= size;
                changed = true;
            }
        }
    }
    static const struct {
        const char *mark;
        ending ending;
    } marks[] = {
        {"...", ENDING_TRAILING}, {"…", ENDING_TRAILING},  {".", ENDING_STOP},
        {"!", ENDING_STOP},       {"?", ENDING_QUESTION},  {"。", ENDING_STOP},
        {"！", ENDING_STOP},      {"？", ENDING_QUESTION}, {"؟", ENDING_QUESTION},
        {"।", ENDING_STOP},       {"۔", ENDING_STOP},      {",", ENDING_CLAUSE},
        {";", ENDING_CLAUSE},     {":", ENDING_CLAUSE},    {"、", ENDING_CLAUSE},
        {"，", ENDING_CLAUSE},    {"،", ENDING_CLAUSE},
    };
    for (size_t i = 0; i < CR_COUNT_OF(marks); i++) {
        int size = (int)strlen(marks[i].mark);
        if (length < size || memcmp(word + length - size, marks[i].mark, (size_t)size) != 0)
            continue;
        bool is_dot = marks[i].ending == ENDING_STOP && marks[i].mark[0] == '.';
        return is_dot && is_abbreviation(word, length) ? ENDING_NONE : marks[i].ending;
    }
    return ENDING_NONE;
}

int cr_sentences_make(const char *text, const cr_text_word *words, int word_count, bool is_plain,
                      cr_sentence **out)
{
    builder making = {0};
    for (int i = 0; i < word_count; i++) {
        const char *word = text + words[i].start;
        add_word(&making, word, words[i].length, i, is_plain);
        ending ends = ending_of(word, words[i].length);
        if (words[i].ends_paragraph)
            end_sentence(&making, paragraph_pause);
        else if (ends == ENDING_STOP)
            end_sentence(&making, sentence_pause);
        else if (ends == ENDING_QUESTION)
            end_sentence(&making, question_pause);
        else if (ends == ENDING_TRAILING)
            end_sentence(&making, trailing_pause);
        else if ((ends == ENDING_CLAUSE && making.word_count >= SENTENCE_WORDS_SOFT) ||
                 making.word_count >= SENTENCE_WORDS_MAX)
            end_sentence(&making, clause_pause);
    }
    end_sentence(&making, sentence_pause);
    cr_str_free(&making.text);
    cr_free(making.open.tokens);
    *out = making.sentences;
    return making.count;
}

void cr_sentence_free(cr_sentence *sentence)
{
    cr_free(sentence->text);
    cr_free(sentence->tokens);
    *sentence = (cr_sentence){0};
}
