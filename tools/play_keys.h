// What keys and mouse do in the window of `cutroom play`.
#pragma once

#include <SDL.h>

#include "sdl/window.h"

// The player as its keys see it.
typedef struct play_keys {
    cr_preview *preview;
    cr_sdl_window *window;
    const cr_sequence *film; // where its cuts are; borrowed
    cr_rate frame_rate;
    cr_preview_quality quality; // as asked for
    cr_number gain_db;
    bool is_muted, is_scrubbing, wants_end;
    cr_ticks loop_in, loop_out; // CR_TICKS_NONE: not set
} play_keys;

// Does what a key, or the mouse, means.
void play_keys_handle(play_keys *keys, const SDL_Event *event);
