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

static bool is_in(const char *word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(word, list[i]) == 0) return true;
    return false;
}

static const char *const names_she[] = {
    "Juniper", "Luna",  "Hazel", "Willow", "Clementine", "Poppy", "Maple", "Nell",
    "Mia",     "Emma",  "Anna",  "Lily",   "Ella",       "Sofia", "Ruby",  "Zoe",
    "Lucy",    "Rosie", "Daisy", "Bella",  "Clara",      "Ada",   "Maya",  "Lena"};
static const char *const names_he[] = {"Pip",  "Oliver", "Finn",  "Milo", "Toby",  "Rufus",
                                       "Otis", "Basil",  "Max",   "Tom",  "Leo",   "Ben",
                                       "Sam",  "Jack",   "Noah",  "Paul", "Peter", "Liam",
                                       "Hugo", "Felix",  "Bruno", "Theo", "Oscar", "George"};
enum { CLAUSE_WORDS_MAX = 14 }; // longer ones are no half sentence
enum { NAMES_FOR_ANYONE = 8 };  // of each list, those that suit any animal

// What the hero's own words say: 'f', 'm', or 0.
static char sex_of(const cr_words *noun)
{
    static const char *const female[] = {
        "girl",   "princess", "queen",     "mother",  "grandma",  "woman",  "daughter",
        "sister", "witch",    "fairy",     "mermaid", "hen",      "cow",    "grandmother",
        "aunt",   "lioness",  "ballerina", "bee",     "ladybird", "ladybug"};
    static const char *const male[] = {"boy",         "prince", "king",    "father", "grandpa",
                                       "man",         "son",    "brother", "wizard", "rooster",
                                       "grandfather", "uncle",  "knight",  "snowman"};
    for (int i = 0; i < noun->count; i++) {
        if (is_in(noun->stems[i], female, CR_COUNT_OF(female))) return 'f';
        if (is_in(noun->stems[i], male, CR_COUNT_OF(male))) return 'm';
    }
    return 0;
}

// The hero's name: [own] if the prompt gives one in front ("Max, the dog"), else what stands behind
// "named", else one that goes with the seed.
static const char *name_choose(cr_scrap *scrap, const cr_prompt *prompt, const char *own,
                               const cr_words *noun, bool *is_she)
{
    char sex = sex_of(noun);
    for (int i = 0; !own && i + 1 < prompt->words.count; i++) {
        const char *word = prompt->words.stems[i];
        if (strcmp(word, "named") == 0 || strcmp(word, "called") == 0) {
            char *name = cr_scrap_copy(scrap, prompt->words.items[i + 1]);
            *name = (char)toupper((unsigned char)*name);
            own = name;
        }
    }
    *is_she = sex ? sex == 'f' : cr_scrap_roll(scrap, 2) == 1;
    if (own && !sex && is_in(own, names_she, CR_COUNT_OF(names_she))) *is_she = true;
    if (own && !sex && is_in(own, names_he, CR_COUNT_OF(names_he))) *is_she = false;
    if (own) return own;
    return (*is_she ? names_she : names_he)[cr_scrap_roll(scrap, NAMES_FOR_ANYONE)];
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
    bool is_alone = false; // a name, and nothing that says what it is
    cr_words noun_words = cr_words_cut(scrap, noun);
    const char *head = noun_words.items[noun_words.count - 1];
    bool is_plural = prompt->is_plural && cr_word_is_plural(head), is_she = false;
    bool is_named = own_name || (prompt->is_proper && !is_plural);
    if (is_named && !own_name) {
        own_name = noun_words.items[0];
        is_alone = true;
    }
    const char *name = name_choose(scrap, prompt, own_name, &noun_words, &is_she);
    if (is_plural) name = cr_scrap_format(scrap, "the %s", head);
    pronouns_set(slots, is_plural, is_she);
    cr_slots_set(slots, "name", name);
    cr_slots_set(slots, "hero", noun);
    cr_slots_set(slots, "kind", head);
    cr_slots_set(slots, "the_hero", is_alone ? name : cr_scrap_format(scrap, "the %s", noun));
    char *someone = is_plural ? noun : cr_scrap_format(scrap, "a %s", noun);
    if (is_plural && noun_words.count == 1) someone = cr_scrap_format(scrap, "some %s", noun);
    cr_slots_set(slots, "heroes", is_alone ? name : someone);
    // "a little fox named Milo": only one can be named so.
    if (!is_alone && !is_plural) cr_slots_set(slots, "someone", someone);
    if (*prompt->clause && cr_words_count(prompt->clause) <= CLAUSE_WORDS_MAX)
        cr_slots_set(slots, "trouble", past(scrap, prompt->clause));
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
    // A prompt that wants to be afraid is.
    static const char *const dark[] = {"horror", "scary", "spooky", "haunted", "ghost", "creepy"};
    for (size_t i = 0; i < CR_COUNT_OF(dark); i++)
        for (int j = 0; j < prompt->words.count; j++)
            if (strcmp(prompt->words.stems[j], dark[i]) == 0) {
                out->palette = "night";
                out->mood = "tense";
            }
    out->visual = cr_scrap_format(scrap, "a %s in the %s", noun, scenery_of(home));
}
