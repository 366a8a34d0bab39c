#include "broker/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { MODELS_MAX = 64 };

struct cr_model_table {
    int count;
    cr_model models[MODELS_MAX];
    cJSON *trees[MODELS_MAX];
};

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static cr_status read_model(cr_model_table *table, const cr_model_file *file, cr_fault *fault)
{
    cJSON *tree = NULL;
    cr_status status = cr_json_parse(&tree, file->text, strlen(file->text), fault);
    if (status != CR_OK) return status;
    const cr_model model = {.wire = text_of(tree, "wire"),
                            .kind = text_of(tree, "kind"),
                            .name = text_of(tree, "model"),
                            .label = text_of(tree, "label"),
                            .data = tree};
    if (table->count == MODELS_MAX || !*model.wire || !*model.kind || !*model.name) {
        cJSON_Delete(tree);
        return cr_fail(fault, CR_CORRUPT, file->name, "lacks wire, kind or model");
    }
    table->trees[table->count] = tree;
    table->models[table->count++] = model;
    return CR_OK;
}

cr_status cr_models_open(cr_model_table **out, cr_fault *fault)
{
    cr_model_table *table = cr_alloc(1, sizeof *table);
    for (int i = 0; i < cr_model_file_count; i++) {
        cr_status status = read_model(table, &cr_model_files[i], fault);
        if (status != CR_OK) {
            cr_models_close(&table);
            return status;
        }
    }
    *out = table;
    return CR_OK;
}

void cr_models_close(cr_model_table **table)
{
    if (!*table) return;
    for (int i = 0; i < (*table)->count; i++)
        cJSON_Delete((*table)->trees[i]);
    cr_free(*table);
    *table = NULL;
}

const cr_model *cr_models_find(const cr_model_table *table, const char *wire, const char *kind,
                               const char *name)
{
    for (int i = 0; i < table->count; i++) {
        const cr_model *model = &table->models[i];
        if (strcmp(model->wire, wire) == 0 && strcmp(model->kind, kind) == 0 &&
            (!name || strcmp(model->name, name) == 0))
            return model;
    }
    return NULL;
}

const cr_model *cr_models_at(const cr_model_table *table, int index)
{
    return index < table->count ? &table->models[index] : NULL;
}

static double ratio_of(const char *text)
{
    char *end;
    double across = strtod(text, &end);
    double down = *end == ':' ? strtod(end + 1, NULL) : 0;
    return across > 0 && down > 0 ? across / down : 1;
}

// The ratio that is nearest to the picture's, as the eye sees it.
static cJSON *nearest_ratio(const cJSON *list, const cJSON *values)
{
    double width = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(values, "width"));
    double height = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(values, "height"));
    double wanted = width > 0 && height > 0 ? width / height : 16.0 / 9;
    const cJSON *best = NULL, *one;
    double least = HUGE_VAL;
    cJSON_ArrayForEach(one, list)
    {
        double away = fabs(log(ratio_of(one->valuestring) / wanted));
        if (away >= least) continue;
        least = away;
        best = one;
    }
    return best ? cJSON_Duplicate(best, true) : NULL;
}

static cJSON *long_enough(const cJSON *list, const cJSON *values)
{
    double wanted = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(values, "seconds"));
    const cJSON *one, *best = NULL;
    cJSON_ArrayForEach(one, list)
    {
        best = one;
        if (one->valuedouble >= wanted) break;
    }
    return best ? cJSON_Duplicate(best, true) : NULL;
}

// NULL: we have no such value.
static cJSON *value_of(const cJSON *rule, const cJSON *values)
{
    if (cJSON_IsString(rule) && rule->valuestring[0] == '$') {
        const cJSON *own = cJSON_GetObjectItemCaseSensitive(values, rule->valuestring + 1);
        return own && !cJSON_IsNull(own) ? cJSON_Duplicate(own, true) : NULL;
    }
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(rule, "$aspect");
    if (list) return nearest_ratio(list, values);
    list = cJSON_GetObjectItemCaseSensitive(rule, "$seconds");
    if (list) return long_enough(list, values);
    return cJSON_Duplicate(rule, true);
}

