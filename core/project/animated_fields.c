#include <string.h>

#include "base/vec.h"
#include "project/fields.h"

static const cr_number curve_y_max = 10 * CR_ONE;

static cr_status read_choice(cr_number *out, const cJSON *json, const cr_param_spec *spec,
                             const cr_json_place *place, cr_fault *fault)
{
    enum { choices_max = 64 };
    cr_name names[choices_max + 1] = {{NULL, 0}};
    for (int i = 0; spec->choices[i] && i < choices_max; i++)
        names[i] = (cr_name){spec->choices[i], i};
    int index;
    cr_status status = cr_value_read_enum(&index, json, names, place, fault);
    if (status == CR_OK) *out = index * CR_ONE;
    return status;
}

static cr_status read_value(cr_number *out, const cJSON *json, const cr_param_spec *spec,
                            const cr_json_place *place, cr_fault *fault)
{
    uint32_t color;
    cr_status status;
    switch (spec->type) {
    case CR_PARAM_COLOR:
        status = cr_value_read_color(&color, json, place, fault);
        if (status == CR_OK) *out = color * CR_ONE;
        return status;
    case CR_PARAM_CHOICE:
        return read_choice(out, json, spec, place, fault);
    case CR_PARAM_BOOL:
        if (!cJSON_IsBool(json))
            return cr_json_fail(fault, CR_INVALID, place, NULL, "must be true or false");
        *out = cJSON_IsTrue(json) ? CR_ONE : 0;
        return CR_OK;
    case CR_PARAM_NUMBER:
    case CR_PARAM_NONE:
        break;
    }
    return cr_value_read_number(out, json, spec->min, spec->max, place, fault);
}

static cJSON *write_value(cr_number value, const cr_param_spec *spec)
{
    switch (spec->type) {
    case CR_PARAM_COLOR:
        return cr_value_write_color((uint32_t)(value / CR_ONE));
    case CR_PARAM_CHOICE:
        return cJSON_CreateString(spec->choices[value / CR_ONE]);
    case CR_PARAM_BOOL:
        return cJSON_CreateBool(value != 0);
    case CR_PARAM_NUMBER:
    case CR_PARAM_NONE:
        break;
    }
    return cr_value_write_number(value);
}

static cr_status read_at(void *noun, const cJSON *json, const cr_json_place *place, cr_fault *fault)
{
    cr_keyframe *keyframe = noun;
    return cr_value_read_ticks(&keyframe->at, json, -CR_TICKS_MAX, CR_TICKS_MAX, place, fault);
}

static cJSON *write_at(const void *noun)
{
    return cr_value_write_ticks(((const cr_keyframe *)noun)->at);
}

