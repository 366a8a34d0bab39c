#include "project/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"

const cr_name cr_easing_names[] = {
    {"linear", CR_EASING_LINEAR},
    {"hold", CR_EASING_HOLD},
    {"in", CR_EASING_IN},
    {"out", CR_EASING_OUT},
    {"in-out", CR_EASING_IN_OUT},
    {"bezier", CR_EASING_BEZIER},
    {NULL, 0},
};

static const char *type_name(const cJSON *json)
{
    if (cJSON_IsNull(json)) return "null";
    if (cJSON_IsBool(json)) return "true or false";
    if (cJSON_IsNumber(json)) return "a number";
    if (cJSON_IsString(json)) return "a text";
    return cJSON_IsArray(json) ? "a list" : "an object";
}

static cr_status wrong_type(const cJSON *json, const char *wanted, const cr_json_place *place,
                            cr_fault *fault)
{
    return cr_json_fail(fault, CR_INVALID, place, NULL, "must be %s, not %s", wanted,
                        type_name(json));
}

cr_status cr_value_read_number(cr_number *out, const cJSON *json, cr_number min, cr_number max,
                               const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsNumber(json)) return wrong_type(json, "a number", place, fault);
    double value = json->valuedouble, one = (double)CR_ONE;
    if (!(value * one >= (double)min && value * one <= (double)max))
        return cr_json_fail(fault, CR_INVALID, place, NULL,
                            "must be from %.15g to %.15g, not %.15g", (double)min / one,
                            (double)max / one, value);
    *out = llround(value * one);
    return CR_OK;
}

cr_status cr_value_read_ticks(cr_ticks *out, const cJSON *json, cr_ticks min, cr_ticks max,
                              const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsNumber(json)) return wrong_type(json, "a whole number", place, fault);
    double value = json->valuedouble;
    if (value != floor(value))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "must be a whole number, not %.17g",
                            value);
    if (!(value >= (double)min && value <= (double)max))
        return cr_json_fail(fault, CR_INVALID, place, NULL, "must be from %lld to %lld, not %.17g",
                            (long long)min, (long long)max, value);
    *out = (cr_ticks)value;
    return CR_OK;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

cr_status cr_value_read_color(uint32_t *out, const cJSON *json, const cr_json_place *place,
                              cr_fault *fault)
{
    if (!cJSON_IsString(json)) return wrong_type(json, "a colour", place, fault);
    const char *text = json->valuestring;
    size_t length = strlen(text);
    uint32_t color = 0;
    bool is_good = text[0] == '#' && (length == 7 || length == 9);
    for (size_t i = 1; i < length && is_good; i++) {
        int digit = hex_digit(text[i]);
        is_good = digit >= 0;
        color = color << 4 | (uint32_t)(digit & 0xf);
    }
    if (!is_good)
        return cr_json_fail(fault, CR_INVALID, place, NULL,
                            "must be a colour such as \"#ff8800\" or \"#ff8800cc\"");
    *out = length == 7 ? color << 8 | 0xff : color;
    return CR_OK;
}

cr_status cr_value_read_enum(int *out, const cJSON *json, const cr_name *names,
                             const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsString(json)) return wrong_type(json, "a text", place, fault);
    for (int i = 0; names[i].name; i++) {
        if (strcmp(names[i].name, json->valuestring) == 0) {
            *out = names[i].value;
            return CR_OK;
        }
    }
    cr_str list = {0};
    for (int i = 0; names[i].name; i++)
        cr_str_addf(&list, "%s%s", i ? ", " : "", names[i].name);
    cr_status status = cr_json_fail(fault, CR_INVALID, place, NULL, "must be one of %s, not \"%s\"",
                                    cr_str_text(&list), json->valuestring);
    cr_str_free(&list);
    return status;
}

cJSON *cr_value_write_number(cr_number value)
{
    return cJSON_CreateNumber((double)value / (double)CR_ONE);
}

cJSON *cr_value_write_ticks(cr_ticks value)
{
    return cJSON_CreateNumber((double)value);
}

cJSON *cr_value_write_color(uint32_t color)
{
    char *text = cr_format("#%08x", (unsigned)color);
    cJSON *json = cJSON_CreateString(text);
    cr_free(text);
    return json;
}

