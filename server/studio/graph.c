#include "studio/graph.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "studio/board.h"
#include "studio/graph_inputs.h"

static const char *const phase_names[] = {"none",
#define X(name, text) text,
                                          CR_PHASE_MAP(X)
#undef X
};

const char *cr_phase_name(cr_phase phase)
{
    return (size_t)phase < CR_COUNT_OF(phase_names) ? phase_names[phase] : phase_names[0];
}

typedef struct builder {
    const cr_snapshot *snapshot;
    cr_graph *graph;
    int unit_room;
    cr_fault *fault;
} builder;

// The row with this hash: the unit's own, of which there is one that is not canceled, or another
// unit's of the same kind. What is the same is never made twice, wherever in the film it stands.
static const cr_job *find_job(const cr_job_list *jobs, const cr_unit *unit)
{
    const cr_job *other = NULL;
    for (int i = jobs->count - 1; i >= 0; i--) {
        const cr_job *job = &jobs->jobs[i];
        if (job->state == CR_JOB_CANCELED || strcmp(job->input_hash, unit->hash) != 0) continue;
        if (strcmp(job->unit, unit->id) == 0) return job;
        bool is_better = !other || job->state == CR_JOB_DONE;
        if (strcmp(job->kind, unit->kind) == 0 && is_better) other = job;
    }
    return other;
}

// The same input but for how long the result is to be.
static bool is_same_but_longer(const cr_unit *unit, const cr_job *job)
{
    int64_t need = 0, have = 0;
    if (cr_json_get_int(unit->input, "duration", &need, 1, CR_TICKS_MAX, NULL, NULL) != CR_OK ||
        cr_json_get_int(job->output, "duration", &have, 1, CR_TICKS_MAX, NULL, NULL) != CR_OK ||
        have < need)
        return false;
    cJSON *own = cJSON_Duplicate(unit->input, true), *its = cJSON_Duplicate(job->input, true);
    cJSON_DeleteItemFromObjectCaseSensitive(own, "duration");
    cJSON_DeleteItemFromObjectCaseSensitive(its, "duration");
    bool is_same = cJSON_Compare(own, its, true);
    cJSON_Delete(own);
    cJSON_Delete(its);
    return is_same;
}

// Music and clips can be cut: one that was paid for and is long enough is not bought again.
static void use_longer(const cr_job_list *jobs, cr_unit *unit)
{
    if (strcmp(unit->kind, "music") != 0 && strcmp(unit->kind, "motion") != 0) return;
    for (int i = jobs->count - 1; i >= 0 && !unit->job; i--) {
        const cr_job *job = &jobs->jobs[i];
        if (job->state != CR_JOB_DONE || job->cost <= 0 || strcmp(job->kind, unit->kind) != 0 ||
            strcmp(job->provider, unit->provider->id) != 0 ||
            job->provider_version != unit->provider->version || !is_same_but_longer(unit, job))
            continue;
        unit->job = job;
        cJSON_Delete(unit->input);
        unit->input = cJSON_Duplicate(job->input, true);
        snprintf(unit->hash, sizeof unit->hash, "%s", job->input_hash);
    }
}

static cr_unit_state state_of(const cr_job *job)
{
    if (!job) return CR_UNIT_READY;
    if (job->state == CR_JOB_DONE) return CR_UNIT_DONE;
    return job->state == CR_JOB_FAILED ? CR_UNIT_FAILED : CR_UNIT_LIVE;
}

// The provider of this id if it makes this kind; NULL: there is none.
static const cr_provider *chosen(const builder *build, const char *kind, const char *id)
{
    const cr_provider *provider = id[0] ? cr_registry_by_id(build->snapshot->registry, id) : NULL;
    return provider && strcmp(provider->kind, kind) == 0 ? provider : NULL;
}

