#include "studio/film_money.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "studio/film_state.h"
#include "studio/graph_inputs.h"
#include "studio/studio_state.h"

// What a scene lasts in most films, and what is said in a second: for films without a script.
enum { SCENE_SECONDS = 6, SAID_BYTES_A_SECOND = 14, LINES_MAX = 16 };

static const double micro = 1e6;

static void add_dollars(cJSON *to, const char *key, int64_t millionths)
{
    cJSON_AddNumberToObject(to, key, (double)millionths / micro);
}

// The row that a call was for: its work folder is named after it.
static const cr_job *job_of(const cr_studio *studio, const char *name)
{
    int64_t id = strtoll(name, NULL, 10);
    for (int i = 0; i < studio->jobs.count; i++)
        if (studio->jobs.jobs[i].id == id) return &studio->jobs.jobs[i];
    return NULL;
}

static cJSON *ledger_line(const cr_studio *studio, const cr_call_row *row)
{
    cJSON *line = cJSON_CreateObject();
    const cr_job *job = job_of(studio, row->job);
    cr_json_add_int(line, "id", row->id);
    cJSON_AddStringToObject(line, "unit", job ? job->unit : "");
    cr_json_add_int(line, "scene", job ? job->scene : 0);
    cJSON_AddStringToObject(line, "provider", row->provider);
    cJSON_AddStringToObject(line, "model", row->model);
    cJSON_AddStringToObject(line, "state", row->state);
    add_dollars(line, "reserved", row->reserved);
    add_dollars(line, "cost", row->cost);
    cr_json_add_int(line, "created", row->created_ms);
    cr_json_add_int(line, "changed", row->changed_ms);
    if (row->note[0]) cJSON_AddStringToObject(line, "note", row->note);
    if (row->external_id[0]) cJSON_AddStringToObject(line, "externalId", row->external_id);
    return line;
}

static cr_status add_budget(cr_film *film, cJSON *to, cr_budget *budget, cr_fault *fault)
{
    cr_status status = cr_ledger_store_budget(film->ledger, budget, fault);
    if (status != CR_OK) return status;
    cJSON_AddStringToObject(to, "currency", "USD");
    add_dollars(to, "cap", budget->cap);
    add_dollars(to, "spent", budget->spent);
    add_dollars(to, "reserved", budget->reserved);
    return CR_OK;
}

cr_status cr_film_ledger(cr_film *film, cJSON **out, cr_fault *fault)
{
    cr_call_rows rows = {0};
    cr_budget budget;
    cJSON *ledger = cJSON_CreateObject();
    cr_status status = add_budget(film, ledger, &budget, fault);
    if (status == CR_OK) status = cr_ledger_store_rows(film->ledger, &rows, fault);
    if (status != CR_OK) {
        cJSON_Delete(ledger);
        return status;
    }
    cJSON *lines = cJSON_AddArrayToObject(ledger, "lines");
    for (int i = 0; i < rows.count; i++)
        cJSON_AddItemToArray(lines, ledger_line(film->studio, &rows.rows[i]));
    cr_call_rows_free(&rows);
    *out = ledger;
    return CR_OK;
}

// An input like those to come, as far as its price depends on it.
static cJSON *likely_input(const cr_brief *brief, const char *kind, int scenes)
{
    double seconds = (double)brief->seconds / scenes;
    cJSON *input = cJSON_CreateObject();
    size_t bytes = (size_t)(brief->seconds * SAID_BYTES_A_SECOND / scenes) + 1;
    char *said = cr_alloc(bytes + 1, 1);
    memset(said, 'a', bytes);
    cJSON_AddStringToObject(input, "text", said);
    cr_free(said);
    cJSON_AddStringToObject(input, "prompt", brief->prompt);
    cJSON_AddStringToObject(input, "visual", brief->prompt);
    cJSON_AddStringToObject(input, "picture", "picture.png");
    cJSON_AddStringToObject(cJSON_AddObjectToObject(input, "voice"), "file", "voice.wav");
    cr_json_add_int(input, "width", brief->width);
    cr_json_add_int(input, "height", brief->height);
    cr_json_add_int(input, "seconds", brief->seconds);
    bool is_whole = strcmp(kind, "music") == 0;
    cr_json_add_int(input, "duration",
                    is_whole ? brief->seconds * CR_TICKS_PER_SECOND
                             : (int64_t)(seconds * CR_TICKS_PER_SECOND) + 2 * CR_PACE_HANDLE);
    return input;
}

