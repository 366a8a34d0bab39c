// flow: input -> wish
#include <string.h>

#include "broker/motion/clip.h"

enum { SIDE_MIN = 16, SIDE_MAX = 7680, RATE_MAX = 240000 };

static double number_of(const cJSON *object, const char *key, double fallback)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(member) ? member->valuedouble : fallback;
}

static cr_status read_layers(cr_motion_wish *out, const cJSON *input, cr_fault *fault)
{
    const cJSON *layer;
    cr_json_place list = {NULL, "layers", 0};
    cJSON_ArrayForEach(layer, cJSON_GetObjectItemCaseSensitive(input, "layers"))
    {
        cr_json_place place = {&list, NULL, (size_t)out->layer_count};
        if (out->layer_count == CR_MOTION_LAYERS_MAX)
            return cr_json_fail(fault, CR_LIMIT, &list, NULL, "more than %d layers",
                                CR_MOTION_LAYERS_MAX);
        cr_motion_layer *to = &out->layers[out->layer_count];
        *to = (cr_motion_layer){.role = "", .json = layer};
        cr_status status = cr_json_get_text(layer, "file", &to->file, &place, fault);
        if (status == CR_NOTFOUND)
            status = cr_json_fail(fault, CR_INVALID, &place, "file", "a layer needs its file");
        if (status != CR_OK) return status;
        status = cr_json_get_text(layer, "role", &to->role, &place, fault);
        if (status != CR_OK && status != CR_NOTFOUND) return status;
        double depth = number_of(layer, "depth", 0.5);
        to->depth = depth < 0 ? 0 : depth > 1 ? 1 : depth;
        to->x = number_of(layer, "x", -out->bleed);
        to->y = number_of(layer, "y", -out->bleed);
        to->width = number_of(layer, "width", out->width + 2 * out->bleed);
        to->height = number_of(layer, "height", out->height + 2 * out->bleed);
        out->layer_count++;
    }
    return CR_OK;
}

static cr_status need_int(const cJSON *object, const char *key, int *out, int64_t min, int64_t max,
                          const cr_json_place *place, cr_fault *fault)
{
    int64_t value = 0;
    cr_status status = cr_json_get_int(object, key, &value, min, max, place, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, place, key, "a clip needs its %s", key);
    if (status == CR_OK) *out = (int)value;
    return status;
}

static cr_status read_time(cr_motion_wish *out, const cJSON *input, cr_fault *fault)
{
    const cJSON *rate = NULL;
    cr_status status = cr_json_get_object(input, "rate", &rate, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, NULL, "rate", "a clip needs its frame rate");
    if (status != CR_OK) return status;
    cr_json_place place = {NULL, "rate", 0};
    int num = 0, den = 0;
    status = need_int(rate, "num", &num, 1, RATE_MAX, &place, fault);
    if (status == CR_OK) status = need_int(rate, "den", &den, 1, RATE_MAX, &place, fault);
    if (status == CR_OK) status = cr_rate_make(&out->rate, num, den);
    if (status != CR_OK) return status;
    int64_t duration = 0;
    status = cr_json_get_int(input, "duration", &duration, 1,
                             CR_MOTION_SECONDS_MAX * CR_TICKS_PER_SECOND, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, NULL, "duration", "a clip needs its duration");
    out->duration = duration;
    out->frame_count = cr_frame_count(duration, out->rate);
    return status;
}

cr_status cr_motion_wish_read(cr_motion_wish *out, const cJSON *input, cr_fault *fault)
{
    *out = (cr_motion_wish){.shot = ""};
    cr_status status = cr_json_get_text(input, "picture", &out->picture, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_json_fail(fault, CR_INVALID, NULL, "picture", "a clip needs its picture");
    if (status == CR_OK)
        status = need_int(input, "width", &out->width, SIDE_MIN, SIDE_MAX, NULL, fault);
    if (status == CR_OK)
        status = need_int(input, "height", &out->height, SIDE_MIN, SIDE_MAX, NULL, fault);
    if (status == CR_OK) status = read_time(out, input, fault);
    if (status != CR_OK) return status;
    out->bleed = number_of(input, "bleed_px", 0);
    int64_t seed = 0;
    if (cr_json_get_int(input, "seed", &seed, 0, INT64_C(1) << 53, NULL, NULL) == CR_OK)
        out->seed = (uint64_t)seed;
    if (cr_json_get_text(input, "shot", &out->shot, NULL, NULL) != CR_OK) out->shot = "";
    out->phonemes = cJSON_GetObjectItemCaseSensitive(input, "phonemes");
    status = read_layers(out, input, fault);
    out->canvas_width = out->width;
    out->canvas_height = out->height;
    if (status == CR_OK && out->layer_count > 0) {
        // The farthest layer is as large as the canvas with its bleed.
        out->canvas_width = (int)(out->layers[0].width - 2 * out->bleed);
        out->canvas_height = (int)(out->layers[0].height - 2 * out->bleed);
        if (out->canvas_width < SIDE_MIN || out->canvas_height < SIDE_MIN ||
            out->canvas_width > SIDE_MAX || out->canvas_height > SIDE_MAX)
            return cr_json_fail(fault, CR_INVALID, NULL, "layers",
                                "the first layer must be the canvas with its bleed");
    }
    return status;
}