// Who was chosen for the scene (NULL: none), else for the film, else the first there is.
static const cr_provider *find_provider(const builder *build, const char *kind,
                                        const cr_scene *scene)
{
    const cr_provider *provider =
        scene ? chosen(build, kind, cr_scene_model(scene, "models", kind)) : NULL;
    if (!provider)
        provider = chosen(build, kind, cr_member_text(build->snapshot->brief->models, kind));
    return provider ? provider : cr_registry_find(build->snapshot->registry, kind);
}

// As made by [provider], NULL: by the studio itself.
static void name_unit(const builder *build, cr_unit *unit, const cr_provider *provider)
{
    unit->provider = provider;
    cr_hash_input(unit->input, provider ? provider->id : "assemble",
                  provider ? provider->version : CR_ASSEMBLE_VERSION, unit->hash);
    unit->job = find_job(build->snapshot->jobs, unit);
    if (!unit->job) use_longer(build->snapshot->jobs, unit);
}

// Takes [input]; NULL: the unit is blocked. *index is where it went.
static cr_status add_unit(builder *build, cr_phase phase, const char *kind, const cr_scene *scene,
                          const char *id, cJSON *input, int *index)
{
    const cr_provider *provider = find_provider(build, kind, scene);
    bool is_own = strcmp(kind, "assemble") == 0;
    if (!provider && !is_own) {
        cJSON_Delete(input);
        return cr_fail(build->fault, CR_UNSUPPORTED, id, "there is no maker of %s", kind);
    }
    cr_graph *graph = build->graph;
    CR_VEC_GROW(graph->units, graph->unit_count, build->unit_room);
    *index = graph->unit_count++;
    cr_unit *unit = &graph->units[*index];
    *unit = (cr_unit){.phase = phase,
                      .kind = provider ? provider->kind : "assemble",
                      .scene = scene ? scene->number : 0,
                      .state = CR_UNIT_BLOCKED,
                      .input = input,
                      .provider = provider};
    snprintf(unit->id, sizeof unit->id, "%s", id);
    if (!input) return CR_OK;
    const cr_provider *kept =
        scene ? chosen(build, kind, cr_scene_model(scene, "kept", kind)) : NULL;
    bool is_free = kept && !chosen(build, kind, cr_scene_model(scene, "models", kind));
    if (is_free) name_unit(build, unit, kept);
    // What was kept is there no more, or of another input.
    if (!unit->job) name_unit(build, unit, provider);
    unit->state = state_of(unit->job);
    return CR_OK;
}

static cr_status add_scene_unit(builder *build, cr_phase phase, const char *kind, const char *name,
                                const cr_scene *scene, cJSON *input, int *index)
{
    char id[CR_UNIT_ID_BYTES];
    snprintf(id, sizeof id, "scene/%d/%s", scene->number, name);
    return add_unit(build, phase, kind, scene, id, input, index);
}

// The scenes that belong to the script as it is now.
static cr_status find_scenes(builder *build)
{
    cr_graph *graph = build->graph;
    const cr_scene_list *all = build->snapshot->scenes;
    const char *script = graph->units[graph->script].hash;
    graph->scenes = cr_alloc(CR_SCENES_MAX, sizeof *graph->scenes);
    for (int i = 0; i < all->count; i++) {
        if (strcmp(all->scenes[i].script, script) != 0) continue;
        if (graph->scene_count == CR_SCENES_MAX)
            return cr_fail(build->fault, CR_LIMIT, "script", "more than %d scenes", CR_SCENES_MAX);
        graph->scenes[graph->scene_count++] =
            (cr_scene_plan){.scene = &all->scenes[i], .picture = -1, .voice = -1, .motion = -1};
    }
    if (graph->scene_count == 0)
        return cr_fail(build->fault, CR_CORRUPT, "script", "the script has no scenes");
    return CR_OK;
}

