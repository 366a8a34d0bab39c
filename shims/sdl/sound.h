// flow: samples -> [shims/sdl] -> ears
// This machine's sound device through SDL, as the host's.
#pragma once

#include "base/status.h"
#include "host/host_sound.h"

typedef struct cr_sdl_sound cr_sdl_sound;

// Gives the device, running. CR_UNSUPPORTED, with the reason in [fault], where there is none.
CR_CHECKED cr_status cr_sdl_sound_open(cr_sdl_sound **out, cr_fault *fault);
void cr_sdl_sound_close(cr_sdl_sound **sound);

// For a cr_host. Borrowed, valid while it is open.
const cr_host_sound *cr_sdl_sound_table(const cr_sdl_sound *sound);
