#include <string.h>

#include "api/api_things.h"
#include "base/mem.h"
#include "engine/media_project.h"
#include "io/demux.h"
#include "io/media_json.h"
#include "project/project_json.h"

enum { MEDIA_MAX = 10000 };

int32_t cr_api_media_probe(cr_api *api, const char *uri)
{
    cr_fault *fault = cr_api_begin(api);
    const cr_host *host = cr_api_host(api);
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_status status = host->open_source(host->cookie, uri, &source, fault);
    if (status != CR_OK) return cr_api_end(api, status);
    status = cr_demux_open(&demux, source, &host->log, fault);
    if (status == CR_OK)
        cr_api_give_json(api, cr_media_info_json(cr_demux_info(demux)));
    else
        cr_source_close(&source);
    cr_demux_close(&demux);
    return cr_api_end(api, status);
}

static cr_status uris_of(const cJSON *list, const char **out, int count, cr_fault *fault)
{
    for (int i = 0; i < count; i++) {
        out[i] = cJSON_GetStringValue(cJSON_GetArrayItem(list, i));
        if (!out[i]) {
            cr_json_place place = {.index = (size_t)i};
            return cr_json_fail(fault, CR_INVALID, &place, NULL, "must be a text");
        }
    }
    return CR_OK;
}

static cr_status make_project(const cr_host *host, const cJSON *list, const char *folder,
                              char **text, cr_fault *fault)
{
    int count = cJSON_GetArraySize(list);
    if (!cJSON_IsArray(list) || count > MEDIA_MAX)
        return cr_fail(fault, CR_LIMIT, "", "must be a list of at most %d files", MEDIA_MAX);
    const char **uris = cr_alloc((size_t)count + 1, sizeof *uris);
    cr_project *project = NULL;
    cr_status status = uris_of(list, uris, count, fault);
    if (status == CR_OK) status = cr_media_project(&project, uris, count, folder, host, fault);
    if (status == CR_OK) *text = cr_project_print(project);
    cr_project_drop(&project);
    cr_free(uris);
    return status;
}

int32_t cr_api_media_project(cr_api *api, const char *media, const char *folder)
{
    cr_fault *fault = cr_api_begin(api);
    cJSON *list = NULL;
    cr_status status = cr_json_parse(&list, media, strlen(media), fault);
    char *text = NULL;
    if (status == CR_OK) status = make_project(cr_api_host(api), list, folder, &text, fault);
    if (status == CR_OK) cr_api_give_text(api, text);
    cJSON_Delete(list);
    return cr_api_end(api, status);
}
