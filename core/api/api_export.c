#include <string.h>

#include "api/api_things.h"
#include "base/mem.h"
#include "engine/export_segments.h"
#include "project/project_json.h"

enum { STEPS_MAX = 1000, SIDE_MAX = 16384 };

// A worker with what it is made of, which it borrows.
typedef struct api_export {
    cr_export_worker *worker;
    cr_export_work work;
    char *output, *folder;
    cJSON *wishes;
} api_export;

static void export_close(void *thing)
{
    api_export *closing = thing;
    cr_export_worker_close(&closing->worker);
    cJSON_Delete(closing->wishes);
    cr_free(closing->output);
    cr_free(closing->folder);
    cr_free(closing);
}

static bool is_absent(cr_status status)
{
    return status == CR_NOTFOUND;
}

static cr_status read_int(const cJSON *wishes, const char *key, int64_t *out, int64_t max,
                          cr_fault *fault)
{
    cr_status status = cr_json_get_int(wishes, key, out, 0, max, NULL, fault);
    return is_absent(status) ? CR_OK : status;
}

static cr_status read_flag(const cJSON *wishes, const char *key, bool *out, cr_fault *fault)
{
    cr_status status = cr_json_get_bool(wishes, key, out, NULL, fault);
    return is_absent(status) ? CR_OK : status;
}

static cr_status read_text(const cJSON *wishes, const char *key, const char **out, cr_fault *fault)
{
    cr_status status = cr_json_get_text(wishes, key, out, NULL, fault);
    if (is_absent(status)) return CR_OK;
    if (status == CR_OK && !**out) *out = NULL;
    return status;
}

static cr_status read_rate(const cJSON *wishes, cr_rate *out, cr_fault *fault)
{
    const cJSON *rate = NULL;
    cr_status status = cr_json_get_object(wishes, "rate", &rate, NULL, fault);
    if (is_absent(status)) return CR_OK;
    cr_json_place place = {.key = "rate"};
    int64_t num = 0, den = 0;
    if (status == CR_OK) status = cr_json_get_int(rate, "num", &num, 1, INT32_MAX, &place, fault);
    if (status == CR_OK) status = cr_json_get_int(rate, "den", &den, 1, INT32_MAX, &place, fault);
    return status == CR_OK ? cr_rate_make(out, num, den) : status;
}

static cr_status read_range(const cJSON *wishes, cr_range *out, cr_fault *fault)
{
    const cJSON *range = NULL;
    cr_status status = cr_json_get_object(wishes, "range", &range, NULL, fault);
    if (is_absent(status)) return CR_OK;
    cr_json_place place = {.key = "range"};
    if (status == CR_OK)
        status = cr_json_get_int(range, "start", &out->start, 0, CR_TICKS_MAX, &place, fault);
    if (status == CR_OK)
        status = cr_json_get_int(range, "duration", &out->duration, 0, CR_TICKS_MAX, &place, fault);
    return status;
}

static cr_status read_numbers(const cJSON *wishes, cr_export_desc *desc, cr_fault *fault)
{
    int64_t width = 0, height = 0, quality = 0;
    cr_status status = read_int(wishes, "width", &width, SIDE_MAX, fault);
    if (status == CR_OK) status = read_int(wishes, "height", &height, SIDE_MAX, fault);
    if (status == CR_OK) status = read_int(wishes, "quality", &quality, 100, fault);
    if (status == CR_OK)
        status = read_int(wishes, "videoBitRate", &desc->video_bit_rate, INT32_MAX, fault);
    if (status == CR_OK)
        status = read_int(wishes, "audioBitRate", &desc->audio_bit_rate, INT32_MAX, fault);
    desc->width = (int)width;
    desc->height = (int)height;
    desc->quality = (int)quality;
    return status;
}

// [desc] borrows texts from [wishes].
static cr_status read_wishes(const cJSON *wishes, cr_export_desc *desc, cr_fault *fault)
{
    cr_status status = read_text(wishes, "format", &desc->format, fault);
    if (status == CR_OK) status = read_text(wishes, "videoCodec", &desc->video_codec, fault);
    if (status == CR_OK) status = read_numbers(wishes, desc, fault);
    if (status == CR_OK) status = read_rate(wishes, &desc->frame_rate, fault);
    if (status == CR_OK) status = read_range(wishes, &desc->range, fault);
    if (status == CR_OK) status = read_flag(wishes, "isExact", &desc->is_exact, fault);
    if (status == CR_OK)
        status = read_flag(wishes, "withCaptionTrack", &desc->with_caption_track, fault);
    return status;
}

