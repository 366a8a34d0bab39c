// Stories: a hero with a name, a trouble that the prompt tells, and a plot for that trouble.
#include "broker/writer/script.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

// Pronouns of the hero.
static void pronouns_set(cr_slots *slots, bool is_plural, bool is_she)
{
    static const char *const table[3][5] = {{"he", "him", "his", "himself", "was"},
                                            {"she", "her", "her", "herself", "was"},
                                            {"they", "them", "their", "themselves", "were"}};
    static const char *const names[] = {"he", "him", "his", "himself", "was"};
    const char *const *row = table[is_plural ? 2 : is_she];
    for (size_t i = 0; i < CR_COUNT_OF(names); i++)
        cr_slots_set(slots, names[i], row[i]);
}

// "Pip the fox": a name that goes with the seed, unless the prompt gives one ("named Ruby").
static const char *name_choose(cr_scrap *scrap, const cr_prompt *prompt, bool *is_she)
{
    static const char *const names[][2] = {
        {"Pip", "he"},  {"Juniper", "she"},    {"Oliver", "he"}, {"Luna", "she"},
        {"Finn", "he"}, {"Hazel", "she"},      {"Milo", "he"},   {"Willow", "she"},
        {"Toby", "he"}, {"Clementine", "she"}, {"Rufus", "he"},  {"Poppy", "she"},
        {"Otis", "he"}, {"Maple", "she"},      {"Basil", "he"},  {"Nell", "she"}};
    static const char *const female[] = {"girl",    "princess", "queen",  "mother",      "grandma",
                                         "woman",   "daughter", "sister", "witch",       "fairy",
                                         "mermaid", "hen",      "cow",    "grandmother", "aunt",
                                         "lioness", "ballerina"};
    static const char *const male[] = {"boy",         "prince", "king",    "father", "grandpa",
                                       "man",         "son",    "brother", "wizard", "rooster",
                                       "grandfather", "uncle",  "knight",  "pirate"};
    int sex = 0;
    for (int i = 0; i < prompt->words.count; i++) {
        for (size_t j = 0; j < CR_COUNT_OF(female); j++)
            if (!sex && strcmp(prompt->words.stems[i], female[j]) == 0) sex = 2;
        for (size_t j = 0; j < CR_COUNT_OF(male); j++)
            if (!sex && strcmp(prompt->words.stems[i], male[j]) == 0) sex = 1;
    }
    for (int i = 0; i + 1 < prompt->words.count; i++) {
        const char *word = prompt->words.stems[i];
        if (strcmp(word, "named") != 0 && strcmp(word, "called") != 0) continue;
        *is_she = sex == 2;
        for (size_t j = 0; j < CR_COUNT_OF(names) && !sex; j++)
            if (strcasecmp(prompt->words.items[i + 1], names[j][0]) == 0)
                *is_she = names[j][1][0] == 's';
        char *name = cr_scrap_copy(scrap, prompt->words.items[i + 1]);
        *name = (char)toupper((unsigned char)*name);
        return name;
    }
    int pick = cr_scrap_roll(scrap, (int)CR_COUNT_OF(names));
    while (sex && (names[pick][1][0] == 's') != (sex == 2))
        pick = (pick + 1) % (int)CR_COUNT_OF(names);
    *is_she = names[pick][1][0] == 's';
    return names[pick][0];
}

// "is afraid of the dark" → "was afraid of the dark".
static char *past(cr_scrap *scrap, const char *clause)
{
    size_t length = strcspn(clause, " ");
    char *verb = cr_scrap_copy_bytes(scrap, clause, length);
    static const char *const adverbs[] = {"always", "never", "only", "just", "often", "really"};
    for (size_t i = 0; i < CR_COUNT_OF(adverbs); i++)
        if (strcasecmp(verb, adverbs[i]) == 0 && clause[length])
            return cr_scrap_format(scrap, "%s %s", verb, past(scrap, clause + length + 1));
    return cr_scrap_format(scrap, "%s%s", cr_verb_past(scrap, verb), clause + length);
}

// Cuts "named Ruby" and what follows a place ("in the forest") off the hero.
static char *hero_noun(cr_scrap *scrap, const cr_prompt *prompt)
{
    cr_words words = cr_words_cut(scrap, prompt->noun);
    int end = 0;
    static const char *const stops[] = {"named",    "called",  "in",      "on",        "from",
                                        "with",     "and",     "at",      "under",     "of",
                                        "learning", "looking", "trying",  "searching", "finding",
                                        "going",    "making",  "meeting", "lost",      "'s"};
    for (; end < words.count && end < 5; end++) {
        bool is_stop = false;
        for (size_t i = 0; i < CR_COUNT_OF(stops); i++)
            is_stop |= strcasecmp(words.items[end], stops[i]) == 0;
        if (is_stop) break;
    }
    return end ? cr_words_join(scrap, &words, 0, end) : cr_scrap_copy(scrap, "little fox");
}

