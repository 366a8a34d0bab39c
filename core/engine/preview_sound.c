#include "engine/preview_sound.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "engine/preview_stream.h"
#include "mixer/gain.h"

enum {
    AHEAD_SAMPLES =
        9600, // 200 ms: what a busy machine may be late by, and how soon an edit is heard
    BLOCK_SAMPLES = 960,       // 20 ms
    AHEAD_SAMPLES_MAX = 24000, // for a machine that is busy for longer
    BLOCKS_A_FEED = 25,        // AHEAD_SAMPLES_MAX of them
    FADE_SAMPLES = 240,        // 5 ms: too short to hear, long enough not to click
    GRAIN_SAMPLES = 3840,      // 80 ms
    GRAIN_OVERLAP = 960,       // left of a grain when the next may follow
    MARKS_MAX = 16,
    PEAKS_MAX = 64,
    TICKS_A_SAMPLE = CR_TICKS_PER_SECOND / CR_MIX_RATE,
};

// From sample [stream] of what was written on, the film is at [film] and goes on at [rate].
typedef struct mark {
    int64_t stream;
    cr_ticks film;
    cr_number rate;
} mark;

// The loudest of a block that ends before sample [end].
typedef struct peak {
    int64_t end;
    float level[2];
} peak;

struct cr_preview_sound {
    const cr_host_sound *device;
    cr_pool *pool;
    cr_preview_stream *stream, *before; // before: the film as it was until an edit, for one block
    bool is_playing;
    cr_number rate;
    cr_range loop;
    cr_ticks next; // of the film, where the next block begins
    int64_t written;
    mark marks[MARKS_MAX];
    int mark_count;
    peak peaks[PEAKS_MAX];
    int peak_count;
    int fade_in;                 // samples still to be faded in
    float tail[2][FADE_SAMPLES]; // how the film would have gone on where it jumped
    bool has_tail;
    float gain, wanted_gain;
};

cr_preview_sound *cr_preview_sound_open(const cr_host_sound *device, cr_pool *pool)
{
    cr_preview_sound *sound = cr_alloc(1, sizeof *sound);
    sound->device = device;
    sound->pool = pool;
    sound->gain = sound->wanted_gain = 1;
    return sound;
}

void cr_preview_sound_close(cr_preview_sound **sound)
{
    cr_preview_sound *closing = *sound;
    if (!closing) return;
    cr_preview_sound_stop(closing);
    cr_preview_stream_close(&closing->stream);
    cr_preview_stream_close(&closing->before);
    cr_free(closing);
    *sound = NULL;
}

static int64_t sample_at(cr_ticks at)
{
    return cr_scale(at, 1, TICKS_A_SAMPLE, CR_ROUND_NEAREST);
}

cr_status cr_preview_sound_set_project(cr_preview_sound *sound, const cr_project *project,
                                       const cr_sequence *sequence, cr_fault *fault)
{
    cr_preview_stream *next = NULL;
    cr_status status = cr_preview_stream_open(&next, project, sequence, sound->pool, fault);
    if (status != CR_OK) return status;
    cr_preview_stream_close(&sound->before);
    sound->before = sound->stream;
    sound->stream = next;
    if (sound->is_playing)
        cr_preview_stream_seek(next, sample_at(sound->next), sound->rate);
    else
        cr_preview_stream_close(&sound->before);
    return CR_OK;
}

static void clear(cr_preview_sound *sound)
{
    sound->device->clear(sound->device->cookie);
    sound->written = 0;
    sound->mark_count = 0;
    sound->peak_count = 0;
    sound->fade_in = FADE_SAMPLES;
    sound->has_tail = false;
}

static void add_mark(cr_preview_sound *sound, cr_ticks film)
{
    if (sound->mark_count == MARKS_MAX)
        memmove(sound->marks, sound->marks + 1, sizeof(mark) * --sound->mark_count);
    sound->marks[sound->mark_count++] = (mark){sound->written, film, sound->rate};
}

static void go_to(cr_preview_sound *sound, cr_ticks at)
{
    sound->next = at;
    add_mark(sound, at);
    if (sound->stream) cr_preview_stream_seek(sound->stream, sample_at(at), sound->rate);
}

