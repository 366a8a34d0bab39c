#include "broker/writer/script.h"

#include <string.h>
#include <strings.h>

#include "base/vec.h"
#include "broker/writer/prompt_parts.h"

enum {
    SECONDS_DEFAULT = 30,
    SECONDS_MAX = 3600,
    TEXT_BYTES_MAX = 256 * 1024,
    // A voice at normal speed, in words a minute, and the rest before and after each scene's words
    // and at both ends of the film.
    WORDS_A_MINUTE = 155,
    PAUSE_MS = 750,
    EDGES_MS = 1450,
    // About how long a picture stays; in a longer film there is time to finish a thought.
    SCENE_MS = 6000,
    SCENE_LONG_MS = 6700,
    LONG_SECONDS = 40,
    ON_SCREEN_WORDS_MAX = 5,
};

int cr_script_words(int seconds, int scenes)
{
    int speaking_ms = seconds * 1000 - scenes * PAUSE_MS - EDGES_MS;
    int words = speaking_ms * WORDS_A_MINUTE / 60000;
    return words < 8 ? 8 : words;
}

static const char *answer(const cJSON *input, const char *id)
{
    const cJSON *answers = cJSON_GetObjectItemCaseSensitive(input, "answers");
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(answers, id));
    return text ? text : "";
}

static cr_status text_get(const cJSON *input, const char *key, const char **out, cr_fault *fault)
{
    *out = "";
    cr_status status = cr_json_get_text(input, key, out, NULL, fault);
    if (status == CR_NOTFOUND) return CR_OK;
    if (status == CR_OK && strlen(*out) > TEXT_BYTES_MAX)
        return cr_json_fail(fault, CR_LIMIT, NULL, key, "is longer than %d bytes", TEXT_BYTES_MAX);
    return status;
}

// "children", "our customers": who listens, from the answer before the prompt.
static void audience_settle(cr_scrap *scrap, cr_commission *commission, const cJSON *input)
{
    const char *said = answer(input, "audience");
    commission->audience = *said ? said : commission->prompt.audience;
    bool is_young = *said ? cr_part_is_childlike(scrap, said) : commission->prompt.is_for_children;
    // The lines for children are the playful ones, those for grown-ups the sober ones.
    if (strcasestr(commission->tone, "playful")) is_young = true;
    if (strcasestr(commission->tone, "serious")) is_young = false;
    commission->reader = is_young ? 'k' : 'a';
}

