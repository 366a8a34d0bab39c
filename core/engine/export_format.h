// What an export can be written as, in one table.
#pragma once

#include <stdbool.h>

#include "media/pixel.h"

// One kind of file that can be written.
typedef struct cr_export_format {
    const char *name;         // as export_desc names it
    const char *extensions;   // "mp4,m4v,mov", matched without case
    const char *container;    // as io/mux.h names it
    const char *video_codec;  // NULL: no picture in it
    const char *other_codecs; // "vp9,av1": what else the picture may be coded as; NULL: nothing
    const char *audio_codec;  // NULL: no sound in it
    cr_pixel pixel;           // what the painter hands to the encoder
    bool has_text_track;      // can carry captions beside the picture
    bool holds_one_picture;   // several need a .zip around them
    bool is_digest;           // lines of text instead of media
} cr_export_format;

// By name, or with [name] NULL by the extension of [uri]; NULL when there is none. Static.
const cr_export_format *cr_export_format_find(const char *name, const char *uri);

// The picture's codec in this kind of file when [wish] is asked for (NULL: the usual one). Static;
// NULL when it cannot hold that.
const char *cr_export_format_codec(const cr_export_format *format, const char *wish);

// "mp4, webm, …" for a fault. Static.
const char *cr_export_format_names(void);
