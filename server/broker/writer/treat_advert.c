// Adverts and announcements: what is sold, its best side, and what to do now.
#include "broker/writer/script.h"

#include <string.h>
#include <strings.h>

#include "base/vec.h"

enum { FEATURE_WORDS_MAX = 14, THING_WORDS_MAX = 6 };

// "that opens at dawn": what the prompt says the thing does, as a sentence's end.
static void feature_set(cr_scrap *scrap, cr_commission *commission)
{
    const cr_prompt *prompt = &commission->prompt;
    if (!*prompt->clause || cr_words_count(prompt->clause) > FEATURE_WORDS_MAX) return;
    cr_slots_set(&commission->slots, "feature", prompt->clause);
    size_t length = strcspn(prompt->clause, " ");
    char *verb = cr_scrap_copy_bytes(scrap, prompt->clause, length);
    static const char *const stay[] = {"is",   "are", "was",   "were",   "can",
                                       "will", "has", "never", "always", "only"};
    for (size_t i = 0; i < CR_COUNT_OF(stay); i++)
        if (strcasecmp(verb, stay[i]) == 0) return;
    cr_slots_set(
        &commission->slots, "we_do",
        cr_scrap_format(scrap, "%s%s", cr_verb_base(scrap, verb), prompt->clause + length));
}

// The noun without "new", "neighbourhood" and what follows a preposition.
static char *thing_of(cr_scrap *scrap, const cr_prompt *prompt)
{
    cr_words words = cr_words_cut(scrap, prompt->noun);
    int first = 0, count = words.count;
    if (words.count > 1 && strcmp(words.stems[0], "new") == 0) first = 1;
    static const char *const stops[] = {"in", "on", "at", "for",    "with",  "from",
                                        "by", "of", "to", "called", "named", "near"};
    for (int i = first + 1; i < words.count && count == words.count; i++)
        for (size_t j = 0; j < CR_COUNT_OF(stops); j++)
            if (strcmp(words.stems[i], stops[j]) == 0) count = i;
    if (count - first > THING_WORDS_MAX) count = first + THING_WORDS_MAX;
    return cr_words_join(scrap, &words, first, count - first);
}

static const char *name_after(cr_scrap *scrap, const cr_words *words)
{
    for (int i = 0; i + 1 < words->count; i++)
        if (strcmp(words->stems[i], "called") == 0 || strcmp(words->stems[i], "named") == 0) {
            int count = 1;
            while (i + 1 + count < words->count && count < 3 &&
                   words->items[i + 1 + count][0] >= 'A' && words->items[i + 1 + count][0] <= 'Z')
                count++;
            return cr_words_join(scrap, words, i + 1, count);
        }
    return NULL;
}

void cr_treat_advert(cr_scrap *scrap, cr_commission *commission, cr_treatment *out)
{
    cr_prompt *prompt = &commission->prompt;
    cr_slots *slots = &commission->slots;
    bool is_launch = prompt->shape == CR_SHAPE_ANNOUNCEMENT;
    char *thing = thing_of(scrap, prompt);
    const char *name = name_after(scrap, &prompt->words);
    bool is_plural = cr_word_is_plural(thing);
    cr_slots_set(slots, "thing", thing);
    cr_slots_set(slots, "is", is_plural ? "are" : "is");
    cr_slots_set(slots, "it", is_plural ? "them" : "it");
    cr_slots_set(slots, "this", is_plural ? "these" : "this");
    cr_slots_set(slots, "s", is_plural ? "" : "s");
    cr_slots_set(slots, "your", cr_scrap_format(scrap, "your %s", thing));
    if (name) cr_slots_set(slots, "name", name);
    if (is_launch) cr_slots_set(slots, "new", cr_scrap_format(scrap, "our new %s", thing));
    feature_set(scrap, commission);
    cr_slots_set(slots, "call", *commission->call ? commission->call : NULL);
    const cr_entry *trade =
        cr_knowledge_match(&commission->knowledge, scrap, "advert", &prompt->words, NULL, NULL);
    const cr_entry *any =
        cr_knowledge_find(&commission->knowledge, is_launch ? "advert-launch" : "advert-any");
    if (is_launch) cr_sources_add(&out->begin, any);
    cr_sources_add(&out->begin, trade);
    cr_sources_add(&out->begin, any);
    cr_sources_add(&out->middle, cr_knowledge_find(&commission->knowledge, "advert-feature"));
    cr_sources_add(&out->middle, trade);
    if (!trade || commission->seconds > 40) cr_sources_add(&out->middle, any);
    if (*commission->call)
        cr_sources_add(&out->end, cr_knowledge_find(&commission->knowledge, "advert-call"));
    cr_sources_add(&out->end, trade);
    cr_sources_add(&out->end, any);
    char *title = cr_phrase_fill(scrap, cr_entry_get(trade ? trade : any, "title"), slots);
    if (is_launch || !title || !*title)
        title = cr_scrap_format(scrap, "%s %s", is_launch ? "Our New" : "The", thing);
    out->title = cr_title_case(scrap, name ? name : title);
    out->topic = prompt->topic;
    out->palette = cr_entry_get(trade ? trade : any, "palette");
    out->mood = cr_entry_get(trade ? trade : any, "mood");
    out->visual = cr_entry_get(trade ? trade : any, "visual");
    out->wants_presenter = is_launch;
}
