#include "engine/file_origin.h"

cr_ticks cr_file_origin(const cr_media_info *info)
{
    cr_ticks origin = CR_TICKS_NONE;
    for (int i = 0; i < info->stream_count; i++) {
        cr_ticks start = info->streams[i].start;
        if (info->streams[i].kind == CR_STREAM_TEXT || start == CR_TICKS_NONE) continue;
        if (origin == CR_TICKS_NONE || start < origin) origin = start;
    }
    return origin == CR_TICKS_NONE ? 0 : origin;
}
