// Scenes come, go, change places, and are split and merged. See board.h for what is kept of it.
#include <string.h>

#include "base/mem.h"
#include "studio/board.h"
#include "studio/graph_inputs.h"
#include "studio/studio_state.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int count_words(const char *text)
{
    int count = 0;
    for (const char *c = text; *c; c++)
        count += !is_space(*c) && (c == text || is_space(c[-1]));
    return count;
}

// A board that is being changed, with the entry of the film's script.
typedef struct change {
    cJSON *board, *entry, *scenes, *removed;
} change;

static cr_status begin(const cr_studio *studio, change *out, cr_fault *fault)
{
    const cr_graph *graph = &studio->graph;
    if (graph->scene_count == 0)
        return cr_fail(fault, CR_CONFLICT, "",
                       "there are no scenes yet: the script is not written");
    const cJSON *now = studio->brief.board;
    out->board = now ? cJSON_Duplicate(now, true) : cJSON_CreateObject();
    out->entry = cr_board_entry(out->board, graph->scenes[0].scene->script, &studio->scenes);
    out->scenes = cJSON_GetObjectItemCaseSensitive(out->entry, "scenes");
    out->removed = cJSON_GetObjectItemCaseSensitive(out->entry, "removed");
    return CR_OK;
}

// Takes the board.
static cr_status end(cr_studio *studio, change *made, cr_status status, cr_fault *fault)
{
    if (status == CR_OK)
        return cr_studio_arrange(studio, made->board, cJSON_Duplicate(studio->brief.models, true),
                                 fault);
    cJSON_Delete(made->board);
    return status;
}

// A number that no scene of this script ever had.
static int new_number(const change *made)
{
    cJSON *last = cJSON_GetObjectItemCaseSensitive(made->entry, "last");
    int number = (int)cJSON_GetNumberValue(last) + 1;
    cJSON_SetNumberValue(last, number);
    return number;
}

static int number_at(const cJSON *scenes, int index)
{
    const cJSON *scene = cJSON_GetArrayItem(scenes, index);
    return (int)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(scene, "number"));
}

// Takes [scene], of which there is room for one more.
static cr_status insert(const change *made, int index, cJSON *scene, cr_fault *fault)
{
    if (cJSON_GetArraySize(made->scenes) >= CR_SCENES_MAX) {
        cJSON_Delete(scene);
        return cr_fail(fault, CR_LIMIT, "", "a film has at most %d scenes", CR_SCENES_MAX);
    }
    // Not by cJSON_InsertItemInArray: that of cJSON 1.7.17, and of Debian 12 which has its patch,
    // refuses every new item but at the front.
    int behind = cJSON_GetArraySize(made->scenes) - index;
    cJSON_AddItemToArray(made->scenes, scene);
    for (int i = 0; i < behind; i++)
        cJSON_AddItemToArray(made->scenes, cJSON_DetachItemFromArray(made->scenes, index));
    return CR_OK;
}

// Behind scene [after]: see cr_studio_scene_add. -1 and why.
static int place_after(const change *made, int after, cr_fault *fault)
{
    if (after == 0) return 0;
    if (after < 0) return cJSON_GetArraySize(made->scenes);
    int index = cr_board_find(made->scenes, after);
    if (index >= 0) return index + 1;
    (void)!cr_fail(fault, CR_NOTFOUND, "/after", "there is no scene %d in this film", after);
    return -1;
}

static cr_scene new_scene(const cr_studio *studio, int number, const cr_scene_edit *edit)
{
    const char *narration = edit->narration ? edit->narration : "";
    const char *visual = edit->visual ? edit->visual : "";
    return (cr_scene){
        .script = cr_strdup(studio->graph.scenes[0].scene->script),
        .number = number,
        .heading = cr_strdup(edit->heading ? edit->heading : ""),
        .narration = cr_strdup(narration),
        // What is said is the best guess at what to show.
        .visual = cr_strdup(visual[0] ? visual : narration),
        .shot = cr_strdup(edit->shot ? edit->shot : ""),
        .on_screen = cr_strdup(edit->on_screen ? edit->on_screen : ""),
        .is_presenter = edit->is_presenter && *edit->is_presenter,
        .note = cr_strdup(""),
        .words_plan = count_words(narration),
    };
}

cr_status cr_studio_scene_add(cr_studio *studio, int after, const cr_scene_edit *edit, int *number,
                              cr_fault *fault)
{
    change made;
    cr_status status = begin(studio, &made, fault);
    if (status != CR_OK) return status;
    int index = place_after(&made, after, fault);
    if (index < 0) return end(studio, &made, CR_NOTFOUND, fault);
    *number = new_number(&made);
    cr_scene scene = new_scene(studio, *number, edit);
    status = insert(&made, index, cr_board_write(&scene), fault);
    cr_scene_clear(&scene);
    return end(studio, &made, status, fault);
}

