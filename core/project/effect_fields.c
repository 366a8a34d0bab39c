// Effects and transitions: a kind from the catalog, and its parameters by name.
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "project/fields.h"

static cr_status unknown_kind(const cJSON *json, const char *noun, const cr_catalog_entry *all,
                              int count, const cr_json_place *place, cr_fault *fault)
{
    cr_str names = {0};
    for (int i = 0; i < count; i++)
        cr_str_addf(&names, "%s%s", i ? ", " : "", all[i].id);
    cr_status status =
        cr_json_fail(fault, CR_INVALID, place, NULL, "there is no %s \"%s\"; there are %s", noun,
                     cJSON_IsString(json) ? json->valuestring : "", cr_str_text(&names));
    cr_str_free(&names);
    return status;
}

// Parameters that the entry does not have are kept under [extra]/params.
static void keep_unknown(cJSON **extra, const cr_catalog_entry *entry, const cJSON *params)
{
    cJSON *unknown = cJSON_CreateObject();
    for (const cJSON *param = params ? params->child : NULL; param; param = param->next) {
        bool is_known = false;
        for (int i = 0; i < entry->param_count; i++)
            is_known = is_known || strcmp(entry->params[i].id, param->string) == 0;
        if (!is_known) cJSON_AddItemToObject(unknown, param->string, cJSON_Duplicate(param, true));
    }
    if (*extra) cJSON_DeleteItemFromObjectCaseSensitive(*extra, "params");
    if (unknown->child) {
        if (!*extra) *extra = cJSON_CreateObject();
        cJSON_AddItemToObject(*extra, "params", unknown);
    } else {
        cJSON_Delete(unknown);
    }
}

static cr_status read_params(const cr_catalog_entry *entry, cr_animated *params, cJSON **extra,
                             bool is_animatable, const cJSON *json, const cr_json_place *place,
                             cr_fault *fault)
{
    if (json && !cJSON_IsObject(json))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "must be an object");
    // Without a kind the whole is refused for that.
    if (!entry) return CR_OK;
    for (int i = 0; i < entry->param_count; i++) {
        cr_param_spec spec = entry->params[i];
        spec.is_animatable = spec.is_animatable && is_animatable;
        const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, spec.id);
        if (value) {
            cr_json_place below = {place, spec.id, 0};
            cr_status status = cr_animated_read(&params[i], value, &spec, &below, fault);
            if (status != CR_OK) return status;
        } else {
            cr_animated_free(&params[i]);
            params[i].value = spec.fallback;
        }
    }
    keep_unknown(extra, entry, json);
    return CR_OK;
}

static cJSON *write_params(const cr_catalog_entry *entry, const cr_animated *params,
                           const cJSON *extra)
{
    cJSON *object = cJSON_CreateObject();
    for (int i = 0; i < entry->param_count; i++) {
        cJSON *value = cr_animated_write(&params[i], &entry->params[i]);
        if (value) cJSON_AddItemToObjectCS(object, entry->params[i].id, value);
    }
    const cJSON *unknown = cJSON_GetObjectItemCaseSensitive(extra, "params");
    for (const cJSON *param = unknown ? unknown->child : NULL; param; param = param->next)
        cJSON_AddItemToObject(object, param->string, cJSON_Duplicate(param, true));
    if (object->child) return object;
    cJSON_Delete(object);
    return NULL;
}

// --- effects

static cr_status read_effect_kind(void *noun, const cJSON *json, const cr_json_place *place,
                                  cr_fault *fault)
{
    cr_effect *effect = noun;
    const cr_catalog_entry *entry =
        cJSON_IsString(json) ? cr_catalog_effect(json->valuestring) : NULL;
    if (!entry) {
        int count;
        const cr_catalog_entry *all = cr_catalog_effects(&count);
        return unknown_kind(json, "effect", all, count, place, fault);
    }
    effect->entry = entry;
    return read_params(entry, effect->params, &effect->extra, true, NULL, place, fault);
}

static cJSON *write_effect_kind(const void *noun)
{
    return cJSON_CreateString(((const cr_effect *)noun)->entry->id);
}

static cr_status read_effect_params(void *noun, const cJSON *json, const cr_json_place *place,
                                    cr_fault *fault)
{
    cr_effect *effect = noun;
    return read_params(effect->entry, effect->params, &effect->extra, true, json, place, fault);
}

static cJSON *write_effect_params(const void *noun)
{
    const cr_effect *effect = noun;
    return write_params(effect->entry, effect->params, effect->extra);
}