// As the script was written: what is added, deleted or moved since changes no other scene's length
// and no voice's speed, and so nothing that was made for it.
static cr_pace pace_of(const builder *build)
{
    const cr_graph *graph = build->graph;
    const cr_scene_list *written = build->snapshot->written;
    const char *script = graph->units[graph->script].hash;
    cr_pace pace = {.wanted = build->snapshot->brief->seconds * CR_TICKS_PER_SECOND,
                    .rate = build->snapshot->brief->rate};
    for (int i = 0; i < written->count; i++) {
        if (strcmp(written->scenes[i].script, script) != 0) continue;
        int words = written->scenes[i].words_plan;
        pace.scene_count++;
        pace.words_total += words;
        if (words == 0) pace.silent_count++;
    }
    return pace;
}

// A scene that is to be longer than its voice needs.
static void lengthen(const builder *build, cr_scene_plan *plan)
{
    const int64_t wished = cr_scene_extra_int(plan->scene, "seconds_ms", 0);
    const cr_rate rate = build->snapshot->brief->rate;
    cr_ticks length =
        cr_frame_start(cr_frame_count(wished * (CR_TICKS_PER_SECOND / 1000), rate), rate);
    if (length > plan->timing.duration) plan->timing.duration = length;
}

static cr_status time_scenes(builder *build)
{
    cr_graph *graph = build->graph;
    const cr_pace pace = pace_of(build);
    cr_ticks start = 0;
    bool is_complete = true;
    for (int i = 0; i < graph->scene_count; i++) {
        cr_scene_plan *plan = &graph->scenes[i];
        const cJSON *voice = plan->voice < 0 ? NULL : cr_graph_output(graph, plan->voice);
        int64_t spoken = 0;
        if (plan->voice >= 0 && !voice) {
            is_complete = false;
            continue;
        }
        if (voice) {
            cr_status status =
                cr_json_get_int(voice, "duration", &spoken, 1, CR_TICKS_MAX, NULL, build->fault);
            if (status != CR_OK)
                return cr_fail(build->fault, CR_CORRUPT, graph->units[plan->voice].id,
                               "the voice does not say how long it is");
        }
        plan->timing = cr_pace_scene(&pace, plan->scene->number, plan->scene->words_plan, spoken);
        lengthen(build, plan);
        plan->is_timed = true;
        plan->start = start;
        start += plan->timing.duration;
    }
    if (is_complete) graph->duration = start;
    return CR_OK;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static cr_status add_pictures(builder *build)
{
    cr_graph *graph = build->graph;
    const cJSON *script = cr_graph_output(graph, graph->script);
    const cr_pace pace = pace_of(build);
    cr_status status = CR_OK;
    for (int i = 0; i < graph->scene_count && status == CR_OK; i++) {
        cr_scene_plan *plan = &graph->scenes[i];
        cJSON *input =
            cr_picture_input(build->snapshot->brief, script, plan->scene, pace.scene_count);
        status = add_scene_unit(build, CR_PHASE_STORYBOARD, "picture", "picture", plan->scene,
                                input, &plan->picture);
    }
    return status;
}

static cr_status add_sound(builder *build)
{
    cr_graph *graph = build->graph;
    const cr_brief *brief = build->snapshot->brief;
    const cr_pace pace = pace_of(build);
    int speed = cr_pace_speed_percent(&pace);
    cr_status status = CR_OK;
    for (int i = 0; i < graph->scene_count && status == CR_OK; i++) {
        cr_scene_plan *plan = &graph->scenes[i];
        if (is_blank(plan->scene->narration)) continue;
        status = add_scene_unit(build, CR_PHASE_SOUND, "voice", "voice", plan->scene,
                                cr_voice_input(brief, plan->scene, speed), &plan->voice);
    }
    if (status == CR_OK) status = time_scenes(build);
    if (status != CR_OK) return status;
    const cJSON *script = cr_graph_output(graph, graph->script);
    cJSON *input = graph->duration ? cr_music_input(brief, script, graph->duration) : NULL;
    return add_unit(build, CR_PHASE_SOUND, "music", NULL, "music", input, &graph->music);
}

static cr_status add_motion(builder *build)
{
    cr_graph *graph = build->graph;
    cr_status status = CR_OK;
    for (int i = 0; i < graph->scene_count && status == CR_OK; i++) {
        cr_scene_plan *plan = &graph->scenes[i];
        const cr_provider *lips = find_provider(build, "lipsync", plan->scene);
        bool with_sound = lips && lips->takes_voice;
        const cJSON *picture = cr_graph_output(graph, plan->picture);
        const cJSON *voice = plan->voice < 0 ? NULL : cr_graph_output(graph, plan->voice);
        bool speaks =
            plan->scene->is_presenter && voice && (with_sound || cr_has_presenter(picture));
        cJSON *input = NULL;
        if (picture && plan->is_timed)
            input = cr_motion_input(build->snapshot->brief, plan->scene, picture,
                                    speaks ? voice : NULL, with_sound, plan->timing);
        status = add_scene_unit(build, CR_PHASE_MOTION, speaks ? "lipsync" : "motion", "motion",
                                plan->scene, input, &plan->motion);
    }
    return status;
}

static bool all_done(const cr_graph *graph)
{
    for (int i = 0; i < graph->unit_count; i++)
        if (graph->units[i].state != CR_UNIT_DONE && i != graph->questions) return false;
    return true;
}

static cr_status build_graph(builder *build)
{
    cr_graph *graph = build->graph;
    const cr_brief *brief = build->snapshot->brief;
    // A script that stands without a prompt leaves nothing to ask about.
    bool asks = !is_blank(brief->prompt);
    cr_status status = CR_OK;
    if (asks)
        status = add_unit(build, CR_PHASE_BRIEF, "questions", NULL, "questions",
                          cr_questions_input(brief), &graph->questions);
    if (status != CR_OK) return status;
    const cJSON *questions = cr_graph_output(graph, graph->questions);
    bool is_ready = !asks || (questions && brief->is_answered);
    cJSON *input = is_ready ? cr_script_input(brief, questions) : NULL;
    status = add_unit(build, CR_PHASE_SCRIPT, "script", NULL, "script", input, &graph->script);
    if (status != CR_OK || !cr_graph_output(graph, graph->script)) return status;
    status = find_scenes(build);
    if (status == CR_OK) status = add_pictures(build);
    if (status == CR_OK) status = add_sound(build);
    if (status == CR_OK) status = add_motion(build);
    if (status != CR_OK) return status;
    input = all_done(graph) ? cr_assemble_input(brief, graph) : NULL;
    return add_unit(build, CR_PHASE_ASSEMBLE, "assemble", NULL, "assemble", input,
                    &graph->assemble);
}

cr_status cr_graph_build(cr_graph *out, const cr_snapshot *snapshot, cr_fault *fault)
{
    cr_graph graph = {.questions = -1, .script = -1, .music = -1, .assemble = -1};
    builder build = {.snapshot = snapshot, .graph = &graph, .fault = fault};
    cr_status status = build_graph(&build);
    if (status == CR_OK)
        *out = graph;
    else
        cr_graph_free(&graph);
    return status;
}

void cr_graph_free(cr_graph *graph)
{
    for (int i = 0; i < graph->unit_count; i++)
        cJSON_Delete(graph->units[i].input);
    cr_free(graph->units);
    cr_free(graph->scenes);
    *graph = (cr_graph){.questions = -1, .script = -1, .music = -1, .assemble = -1};
}

const cJSON *cr_graph_output(const cr_graph *graph, int index)
{
    if (index < 0 || index >= graph->unit_count) return NULL;
    const cr_unit *unit = &graph->units[index];
    return unit->state == CR_UNIT_DONE ? unit->job->output : NULL;
}

const cr_scene_plan *cr_graph_scene(const cr_graph *graph, int number)
{
    for (int i = 0; i < graph->scene_count; i++)
        if (graph->scenes[i].scene->number == number) return &graph->scenes[i];
    return NULL;
}

const cr_unit *cr_graph_unit(const cr_graph *graph, const char *id)
{
    for (int i = 0; i < graph->unit_count; i++)
        if (strcmp(graph->units[i].id, id) == 0) return &graph->units[i];
    return NULL;
}