// From the loop's end to its beginning: what follows its end fades into it, so that sound that was
// cut to be looped is not touched, and other sound does not click.
static void go_round(cr_preview_sound *sound)
{
    float *tail[2] = {sound->tail[0], sound->tail[1]};
    cr_preview_stream_read(sound->stream, FADE_SAMPLES, tail, NULL);
    sound->has_tail = true;
    go_to(sound, sound->rate > 0 ? sound->loop.start : cr_range_end(sound->loop));
}

void cr_preview_sound_start(cr_preview_sound *sound, cr_ticks at, cr_number rate, cr_range loop)
{
    clear(sound);
    cr_preview_stream_close(&sound->before);
    sound->is_playing = true;
    sound->rate = rate;
    sound->loop = loop;
    go_to(sound, at);
}

void cr_preview_sound_stop(cr_preview_sound *sound)
{
    if (sound->written > 0) clear(sound);
    sound->is_playing = false;
}

static void add_peak(cr_preview_sound *sound, float *const data[2], int count)
{
    peak found = {.end = sound->written};
    for (int c = 0; c < 2; c++) {
        for (int i = 0; i < count; i++)
            found.level[c] = fmaxf(found.level[c], fabsf(data[c][i]));
    }
    if (sound->peak_count == PEAKS_MAX)
        memmove(sound->peaks, sound->peaks + 1, sizeof(peak) * --sound->peak_count);
    sound->peaks[sound->peak_count++] = found;
}

// Volume changes and beginnings ramp, so that nothing clicks.
static void shape(cr_preview_sound *sound, float *const data[2], int count)
{
    float step = (sound->wanted_gain - sound->gain) / (float)count;
    for (int i = 0; i < count; i++) {
        sound->gain += step;
        float factor = sound->gain;
        if (sound->fade_in > 0) factor *= 1 - (float)sound->fade_in-- / (float)FADE_SAMPLES;
        data[0][i] *= factor;
        data[1][i] *= factor;
    }
    sound->gain = sound->wanted_gain;
}

static void write_out(cr_preview_sound *sound, float *const data[2], int count)
{
    shape(sound, data, count);
    sound->device->write(sound->device->cookie, data[0], data[1], count);
    sound->written += count;
    add_peak(sound, data, count);
}

// From the film before an edit to the one after it.
static void cross_fade(cr_preview_sound *sound, float *const data[2], int count)
{
    float left[BLOCK_SAMPLES], right[BLOCK_SAMPLES], *old[2] = {left, right};
    cr_preview_stream_read(sound->before, count, old, NULL);
    for (int i = 0; i < count; i++) {
        float share = (float)(i + 1) / (float)count;
        for (int c = 0; c < 2; c++)
            data[c][i] = data[c][i] * share + old[c][i] * (1 - share);
    }
    cr_preview_stream_close(&sound->before);
}

static void blend_tail(cr_preview_sound *sound, float *const data[2], int count)
{
    for (int i = 0; i < FADE_SAMPLES && i < count; i++) {
        float share = (float)(i + 1) / (float)(FADE_SAMPLES + 1);
        for (int c = 0; c < 2; c++)
            data[c][i] = data[c][i] * share + sound->tail[c][i] * (1 - share);
    }
    sound->has_tail = false;
}

// How many samples can be written before the film, or the loop, ends. A place beyond the loop's end
// was chosen by the user: it plays to the film's.
static int64_t samples_left(const cr_preview_sound *sound, cr_ticks end)
{
    cr_range loop = sound->loop;
    bool is_in_loop =
        loop.duration > 0 && sound->next >= loop.start && sound->next <= cr_range_end(loop);
    cr_ticks begin = is_in_loop ? loop.start : 0;
    if (is_in_loop) end = cr_range_end(loop);
    cr_ticks left = sound->rate > 0 ? end - sound->next : sound->next - begin;
    cr_number speed = sound->rate > 0 ? sound->rate : -sound->rate;
    return left <= 0 ? 0 : cr_scale(left, CR_ONE, speed * TICKS_A_SAMPLE, CR_ROUND_UP);
}

static void advance(cr_preview_sound *sound, int count)
{
    sound->next += cr_scale((int64_t)count * TICKS_A_SAMPLE, sound->rate, CR_ONE, CR_ROUND_NEAREST);
}

