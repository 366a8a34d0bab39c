#include "broker/paid_fit.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "broker/paid_values.h"
#include "engine/export.h"
#include "io/demux.h"
#include "project/project_json.h"

enum {
    FILM_QUALITY = 17,
    LOOPS_MAX = 1000,
};

// Of one round of the music into the next.
static const cr_ticks overlap_max = 2 * CR_TICKS_PER_SECOND;

static const cr_ticks silent_end = CR_TICKS_PER_SECOND / 10;
static const double silent_gain = -96;

static cJSON *make_project(const char *name_from, cJSON *tracks, int width, int height, double rate)
{
    cJSON *project = cJSON_CreateObject();
    cJSON_AddNumberToObject(project, "version", 1);
    cJSON *settings = cJSON_AddObjectToObject(project, "settings");
    cJSON_AddNumberToObject(settings, "width", width);
    cJSON_AddNumberToObject(settings, "height", height);
    cJSON_AddNumberToObject(settings, "frame_rate", rate);
    cJSON_AddNumberToObject(settings, "loudness", 0);
    cJSON *asset = cJSON_CreateObject();
    cJSON_AddStringToObject(asset, "id", "bought");
    cJSON_AddStringToObject(asset, "uri", name_from);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(project, "assets"), asset);
    cJSON *sequence = cJSON_CreateObject();
    cJSON_AddStringToObject(sequence, "id", "film");
    cJSON_AddItemToObject(sequence, "tracks", tracks);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(project, "sequences"), sequence);
    return project;
}

static cJSON *add_track(cJSON *tracks, const char *id, const char *kind)
{
    cJSON *track = cJSON_CreateObject();
    cJSON_AddStringToObject(track, "id", id);
    cJSON_AddStringToObject(track, "kind", kind);
    cJSON_AddItemToArray(tracks, track);
    return cJSON_AddArrayToObject(track, "clips");
}

static cJSON *add_clip(cJSON *clips, int number, cr_ticks start, cr_ticks duration)
{
    char id[24];
    snprintf(id, sizeof id, "round-%d", number);
    cJSON *clip = cJSON_CreateObject();
    cJSON_AddStringToObject(clip, "id", id);
    cJSON_AddStringToObject(clip, "kind", "media");
    cJSON_AddStringToObject(clip, "asset", "bought");
    cr_json_add_int(clip, "start", start);
    cr_json_add_int(clip, "duration", duration);
    cJSON_AddItemToArray(clips, clip);
    return clip;
}

static cr_status export_project(const cr_work *work, const cr_project *project,
                                const cr_export_desc *desc, cr_fault *fault)
{
    cr_export *job = NULL;
    cr_status status = cr_export_open(&job, project, desc, work->host, fault);
    if (status != CR_OK) return status;
    while ((status = cr_export_step(job, fault)) == CR_AGAIN) {
        if (!work->should_stop(work)) continue;
        status = cr_fail(fault, CR_CANCELED, "", "stopped");
        break;
    }
    cr_export_close(&job);
    return status;
}

// Takes [tree].
static cr_status render(const cr_work *work, const char *folder, const char *name_to, cJSON *tree,
                        cr_ticks need, cr_fault *fault)
{
    char *text = cr_json_print(tree, false), *path = cr_format("%s/%s", folder, name_to);
    char *fonts = cr_format("%s/fonts", work->data_folder);
    cJSON_Delete(tree);
    cr_project *project = NULL;
    cr_status status = cr_project_parse(&project, text, strlen(text), fault);
    const cr_export_desc desc = {.output = path,
                                 .range = {0, need},
                                 .asset_folder = folder,
                                 .font_folder = fonts,
                                 .speed = "ultrafast",
                                 .quality = FILM_QUALITY,
                                 .is_exact = true};
    if (status == CR_OK) status = export_project(work, project, &desc, fault);
    cr_project_drop(&project);
    cr_free(text);
    cr_free(path);
    cr_free(fonts);
    return status;
}

static cr_status read_picture(const cr_work *work, const char *path, int *width, int *height,
                              double *rate, cr_fault *fault)
{
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_status status = work->host->open_source(work->host->cookie, path, &source, fault);
    if (status == CR_OK) status = cr_demux_open(&demux, source, &work->host->log, fault);
    if (status != CR_OK) {
        cr_source_close(&source);
        return status;
    }
    const cr_stream_info *video = cr_media_info_first(cr_demux_info(demux), CR_STREAM_VIDEO);
    if (video) {
        cr_stream_display_size(video, width, height);
        double told = (double)video->frame_rate.num / (double)video->frame_rate.den;
        *rate = told >= 20 && told < 60 ? (int)(told + 0.5) : 24;
    } else {
        status = cr_fail(fault, CR_CORRUPT, path, "holds no picture");
    }
    cr_demux_close(&demux);
    return status;
}

cr_status cr_paid_fit_film(const cr_work *work, const char *folder, const char *name_from,
                           const char *name_to, cr_ticks have, cr_ticks need, cr_fault *fault)
{
    char *path = cr_format("%s/%s", folder, name_from);
    int width = 0, height = 0;
    double rate = 0;
    cr_status status = read_picture(work, path, &width, &height, &rate, fault);
    cr_free(path);
    if (status != CR_OK) return status;
    cJSON *tracks = cJSON_CreateArray();
    cJSON *clip = add_clip(add_track(tracks, "picture", "video"), 0, 0, need);
    cJSON_AddNumberToObject(clip, "speed", (double)have / (double)need * 0.999);
    cJSON *project = make_project(name_from, tracks, width & ~1, height & ~1, rate);
    return render(work, folder, name_to, project, need, fault);
}

cr_status cr_paid_fit_music(const cr_work *work, const char *folder, const char *name_from,
                            const char *name_to, cr_ticks have, cr_ticks need, cr_fault *fault)
{
    cr_ticks overlap = have / 4 < overlap_max ? have / 4 : overlap_max;
    cJSON *tracks = cJSON_CreateArray();
    cJSON *clips[2] = {add_track(tracks, "even", "audio"), add_track(tracks, "odd", "audio")};
    cr_ticks at = 0;
    for (int i = 0; at < need && i < LOOPS_MAX; i++, at += have - overlap) {
        cr_ticks left = need - at;
        cJSON *clip = add_clip(clips[i & 1], i, at, have < left ? have : left);
        if (i) cr_json_add_int(clip, "fade_in", overlap < left ? overlap : left);
        if (have < left) cr_json_add_int(clip, "fade_out", overlap);
    }
    return render(work, folder, name_to, make_project(name_from, tracks, 64, 64, 25), need, fault);
}

cr_status cr_paid_fit_voice(const cr_work *work, const char *folder, const char *path,
                            const char *name_to, cr_ticks start, cr_ticks need, cr_fault *fault)
{
    cr_ticks length = 0;
    cr_status status = cr_paid_length(work->host, path, &length, fault);
    if (status != CR_OK) return status;
    if (start < 0 || start >= need)
        return cr_fail(fault, CR_INVALID, "/voice_start", "lies outside of the clip");
    cJSON *tracks = cJSON_CreateArray();
    add_clip(add_track(tracks, "voice", "audio"), 0, start,
             length < need - start ? length : need - start);
    // A film ends with its last clip: one that cannot be heard keeps the silence after the voice.
    cr_ticks last = length < silent_end ? length : silent_end;
    cJSON *end = add_clip(add_track(tracks, "silence", "audio"), 1, need - last, last);
    cJSON_AddNumberToObject(end, "gain", silent_gain);
    return render(work, folder, name_to, make_project(path, tracks, 64, 64, 25), need, fault);
}
