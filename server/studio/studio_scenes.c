// What a person changes about a scene.
#include <string.h>

#include "base/mem.h"
#include "studio/board.h"
#include "studio/graph_inputs.h"
#include "studio/studio_state.h"

static void replace(char **text, const char *with)
{
    if (!with) return;
    char *copy = cr_strdup(with);
    cr_free(*text);
    *text = copy;
}

// A note speaks of the picture that is there: its spec is kept with it.
static cr_status set_note(const cr_studio *studio, const cr_scene_plan *plan, cr_scene *scene,
                          const char *note, cr_fault *fault)
{
    const cJSON *picture = cr_graph_output(&studio->graph, plan->picture);
    const cJSON *spec = cJSON_GetObjectItemCaseSensitive(picture, "spec");
    if (!spec)
        return cr_fail(fault, CR_CONFLICT, "",
                       "scene %d has no picture yet that a note could change", scene->number);
    cJSON_Delete(scene->base);
    scene->base = cJSON_Duplicate(spec, true);
    // Makers that change pixels need the picture, not only what it was made from.
    const cJSON *file = cJSON_GetObjectItemCaseSensitive(picture, "file");
    if (cJSON_IsString(file) && !cJSON_GetObjectItemCaseSensitive(scene->base, "file"))
        cJSON_AddStringToObject(scene->base, "file", file->valuestring);
    replace(&scene->note, note);
    return CR_OK;
}

static int64_t input_int(const cr_job *job, const char *key)
{
    int64_t value = 0;
    if (cr_json_get_int(job->input, key, &value, 0, INT64_C(1) << 53, NULL, NULL) != CR_OK)
        return 0;
    return value;
}

bool cr_studio_is_variant(const cr_studio *studio, const cr_job *job, const cr_scene_plan *plan,
                          const char *kind)
{
    const cr_scene *scene = plan->scene;
    bool is_clip = strcmp(kind, "motion") == 0;
    if (strcmp(job->kind, kind) != 0 && !(is_clip && strcmp(job->kind, "lipsync") == 0))
        return false;
    if (strcmp(kind, "picture") == 0) return input_int(job, "scene") == cr_scene_look(scene);
    if (job->scene != scene->number) return false;
    const cJSON *picture = cr_graph_output(&studio->graph, plan->picture);
    if (is_clip)
        return strcmp(cr_member_text(job->input, "picture"), cr_member_text(picture, "file")) == 0;
    // Another recording of what is said now; other words are no variant of it.
    char *spoken = cr_spoken_text(scene);
    bool is_same = strcmp(cr_member_text(job->input, "text"), spoken) == 0;
    cr_free(spoken);
    return is_same;
}

// A number that no picture of this scene has had, also after a former one was taken back.
static int next_variant(const cr_studio *studio, const cr_scene_plan *plan)
{
    int64_t last = plan->scene->variant;
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        if (cr_studio_is_variant(studio, job, plan, "picture") && input_int(job, "variant") > last)
            last = input_int(job, "variant");
    }
    for (int i = 0; i < studio->graph.scene_count; i++) {
        const cr_scene *other = studio->graph.scenes[i].scene;
        if (cr_scene_look(other) == cr_scene_look(plan->scene) && other->variant > last)
            last = other->variant;
    }
    return (int)last + 1;
}

// How often something was made: raised to a number that no row was made with.
static void next_take(const cr_studio *studio, cr_scene *scene, const char *kind, const char *key,
                      int64_t seed, int64_t step)
{
    int64_t last = cr_scene_extra_int(scene, key, 0);
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        if (job->scene != scene->number || strcmp(job->kind, kind) != 0) continue;
        int64_t take = (input_int(job, "seed") - seed) / step;
        if (take > last) last = take;
    }
    cr_scene_extra_set(scene, key, cJSON_CreateNumber((double)(last + 1)));
}

static cr_status set_model(const cr_studio *studio, cr_scene *scene, const cr_scene_edit *edit,
                           cr_fault *fault)
{
    const cr_provider *provider = cr_registry_by_id(studio->desc.registry, edit->model);
    bool makes_it = provider && strcmp(provider->kind, edit->model_kind) == 0;
    // Clips are of two kinds, and which one a scene has may change with it.
    if (provider && strcmp(edit->model_kind, "motion") == 0 &&
        strcmp(provider->kind, "lipsync") == 0)
        makes_it = true;
    if (edit->model[0] && !makes_it)
        return cr_fail(fault, CR_INVALID, "/model", "nobody called \"%.80s\" makes a %s",
                       edit->model, edit->model_kind);
    cr_scene_model_set(scene, "models", provider ? provider->kind : edit->model_kind, edit->model);
    return CR_OK;
}

