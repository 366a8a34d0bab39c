#include "studio/cues.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

#define MS(milliseconds) ((milliseconds) * (CR_TICKS_PER_SECOND / 1000))

// How long a caption stays after its last word, and the gap that is too short to go dark in.
static const cr_ticks linger = MS(500), flicker = MS(300);
static const cr_ticks short_caption = MS(1000);
static const cr_ticks pause_short = MS(250), pause_long = MS(700);

// What is bad about a place to cut at, or about a caption; only the order of these matters.
enum {
    COST_CAPTION = 25, // each: fewer are calmer
    COST_AT_CLAUSE = 12,
    COST_AT_PAUSE = 6,
    COST_BEFORE_LINK = 30, // "and", "because"
    COST_ANYWHERE = 60,
    COST_AFTER_LINK = 50, // "the |", "of |" on top of it
    COST_SENTENCE_INSIDE = 20,
    COST_PAUSE_INSIDE = 80,
    COST_HASTY = 60,
    COST_SHORT = 40,
    COST_ORPHAN = 1000,
    COST_TOO_LONG = 100000, // a word that fits nowhere, or a phrase that is spoken very slowly
};

enum { SHORT_CHARACTERS = 12 };

typedef struct word {
    const char *text;
    int bytes, characters;
    cr_ticks start, end;
} word;

static int count_characters(const char *text, int bytes)
{
    int count = 0;
    for (int i = 0; i < bytes; i++)
        count += (text[i] & 0xC0) != 0x80;
    return count;
}

// The last character that is not a closing quote or bracket.
static char last_mark(const word *of)
{
    int at = of->bytes - 1;
    while (at > 0 && strchr("\"')]", of->text[at]))
        at--;
    // The three bytes of ’ and ” end in these; of … in A6.
    while (at > 2 && (unsigned char)of->text[at - 2] == 0xE2 &&
           (unsigned char)of->text[at - 1] == 0x80 &&
           ((unsigned char)of->text[at] == 0x99 || (unsigned char)of->text[at] == 0x9D))
        at -= 3;
    if (at >= 2 && memcmp(of->text + at - 2, "\xE2\x80\xA6", 3) == 0) return '.';
    return at >= 0 ? of->text[at] : ' ';
}

static bool ends_sentence(const word *of)
{
    char mark = last_mark(of);
    return mark == '.' || mark == '!' || mark == '?';
}

static bool ends_clause(const word *of)
{
    char mark = last_mark(of);
    if (mark == ',' || mark == ';' || mark == ':') return true;
    // En and em dashes end in 93 and 94.
    return of->bytes >= 3 && memcmp(of->text + of->bytes - 3, "\xE2\x80", 2) == 0 &&
           ((unsigned char)of->text[of->bytes - 1] == 0x93 ||
            (unsigned char)of->text[of->bytes - 1] == 0x94);
}

// Small words that belong to what follows them.
static bool is_link(const word *of)
{
    static const char *const links[] = {
        "a",    "an",      "the",  "and",   "or",    "but",  "of",  "to",    "in",
        "on",   "at",      "for",  "with",  "from",  "by",   "as",  "that",  "than",
        "then", "because", "if",   "when",  "while", "so",   "its", "their", "your",
        "our",  "his",     "her",  "my",    "into",  "is",   "are", "was",   "were",
        "not",  "no",      "this", "these", "every", "each", "who", "which"};
    for (size_t i = 0; i < CR_COUNT_OF(links); i++)
        if ((int)strlen(links[i]) == of->bytes &&
            strncasecmp(links[i], of->text, (size_t)of->bytes) == 0)
            return true;
    return false;
}

static int cut_cost(const word *words, int count, int at)
{
    if (at == count || ends_sentence(&words[at - 1])) return 0;
    if (ends_clause(&words[at - 1])) return COST_AT_CLAUSE;
    if (words[at].start - words[at - 1].end >= pause_short) return COST_AT_PAUSE;
    int cost = is_link(&words[at]) ? COST_BEFORE_LINK : COST_ANYWHERE;
    return is_link(&words[at - 1]) ? cost + COST_AFTER_LINK : cost;
}

static int width_of(const word *words, int first, int end)
{
    int width = end - first - 1;
    for (int i = first; i < end; i++)
        width += words[i].characters;
    return width;
}

// Where the second line begins: [end] when one line is enough, -1 when two are not.
static int line_break(const word *words, int first, int end, int line_max)
{
    if (width_of(words, first, end) <= line_max) return end;
    int best = -1, best_cost = 0;
    for (int at = first + 1; at < end; at++) {
        int above = width_of(words, first, at), below = width_of(words, at, end);
        if (above > line_max || below > line_max) continue;
        int cost = abs(above - below) * 2 + cut_cost(words, end, at) / 2;
        if (best < 0 || cost < best_cost) {
            best = at;
            best_cost = cost;
        }
    }
    return best;
}

static int caption_cost(const word *words, int count, int first, int end, int line_max)
{
    int cost = COST_CAPTION + cut_cost(words, count, end);
    cr_ticks length = words[end - 1].end - words[first].start;
    if (line_break(words, first, end, line_max) < 0 || length > CR_CUE_DURATION_MAX)
        cost += COST_TOO_LONG * (end - first);
    if (end - first == 1 && count > 1) cost += COST_ORPHAN;
    if (length < short_caption) cost += COST_HASTY;
    if (width_of(words, first, end) < SHORT_CHARACTERS) cost += COST_SHORT;
    for (int i = first; i + 1 < end; i++) {
        if (ends_sentence(&words[i])) cost += COST_SENTENCE_INSIDE;
        if (words[i + 1].start - words[i].end >= pause_long) cost += COST_PAUSE_INSIDE;
    }
    return cost;
}

