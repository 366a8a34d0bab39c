#include "engine/export_format.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/vec.h"

static const cr_export_format formats[] = {
    {.name = "mp4",
     .container = "mp4",
     .extensions = "mp4,m4v,mov",
     .video_codec = "h264",
     .other_codecs = "vp9,av1",
     .audio_codec = "aac",
     .pixel = CR_PIXEL_I420,
     .has_text_track = true},
    {.name = "webm",
     .container = "webm",
     .extensions = "webm",
     .video_codec = "vp9",
     .other_codecs = "av1",
     .audio_codec = "opus",
     .pixel = CR_PIXEL_I420},
    {.name = "m4a", .extensions = "m4a", .container = "mp4", .audio_codec = "aac"},
    {.name = "wav", .container = "wav", .extensions = "wav", .audio_codec = "pcm_s16le"},
    {.name = "png",
     .container = "png",
     .extensions = "png,zip",
     .video_codec = "png",
     .pixel = CR_PIXEL_RGBA,
     .holds_one_picture = true},
    {.name = "webp",
     .container = "webp",
     .extensions = "webp",
     .video_codec = "webp",
     .pixel = CR_PIXEL_RGBA},
    {.name = "digest", .extensions = "digest,txt", .pixel = CR_PIXEL_I420, .is_digest = true},
};

// Whether [word] is one of the words between the commas, without case.
static bool is_listed(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; *at;) {
        size_t piece = strcspn(at, ",");
        if (piece == length && strncasecmp(at, word, length) == 0) return true;
        at += piece + (at[piece] == ',');
    }
    return false;
}

const cr_export_format *cr_export_format_find(const char *name, const char *uri)
{
    const char *dot = uri ? strrchr(uri, '.') : NULL;
    for (size_t i = 0; i < CR_COUNT_OF(formats); i++) {
        if (name ? strcmp(formats[i].name, name) == 0
                 : dot && !strchr(dot, '/') && is_listed(formats[i].extensions, dot + 1))
            return &formats[i];
    }
    return NULL;
}

const char *cr_export_format_codec(const cr_export_format *format, const char *wish)
{
    static const char *const known[] = {"h264", "vp9", "av1"};
    if (!wish || !format->video_codec) return format->video_codec;
    if (strcmp(wish, format->video_codec) == 0) return format->video_codec;
    for (size_t i = 0; format->other_codecs && i < CR_COUNT_OF(known); i++) {
        if (strcmp(known[i], wish) == 0 && is_listed(format->other_codecs, wish)) return known[i];
    }
    return NULL;
}

const char *cr_export_format_names(void)
{
    return "mp4, webm, m4a, wav, png, webp, digest";
}
