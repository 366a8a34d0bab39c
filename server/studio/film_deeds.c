// What a person asks of a film, from the JSON in which it comes.
#include <string.h>

#include "base/vec.h"
#include "studio/board.h"
#include "studio/film.h"
#include "studio/film_deeds.h"
#include "studio/graph_inputs.h"

enum { TITLE_BYTES_MAX = 200, DECIDED_MAX = 4 * CR_SCENES_MAX };

// The most that a film may be allowed to cost, in US dollars.
static const double cap_max = 100000;

cr_status cr_deed_text(const cJSON *body, const char *key, size_t bytes_max, const char **out,
                       cr_fault *fault)
{
    cr_status status = cr_json_get_text(body, key, out, NULL, fault);
    if (status == CR_NOTFOUND) return CR_OK;
    if (status == CR_OK && strlen(*out) > bytes_max)
        return cr_json_fail(fault, CR_LIMIT, NULL, key, "is %zu bytes long; at most %zu are read",
                            strlen(*out), bytes_max);
    return status;
}

cr_status cr_deed_bool(const cJSON *body, const char *key, bool *out, cr_fault *fault)
{
    cr_status status = cr_json_get_bool(body, key, out, NULL, fault);
    return status == CR_NOTFOUND ? CR_OK : status;
}

static void put_text(cJSON *object, const char *key, const char *text)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, key);
    cJSON_AddStringToObject(object, key, text);
}

static cr_status set_cap(cr_film *film, const cJSON *cap, cr_fault *fault)
{
    if (!cJSON_IsNumber(cap) || !(cap->valuedouble >= 0) || cap->valuedouble > cap_max)
        return cr_json_fail(fault, CR_INVALID, NULL, "cap", "must be from 0 to %.0f US dollars",
                            cap_max);
    return cr_ledger_store_cap(film->ledger, (int64_t)(cap->valuedouble * 1e6 + 0.5), fault);
}

static cr_status do_change(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *title = NULL;
    const cJSON *cap = cJSON_GetObjectItemCaseSensitive(order->body, "cap");
    cr_status status = cr_deed_text(order->body, "title", TITLE_BYTES_MAX, &title, fault);
    if (status == CR_OK && cap) status = set_cap(film, cap, fault);
    if (status != CR_OK || !title) return status;
    char *copy = cr_strdup(title);
    cr_free(film->title);
    film->title = copy;
    return CR_OK;
}

static cr_status do_delete(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    (void)fault;
    film->is_deleted = true;
    film->is_active = false;
    return CR_OK;
}

static cr_status do_restore(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    (void)fault;
    film->is_deleted = false;
    return CR_OK;
}

// Members of a page's brief, as the studio calls them; tone and audience are answers to questions
// that the maker asks.
static cr_status copy_wishes(const cJSON *wish, cJSON *brief, cr_fault *fault)
{
    static const char *const texts[][2] = {{"prompt", "prompt"}, {"aspect", "aspect"},
                                           {"style", "style"},   {"voice", "voice"},
                                           {"mood", "mood"},     {"script", "script_text"}};
    cJSON *answers = cJSON_GetObjectItemCaseSensitive(brief, "answers");
    for (size_t i = 0; i < CR_COUNT_OF(texts); i++) {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(wish, texts[i][0]);
        if (!text) continue;
        if (!cJSON_IsString(text))
            return cr_json_fail(fault, CR_INVALID, NULL, texts[i][0], "must be a text");
        put_text(brief, texts[i][1], text->valuestring);
        if (strcmp(texts[i][0], "aspect") != 0) continue;
        cJSON_DeleteItemFromObjectCaseSensitive(brief, "width");
        cJSON_DeleteItemFromObjectCaseSensitive(brief, "height");
    }
    static const char *const asked[] = {"tone", "audience"};
    for (size_t i = 0; i < CR_COUNT_OF(asked); i++) {
        const char *text = "";
        cr_status status = cr_deed_text(wish, asked[i], CR_ANSWER_BYTES_MAX, &text, fault);
        if (status != CR_OK) return status;
        if (text[0]) put_text(answers, asked[i], text);
    }
    static const char *const numbers[] = {"seconds", "width", "height"};
    for (size_t i = 0; i < CR_COUNT_OF(numbers); i++) {
        const cJSON *number = cJSON_GetObjectItemCaseSensitive(wish, numbers[i]);
        if (!number) continue;
        cJSON_DeleteItemFromObjectCaseSensitive(brief, numbers[i]);
        cJSON_AddItemToObject(brief, numbers[i], cJSON_Duplicate(number, true));
    }
    return CR_OK;
}

