#include "engine/media_project.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "engine/asset_path.h"
#include "io/demux.h"
#include "project/project_json.h"

enum { SIDE_MAX = 7680, WIDTH_DEFAULT = 1920, HEIGHT_DEFAULT = 1080, RATE_DEFAULT = 30 };

// A film in the making, as the project file has it.
typedef struct first_cut {
    cJSON *settings, *assets, *pictures, *sounds; // settings NULL until a picture was seen
    cr_ticks end;
    int count;
} first_cut;

static const char *last_part(const char *uri)
{
    const char *slash = strrchr(uri, '/');
    return slash ? slash + 1 : uri;
}

static void add_rate(cJSON *settings, cr_rate rate)
{
    if (!cr_rate_is_known(rate)) rate = (cr_rate){RATE_DEFAULT, 1};
    char *text = cr_format("%d/%d", rate.num, rate.den);
    cJSON_AddStringToObject(settings, "frame_rate", text);
    cr_free(text);
}

// The canvas is even, as all encoders want it.
static cJSON *make_settings(int width, int height, cr_rate rate)
{
    cJSON *settings = cJSON_CreateObject();
    cr_json_add_int(settings, "width", width < 2 ? 2 : width & ~1);
    cr_json_add_int(settings, "height", height < 2 ? 2 : height & ~1);
    add_rate(settings, rate);
    return settings;
}

static cJSON *settings_of(const cr_stream_info *picture)
{
    int width, height;
    cr_stream_display_size(picture, &width, &height);
    // A photograph is larger than any film: its shape at a film's size.
    if (picture->is_still || width > SIDE_MAX || height > SIDE_MAX) {
        int longer = width > height ? width : height;
        width = (int)cr_scale(width, WIDTH_DEFAULT, longer, CR_ROUND_NEAREST);
        height = (int)cr_scale(height, WIDTH_DEFAULT, longer, CR_ROUND_NEAREST);
    }
    return make_settings(width, height, picture->is_still ? (cr_rate){0} : picture->frame_rate);
}

static void add_clip(first_cut *cut, cJSON *track, const char *kind, const char *uri,
                     cr_ticks duration)
{
    cJSON *clip = cJSON_CreateObject();
    char *id = cr_format("%s%d", kind, cut->count), *asset = cr_format("a%d", cut->count);
    cJSON_AddStringToObject(clip, "id", id);
    cJSON_AddStringToObject(clip, "name", last_part(uri));
    cJSON_AddStringToObject(clip, "kind", "media");
    cJSON_AddStringToObject(clip, "asset", asset);
    cJSON_AddStringToObject(clip, "link", asset);
    cr_json_add_int(clip, "start", cut->end);
    cr_json_add_int(clip, "duration", duration);
    cJSON_AddItemToArray(track, clip);
    cr_free(id);
    cr_free(asset);
}

static cr_status add_media(first_cut *cut, const char *uri, const cr_media_info *info,
                           cr_fault *fault)
{
    const cr_stream_info *picture = cr_media_info_first(info, CR_STREAM_VIDEO);
    const cr_stream_info *sound = cr_media_info_first(info, CR_STREAM_AUDIO);
    if (!picture && !sound)
        return cr_fail(fault, CR_UNSUPPORTED, uri, "there is neither picture nor sound in it");
    bool is_still = picture && picture->is_still && !sound;
    cr_ticks length = is_still ? CR_STILL_TICKS : info->duration;
    if (length <= 0) return cr_fail(fault, CR_CORRUPT, uri, "there is nothing in it to be played");
    cut->count++;
    if (picture && !cut->settings) cut->settings = settings_of(picture);
    cJSON *asset = cJSON_CreateObject();
    char *id = cr_format("a%d", cut->count);
    cJSON_AddStringToObject(asset, "id", id);
    cJSON_AddStringToObject(asset, "uri", uri);
    cJSON_AddStringToObject(asset, "name", last_part(uri));
    cr_json_add_int(asset, "duration", is_still ? 0 : length);
    cJSON_AddItemToArray(cut->assets, asset);
    cr_free(id);
    if (picture) add_clip(cut, cut->pictures, "v", uri, length);
    if (sound) add_clip(cut, cut->sounds, "s", uri, length);
    cut->end += length;
    return CR_OK;
}

static cr_status add_file(first_cut *cut, const char *uri, const char *folder, const cr_host *host,
                          cr_fault *fault)
{
    char *path = cr_asset_path(folder, uri);
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_fault inner = {0};
    cr_status status = host->open_source(host->cookie, path, &source, &inner);
    if (status == CR_OK) status = cr_demux_open(&demux, source, &host->log, &inner);
    if (status == CR_OK) {
        status = add_media(cut, uri, cr_demux_info(demux), fault);
    } else {
        cr_source_close(&source);
        (void)cr_fail(fault, status, uri, "%s",
                      inner.text[0] ? inner.text : cr_status_text(status));
    }
    cr_demux_close(&demux);
    cr_free(path);
    return status;
}

static void add_track(cJSON *tracks, const char *id, const char *kind, const char *name,
                      cJSON *clips)
{
    cJSON *track = cJSON_CreateObject();
    cJSON_AddStringToObject(track, "id", id);
    cJSON_AddStringToObject(track, "kind", kind);
    cJSON_AddStringToObject(track, "name", name);
    cJSON_AddItemToObject(track, "clips", clips);
    cJSON_AddItemToArray(tracks, track);
}

// The project file of the cut, which is used up.
static cJSON *project_of(first_cut *cut, const char *title)
{
    cJSON *project = cJSON_CreateObject(), *tracks = cJSON_CreateArray();
    cr_json_add_int(project, "version", CR_PROJECT_VERSION);
    cJSON_AddStringToObject(project, "title", title);
    cJSON_AddItemToObject(
        project, "settings",
        cut->settings ? cut->settings : make_settings(WIDTH_DEFAULT, HEIGHT_DEFAULT, (cr_rate){0}));
    cJSON_AddItemToObject(project, "assets", cut->assets);
    add_track(tracks, "V1", "video", "Picture", cut->pictures);
    add_track(tracks, "A1", "audio", "Sound", cut->sounds);
    cJSON *film = cJSON_CreateObject();
    cJSON_AddStringToObject(film, "id", "film");
    cJSON_AddItemToObject(film, "tracks", tracks);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(project, "sequences"), film);
    return project;
}

static char *title_of(const char *uri)
{
    const char *name = last_part(uri), *dot = strrchr(name, '.');
    return dot && dot > name ? cr_strndup(name, (size_t)(dot - name)) : cr_strdup(name);
}

cr_status cr_media_project(cr_project **out, const char *const *uris, int count, const char *folder,
                           const cr_host *host, cr_fault *fault)
{
    if (count == 0) return cr_fail(fault, CR_INVALID, "", "there are no files to begin with");
    first_cut cut = {.assets = cJSON_CreateArray(),
                     .pictures = cJSON_CreateArray(),
                     .sounds = cJSON_CreateArray()};
    cr_status status = CR_OK;
    for (int i = 0; i < count && status == CR_OK; i++)
        status = add_file(&cut, uris[i], folder, host, fault);
    char *title = title_of(uris[0]);
    cJSON *project = project_of(&cut, title);
    if (status == CR_OK) {
        char *text = cr_json_print(project, false);
        status = cr_project_parse(out, text, strlen(text), fault);
        cr_free(text);
    }
    cJSON_Delete(project);
    cr_free(title);
    return status;
}