cJSON *cr_value_write_enum(int value, const cr_name *names)
{
    for (int i = 0; names[i].name; i++)
        if (names[i].value == value) return cJSON_CreateString(names[i].name);
    CR_ASSERT(false && "an enum value that has no name");
    return NULL;
}

static cr_status read_text(char **out, const cJSON *json, const cr_field *field,
                           const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsString(json)) return wrong_type(json, "a text", place, fault);
    const char *text = json->valuestring;
    size_t length = strlen(text);
    bool is_id = field->type != CR_FIELD_TEXT;
    size_t max = is_id ? CR_ID_BYTES_MAX : (size_t)field->max;
    if (length > max)
        return cr_json_fail(fault, CR_LIMIT, place, NULL, "is %zu bytes long, at most %zu", length,
                            max);
    if (field->type == CR_FIELD_ID && length == 0)
        return cr_json_fail(fault, CR_INVALID, place, NULL, "an id cannot be empty");
    for (const char *c = text; is_id && *c; c++)
        if ((unsigned char)*c < 0x20)
            return cr_json_fail(fault, CR_INVALID, place, NULL,
                                "an id cannot hold control characters");
    cr_text_set(out, text);
    return CR_OK;
}

static void *at_offset(const void *noun, size_t offset)
{
    return (char *)(uintptr_t)noun + offset;
}

static cr_param_spec animated_spec(const cr_spec *spec, const cr_field *field)
{
    const cr_animated *defaults = at_offset(spec->defaults, field->offset);
    return (cr_param_spec){.id = field->name,
                           .type = CR_PARAM_NUMBER,
                           .min = field->min,
                           .max = field->max,
                           .fallback = defaults->value,
                           .is_animatable = true};
}

static cr_status read_field(const cr_spec *spec, const cr_field *field, void *noun,
                            const cJSON *json, const cr_json_place *place, cr_fault *fault)
{
    void *target = at_offset(noun, field->offset);
    cr_ticks whole = 0;
    switch (field->type) {
    case CR_FIELD_ID:
    case CR_FIELD_REF:
    case CR_FIELD_TEXT:
        return read_text(target, json, field, place, fault);
    case CR_FIELD_BOOL:
        if (!cJSON_IsBool(json)) return wrong_type(json, "true or false", place, fault);
        *(bool *)target = cJSON_IsTrue(json);
        return CR_OK;
    case CR_FIELD_INT: {
        cr_status status = cr_value_read_ticks(&whole, json, field->min, field->max, place, fault);
        if (status == CR_OK) *(int *)target = (int)whole;
        return status;
    }
    case CR_FIELD_TICKS:
        return cr_value_read_ticks(target, json, field->min, field->max, place, fault);
    case CR_FIELD_NUMBER:
        return cr_value_read_number(target, json, field->min, field->max, place, fault);
    case CR_FIELD_COLOR:
        return cr_value_read_color(target, json, place, fault);
    case CR_FIELD_ENUM:
        return cr_value_read_enum(target, json, field->names, place, fault);
    case CR_FIELD_ANIMATED: {
        cr_param_spec param = animated_spec(spec, field);
        return cr_animated_read(target, json, &param, place, fault);
    }
    case CR_FIELD_OWN:
        return field->read(noun, json, place, fault);
    case CR_FIELD_NONE:
        break;
    }
    CR_ASSERT(false && "a field without a type");
    return CR_INVALID;
}

static void reset_field(const cr_spec *spec, const cr_field *field, void *noun)
{
    void *target = at_offset(noun, field->offset);
    const void *source = at_offset(spec->defaults, field->offset);
    switch (field->type) {
    case CR_FIELD_ID:
    case CR_FIELD_REF:
    case CR_FIELD_TEXT:
        cr_text_set(target, "");
        return;
    case CR_FIELD_BOOL:
        *(bool *)target = *(const bool *)source;
        return;
    case CR_FIELD_INT:
    case CR_FIELD_ENUM:
        *(int *)target = *(const int *)source;
        return;
    case CR_FIELD_TICKS:
    case CR_FIELD_NUMBER:
        *(int64_t *)target = *(const int64_t *)source;
        return;
    case CR_FIELD_COLOR:
        *(uint32_t *)target = *(const uint32_t *)source;
        return;
    case CR_FIELD_ANIMATED:
        cr_animated_free(target);
        *(cr_animated *)target = *(const cr_animated *)source;
        return;
    case CR_FIELD_OWN:
        (void)field->read(noun, NULL, NULL, NULL);
        return;
    case CR_FIELD_NONE:
        return;
    }
}