// Out of the film and among the removed, with its place.
static void take_out(const change *made, int index)
{
    int after = index > 0 ? number_at(made->scenes, index - 1) : 0;
    cJSON *scene = cJSON_DetachItemFromArray(made->scenes, index);
    cr_json_add_int(scene, "after", after);
    cJSON_AddItemToArray(made->removed, scene);
}

cr_status cr_studio_scene_remove(cr_studio *studio, int number, cr_fault *fault)
{
    if (!cr_studio_plan(studio, number, fault)) return CR_NOTFOUND;
    if (studio->graph.scene_count == 1)
        return cr_fail(fault, CR_CONFLICT, "", "a film has at least one scene");
    change made;
    cr_status status = begin(studio, &made, fault);
    if (status != CR_OK) return status;
    take_out(&made, cr_board_find(made.scenes, number));
    return end(studio, &made, CR_OK, fault);
}

cr_status cr_studio_scene_restore(cr_studio *studio, int number, cr_fault *fault)
{
    change made;
    cr_status status = begin(studio, &made, fault);
    if (status != CR_OK) return status;
    int found = cr_board_find(made.removed, number);
    if (found < 0) {
        status = cr_fail(fault, CR_NOTFOUND, "", "scene %d was not deleted", number);
        return end(studio, &made, status, fault);
    }
    cJSON *scene = cJSON_DetachItemFromArray(made.removed, found);
    cJSON *after = cJSON_DetachItemFromObjectCaseSensitive(scene, "after");
    int index = place_after(&made, (int)cJSON_GetNumberValue(after), NULL);
    cJSON_Delete(after);
    // Whoever stood before it may be gone by now.
    if (index < 0) index = cJSON_GetArraySize(made.scenes);
    return end(studio, &made, insert(&made, index, scene, fault), fault);
}

cr_status cr_studio_scene_order(cr_studio *studio, const int *numbers, int count, cr_fault *fault)
{
    change made;
    cr_status status = begin(studio, &made, fault);
    if (status != CR_OK) return status;
    int have = cJSON_GetArraySize(made.scenes);
    if (count != have)
        status = cr_fail(fault, CR_INVALID, "/order",
                         "names %d scenes; the film has %d, each to be named once", count, have);
    cJSON *ordered = cJSON_CreateArray();
    for (int i = 0; i < count && status == CR_OK; i++) {
        int index = cr_board_find(made.scenes, numbers[i]);
        if (index < 0)
            status = cr_fail(fault, CR_INVALID, "/order",
                             "names scene %d twice, or the film has none", numbers[i]);
        else
            cJSON_AddItemToArray(ordered, cJSON_DetachItemFromArray(made.scenes, index));
    }
    cJSON_ReplaceItemInObjectCaseSensitive(made.entry, "scenes", ordered);
    return end(studio, &made, status, fault);
}

static void set_text(char **text, char *taken)
{
    cr_free(*text);
    *text = taken;
}

// Without the blanks at both ends. Gives the text.
static char *trimmed(const char *text, size_t length)
{
    while (length && is_space(text[length - 1]))
        length--;
    while (length && is_space(*text)) {
        text++;
        length--;
    }
    return cr_strndup(text, length);
}

// The second half of [first], whose picture it shares unless it is to show something else.
static cr_scene second_half(const cr_scene *first, int number, const char *visual)
{
    cr_scene second = cr_scene_copy(first);
    second.number = number;
    set_text(&second.on_screen, cr_strdup(""));
    cr_scene_extra_set(&second, "voice_take", NULL);
    cr_scene_extra_set(&second, "motion_take", NULL);
    if (!visual) {
        cr_scene_extra_set(&second, "look", cJSON_CreateNumber(cr_scene_look(first)));
        return second;
    }
    set_text(&second.visual, cr_strdup(visual));
    set_text(&second.note, cr_strdup(""));
    cJSON_Delete(second.base);
    second.base = NULL;
    second.variant = 0;
    cr_scene_extra_set(&second, "look", NULL);
    cr_scene_extra_set(&second, "is_approved", NULL);
    return second;
}

