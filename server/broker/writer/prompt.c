#include "broker/writer/prompt.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"
#include "broker/writer/prompt_parts.h"

const char *cr_shape_name(cr_shape shape)
{
    static const char *const names[] = {"",       "explainer", "history",
                                        "story",  "advert",    "announcement",
                                        "how-to", "greeting",  "travel"};
    return names[shape];
}

// "make a video", "write me a story": the verb is for the writer. "Make coffee" is not.
static bool making_drop(char **text)
{
    static const char *const making[] = {"make", "to make", "create",   "to create", "write",
                                         "film", "produce", "generate", "do"};
    static const char *const given[] = {"me", "us", "a", "an", "the", "one", "some", "my", "our"};
    for (size_t i = 0; i < CR_COUNT_OF(making); i++) {
        char *rest = *text, *after;
        if (!cr_part_drop(&rest, making[i])) continue;
        for (size_t j = 0; j < CR_COUNT_OF(given); j++) {
            after = rest;
            if (!cr_part_drop(&after, given[j])) continue;
            *text = rest;
            return true;
        }
    }
    return false;
}

// The words around what is asked for: "Please make a short video about".
static void request_drop(cr_scrap *scrap, cr_prompt *prompt, char **text)
{
    static const char *const polite[] = {"please",  "can you",      "could you", "i want you to",
                                         "i want",  "i would like", "i'd like",  "i need",
                                         "we need", "we want",      "let's",     "help me",
                                         "give me", "show me",      "hi",        "hello"};
    static const char *const telling[] = {
        "explain to me",  "explain",         "tell me about", "tell me", "tell",
        "teach me about", "teach me",        "describe",      "me",      "us",
        "all about",      "everything about"};
    for (bool is_more = true; is_more;) {
        is_more = making_drop(text);
        for (size_t i = 0; i < CR_COUNT_OF(polite); i++)
            is_more |= cr_part_drop(text, polite[i]);
        for (size_t i = 0; i < CR_COUNT_OF(telling); i++)
            is_more |= cr_part_drop(text, telling[i]);
    }
    cr_part_genre_drop(scrap, prompt, text);
}

// Takes ", for curious ten-year-olds" away and keeps it as the audience.
static void audience_take(cr_scrap *scrap, cr_prompt *prompt, char *text)
{
    for (char *at = text + strlen(text); at > text; at--) {
        if (strncasecmp(at, "for ", 4) != 0 || !strchr(" ,(", at[-1])) continue;
        if (!cr_part_is_audience(scrap, at + 4)) continue;
        // "looking for a friend" names nobody who listens.
        static const char *const seeking[] = {"looking ", "searching ", "waiting ", "wishing "};
        bool is_seeking = false;
        for (size_t i = 0; i < CR_COUNT_OF(seeking); i++)
            is_seeking |= at - text >= (ptrdiff_t)strlen(seeking[i]) &&
                          strncasecmp(at - strlen(seeking[i]), seeking[i], strlen(seeking[i])) == 0;
        if (is_seeking) return;
        cr_part_audience(scrap, prompt, at + 4);
        while (at > text && strchr(" ,(-", at[-1]))
            at--;
        *at = 0;
        break;
    }
}

// "in five steps", "in 30 seconds" at the end.
static void format_take(cr_scrap *scrap, cr_prompt *prompt, char *text)
{
    for (char *at = strstr(text, " in "); at; at = strstr(at + 1, " in ")) {
        cr_words tail = cr_words_cut(scrap, at + 4);
        if (tail.count < 2 || tail.count > 4) continue;
        int number = cr_part_number(tail.stems[0]);
        const char *unit = tail.stems[tail.count - 1];
        bool is_steps = strcmp(unit, "step") == 0,
             is_time = strcmp(unit, "second") == 0 || strcmp(unit, "minute") == 0;
        if (!is_steps && !is_time) continue;
        if (is_steps && number > 0 && number <= 12) prompt->steps = number;
        *at = 0;
        return;
    }
    // "5 steps to …", "five ways to …"
    cr_words words = cr_words_cut(scrap, text);
    if (words.count > 3 && cr_part_number(words.stems[0]) > 0 &&
        (strcmp(words.stems[1], "step") == 0 || strcmp(words.stems[1], "way") == 0 ||
         strcmp(words.stems[1], "tip") == 0))
        prompt->steps = cr_part_number(words.stems[0]);
}

// Cuts "who is afraid of the dark" off the topic and keeps it.
static void clause_take(cr_scrap *scrap, cr_prompt *prompt, char *topic)
{
    static const char *const openers[] = {" who ", " that ", " which "};
    char *first = NULL;
    size_t skip = 0;
    for (size_t i = 0; i < CR_COUNT_OF(openers); i++) {
        char *at = strcasestr(topic, openers[i]);
        if (at && (!first || at < first)) {
            first = at;
            skip = strlen(openers[i]);
        }
    }
    if (!first) return;
    prompt->clause = cr_scrap_copy(scrap, first + skip);
    while (first > topic && strchr(" ,", first[-1]))
        first--;
    *first = 0;
}