// Members mostly stand in the table's order: the search begins where the last one was found.
static int find_field(const cr_spec *spec, const char *name, int from)
{
    for (int i = 0; i < spec->field_count; i++) {
        int index = from + i < spec->field_count ? from + i : from + i - spec->field_count;
        if (strcmp(spec->fields[index].name, name) == 0) return index;
    }
    return -1;
}

typedef struct named {
    cJSON *member;
    size_t age; // the higher, the newer
} named;

static int compare_named(const void *left, const void *right)
{
    const named *a = left, *b = right;
    int order = strcmp(a->member->string, b->member->string);
    return order ? order : (a->age > b->age) - (a->age < b->age);
}

static void take_members(cJSON *object, named **list, size_t *count, size_t *room)
{
    while (object && object->child) {
        cJSON *member = cJSON_DetachItemViaPointer(object, object->child);
        named one = {member, *count};
        CR_VEC_ADD(*list, *count, *room, one);
    }
    cJSON_Delete(object);
}

// Takes [unknown]. Kept members are sorted by name, so that the order of edits leaves no trace.
static void merge_extra(cJSON **extra, cJSON *unknown)
{
    if (!unknown) return;
    named *list = NULL;
    size_t count = 0, room = 0;
    take_members(*extra, &list, &count, &room);
    take_members(unknown, &list, &count, &room);
    if (count > 1) qsort(list, count, sizeof *list, compare_named);
    *extra = cJSON_CreateObject();
    for (size_t i = 0; i < count; i++) {
        cJSON *member = list[i].member;
        bool is_newest = i + 1 == count || strcmp(member->string, list[i + 1].member->string) != 0;
        if (is_newest)
            cJSON_AddItemToObject(*extra, member->string, member);
        else
            cJSON_Delete(member);
    }
    cr_free(list);
}

static cr_status read_member(const cr_spec *spec, int index, void *noun, const cJSON *member,
                             cr_fields_mode mode, const cr_json_place *place, cr_fault *fault)
{
    const cr_field *field = &spec->fields[index];
    cr_json_place below = {place, field->name, 0};
    if (mode == CR_FIELDS_CHANGE && field->type == CR_FIELD_ID)
        return cr_json_fail(fault, CR_INVALID, &below, NULL, "an id cannot be changed");
    if (mode == CR_FIELDS_CHANGE && (field->flags & CR_FIELD_LIST))
        return cr_json_fail(fault, CR_INVALID, &below, NULL,
                            "cannot be set as a whole: there are edits for what it holds");
    return read_field(spec, field, noun, member, &below, fault);
}

cr_status cr_fields_read(const cr_spec *spec, void *noun, const cJSON *json, cr_fields_mode mode,
                         const cr_json_place *place, cr_fault *fault)
{
    CR_ASSERT(spec->field_count <= 64);
    if (!cJSON_IsObject(json)) return wrong_type(json, "an object", place, fault);
    uint64_t seen = 0;
    for (int i = 0; i < spec->field_count && (spec->fields[i].flags & CR_FIELD_FIRST); i++) {
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(json, spec->fields[i].name);
        if (!member) continue;
        seen |= UINT64_C(1) << i;
        cr_status status = read_member(spec, i, noun, member, mode, place, fault);
        if (status != CR_OK) return status;
    }
    int index = 0;
    cJSON *unknown = NULL;
    cr_status status = CR_OK;
    for (const cJSON *member = json->child; member && status == CR_OK; member = member->next) {
        int found = find_field(spec, member->string, index);
        if (found < 0) {
            if (!unknown) unknown = cJSON_CreateObject();
            cJSON_AddItemToObject(unknown, member->string, cJSON_Duplicate(member, true));
            continue;
        }
        index = found + 1 < spec->field_count ? found + 1 : 0;
        if (spec->fields[found].flags & CR_FIELD_FIRST) continue;
        seen |= UINT64_C(1) << found;
        status = read_member(spec, found, noun, member, mode, place, fault);
    }
    merge_extra(at_offset(noun, spec->extra_offset), unknown);
    if (status != CR_OK) return status;
    if (mode != CR_FIELDS_WHOLE) return CR_OK;
    for (int i = 0; i < spec->field_count; i++)
        if ((spec->fields[i].flags & CR_FIELD_REQUIRED) && !(seen >> i & 1))
            return cr_json_fail(fault, CR_INVALID, place, spec->fields[i].name,
                                "is missing: a %s must have it", spec->noun);
    return CR_OK;
}

