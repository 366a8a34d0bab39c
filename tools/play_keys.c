#include "play_keys.h"

enum {
    RATE_MAX = 16,
    STEP_FAST_FRAMES = 10,
    VOLUME_STEP_DB = 3,
    VOLUME_MIN_DB = -60,
    VOLUME_MAX_DB = 6,
};

static cr_preview_state now(const play_keys *keys)
{
    cr_preview_state state;
    cr_preview_state_get(keys->preview, &state);
    return state;
}

// J and L: at first the film's own speed, then twice as fast with every press; the other key first
// slows down.
static void shuttle(play_keys *keys, int direction)
{
    cr_number rate = now(keys).rate, one = CR_ONE * direction;
    cr_number limit = RATE_MAX * CR_ONE;
    if (rate == 0)
        rate = one;
    else if ((rate > 0) == (direction > 0))
        rate = rate * 2 > limit ? limit : rate * 2 < -limit ? -limit : rate * 2;
    else
        rate = rate == -one ? one : rate / 2;
    cr_preview_play(keys->preview, rate);
}

static void toggle_play(play_keys *keys)
{
    cr_preview_play(keys->preview, now(keys).rate == 0 ? CR_ONE : 0);
}

// Up and down: the nearest cut before or behind the playhead.
static void go_to_cut(play_keys *keys, int direction)
{
    cr_preview_state state = now(keys);
    cr_ticks best = direction < 0 ? 0 : state.duration;
    for (int t = 0; t < keys->film->track_count; t++) {
        const cr_track *track = keys->film->tracks[t];
        for (int c = 0; c < 2 * track->clip_count; c++) {
            cr_range range = track->clips[c / 2]->range;
            cr_ticks cut = c % 2 ? cr_range_end(range) : range.start;
            if (direction < 0 ? cut < state.playhead && cut > best
                              : cut > state.playhead && cut < best)
                best = cut;
        }
    }
    cr_preview_seek(keys->preview, best, false);
}

static void set_loop(play_keys *keys)
{
    cr_preview_state state = now(keys);
    cr_ticks from = keys->loop_in == CR_TICKS_NONE ? 0 : keys->loop_in;
    cr_ticks to = keys->loop_out == CR_TICKS_NONE ? state.duration : keys->loop_out;
    bool is_set = keys->loop_in != CR_TICKS_NONE || keys->loop_out != CR_TICKS_NONE;
    cr_range loop = {from, is_set && to > from ? to - from : 0};
    cr_preview_loop(keys->preview, loop);
}

static void mark(play_keys *keys, SDL_Keycode key)
{
    cr_ticks at = now(keys).playhead;
    if (key == SDLK_x) keys->loop_in = keys->loop_out = CR_TICKS_NONE;
    if (key == SDLK_i) keys->loop_in = at;
    if (key == SDLK_i && keys->loop_out != CR_TICKS_NONE && keys->loop_out <= at)
        keys->loop_out = CR_TICKS_NONE;
    // The picture under the playhead belongs to the loop.
    if (key == SDLK_o)
        keys->loop_out = cr_frame_start(cr_frame_at(at, keys->frame_rate) + 1, keys->frame_rate);
    if (key == SDLK_o && keys->loop_in != CR_TICKS_NONE && keys->loop_in >= keys->loop_out)
        keys->loop_in = CR_TICKS_NONE;
    set_loop(keys);
}

static void change_quality(play_keys *keys, int by)
{
    static const cr_preview_quality order[] = {CR_QUALITY_QUARTER, CR_QUALITY_HALF, CR_QUALITY_FULL,
                                               CR_QUALITY_AUTO};
    enum { COUNT = sizeof order / sizeof *order };
    int at = 0;
    while (at < COUNT - 1 && order[at] != keys->quality)
        at++;
    at += by;
    keys->quality = order[at < 0 ? 0 : at >= COUNT ? COUNT - 1 : at];
    cr_preview_set_quality(keys->preview, keys->quality);
}