// One block; false when there is no room for it, or nothing left.
static bool feed_block(cr_preview_sound *sound, cr_ticks end, int64_t ahead, cr_fault *fault)
{
    const cr_host_sound *device = sound->device;
    int64_t queued = sound->written - device->heard(device->cookie);
    if (queued >= ahead || device->room(device->cookie) < BLOCK_SAMPLES) return false;
    int64_t left = samples_left(sound, end);
    if (left == 0 && sound->loop.duration > 0) {
        go_round(sound);
        left = samples_left(sound, end);
    }
    if (left == 0) return false;
    int count = left < BLOCK_SAMPLES ? (int)left : BLOCK_SAMPLES;
    float left_data[BLOCK_SAMPLES], right_data[BLOCK_SAMPLES];
    float *data[2] = {left_data, right_data};
    cr_preview_stream_read(sound->stream, count, data, fault);
    if (sound->before) cross_fade(sound, data, count);
    if (sound->has_tail) blend_tail(sound, data, count);
    write_out(sound, data, count);
    advance(sound, count);
    return true;
}

void cr_preview_sound_feed(cr_preview_sound *sound, cr_ticks end, int64_t until_next_us,
                           cr_fault *fault)
{
    if (!sound->is_playing || !sound->stream) return;
    int64_t ahead = AHEAD_SAMPLES / 2 + until_next_us * CR_MIX_RATE / 1000000;
    if (ahead < AHEAD_SAMPLES) ahead = AHEAD_SAMPLES;
    if (ahead > AHEAD_SAMPLES_MAX) ahead = AHEAD_SAMPLES_MAX;
    for (int i = 0; i < BLOCKS_A_FEED && feed_block(sound, end, ahead, fault); i++) {
    }
}

bool cr_preview_sound_grain(cr_preview_sound *sound, cr_ticks at, cr_fault *fault)
{
    const cr_host_sound *device = sound->device;
    if (!sound->stream || !device->is_running(device->cookie)) return true;
    int64_t queued = sound->written - device->heard(device->cookie);
    if (queued > GRAIN_OVERLAP || device->room(device->cookie) < GRAIN_SAMPLES) return false;
    float *data[2] = {cr_alloc(GRAIN_SAMPLES, sizeof(float)),
                      cr_alloc(GRAIN_SAMPLES, sizeof(float))};
    cr_preview_stream_seek(sound->stream, sample_at(at), CR_ONE);
    cr_preview_stream_read(sound->stream, GRAIN_SAMPLES, data, fault);
    for (int i = 0; i < GRAIN_SAMPLES; i++) {
        int edge = i < GRAIN_SAMPLES - 1 - i ? i : GRAIN_SAMPLES - 1 - i;
        float factor = edge < GRAIN_OVERLAP ? (float)edge / (float)GRAIN_OVERLAP : 1;
        data[0][i] *= factor;
        data[1][i] *= factor;
    }
    sound->fade_in = 0;
    write_out(sound, data, GRAIN_SAMPLES);
    cr_free(data[0]);
    cr_free(data[1]);
    return true;
}

cr_ticks cr_preview_sound_heard(const cr_preview_sound *sound)
{
    int64_t heard = sound->device->heard(sound->device->cookie);
    if (heard > sound->written) heard = sound->written;
    int at = sound->mark_count - 1;
    while (at > 0 && sound->marks[at].stream > heard)
        at--;
    if (at < 0) return sound->next;
    const mark *found = &sound->marks[at];
    return found->film + cr_scale((heard - found->stream) * TICKS_A_SAMPLE, found->rate, CR_ONE,
                                  CR_ROUND_NEAREST);
}

void cr_preview_sound_levels(const cr_preview_sound *sound, int out[2])
{
    out[0] = out[1] = 0;
    int64_t heard = sound->device->heard(sound->device->cookie);
    for (int i = 0; i < sound->peak_count; i++) {
        if (sound->peaks[i].end <= heard) continue;
        for (int c = 0; c < 2; c++)
            out[c] = (int)lrintf(sound->peaks[i].level[c] * 65536);
        return;
    }
}

void cr_preview_sound_set_volume(cr_preview_sound *sound, cr_number gain, bool is_muted)
{
    sound->wanted_gain = is_muted ? 0 : (float)cr_gain_from_number(gain);
}
