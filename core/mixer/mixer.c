#include "mixer/mixer.h"

#include <string.h>

#include "base/assert.h"
#include "base/vec.h"
#include "mixer/clip_sound.h"
#include "mixer/duck.h"
#include "mixer/gain.h"

#define TICKS_PER_SAMPLE (CR_TICKS_PER_SECOND / CR_MIX_RATE)

enum {
    BLOCK = CR_CLIP_SOUND_BLOCK,
    // What moves is computed at samples that are multiples of this and runs straight in between.
    STEP = 32,
    STEPS_MAX = BLOCK / STEP + 2,
    // Clips that are kept open; the one not heard for longest makes room.
    VOICES_MAX = 64,
};

// A clip that is or was heard, with what it needs to go on.
typedef struct voice {
    cr_mixer *mixer;
    const cr_clip *clip;
    const cr_asset *asset;
    cr_mixer *nested;
    cr_clip_sound *sound;
    int64_t first, end;                      // timeline samples, transitions included
    const cr_transition *leading, *trailing; // at its start and end, or NULL
    uint64_t last_used;
} voice;

typedef struct track_state {
    const cr_track *track;
    double left, right; // gain and pan
    cr_ducking ducking;
} track_state;

struct cr_mixer {
    cr_project *project;
    const cr_sequence *sequence;
    cr_sound_source source;
    int depth;
    cr_ticks reach; // longest transition on an audio track
    int track_count;
    track_state *tracks;
    int voice_count;
    voice voices[VOICES_MAX];
    uint64_t use_count;
    float clip[2][BLOCK], bus[2][BLOCK], gains[2][BLOCK];
};

static cr_status open_at_depth(cr_mixer **out, const cr_project *project,
                               const cr_sequence *sequence, const cr_sound_source *source,
                               int depth)
{
    cr_mixer *mixer = cr_alloc(1, sizeof *mixer);
    mixer->project = cr_project_keep(project);
    mixer->sequence = sequence;
    mixer->source = *source;
    mixer->depth = depth;
    mixer->tracks = cr_alloc((size_t)sequence->track_count + 1, sizeof *mixer->tracks);
    for (int i = 0; i < sequence->track_count; i++) {
        const cr_track *track = sequence->tracks[i];
        if (track->kind != CR_TRACK_AUDIO) continue;
        track_state *state = &mixer->tracks[mixer->track_count++];
        state->track = track;
        double gain = cr_gain_from_number(track->gain);
        cr_pan_gains(track->pan, &state->left, &state->right);
        state->left *= gain;
        state->right *= gain;
        cr_ducking_make(&state->ducking, project, sequence, track);
        for (int j = 0; j < track->transition_count; j++)
            if (track->transitions[j]->range.duration > mixer->reach)
                mixer->reach = track->transitions[j]->range.duration;
    }
    *out = mixer;
    return CR_OK;
}

cr_status cr_mixer_open(cr_mixer **out, const cr_project *project, const cr_sequence *sequence,
                        const cr_sound_source *source, cr_fault *fault)
{
    if (!sequence) return cr_fail(fault, CR_INVALID, "", "The project has no timeline to mix.");
    return open_at_depth(out, project, sequence, source, 0);
}

static void voice_close(voice *closing)
{
    cr_clip_sound_close(&closing->sound);
    cr_mixer_close(&closing->nested);
}

void cr_mixer_close(cr_mixer **mixer)
{
    cr_mixer *closing = *mixer;
    *mixer = NULL;
    if (!closing) return;
    for (int i = 0; i < closing->voice_count; i++)
        voice_close(&closing->voices[i]);
    for (int i = 0; i < closing->track_count; i++)
        cr_ducking_free(&closing->tracks[i].ducking);
    cr_free(closing->tracks);
    cr_project_drop(&closing->project);
    cr_free(closing);
}

static cr_status mix(cr_mixer *mixer, int64_t first, int count, float *out[2], cr_fault *fault);

static cr_status read_voice(void *cookie, int64_t first, int count, float *out[2], cr_fault *fault)
{
    voice *reading = cookie;
    if (reading->nested) return mix(reading->nested, first, count, out, fault);
    const cr_sound_source *source = &reading->mixer->source;
    return source->read(source->cookie, reading->asset, first, count, out, fault);
}

// With a transition, a clip sounds to the transition's end instead of its own.
static void find_transitions(voice *opening, const cr_track *track)
{
    const cr_clip *clip = opening->clip;
    cr_ticks start = clip->range.start, end = cr_range_end(clip->range);
    for (int i = 0; i < track->transition_count; i++) {
        const cr_transition *transition = track->transitions[i];
        if (strcmp(transition->to, clip->id) == 0) {
            opening->leading = transition;
            start = transition->range.start;
        } else if (strcmp(transition->from, clip->id) == 0) {
            opening->trailing = transition;
            end = cr_range_end(transition->range);
        }
    }
    if (start < 0) start = 0;
    opening->first = cr_sample_from(start);
    opening->end = cr_sample_from(end);
}

