#include "live/live_wish.h"

#include <string.h>

static const char *text_of(const cJSON *message, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(message, key));
    return text && text[0] ? text : NULL;
}

static const char *read_subscription(cr_live_wish *out, const cJSON *message)
{
    bool is_list = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(message, "films"));
    out->is_project = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(message, "project"));
    int64_t since = 0;
    if (cr_json_get_int(message, "since", &since, 0, INT64_C(1) << 53, NULL, NULL) == CR_OK)
        out->since = since;
    return out->film || is_list ? NULL : "say which film, or films: true for the list of all";
}

static const char *read_edit(cr_live_wish *out, const cJSON *message)
{
    const char *name = text_of(message, "name");
    out->id = text_of(message, "id");
    out->name = name ? name : "";
    out->edit = cJSON_GetObjectItemCaseSensitive(message, "edit");
    return out->film && out->id && cJSON_IsObject(out->edit)
               ? NULL
               : "an edit has a film, an id and the edit itself, an object";
}

static const char *read_here(cr_live_wish *out, const cJSON *message)
{
    out->here = cJSON_GetObjectItemCaseSensitive(message, "here");
    return out->film && cJSON_IsObject(out->here) ? NULL
                                                  : "say in which film, and where as an object";
}

static const struct {
    const char *type;
    cr_live_wish_kind kind;
    const char *(*read)(cr_live_wish *out, const cJSON *message);
} types[] = {
    {"subscribe", CR_LIVE_SUBSCRIBE, read_subscription},
    {"unsubscribe", CR_LIVE_UNSUBSCRIBE, read_subscription},
    {"edit", CR_LIVE_EDIT, read_edit},
    {"here", CR_LIVE_SAY_HERE, read_here},
};

const char *cr_live_wish_read(cr_live_wish *out, const cJSON *message)
{
    const char *type = text_of(message, "type");
    *out = (cr_live_wish){.film = text_of(message, "film"), .since = -1};
    for (size_t i = 0; type && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].type, type) != 0) continue;
        out->kind = types[i].kind;
        return types[i].read(out, message);
    }
    return "type must be subscribe, unsubscribe, edit or here";
}
