#include "broker/music/render.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <fluidsynth.h>

#include "base/vec.h"
#include "broker/library_chance.h"
#include "mixer/mixer.h"

enum {
    BLOCK = 64, // FluidSynth's own: what happens between is heard at the next
    REPORT_SAMPLES = CR_SCORE_RATE * 4,
};

static const double target_lufs = -18, ceiling_dbtp = -1.5;
static const double fade_seconds_max = 2.2;

typedef struct player {
    fluid_settings_t *settings;
    fluid_synth_t *synth;
} player;

typedef struct event {
    int64_t at;
    int order; // of those at the same time: ends first
    bool is_on;
    const cr_note *note;
} event;

static void player_close(player *closing)
{
    if (closing->synth) delete_fluid_synth(closing->synth);
    if (closing->settings) delete_fluid_settings(closing->settings);
}

static void be_quiet(int level, const char *message, void *cookie)
{
    (void)level;
    (void)message;
    (void)cookie;
}

static cr_status player_open(player *out, const char *path, cr_fault *fault)
{
    for (int level = FLUID_PANIC; level <= FLUID_DBG; level++)
        fluid_set_log_function(level, be_quiet, NULL);
    *out = (player){.settings = new_fluid_settings()};
    fluid_settings_setnum(out->settings, "synth.sample-rate", CR_SCORE_RATE);
    fluid_settings_setnum(out->settings, "synth.gain", 0.35);
    fluid_settings_setint(out->settings, "synth.polyphony", 256);
    fluid_settings_setint(out->settings, "synth.cpu-cores", 1);
    fluid_settings_setnum(out->settings, "synth.reverb.room-size", 0.62);
    fluid_settings_setnum(out->settings, "synth.reverb.damp", 0.35);
    fluid_settings_setnum(out->settings, "synth.reverb.width", 0.8);
    fluid_settings_setnum(out->settings, "synth.reverb.level", 0.55);
    fluid_settings_setnum(out->settings, "synth.chorus.level", 1.2);
    cr_library_chance_take();
    out->synth = new_fluid_synth(out->settings);
    cr_library_chance_give();
    if (!out->synth) {
        player_close(out);
        return cr_fail(fault, CR_NOMEM, "music", "FluidSynth cannot start.");
    }
    if (fluid_synth_sfload(out->synth, path, 1) == FLUID_FAILED) {
        player_close(out);
        return cr_fail(fault, CR_NOTFOUND, path, "The soundfont is missing or damaged.");
    }
    return CR_OK;
}

static void seat(const player *playing, const cr_score *score)
{
    for (int channel = 0; channel < CR_SCORE_CHANNELS; channel++) {
        if (score->programs[channel] < 0) continue;
        if (channel != CR_SCORE_DRUMS)
            fluid_synth_program_change(playing->synth, channel, score->programs[channel]);
        fluid_synth_cc(playing->synth, channel, 7, score->levels[channel]);
        fluid_synth_cc(playing->synth, channel, 10, score->places[channel]);
        fluid_synth_cc(playing->synth, channel, 91, channel == CR_PART_BASS ? 16 : 58);
        fluid_synth_cc(playing->synth, channel, 93, channel == CR_PART_PAD ? 40 : 8);
    }
}

