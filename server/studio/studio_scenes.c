// What a person changes about a scene.
#include <string.h>

#include "base/mem.h"
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

static void free_scene_copy(cr_scene *scene)
{
    cr_scene *only = cr_alloc(1, sizeof *only);
    *only = *scene;
    cr_scene_list list = {1, only};
    cr_scene_list_free(&list);
}

static cr_scene copy_scene(const cr_scene *from)
{
    cr_scene copy = *from;
    copy.script = cr_strdup(from->script);
    copy.heading = cr_strdup(from->heading);
    copy.narration = cr_strdup(from->narration);
    copy.visual = cr_strdup(from->visual);
    copy.shot = cr_strdup(from->shot);
    copy.on_screen = cr_strdup(from->on_screen);
    copy.note = cr_strdup(from->note);
    copy.base = cJSON_Duplicate(from->base, true);
    return copy;
}

static bool is_picture_of(const cr_job *job, int number)
{
    return job->scene == number && strcmp(job->kind, "picture") == 0;
}

// A number that no picture of this scene has had, also after a former one was taken back.
static int next_variant(const cr_studio *studio, const cr_scene *scene)
{
    int64_t last = scene->variant;
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        int64_t variant = 0;
        if (is_picture_of(job, scene->number) &&
            cr_json_get_int(job->input, "variant", &variant, 0, INT32_MAX - 1, NULL, NULL) ==
                CR_OK &&
            variant > last)
            last = variant;
    }
    return (int)last + 1;
}

static cr_status apply_edit(const cr_studio *studio, const cr_scene_plan *plan, cr_scene *scene,
                            const cr_scene_edit *edit, cr_fault *fault)
{
    replace(&scene->narration, edit->narration);
    replace(&scene->shot, edit->shot);
    replace(&scene->on_screen, edit->on_screen);
    if (edit->another_picture) scene->variant = next_variant(studio, scene);
    if (edit->visual || edit->another_picture) {
        // Another picture than the one the note was about.
        replace(&scene->visual, edit->visual);
        replace(&scene->note, "");
        cJSON_Delete(scene->base);
        scene->base = NULL;
    }
    return edit->note ? set_note(studio, plan, scene, edit->note, fault) : CR_OK;
}

// The plan of scene [number], or NULL and why.
static const cr_scene_plan *find_plan(const cr_graph *graph, int number, cr_fault *fault)
{
    if (number >= 1 && number <= graph->scene_count) return &graph->scenes[number - 1];
    cr_status status =
        graph->scene_count == 0
            ? cr_fail(fault, CR_NOTFOUND, "", "there are no scenes yet: the script is not written")
            : cr_fail(fault, CR_NOTFOUND, "", "there is no scene %d: the film has scenes 1 to %d",
                      number, graph->scene_count);
    (void)status;
    return NULL;
}

// Takes what [scene] owns.
static cr_status put_scene(cr_studio *studio, cr_scene *scene, cr_status status, cr_fault *fault)
{
    if (status == CR_OK)
        status = cr_store_scene_change(studio->desc.store, studio->project, scene, fault);
    free_scene_copy(scene);
    return status == CR_OK ? cr_studio_refresh(studio, fault) : status;
}

cr_status cr_studio_scene_edit(cr_studio *studio, int number, const cr_scene_edit *edit,
                               cr_fault *fault)
{
    const cr_scene_plan *plan = find_plan(&studio->graph, number, fault);
    if (!plan) return CR_NOTFOUND;
    cr_scene scene = copy_scene(plan->scene);
    cr_status status = apply_edit(studio, plan, &scene, edit, fault);
    return put_scene(studio, &scene, status, fault);
}

cr_status cr_studio_picture_pick(cr_studio *studio, int number, int64_t job, cr_fault *fault)
{
    const cr_scene_plan *plan = find_plan(&studio->graph, number, fault);
    if (!plan) return CR_NOTFOUND;
    const cr_job *made = NULL;
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *one = &studio->jobs.jobs[i];
        if (one->id == job && one->state == CR_JOB_DONE && is_picture_of(one, number)) made = one;
    }
    if (!made)
        return cr_fail(fault, CR_NOTFOUND, "/variant", "scene %d has no such picture", number);
    // What it was made from, so that its unit's input is that of its row again.
    cr_scene scene = copy_scene(plan->scene);
    int64_t variant = 0;
    cr_status status = cr_json_get_int(made->input, "variant", &variant, 0, INT32_MAX, NULL, fault);
    scene.variant = (int)variant;
    replace(&scene.visual, cr_member_text(made->input, "visual"));
    replace(&scene.shot, cr_member_text(made->input, "shot"));
    replace(&scene.note, cr_member_text(made->input, "note"));
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(made->input, "base");
    cJSON_Delete(scene.base);
    scene.base = base ? cJSON_Duplicate(base, true) : NULL;
    return put_scene(studio, &scene, status, fault);
}