// Pictures know whether somebody in them is to speak. One that is paid for is not painted again for
// that: makers of lips that hear the voice find the mouth by themselves.
static void set_presenter(const cr_studio *studio, const cr_scene_plan *plan, cr_scene *scene,
                          bool is_presenter)
{
    if (scene->is_presenter == is_presenter) return;
    bool drawn = cr_scene_extra_int(scene, "is_drawn_speaking", scene->is_presenter) != 0;
    const cr_provider *lips = cr_registry_find(studio->desc.registry, "lipsync");
    bool stays = !is_presenter || (lips && lips->takes_voice);
    scene->is_presenter = is_presenter;
    bool is_other =
        stays && drawn != is_presenter && cr_graph_output(&studio->graph, plan->picture) != NULL;
    cr_scene_extra_set(scene, "is_drawn_speaking", is_other ? cJSON_CreateBool(drawn) : NULL);
}

// A text among the extras; "" takes it away.
static void set_extra(cr_scene *scene, const char *key, const char *text)
{
    if (text) cr_scene_extra_set(scene, key, text[0] ? cJSON_CreateString(text) : NULL);
}

static void apply_wishes(const cr_studio *studio, const cr_scene_plan *plan, cr_scene *scene,
                         const cr_scene_edit *edit)
{
    set_extra(scene, "speaker", edit->speaker);
    set_extra(scene, "motion_prompt", edit->motion_prompt);
    if (edit->pronunciation)
        cr_scene_extra_set(scene, "pronunciation",
                           edit->pronunciation->child ? cJSON_Duplicate(edit->pronunciation, true)
                                                      : NULL);
    if (edit->length_ms)
        cr_scene_extra_set(scene, "seconds_ms",
                           *edit->length_ms ? cJSON_CreateNumber((double)*edit->length_ms) : NULL);
    if (edit->is_presenter) set_presenter(studio, plan, scene, *edit->is_presenter);
    int64_t seed = studio->brief.seed;
    if (edit->another_voice) next_take(studio, scene, "voice", "voice_take", seed, 1);
    if (edit->another_motion) {
        const cr_unit *clip = &studio->graph.units[plan->motion];
        next_take(studio, scene, clip->kind, "motion_take", seed + scene->number,
                  CR_MOTION_TAKE_STEP);
    }
}

// Another picture than the one that the note was about, and that was approved.
static void forget_picture(cr_scene *scene)
{
    replace(&scene->note, "");
    cJSON_Delete(scene->base);
    scene->base = NULL;
}

static cr_status apply_edit(const cr_studio *studio, const cr_scene_plan *plan, cr_scene *scene,
                            const cr_scene_edit *edit, cr_fault *fault)
{
    cr_status status = edit->model ? set_model(studio, scene, edit, fault) : CR_OK;
    if (status != CR_OK) return status;
    replace(&scene->heading, edit->heading);
    replace(&scene->narration, edit->narration);
    replace(&scene->shot, edit->shot);
    replace(&scene->on_screen, edit->on_screen);
    if (edit->another_picture) scene->variant = next_variant(studio, plan);
    if (edit->visual || edit->another_picture) {
        replace(&scene->visual, edit->visual);
        forget_picture(scene);
    }
    apply_wishes(studio, plan, scene, edit);
    if (edit->note) status = set_note(studio, plan, scene, edit->note, fault);
    if (edit->visual || edit->another_picture || edit->note)
        cr_scene_extra_set(scene, "is_approved", NULL);
    if (edit->is_approved)
        cr_scene_extra_set(scene, "is_approved", *edit->is_approved ? cJSON_CreateTrue() : NULL);
    return status;
}

const cr_scene_plan *cr_studio_plan(const cr_studio *studio, int number, cr_fault *fault)
{
    const cr_scene_plan *plan = cr_graph_scene(&studio->graph, number);
    if (plan) return plan;
    if (studio->graph.scene_count == 0)
        (void)!cr_fail(fault, CR_NOTFOUND, "",
                       "there are no scenes yet: the script is not written");
    else if (studio->brief.board)
        (void)!cr_fail(fault, CR_NOTFOUND, "", "there is no scene %d in this film", number);
    else
        (void)!cr_fail(fault, CR_NOTFOUND, "", "there is no scene %d: the film has scenes 1 to %d",
                       number, studio->graph.scene_count);
    return NULL;
}

cr_status cr_studio_arrange(cr_studio *studio, cJSON *board, cJSON *models, cr_fault *fault)
{
    cJSON *tree = cr_brief_write(&studio->brief);
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "board");
    cJSON_DeleteItemFromObjectCaseSensitive(tree, "models");
    if (board) cJSON_AddItemToObject(tree, "board", board);
    if (models) cJSON_AddItemToObject(tree, "models", models);
    cr_status status = cr_store_brief_put(studio->desc.store, studio->project, tree,
                                          cr_studio_lease(studio).now_ms, fault);
    cJSON_Delete(tree);
    return status == CR_OK ? cr_studio_refresh(studio, fault) : status;
}