cr_status cr_film_brief(const cJSON *wish, cr_brief *out, cr_fault *fault)
{
    if (!cJSON_IsObject(wish))
        return cr_json_fail(fault, CR_INVALID, NULL, NULL, "a film is asked for by an object");
    cJSON *brief = cJSON_CreateObject();
    cJSON_AddItemToObject(brief, "answers", cJSON_CreateObject());
    bool asks = true;
    cr_status status = cr_deed_bool(wish, "asks", &asks, fault);
    cJSON_AddBoolToObject(brief, "is_answered", !asks);
    if (status == CR_OK) status = copy_wishes(wish, brief, fault);
    if (status == CR_OK) status = cr_brief_read(out, brief, fault);
    cJSON_Delete(brief);
    return status;
}

// Takes [tree], the brief as it is to be.
static cr_status set_brief(cr_film *film, cJSON *tree, cr_fault *fault)
{
    cr_brief brief;
    cr_status status = cr_brief_read(&brief, tree, fault);
    cJSON_Delete(tree);
    if (status != CR_OK) return status;
    status = cr_studio_brief_set(film->studio, &brief, fault);
    cr_brief_free(&brief);
    return status;
}

// The brief as it is, as a tree; NULL and why when there is none.
static cJSON *brief_tree(const cr_film *film, cr_fault *fault)
{
    const cr_brief *brief = cr_studio_brief(film->studio);
    if (brief) return cr_brief_write(brief);
    (void)!cr_fail(fault, CR_NOTFOUND, "", "this film has no brief yet");
    return NULL;
}

static cr_status do_answer(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const cJSON *given = cJSON_GetObjectItemCaseSensitive(order->body, "answers");
    const cJSON *wish = cJSON_GetObjectItemCaseSensitive(order->body, "brief");
    cr_status status = given ? cr_answers_check(given, fault) : CR_OK;
    if (status != CR_OK) return status;
    cJSON *tree = brief_tree(film, fault);
    if (!tree) return CR_NOTFOUND;
    cJSON *answers = cJSON_GetObjectItemCaseSensitive(tree, "answers");
    if (wish) status = copy_wishes(wish, tree, fault);
    for (const cJSON *one = given ? given->child : NULL; one; one = one->next)
        put_text(answers, one->string, one->valuestring);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "is_answered");
    cJSON_AddBoolToObject(tree, "is_answered", true);
    if (status == CR_OK) return set_brief(film, tree, fault);
    cJSON_Delete(tree);
    return status;
}

// A gain of the mix among the levels, as the brief has it.
static cr_status set_level(const cJSON *levels, const char *key, const char *member, cJSON *tree,
                           cr_fault *fault)
{
    const cJSON *level = cJSON_GetObjectItemCaseSensitive(levels, key);
    if (!level) return CR_OK;
    const cr_json_place place = {NULL, "levels", 0};
    const double least = (double)CR_LEVEL_MIN, most = (double)CR_LEVEL_MAX;
    double hundredths = cJSON_IsNumber(level) ? level->valuedouble * 100 : most + 1;
    if (!(hundredths >= least && hundredths <= most))
        return cr_json_fail(fault, CR_INVALID, &place, key, "must be from %d to %d decibels",
                            CR_LEVEL_MIN / 100, CR_LEVEL_MAX / 100);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, member);
    cr_json_add_int(tree, member, (int64_t)(hundredths < 0 ? hundredths - 0.5 : hundredths + 0.5));
    return CR_OK;
}

