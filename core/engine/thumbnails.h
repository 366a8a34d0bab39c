// flow: media file + time -> [engine] -> small picture
// Small pictures of one file, in any order: what a timeline draws its clips with.
#pragma once

#include "host/host.h"
#include "media/frame.h"

// Pictures are at least and at most so high.
enum { CR_THUMBNAIL_HEIGHT_MIN = 16, CR_THUMBNAIL_HEIGHT_MAX = 1080 };

typedef struct cr_thumbnails cr_thumbnails;

// Opens [path] through [host], which must outlive the thumbnails. [height] is of the pictures;
// their width follows the file's shape. CR_UNSUPPORTED when there is no picture in it.
CR_CHECKED cr_status cr_thumbnails_open(cr_thumbnails **out, const cr_host *host, const char *path,
                                        int height, cr_fault *fault);
void cr_thumbnails_close(cr_thumbnails **thumbnails);

// Of every picture, in pixels.
void cr_thumbnails_size(const cr_thumbnails *thumbnails, int *width, int *height);

// The picture that is on at [at], counted from the file's beginning; before and behind it the
// nearest there is. Gives the frame, in RGBA (sRGB). CR_AGAIN: the host's decoders are at work, ask
// again.
CR_CHECKED cr_status cr_thumbnails_make(cr_thumbnails *thumbnails, cr_ticks at, cr_frame **out,
                                        cr_fault *fault);
