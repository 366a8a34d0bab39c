#include "studio/film_state.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_trouble.h"
#include "studio/board.h"
#include "studio/graph_inputs.h"
#include "studio/studio_state.h"

enum { TITLE_BYTES_MAX = 60 };

const char *cr_film_phase_name(cr_phase phase)
{
    if (phase == CR_PHASE_BRIEF) return "plan";
    if (phase == CR_PHASE_ASSEMBLE || phase == CR_PHASE_NONE) return "edit";
    return cr_phase_name(phase);
}

static const char *state_name(const cr_unit *unit)
{
    switch (unit->state) {
    case CR_UNIT_DONE:
        return "done";
    case CR_UNIT_FAILED:
        return "failed";
    case CR_UNIT_LIVE:
        return unit->job->external_id[0] ? "running" : "waiting";
    default:
        return "waiting";
    }
}

static void add_seconds(cJSON *to, const char *key, const cJSON *from, const char *member)
{
    const cJSON *ticks = cJSON_GetObjectItemCaseSensitive(from, member);
    if (cJSON_IsNumber(ticks))
        cJSON_AddNumberToObject(
            to, key, (double)cr_ticks_to_milliseconds((cr_ticks)ticks->valuedouble) / 1000);
}

static void add_url(cJSON *to, const char *film, const char *file)
{
    if (!file[0]) return;
    char *url = cr_format("/films/%s/%s", film, file);
    cJSON_AddStringToObject(to, "url", url);
    cr_free(url);
}

// What unit [index] makes; NULL when there is no such unit.
static cJSON *add_made(cJSON *to, const char *key, const cr_studio *studio, const char *film,
                       int index)
{
    if (index < 0) return NULL;
    const cr_unit *unit = &studio->graph.units[index];
    const cJSON *output = cr_graph_output(&studio->graph, index);
    cJSON *made = cJSON_AddObjectToObject(to, key);
    cJSON_AddStringToObject(made, "state", state_name(unit));
    cJSON_AddStringToObject(made, "unit", unit->id);
    add_url(made, film, cr_member_text(output, "file"));
    add_seconds(made, "seconds", output, "duration");
    return made;
}

static cJSON *variant_of(const cr_studio *studio, const char *film, const cr_job *job,
                         const cr_unit *unit)
{
    const cr_provider *provider = cr_registry_by_id(studio->desc.registry, job->provider);
    cJSON *one = cJSON_CreateObject();
    cr_json_add_int(one, "variant", job->id);
    add_url(one, film, cr_member_text(job->output, "file"));
    cJSON_AddBoolToObject(one, "isChosen", job == unit->job);
    add_seconds(one, "seconds", job->output, "duration");
    cJSON_AddStringToObject(one, "provider", provider ? provider->label : job->provider);
    return one;
}

// All of a [kind] that the scene had, once each.
static void add_variants(cJSON *made, const cr_studio *studio, const char *film,
                         const cr_scene_plan *plan, const char *kind, int index)
{
    cJSON *list = cJSON_AddArrayToObject(made, "variants");
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        if (job->state == CR_JOB_DONE && cr_studio_is_variant(studio, job, plan, kind))
            cJSON_AddItemToArray(list, variant_of(studio, film, job, &studio->graph.units[index]));
    }
}

static void add_words(cJSON *voice, const cJSON *output)
{
    if (!output) return;
    cJSON *list = cJSON_AddArrayToObject(voice, "words");
    const cJSON *word;
    cJSON_ArrayForEach(word, cJSON_GetObjectItemCaseSensitive(output, "words"))
    {
        cJSON *one = cJSON_CreateObject();
        cJSON_AddStringToObject(one, "text", cr_member_text(word, "text"));
        add_seconds(one, "start", word, "start");
        add_seconds(one, "end", word, "end");
        cJSON_AddItemToArray(list, one);
    }
}

