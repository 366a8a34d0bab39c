#include "studio/board.h"

#include <string.h>

#include "base/vec.h"
#include "studio/graph_inputs.h"

cr_scene cr_scene_copy(const cr_scene *from)
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
    copy.extras = cJSON_Duplicate(from->extras, true);
    return copy;
}

void cr_scene_clear(cr_scene *scene)
{
    cr_scene *only = cr_alloc(1, sizeof *only);
    *only = *scene;
    cr_scene_list list = {1, only};
    cr_scene_list_free(&list);
    *scene = (cr_scene){0};
}

static int64_t int_of(const cJSON *object, const char *key, int64_t fallback)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(member) ? (int64_t)member->valuedouble : fallback;
}

int64_t cr_scene_extra_int(const cr_scene *scene, const char *key, int64_t fallback)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(scene->extras, key);
    if (cJSON_IsBool(member)) return cJSON_IsTrue(member);
    return int_of(scene->extras, key, fallback);
}

const char *cr_scene_extra_text(const cr_scene *scene, const char *key)
{
    return cr_member_text(scene->extras, key);
}

void cr_scene_extra_set(cr_scene *scene, const char *key, cJSON *value)
{
    if (!scene->extras) scene->extras = cJSON_CreateObject();
    cJSON_DeleteItemFromObjectCaseSensitive(scene->extras, key);
    if (value) cJSON_AddItemToObject(scene->extras, key, value);
    if (scene->extras->child) return;
    cJSON_Delete(scene->extras);
    scene->extras = NULL;
}

int cr_scene_look(const cr_scene *scene)
{
    return (int)cr_scene_extra_int(scene, "look", scene->number);
}

const char *cr_scene_model(const cr_scene *scene, const char *list, const char *kind)
{
    return cr_member_text(cJSON_GetObjectItemCaseSensitive(scene->extras, list), kind);
}

void cr_scene_model_set(cr_scene *scene, const char *list, const char *kind, const char *id)
{
    const cJSON *now = cJSON_GetObjectItemCaseSensitive(scene->extras, list);
    cJSON *models = now ? cJSON_Duplicate(now, true) : cJSON_CreateObject();
    cJSON_DeleteItemFromObjectCaseSensitive(models, kind);
    if (id[0]) cJSON_AddStringToObject(models, kind, id);
    if (!models->child) {
        cJSON_Delete(models);
        models = NULL;
    }
    cr_scene_extra_set(scene, list, models);
}

cJSON *cr_board_write(const cr_scene *scene)
{
    cJSON *out = cJSON_CreateObject();
    cr_json_add_int(out, "number", scene->number);
    cJSON_AddStringToObject(out, "heading", scene->heading);
    cJSON_AddStringToObject(out, "narration", scene->narration);
    cJSON_AddStringToObject(out, "visual", scene->visual);
    cJSON_AddStringToObject(out, "shot", scene->shot);
    cJSON_AddStringToObject(out, "on_screen", scene->on_screen);
    cJSON_AddBoolToObject(out, "is_presenter", scene->is_presenter);
    cr_json_add_int(out, "variant", scene->variant);
    cJSON_AddStringToObject(out, "note", scene->note);
    cr_json_add_int(out, "words_plan", scene->words_plan);
    if (scene->base) cJSON_AddItemToObject(out, "base", cJSON_Duplicate(scene->base, true));
    if (scene->extras) cJSON_AddItemToObject(out, "extras", cJSON_Duplicate(scene->extras, true));
    return out;
}

static cJSON *copy_member(const cJSON *from, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(from, key);
    return cJSON_IsObject(member) ? cJSON_Duplicate(member, true) : NULL;
}

static cr_scene read_scene(const char *script, const cJSON *from)
{
    return (cr_scene){
        .script = cr_strdup(script),
        .number = (int)int_of(from, "number", 0),
        .heading = cr_strdup(cr_member_text(from, "heading")),
        .narration = cr_strdup(cr_member_text(from, "narration")),
        .visual = cr_strdup(cr_member_text(from, "visual")),
        .shot = cr_strdup(cr_member_text(from, "shot")),
        .on_screen = cr_strdup(cr_member_text(from, "on_screen")),
        .is_presenter = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(from, "is_presenter")),
        .variant = (int)int_of(from, "variant", 0),
        .note = cr_strdup(cr_member_text(from, "note")),
        .base = copy_member(from, "base"),
        .words_plan = (int)int_of(from, "words_plan", 0),
        .extras = copy_member(from, "extras"),
    };
}

// The scenes of one entry, behind what the list has.
static cr_status add_entry(const cJSON *entry, cr_scene_list *list, int *room, cr_fault *fault)
{
    const cJSON *scenes = cJSON_GetObjectItemCaseSensitive(entry, "scenes"), *scene;
    int first = list->count;
    cJSON_ArrayForEach(scene, scenes)
    {
        CR_VEC_GROW(list->scenes, list->count, *room);
        list->scenes[list->count++] = read_scene(entry->string, scene);
        int number = list->scenes[list->count - 1].number;
        bool is_other = number > 0;
        for (int i = first; i < list->count - 1; i++)
            is_other = is_other && list->scenes[i].number != number;
        if (!is_other)
            return cr_fail(fault, CR_CORRUPT, "/board", "scene %d is there twice, or is none",
                           number);
    }
    if (list->count > first) return CR_OK;
    return cr_fail(fault, CR_CORRUPT, "/board", "a script has lost its scenes");
}

cr_status cr_board_scenes(const cJSON *board, const cr_scene_list *written, cr_scene_list *out,
                          cr_fault *fault)
{
    cr_scene_list list = {0};
    int room = 0;
    cr_status status = CR_OK;
    for (int i = 0; i < written->count; i++) {
        const cr_scene *scene = &written->scenes[i];
        if (cJSON_GetObjectItemCaseSensitive(board, scene->script)) continue;
        CR_VEC_GROW(list.scenes, list.count, room);
        list.scenes[list.count++] = cr_scene_copy(scene);
    }
    const cJSON *entry;
    cJSON_ArrayForEach(entry, board)
    {
        if (status == CR_OK) status = add_entry(entry, &list, &room, fault);
    }
    if (status == CR_OK)
        *out = list;
    else
        cr_scene_list_free(&list);
    return status;
}

cJSON *cr_board_entry(cJSON *board, const char *script, const cr_scene_list *scenes)
{
    cJSON *entry = cJSON_GetObjectItemCaseSensitive(board, script);
    if (entry) return entry;
    entry = cJSON_AddObjectToObject(board, script);
    cJSON *list = cJSON_AddArrayToObject(entry, "scenes");
    cJSON_AddArrayToObject(entry, "removed");
    int last = 0;
    for (int i = 0; i < scenes->count; i++) {
        const cr_scene *scene = &scenes->scenes[i];
        if (strcmp(scene->script, script) != 0) continue;
        cJSON_AddItemToArray(list, cr_board_write(scene));
        if (scene->number > last) last = scene->number;
    }
    cr_json_add_int(entry, "last", last);
    return entry;
}

int cr_board_find(const cJSON *scenes, int number)
{
    int index = 0;
    const cJSON *scene;
    cJSON_ArrayForEach(scene, scenes)
    {
        if (int_of(scene, "number", 0) == number) return index;
        index++;
    }
    return -1;
}