static int scenes_of(const cr_studio *studio)
{
    if (studio->graph.scene_count) return studio->graph.scene_count;
    int guess = studio->brief.seconds / SCENE_SECONDS;
    return guess > 0 ? guess : 1;
}

// What [provider] will take for [input] (NULL: not known yet).
static cr_money price_of(const cr_studio *studio, const cr_provider *provider, const cJSON *input)
{
    cJSON *likely = input ? NULL : likely_input(&studio->brief, provider->kind, scenes_of(studio));
    const cr_request request = {
        .kind = provider->kind, .input = input ? input : likely, .folder = ""};
    cr_money cost = 0;
    // A price that nobody can tell is none; the reservation before the call is what counts.
    if (provider->estimate(provider->cookie, &request, &cost, NULL) != CR_OK) cost = 0;
    cJSON_Delete(likely);
    return cost;
}

// All units of one provider that are still to be made.
typedef struct line {
    const cr_provider *provider;
    cr_phase phase;
    int units;
    cr_money cost;
    bool is_rough;
} line;

typedef struct line_list {
    int count;
    line lines[LINES_MAX];
} line_list;

static void count_unit(line_list *list, const cr_studio *studio, const cr_provider *provider,
                       cr_phase phase, const cJSON *input)
{
    int i = 0;
    while (i < list->count && list->lines[i].provider != provider)
        i++;
    if (!provider || i == LINES_MAX) return;
    if (i == list->count) list->lines[list->count++] = (line){.provider = provider, .phase = phase};
    list->lines[i].units++;
    list->lines[i].cost += price_of(studio, provider, input);
    list->lines[i].is_rough = list->lines[i].is_rough || !input;
}

static const cr_provider *of_film(const cr_studio *studio, const char *kind)
{
    const cr_registry *registry = studio->desc.registry;
    const cr_provider *chosen =
        cr_registry_by_id(registry, cr_member_text(studio->brief.models, kind));
    return chosen ? chosen : cr_registry_find(registry, kind);
}

static bool is_repeated(const cr_graph *graph, int index)
{
    for (int i = 0; i < index; i++)
        if (graph->units[index].hash[0] &&
            strcmp(graph->units[i].hash, graph->units[index].hash) == 0)
            return true;
    return false;
}

static void count_units(line_list *list, const cr_studio *studio)
{
    const cr_graph *graph = &studio->graph;
    for (int i = 0; i < graph->unit_count; i++) {
        const cr_unit *unit = &graph->units[i];
        if (unit->state != CR_UNIT_DONE && !is_repeated(graph, i))
            count_unit(list, studio, unit->provider, unit->phase, unit->input);
    }
    if (graph->scene_count) return;
    for (int i = 0; i < scenes_of(studio); i++) {
        count_unit(list, studio, of_film(studio, "picture"), CR_PHASE_STORYBOARD, NULL);
        count_unit(list, studio, of_film(studio, "voice"), CR_PHASE_SOUND, NULL);
        count_unit(list, studio, of_film(studio, "motion"), CR_PHASE_MOTION, NULL);
    }
    count_unit(list, studio, of_film(studio, "music"), CR_PHASE_SOUND, NULL);
}

static cJSON *tell_line(const line *told)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "kind", told->provider->kind);
    cJSON_AddStringToObject(out, "provider", told->provider->id);
    cJSON_AddStringToObject(out, "name", told->provider->label);
    cr_json_add_int(out, "units", told->units);
    add_dollars(out, "cost", told->cost);
    if (told->is_rough) cJSON_AddTrueToObject(out, "isRough");
    return out;
}

