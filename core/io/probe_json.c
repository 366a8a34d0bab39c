#include "io/probe_json.h"

#include <stdio.h>

static void add_time(cJSON *object, const char *key, cr_ticks at)
{
    cr_json_add_int(object, key, at);
    char name[40];
    snprintf(name, sizeof name, "%s_seconds", key);
    cJSON_AddNumberToObject(object, name, (double)at / (double)CR_TICKS_PER_SECOND);
}

static void add_rate(cJSON *object, const char *key, cr_rate rate)
{
    char text[32];
    snprintf(text, sizeof text, "%d/%d", rate.num, rate.den);
    if (cr_rate_is_known(rate))
        cJSON_AddStringToObject(object, key, text);
    else
        cJSON_AddNullToObject(object, key);
}

static const char *matrix_name(cr_matrix matrix)
{
    switch (matrix) {
    case CR_MATRIX_BT709:
        return "bt709";
    case CR_MATRIX_BT601:
        return "bt601";
    case CR_MATRIX_BT2020:
        return "bt2020";
    case CR_MATRIX_RGB:
        return "rgb";
    case CR_MATRIX_NONE:
        break;
    }
    return "unknown";
}

static const char *transfer_name(cr_transfer transfer)
{
    switch (transfer) {
    case CR_TRANSFER_BT709:
        return "bt709";
    case CR_TRANSFER_LINEAR:
        return "linear";
    case CR_TRANSFER_SRGB:
        return "srgb";
    case CR_TRANSFER_PQ:
        return "pq";
    case CR_TRANSFER_HLG:
        return "hlg";
    case CR_TRANSFER_NONE:
        break;
    }
    return "unknown";
}

static const char *primaries_name(cr_primaries primaries)
{
    switch (primaries) {
    case CR_PRIMARIES_BT709:
        return "bt709";
    case CR_PRIMARIES_BT601_625:
        return "bt601-625";
    case CR_PRIMARIES_BT601_525:
        return "bt601-525";
    case CR_PRIMARIES_BT2020:
        return "bt2020";
    case CR_PRIMARIES_P3:
        return "p3";
    case CR_PRIMARIES_NONE:
        break;
    }
    return "unknown";
}

static void add_picture(cJSON *object, const cr_stream_info *stream)
{
    int width = 0, height = 0;
    cr_stream_display_size(stream, &width, &height);
    cr_json_add_int(object, "width", stream->width);
    cr_json_add_int(object, "height", stream->height);
    cr_json_add_int(object, "display_width", width);
    cr_json_add_int(object, "display_height", height);
    add_rate(object, "sample_aspect", stream->sample_aspect);
    cr_json_add_int(object, "rotation", stream->orientation.quarter_turns * 90);
    cJSON_AddBoolToObject(object, "mirrored", stream->orientation.mirrored);
    cJSON_AddStringToObject(object, "pixel", cr_pixel_name(stream->pixel));
    cr_json_add_int(object, "bit_depth", stream->bit_depth);
    cJSON_AddBoolToObject(object, "alpha", stream->has_alpha);
    cJSON *color = cJSON_AddObjectToObject(object, "color");
    cJSON_AddStringToObject(color, "matrix", matrix_name(stream->color.matrix));
    cJSON_AddStringToObject(color, "range",
                            stream->color.range == CR_COLOR_RANGE_FULL ? "full" : "limited");
    cJSON_AddStringToObject(color, "primaries", primaries_name(stream->color.primaries));
    cJSON_AddStringToObject(color, "transfer", transfer_name(stream->color.transfer));
    cJSON_AddBoolToObject(object, "still", stream->is_still);
    add_rate(object, "frame_rate", stream->frame_rate);
    cJSON_AddBoolToObject(object, "variable_rate", stream->is_variable_rate);
    cr_json_add_int(object, "frames", stream->frame_count);
}

static cJSON *stream_json(const cr_stream_info *stream)
{
    static const char *const kinds[] = {"other", "video", "audio", "text"};
    cJSON *object = cJSON_CreateObject();
    cr_json_add_int(object, "index", stream->index);
    cJSON_AddStringToObject(object, "kind", kinds[stream->kind]);
    cJSON_AddStringToObject(object, "codec", stream->codec);
    if (stream->language[0]) cJSON_AddStringToObject(object, "language", stream->language);
    add_time(object, "start", stream->start);
    add_time(object, "duration", stream->duration);
    if (stream->bit_rate > 0) cr_json_add_int(object, "bit_rate", stream->bit_rate);
    if (stream->kind == CR_STREAM_VIDEO) add_picture(object, stream);
    if (stream->kind == CR_STREAM_AUDIO) {
        cr_json_add_int(object, "sample_rate", stream->sample_rate);
        cr_json_add_int(object, "channels", stream->channels);
    }
    return object;
}

cJSON *cr_media_info_json(const cr_media_info *info)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "container", info->container);
    add_time(object, "duration", info->duration);
    cJSON_AddBoolToObject(object, "truncated", info->is_truncated);
    cJSON *streams = cJSON_AddArrayToObject(object, "streams");
    for (int i = 0; i < info->stream_count; i++)
        cJSON_AddItemToArray(streams, stream_json(&info->streams[i]));
    return object;
}
