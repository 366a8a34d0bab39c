#include "browser/sound.h"

#include <stddef.h>

// sound.js
extern int cr_js_sound_room(void);
extern void cr_js_sound_write(const float *left, const float *right, int count);
extern double cr_js_sound_heard(void);
extern void cr_js_sound_clear(void);
extern int cr_js_sound_is_running(void);

static int room(void *cookie)
{
    (void)cookie;
    return cr_js_sound_room();
}

static void write_samples(void *cookie, const float *left, const float *right, int count)
{
    (void)cookie;
    cr_js_sound_write(left, right, count);
}

static int64_t heard(void *cookie)
{
    (void)cookie;
    return (int64_t)cr_js_sound_heard();
}

static void clear(void *cookie)
{
    (void)cookie;
    cr_js_sound_clear();
}

static bool is_running(void *cookie)
{
    (void)cookie;
    return cr_js_sound_is_running() != 0;
}

void cr_browser_sound(cr_host_sound *out)
{
    *out = (cr_host_sound){
        .cookie = NULL,
        .room = room,
        .write = write_samples,
        .heard = heard,
        .clear = clear,
        .is_running = is_running,
    };
}
