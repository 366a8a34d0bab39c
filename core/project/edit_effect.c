#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "project/edit_op.h"
#include "project/fields.h"

static int find_effect(const cr_clip *clip, const char *id)
{
    for (int i = 0; i < clip->effect_count; i++)
        if (strcmp(clip->effects[i].id, id) == 0) return i;
    return -1;
}

// The clip, writable, and which of its effects the edit names.
static cr_status open_effect(const cr_edit *edit, cr_clip **clip, int *index)
{
    cr_spot spot;
    const char *id;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_text(edit, "effect", true, &id);
    if (status != CR_OK) return status;
    *index = find_effect(cr_draft_clip_at(edit->draft, spot), id);
    if (*index < 0)
        return cr_edit_fail(edit, CR_NOTFOUND, "effect", "clip \"%s\" has no effect \"%s\"",
                            cr_draft_clip_at(edit->draft, spot)->id, id);
    *clip = cr_draft_write_clip(edit->draft, spot);
    return CR_OK;
}

// Takes the effect out of its place and puts it elsewhere.
static void place_effect(cr_clip *clip, int from, int to)
{
    cr_effect effect = clip->effects[from];
    memmove(&clip->effects[from], &clip->effects[from + 1],
            (size_t)(clip->effect_count - from - 1) * sizeof effect);
    memmove(&clip->effects[to + 1], &clip->effects[to],
            (size_t)(clip->effect_count - to - 1) * sizeof effect);
    clip->effects[to] = effect;
}

cr_status cr_edit_add_effect(const cr_edit *edit)
{
    cr_spot spot;
    const cJSON *json;
    int index;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status == CR_OK) status = cr_edit_object(edit, "effect", &json);
    if (status != CR_OK) return status;
    status = cr_edit_index(edit, cr_draft_clip_at(edit->draft, spot)->effect_count, &index);
    if (status != CR_OK) return status;
    cr_clip *clip = cr_draft_write_clip(edit->draft, spot);
    if (clip->effect_count == CR_EFFECTS_MAX)
        return cr_edit_fail(edit, CR_LIMIT, "clip", "a clip has at most %d effects",
                            CR_EFFECTS_MAX);
    cr_json_place place = {edit->place, "effect", 0};
    cr_effect effect = {0};
    cr_text_set(&effect.id, "");
    status = cr_fields_read(&cr_effect_spec, &effect, json, CR_FIELDS_WHOLE, &place, edit->fault);
    if (status == CR_OK && find_effect(clip, effect.id) >= 0)
        status = cr_json_fail(edit->fault, CR_EXISTS, &place, "id",
                              "clip \"%s\" has an effect \"%s\" already", clip->id, effect.id);
    if (status != CR_OK) {
        cr_effect_clear(&effect);
        return status;
    }
    clip->effects =
        cr_realloc(clip->effects, (size_t)clip->effect_count + 1, sizeof *clip->effects);
    clip->effects[clip->effect_count++] = effect;
    place_effect(clip, clip->effect_count - 1, index);
    return CR_OK;
}

cr_status cr_edit_remove_effect(const cr_edit *edit)
{
    cr_clip *clip = NULL;
    int index;
    cr_status status = open_effect(edit, &clip, &index);
    if (status != CR_OK) return status;
    place_effect(clip, index, clip->effect_count - 1);
    cr_effect_clear(&clip->effects[--clip->effect_count]);
    return CR_OK;
}

cr_status cr_edit_move_effect(const cr_edit *edit)
{
    cr_clip *clip = NULL;
    int from, to;
    cr_status status = open_effect(edit, &clip, &from);
    if (status == CR_OK) status = cr_edit_index(edit, clip->effect_count - 1, &to);
    if (status == CR_OK) place_effect(clip, from, to);
    return status;
}