static const char *home_of(const cr_words *words)
{
    static const char *const homes[][2] = {
        {"fox", "a snug den at the edge of the forest"},
        {"bear", "a mossy cave in the forest"},
        {"rabbit", "a warm burrow under the meadow"},
        {"bunny", "a warm burrow under the meadow"},
        {"mouse", "a tiny house behind the kitchen wall"},
        {"owl", "a hollow oak in the forest"},
        {"hedgehog", "a pile of soft leaves in the garden"},
        {"dragon", "a cave high in the mountains"},
        {"fish", "a garden of coral under the sea"},
        {"whale", "the wide blue ocean"},
        {"turtle", "a sandy beach by the sea"},
        {"penguin", "the snow at the edge of the sea"},
        {"star", "a quiet corner of the night sky"},
        {"moon", "the night sky above the village"},
        {"robot", "a cosy workshop in the city"},
        {"cat", "a little house with a red roof"},
        {"dog", "a little house with a big garden"},
        {"elephant", "a green valley by the river"},
        {"princess", "a castle on a hill"},
        {"prince", "a castle on a hill"},
        {"cloud", "the blue sky above the hills"},
        {"pirate", "a ship on the wide sea"},
        {"astronaut", "a small town under a big sky"},
    };
    for (int i = 0; i < words->count; i++)
        for (size_t j = 0; j < CR_COUNT_OF(homes); j++)
            if (strcmp(words->stems[i], homes[j][0]) == 0) return homes[j][1];
    return "a small house at the edge of the village";
}

// "a snug den …" lives inside; the painter needs the place.
static const char *scenery_of(const char *home)
{
    static const char *const places[] = {"forest",   "meadow", "kitchen", "garden", "mountains",
                                         "sea",      "ocean",  "beach",   "snow",   "night sky",
                                         "workshop", "valley", "castle",  "sky",    "village",
                                         "house",    "town"};
    for (size_t i = 0; i < CR_COUNT_OF(places); i++)
        if (strstr(home, places[i])) return places[i];
    return "meadow";
}

// "Max, the dog": the name, and [*noun] becomes "dog". NULL when there is none.
static const char *name_before(cr_scrap *scrap, const cr_prompt *prompt, char **noun)
{
    const char *comma = strstr(prompt->topic, ", the ");
    if (!comma) comma = strstr(prompt->topic, " the ");
    if (!comma || comma == prompt->topic || !isupper((unsigned char)prompt->plain[0])) return NULL;
    char *name = cr_scrap_copy_bytes(scrap, prompt->topic, (size_t)(comma - prompt->topic));
    if (cr_words_count(name) != 1) return NULL;
    *name = (char)toupper((unsigned char)*name);
    cr_words words = cr_words_cut(scrap, strstr(comma, "the ") + 4);
    if (!words.count) return NULL;
    *noun = cr_words_join(scrap, &words, 0, words.count < 3 ? words.count : 3);
    return name;
}

void cr_treat_story(cr_scrap *scrap, cr_commission *commission, cr_treatment *out)
{
    cr_prompt *prompt = &commission->prompt;
    cr_slots *slots = &commission->slots;
    char *noun = hero_noun(scrap, prompt);
    const char *own_name = name_before(scrap, prompt, &noun);
    cr_words noun_words = cr_words_cut(scrap, noun);
    const char *head = noun_words.items[noun_words.count - 1];
    bool is_plural = prompt->is_plural && cr_word_is_plural(head), is_she = false;
    const char *name = name_choose(scrap, prompt, &is_she);
    bool is_named = own_name || (prompt->is_proper && !is_plural);
    if (is_named) name = own_name ? own_name : cr_scrap_copy(scrap, noun_words.items[0]);
    if (is_plural) name = cr_scrap_format(scrap, "the %s", head);
    pronouns_set(slots, is_plural, is_she);
    cr_slots_set(slots, "name", name);
    cr_slots_set(slots, "hero", noun);
    cr_slots_set(slots, "kind", head);
    char *someone = is_plural ? noun : cr_scrap_format(scrap, "a %s", noun);
    if (is_plural && noun_words.count == 1) someone = cr_scrap_format(scrap, "some %s", noun);
    bool is_somebody = own_name || !is_named;
    cr_slots_set(slots, "heroes", is_somebody ? someone : name);
    // "a little fox named Milo": only one can be named so.
    if (is_somebody && !is_plural) cr_slots_set(slots, "someone", someone);
    if (*prompt->clause) cr_slots_set(slots, "trouble", past(scrap, prompt->clause));
    const char *home = home_of(&prompt->words);
    cr_slots_set(slots, "home", home);
    cr_slots_set(slots, "place", scenery_of(home));
    const cr_entry *plot =
        cr_knowledge_match(&commission->knowledge, scrap, "story", &prompt->words, NULL, NULL);
    if (!plot) plot = cr_knowledge_find(&commission->knowledge, "story-any");
    const cr_entry *any = cr_knowledge_find(&commission->knowledge, "story-frame");
    cr_sources_add(&out->begin, plot);
    cr_sources_add(&out->begin, any);
    cr_sources_add(&out->middle, plot);
    if (commission->seconds > 50) cr_sources_add(&out->middle, any);
    cr_sources_add(&out->end, plot);
    cr_sources_add(&out->end, any);
    // A story for the evening ends in sleep unless somebody wishes otherwise.
    if (!*commission->ending && prompt->is_bedtime)
        commission->focus_words = cr_words_cut(scrap, "asleep");
    char *title = cr_phrase_fill(scrap, cr_entry_get(plot, "title"), slots);
    out->title = cr_title_case(scrap, title ? title : prompt->plain);
    out->topic = prompt->topic;
    out->palette = cr_entry_get(plot, "palette");
    out->mood = cr_entry_get(plot, "mood");
    out->visual = cr_scrap_format(scrap, "a %s in the %s", noun, scenery_of(home));
}