static int compare_events(const void *left, const void *right)
{
    const event *a = left, *b = right;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

// Starts and ends of all notes that have a player, in time.
static int list_events(const cr_score *score, event **out)
{
    event *events = cr_alloc((size_t)score->note_count * 2 + 1, sizeof *events);
    int count = 0;
    for (int i = 0; i < score->note_count; i++) {
        const cr_note *note = &score->notes[i];
        if (score->programs[note->channel] < 0) continue;
        events[count++] = (event){note->end, i, false, note};
        events[count++] = (event){note->start, score->note_count + i, true, note};
    }
    qsort(events, (size_t)count, sizeof *events, compare_events);
    *out = events;
    return count;
}

static void happen(const player *playing, const event *happening)
{
    const cr_note *note = happening->note;
    if (happening->is_on)
        fluid_synth_noteon(playing->synth, note->channel, note->key, note->velocity);
    else
        fluid_synth_noteoff(playing->synth, note->channel, note->key);
}

static cr_status play_all(const player *playing, const cr_score *score, const cr_work *work,
                          cr_samples *out)
{
    event *events = NULL;
    int count = list_events(score, &events), next = 0;
    cr_status status = CR_OK;
    for (int at = 0; at < out->count; at += BLOCK) {
        while (next < count && events[next].at < at + BLOCK)
            happen(playing, &events[next++]);
        int part = out->count - at < BLOCK ? out->count - at : BLOCK;
        fluid_synth_write_float(playing->synth, part, out->data[0] + at, 0, 1, out->data[1] + at, 0,
                                1);
        if (at % REPORT_SAMPLES >= BLOCK) continue;
        work->progress(work, (int)((int64_t)at * 90 / out->count));
        if (work->should_stop(work)) {
            status = CR_CANCELED;
            break;
        }
    }
    cr_free(events);
    return status;
}

// The last chord rings and dies away within the piece; steeply at first, as strings do.
static void fade_end(const cr_score *score, cr_samples *samples)
{
    double bar = score->samples_per_beat * score->mood->beats;
    int length = (int)(fmin(bar * 0.85, fade_seconds_max * (double)CR_SCORE_RATE));
    if (length > samples->count) length = samples->count;
    for (int i = 0; i < length; i++) {
        double left = (double)(length - 1 - i) / length;
        float gain = (float)(left * left * (3 - 2 * left));
        for (int side = 0; side < 2; side++)
            samples->data[side][samples->count - length + i] *= gain;
    }
}

static cr_status level(cr_samples **samples)
{
    cr_loudness_meter *meter = NULL;
    cr_limiter *limiter = NULL;
    cr_samples *first = NULL, *rest = NULL;
    cr_loudness loudness = {0};
    cr_status status = cr_loudness_meter_open(&meter);
    if (status == CR_OK) status = cr_loudness_meter_add(meter, *samples);
    if (status == CR_OK) status = cr_loudness_meter_result(meter, target_lufs, &loudness);
    if (status == CR_OK) status = cr_limiter_open(&limiter, loudness.gain_db, ceiling_dbtp);
    if (status == CR_OK) status = cr_limiter_process(limiter, *samples, &first);
    if (status == CR_OK) status = cr_limiter_process(limiter, NULL, &rest);
    for (int side = 0; status == CR_OK && side < 2; side++) {
        memcpy((*samples)->data[side], first->data[side], (size_t)first->count * sizeof(float));
        memcpy((*samples)->data[side] + first->count, rest->data[side],
               (size_t)rest->count * sizeof(float));
    }
    cr_samples_drop(&first);
    cr_samples_drop(&rest);
    cr_limiter_close(&limiter);
    cr_loudness_meter_close(&meter);
    return status;
}

cr_status cr_score_render(cr_score *score, const char *path, const cr_work *work, cr_samples **out,
                          cr_fault *fault)
{
    player playing;
    cr_status status = player_open(&playing, path, fault);
    if (status != CR_OK) return status;
    cr_samples *samples = NULL;
    status = cr_samples_make(&samples, CR_SCORE_RATE, 2, (int)score->duration);
    if (status != CR_OK) cr_fail(fault, status, "music", "There is no memory for the music.");
    if (status == CR_OK) {
        seat(&playing, score);
        status = play_all(&playing, score, work, samples);
    }
    player_close(&playing);
    if (status == CR_OK) {
        fade_end(score, samples);
        status = level(&samples);
        if (status != CR_OK) cr_fail(fault, status, "music", "There is no memory for the music.");
    }
    if (status != CR_OK) {
        cr_samples_drop(&samples);
        return status;
    }
    *out = samples;
    return CR_OK;
}
