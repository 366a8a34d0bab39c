#include <string.h>

#include "base/vec.h"
#include "io/demux.h"
#include "studio/asset_folder.h"
#include "studio/graph_inputs.h"
#include "studio/studio_state.h"

static const char asset_prefix[] = "assets/";

// Which kinds are files, and what is in them.
static const struct {
    const char *kind;
    cr_stream_kind stream;
    bool has_duration;
} file_kinds[] = {
    {"picture", CR_STREAM_VIDEO, false}, {"voice", CR_STREAM_AUDIO, true},
    {"music", CR_STREAM_AUDIO, true},    {"motion", CR_STREAM_VIDEO, true},
    {"lipsync", CR_STREAM_VIDEO, true},
};

static int file_kind(const char *kind)
{
    for (size_t i = 0; i < CR_COUNT_OF(file_kinds); i++)
        if (strcmp(file_kinds[i].kind, kind) == 0) return (int)i;
    return -1;
}

// Opening a file is probing it; a stream that is named with its size or rate can be decoded.
static cr_status probe(const cr_studio *studio, const char *path, cr_stream_kind wanted,
                       cr_fault *fault)
{
    const cr_host *host = studio->desc.host;
    if (!host) return CR_OK;
    cr_source *source = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status != CR_OK) return status;
    cr_demux *demux = NULL;
    status = cr_demux_open(&demux, source, &host->log, fault);
    if (status != CR_OK) {
        cr_source_close(&source);
        return status;
    }
    const cr_media_info *info = cr_demux_info(demux);
    if (!cr_media_info_first(info, wanted))
        status = cr_fail(fault, CR_CORRUPT, path, "the result holds no %s",
                         wanted == CR_STREAM_AUDIO ? "sound" : "picture");
    else if (info->is_truncated)
        status = cr_fail(fault, CR_CORRUPT, path, "the result is cut off");
    cr_demux_close(&demux);
    return status;
}

static bool is_plain_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/') && strlen(name) < 200;
}

// Move the file that [object] names into the assets and let it name it there.
static cr_status keep_file(cr_studio *studio, const char *work, cJSON *object,
                           cr_stream_kind stream, const cr_json_place *place, cr_fault *fault)
{
    const char *name = cr_member_text(object, "file");
    if (!is_plain_name(name))
        return cr_json_fail(fault, CR_CORRUPT, place, "file",
                            "the result must name a file beside it, not \"%.60s\"", name);
    char *path = cr_format("%s/%s", work, name);
    char *asset = NULL;
    char hash[CR_HASH_BYTES];
    cr_status status = probe(studio, path, stream, fault);
    if (status == CR_OK) status = cr_asset_folder_keep(studio->folder, path, &asset, hash, fault);
    cr_free(path);
    if (status != CR_OK) return status;
    cJSON_ReplaceItemInObjectCaseSensitive(object, "file", cJSON_CreateString(asset));
    cJSON_DeleteItemFromObjectCaseSensitive(object, "hash");
    cJSON_AddStringToObject(object, "hash", hash);
    cr_free(asset);
    return CR_OK;
}

static cr_status keep_layers(cr_studio *studio, const char *work, cJSON *output, cr_fault *fault)
{
    cJSON *layers = cJSON_GetObjectItemCaseSensitive(output, "layers");
    const cr_json_place above = {NULL, "layers", 0};
    size_t index = 0;
    cJSON *layer;
    cJSON_ArrayForEach(layer, layers)
    {
        const cr_json_place place = {&above, NULL, index++};
        cr_status status = keep_file(studio, work, layer, CR_STREAM_VIDEO, &place, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status check_script(const cJSON *output, cr_fault *fault)
{
    const cJSON *scenes, *scene;
    cr_status status = cr_json_get_array(output, "scenes", &scenes, NULL, fault);
    if (status == CR_OK &&
        (cJSON_GetArraySize(scenes) < 1 || cJSON_GetArraySize(scenes) > CR_SCENES_MAX))
        return cr_json_fail(fault, CR_CORRUPT, NULL, "scenes", "must be from 1 to %d, not %d",
                            CR_SCENES_MAX, cJSON_GetArraySize(scenes));
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_CORRUPT, NULL, "scenes", "the script has none");
    if (status != CR_OK) return status;
    const cr_json_place above = {NULL, "scenes", 0};
    size_t index = 0;
    cJSON_ArrayForEach(scene, scenes)
    {
        const cr_json_place place = {&above, NULL, index++};
        static const char *const needed[] = {"narration", "visual"};
        for (size_t i = 0; i < CR_COUNT_OF(needed); i++) {
            const char *text;
            status = cr_json_get_text(scene, needed[i], &text, &place, fault);
            if (status == CR_NOTFOUND)
                return cr_json_fail(fault, CR_CORRUPT, &place, needed[i], "is missing");
            if (status != CR_OK) return status;
        }
    }
    return CR_OK;
}

static cr_status check_output(const char *kind, const cJSON *output, cr_fault *fault)
{
    if (!cJSON_IsObject(output))
        return cr_json_fail(fault, CR_CORRUPT, NULL, NULL, "the result must be an object");
    if (strcmp(kind, "script") == 0) return check_script(output, fault);
    int index = file_kind(kind);
    if (index < 0 || !file_kinds[index].has_duration) return CR_OK;
    int64_t duration;
    cr_status status = cr_json_get_int(output, "duration", &duration, 1, CR_TICKS_MAX, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_CORRUPT, NULL, "duration", "is missing");
    return status;
}

cr_status cr_result_keep(cr_studio *studio, const char *kind, const char *work, const cJSON *output,
                         cJSON **kept, cr_fault *fault)
{
    cr_status status = check_output(kind, output, fault);
    if (status != CR_OK) return status;
    cJSON *own = cJSON_Duplicate(output, true);
    int index = file_kind(kind);
    if (index >= 0) {
        status = keep_layers(studio, work, own, fault);
        if (status == CR_OK)
            status = keep_file(studio, work, own, file_kinds[index].stream, NULL, fault);
    }
    if (status == CR_OK)
        *kept = own;
    else
        cJSON_Delete(own);
    return status;
}

static const char *asset_of(const cJSON *value)
{
    const char *name = cJSON_IsString(value) ? value->valuestring : "";
    return strncmp(name, asset_prefix, sizeof asset_prefix - 1) == 0 ? name : NULL;
}

static bool is_file_member(const cJSON *value)
{
    return value->string &&
           (strcmp(value->string, "file") == 0 || strcmp(value->string, "picture") == 0);
}

// As deep as the tree, which cr_json_parse bounds.
bool cr_result_is_whole(const cr_studio *studio, const cJSON *output, char **missing)
{
    for (const cJSON *child = output ? output->child : NULL; child; child = child->next) {
        const char *name = is_file_member(child) ? asset_of(child) : NULL;
        if (name && !cr_asset_folder_has(studio->folder, name)) {
            *missing = cr_strdup(name);
            return false;
        }
        if (child->child && !cr_result_is_whole(studio, child, missing)) return false;
    }
    return true;
}

static void make_paths(const cr_studio *studio, cJSON *value)
{
    for (cJSON *child = value->child; child; child = child->next) {
        const char *name = is_file_member(child) ? asset_of(child) : NULL;
        if (name) {
            char *path = cr_format("%s/%s", studio->folder, name);
            cJSON_SetValuestring(child, path);
            cr_free(path);
        }
        make_paths(studio, child);
    }
}

cJSON *cr_result_paths(const cr_studio *studio, const cJSON *input)
{
    cJSON *out = cJSON_Duplicate(input, true);
    make_paths(studio, out);
    return out;
}