static cr_status open_worker(api_export *opening, cr_api *api, const char *text,
                             const char *segments, cr_fault *fault)
{
    cr_export_desc desc = {.output = opening->output,
                           .asset_folder = opening->folder,
                           .font_folder = cr_api_fonts(api)};
    cr_status status = read_wishes(opening->wishes, &desc, fault);
    cr_project *project = NULL;
    if (status == CR_OK) status = cr_project_parse(&project, text, strlen(text), fault);
    if (status == CR_OK)
        status = cr_export_worker_open(&opening->worker, project, &desc, segments, cr_api_host(api),
                                       fault);
    cr_project_drop(&project);
    return status;
}

int32_t cr_api_export_open(cr_api *api, const char *project, const char *folder, const char *wishes,
                           const char *segments, const char *output)
{
    cr_fault *fault = cr_api_begin(api);
    api_export *opening = cr_alloc(1, sizeof *opening);
    opening->output = cr_strdup(output);
    opening->folder = cr_strdup(folder);
    cr_status status = cr_json_parse(&opening->wishes, wishes, strlen(wishes), fault);
    if (status == CR_OK) status = open_worker(opening, api, project, segments, fault);
    if (status == CR_OK) return cr_api_add(api, CR_API_EXPORT, opening, export_close);
    export_close(opening);
    return cr_api_end(api, status);
}

int32_t cr_api_export_close(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    return cr_api_end(api, cr_api_remove(api, CR_API_EXPORT, id));
}

static api_export *begin(cr_api *api, uint32_t id)
{
    (void)cr_api_begin(api);
    return cr_api_thing(api, CR_API_EXPORT, id);
}

int32_t cr_api_export_plan(cr_api *api, uint32_t id)
{
    const api_export *found = begin(api, id);
    if (!found) return CR_INVALID;
    const cr_export_plan *plan = cr_export_worker_plan(found->worker);
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "key", plan->key);
    cr_json_add_int(tree, "frames", plan->frame_count);
    cr_json_add_int(tree, "samples", plan->sample_count);
    cr_json_add_int(tree, "segments", plan->segment_count);
    cr_json_add_int(tree, "segmentFrames", plan->segment_frames);
    cJSON_AddBoolToObject(tree, "hasPicture", plan->has_picture);
    cJSON_AddBoolToObject(tree, "hasSound", plan->has_sound);
    cr_json_add_int(tree, "width", plan->width);
    cr_json_add_int(tree, "height", plan->height);
    cr_api_give_json(api, tree);
    return CR_OK;
}

int32_t cr_api_export_has(cr_api *api, uint32_t id, int32_t segment)
{
    api_export *found = begin(api, id);
    if (!found) return CR_INVALID;
    return cr_export_worker_has(found->worker, segment) ? 1 : 0;
}

int32_t cr_api_export_begin(cr_api *api, uint32_t id, int32_t segment)
{
    cr_fault *fault = cr_api_begin(api);
    api_export *found = cr_api_thing(api, CR_API_EXPORT, id);
    if (!found) return CR_INVALID;
    found->work = (cr_export_work){0};
    return cr_api_end(api, cr_export_worker_begin(found->worker, segment, fault));
}

int32_t cr_api_export_join(cr_api *api, uint32_t id)
{
    cr_fault *fault = cr_api_begin(api);
    api_export *found = cr_api_thing(api, CR_API_EXPORT, id);
    if (!found) return CR_INVALID;
    found->work = (cr_export_work){0};
    return cr_api_end(api, cr_export_worker_begin_join(found->worker, fault));
}

int32_t cr_api_export_step(cr_api *api, uint32_t id, int32_t steps)
{
    cr_fault *fault = cr_api_begin(api);
    api_export *found = cr_api_thing(api, CR_API_EXPORT, id);
    if (!found) return CR_INVALID;
    if (steps < 1 || steps > STEPS_MAX)
        return cr_fail(fault, CR_INVALID, "", "1 to %d steps at a time", STEPS_MAX);
    for (int i = 0; i < steps; i++) {
        cr_status status = cr_export_worker_step(found->worker, &found->work, fault);
        if (status != CR_AGAIN) return cr_api_end(api, status);
        if (found->work.waits != CR_WAIT_NONE) break;
    }
    return 1;
}

int32_t cr_api_export_work(cr_api *api, uint32_t id)
{
    const api_export *found = begin(api, id);
    if (!found) return CR_INVALID;
    static const char *const phases[] = {"waiting", "listening", "painting", "joining", "done"};
    static const char *const waits[] = {"", "decoder", "picture", "encoder"};
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "phase", phases[found->work.phase]);
    cJSON_AddStringToObject(tree, "waits", waits[found->work.waits]);
    cr_json_add_int(tree, "done", found->work.done);
    cr_json_add_int(tree, "total", found->work.total);
    cr_json_add_int(tree, "passed", found->work.frames_passed);
    cr_json_add_int(tree, "bytes", found->work.bytes);
    cr_api_give_json(api, tree);
    return CR_OK;
}
