// The keys of `cutroom play`, as SDL reports them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "native/native.h"
#include "play_keys.h"
#include "project/project_json.h"

// Ten seconds at 30, with a cut in the middle.
static const char film_text[] =
    "{\"version\": 1, \"title\": \"Keys\", \"settings\": {\"width\": 320, \"height\": 180, "
    "\"frame_rate\": \"30/1\"}, \"sequences\": [{\"id\": \"film\", \"tracks\": ["
    "{\"id\": \"v\", \"kind\": \"video\", \"clips\": ["
    "{\"id\": \"c1\", \"kind\": \"solid\", \"start\": 0, \"duration\": 3528000000, "
    "\"color\": \"#2266aaff\"}, {\"id\": \"c2\", \"kind\": \"solid\", \"start\": 3528000000, "
    "\"duration\": 3528000000, \"color\": \"#aa6622ff\"}]}]}]}";

typedef struct desk {
    cr_native *native;
    cr_project *film;
    cr_sdl_window *window;
    play_keys keys;
} desk;

static int open_desk(void **state)
{
    static desk d;
    cr_fault fault = {0};
    SDL_SetMainReady();
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    d = (desk){0};
    cr_native_desc native = {.thread_count = 1};
    if (cr_native_open(&d.native, &native) != CR_OK ||
        cr_project_parse(&d.film, film_text, strlen(film_text), &fault) != CR_OK ||
        cr_sdl_window_open(&d.window, "keys", 320, 180, &fault) != CR_OK)
        return -1;
    d.keys = (play_keys){.window = d.window,
                         .film = cr_project_film(d.film),
                         .frame_rate = {30, 1},
                         .quality = CR_QUALITY_AUTO,
                         .loop_in = CR_TICKS_NONE,
                         .loop_out = CR_TICKS_NONE};
    cr_preview_desc preview = {.host = cr_native_host(d.native),
                               .screen = cr_sdl_window_screen(d.window)};
    if (cr_preview_open(&d.keys.preview, &preview, &fault) != CR_OK ||
        cr_preview_set_project(d.keys.preview, d.film, "", &fault) != CR_OK)
        return -1;
    *state = &d;
    return 0;
}

static int close_desk(void **state)
{
    desk *d = *state;
    cr_preview_close(&d->keys.preview);
    cr_sdl_window_close(&d->window);
    cr_project_drop(&d->film);
    cr_native_close(&d->native);
    SDL_Quit();
    return 0;
}

static cr_preview_state after(desk *d, SDL_Keycode key, Uint16 modifiers)
{
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = key, .mod = modifiers}}};
    play_keys_handle(&d->keys, &event);
    cr_preview_state state;
    cr_preview_state_get(d->keys.preview, &state);
    return state;
}

static void assert_rate(desk *d, SDL_Keycode key, double rate)
{
    assert_int_equal(after(d, key, 0).rate, (cr_number)(rate * (double)CR_ONE));
}

static void test_shuttle(void **state)
{
    desk *d = *state;
    after(d, SDLK_DOWN, 0);
    static const double faster[] = {1, 2, 4, 8, 16, 16};
    for (size_t i = 0; i < sizeof faster / sizeof *faster; i++)
        assert_rate(d, SDLK_l, faster[i]);
    static const double slower[] = {8, 4, 2, 1, -1, -2};
    for (size_t i = 0; i < sizeof slower / sizeof *slower; i++)
        assert_rate(d, SDLK_j, slower[i]);
    assert_rate(d, SDLK_k, 0);
    assert_rate(d, SDLK_SPACE, 1);
    assert_rate(d, SDLK_SPACE, 0);
}

static void test_places(void **state)
{
    desk *d = *state;
    cr_ticks frame = CR_TICKS_PER_SECOND / 30;
    assert_int_equal(after(d, SDLK_RIGHT, 0).playhead, frame);
    assert_int_equal(after(d, SDLK_RIGHT, KMOD_LSHIFT).playhead, 11 * frame);
    assert_int_equal(after(d, SDLK_LEFT, 0).playhead, 10 * frame);
    assert_int_equal(after(d, SDLK_DOWN, 0).playhead, 150 * frame);
    assert_int_equal(after(d, SDLK_DOWN, 0).playhead, 300 * frame);
    assert_int_equal(after(d, SDLK_UP, 0).playhead, 150 * frame);
    assert_int_equal(after(d, SDLK_END, 0).playhead, 300 * frame);
    assert_int_equal(after(d, SDLK_HOME, 0).playhead, 0);
}

static void test_loop_and_rest(void **state)
{
    desk *d = *state;
    after(d, SDLK_DOWN, 0);
    assert_true(after(d, SDLK_i, 0).is_looping);
    after(d, SDLK_RIGHT, KMOD_LSHIFT);
    after(d, SDLK_o, 0);
    // From the cut on, eleven pictures: the one that was marked belongs to it.
    assert_int_equal(d->keys.loop_out - d->keys.loop_in, 11 * (CR_TICKS_PER_SECOND / 30));
    assert_false(after(d, SDLK_x, 0).is_looping);
    after(d, SDLK_MINUS, 0);
    assert_int_equal(d->keys.quality, CR_QUALITY_FULL);
    after(d, SDLK_MINUS, 0);
    assert_int_equal(d->keys.quality, CR_QUALITY_HALF);
    after(d, SDLK_PLUS, 0);
    after(d, SDLK_PLUS, 0);
    after(d, SDLK_PLUS, 0);
    assert_int_equal(d->keys.quality, CR_QUALITY_AUTO);
    after(d, SDLK_m, 0);
    assert_true(d->keys.is_muted);
    assert_false(d->keys.wants_end);
    after(d, SDLK_ESCAPE, 0);
    assert_true(d->keys.wants_end);
}

static void test_mouse_scrubs(void **state)
{
    desk *d = *state;
    cr_preview_state now;
    SDL_Event down = {.button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .x = 80}};
    play_keys_handle(&d->keys, &down);
    cr_preview_state_get(d->keys.preview, &now);
    assert_true(now.is_scrubbing);
    assert_int_equal(now.playhead, now.duration / 4);
    SDL_Event move = {.motion = {.type = SDL_MOUSEMOTION, .x = 5000}};
    play_keys_handle(&d->keys, &move);
    SDL_Event up = {.button = {.type = SDL_MOUSEBUTTONUP, .button = SDL_BUTTON_LEFT, .x = 160}};
    play_keys_handle(&d->keys, &up);
    cr_preview_state_get(d->keys.preview, &now);
    assert_false(now.is_scrubbing);
    assert_int_equal(now.playhead, now.duration / 2);
    // The button is up: moving does nothing.
    play_keys_handle(&d->keys, &move);
    cr_preview_state_get(d->keys.preview, &now);
    assert_int_equal(now.playhead, now.duration / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shuttle, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_places, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_loop_and_rest, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_mouse_scrubs, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
