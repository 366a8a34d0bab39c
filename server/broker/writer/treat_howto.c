// How-tos: the steps of a task that is known, or the way to any task.
#include "broker/writer/script.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

enum { STEPS_MIN = 3, TASK_WORDS_MAX = 9 };

static int steps_of(const cr_entry *entry)
{
    int count = 0;
    for (int i = 0; i < entry->line_count; i++)
        count += entry->lines[i].role == '-' && !entry->lines[i].is_variant;
    return count;
}

void cr_treat_howto(cr_scrap *scrap, cr_commission *commission, cr_treatment *out)
{
    cr_prompt *prompt = &commission->prompt;
    cr_slots *slots = &commission->slots;
    const cr_entry *task =
        cr_knowledge_match(&commission->knowledge, scrap, "howto", &prompt->words, NULL, NULL);
    const cr_entry *any = cr_knowledge_find(&commission->knowledge, "howto-any");
    char *doing = cr_scrap_copy(scrap, *prompt->task ? prompt->task : prompt->plain);
    cr_words spoken = cr_words_cut(scrap, doing);
    if (spoken.count > TASK_WORDS_MAX) doing = cr_words_join(scrap, &spoken, 0, TASK_WORDS_MAX);
    *doing = (char)tolower((unsigned char)*doing);
    cr_slots_set(slots, "task", doing);
    size_t length = strcspn(doing, " ");
    // "Baking bread" is a title as it stands.
    bool is_named = length > 3 && strncmp(doing + length - 3, "ing", 3) == 0 && !*prompt->task;
    char *verb = cr_scrap_copy_bytes(scrap, doing, length);
    cr_slots_set(slots, "doing",
                 cr_scrap_format(scrap, "%s%s", cr_verb_ing(scrap, verb), doing + length));
    const cr_entry *steps = task ? task : any;
    int available = steps_of(steps), wanted = prompt->steps;
    // Five seconds are enough for a short step, three are not.
    if (!wanted) wanted = (commission->seconds - 4) / 5;
    if (wanted > available) wanted = available;
    if (wanted < STEPS_MIN) wanted = STEPS_MIN;
    cr_sources_add(&out->begin, task);
    cr_sources_add(&out->begin, any);
    cr_sources_add(&out->middle, steps);
    cr_sources_add(&out->end, task);
    cr_sources_add(&out->end, any);
    bool is_titled = cr_words_count(doing) <= 6;
    const char *said = cr_entry_get(task, "title");
    out->title =
        is_titled || !*said
            ? cr_title_case(scrap, is_named ? doing : cr_scrap_format(scrap, "How to %s", doing))
            : cr_scrap_copy(scrap, said);
    out->topic = doing;
    out->palette = cr_entry_get(steps, "palette");
    out->mood = *cr_entry_get(steps, "mood") ? cr_entry_get(steps, "mood") : "happy";
    out->visual = cr_entry_get(steps, "visual");
    out->is_numbered = true;
    out->step_count = wanted;
}