// "a little fox" → article "a", noun "little fox", head "fox".
static void noun_parse(cr_scrap *scrap, cr_prompt *prompt)
{
    static const char *const articles[] = {"a",   "an",    "the",  "my",   "our",   "your", "his",
                                           "her", "their", "some", "this", "these", "its"};
    char *topic = cr_scrap_copy(scrap, prompt->topic);
    prompt->article = "";
    for (size_t i = 0; i < CR_COUNT_OF(articles); i++)
        if (cr_part_drop(&topic, articles[i])) {
            prompt->article = cr_scrap_copy(scrap, articles[i]);
            break;
        }
    prompt->noun = topic;
    // The head ends before the first preposition: "the history of glass", "life in the desert".
    cr_words words = cr_words_cut(scrap, topic);
    int last = words.count - 1;
    for (int i = 1; i < words.count; i++)
        if (cr_part_is_preposition(words.items[i])) {
            last = i - 1;
            break;
        }
    prompt->head = last >= 0 ? words.items[last] : cr_scrap_copy(scrap, topic);
    prompt->is_plural = cr_word_is_plural(prompt->head) && strcmp(prompt->article, "a") != 0 &&
                        strcmp(prompt->article, "an") != 0;
    // Capitals inside a prompt that is otherwise in small letters.
    prompt->is_proper = words.count > 0 && !*prompt->article;
    for (int i = 0; i < words.count && prompt->is_proper; i++) {
        bool is_first = strcmp(prompt->words.items[0], words.items[i]) == 0;
        prompt->is_proper =
            isupper((unsigned char)words.items[i][0]) && (!is_first || words.count > 1);
    }
}

// "The Vikings" and "Cats" begin small inside a sentence; "Lisbon" does not.
static void topic_lower(cr_scrap *scrap, cr_prompt *prompt)
{
    char *topic = cr_scrap_copy(scrap, prompt->topic);
    cr_words words = cr_words_cut(scrap, topic);
    static const char *const endings[] = {"ia",   "ness", "acy",  "ism", "ity", "tion", "ment",
                                          "ship", "hood", "logy", "ing", "ics", "phy",  "nce",
                                          "sis",  "ure",  "dom",  "ove", "ope", "ime"};
    bool is_notion = false;
    for (size_t i = 0; words.count == 1 && i < CR_COUNT_OF(endings); i++)
        is_notion |= cr_text_ends(topic, endings[i]) && strlen(topic) > strlen(endings[i]) + 1;
    bool is_common = *prompt->article || prompt->is_plural || is_notion ||
                     (words.count > 1 && !isupper((unsigned char)words.items[1][0]));
    bool is_acronym = isupper((unsigned char)topic[0]) && isupper((unsigned char)topic[1]);
    if (words.count && is_common && !is_acronym) topic[0] = (char)tolower((unsigned char)topic[0]);
    // "benefits of yoga" inside a sentence are the benefits.
    bool is_of = words.count > 2 && strcmp(words.items[1], "of") == 0 && !*prompt->article;
    prompt->topic = is_of ? cr_scrap_format(scrap, "the %s", topic) : topic;
}

static void question_parse(cr_scrap *scrap, cr_prompt *prompt, char *rest)
{
    static const char *const turned[] = {"do",  "does", "did",  "is",     "are",  "can",
                                         "was", "were", "will", "should", "would"};
    char *text = rest;
    for (size_t i = 0; i < CR_COUNT_OF(turned) && !prompt->is_question; i++)
        prompt->is_question = cr_part_drop(&text, turned[i]);
    cr_words words = cr_words_cut(scrap, text);
    int verb = words.count;
    for (int i = 1; i < words.count; i++)
        if (cr_verb_is_known(words.items[i]) && !cr_word_is_small(words.items[i - 1])) {
            verb = i;
            break;
        }
    if (verb == words.count && prompt->is_question && words.count > 1) {
        // "is the sky blue": the subject is what an article leads, and one word.
        verb = cr_word_is_small(words.items[0]) ? 2 : 1;
    }
    prompt->topic = cr_words_join(scrap, &words, 0, verb);
    prompt->predicate = cr_words_join(scrap, &words, verb, words.count - verb);
}

