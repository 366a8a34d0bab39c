#include <string.h>

#include "api/api_film.h"
#include "project/history_shared.h"
#include "project/project_json.h"

int32_t cr_api_film_share(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    cr_history_share(film->history);
    return CR_OK;
}

int32_t cr_api_film_wishes(cr_api *api, uint32_t id, int64_t after)
{
    (void)cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < cr_history_wish_count(film->history); i++) {
        cr_wish wish = cr_history_wish(film->history, i);
        if (wish.number <= after) continue;
        cJSON *one = cJSON_CreateObject();
        cr_json_add_int(one, "number", wish.number);
        cJSON_AddStringToObject(one, "name", wish.name);
        cJSON_AddItemToObject(one, "edit", cJSON_Duplicate(wish.edit, true));
        cJSON_AddItemToArray(list, one);
    }
    cr_api_give_json(api, list);
    return CR_OK;
}

int32_t cr_api_film_settle(cr_api *api, uint32_t id, int64_t wish)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    return cr_api_end(api, cr_history_settle(film->history, wish, fault));
}

int32_t cr_api_film_receive(cr_api *api, uint32_t id, const char *edit)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    cJSON *tree = NULL;
    cr_status status = cr_json_parse(&tree, edit, strlen(edit), fault);
    if (status == CR_OK) status = cr_history_receive(film->history, tree, fault);
    cJSON_Delete(tree);
    return cr_api_end(api, status);
}

int32_t cr_api_film_withdraw(cr_api *api, uint32_t id, int64_t wish)
{
    (void)cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    cr_history_withdraw(film->history, wish);
    return CR_OK;
}

int32_t cr_api_film_rebase(cr_api *api, uint32_t id, const char *project)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    cr_project *read = NULL;
    cr_status status = cr_project_parse(&read, project, strlen(project), fault);
    if (status != CR_OK) return cr_api_end(api, status);
    cr_history_rebase(film->history, read);
    cr_project_drop(&read);
    return CR_OK;
}

int32_t cr_api_film_history(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    size_t done = 0, count = cr_history_step_count(film->history, &done);
    cJSON *history = cJSON_CreateObject();
    cJSON *names = cJSON_AddArrayToObject(history, "names");
    for (size_t i = 0; i < count; i++)
        cJSON_AddItemToArray(names, cJSON_CreateString(cr_history_step_name(film->history, i)));
    cr_json_add_int(history, "position", (int64_t)done);
    cr_api_give_json(api, history);
    return CR_OK;
}

int32_t cr_api_film_decided(cr_api *api, uint32_t id)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    const cr_project *decided = cr_history_decided(film->history);
    if (!decided)
        return cr_api_end(api, cr_fail(fault, CR_INVALID, "", "nobody else edits this film"));
    cr_api_give_text(api, cr_project_print(decided));
    return CR_OK;
}
