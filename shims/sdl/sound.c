#include "sdl/sound.h"

#include <SDL.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"

enum {
    RATE = 48000,
    CAPACITY = 1 << 15,     // samples a channel; a power of two
    CALLBACK_SAMPLES = 512, // asked for at once
    HELD_CALLBACKS = 2,     // what a device has taken and not yet played
};

// Of the step that is left after one sample: it is gone after about 10 ms.
static const float fade_samples = 96;

// Everything but [device] and [table] is shared with SDL's thread and guarded by
// SDL_LockAudioDevice.
struct cr_sdl_sound {
    cr_host_sound table;
    SDL_AudioDeviceID device;
    int held; // samples between the callback and the ears
    float fade;
    float ring[2][CAPACITY];
    int64_t written, consumed; // since the last clear
    int64_t silent;            // given since the last sample that was written
    int64_t told;              // what heard said last
    Uint64 called;             // when the callback last took samples
    bool is_silent, was_cleared;
    float last[2], step[2];
};

static int queued(const cr_sdl_sound *sound)
{
    return (int)(sound->written - sound->consumed);
}

// The sound goes on with other values than it had: the difference fades.
static void join(cr_sdl_sound *sound, const float next[2])
{
    for (int c = 0; c < 2; c++)
        sound->step[c] = sound->last[c] - next[c];
}

static void give(cr_sdl_sound *sound, float *out, const float sample[2])
{
    for (int c = 0; c < 2; c++) {
        out[c] = sample[c] + sound->step[c];
        sound->step[c] *= sound->fade;
        sound->last[c] = out[c];
    }
}

// On SDL's thread, with the device locked.
static void SDLCALL play(void *cookie, Uint8 *bytes, int size)
{
    cr_sdl_sound *sound = cookie;
    float *out = (float *)(void *)bytes;
    int count = size / (int)(2 * sizeof(float));
    int there = queued(sound) < count ? queued(sound) : count;
    for (int i = 0; i < there; i++) {
        int64_t at = (sound->consumed + i) & (CAPACITY - 1);
        float sample[2] = {sound->ring[0][at], sound->ring[1][at]};
        if (sound->is_silent || sound->was_cleared) join(sound, sample);
        sound->is_silent = sound->was_cleared = false;
        give(sound, out + 2 * i, sample);
    }
    const float nothing[2] = {0};
    if (there < count && !sound->is_silent) {
        join(sound, nothing);
        sound->is_silent = true;
    }
    for (int i = there; i < count; i++)
        give(sound, out + 2 * i, nothing);
    sound->consumed += there;
    sound->silent = there > 0 ? count - there : sound->silent + count;
    sound->called = SDL_GetPerformanceCounter();
}

static int room(void *cookie)
{
    cr_sdl_sound *sound = cookie;
    SDL_LockAudioDevice(sound->device);
    int left = CAPACITY - queued(sound);
    SDL_UnlockAudioDevice(sound->device);
    return left;
}

static void write_samples(void *cookie, const float *left, const float *right, int count)
{
    cr_sdl_sound *sound = cookie;
    SDL_LockAudioDevice(sound->device);
    for (int i = 0; i < count && queued(sound) < CAPACITY; i++, sound->written++) {
        int64_t at = sound->written & (CAPACITY - 1);
        sound->ring[0][at] = left[i];
        sound->ring[1][at] = right[i];
    }
    SDL_UnlockAudioDevice(sound->device);
}

// The callback takes samples in lumps; between two of them the device plays on.
static int64_t heard(void *cookie)
{
    cr_sdl_sound *sound = cookie;
    SDL_LockAudioDevice(sound->device);
    Uint64 ticks = SDL_GetPerformanceCounter() - sound->called;
    int64_t passed = (int64_t)(ticks * RATE / SDL_GetPerformanceFrequency());
    if (passed > CALLBACK_SAMPLES) passed = CALLBACK_SAMPLES;
    int64_t at = sound->consumed + sound->silent - sound->held + passed;
    if (at > sound->consumed) at = sound->consumed;
    if (at > sound->told) sound->told = at;
    at = sound->told;
    SDL_UnlockAudioDevice(sound->device);
    return at;
}

static void clear(void *cookie)
{
    cr_sdl_sound *sound = cookie;
    SDL_LockAudioDevice(sound->device);
    sound->was_cleared = true;
    sound->written = sound->consumed = sound->silent = sound->told = 0;
    SDL_UnlockAudioDevice(sound->device);
}

static bool is_running(void *cookie)
{
    const cr_sdl_sound *sound = cookie;
    return SDL_GetAudioDeviceStatus(sound->device) == SDL_AUDIO_PLAYING;
}

cr_status cr_sdl_sound_open(cr_sdl_sound **out, cr_fault *fault)
{
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0)
        return cr_fail(fault, CR_UNSUPPORTED, "", "there is no sound: %s", SDL_GetError());
    cr_sdl_sound *sound = cr_alloc(1, sizeof *sound);
    sound->is_silent = true;
    sound->called = SDL_GetPerformanceCounter();
    sound->fade = expf(-1 / fade_samples);
    SDL_AudioSpec wish = {.freq = RATE,
                          .format = AUDIO_F32SYS,
                          .channels = 2,
                          .samples = CALLBACK_SAMPLES,
                          .callback = play,
                          .userdata = sound};
    SDL_AudioSpec is;
    sound->device = SDL_OpenAudioDevice(NULL, 0, &wish, &is, 0);
    if (sound->device == 0) {
        cr_free(sound);
        cr_status status =
            cr_fail(fault, CR_UNSUPPORTED, "", "there is no sound: %s", SDL_GetError());
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return status;
    }
    sound->held = HELD_CALLBACKS * is.samples;
    sound->table = (cr_host_sound){.cookie = sound,
                                   .room = room,
                                   .write = write_samples,
                                   .heard = heard,
                                   .clear = clear,
                                   .is_running = is_running};
    SDL_PauseAudioDevice(sound->device, 0);
    *out = sound;
    return CR_OK;
}

void cr_sdl_sound_close(cr_sdl_sound **sound)
{
    cr_sdl_sound *closing = *sound;
    if (!closing) return;
    SDL_CloseAudioDevice(closing->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    cr_free(closing);
    *sound = NULL;
}

const cr_host_sound *cr_sdl_sound_table(const cr_sdl_sound *sound)
{
    return &sound->table;
}