// What music row [variant] was made from, or NULL and why.
static const cJSON *music_input(const cr_film *film, int64_t variant, cr_fault *fault)
{
    const cr_job_list *jobs = cr_studio_jobs(film->studio);
    for (int i = 0; i < jobs->count; i++) {
        const cr_job *job = &jobs->jobs[i];
        if (job->id == variant && job->state == CR_JOB_DONE && strcmp(job->kind, "music") == 0)
            return job->input;
    }
    (void)!cr_fail(fault, CR_NOTFOUND, "/music/variant", "the film had no such music");
    return NULL;
}

static int64_t seed_of(const cJSON *input)
{
    int64_t seed = 0;
    return cr_json_get_int(input, "seed", &seed, 0, INT64_C(1) << 53, NULL, NULL) == CR_OK ? seed
                                                                                           : 0;
}

// A number that no music of this film was made with.
static int64_t next_take(const cr_film *film)
{
    const cr_brief *brief = cr_studio_brief(film->studio);
    const cr_job_list *jobs = cr_studio_jobs(film->studio);
    int64_t last = brief->music_take;
    for (int i = 0; i < jobs->count; i++) {
        int64_t take = strcmp(jobs->jobs[i].kind, "music") == 0
                           ? seed_of(jobs->jobs[i].input) - brief->seed
                           : 0;
        if (take > last) last = take;
    }
    return last + 1;
}

static cr_status set_music(const cr_film *film, const cJSON *music, cJSON *tree, cr_fault *fault)
{
    const char *mood = NULL;
    bool another = false;
    int64_t variant = 0;
    cr_status status = cr_deed_text(music, "mood", CR_BRIEF_TEXT_BYTES_MAX, &mood, fault);
    if (status == CR_OK) status = cr_deed_bool(music, "another", &another, fault);
    if (status != CR_OK) return status;
    status = cr_json_get_int(music, "variant", &variant, 1, INT64_C(1) << 52, NULL, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    const cr_brief *brief = cr_studio_brief(film->studio);
    int64_t take = another ? next_take(film) : brief->music_take;
    if (status == CR_OK) {
        const cJSON *input = music_input(film, variant, fault);
        if (!input) return CR_NOTFOUND;
        mood = cr_member_text(input, "mood");
        take = seed_of(input) - brief->seed;
    }
    if (mood) put_text(tree, "music", mood);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "music_take");
    cr_json_add_int(tree, "music_take", take);
    return CR_OK;
}

static cr_status do_sound(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *voice = NULL, *model = NULL;
    const cJSON *music = cJSON_GetObjectItemCaseSensitive(order->body, "music");
    const cJSON *levels = cJSON_GetObjectItemCaseSensitive(order->body, "levels");
    cr_status status = cr_deed_text(order->body, "voice", CR_BRIEF_TEXT_BYTES_MAX, &voice, fault);
    if (status == CR_OK)
        status = cr_deed_text(music, "model", CR_BRIEF_TEXT_BYTES_MAX, &model, fault);
    if (status != CR_OK) return status;
    cJSON *tree = brief_tree(film, fault);
    if (!tree) return CR_NOTFOUND;
    if (voice) put_text(tree, "voice", voice);
    if (music) status = set_music(film, music, tree, fault);
    if (status == CR_OK) status = set_level(levels, "voice", "voice_level", tree, fault);
    if (status == CR_OK) status = set_level(levels, "music", "music_level", tree, fault);
    if (status == CR_OK && model) status = cr_studio_model_set(film->studio, "music", model, fault);
    if (status != CR_OK || model) {
        // The models are the brief's too: what was read before them is not written back.
        const cJSON *models = cr_studio_brief(film->studio)->models;
        cJSON_DeleteItemFromObjectCaseSensitive(tree, "models");
        if (models) cJSON_AddItemToObject(tree, "models", cJSON_Duplicate(models, true));
    }
    if (status == CR_OK) return set_brief(film, tree, fault);
    cJSON_Delete(tree);
    return status;
}