cr_status cr_studio_scene_split(cr_studio *studio, int number, size_t at, const char *visual,
                                cr_fault *fault)
{
    const cr_scene_plan *plan = cr_studio_plan(studio, number, fault);
    if (!plan) return CR_NOTFOUND;
    const char *whole = plan->scene->narration;
    size_t length = strlen(whole);
    char *before = trimmed(whole, at < length ? at : length);
    char *after = trimmed(whole + (at < length ? at : length), at < length ? length - at : 0);
    change made;
    cr_status status = CR_OK;
    if (!before[0] || !after[0])
        status = cr_fail(fault, CR_INVALID, "/at", "there are no words on one side of it");
    if (status == CR_OK) status = begin(studio, &made, fault);
    if (status != CR_OK) {
        cr_free(before);
        cr_free(after);
        return status;
    }
    cr_scene first = cr_scene_copy(plan->scene);
    cr_scene_extra_set(&first, "seconds_ms", NULL);
    cr_scene second = second_half(&first, new_number(&made), visual);
    int words = count_words(before);
    int share = first.words_plan * words / (words + count_words(after));
    second.words_plan = first.words_plan - share;
    first.words_plan = share;
    set_text(&first.narration, before);
    set_text(&second.narration, after);
    int index = cr_board_find(made.scenes, number);
    cJSON_ReplaceItemInArray(made.scenes, index, cr_board_write(&first));
    status = insert(&made, index + 1, cr_board_write(&second), fault);
    cr_scene_clear(&first);
    cr_scene_clear(&second);
    return end(studio, &made, status, fault);
}

cr_status cr_studio_scene_merge(cr_studio *studio, int number, cr_fault *fault)
{
    const cr_scene_plan *plan = cr_studio_plan(studio, number, fault);
    if (!plan) return CR_NOTFOUND;
    const cr_graph *graph = &studio->graph;
    if (plan == &graph->scenes[graph->scene_count - 1])
        return cr_fail(fault, CR_CONFLICT, "", "no scene follows on scene %d", number);
    change made;
    cr_status status = begin(studio, &made, fault);
    if (status != CR_OK) return status;
    const cr_scene *next = plan[1].scene;
    cr_scene whole = cr_scene_copy(plan->scene);
    bool has_both = whole.narration[0] && next->narration[0];
    set_text(&whole.narration,
             cr_format("%s%s%s", whole.narration, has_both ? " " : "", next->narration));
    if (!whole.on_screen[0]) set_text(&whole.on_screen, cr_strdup(next->on_screen));
    whole.words_plan += next->words_plan;
    int index = cr_board_find(made.scenes, number);
    cJSON_ReplaceItemInArray(made.scenes, index, cr_board_write(&whole));
    // What the second showed can be had back.
    take_out(&made, index + 1);
    cr_scene_clear(&whole);
    return end(studio, &made, CR_OK, fault);
}

const cJSON *cr_studio_removed(const cr_studio *studio)
{
    if (studio->graph.scene_count == 0) return NULL;
    const char *script = studio->graph.scenes[0].scene->script;
    const cJSON *entry = cJSON_GetObjectItemCaseSensitive(studio->brief.board, script);
    return cJSON_GetObjectItemCaseSensitive(entry, "removed");
}

// The unit of [kind] of a scene, or NULL.
static const cr_unit *unit_of(const cr_graph *graph, const cr_scene_plan *plan, const char *kind)
{
    const int units[] = {plan->picture, plan->voice, plan->motion};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i] >= 0 && strcmp(graph->units[units[i]].kind, kind) == 0)
            return &graph->units[units[i]];
    return NULL;
}

// What is made already stays with who made it.
static void keep_makers(const cr_studio *studio, const change *made, const char *kind)
{
    const cr_graph *graph = &studio->graph;
    for (int i = 0; i < graph->scene_count; i++) {
        const cr_scene_plan *plan = &graph->scenes[i];
        const cr_unit *unit = unit_of(graph, plan, kind);
        if (!unit || unit->state != CR_UNIT_DONE || cr_scene_model(plan->scene, "models", kind)[0])
            continue;
        cr_scene scene = cr_scene_copy(plan->scene);
        cr_scene_model_set(&scene, "kept", kind, unit->provider->id);
        cJSON_ReplaceItemInArray(made->scenes, cr_board_find(made->scenes, scene.number),
                                 cr_board_write(&scene));
        cr_scene_clear(&scene);
    }
}

cr_status cr_studio_model_set(cr_studio *studio, const char *kind, const char *id, cr_fault *fault)
{
    const cr_provider *provider = cr_registry_by_id(studio->desc.registry, id);
    if (id[0] && (!provider || strcmp(provider->kind, kind) != 0))
        return cr_json_fail(fault, CR_INVALID, NULL, kind, "nobody called \"%.80s\" makes a %s", id,
                            kind);
    if (!studio->has_brief) return cr_fail(fault, CR_NOTFOUND, "", "this film has no brief yet");
    change made = {0};
    cr_status status = studio->graph.scene_count ? begin(studio, &made, fault) : CR_OK;
    if (status != CR_OK) return status;
    if (made.board)
        keep_makers(studio, &made, kind);
    else
        made.board = cJSON_Duplicate(studio->brief.board, true);
    const cJSON *now = studio->brief.models;
    cJSON *models = now ? cJSON_Duplicate(now, true) : cJSON_CreateObject();
    cJSON_DeleteItemFromObjectCaseSensitive(models, kind);
    if (id[0]) cJSON_AddStringToObject(models, kind, id);
    return cr_studio_arrange(studio, made.board, models, fault);
}