static cr_status commission_read(cr_scrap *scrap, const cJSON *input, cr_commission *out,
                                 cr_fault *fault)
{
    const char *prompt = "";
    int64_t seconds = SECONDS_DEFAULT, seed = 1;
    cr_status status = text_get(input, "prompt", &prompt, fault);
    if (status == CR_OK) status = text_get(input, "mood", &out->mood, fault);
    if (status == CR_OK) status = text_get(input, "style", &out->style, fault);
    if (status == CR_OK)
        status = cr_json_get_int(input, "seconds", &seconds, 1, SECONDS_MAX, NULL, fault);
    if (status == CR_OK || status == CR_NOTFOUND)
        status = cr_json_get_int(input, "seed", &seed, -((int64_t)1 << 52), (int64_t)1 << 52, NULL,
                                 fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    out->seconds = (int)seconds;
    scrap->dice = cr_text_hash(prompt, (uint64_t)seed);
    out->prompt = cr_prompt_read(scrap, prompt);
    if (!out->prompt.words.count)
        return cr_fail(fault, CR_INVALID, "/prompt", "the prompt has no words to write about");
    out->knowledge = cr_knowledge_open(scrap);
    out->tone = answer(input, "tone");
    out->focus = answer(input, "focus");
    out->ending = answer(input, "ending");
    out->call = answer(input, "call_to_action");
    out->presenter = answer(input, "presenter");
    audience_settle(scrap, out, input);
    out->interest = out->prompt.words;
    out->focus_words =
        cr_words_cut(scrap, cr_scrap_format(scrap, "%s %s %s", out->focus, out->ending, out->tone));
    return CR_OK;
}

cr_shape cr_shape_settle(cr_scrap *scrap, const cr_knowledge *knowledge, const cr_prompt *prompt)
{
    const cr_words *words = &prompt->words;
    bool is_somebody = strcmp(prompt->article, "a") == 0 || strcmp(prompt->article, "an") == 0;
    if (prompt->shape == CR_SHAPE_HISTORY && is_somebody) return CR_SHAPE_STORY;
    if (prompt->shape) return prompt->shape;
    if (strcasestr(prompt->plain, "once upon") || (is_somebody && *prompt->clause) ||
        strcasestr(prompt->plain, "bedtime") || strcasestr(prompt->plain, "fairy tale"))
        return CR_SHAPE_STORY;
    // "a lonely cloud looking for a friend", "Max, the dog who wants to fly".
    bool is_acting = is_somebody || *prompt->clause || strchr(prompt->plain, ',');
    if (is_acting && cr_knowledge_match(knowledge, scrap, "story", words, NULL, NULL))
        return CR_SHAPE_STORY;
    const cr_entry *trade = cr_knowledge_match(knowledge, scrap, "advert", words, NULL, NULL);
    if (strcmp(prompt->article, "our") == 0 || strcmp(prompt->article, "my") == 0 ||
        strcasestr(prompt->plain, "opening") || strcasestr(prompt->plain, "for sale") ||
        strcasestr(prompt->plain, "% off"))
        return trade || *prompt->clause ? CR_SHAPE_ADVERT : CR_SHAPE_EXPLAINER;
    // "Repot a houseplant", "Tying a tie".
    const cr_entry *task = cr_knowledge_match(knowledge, scrap, "howto", words, NULL, NULL);
    bool is_doing = words->count > 1 &&
                    (cr_verb_is_known(words->items[0]) || cr_text_ends(words->items[0], "ing"));
    if (task && is_doing) return CR_SHAPE_HOWTO;
    // "Benefits of yoga" wants to know, "Yoga studio" wants to sell.
    bool is_about = strstr(prompt->plain, " of ") || strstr(prompt->plain, " about ");
    if (!cr_knowledge_match(knowledge, scrap, "explain", words, NULL, NULL) && trade && !is_about)
        return CR_SHAPE_ADVERT;
    return CR_SHAPE_EXPLAINER;
}

static void treat(cr_scrap *scrap, cr_commission *commission, cr_treatment *treatment)
{
    *treatment = (cr_treatment){.palette = "", .mood = "", .visual = "", .topic = ""};
    if (commission->prompt.language != CR_LANGUAGE_ENGLISH) {
        cr_treat_foreign(scrap, commission, treatment);
        return;
    }
    commission->prompt.shape = cr_shape_settle(scrap, &commission->knowledge, &commission->prompt);
    switch (commission->prompt.shape) {
    case CR_SHAPE_STORY:
        cr_treat_story(scrap, commission, treatment);
        break;
    case CR_SHAPE_ADVERT:
    case CR_SHAPE_ANNOUNCEMENT:
        cr_treat_advert(scrap, commission, treatment);
        break;
    case CR_SHAPE_HOWTO:
        cr_treat_howto(scrap, commission, treatment);
        break;
    case CR_SHAPE_GREETING:
        cr_treat_greeting(scrap, commission, treatment);
        break;
    default:
        cr_treat_explainer(scrap, commission, treatment);
    }
}

static void compose(cr_scrap *scrap, const cr_commission *commission, const cr_treatment *treatment,
                    cr_draft *draft)
{
    int scene_ms = commission->seconds > LONG_SECONDS ? SCENE_LONG_MS : SCENE_MS;
    int scenes = (commission->seconds * 1000 + scene_ms / 2) / scene_ms;
    if (treatment->step_count) scenes = treatment->step_count + 1 + (commission->seconds > 25);
    if (scenes < 2) scenes = 2;
    if (scenes > CR_COMPOSE_SCENES_MAX) scenes = CR_COMPOSE_SCENES_MAX;
    cr_outline outline = {
        .begin = treatment->begin,
        .middle = treatment->middle,
        .end = treatment->end,
        .slots = &commission->slots,
        .audience = commission->reader,
        .interest = &commission->interest,
        .focus = commission->focus_words.count ? &commission->focus_words : NULL,
        .scenes = scenes,
        .is_exact = treatment->step_count > 0,
        .words = cr_script_words(commission->seconds, scenes),
    };
    if (treatment->step_count && scenes == treatment->step_count + 1) outline.end.count = 0;
    cr_compose(scrap, &outline, draft);
}

// Camera moves, so that neighbours differ.
static const char *shot_of(const cr_draft *draft, int at, int turn)
{
    static const char *const moves[] = {"push in",  "pan right", "close-up", "medium",
                                        "pan left", "tilt up",   "push in",  "high angle"};
    if (*draft->scenes[at].shot) return draft->scenes[at].shot;
    if (at == 0) return "wide";
    if (at == draft->count - 1) return "pull out";
    return moves[(at + turn) % (int)CR_COUNT_OF(moves)];
}

static char *on_screen_of(cr_scrap *scrap, const cr_treatment *treatment,
                          const cr_draft_scene *scene, int at, int step)
{
    if (treatment->is_numbered && scene->role == '-')
        return cr_scrap_format(scrap, "%d. %s", step, scene->heading);
    if (at == 0) {
        bool is_short = cr_words_count(treatment->title) <= ON_SCREEN_WORDS_MAX;
        return is_short ? treatment->title : scene->heading;
    }
    return "";
}

static cJSON *scenes_write(cr_scrap *scrap, const cr_commission *commission,
                           const cr_treatment *treatment, const cr_draft *draft)
{
    cJSON *scenes = cJSON_CreateArray();
    int turn = cr_scrap_roll(scrap, 8), step = 0;
    for (int i = 0; i < draft->count; i++) {
        const cr_draft_scene *scene = &draft->scenes[i];
        cJSON *item = cJSON_CreateObject();
        cJSON_AddItemToArray(scenes, item);
        step += scene->role == '-';
        const char *visual = *scene->visual
                                 ? scene->visual
                                 : cr_visual_derive(scrap, scene->narration, treatment->visual);
        cJSON_AddStringToObject(item, "heading", scene->heading);
        cJSON_AddStringToObject(item, "narration", scene->narration);
        cJSON_AddStringToObject(item, "visual", visual);
        cJSON_AddStringToObject(item, "shot", shot_of(draft, i, turn));
        const char *title = on_screen_of(scrap, treatment, scene, i, step);
        if (*title) cJSON_AddStringToObject(item, "on_screen", title);
        bool is_presented = cr_text_starts(commission->presenter, "yes") ||
                            cr_text_starts(commission->presenter, "Yes") ||
                            (treatment->wants_presenter && !*commission->presenter);
        if (i == 0 && is_presented) cJSON_AddBoolToObject(item, "is_presenter", true);
    }
    return scenes;
}

static const char *mood_by_tone(const char *tone)
{
    static const char *const moods[][2] = {
        {"playful", "playful"},    {"funny", "playful"},       {"humor", "playful"},
        {"calm", "calm"},          {"gentle", "calm"},         {"serious", "dramatic"},
        {"exciting", "energetic"}, {"energetic", "energetic"}, {"inspiring", "inspiring"},
        {"warm", "happy"},         {"cheerful", "happy"},      {"myster", "mysterious"},
        {"matter", "calm"},        {"curious", "curious"},     {"moving", "romantic"}};
    for (size_t i = 0; i < CR_COUNT_OF(moods); i++)
        if (strcasestr(tone, moods[i][0])) return moods[i][1];
    return "";
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    return *a ? a : *b ? b : c;
}

cr_status cr_script_write(cJSON **out, const cJSON *input, cr_fault *fault)
{
    cr_scrap scrap = {0};
    cr_commission *commission = cr_scrap_alloc(&scrap, 1, sizeof *commission);
    cr_draft *draft = cr_scrap_alloc(&scrap, 1, sizeof *draft);
    cr_status status = commission_read(&scrap, input, commission, fault);
    if (status != CR_OK) {
        cr_scrap_free(&scrap);
        return status;
    }
    cr_treatment treatment;
    treat(&scrap, commission, &treatment);
    compose(&scrap, commission, &treatment, draft);
    bool is_young = commission->prompt.is_for_children;
    const char *audience = *commission->audience ? commission->audience
                           : is_young            ? "children"
                                                 : "everyone";
    cJSON *script = cJSON_CreateObject();
    cJSON_AddStringToObject(script, "title", treatment.title);
    cJSON_AddStringToObject(script, "topic", treatment.topic);
    cJSON_AddStringToObject(script, "audience", audience);
    cJSON_AddStringToObject(script, "shape", cr_shape_name(commission->prompt.shape));
    cJSON_AddStringToObject(script, "mood",
                            first_of(commission->mood, mood_by_tone(commission->tone),
                                     *treatment.mood ? treatment.mood : "curious"));
    cJSON_AddStringToObject(script, "style", first_of(commission->style, "", "storybook"));
    cJSON_AddStringToObject(script, "palette", first_of(treatment.palette, "", "meadow"));
    cJSON_AddItemToObject(script, "scenes", scenes_write(&scrap, commission, &treatment, draft));
    cr_scrap_free(&scrap);
    *out = script;
    return CR_OK;
}