static void change_volume(play_keys *keys, int by_db)
{
    cr_number gain = keys->gain_db + by_db * CR_ONE;
    if (gain < VOLUME_MIN_DB * CR_ONE) gain = VOLUME_MIN_DB * CR_ONE;
    if (gain > VOLUME_MAX_DB * CR_ONE) gain = VOLUME_MAX_DB * CR_ONE;
    keys->gain_db = gain;
    if (by_db == 0) keys->is_muted = !keys->is_muted;
    cr_preview_set_volume(keys->preview, keys->gain_db, keys->is_muted);
}

static void escape(play_keys *keys)
{
    if (cr_sdl_window_is_full(keys->window))
        cr_sdl_window_toggle_full(keys->window);
    else
        keys->wants_end = true;
}

static void press_transport(play_keys *keys, SDL_Keycode key, bool is_shifted)
{
    int step = is_shifted ? STEP_FAST_FRAMES : 1;
    switch (key) {
    case SDLK_SPACE:
        toggle_play(keys);
        break;
    case SDLK_j:
    case SDLK_l:
        shuttle(keys, key == SDLK_l ? 1 : -1);
        break;
    case SDLK_k:
        cr_preview_play(keys->preview, 0);
        break;
    case SDLK_LEFT:
    case SDLK_RIGHT:
        cr_preview_step(keys->preview, key == SDLK_RIGHT ? step : -step);
        break;
    case SDLK_UP:
    case SDLK_DOWN:
        go_to_cut(keys, key == SDLK_DOWN ? 1 : -1);
        break;
    case SDLK_HOME:
    case SDLK_END:
        cr_preview_seek(keys->preview, key == SDLK_HOME ? 0 : now(keys).duration, false);
        break;
    default:
        break;
    }
}

static void press_rest(play_keys *keys, SDL_Keycode key)
{
    switch (key) {
    case SDLK_i:
    case SDLK_o:
    case SDLK_x:
        mark(keys, key);
        break;
    case SDLK_PLUS:
    case SDLK_EQUALS:
    case SDLK_KP_PLUS:
        change_quality(keys, 1);
        break;
    case SDLK_MINUS:
    case SDLK_KP_MINUS:
        change_quality(keys, -1);
        break;
    case SDLK_m:
        change_volume(keys, 0);
        break;
    case SDLK_9:
    case SDLK_0:
        change_volume(keys, key == SDLK_0 ? VOLUME_STEP_DB : -VOLUME_STEP_DB);
        break;
    case SDLK_f:
        cr_sdl_window_toggle_full(keys->window);
        break;
    case SDLK_ESCAPE:
        escape(keys);
        break;
    case SDLK_q:
        keys->wants_end = true;
        break;
    default:
        break;
    }
}

static void scrub(play_keys *keys, int x, bool is_down)
{
    double across = cr_sdl_window_across(keys->window, x);
    cr_ticks at = (cr_ticks)(across * (double)now(keys).duration);
    keys->is_scrubbing = is_down;
    cr_preview_seek(keys->preview, at, is_down);
}

void play_keys_handle(play_keys *keys, const SDL_Event *event)
{
    if (event->type == SDL_QUIT) keys->wants_end = true;
    if (event->type == SDL_WINDOWEVENT) cr_preview_refresh(keys->preview);
    if (event->type == SDL_KEYDOWN) {
        press_transport(keys, event->key.keysym.sym, event->key.keysym.mod & KMOD_SHIFT);
        // Held down, only the transport goes on.
        if (!event->key.repeat) press_rest(keys, event->key.keysym.sym);
    }
    bool is_left = event->button.button == SDL_BUTTON_LEFT;
    if (event->type == SDL_MOUSEBUTTONDOWN && is_left) scrub(keys, event->button.x, true);
    if (event->type == SDL_MOUSEBUTTONUP && is_left) scrub(keys, event->button.x, false);
    if (event->type == SDL_MOUSEMOTION && keys->is_scrubbing) scrub(keys, event->motion.x, true);
}
