// Greetings: the occasion, the person, and what they love.
#include "broker/writer/script.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

// "grandma who loves gardening" → "grandma", and what she loves stays in the clause.
static char *person_of(cr_scrap *scrap, cr_commission *commission)
{
    const cr_prompt *prompt = &commission->prompt;
    cr_words words = cr_words_cut(scrap, prompt->person);
    int end = 0;
    for (; end < words.count && end < 4; end++) {
        const char *word = words.items[end];
        if (strcasecmp(word, "who") == 0 || strcasecmp(word, "that") == 0 ||
            strcasecmp(word, "and") == 0 || strcasecmp(word, "on") == 0 || words.breaks[end] == ',')
            break;
    }
    char *person = cr_words_join(scrap, &words, 0, end);
    static const char *const own[] = {"my ", "our ", "the ", "a ", "an "};
    for (size_t i = 0; i < CR_COUNT_OF(own); i++)
        if (strncasecmp(person, own[i], strlen(own[i])) == 0) person += strlen(own[i]);
    // "colleague Tom" is Tom; "Grandma" stays what she is.
    for (char *space = strchr(person, ' '); space; space = strchr(space + 1, ' '))
        if (isupper((unsigned char)space[1]) && islower((unsigned char)person[0]))
            person = space + 1;
    if (*person) *person = (char)toupper((unsigned char)*person);
    return person;
}

static const char *hobby_of(cr_scrap *scrap, const cr_prompt *prompt)
{
    static const char *const loving[] = {"loves ", "likes ", "enjoys ", "adores ", "love "};
    for (size_t i = 0; i < CR_COUNT_OF(loving); i++) {
        const char *at = strcasestr(prompt->plain, loving[i]);
        if (!at) continue;
        at += strlen(loving[i]);
        if (strncasecmp(at, "to ", 3) != 0) return at;
        size_t length = strcspn(at + 3, " ");
        char *verb = cr_scrap_copy_bytes(scrap, at + 3, length);
        return cr_scrap_format(scrap, "%s%s", cr_verb_ing(scrap, verb), at + 3 + length);
    }
    return NULL;
}

void cr_treat_greeting(cr_scrap *scrap, cr_commission *commission, cr_treatment *out)
{
    cr_prompt *prompt = &commission->prompt;
    cr_slots *slots = &commission->slots;
    const cr_knowledge *knowledge = &commission->knowledge;
    char *person = person_of(scrap, commission);
    if (*person) cr_slots_set(slots, "person", person);
    cr_slots_set(slots, "hobby", hobby_of(scrap, prompt));
    const cr_entry *occasion =
        cr_knowledge_match(knowledge, scrap, "greeting", &prompt->words, NULL, NULL);
    if (!occasion) occasion = cr_knowledge_find(knowledge, "greeting-any");
    const cr_entry *hobby =
        cr_knowledge_match(knowledge, scrap, "hobby", &prompt->words, NULL, NULL);
    if (!hobby) hobby = cr_knowledge_find(knowledge, "hobby-any");
    cr_sources_add(&out->begin, occasion);
    if (cr_slots_get(slots, "hobby")) cr_sources_add(&out->middle, hobby);
    cr_sources_add(&out->middle, occasion);
    cr_sources_add(&out->end, occasion);
    char *title = cr_phrase_fill(scrap, cr_entry_get(occasion, "title"), slots);
    if (!title) title = cr_phrase_fill(scrap, cr_entry_get(occasion, "plain_title"), slots);
    out->title = cr_title_case(scrap, title && *title ? title : prompt->plain);
    out->topic = *person ? person : prompt->plain;
    out->palette = *cr_entry_get(hobby, "palette") ? cr_entry_get(hobby, "palette")
                                                   : cr_entry_get(occasion, "palette");
    out->mood = cr_entry_get(occasion, "mood");
    out->visual = cr_entry_get(occasion, "visual");
}