static void add_member(cJSON *to, const char *key, const char *text)
{
    if (text[0]) cJSON_AddStringToObject(to, key, text);
}

static void add_copy(cJSON *to, const char *key, const cJSON *from, const char *member)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(from, member);
    if (value) cJSON_AddItemToObject(to, key, cJSON_Duplicate(value, true));
}

static void add_wishes(cJSON *out, const cr_scene *scene)
{
    cJSON_AddBoolToObject(out, "isApproved", cr_scene_extra_int(scene, "is_approved", 0) != 0);
    add_copy(out, "speaker", scene->extras, "speaker");
    add_copy(out, "pronunciation", scene->extras, "pronunciation");
    add_copy(out, "motionPrompt", scene->extras, "motion_prompt");
    add_copy(out, "models", scene->extras, "models");
    int64_t length = cr_scene_extra_int(scene, "seconds_ms", 0);
    if (length) cJSON_AddNumberToObject(out, "wishedSeconds", (double)length / 1000);
}

static void add_scene(cJSON *scenes, const cr_studio *studio, const char *film,
                      const cr_scene_plan *plan)
{
    const cr_scene *scene = plan->scene;
    char key[16];
    snprintf(key, sizeof key, "%d", scene->number);
    cJSON *out = cJSON_AddObjectToObject(scenes, key);
    cr_json_add_int(out, "number", scene->number);
    cr_json_add_int(out, "position", plan - studio->graph.scenes + 1);
    cJSON_AddStringToObject(out, "heading", scene->heading);
    cJSON_AddStringToObject(out, "narration", scene->narration);
    cJSON_AddStringToObject(out, "visual", scene->visual);
    cJSON_AddStringToObject(out, "shot", scene->shot);
    cJSON_AddStringToObject(out, "onScreen", scene->on_screen);
    cJSON_AddBoolToObject(out, "isPresenter", scene->is_presenter);
    add_member(out, "note", scene->note);
    add_wishes(out, scene);
    if (plan->is_timed)
        cJSON_AddNumberToObject(out, "seconds",
                                (double)cr_ticks_to_milliseconds(plan->timing.duration) / 1000);
    cJSON *picture = add_made(out, "picture", studio, film, plan->picture);
    if (picture) {
        const cJSON *output = cr_graph_output(&studio->graph, plan->picture);
        add_member(picture, "alt", cr_member_text(output, "alt"));
        add_member(picture, "understood", cr_member_text(output, "understood"));
        add_variants(picture, studio, film, plan, "picture", plan->picture);
    }
    cJSON *voice = add_made(out, "voice", studio, film, plan->voice);
    if (voice) {
        add_words(voice, cr_graph_output(&studio->graph, plan->voice));
        add_variants(voice, studio, film, plan, "voice", plan->voice);
    }
    cJSON *clip = add_made(out, "clip", studio, film, plan->motion);
    if (clip) {
        add_member(clip, "move",
                   cr_member_text(cr_graph_output(&studio->graph, plan->motion), "move"));
        add_variants(clip, studio, film, plan, "motion", plan->motion);
    }
}

static void add_unit(cJSON *units, const cr_studio *studio, int index)
{
    const cr_unit *unit = &studio->graph.units[index];
    cJSON *out = cJSON_AddObjectToObject(units, unit->id);
    cJSON_AddStringToObject(out, "kind", unit->kind);
    cr_json_add_int(out, "scene", unit->scene);
    cJSON_AddStringToObject(out, "phase", cr_film_phase_name(unit->phase));
    cJSON_AddStringToObject(out, "state", state_name(unit));
    if (unit->state == CR_UNIT_LIVE && studio->percents[index] > 0)
        cr_json_add_int(out, "percent", studio->percents[index]);
    if (unit->provider) {
        cJSON_AddStringToObject(out, "provider", unit->provider->label);
        cJSON_AddStringToObject(out, "providerId", unit->provider->id);
    }
    const cr_job *job = unit->job;
    cJSON_AddNumberToObject(out, "cost", job ? (double)job->cost / 1e6 : 0);
    cr_json_add_int(out, "attempts", job ? job->attempts : 0);
    if (!job) return;
    cr_json_add_int(out, "since", job->created_ms);
    if (unit->state != CR_UNIT_FAILED) return;
    cJSON *fault = cJSON_AddObjectToObject(out, "fault");
    cJSON_AddStringToObject(fault, "message", job->error);
    cJSON_AddStringToObject(fault, "class", cr_trouble_class(job->error));
}