cr_status cr_fields_unset(const cr_spec *spec, void *noun, const cJSON *names,
                          const cr_json_place *place, cr_fault *fault)
{
    if (!cJSON_IsArray(names)) return wrong_type(names, "a list of names", place, fault);
    size_t at = 0;
    for (const cJSON *name = names->child; name; name = name->next) {
        cr_json_place below = {place, NULL, at++};
        if (!cJSON_IsString(name)) return wrong_type(name, "a text", &below, fault);
        int index = find_field(spec, name->valuestring, 0);
        if (index < 0) {
            cJSON **extra = at_offset(noun, spec->extra_offset);
            cJSON_DeleteItemFromObjectCaseSensitive(*extra, name->valuestring);
            if (*extra && !(*extra)->child) {
                cJSON_Delete(*extra);
                *extra = NULL;
            }
            continue;
        }
        const cr_field *field = &spec->fields[index];
        if (field->flags & (CR_FIELD_REQUIRED | CR_FIELD_LIST))
            return cr_json_fail(fault, CR_INVALID, &below, NULL, "a %s must have its %s",
                                spec->noun, field->name);
        reset_field(spec, field, noun);
    }
    return CR_OK;
}

static cJSON *write_field(const cr_spec *spec, const cr_field *field, const void *noun)
{
    const void *source = at_offset(noun, field->offset);
    const void *defaults = at_offset(spec->defaults, field->offset);
    bool always = field->flags & (CR_FIELD_REQUIRED | CR_FIELD_ALWAYS);
    switch (field->type) {
    case CR_FIELD_ID:
    case CR_FIELD_REF:
    case CR_FIELD_TEXT: {
        const char *text = *(char *const *)source;
        return always || text[0] ? cJSON_CreateString(text) : NULL;
    }
    case CR_FIELD_BOOL:
        if (!always && *(const bool *)source == *(const bool *)defaults) return NULL;
        return cJSON_CreateBool(*(const bool *)source);
    case CR_FIELD_INT:
    case CR_FIELD_ENUM:
        if (!always && *(const int *)source == *(const int *)defaults) return NULL;
        if (field->type == CR_FIELD_ENUM)
            return cr_value_write_enum(*(const int *)source, field->names);
        return cr_value_write_ticks(*(const int *)source);
    case CR_FIELD_TICKS:
    case CR_FIELD_NUMBER:
        if (!always && *(const int64_t *)source == *(const int64_t *)defaults) return NULL;
        if (field->type == CR_FIELD_TICKS) return cr_value_write_ticks(*(const int64_t *)source);
        return cr_value_write_number(*(const int64_t *)source);
    case CR_FIELD_COLOR:
        if (!always && *(const uint32_t *)source == *(const uint32_t *)defaults) return NULL;
        return cr_value_write_color(*(const uint32_t *)source);
    case CR_FIELD_ANIMATED: {
        cr_param_spec param = animated_spec(spec, field);
        return cr_animated_write(source, &param);
    }
    case CR_FIELD_OWN:
        return field->write(noun);
    case CR_FIELD_NONE:
        break;
    }
    return NULL;
}

cJSON *cr_fields_write(const cr_spec *spec, const void *noun, bool with_lists)
{
    cJSON *object = cJSON_CreateObject();
    CR_ASSERT(object);
    for (int i = 0; i < spec->field_count; i++) {
        const cr_field *field = &spec->fields[i];
        if ((field->flags & CR_FIELD_LIST) && !with_lists) continue;
        cJSON *value = write_field(spec, field, noun);
        if (value) cJSON_AddItemToObjectCS(object, field->name, value);
    }
    const cJSON *extra = *(cJSON *const *)at_offset(noun, spec->extra_offset);
    // Known names in there hold what a reader of the field could not place, and were written by it.
    for (const cJSON *member = extra ? extra->child : NULL; member; member = member->next)
        if (find_field(spec, member->string, 0) < 0)
            cJSON_AddItemToObject(object, member->string, cJSON_Duplicate(member, true));
    return object;
}
