#include "browser/engine.h"

#include <emscripten.h>

#include "base/assert.h"
#include "browser/codecs.h"
#include "browser/host.h"
#include "browser/screen.h"
#include "browser/sound.h"

// A module is one engine, and what JavaScript calls has no other place to keep it.
static struct {
    cr_host host;
    cr_host_codecs codecs;
    cr_host_sound sound;
    cr_browser_screen *screen;
    cr_api *api;
} engine;

cr_api *cr_browser_engine_api(void)
{
    CR_ASSERT(engine.api);
    return engine.api;
}

// Starts the engine with its fonts in [fonts]. 0, or a status.
EMSCRIPTEN_KEEPALIVE int32_t cr_engine_open(const char *fonts);
int32_t cr_engine_open(const char *fonts)
{
    cr_browser_desc desc = {0};
    cr_status status = cr_browser_host_open(&engine.host, &desc);
    if (status != CR_OK) return status;
    cr_browser_codecs(&engine.codecs, &engine.host.log);
    engine.host.codecs = &engine.codecs;
    cr_browser_sound(&engine.sound);
    engine.host.sound = &engine.sound;
    engine.screen = cr_browser_screen_open(&engine.host);
    cr_api_desc api = {.host = &engine.host,
                       .font_folder = fonts,
                       .screen = cr_browser_screen_door(engine.screen)};
    engine.api = cr_api_open(&api);
    return CR_OK;
}

// What was left open is closed.
EMSCRIPTEN_KEEPALIVE void cr_engine_close(void);
void cr_engine_close(void)
{
    cr_api_close(&engine.api);
    cr_browser_screen_close(&engine.screen);
    cr_browser_host_close(&engine.host);
}

// Of the last call, as cr_api_result and cr_api_fault; valid until the next.
EMSCRIPTEN_KEEPALIVE const char *cr_engine_result(void);
const char *cr_engine_result(void)
{
    size_t length;
    return cr_api_result(engine.api, &length);
}

EMSCRIPTEN_KEEPALIVE int32_t cr_engine_result_length(void);
int32_t cr_engine_result_length(void)
{
    size_t length;
    (void)cr_api_result(engine.api, &length);
    return (int32_t)length;
}

EMSCRIPTEN_KEEPALIVE const char *cr_engine_fault_where(void);
const char *cr_engine_fault_where(void)
{
    return cr_api_fault(engine.api)->where;
}

EMSCRIPTEN_KEEPALIVE const char *cr_engine_fault_text(void);
const char *cr_engine_fault_text(void)
{
    return cr_api_fault(engine.api)->text;
}

// Things that are open.
EMSCRIPTEN_KEEPALIVE int32_t cr_engine_open_count(void);
int32_t cr_engine_open_count(void)
{
    return cr_api_open_count(engine.api);
}

// 1 when the graphics processor paints, 0 when the CPU does.
EMSCRIPTEN_KEEPALIVE int32_t cr_engine_painter(void);
int32_t cr_engine_painter(void)
{
    return cr_browser_screen_is_painting(engine.screen) ? 1 : 0;
}