static cr_status do_models(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    static const char *const kinds[] = {"picture", "voice", "music", "motion", "lipsync"};
    for (const cJSON *one = order->body ? order->body->child : NULL; one; one = one->next) {
        bool is_kind = false;
        for (size_t i = 0; i < CR_COUNT_OF(kinds); i++)
            is_kind = is_kind || strcmp(kinds[i], one->string) == 0;
        if (!is_kind || !cJSON_IsString(one))
            return cr_json_fail(fault, CR_INVALID, NULL, one->string,
                                is_kind ? "must be the id of a provider"
                                        : "is nothing whose maker can be chosen");
    }
    cr_status status = CR_OK;
    for (const cJSON *one = order->body ? order->body->child : NULL; one && status == CR_OK;
         one = one->next)
        status = cr_studio_model_set(film->studio, one->string, one->valuestring, fault);
    return status;
}

static bool is_every_scene_approved(const cr_film *film)
{
    const cr_graph *graph = cr_studio_graph(film->studio);
    for (int i = 0; i < graph->scene_count; i++)
        if (!cr_scene_extra_int(graph->scenes[i].scene, "is_approved", 0)) return false;
    return graph->scene_count > 0;
}

static cr_status do_approve(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *phase = "storyboard";
    bool is_approved = true;
    int64_t scene = 0;
    cr_status status = cr_deed_text(order->body, "phase", CR_BRIEF_TEXT_BYTES_MAX, &phase, fault);
    if (status == CR_OK) status = cr_deed_bool(order->body, "isApproved", &is_approved, fault);
    if (status != CR_OK) return status;
    if (strcmp(phase, "storyboard") != 0)
        return cr_json_fail(fault, CR_INVALID, NULL, "phase",
                            "must be \"storyboard\": nothing else waits for an approval");
    status = cr_json_get_int(order->body, "scene", &scene, 1, INT32_MAX, NULL, fault);
    if (status == CR_NOTFOUND) {
        film->is_held = !is_approved;
        return CR_OK;
    }
    if (status != CR_OK) return status;
    const cr_scene_edit edit = {.is_approved = &is_approved};
    status = cr_studio_scene_edit(film->studio, (int)scene, &edit, fault);
    if (status == CR_OK && is_every_scene_approved(film)) film->is_held = false;
    return status;
}

// Another maker for what failed, or the same once more.
static cr_status decide_unit(cr_film *film, const char *unit_id, const char *choice,
                             cr_fault *fault)
{
    const cr_unit *unit = cr_graph_unit(cr_studio_graph(film->studio), unit_id);
    int count = 0;
    if (strcmp(choice, "retry") == 0) return cr_studio_retry(film->studio, unit_id, &count, fault);
    if (!unit->scene) return cr_studio_model_set(film->studio, unit->kind, choice, fault);
    const cr_scene_edit edit = {.model_kind = unit->kind, .model = choice};
    return cr_studio_scene_edit(film->studio, unit->scene, &edit, fault);
}

// Every failed unit of the maker of [first], whose ids outlive the graph that they are from.
static int list_failed(const cr_film *film, const cr_unit *first, bool all,
                       char (*out)[CR_UNIT_ID_BYTES])
{
    const cr_graph *graph = cr_studio_graph(film->studio);
    int count = 0;
    for (int i = 0; i < graph->unit_count && count < DECIDED_MAX; i++) {
        const cr_unit *unit = &graph->units[i];
        bool is_meant = unit == first || (all && unit->provider == first->provider);
        if (unit->state == CR_UNIT_FAILED && is_meant)
            memcpy(out[count++], unit->id, sizeof unit->id);
    }
    return count;
}

