#include <string.h>

#include "api/api_film.h"
#include "base/mem.h"

enum { NAME_BYTES = 80 };

static const char *track_kind(const cr_track *track)
{
    static const char *const names[] = {"", "video", "audio", "text"};
    return names[track->kind];
}

static const char *clip_kind(const cr_clip *clip)
{
    static const char *const names[] = {"", "media", "color", "title", "caption", "sequence"};
    return names[clip->kind];
}

// Whole characters only.
static char *shortened(const char *text)
{
    size_t length = strlen(text);
    if (length <= NAME_BYTES) return cr_strdup(text);
    length = NAME_BYTES;
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    return cr_format("%.*s…", (int)length, text);
}

// What a person calls it: its name, its words, its file.
static char *clip_name(const cr_project *project, const cr_clip *clip)
{
    if (*clip->name) return shortened(clip->name);
    if (*clip->text) return shortened(clip->text);
    const cr_asset *asset = cr_project_asset(project, clip->asset);
    if (asset) return shortened(*asset->name ? asset->name : asset->uri);
    const cr_sequence *sequence = cr_project_sequence(project, clip->sequence);
    return shortened(sequence ? sequence->name : "");
}

static void add_range(cJSON *object, cr_range range)
{
    cJSON *pair = cJSON_AddObjectToObject(object, "range");
    cr_json_add_int(pair, "start", range.start);
    cr_json_add_int(pair, "duration", range.duration);
}

static cJSON *track_info(const cr_project *project, const cr_track *track)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "id", track->id);
    cJSON_AddStringToObject(object, "kind", track_kind(track));
    cJSON_AddStringToObject(object, "name", track->name);
    cJSON *clips = cJSON_AddArrayToObject(object, "clips");
    for (int i = 0; i < track->clip_count; i++) {
        const cr_clip *clip = track->clips[i];
        cJSON *one = cJSON_CreateObject();
        char *name = clip_name(project, clip);
        cJSON_AddStringToObject(one, "id", clip->id);
        cJSON_AddStringToObject(one, "kind", clip_kind(clip));
        cJSON_AddStringToObject(one, "name", name);
        add_range(one, clip->range);
        cJSON_AddItemToArray(clips, one);
        cr_free(name);
    }
    return object;
}

static void add_name(cJSON *object, const char *key, const char *name)
{
    if (name)
        cJSON_AddStringToObject(object, key, name);
    else
        cJSON_AddNullToObject(object, key);
}

int32_t cr_api_film_info(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    const cr_api_film *film = cr_api_thing(api, CR_API_FILM, id);
    if (!film) return CR_INVALID;
    const cr_project *project = cr_history_now(film->history);
    const cr_sequence *sequence = cr_project_film(project);
    cJSON *info = cJSON_CreateObject();
    cJSON_AddStringToObject(info, "title", project->title);
    cr_json_add_int(info, "width", project->settings.width);
    cr_json_add_int(info, "height", project->settings.height);
    cJSON *rate = cJSON_AddObjectToObject(info, "rate");
    cr_json_add_int(rate, "num", project->settings.frame_rate.num);
    cr_json_add_int(rate, "den", project->settings.frame_rate.den);
    cr_json_add_int(info, "duration", sequence ? cr_sequence_duration(sequence) : 0);
    cJSON *tracks = cJSON_AddArrayToObject(info, "tracks");
    for (int i = 0; sequence && i < sequence->track_count; i++)
        cJSON_AddItemToArray(tracks, track_info(project, sequence->tracks[i]));
    add_name(info, "canUndo", cr_history_undo_name(film->history));
    add_name(info, "canRedo", cr_history_redo_name(film->history));
    cr_api_give_json(api, info);
    return CR_OK;
}
