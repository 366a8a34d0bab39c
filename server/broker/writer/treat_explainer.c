// Explainers, histories and journeys: facts about a subject, or honest talk about one that is not
// known.
#include "broker/writer/script.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"
#include "broker/writer/prompt_parts.h"

enum { TOPIC_WORDS_MAX = 8, QUESTION_WORDS_MAX = 14 };

// The words that agree with the topic's number.
static void agreement_set(cr_slots *slots, bool is_plural)
{
    cr_slots_set(slots, "is", is_plural ? "are" : "is");
    cr_slots_set(slots, "was", is_plural ? "were" : "was");
    cr_slots_set(slots, "has", is_plural ? "have" : "has");
    cr_slots_set(slots, "does", is_plural ? "do" : "does");
    cr_slots_set(slots, "it", is_plural ? "they" : "it");
    cr_slots_set(slots, "them", is_plural ? "them" : "it");
    cr_slots_set(slots, "its", is_plural ? "their" : "its");
    cr_slots_set(slots, "s", is_plural ? "" : "s");
}

// A topic that fits into a sentence: some words, not a page, and not only "for" or "how".
static bool is_sayable(cr_scrap *scrap, const char *topic)
{
    cr_words words = cr_words_cut(scrap, topic);
    if (words.count > TOPIC_WORDS_MAX || !words.count || !cr_part_is_wordlike(topic)) return false;
    static const char *const asking[] = {"how", "why", "what", "when", "where", "who", "which"};
    for (int i = 0; i < words.count; i++) {
        bool is_empty = cr_word_is_small(words.items[i]) || cr_part_is_preposition(words.items[i]);
        for (size_t j = 0; j < CR_COUNT_OF(asking); j++)
            is_empty |= strcasecmp(words.items[i], asking[j]) == 0;
        if (!is_empty) return true;
    }
    return false;
}

static void question_set(cr_scrap *scrap, cr_commission *commission)
{
    const cr_prompt *prompt = &commission->prompt;
    char *low = cr_scrap_copy(scrap, prompt->plain);
    static const char *const asking[] = {"how ", "why ", "what ", "when ", "where ", "who "};
    bool is_asking = false;
    for (size_t i = 0; i < CR_COUNT_OF(asking); i++)
        is_asking |= strncasecmp(low, asking[i], strlen(asking[i])) == 0;
    if (!is_asking || !*prompt->predicate || prompt->words.count > QUESTION_WORDS_MAX) return;
    if (prompt->is_question)
        cr_slots_set(&commission->slots, "question", cr_scrap_format(scrap, "%s?", low));
    else {
        low[0] = (char)tolower((unsigned char)low[0]);
        cr_slots_set(&commission->slots, "how", low);
    }
}

// A subject of a kind for which there are lines that fit everything of the kind.
static const cr_entry *kind_entry(cr_scrap *scrap, const cr_commission *commission,
                                  const cr_entry *known)
{
    const char *kind = cr_entry_get(known, "kind");
    if (!known) {
        const cr_entry *by_word = cr_knowledge_match(&commission->knowledge, scrap, "kind",
                                                     &commission->prompt.words, NULL, NULL);
        if (by_word) return by_word;
        kind = "thing";
    }
    return cr_knowledge_find(&commission->knowledge, cr_scrap_format(scrap, "kind-%s", kind));
}

static void near_add(cr_scrap *scrap, const cr_commission *commission, const cr_entry *known,
                     cr_sources *sources)
{
    const char *near = cr_entry_get(known, "near");
    while (*near) {
        size_t length = strcspn(near, ",");
        char *id = cr_scrap_copy_bytes(scrap, near, length);
        while (*id == ' ')
            id++;
        cr_sources_add(sources, cr_knowledge_find(&commission->knowledge, id));
        near += length + (near[length] ? 1 : 0);
    }
}

static char *title_make(cr_scrap *scrap, const cr_commission *commission, const cr_entry *known)
{
    const cr_prompt *prompt = &commission->prompt;
    int words = cr_words_count(prompt->plain);
    if (words <= 1 && known && *cr_entry_get(known, "title"))
        return cr_scrap_copy(scrap, cr_entry_get(known, "title"));
    if (words <= 8) {
        char *title = cr_title_case(scrap, prompt->plain);
        static const char *const asking[] = {"what is ", "what are ", "who is ", "who was ",
                                             "who were "};
        bool is_asking = prompt->is_question;
        for (size_t i = 0; i < CR_COUNT_OF(asking); i++)
            is_asking |= strncasecmp(prompt->plain, asking[i], strlen(asking[i])) == 0;
        return is_asking ? cr_scrap_format(scrap, "%s?", title) : title;
    }
    if (known && *cr_entry_get(known, "title"))
        return cr_scrap_copy(scrap, cr_entry_get(known, "title"));
    // What cannot be said in a line gets a title of its own.
    cr_words cut = cr_words_cut(scrap, prompt->topic);
    if (cut.count > TOPIC_WORDS_MAX) return cr_scrap_copy(scrap, "Just a Thought");
    return cr_title_case(scrap, prompt->topic);
}

void cr_treat_explainer(cr_scrap *scrap, cr_commission *commission, cr_treatment *out)
{
    cr_prompt *prompt = &commission->prompt;
    cr_slots *slots = &commission->slots;
    const cr_knowledge *knowledge = &commission->knowledge;
    const cr_entry *known =
        cr_knowledge_match(knowledge, scrap, "explain", &prompt->words, NULL, NULL);
    agreement_set(slots, prompt->is_plural);
    question_set(scrap, commission);
    if (is_sayable(scrap, prompt->topic)) cr_slots_set(slots, "topic", prompt->topic);
    bool is_sayable_topic = cr_slots_get(slots, "topic");
    if (prompt->shape == CR_SHAPE_HISTORY && is_sayable_topic)
        cr_slots_set(slots, "history", prompt->topic);
    if (prompt->shape == CR_SHAPE_TRAVEL && is_sayable_topic)
        cr_slots_set(slots, "place", prompt->topic);
    const cr_entry *kind = kind_entry(scrap, commission, known);
    const cr_entry *any = cr_knowledge_find(knowledge, "kind-thing");
    bool is_asked = cr_slots_get(slots, "how") || cr_slots_get(slots, "question");
    cr_sources_add(&out->begin, known);
    if (is_asked) cr_sources_add(&out->begin, any);
    cr_sources_add(&out->middle, known);
    cr_sources_add(&out->end, known);
    cr_sources_add(&out->begin, kind);
    near_add(scrap, commission, known, &out->middle);
    if (!known) cr_sources_add(&out->middle, kind);
    cr_sources_add(&out->end, kind);
    cr_sources_add(&out->begin, any);
    if (!known) cr_sources_add(&out->middle, any);
    cr_sources_add(&out->end, any);
    out->title = title_make(scrap, commission, known);
    out->topic = prompt->topic;
    const cr_entry *look = known ? known : kind;
    out->palette = cr_entry_get(look, "palette");
    out->mood = cr_entry_get(look, "mood");
    out->visual = cr_entry_get(look, "visual");
}