static void add_questions(cJSON *out, const cr_studio *studio)
{
    const cJSON *asked = cr_studio_asked(studio);
    if (!asked) return;
    cJSON *list = cJSON_AddArrayToObject(out, "questions");
    const cJSON *question;
    cJSON_ArrayForEach(question, cJSON_GetObjectItemCaseSensitive(asked, "questions"))
    {
        cJSON *one = cJSON_CreateObject();
        const char *id = cr_member_text(question, "id");
        cJSON_AddStringToObject(one, "id", id);
        cJSON_AddStringToObject(one, "text", cr_member_text(question, "text"));
        cJSON_AddStringToObject(one, "why", cr_member_text(question, "why"));
        cJSON_AddStringToObject(one, "fallback", cr_member_text(question, "fallback"));
        add_member(one, "answer", cr_member_text(studio->brief.answers, id));
        cJSON *choices = cJSON_AddArrayToObject(one, "choices");
        const cJSON *choice;
        cJSON_ArrayForEach(choice, cJSON_GetObjectItemCaseSensitive(question, "choices"))
        {
            cJSON *pair = cJSON_CreateObject();
            cJSON_AddStringToObject(pair, "value", choice->valuestring);
            cJSON_AddStringToObject(pair, "label", choice->valuestring);
            cJSON_AddItemToArray(choices, pair);
        }
        cJSON_AddItemToArray(list, one);
    }
}

static void add_brief(cJSON *out, const cr_brief *brief)
{
    cJSON *to = cJSON_AddObjectToObject(out, "brief");
    cJSON_AddStringToObject(to, "prompt", brief->prompt);
    cr_json_add_int(to, "seconds", brief->seconds);
    cJSON_AddStringToObject(to, "aspect", brief->aspect);
    cJSON_AddStringToObject(to, "style", brief->style);
    cJSON_AddStringToObject(to, "tone", cr_member_text(brief->answers, "tone"));
    cJSON_AddStringToObject(to, "audience", cr_member_text(brief->answers, "audience"));
    cJSON_AddStringToObject(to, "voice", brief->voice);
}

// Units that somebody is at: a row that waits to be asked for again is none.
static int count_active(const cr_graph *graph, cr_phase phase)
{
    int count = 0;
    for (int i = 0; i < graph->unit_count; i++) {
        const cr_unit *unit = &graph->units[i];
        count += unit->phase == phase && unit->state == CR_UNIT_LIVE && unit->job->external_id[0];
    }
    return count;
}

static void add_phases(cJSON *out, const cr_studio *studio)
{
    cr_studio_progress made;
    cr_studio_progress_get(studio, &made);
    cJSON_AddStringToObject(out, "phase", cr_film_phase_name(made.phase));
    cJSON *phases = cJSON_CreateObject();
    int percent = 0;
    for (int i = CR_PHASE_BRIEF; i < CR_PHASE_COUNT; i++) {
        const cr_phase_progress *phase = &made.phases[i];
        percent += phase->percent;
        if (!phase->total) continue;
        cJSON *one = cJSON_AddObjectToObject(phases, cr_film_phase_name((cr_phase)i));
        cr_json_add_int(one, "done", phase->done);
        cr_json_add_int(one, "total", phase->total);
        cr_json_add_int(one, "failed", phase->failed);
        cr_json_add_int(one, "active", count_active(&studio->graph, (cr_phase)i));
        cr_json_add_int(one, "percent", phase->percent);
    }
    cr_json_add_int(out, "percent", made.phase ? percent / (CR_PHASE_COUNT - 1) : 100);
    cJSON_AddItemToObject(out, "phases", phases);
}