// Shapes that the first words tell: "how to", "why", "the history of".
static void opening_parse(cr_scrap *scrap, cr_prompt *prompt, char *text)
{
    static const struct {
        const char *words;
        cr_shape shape;
    } openings[] = {
        {"how to", CR_SHAPE_HOWTO},
        {"how do i", CR_SHAPE_HOWTO},
        {"how do you", CR_SHAPE_HOWTO},
        {"how can i", CR_SHAPE_HOWTO},
        {"a guide to", CR_SHAPE_HOWTO},
        {"the history of", CR_SHAPE_HISTORY},
        {"a history of", CR_SHAPE_HISTORY},
        {"a brief history of", CR_SHAPE_HISTORY},
        {"a short history of", CR_SHAPE_HISTORY},
        {"history of", CR_SHAPE_HISTORY},
        {"the invention of", CR_SHAPE_HISTORY},
        {"the story of", CR_SHAPE_HISTORY},
        {"the origin of", CR_SHAPE_HISTORY},
        {"the origins of", CR_SHAPE_HISTORY},
        {"introducing", CR_SHAPE_ANNOUNCEMENT},
        {"announcing", CR_SHAPE_ANNOUNCEMENT},
        {"presenting", CR_SHAPE_ANNOUNCEMENT},
        {"meet", CR_SHAPE_ANNOUNCEMENT},
        {"the launch of", CR_SHAPE_ANNOUNCEMENT},
        {"launch of", CR_SHAPE_ANNOUNCEMENT},
        {"a trip to", CR_SHAPE_TRAVEL},
        {"a journey to", CR_SHAPE_TRAVEL},
        {"a visit to", CR_SHAPE_TRAVEL},
        {"a weekend in", CR_SHAPE_TRAVEL},
        {"a day in", CR_SHAPE_TRAVEL},
        {"a voyage to", CR_SHAPE_TRAVEL},
        {"a holiday in", CR_SHAPE_TRAVEL},
        {"travel to", CR_SHAPE_TRAVEL},
        {"visit", CR_SHAPE_TRAVEL},
        {"a tour of", CR_SHAPE_TRAVEL},
        {"flying to", CR_SHAPE_TRAVEL},
        {"the life of", CR_SHAPE_EXPLAINER},
        {"who was", CR_SHAPE_EXPLAINER},
        {"who is", CR_SHAPE_EXPLAINER},
        {"what is", CR_SHAPE_EXPLAINER},
        {"what are", CR_SHAPE_EXPLAINER},
        {"all about", CR_SHAPE_EXPLAINER},
        {"the science of", CR_SHAPE_EXPLAINER},
        {"the secret life of", CR_SHAPE_EXPLAINER},
    };
    char *rest = text;
    for (size_t i = 0; i < CR_COUNT_OF(openings); i++) {
        rest = text;
        if (prompt->shape != CR_SHAPE_STORY && cr_part_drop(&rest, openings[i].words)) {
            prompt->shape = openings[i].shape;
            prompt->topic = cr_scrap_copy(scrap, rest);
            if (prompt->shape == CR_SHAPE_HOWTO) prompt->task = cr_scrap_copy(scrap, rest);
            return;
        }
    }
    static const char *const asking[] = {"how", "why", "what", "when", "where", "which"};
    for (size_t i = 0; i < CR_COUNT_OF(asking); i++) {
        rest = text;
        if (!cr_part_drop(&rest, asking[i])) continue;
        if (!prompt->shape) prompt->shape = CR_SHAPE_EXPLAINER;
        question_parse(scrap, prompt, rest);
        return;
    }
    prompt->topic = cr_scrap_copy(scrap, text);
}

cr_prompt cr_prompt_read(cr_scrap *scrap, const char *text)
{
    char *plain = cr_part_clean(scrap, text, CR_PROMPT_BYTES_READ);
    cr_prompt prompt = {.plain = plain,
                        .audience = "",
                        .topic = "",
                        .noun = "",
                        .head = "",
                        .article = "",
                        .predicate = "",
                        .clause = "",
                        .task = "",
                        .person = ""};
    prompt.words = cr_words_cut(scrap, plain);
    prompt.is_bedtime = strcasestr(plain, "bedtime") || strcasestr(plain, "good night");
    prompt.language = cr_part_language(&prompt.words);
    plain = cr_part_first_sentence(scrap, plain);
    request_drop(scrap, &prompt, &plain);
    prompt.plain = plain;
    cr_part_greeting(scrap, &prompt);
    if (prompt.shape != CR_SHAPE_GREETING) audience_take(scrap, &prompt, plain);
    format_take(scrap, &prompt, plain);
    format_take(scrap, &prompt, prompt.audience);
    cr_part_trim(plain);
    opening_parse(scrap, &prompt, plain);
    if (prompt.shape != CR_SHAPE_HOWTO && prompt.shape != CR_SHAPE_GREETING)
        clause_take(scrap, &prompt, prompt.topic);
    noun_parse(scrap, &prompt);
    topic_lower(scrap, &prompt);
    if (prompt.is_for_children) return prompt;
    if (prompt.shape == CR_SHAPE_STORY && !*prompt.audience) prompt.is_for_children = true;
    return prompt;
}