static cr_status do_decide(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *unit = "", *choice = "";
    bool all = false;
    cr_status status = cr_deed_text(order->body, "unit", CR_UNIT_ID_BYTES, &unit, fault);
    if (status == CR_OK)
        status = cr_deed_text(order->body, "choice", CR_BRIEF_TEXT_BYTES_MAX, &choice, fault);
    if (status == CR_OK) status = cr_deed_bool(order->body, "all", &all, fault);
    if (status != CR_OK) return status;
    if (!choice[0])
        return cr_json_fail(fault, CR_INVALID, NULL, "choice", "says who shall make it");
    const cr_unit *first = cr_graph_unit(cr_studio_graph(film->studio), unit);
    if (!first || first->state != CR_UNIT_FAILED)
        return cr_fail(fault, CR_CONFLICT, "/unit", "nothing is to be decided about \"%s\"", unit);
    char(*units)[CR_UNIT_ID_BYTES] = cr_alloc(DECIDED_MAX, sizeof *units);
    int count = list_failed(film, first, all, units);
    for (int i = 0; i < count && status == CR_OK; i++)
        status = decide_unit(film, units[i], choice, fault);
    cr_free(units);
    return status;
}

static cr_status do_retry(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    const char *unit = NULL;
    int count = 0;
    cr_status status = cr_deed_text(order->body, "unit", CR_UNIT_ID_BYTES, &unit, fault);
    if (status != CR_OK) return status;
    return cr_studio_retry(film->studio, unit, &count, fault);
}

static cr_status do_cancel(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    film->is_active = false;
    film->is_cancelled = true;
    // Closing is what stops the makers.
    cr_film_close(film);
    return cr_film_open(film, fault);
}

static cr_status do_resume(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    (void)order;
    int count = 0;
    return cr_studio_retry(film->studio, NULL, &count, fault);
}

static cr_film_deed_function *const deeds[] = {
    [CR_FILM_CHANGE] = do_change,
    [CR_FILM_DELETE] = do_delete,
    [CR_FILM_RESTORE] = do_restore,
    [CR_FILM_ANSWER] = do_answer,
    [CR_FILM_SCENE] = cr_deed_scene,
    [CR_FILM_SCENE_ADD] = cr_deed_scene_add,
    [CR_FILM_SCENE_ORDER] = cr_deed_scene_order,
    [CR_FILM_SCENE_DELETE] = cr_deed_scene_delete,
    [CR_FILM_SCENE_RESTORE] = cr_deed_scene_restore,
    [CR_FILM_SCENE_SPLIT] = cr_deed_scene_split,
    [CR_FILM_SCENE_MERGE] = cr_deed_scene_merge,
    [CR_FILM_PICTURE] = cr_deed_picture,
    [CR_FILM_PICTURE_PICK] = cr_deed_picture_pick,
    [CR_FILM_VOICE] = cr_deed_voice,
    [CR_FILM_VOICE_PICK] = cr_deed_voice_pick,
    [CR_FILM_MOTION] = cr_deed_motion,
    [CR_FILM_MOTION_PICK] = cr_deed_motion_pick,
    [CR_FILM_SOUND] = do_sound,
    [CR_FILM_MODELS] = do_models,
    [CR_FILM_APPROVE] = do_approve,
    [CR_FILM_DECIDE] = do_decide,
    [CR_FILM_RETRY] = do_retry,
    [CR_FILM_CANCEL] = do_cancel,
    [CR_FILM_RESUME] = do_resume,
};

// Everything but names, the bin and the stop asks the studio to go on.
static bool goes_on(cr_film_deed which)
{
    return which != CR_FILM_CHANGE && which != CR_FILM_DELETE && which != CR_FILM_RESTORE &&
           which != CR_FILM_CANCEL;
}

cr_status cr_film_do(cr_film *film, const cr_film_order *order, cr_fault *fault)
{
    cr_status status = deeds[order->deed](film, order, fault);
    if (status != CR_OK) return status;
    film->deeds++;
    film->changed_ms = film->desc->now_ms(film->desc->cookie);
    if (goes_on(order->deed)) {
        film->is_active = true;
        film->is_cancelled = false;
        film->fault_text[0] = 0;
        film->fault_where[0] = 0;
    }
    status = cr_film_save(film, fault);
    cr_film_show(film, true);
    if (film->is_deleted) cr_film_close(film);
    return status;
}