static voice *voice_place(cr_mixer *mixer)
{
    if (mixer->voice_count < VOICES_MAX) return &mixer->voices[mixer->voice_count++];
    voice *oldest = &mixer->voices[0]; // a place left by a failure was never used since
    for (int i = 1; i < VOICES_MAX; i++)
        if (mixer->voices[i].last_used < oldest->last_used) oldest = &mixer->voices[i];
    voice_close(oldest);
    return oldest;
}

static voice *voice_find(cr_mixer *mixer, const cr_clip *clip)
{
    for (int i = 0; i < mixer->voice_count; i++)
        if (mixer->voices[i].clip == clip) return &mixer->voices[i];
    return NULL;
}

static cr_status voice_of(cr_mixer *mixer, const cr_audible *audible, voice **out, cr_fault *fault)
{
    voice *found = voice_find(mixer, audible->clip);
    if (!found) {
        found = voice_place(mixer);
        *found = (voice){.mixer = mixer, .clip = audible->clip, .asset = audible->asset};
        find_transitions(found, audible->track);
        cr_status status = CR_OK;
        if (audible->sequence && mixer->depth + 1 < CR_NESTING_MAX)
            status = open_at_depth(&found->nested, mixer->project, audible->sequence,
                                   &mixer->source, mixer->depth + 1);
        if (status == CR_OK)
            status =
                cr_clip_sound_open(&found->sound, found->clip, found->first, read_voice, found);
        if (status != CR_OK) {
            voice_close(found);
            found->clip = NULL; // its place is taken by the next clip that finds none
            return cr_fail(fault, status, audible->clip->id, "There is no memory for this clip.");
        }
    }
    found->last_used = ++mixer->use_count;
    *out = found;
    return CR_OK;
}

static void clip_gains_at(const cr_clip *clip, int64_t sample, double gains[2])
{
    cr_ticks at = sample * TICKS_PER_SAMPLE - clip->range.start;
    double gain = cr_gain_from_number(cr_animated_at(&clip->params[CR_CLIP_GAIN], at));
    cr_pan_gains(cr_animated_at(&clip->params[CR_CLIP_PAN], at), &gains[0], &gains[1]);
    gains[0] *= gain;
    gains[1] *= gain;
}

static int64_t step_before(int64_t sample)
{
    return cr_scale(sample, 1, STEP, CR_ROUND_DOWN);
}

// Between two steps the gain runs straight; where it stands depends on the sample alone.
static float between_steps(const double *steps, int64_t first_step, int64_t sample)
{
    int64_t step = step_before(sample);
    double share = (double)(sample - step * STEP) / (double)STEP;
    double low = steps[step - first_step], high = steps[step - first_step + 1];
    return (float)(low + (high - low) * share);
}

static void fill_clip_gains(cr_mixer *mixer, const cr_clip *clip, int64_t first, int count)
{
    double steps[2][STEPS_MAX];
    bool is_still = clip->params[CR_CLIP_GAIN].keyframe_count == 0 &&
                    clip->params[CR_CLIP_PAN].keyframe_count == 0;
    int64_t first_step = step_before(first), last_step = step_before(first + count - 1) + 1;
    if (is_still) last_step = first_step;
    for (int64_t step = first_step; step <= last_step; step++) {
        double gains[2];
        clip_gains_at(clip, step * STEP, gains);
        steps[0][step - first_step] = gains[0];
        steps[1][step - first_step] = gains[1];
    }
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < count; i++)
            mixer->gains[side][i] = is_still ? (float)steps[side][0]
                                             : between_steps(steps[side], first_step, first + i);
}

// The clip's own fades, and the crossing of two clips: equal power, as their sounds differ.
static float fade_at(const voice *fading, int64_t sample)
{
    const cr_clip *clip = fading->clip;
    cr_ticks at = sample * TICKS_PER_SAMPLE, end = cr_range_end(clip->range);
    double gain = 1;
    if (fading->leading)
        gain *= cr_fade_gain(at - fading->leading->range.start, fading->leading->range.duration,
                             CR_FADE_EQUAL_POWER);
    else
        gain *= cr_fade_gain(at - clip->range.start, clip->fade_in, clip->fade_in_curve);
    if (fading->trailing)
        gain *= cr_fade_gain(cr_range_end(fading->trailing->range) - at,
                             fading->trailing->range.duration, CR_FADE_EQUAL_POWER);
    else
        gain *= cr_fade_gain(end - at, clip->fade_out, clip->fade_out_curve);
    return (float)gain;
}