// Parameters that "values" does not name stay as they are, unlike in a file.
static cr_status set_params(cr_effect *effect, const cJSON *params, const cr_json_place *place,
                            cr_fault *fault)
{
    for (const cJSON *param = params->child; param; param = param->next) {
        int index = 0;
        while (index < effect->entry->param_count &&
               strcmp(effect->entry->params[index].id, param->string) != 0)
            index++;
        cr_json_place below = {place, param->string, 0};
        if (index == effect->entry->param_count)
            return cr_json_fail(fault, CR_NOTFOUND, &below, NULL,
                                "the effect \"%s\" has no such parameter", effect->entry->id);
        cr_status status = cr_animated_read(&effect->params[index], param,
                                            &effect->entry->params[index], &below, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_edit_set_effect(const cr_edit *edit)
{
    cr_clip *clip = NULL;
    int index;
    cr_status status = open_effect(edit, &clip, &index);
    if (status != CR_OK) return status;
    cr_effect *effect = &clip->effects[index];
    cr_json_place place = {edit->place, "values", 0};
    cr_json_place unset_place = {edit->place, "unset", 0}, params_place = {&place, "params", 0};
    const cJSON *unset = cJSON_GetObjectItemCaseSensitive(edit->json, "unset");
    if (unset) status = cr_fields_unset(&cr_effect_spec, effect, unset, &unset_place, edit->fault);
    const cJSON *values = cJSON_GetObjectItemCaseSensitive(edit->json, "values");
    if (status != CR_OK || !values) return status;
    cJSON *rest = cJSON_Duplicate(values, true);
    cJSON *params = cJSON_DetachItemFromObjectCaseSensitive(rest, "params");
    status = cr_fields_read(&cr_effect_spec, effect, rest, CR_FIELDS_CHANGE, &place, edit->fault);
    if (status == CR_OK && params && !cJSON_IsObject(params))
        status = cr_json_fail(edit->fault, CR_INVALID, &params_place, NULL, "must be an object");
    if (status == CR_OK && params) status = set_params(effect, params, &params_place, edit->fault);
    cJSON_Delete(params);
    cJSON_Delete(rest);
    return status;
}

// --- keyframes

// The parameter that the edit names, of the clip or of its effect.
static cr_status open_param(const cr_edit *edit, cr_animated **out, cr_param_spec *spec)
{
    const char *name;
    cr_status status = cr_edit_text(edit, "param", true, &name);
    if (status != CR_OK) return status;
    cr_clip *clip = NULL;
    if (cJSON_GetObjectItemCaseSensitive(edit->json, "effect")) {
        int index;
        status = open_effect(edit, &clip, &index);
        if (status != CR_OK) return status;
        cr_effect *effect = &clip->effects[index];
        for (int i = 0; i < effect->entry->param_count; i++) {
            if (strcmp(effect->entry->params[i].id, name) != 0) continue;
            *out = &effect->params[i];
            *spec = effect->entry->params[i];
            return CR_OK;
        }
    } else {
        cr_spot spot;
        status = cr_edit_clip(edit, "clip", &spot);
        if (status != CR_OK) return status;
        clip = cr_draft_write_clip(edit->draft, spot);
        if (cr_clip_param_find(clip, name, out, spec)) return CR_OK;
    }
    return cr_edit_fail(edit, CR_NOTFOUND, "param", "there is no parameter \"%s\"", name);
}

// Sets one keyframe through the reader of lists, so that there is one judge.
static cr_status replace_keyframes(const cr_edit *edit, cr_animated *animated,
                                   const cr_param_spec *spec, const cJSON *list)
{
    cr_json_place place = {edit->place, "keyframe", 0};
    cr_fault fault = {0};
    cr_status status = cr_animated_read(animated, list, spec, &place, &fault);
    // Its index in the list is no place in the edit.
    if (status != CR_OK) {
        const char *slash = strrchr(fault.where, '/');
        bool is_member = slash && (slash[1] < '0' || slash[1] > '9');
        char key[sizeof fault.where];
        snprintf(key, sizeof key, "%s", is_member ? slash + 1 : "");
        cr_json_fail(edit->fault, status, &place, is_member ? key : NULL, "%s", fault.text);
    }
    return status;
}

cr_status cr_edit_set_keyframe(const cr_edit *edit)
{
    cr_animated *animated;
    cr_param_spec spec;
    const cJSON *json;
    cr_status status = open_param(edit, &animated, &spec);
    if (status == CR_OK) status = cr_edit_object(edit, "keyframe", &json);
    if (status != CR_OK) return status;
    const cJSON *at = cJSON_GetObjectItemCaseSensitive(json, "at");
    cJSON *old =
        animated->keyframe_count ? cr_animated_write(animated, &spec) : cJSON_CreateArray();
    cJSON *list = cJSON_CreateArray();
    bool is_placed = false;
    while (old->child) {
        cJSON *other = cJSON_DetachItemViaPointer(old, old->child);
        double when = cJSON_GetObjectItemCaseSensitive(other, "at")->valuedouble;
        if (!is_placed && cJSON_IsNumber(at) && when >= at->valuedouble) {
            cJSON_AddItemToArray(list, cJSON_Duplicate(json, true));
            is_placed = true;
        }
        if (cJSON_IsNumber(at) && when == at->valuedouble)
            cJSON_Delete(other);
        else
            cJSON_AddItemToArray(list, other);
    }
    if (!is_placed) cJSON_AddItemToArray(list, cJSON_Duplicate(json, true));
    status = replace_keyframes(edit, animated, &spec, list);
    cJSON_Delete(old);
    cJSON_Delete(list);
    return status;
}

cr_status cr_edit_remove_keyframe(const cr_edit *edit)
{
    cr_animated *animated;
    cr_param_spec spec;
    cr_ticks at;
    cr_status status = open_param(edit, &animated, &spec);
    if (status == CR_OK) status = cr_edit_ticks(edit, "at", true, &at, NULL);
    if (status != CR_OK) return status;
    for (int i = 0; i < animated->keyframe_count; i++) {
        if (animated->keyframes[i].at != at) continue;
        // The last one leaves its value behind.
        animated->value = animated->keyframes[i].value;
        cJSON_Delete(animated->keyframes[i].extra);
        CR_LIST_REMOVE(animated->keyframes, animated->keyframe_count, i);
        if (animated->keyframe_count) animated->value = animated->keyframes[0].value;
        return CR_OK;
    }
    return cr_edit_fail(edit, CR_NOTFOUND, "at", "there is no keyframe at %lld", (long long)at);
}