static void add_phases(cJSON *out, const line_list *list)
{
    cJSON *phases = cJSON_AddObjectToObject(out, "phases");
    cr_money total = 0;
    for (int phase = CR_PHASE_BRIEF; phase < CR_PHASE_COUNT; phase++) {
        cJSON *lines = cJSON_CreateArray();
        cr_money cost = 0;
        for (int i = 0; i < list->count; i++) {
            if (list->lines[i].phase != (cr_phase)phase) continue;
            cost += list->lines[i].cost;
            cJSON_AddItemToArray(lines, tell_line(&list->lines[i]));
        }
        total += cost;
        if (!lines->child) {
            cJSON_Delete(lines);
            continue;
        }
        cJSON *one = cJSON_AddObjectToObject(phases, cr_film_phase_name((cr_phase)phase));
        add_dollars(one, "cost", cost);
        cJSON_AddItemToObject(one, "lines", lines);
    }
    add_dollars(out, "cost", total);
}

cr_status cr_film_estimate(cr_film *film, cJSON **out, cr_fault *fault)
{
    cr_budget budget;
    cJSON *estimate = cJSON_CreateObject();
    cr_status status = add_budget(film, estimate, &budget, fault);
    if (status != CR_OK) {
        cJSON_Delete(estimate);
        return status;
    }
    int64_t left = budget.cap - budget.spent - budget.reserved;
    add_dollars(estimate, "left", left > 0 ? left : 0);
    line_list list = {0};
    if (film->studio->has_brief) count_units(&list, film->studio);
    add_phases(estimate, &list);
    *out = estimate;
    return CR_OK;
}

static void add_choice(cJSON *choices, const char *value, const char *label, cr_money cost)
{
    cJSON *choice = cJSON_CreateObject();
    cJSON_AddStringToObject(choice, "value", value);
    cJSON_AddStringToObject(choice, "label", label);
    add_dollars(choice, "cost", cost);
    cJSON_AddItemToArray(choices, choice);
}

// Who else could make it; NULL: nobody.
static cJSON *other_makers(const cr_studio *studio, const cr_unit *unit)
{
    const cr_registry *registry = studio->desc.registry;
    cJSON *choices = cJSON_CreateArray();
    add_choice(choices, "retry", "Try again", price_of(studio, unit->provider, unit->input));
    for (int i = 0; i < registry->count; i++) {
        const cr_provider *provider = &registry->providers[i];
        if (provider != unit->provider && strcmp(provider->kind, unit->kind) == 0)
            add_choice(choices, provider->id, provider->label,
                       price_of(studio, provider, unit->input));
    }
    if (cJSON_GetArraySize(choices) > 1) return choices;
    cJSON_Delete(choices);
    return NULL;
}

cJSON *cr_film_decisions(const cr_film *film)
{
    const cr_studio *studio = film->studio;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < studio->graph.unit_count; i++) {
        const cr_unit *unit = &studio->graph.units[i];
        if (unit->state != CR_UNIT_FAILED || !unit->provider) continue;
        cJSON *choices = other_makers(studio, unit);
        if (!choices) continue;
        cJSON *one = cJSON_CreateObject();
        cJSON_AddStringToObject(one, "unit", unit->id);
        if (unit->scene) cr_json_add_int(one, "scene", unit->scene);
        const char *error = unit->job->error;
        size_t length = strlen(error);
        while (length && (error[length - 1] == '.' || error[length - 1] == ' '))
            length--;
        char *text = cr_format("%.*s. Who shall make it?", (int)length, error);
        cJSON_AddStringToObject(one, "text", text);
        cr_free(text);
        cJSON_AddItemToObject(one, "choices", choices);
        cJSON_AddItemToArray(list, one);
    }
    if (list->child) return list;
    cJSON_Delete(list);
    return NULL;
}