// The title that the user gave, else the script's, else how the prompt begins.
static void add_title(cJSON *out, const cr_studio *studio, const char *title)
{
    if (!title[0])
        title = cr_member_text(cr_graph_output(&studio->graph, studio->graph.script), "title");
    if (!title[0] && studio->has_brief) title = studio->brief.prompt;
    size_t length = strlen(title);
    if (length > TITLE_BYTES_MAX) {
        length = TITLE_BYTES_MAX;
        while (length > 0 && ((unsigned char)title[length] & 0xC0) == 0x80)
            length--;
    }
    char *shown = cr_format("%.*s%s", (int)length, title, title[length] ? "…" : "");
    cJSON_AddStringToObject(out, "title", shown);
    cr_free(shown);
}

// The picture that a scene had when it was deleted: the last one made for it.
static void add_poster(cJSON *to, const cr_studio *studio, const char *film, int number)
{
    for (int i = studio->jobs.count - 1; i >= 0; i--) {
        const cr_job *job = &studio->jobs.jobs[i];
        if (job->scene != number || job->state != CR_JOB_DONE || strcmp(job->kind, "picture") != 0)
            continue;
        char *url = cr_format("/films/%s/%s", film, cr_member_text(job->output, "file"));
        cJSON_AddStringToObject(to, "poster", url);
        cr_free(url);
        return;
    }
}

static void add_removed(cJSON *out, const cr_studio *studio, const char *film)
{
    const cJSON *removed = cr_studio_removed(studio), *scene;
    if (!removed || !removed->child) return;
    cJSON *to = cJSON_AddObjectToObject(out, "removed");
    cJSON_ArrayForEach(scene, removed)
    {
        char key[16];
        int number = (int)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(scene, "number"));
        snprintf(key, sizeof key, "%d", number);
        cJSON *one = cJSON_AddObjectToObject(to, key);
        cr_json_add_int(one, "number", number);
        cJSON_AddStringToObject(one, "heading", cr_member_text(scene, "heading"));
        cJSON_AddStringToObject(one, "narration", cr_member_text(scene, "narration"));
        cJSON_AddStringToObject(one, "visual", cr_member_text(scene, "visual"));
        add_poster(one, studio, film, number);
    }
}

static void add_music(cJSON *out, const cr_studio *studio, const char *film)
{
    cJSON *music = add_made(out, "music", studio, film, studio->graph.music);
    if (!music) return;
    const cr_unit *unit = &studio->graph.units[studio->graph.music];
    if (unit->input) add_member(music, "mood", cr_member_text(unit->input, "mood"));
    cJSON *list = cJSON_AddArrayToObject(music, "variants");
    for (int i = 0; i < studio->jobs.count; i++) {
        const cr_job *job = &studio->jobs.jobs[i];
        if (job->state != CR_JOB_DONE || strcmp(job->kind, "music") != 0) continue;
        cJSON *one = variant_of(studio, film, job, unit);
        add_member(one, "mood", cr_member_text(job->input, "mood"));
        cJSON_AddItemToArray(list, one);
    }
}

// What was arranged for the film as a whole.
static void add_arrangement(cJSON *out, const cr_studio *studio, const cr_film_facts *facts)
{
    const cr_brief *brief = &studio->brief;
    add_removed(out, studio, facts->id);
    cJSON_AddBoolToObject(out, "isHeld", facts->is_held);
    if (facts->decisions) cJSON_AddItemToObject(out, "decisions", facts->decisions);
    if (!studio->has_brief) return;
    cJSON *levels = cJSON_AddObjectToObject(out, "levels");
    cJSON_AddNumberToObject(levels, "voice", (double)brief->voice_level / 100);
    cJSON_AddNumberToObject(levels, "music", (double)brief->music_level / 100);
    if (brief->models && brief->models->child)
        cJSON_AddItemToObject(out, "models", cJSON_Duplicate(brief->models, true));
}

