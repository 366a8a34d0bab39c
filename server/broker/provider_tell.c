#include "broker/provider_tell.h"

#include <string.h>

#include "broker/builtin_voice.h"

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static void copy(cJSON *to, const char *key, const cJSON *value)
{
    if (value) cJSON_AddItemToObject(to, key, cJSON_Duplicate(value, true));
}

// The first list that one of the model's inputs is chosen from: {"$seconds": [5, 10]}.
static const cJSON *choices_of(const cJSON *model, const char *rule)
{
    const cJSON *input;
    cJSON_ArrayForEach(input, member(model, "input"))
    {
        const cJSON *list = member(input, rule);
        if (list) return list;
    }
    return NULL;
}

static void add_price(cJSON *out, const cJSON *model)
{
    const cJSON *price = member(model, "price"), *unit = member(price, "unit");
    if (!cJSON_IsString(unit)) return;
    // Tokens are counted by the million, and what is written costs more than what is read.
    const cJSON *usd = member(price, "usd"), *written = member(price, "out");
    double each = cJSON_IsNumber(usd)       ? usd->valuedouble
                  : cJSON_IsNumber(written) ? written->valuedouble / 1e6
                                            : 0;
    cJSON *told = cJSON_AddObjectToObject(out, "price");
    cJSON_AddStringToObject(told, "unit", cJSON_IsNumber(usd) ? unit->valuestring : "token");
    cJSON_AddNumberToObject(told, "usd", each);
}

static void add_voices(cJSON *can)
{
    int count = 0;
    const cr_voice_spec *list = cr_voice_list(&count);
    cJSON *voices = cJSON_AddArrayToObject(can, "voices");
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(voices, cJSON_CreateString(list[i].name));
}

cJSON *cr_provider_tell(const cr_provider *provider, bool is_default)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "kind", provider->kind);
    cJSON_AddStringToObject(out, "id", provider->id);
    cJSON_AddStringToObject(out, "name", provider->label);
    cJSON_AddBoolToObject(out, "isBuiltin", !provider->service);
    cJSON_AddBoolToObject(out, "isDefault", is_default);
    if (provider->service) cJSON_AddStringToObject(out, "service", provider->service);
    copy(out, "model", member(provider->model, "model"));
    add_price(out, provider->model);
    cJSON *can = cJSON_AddObjectToObject(out, "can");
    const cJSON *limits = member(provider->model, "limits");
    copy(can, "seconds", member(limits, "seconds"));
    copy(can, "characters", member(limits, "text_characters"));
    copy(can, "lengths", choices_of(provider->model, "$seconds"));
    copy(can, "aspects", choices_of(provider->model, "$aspect"));
    if (provider->takes_notes) cJSON_AddTrueToObject(can, "notes");
    if (strcmp(provider->kind, "lipsync") == 0) cJSON_AddTrueToObject(can, "lips");
    copy(can, "voices", member(provider->model, "voices"));
    if (strcmp(provider->kind, "voice") == 0 && !provider->service) add_voices(can);
    return out;
}
