// What a rendered clip really holds, decoded again.
#pragma once

#include <stdint.h>

#include "host/host.h"
#include "media/frame.h"

typedef struct clip_frames {
    int count;
    cr_frame *frames[512];
} clip_frames;

// Decodes every frame of the clip at [path]; fails the test when it cannot.
void clip_frames_read(clip_frames *out, const cr_host *host, const char *path);
void clip_frames_free(clip_frames *frames);

// The mean difference of brightness of two frames, within [x, x + width) × [y, y + height).
double clip_difference(const cr_frame *a, const cr_frame *b, int x, int y, int width, int height);
