#include "engine/export_format.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

static const cr_export_format formats[] = {
    {.name = "mp4",
     .extensions = "mp4,m4v,mov",
     .video_codec = "h264",
     .audio_codec = "aac",
     .pixel = CR_PIXEL_I420,
     .has_text_track = true},
    {.name = "webm",
     .extensions = "webm",
     .video_codec = "vp9",
     .audio_codec = "opus",
     .pixel = CR_PIXEL_I420},
    {.name = "wav", .extensions = "wav", .audio_codec = "pcm_s16le"},
    {.name = "png",
     .extensions = "png,zip",
     .video_codec = "png",
     .pixel = CR_PIXEL_RGBA,
     .holds_one_picture = true},
    {.name = "webp", .extensions = "webp", .video_codec = "webp", .pixel = CR_PIXEL_RGBA},
    {.name = "digest", .extensions = "digest,txt", .pixel = CR_PIXEL_I420, .is_digest = true},
};

static bool has_extension(const cr_export_format *format, const char *extension)
{
    size_t length = strlen(extension);
    for (const char *at = format->extensions; *at;) {
        size_t piece = strcspn(at, ",");
        if (piece == length && strncasecmp(at, extension, length) == 0) return true;
        at += piece + (at[piece] == ',');
    }
    return false;
}

const cr_export_format *cr_export_format_find(const char *name, const char *uri)
{
    const char *dot = uri ? strrchr(uri, '.') : NULL;
    for (size_t i = 0; i < CR_COUNT_OF(formats); i++) {
        if (name ? strcmp(formats[i].name, name) == 0
                 : dot && !strchr(dot, '/') && has_extension(&formats[i], dot + 1))
            return &formats[i];
    }
    return NULL;
}

const char *cr_export_format_names(void)
{
    return "mp4, webm, wav, png, webp, digest";
}