static cr_status read_curve(void *noun, const cJSON *json, const cr_json_place *place,
                            cr_fault *fault)
{
    cr_keyframe *keyframe = noun;
    if (!cJSON_IsArray(json) || cJSON_GetArraySize(json) != 4)
        return cr_json_fail(fault, CR_INVALID, place, NULL,
                            "must be a list of four numbers: x1, y1, x2, y2");
    size_t index = 0;
    for (const cJSON *item = json->child; item; item = item->next, index++) {
        cr_json_place below = {place, NULL, index};
        bool is_x = index % 2 == 0;
        cr_status status =
            cr_value_read_number(&keyframe->curve[index], item, is_x ? 0 : -curve_y_max,
                                 is_x ? CR_ONE : curve_y_max, &below, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cJSON *write_curve(const void *noun)
{
    const cr_keyframe *keyframe = noun;
    if (keyframe->easing != CR_EASING_BEZIER) return NULL;
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < 4; i++)
        cJSON_AddItemToArray(list, cr_value_write_number(keyframe->curve[i]));
    return list;
}

// The value's type depends on the parameter: it is read and written around the table.
static cr_status skip_value(void *noun, const cJSON *json, const cr_json_place *place,
                            cr_fault *fault)
{
    (void)noun, (void)json, (void)place, (void)fault;
    return CR_OK;
}

static cJSON *write_nothing(const void *noun)
{
    (void)noun;
    return NULL;
}

static const cr_keyframe keyframe_defaults = {.easing = CR_EASING_LINEAR};

static const cr_field keyframe_fields[] = {
    {.name = "at",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_REQUIRED,
     .read = read_at,
     .write = write_at},
    {.name = "value",
     .type = CR_FIELD_OWN,
     .flags = CR_FIELD_REQUIRED,
     .read = skip_value,
     .write = write_nothing},
    {.name = "easing",
     .type = CR_FIELD_ENUM,
     .offset = offsetof(cr_keyframe, easing),
     .names = cr_easing_names},
    {.name = "curve", .type = CR_FIELD_OWN, .read = read_curve, .write = write_curve},
};

static const cr_spec keyframe_spec = {"keyframe", keyframe_fields,
                                      sizeof keyframe_fields / sizeof keyframe_fields[0],
                                      &keyframe_defaults, offsetof(cr_keyframe, extra)};

static cr_status read_keyframe(cr_keyframe *keyframe, const cJSON *json, const cr_param_spec *spec,
                               const cr_json_place *place, cr_fault *fault)
{
    cr_status status =
        cr_fields_read(&keyframe_spec, keyframe, json, CR_FIELDS_WHOLE, place, fault);
    if (status != CR_OK) return status;
    cr_json_place below = {place, "value", 0};
    status = read_value(&keyframe->value, cJSON_GetObjectItemCaseSensitive(json, "value"), spec,
                        &below, fault);
    if (status != CR_OK) return status;
    bool has_curve = cJSON_GetObjectItemCaseSensitive(json, "curve");
    if (has_curve != (keyframe->easing == CR_EASING_BEZIER))
        return cr_json_fail(fault, CR_INVALID, place, has_curve ? "curve" : "easing",
                            "a curve goes with the easing \"bezier\", and with no other");
    return CR_OK;
}

static cr_status read_keyframes(cr_animated *animated, const cJSON *json, const cr_param_spec *spec,
                                const cr_json_place *place, cr_fault *fault)
{
    int room = 0;
    for (const cJSON *item = json->child; item; item = item->next) {
        int index = animated->keyframe_count;
        cr_json_place below = {place, NULL, (size_t)index};
        if (index == CR_KEYFRAMES_MAX)
            return cr_json_fail(fault, CR_LIMIT, place, NULL, "has more than %d keyframes",
                                CR_KEYFRAMES_MAX);
        CR_VEC_ADD(animated->keyframes, animated->keyframe_count, room, keyframe_defaults);
        cr_keyframe *keyframe = &animated->keyframes[index];
        cr_status status = read_keyframe(keyframe, item, spec, &below, fault);
        if (status != CR_OK) return status;
        if (index && keyframe->at <= keyframe[-1].at)
            return cr_json_fail(fault, CR_INVALID, &below, "at",
                                "keyframes must rise in time: %lld comes after %lld",
                                (long long)keyframe->at, (long long)keyframe[-1].at);
    }
    animated->value = animated->keyframes[0].value;
    return CR_OK;
}

cr_status cr_animated_read(cr_animated *out, const cJSON *json, const cr_param_spec *spec,
                           const cr_json_place *place, cr_fault *fault)
{
    cr_animated animated = {0};
    cr_status status;
    if (!cJSON_IsArray(json)) {
        status = read_value(&animated.value, json, spec, place, fault);
    } else if (!spec->is_animatable) {
        status = cr_json_fail(fault, CR_INVALID, place, NULL, "cannot have keyframes");
    } else if (!json->child) {
        status = cr_json_fail(fault, CR_INVALID, place, NULL,
                              "a list of keyframes cannot be empty: write the value itself");
    } else {
        status = read_keyframes(&animated, json, spec, place, fault);
    }
    if (status != CR_OK) {
        cr_animated_free(&animated);
        return status;
    }
    cr_animated_free(out);
    *out = animated;
    return CR_OK;
}

static cJSON *write_keyframe(const cr_keyframe *keyframe, const cr_param_spec *spec)
{
    cJSON *rest = cr_fields_write(&keyframe_spec, keyframe, true);
    cJSON *json = cJSON_CreateObject();
    // The time is first; the value goes behind it.
    for (bool is_first = true; rest->child; is_first = false) {
        cJSON *member = cJSON_DetachItemViaPointer(rest, rest->child);
        cJSON_AddItemToObject(json, member->string, member);
        if (is_first) cJSON_AddItemToObjectCS(json, "value", write_value(keyframe->value, spec));
    }
    cJSON_Delete(rest);
    return json;
}

cJSON *cr_animated_write(const cr_animated *animated, const cr_param_spec *spec)
{
    if (!animated->keyframe_count)
        return animated->value == spec->fallback ? NULL : write_value(animated->value, spec);
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < animated->keyframe_count; i++) {
        const cr_keyframe *keyframe = &animated->keyframes[i];
        cJSON *json = write_keyframe(keyframe, spec);
        cJSON_AddItemToArray(list, json);
    }
    return list;
}