static void add_results(cJSON *out, const cr_studio *studio, const cr_film_facts *facts)
{
    const cr_graph *graph = &studio->graph;
    cJSON *scenes = cJSON_AddObjectToObject(out, "scenes");
    for (int i = 0; i < graph->scene_count; i++)
        add_scene(scenes, studio, facts->id, &graph->scenes[i]);
    add_music(out, studio, facts->id);
    cJSON *units = cJSON_AddObjectToObject(out, "units");
    int64_t spent = 0;
    for (int i = 0; i < graph->unit_count; i++)
        add_unit(units, studio, i);
    for (int i = 0; i < studio->jobs.count; i++)
        spent += studio->jobs.jobs[i].cost;
    cJSON *ledger = cJSON_AddObjectToObject(out, "ledger");
    cJSON_AddStringToObject(ledger, "currency", "USD");
    cJSON_AddNumberToObject(ledger, "spent", (double)spent / 1e6);
    cJSON_AddNumberToObject(ledger, "cap", (double)facts->budget.cap / 1e6);
    cJSON_AddNumberToObject(ledger, "reserved", (double)facts->budget.reserved / 1e6);
    if (graph->assemble < 0 || graph->units[graph->assemble].state != CR_UNIT_DONE) return;
    cJSON *film = cJSON_AddObjectToObject(out, "film");
    char *project = cr_format("/films/%s/project.json", facts->id);
    cJSON_AddStringToObject(film, "project", project);
    cr_json_add_int(film, "changed", graph->units[graph->assemble].job->changed_ms);
    cr_free(project);
}

cJSON *cr_film_state(const cr_studio *studio, const cr_film_facts *facts)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "id", facts->id);
    add_title(out, studio, facts->title);
    cr_json_add_int(out, "created", facts->created_ms);
    cr_json_add_int(out, "changed", facts->changed_ms);
    cJSON_AddStringToObject(out, "status", facts->status);
    if (facts->fault) {
        cJSON *fault = cJSON_AddObjectToObject(out, "fault");
        cJSON_AddStringToObject(fault, "message", facts->fault->text);
        cJSON_AddStringToObject(fault, "unit", facts->fault->where);
    }
    if (studio->has_brief) add_brief(out, &studio->brief);
    add_questions(out, studio);
    add_phases(out, studio);
    add_results(out, studio, facts);
    add_arrangement(out, studio, facts);
    return out;
}

static void copy(cJSON *to, const cJSON *from, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(from, key);
    if (member) cJSON_AddItemToObject(to, key, cJSON_Duplicate(member, true));
}

cJSON *cr_film_card(const cJSON *state)
{
    static const char *const members[] = {"id",    "title",  "created", "changed",
                                          "phase", "status", "percent"};
    cJSON *card = cJSON_CreateObject();
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        copy(card, state, members[i]);
    double seconds = 0;
    const char *poster = "";
    const cJSON *scene;
    cJSON_ArrayForEach(scene, cJSON_GetObjectItemCaseSensitive(state, "scenes"))
    {
        const cJSON *length = cJSON_GetObjectItemCaseSensitive(scene, "seconds");
        const cJSON *picture = cJSON_GetObjectItemCaseSensitive(scene, "picture");
        if (cJSON_IsNumber(length)) seconds += length->valuedouble;
        if (!poster[0]) poster = cr_member_text(picture, "url");
    }
    add_member(card, "poster", poster);
    cJSON_AddNumberToObject(card, "seconds", seconds);
    cJSON_AddBoolToObject(card, "isFinished",
                          cJSON_GetObjectItemCaseSensitive(state, "film") != NULL);
    return card;
}
