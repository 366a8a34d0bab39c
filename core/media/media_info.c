#include "media/media_info.h"

#include "base/mem.h"

void cr_media_info_free(cr_media_info *info)
{
    for (int i = 0; i < info->stream_count; i++)
        cr_free(info->streams[i].extradata);
    cr_free(info->streams);
    *info = (cr_media_info){0};
}

const cr_stream_info *cr_media_info_first(const cr_media_info *info, cr_stream_kind kind)
{
    for (int i = 0; i < info->stream_count; i++)
        if (info->streams[i].kind == kind) return &info->streams[i];
    return NULL;
}

void cr_stream_display_size(const cr_stream_info *stream, int *width, int *height)
{
    int64_t across = stream->width, down = stream->height;
    cr_rate aspect = stream->sample_aspect;
    if (aspect.num > aspect.den)
        across = cr_scale(across, aspect.num, aspect.den, CR_ROUND_NEAREST);
    else if (aspect.num > 0 && aspect.num < aspect.den)
        down = cr_scale(down, aspect.den, aspect.num, CR_ROUND_NEAREST);
    bool on_side = stream->orientation.quarter_turns % 2 == 1;
    *width = (int)(on_side ? down : across);
    *height = (int)(on_side ? across : down);
}