static bool fades_in(const voice *fading, int64_t first, int count)
{
    const cr_clip *clip = fading->clip;
    cr_ticks in = clip->range.start + clip->fade_in;
    cr_ticks out = cr_range_end(clip->range) - clip->fade_out;
    if (fading->leading) in = cr_range_end(fading->leading->range);
    if (fading->trailing) out = fading->trailing->range.start;
    return first * TICKS_PER_SAMPLE < in || (first + count) * TICKS_PER_SAMPLE > out;
}

static cr_status add_clip(cr_mixer *mixer, const cr_audible *audible, int64_t first, int count,
                          cr_fault *fault)
{
    if (!audible->asset && !audible->sequence) return CR_OK;
    voice *heard = NULL;
    cr_status status = voice_of(mixer, audible, &heard, fault);
    if (status != CR_OK) return status;
    int64_t from = first > heard->first ? first : heard->first;
    int64_t to = first + count < heard->end ? first + count : heard->end;
    if (to <= from) return CR_OK;
    int part = (int)(to - from);
    float *clip[2] = {mixer->clip[0], mixer->clip[1]};
    status = cr_clip_sound_run(heard->sound, from, part, clip, fault);
    if (status != CR_OK) return status;
    fill_clip_gains(mixer, heard->clip, from, part);
    bool has_fade = fades_in(heard, from, part);
    for (int i = 0; i < part; i++) {
        float fade = has_fade ? fade_at(heard, from + i) : 1;
        for (int side = 0; side < 2; side++)
            mixer->bus[side][from - first + i] += clip[side][i] * (mixer->gains[side][i] * fade);
    }
    return CR_OK;
}

// What was summed for a track goes through its gain, pan and ducking into the mix.
static void add_track(const cr_mixer *mixer, const track_state *state, int64_t first, int count,
                      float *out[2])
{
    double steps[STEPS_MAX];
    bool is_ducked = state->ducking.count > 0;
    int64_t first_step = step_before(first), last_step = step_before(first + count - 1) + 1;
    for (int64_t step = first_step; is_ducked && step <= last_step; step++)
        steps[step - first_step] =
            cr_gain_from_db(cr_ducking_db(&state->ducking, step * STEP * TICKS_PER_SAMPLE));
    for (int i = 0; i < count; i++) {
        float ducked = is_ducked ? between_steps(steps, first_step, first + i) : 1;
        out[0][i] += mixer->bus[0][i] * ((float)state->left * ducked);
        out[1][i] += mixer->bus[1][i] * ((float)state->right * ducked);
    }
}

static cr_status mix_block(cr_mixer *mixer, int64_t first, int count, float *out[2],
                           cr_fault *fault)
{
    cr_range range = {first * TICKS_PER_SAMPLE - mixer->reach,
                      count * TICKS_PER_SAMPLE + 2 * mixer->reach};
    cr_audible *audibles = NULL;
    int audible_count = cr_resolve_sound(mixer->project, mixer->sequence, range, &audibles);
    cr_status status = CR_OK;
    for (int i = 0; i < mixer->track_count && status == CR_OK; i++) {
        const track_state *state = &mixer->tracks[i];
        bool is_heard = false;
        for (int j = 0; j < audible_count && status == CR_OK; j++) {
            if (audibles[j].track != state->track) continue;
            if (!is_heard) {
                memset(mixer->bus[0], 0, (size_t)count * sizeof(float));
                memset(mixer->bus[1], 0, (size_t)count * sizeof(float));
            }
            is_heard = true;
            status = add_clip(mixer, &audibles[j], first, count, fault);
        }
        if (is_heard) add_track(mixer, state, first, count, out);
    }
    cr_free(audibles);
    return status;
}

static cr_status mix(cr_mixer *mixer, int64_t first, int count, float *out[2], cr_fault *fault)
{
    memset(out[0], 0, (size_t)count * sizeof(float));
    memset(out[1], 0, (size_t)count * sizeof(float));
    cr_status status = CR_OK;
    for (int done = 0; done < count && status == CR_OK; done += BLOCK) {
        int part = count - done < BLOCK ? count - done : BLOCK;
        float *to[2] = {out[0] + done, out[1] + done};
        status = mix_block(mixer, first + done, part, to, fault);
    }
    return status;
}

cr_status cr_mixer_read(cr_mixer *mixer, int64_t first, int count, cr_samples **out,
                        cr_fault *fault)
{
    CR_REQUIRE(count >= 0);
    cr_samples *samples = NULL;
    cr_status status = cr_samples_make(&samples, CR_MIX_RATE, 2, count);
    if (status != CR_OK) return cr_fail(fault, status, "", "There is no memory for the mix.");
    float *both[2] = {samples->data[0], samples->data[1]};
    status = mix(mixer, first, count, both, fault);
    if (status != CR_OK) {
        cr_samples_drop(&samples);
        return status;
    }
    samples->pts = first * TICKS_PER_SAMPLE;
    *out = samples;
    return CR_OK;
}
