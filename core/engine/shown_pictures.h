// flow: frame that was shown -> [engine] -> the same frame, at once
// Pictures that were looked at lately, in memory, by file and time: going back to one of them needs
// no decoder. Nothing of the film is in them, so no edit, speed or quality makes them wrong.
#pragma once

#include "media/frame.h"

typedef struct cr_shown_pictures cr_shown_pictures;

// Keeps up to [bytes_max] of planes; what was not looked at for longest goes first. Never fails.
cr_shown_pictures *cr_shown_pictures_open(int64_t bytes_max);
void cr_shown_pictures_close(cr_shown_pictures **shown);

// [frame] is what the file of asset [asset] shows during [on], in the file's time. Shares it. One
// whose planes are with a host, or that is larger than all the room, is not kept.
void cr_shown_pictures_add(cr_shown_pictures *shown, const char *asset, cr_range on,
                           cr_frame *frame);

// The picture that is on at [at], shared; NULL: it is not kept.
cr_frame *cr_shown_pictures_find(cr_shown_pictures *shown, const char *asset, cr_ticks at);

// Another file is behind [asset].
void cr_shown_pictures_forget(cr_shown_pictures *shown, const char *asset);

// Of the planes that are kept.
int64_t cr_shown_pictures_bytes(const cr_shown_pictures *shown);
