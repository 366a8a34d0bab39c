#include "mixer/clip_sound.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "media/sample.h"
#include "mixer/kernel.h"
#include "mixer/stretch.h"

#define TICKS_PER_SAMPLE (CR_TICKS_PER_SECOND / CR_MIX_RATE)

enum {
    PHASES = 512,
    READ_ROOM = CR_CLIP_SOUND_BLOCK + CR_KERNEL_TAPS_MAX,
};

// "Played" samples below count from the clip's start in the direction of playing, at speed 1.
struct cr_clip_sound {
    cr_number speed; // never negative
    bool is_reversed;
    int64_t clip_first; // the clip's first sample on the timeline
    int64_t heard_from;
    int64_t source_first; // source sample of played sample 0
    cr_clip_sound_read_function *read;
    void *cookie;
    cr_kernel kernel; // when the pitch goes with the speed
    cr_stretch *stretch;
    int64_t stretch_first; // played sample at heard_from
    float scratch[2][READ_ROOM];
};

int64_t cr_sample_from(cr_ticks at)
{
    return cr_scale(at, 1, TICKS_PER_SAMPLE, CR_ROUND_UP);
}

// Played samples; backwards they are source samples in falling order.
static cr_status read_played(cr_clip_sound *sound, int64_t first, int count, float *out[2],
                             cr_fault *fault)
{
    if (!sound->is_reversed)
        return sound->read(sound->cookie, sound->source_first + first, count, out, fault);
    cr_status status =
        sound->read(sound->cookie, sound->source_first - first - (count - 1), count, out, fault);
    if (status != CR_OK) return status;
    for (int side = 0; side < 2; side++) {
        for (int i = 0, j = count - 1; i < j; i++, j--) {
            float kept = out[side][i];
            out[side][i] = out[side][j];
            out[side][j] = kept;
        }
    }
    return CR_OK;
}

static cr_status read_for_stretch(void *cookie, int64_t first, int count, float *out[2],
                                  cr_fault *fault)
{
    cr_clip_sound *sound = cookie;
    return read_played(sound, sound->stretch_first + first, count, out, fault);
}

cr_status cr_clip_sound_open(cr_clip_sound **out, const cr_clip *clip, int64_t heard_from,
                             cr_clip_sound_read_function *read, void *cookie)
{
    cr_clip_sound *sound = cr_alloc(1, sizeof *sound);
    sound->is_reversed = clip->speed < 0;
    sound->speed = clip->speed < 0 ? -clip->speed : clip->speed;
    sound->clip_first = cr_sample_from(clip->range.start);
    sound->heard_from = heard_from;
    sound->read = read;
    sound->cookie = cookie;
    cr_ticks start = clip->source_start;
    if (sound->is_reversed)
        start += cr_scale(clip->range.duration, sound->speed, CR_ONE, CR_ROUND_NEAREST);
    sound->source_first = cr_scale(start, 1, TICKS_PER_SAMPLE, CR_ROUND_NEAREST);
    if (sound->is_reversed) sound->source_first--;
    cr_status status = CR_OK;
    if (sound->speed != 0 && sound->speed != CR_ONE) {
        if (clip->keep_pitch) {
            sound->stretch_first =
                cr_scale(heard_from - sound->clip_first, sound->speed, CR_ONE, CR_ROUND_NEAREST);
            cr_stretch_open(&sound->stretch, sound->speed, read_for_stretch, sound);
        } else {
            double bandwidth = sound->speed > CR_ONE ? (double)CR_ONE / (double)sound->speed : 1;
            status = cr_kernel_make(&sound->kernel, PHASES, bandwidth);
        }
    }
    if (status != CR_OK) {
        cr_free(sound);
        return status;
    }
    *out = sound;
    return CR_OK;
}

void cr_clip_sound_close(cr_clip_sound **sound)
{
    if (!*sound) return;
    cr_stretch_close(&(*sound)->stretch);
    cr_kernel_free(&(*sound)->kernel);
    cr_free(*sound);
    *sound = NULL;
}

// One sample where the tape is at any speed: read at the exact fraction of its place.
static cr_status read_at_speed(cr_clip_sound *sound, int64_t at, int count, float *out[2],
                               cr_fault *fault)
{
    int64_t first = cr_scale(at, sound->speed, CR_ONE, CR_ROUND_DOWN);
    int64_t last = cr_scale(at + count - 1, sound->speed, CR_ONE, CR_ROUND_DOWN);
    float *scratch[2] = {sound->scratch[0], sound->scratch[1]};
    int needed = (int)(last - first) + sound->kernel.taps;
    cr_status status =
        read_played(sound, first - cr_kernel_before(&sound->kernel), needed, scratch, fault);
    if (status != CR_OK) return status;
    for (int i = 0; i < count; i++) {
        int64_t whole = cr_scale(at + i, sound->speed, CR_ONE, CR_ROUND_DOWN);
        int64_t rest = (at + i) * sound->speed - whole * CR_ONE;
        double phase = (double)(rest * PHASES) / (double)CR_ONE;
        for (int side = 0; side < 2; side++)
            out[side][i] =
                cr_kernel_read_between(&sound->kernel, scratch[side] + (whole - first), phase);
    }
    return CR_OK;
}

cr_status cr_clip_sound_run(cr_clip_sound *sound, int64_t first, int count, float *out[2],
                            cr_fault *fault)
{
    CR_ASSERT(count >= 0 && count <= CR_CLIP_SOUND_BLOCK);
    int64_t played = first - sound->clip_first;
    if (sound->speed == CR_ONE) return read_played(sound, played, count, out, fault);
    if (sound->speed == 0) { // a held picture is silent
        memset(out[0], 0, (size_t)count * sizeof(float));
        memset(out[1], 0, (size_t)count * sizeof(float));
        return CR_OK;
    }
    if (sound->stretch)
        return cr_stretch_run(sound->stretch, first - sound->heard_from, count, out, fault);
    int room = (int)(CR_CLIP_SOUND_BLOCK * CR_ONE / sound->speed);
    if (room < 1) room = 1;
    for (int done = 0; done < count;) {
        int piece = count - done < room ? count - done : room;
        float *to[2] = {out[0] + done, out[1] + done};
        cr_status status = read_at_speed(sound, played + done, piece, to, fault);
        if (status != CR_OK) return status;
        done += piece;
    }
    return CR_OK;
}
