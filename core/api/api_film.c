#include "api/api_film.h"

#include <string.h>

#include "base/mem.h"
#include "engine/asset_path.h"
#include "io/demux.h"
#include "project/project_json.h"

static void film_close(void *thing)
{
    cr_api_film *film = thing;
    cr_history_close(&film->history);
    cr_free(film->folder);
    cr_free(film);
}

int32_t cr_api_film_open(cr_api *api, const char *project, const char *folder)
{
    cr_fault *fault = cr_api_begin(api);
    cr_project *read = NULL;
    cr_status status = cr_project_parse(&read, project, strlen(project), fault);
    if (status != CR_OK) return cr_api_end(api, status);
    cr_api_film *film = cr_alloc(1, sizeof *film);
    film->history = cr_history_open(read);
    film->folder = cr_strdup(folder);
    cr_project_drop(&read);
    return cr_api_add(api, CR_API_FILM, film, film_close);
}

int32_t cr_api_film_close(cr_api *api, uint32_t film)
{
    (void)cr_api_begin(api);
    return cr_api_end(api, cr_api_remove(api, CR_API_FILM, film));
}

int32_t cr_api_film_project(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    cr_api_give_text(api, cr_project_print(cr_history_now(film->history)));
    return CR_OK;
}

int32_t cr_api_film_edit(cr_api *api, uint32_t id, const char *edit, const char *name)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    cJSON *tree = NULL;
    cr_status status = cr_json_parse(&tree, edit, strlen(edit), fault);
    if (status == CR_OK) status = cr_history_apply(film->history, tree, *name ? name : NULL, fault);
    cJSON_Delete(tree);
    return cr_api_end(api, status);
}

int32_t cr_api_film_undo(cr_api *api, uint32_t id)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    return cr_api_end(api, cr_history_undo(film->history, NULL, fault));
}

int32_t cr_api_film_redo(cr_api *api, uint32_t id)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    return cr_api_end(api, cr_history_redo(film->history, NULL, fault));
}

// Why [uri] cannot be used; false when it can.
static bool find_trouble(const cr_api_film *film, const cr_host *host, const char *uri,
                         cr_fault *fault)
{
    char *path = cr_asset_path(film->folder, uri);
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status == CR_OK) {
        status = cr_demux_open(&demux, source, &host->log, fault);
        if (status != CR_OK) cr_source_close(&source);
    }
    cr_demux_close(&demux);
    cr_free(path);
    return status != CR_OK;
}

int32_t cr_api_film_missing(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    const cr_project *project = cr_history_now(film->history);
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < project->asset_count; i++) {
        const char *uri = project->assets[i]->uri;
        cr_fault fault = {0};
        if (!find_trouble(film, cr_api_host(api), uri, &fault)) continue;
        cJSON *one = cJSON_CreateObject();
        cJSON_AddStringToObject(one, "uri", uri);
        cJSON_AddStringToObject(one, "reason",
                                fault.text[0] ? fault.text : cr_status_text(fault.status));
        cJSON_AddItemToArray(list, one);
    }
    cr_api_give_json(api, list);
    return CR_OK;
}