static cr_status put_on_board(cr_studio *studio, const cr_scene *scene, cr_fault *fault)
{
    const cJSON *now = studio->brief.board;
    cJSON *board = now ? cJSON_Duplicate(now, true) : cJSON_CreateObject();
    cJSON *entry = cr_board_entry(board, scene->script, &studio->scenes);
    cJSON *scenes = cJSON_GetObjectItemCaseSensitive(entry, "scenes");
    cJSON_ReplaceItemInArray(scenes, cr_board_find(scenes, scene->number), cr_board_write(scene));
    return cr_studio_arrange(studio, board, cJSON_Duplicate(studio->brief.models, true), fault);
}

// Takes what [scene] owns. What the store's row can hold stays there until the script has a board.
static cr_status put_scene(cr_studio *studio, cr_scene *scene, cr_status status, cr_fault *fault)
{
    bool is_on_board = cJSON_GetObjectItemCaseSensitive(studio->brief.board, scene->script);
    if (status == CR_OK && (is_on_board || scene->extras)) {
        status = put_on_board(studio, scene, fault);
    } else if (status == CR_OK) {
        status = cr_store_scene_change(studio->desc.store, studio->project, scene, fault);
        if (status == CR_OK) status = cr_studio_refresh(studio, fault);
    }
    cr_scene_clear(scene);
    return status;
}

cr_status cr_studio_scene_edit(cr_studio *studio, int number, const cr_scene_edit *edit,
                               cr_fault *fault)
{
    const cr_scene_plan *plan = cr_studio_plan(studio, number, fault);
    if (!plan) return CR_NOTFOUND;
    cr_scene scene = cr_scene_copy(plan->scene);
    cr_status status = apply_edit(studio, plan, &scene, edit, fault);
    return put_scene(studio, &scene, status, fault);
}

// What the picture was made from, so that its unit's input is that of its row again.
static void take_picture(cr_scene *scene, const cr_job *made)
{
    scene->variant = (int)input_int(made, "variant");
    replace(&scene->visual, cr_member_text(made->input, "visual"));
    replace(&scene->shot, cr_member_text(made->input, "shot"));
    replace(&scene->note, cr_member_text(made->input, "note"));
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(made->input, "base");
    cJSON_Delete(scene->base);
    scene->base = base ? cJSON_Duplicate(base, true) : NULL;
    bool drawn = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(made->input, "is_presenter"));
    cr_scene_extra_set(scene, "is_drawn_speaking",
                       drawn != scene->is_presenter ? cJSON_CreateBool(drawn) : NULL);
}

static void set_take(cr_scene *scene, const char *key, int64_t take)
{
    cr_scene_extra_set(scene, key, take > 0 ? cJSON_CreateNumber((double)take) : NULL);
}

static void take_voice(const cr_studio *studio, cr_scene *scene, const cr_job *made)
{
    const char *speaker = cr_member_text(made->input, "voice");
    set_extra(scene, "speaker", strcmp(speaker, studio->brief.voice) == 0 ? "" : speaker);
    set_take(scene, "voice_take", input_int(made, "seed") - studio->brief.seed);
}

static void take_clip(const cr_studio *studio, const cr_scene_plan *plan, cr_scene *scene,
                      const cr_job *made)
{
    set_extra(scene, "motion_prompt", cr_member_text(made->input, "prompt"));
    set_presenter(studio, plan, scene, strcmp(made->kind, "lipsync") == 0);
    set_take(scene, "motion_take",
             (input_int(made, "seed") - studio->brief.seed - scene->number) / CR_MOTION_TAKE_STEP);
}

// What is picked is used whoever is to make such things now.
static void keep_maker(const cr_studio *studio, cr_scene *scene, const cr_job *made)
{
    const cr_provider *first = cr_registry_find(studio->desc.registry, made->kind);
    bool is_plain = !cr_member_text(studio->brief.models, made->kind)[0] && first &&
                    strcmp(first->id, made->provider) == 0;
    cr_scene_model_set(scene, "kept", made->kind, is_plain ? "" : made->provider);
}

cr_status cr_studio_pick(cr_studio *studio, int number, const char *kind, int64_t job,
                         cr_fault *fault)
{
    const cr_scene_plan *plan = cr_studio_plan(studio, number, fault);
    if (!plan) return CR_NOTFOUND;
    const cr_job *made = NULL;
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *one = &studio->jobs.jobs[i];
        if (one->id == job && one->state == CR_JOB_DONE &&
            cr_studio_is_variant(studio, one, plan, kind))
            made = one;
    }
    if (!made)
        return cr_fail(fault, CR_NOTFOUND, "/variant", "scene %d has no such %s", number, kind);
    cr_scene scene = cr_scene_copy(plan->scene);
    if (strcmp(kind, "picture") == 0)
        take_picture(&scene, made);
    else if (strcmp(kind, "voice") == 0)
        take_voice(studio, &scene, made);
    else
        take_clip(studio, plan, &scene, made);
    const char *now = cr_scene_model(&scene, "models", made->kind);
    if (now[0] && strcmp(now, made->provider) != 0)
        cr_scene_model_set(&scene, "models", made->kind, "");
    keep_maker(studio, &scene, made);
    return put_scene(studio, &scene, CR_OK, fault);
}
