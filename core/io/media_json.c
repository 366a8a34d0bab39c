#include "io/media_json.h"

typedef struct named {
    int value;
    const char *name;
} named;

static const char *name_of(const named *list, int value)
{
    for (; list->name; list++) {
        if (list->value == value) return list->name;
    }
    return "unknown";
}

static const named kinds[] = {
    {CR_STREAM_VIDEO, "video"}, {CR_STREAM_AUDIO, "audio"}, {CR_STREAM_TEXT, "text"}, {0}};
static const named matrices[] = {{CR_MATRIX_BT709, "bt709"},
                                 {CR_MATRIX_BT601, "bt601"},
                                 {CR_MATRIX_BT2020, "bt2020"},
                                 {CR_MATRIX_RGB, "rgb"},
                                 {0}};
static const named ranges[] = {
    {CR_COLOR_RANGE_LIMITED, "limited"}, {CR_COLOR_RANGE_FULL, "full"}, {0}};
static const named primaries[] = {{CR_PRIMARIES_BT709, "bt709"},
                                  {CR_PRIMARIES_BT601_625, "bt601-625"},
                                  {CR_PRIMARIES_BT601_525, "bt601-525"},
                                  {CR_PRIMARIES_BT2020, "bt2020"},
                                  {CR_PRIMARIES_P3, "p3"},
                                  {0}};
static const named transfers[] = {{CR_TRANSFER_BT709, "bt709"}, {CR_TRANSFER_LINEAR, "linear"},
                                  {CR_TRANSFER_SRGB, "srgb"},   {CR_TRANSFER_PQ, "pq"},
                                  {CR_TRANSFER_HLG, "hlg"},     {0}};

const char *cr_stream_kind_name(cr_stream_kind kind)
{
    return name_of(kinds, (int)kind);
}

const char *cr_matrix_name(cr_matrix matrix)
{
    return name_of(matrices, (int)matrix);
}

const char *cr_color_range_name(cr_color_range range)
{
    return name_of(ranges, (int)range);
}

static void add_time(cJSON *object, const char *key, cr_ticks at)
{
    if (at == CR_TICKS_NONE)
        cJSON_AddNullToObject(object, key);
    else
        cr_json_add_int(object, key, at);
}

static void add_rate(cJSON *object, const char *key, cr_rate rate)
{
    cJSON *pair = cJSON_AddObjectToObject(object, key);
    cr_json_add_int(pair, "num", rate.num);
    cr_json_add_int(pair, "den", rate.den);
}

static void add_video(cJSON *object, const cr_stream_info *stream)
{
    int width, height;
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
    add_rate(object, "frame_rate", stream->frame_rate);
    cJSON_AddBoolToObject(object, "is_variable_rate", stream->is_variable_rate);
    cr_json_add_int(object, "frame_count", stream->frame_count);
    cJSON_AddBoolToObject(object, "has_alpha", stream->has_alpha);
    cJSON_AddBoolToObject(object, "is_still", stream->is_still);
    cJSON *color = cJSON_AddObjectToObject(object, "color");
    cJSON_AddStringToObject(color, "matrix", name_of(matrices, (int)stream->color.matrix));
    cJSON_AddStringToObject(color, "range", name_of(ranges, (int)stream->color.range));
    cJSON_AddStringToObject(color, "primaries", name_of(primaries, (int)stream->color.primaries));
    cJSON_AddStringToObject(color, "transfer", name_of(transfers, (int)stream->color.transfer));
}

cJSON *cr_media_info_json(const cr_media_info *info)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "container", info->container);
    add_time(root, "duration", info->duration);
    cJSON_AddBoolToObject(root, "is_truncated", info->is_truncated);
    cJSON *streams = cJSON_AddArrayToObject(root, "streams");
    for (int i = 0; i < info->stream_count; i++) {
        const cr_stream_info *stream = &info->streams[i];
        cJSON *object = cJSON_CreateObject();
        cJSON_AddItemToArray(streams, object);
        cr_json_add_int(object, "index", stream->index);
        cJSON_AddStringToObject(object, "kind", name_of(kinds, (int)stream->kind));
        cJSON_AddStringToObject(object, "codec", stream->codec);
        cJSON_AddStringToObject(object, "language", stream->language);
        add_time(object, "start", stream->start);
        add_time(object, "duration", stream->duration);
        cr_json_add_int(object, "bit_rate", stream->bit_rate);
        if (stream->kind == CR_STREAM_VIDEO) add_video(object, stream);
        if (stream->kind == CR_STREAM_AUDIO) {
            cr_json_add_int(object, "sample_rate", stream->sample_rate);
            cr_json_add_int(object, "channels", stream->channels);
        }
    }
    return root;
}
