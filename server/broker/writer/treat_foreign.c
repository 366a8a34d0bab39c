// Prompts in German, Spanish and French: the built-in facts are English, so these films stay with
// what is true of every subject.
#include "broker/writer/script.h"

#include <string.h>

enum { TITLE_WORDS_MAX = 10 };

void cr_treat_foreign(cr_scrap *scrap, cr_commission *commission, cr_treatment *out)
{
    static const char *const names[] = {"", "english", "german", "spanish", "french"};
    cr_prompt *prompt = &commission->prompt;
    cr_words words = cr_words_cut(scrap, prompt->plain);
    bool is_long = words.count > TITLE_WORDS_MAX;
    char *title = is_long ? cr_words_join(scrap, &words, 0, TITLE_WORDS_MAX)
                          : cr_scrap_copy(scrap, prompt->plain);
    cr_slots_set(&commission->slots, "title", title);
    const char *kind = prompt->is_for_children ? "story" : "any";
    const cr_entry *entry = cr_knowledge_find(
        &commission->knowledge, cr_scrap_format(scrap, "%s-%s", names[prompt->language], kind));
    if (!entry)
        entry = cr_knowledge_find(&commission->knowledge,
                                  cr_scrap_format(scrap, "%s-any", names[prompt->language]));
    cr_sources_add(&out->begin, entry);
    cr_sources_add(&out->middle, entry);
    cr_sources_add(&out->end, entry);
    if (!prompt->shape) prompt->shape = CR_SHAPE_EXPLAINER;
    out->title = title;
    out->topic = title;
    out->palette = cr_entry_get(entry, "palette");
    out->mood = cr_entry_get(entry, "mood");
    out->visual = cr_entry_get(entry, "visual");
}