static const cr_effect effect_defaults = {0};

static const cr_field effect_fields[] = {
    {.name = "kind",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_FIRST | CR_FIELD_REQUIRED,
     .read = read_effect_kind,
     .write = write_effect_kind},
    {.name = "id",
     .type = CR_FIELD_ID,
     .flags = CR_FIELD_REQUIRED,
     .offset = offsetof(cr_effect, id)},
    {.name = "off", .type = CR_FIELD_BOOL, .offset = offsetof(cr_effect, is_off)},
    {.name = "params",
     .type = CR_FIELD_OWN,
     .read = read_effect_params,
     .write = write_effect_params},
};

const cr_spec cr_effect_spec = {"effect", effect_fields,
                                sizeof effect_fields / sizeof effect_fields[0], &effect_defaults,
                                offsetof(cr_effect, extra)};

// --- transitions

static cr_status read_transition_params(void *noun, const cJSON *json, const cr_json_place *place,
                                        cr_fault *fault)
{
    cr_transition *transition = noun;
    cr_animated params[CR_EFFECT_PARAMS_MAX] = {{0}};
    cr_status status =
        read_params(transition->entry, params, &transition->extra, false, json, place, fault);
    for (int i = 0; i < CR_EFFECT_PARAMS_MAX && status == CR_OK; i++)
        transition->params[i] = params[i].value;
    return status;
}

static cJSON *write_transition_params(const void *noun)
{
    const cr_transition *transition = noun;
    cr_animated params[CR_EFFECT_PARAMS_MAX] = {{0}};
    for (int i = 0; i < CR_EFFECT_PARAMS_MAX; i++)
        params[i].value = transition->params[i];
    return write_params(transition->entry, params, transition->extra);
}

static cr_status read_transition_kind(void *noun, const cJSON *json, const cr_json_place *place,
                                      cr_fault *fault)
{
    cr_transition *transition = noun;
    const cr_catalog_entry *entry =
        cJSON_IsString(json) ? cr_catalog_transition(json->valuestring) : NULL;
    if (!entry) {
        int count;
        const cr_catalog_entry *all = cr_catalog_transitions(&count);
        return unknown_kind(json, "transition", all, count, place, fault);
    }
    transition->entry = entry;
    return read_transition_params(noun, NULL, place, fault);
}

static cJSON *write_transition_kind(const void *noun)
{
    return cJSON_CreateString(((const cr_transition *)noun)->entry->id);
}

#define AT(member) offsetof(cr_transition, member)

static const cr_transition transition_defaults = {.easing = CR_EASING_LINEAR};

static const cr_field transition_fields[] = {
    {.name = "kind",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_FIRST | CR_FIELD_REQUIRED,
     .read = read_transition_kind,
     .write = write_transition_kind},
    {.name = "id", .type = CR_FIELD_ID, .flags = CR_FIELD_REQUIRED, .offset = AT(id)},
    {.name = "from", .type = CR_FIELD_REF, .offset = AT(from)},
    {.name = "to", .type = CR_FIELD_REF, .offset = AT(to)},
    {.name = "start",
     .type = CR_FIELD_TICKS,
     .flags = CR_FIELD_REQUIRED,
     .offset = AT(range.start),
     .max = CR_TICKS_MAX},
    {.name = "duration",
     .type = CR_FIELD_TICKS,
     .flags = CR_FIELD_REQUIRED,
     .offset = AT(range.duration),
     .min = 1,
     .max = CR_TICKS_MAX},
    {.name = "params",
     .type = CR_FIELD_OWN,
     .read = read_transition_params,
     .write = write_transition_params},
    {.name = "easing", .type = CR_FIELD_ENUM, .offset = AT(easing), .names = cr_easing_names},
};

const cr_spec cr_transition_spec = {"transition", transition_fields,
                                    sizeof transition_fields / sizeof transition_fields[0],
                                    &transition_defaults, AT(extra)};

cr_status cr_transition_read(cr_transition **out, const cJSON *json, const cr_json_place *place,
                             cr_fault *fault)
{
    cr_transition *transition = cr_transition_make();
    cr_status status =
        cr_fields_read(&cr_transition_spec, transition, json, CR_FIELDS_WHOLE, place, fault);
    if (status == CR_OK && transition->easing == CR_EASING_BEZIER)
        status = cr_json_fail(fault, CR_INVALID, place, "easing",
                              "a transition cannot have a curve of its own");
    if (status != CR_OK) {
        cr_transition_drop(transition);
        return status;
    }
    *out = transition;
    return CR_OK;
}
