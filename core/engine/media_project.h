// flow: media files -> [engine] -> project
// A first cut of loose files: one after the other, picture on one track and sound on another.
#pragma once

#include "host/host.h"
#include "project/project.h"

// How long a still is on.
#define CR_STILL_TICKS (5 * CR_TICKS_PER_SECOND)

// [uris] are relative to [folder]. The first picture gives the canvas and the frame rate; without
// any the canvas is 1920 × 1080 at 30. Gives the snapshot. A file that cannot be used fails it,
// named.
CR_CHECKED cr_status cr_media_project(cr_project **out, const char *const *uris, int count,
                                      const char *folder, const cr_host *host, cr_fault *fault);