static cr_status check_member(const cJSON *rule, const cJSON *value, const cr_json_place *place,
                              const char *model, cr_fault *fault)
{
    const char *type = text_of(rule, "type"), *name = value->string;
    bool fits = true;
    if (strcmp(type, "string") == 0) fits = cJSON_IsString(value);
    if (strcmp(type, "boolean") == 0) fits = cJSON_IsBool(value);
    if (strcmp(type, "number") == 0) fits = cJSON_IsNumber(value);
    if (strcmp(type, "integer") == 0)
        fits = cJSON_IsNumber(value) && value->valuedouble == floor(value->valuedouble);
    if (!fits) return cr_json_fail(fault, CR_INVALID, place, name, "%s wants a %s", model, type);
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(rule, "enum"), *one;
    bool is_listed = !list;
    cJSON_ArrayForEach(one, list)
    {
        if (cJSON_Compare(one, value, true)) is_listed = true;
    }
    if (!is_listed)
        return cr_json_fail(fault, CR_INVALID, place, name, "is none of what %s takes", model);
    const cJSON *minimum = cJSON_GetObjectItemCaseSensitive(rule, "minimum");
    const cJSON *maximum = cJSON_GetObjectItemCaseSensitive(rule, "maximum");
    if ((minimum && value->valuedouble < minimum->valuedouble) ||
        (maximum && value->valuedouble > maximum->valuedouble))
        return cr_json_fail(fault, CR_INVALID, place, name, "%s does not take %g", model,
                            value->valuedouble);
    return CR_OK;
}

cr_status cr_model_check(const cr_model *model, const cJSON *input, cr_fault *fault)
{
    const cJSON *takes = cJSON_GetObjectItemCaseSensitive(model->data, "takes"), *rule, *value;
    const cr_json_place place = {NULL, "input", 0};
    cJSON_ArrayForEach(rule, takes)
    {
        bool is_needed = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(rule, "required"));
        value = cJSON_GetObjectItemCaseSensitive(input, rule->string);
        bool is_blank = cJSON_IsString(value) && !value->valuestring[0];
        if (is_needed && (!value || is_blank))
            return cr_json_fail(fault, CR_INVALID, &place, rule->string, "%s needs it",
                                model->name);
    }
    cJSON_ArrayForEach(value, input)
    {
        rule = cJSON_GetObjectItemCaseSensitive(takes, value->string);
        if (!rule)
            return cr_json_fail(fault, CR_INVALID, &place, value->string, "%s knows no such member",
                                model->name);
        cr_status status = check_member(rule, value, &place, model->name, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_model_input(const cr_model *model, const cJSON *values, cJSON **out, cr_fault *fault)
{
    cJSON *input = cJSON_CreateObject();
    const cJSON *rule;
    cJSON_ArrayForEach(rule, cJSON_GetObjectItemCaseSensitive(model->data, "input"))
    {
        cJSON *value = value_of(rule, values);
        if (value) cJSON_AddItemToObject(input, rule->string, value);
    }
    cr_status status = cr_model_check(model, input, fault);
    if (status == CR_OK)
        *out = input;
    else
        cJSON_Delete(input);
    return status;
}

cr_money cr_model_price(const cr_model *model, double units)
{
    const cJSON *price = cJSON_GetObjectItemCaseSensitive(model->data, "price");
    const cJSON *usd = cJSON_GetObjectItemCaseSensitive(price, "usd");
    if (!cJSON_IsNumber(usd) || !(units > 0)) return 0;
    return (cr_money)ceil(usd->valuedouble * units * 1e6 - 1e-6);
}

double cr_model_limit(const cr_model *model, const char *name, double fallback)
{
    const cJSON *limits = cJSON_GetObjectItemCaseSensitive(model->data, "limits");
    const cJSON *limit = cJSON_GetObjectItemCaseSensitive(limits, name);
    return cJSON_IsNumber(limit) ? limit->valuedouble : fallback;
}