// The cheapest way to cut all words into captions: best[i] is that of the first i words, and
// from[i] where its last caption begins.
static void cut(const word *words, int count, int line_max, int *from)
{
    int64_t *best = cr_alloc((size_t)count + 1, sizeof *best);
    for (int end = 1; end <= count; end++) {
        best[end] = INT64_MAX;
        for (int first = end - 1; first >= 0; first--) {
            // Two lines hold no more words than characters.
            if (end - first > 1 && width_of(words, first, end) > 2 * line_max + 1) break;
            int64_t cost = best[first] + caption_cost(words, count, first, end, line_max);
            if (cost >= best[end]) continue;
            best[end] = cost;
            from[end] = first;
        }
    }
    cr_free(best);
}

static char *caption_text(const word *words, int first, int end, int line_max)
{
    int second = line_break(words, first, end, line_max);
    cr_str text = {0};
    for (int i = first; i < end; i++) {
        if (i > first) cr_str_add_char(&text, i == second ? '\n' : ' ');
        cr_str_add_bytes(&text, words[i].text, (size_t)words[i].bytes);
    }
    return cr_str_take(&text);
}

static cr_status read_words(const cJSON *list, word *words, cr_fault *fault)
{
    int count = 0;
    const cJSON *from;
    cJSON_ArrayForEach(from, list)
    {
        const cr_json_place above = {NULL, "words", 0}, place = {&above, NULL, (size_t)count};
        word *to = &words[count];
        cr_status status = cr_json_get_text(from, "text", &to->text, &place, fault);
        if (status == CR_OK)
            status = cr_json_get_int(from, "start", &to->start, 0, CR_TICKS_MAX, &place, fault);
        if (status == CR_OK)
            status = cr_json_get_int(from, "end", &to->end, to->start, CR_TICKS_MAX, &place, fault);
        if (status == CR_NOTFOUND)
            return cr_json_fail(fault, CR_CORRUPT, &place, NULL, "needs text, start and end");
        if (status != CR_OK) return status;
        if (count > 0 && to->start < words[count - 1].start)
            return cr_json_fail(fault, CR_CORRUPT, &place, "start", "is before the word before it");
        to->bytes = (int)strlen(to->text);
        to->characters = count_characters(to->text, to->bytes);
        count++;
    }
    return CR_OK;
}

// Show the narration's own words, when they are one to one.
static void use_spelling(word *words, int count, const char *narration)
{
    static const char blanks[] = " \t\r\n";
    for (int pass = 0; pass < 2; pass++) {
        int found = 0;
        for (const char *at = narration; *(at += strspn(at, blanks)); found++) {
            size_t bytes = strcspn(at, blanks);
            if (pass == 1) {
                words[found].text = at;
                words[found].bytes = (int)bytes;
                words[found].characters = count_characters(at, (int)bytes);
            }
            at += bytes;
        }
        if (found != count) return;
    }
}

static void set_times(cr_cue_list *list, const word *words, cr_ticks end)
{
    for (int i = 0; i < list->count; i++) {
        cr_cue *own = &list->cues[i];
        cr_ticks next = i + 1 < list->count ? words[list->cues[i + 1].word_first].start : end;
        cr_ticks start = words[own->word_first].start;
        cr_ticks off = words[own->word_first + own->word_count - 1].end + linger;
        if (off > next || (i + 1 < list->count && next - off < flicker)) off = next;
        if (off - start > CR_CUE_DURATION_MAX) off = start + CR_CUE_DURATION_MAX;
        own->range = (cr_range){start, off > start ? off - start : 0};
    }
}

cr_status cr_cues_make(cr_cue_list *out, const cJSON *list, const char *narration, int line_max,
                       cr_ticks end, cr_fault *fault)
{
    int count = cJSON_GetArraySize(list);
    if (count > CR_CUE_WORDS_MAX)
        return cr_fail(fault, CR_LIMIT, "/words", "more than %d words", CR_CUE_WORDS_MAX);
    word *words = cr_alloc((size_t)count + 1, sizeof *words);
    cr_status status = read_words(list, words, fault);
    if (status != CR_OK) {
        cr_free(words);
        return status;
    }
    use_spelling(words, count, narration);
    int *from = cr_alloc((size_t)count + 1, sizeof *from);
    cut(words, count, line_max, from);
    cr_cue_list cues = {0};
    for (int at = count; at > 0; at = from[at])
        cues.count++;
    cues.cues = cr_alloc((size_t)cues.count + 1, sizeof *cues.cues);
    int index = cues.count;
    for (int at = count; at > 0; at = from[at])
        cues.cues[--index] = (cr_cue){.text = caption_text(words, from[at], at, line_max),
                                      .word_first = from[at],
                                      .word_count = at - from[at]};
    set_times(&cues, words, end);
    cr_free(from);
    cr_free(words);
    *out = cues;
    return CR_OK;
}

void cr_cue_list_free(cr_cue_list *list)
{
    for (int i = 0; i < list->count; i++)
        cr_free(list->cues[i].text);
    cr_free(list->cues);
    *list = (cr_cue_list){0};
}
