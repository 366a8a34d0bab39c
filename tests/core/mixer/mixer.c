#include "check.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "mixer/mixer.h"
#include "project/snapshot.h"

#define SAMPLE (CR_TICKS_PER_SECOND / CR_MIX_RATE)

// An asset whose sample n tells n: left rises, right falls; silence before 0.
static cr_status read_ramp(void *cookie, const cr_asset *asset, int64_t first, int count,
                           float *out[2], cr_fault *fault)
{
    (void)cookie;
    (void)fault;
    bool is_steady = strcmp(asset->id, "steady") == 0;
    for (int i = 0; i < count; i++) {
        int64_t at = first + i;
        out[0][i] = at < 0 ? 0 : is_steady ? 0.5f : (float)(at % 65536) / 65536;
        out[1][i] = -out[0][i];
    }
    return CR_OK;
}

static const cr_sound_source source = {read_ramp, NULL};

static cr_project *make_project(void)
{
    cr_project *project = cr_project_make();
    static const char *const names[] = {"ramp", "steady"};
    project->assets = cr_alloc(2, sizeof(cr_asset *));
    for (int i = 0; i < 2; i++) {
        cr_asset *asset = cr_asset_make();
        cr_text_set(&asset->id, names[i]);
        asset->duration = 1000 * CR_TICKS_PER_SECOND;
        project->assets[project->asset_count++] = asset;
    }
    cr_sequence *film = cr_sequence_make();
    film->tracks = cr_alloc(4, sizeof(cr_track *));
    project->sequences = cr_alloc(2, sizeof(cr_sequence *));
    project->sequences[project->sequence_count++] = film;
    return project;
}

static cr_track *add_track(cr_project *project, const char *role)
{
    cr_track *track = cr_track_make();
    track->kind = CR_TRACK_AUDIO;
    cr_text_set(&track->id, role);
    cr_text_set(&track->role, role);
    track->clips = cr_alloc(4, sizeof(cr_clip *));
    cr_sequence *film = project->sequences[0];
    film->tracks[film->track_count++] = track;
    return track;
}

static cr_clip *add_clip(cr_track *track, const char *asset, int64_t first, int64_t count)
{
    cr_clip *clip = cr_clip_make();
    char id[16] = {'c', (char)('0' + track->clip_count), 0};
    cr_text_set(&clip->id, id);
    cr_text_set(&clip->asset, asset);
    clip->kind = CR_CLIP_MEDIA;
    clip->range = (cr_range){first * SAMPLE, count * SAMPLE};
    track->clips[track->clip_count++] = clip;
    return clip;
}

static cr_mixer *open_mixer(cr_project *project)
{
    cr_mixer *mixer = NULL;
    assert_int_equal(cr_mixer_open(&mixer, project, project->sequences[0], &source, NULL), CR_OK);
    return mixer;
}

static cr_samples *read(cr_mixer *mixer, int64_t first, int count)
{
    cr_samples *samples = NULL;
    assert_int_equal(cr_mixer_read(mixer, first, count, &samples, NULL), CR_OK);
    return samples;
}

// The whole project's first [count] samples.
static cr_samples *mixed(cr_project *project, int count)
{
    cr_mixer *mixer = open_mixer(project);
    cr_samples *samples = read(mixer, 0, count);
    cr_mixer_close(&mixer);
    return samples;
}

static void near(float value, double wanted, double within)
{
    if (!(fabs((double)value - wanted) <= within))
        fail_msg("%.9g, not %.9g", (double)value, wanted);
}

static void a_clip_sounds_from_its_first_sample_to_its_last(void **state)
{
    (void)state;
    cr_project *project = make_project();
    cr_clip *clip = add_clip(add_track(project, "music"), "ramp", 100, 500);
    clip->source_start = 1000 * SAMPLE;
    cr_samples *out = mixed(project, 700);
    assert_true(out->data[0][99] == 0 && out->data[0][600] == 0);
    assert_true(out->data[0][100] == 1000.0f / 65536);
    assert_true(out->data[0][599] == 1499.0f / 65536);
    assert_true(out->data[1][599] == -1499.0f / 65536);
    cr_samples_drop(&out);
    cr_project_drop(&project);
}

static void gains_multiply_and_pan_turns_one_side_off(void **state)
{
    (void)state;
    cr_project *project = make_project();
    cr_track *track = add_track(project, "music");
    track->gain = -6 * CR_ONE;
    cr_clip *clip = add_clip(track, "steady", 0, 500);
    clip->params[CR_CLIP_GAIN].value = -6 * CR_ONE;
    clip->params[CR_CLIP_PAN].value = -CR_ONE;
    cr_samples *out = mixed(project, 500);
    near(out->data[0][250], 0.5 * pow(10, -0.6) * sqrt(2), 1e-6);
    assert_true(out->data[1][250] == 0);
    cr_samples_drop(&out);
    cr_project_drop(&project);
}

static void fades_follow_their_curve_sample_by_sample(void **state)
{
    (void)state;
    cr_project *project = make_project();
    cr_clip *clip = add_clip(add_track(project, "music"), "steady", 0, 1000);
    clip->fade_in = 400 * SAMPLE;
    clip->fade_in_curve = CR_FADE_LINEAR;
    clip->fade_out = 400 * SAMPLE;
    clip->fade_out_curve = CR_FADE_EQUAL_POWER;
    cr_samples *out = mixed(project, 1000);
    assert_true(out->data[0][0] == 0);
    for (int i = 0; i < 400; i++) {
        near(out->data[0][i], 0.5 * i / 400, 1e-7);
        near(out->data[0][600 + i], 0.5 * sqrt((400.0 - i) / 400), 1e-7);
    }
    assert_true(out->data[0][500] == 0.5f);
    cr_samples_drop(&out);
    cr_project_drop(&project);
}

static void keyframed_gain_moves_between_its_keys(void **state)
{
    (void)state;
    cr_project *project = make_project();
    cr_clip *clip = add_clip(add_track(project, "music"), "steady", 0, 48000);
    cr_animated *gain = &clip->params[CR_CLIP_GAIN];
    gain->keyframe_count = 2;
    gain->keyframes = cr_alloc(2, sizeof *gain->keyframes);
    gain->keyframes[0] = (cr_keyframe){.value = 0, .easing = CR_EASING_LINEAR};
    gain->keyframes[1] =
        (cr_keyframe){.at = 48000 * SAMPLE, .value = -24 * CR_ONE, .easing = CR_EASING_LINEAR};
    cr_samples *out = mixed(project, 48000);
    for (int i = 0; i < 48000; i += 97)
        near(out->data[0][i], 0.5 * pow(10, -24.0 * i / 48000 / 20), 2e-6);
    cr_samples_drop(&out);
    cr_project_drop(&project);
}

static void music_is_down_before_speech_begins_and_back_after(void **state)
{
    (void)state;
    cr_project *project = make_project();
    cr_track *voice = add_track(project, "voice"), *music = add_track(project, "music");
    cr_clip *speech = add_clip(voice, "steady", 96000, 96000);
    speech->params[CR_CLIP_GAIN].value = -96 * CR_ONE; // only its times matter here
    speech->speech = cr_alloc(2, sizeof(cr_range));
    speech->speech[speech->speech_count++] = (cr_range){1000 * SAMPLE, 20000 * SAMPLE};
    speech->speech[speech->speech_count++] = (cr_range){30000 * SAMPLE, 20000 * SAMPLE};
    add_clip(music, "steady", 0, 48000 * 8);
    cr_text_set(&music->duck.under, "voice");
    music->duck.amount = -14 * CR_ONE;
    music->duck.attack = CR_TICKS_PER_SECOND / 5;
    music->duck.release = CR_TICKS_PER_SECOND / 2;
    cr_samples *out = mixed(project, 48000 * 8);
    double down = 0.5 * pow(10, -14.0 / 20);
    for (int i = 97000; i < 146000; i += 50) // through the short gap too
        near(out->data[0][i], down, 1e-6);
    assert_true(out->data[0][97000 - 48000 / 5 - 200] == 0.5f);
    assert_true(out->data[0][146000 + 24000 + 200] == 0.5f);
    for (int i = 1; i < 48000 * 8; i++) // no step that could be heard
        assert_true(fabsf(out->data[0][i] - out->data[0][i - 1]) < 0.0002f);
    cr_samples_drop(&out);
    cr_project_drop(&project);
}

static void clips_play_backwards_and_at_other_speeds(void **state)
{
    (void)state;
    cr_project *project = make_project();
    cr_track *track = add_track(project, "music");
    cr_clip *back = add_clip(track, "ramp", 0, 1000);
    back->speed = -CR_ONE;
    back->source_start = 500 * SAMPLE;
    cr_clip *fast = add_clip(track, "ramp", 2000, 1000);
    fast->speed = 3 * CR_ONE / 2;
    fast->keep_pitch = false;
    fast->source_start = 4000 * SAMPLE;
    cr_clip *still = add_clip(track, "steady", 4000, 1000);
    still->speed = 0;
    cr_samples *out = mixed(project, 5000);
    assert_true(out->data[0][0] == 1499.0f / 65536);
    assert_true(out->data[0][999] == 500.0f / 65536);
    for (int i = 0; i < 1000; i += 13)
        near(out->data[0][2000 + i], (4000 + 1.5 * i) / 65536, 1e-5);
    assert_true(out->data[0][4500] == 0);
    cr_samples_drop(&out);
    cr_project_drop(&project);
}

static cr_project *make_busy_project(void)
{
    cr_project *project = make_project();
    cr_track *voice = add_track(project, "voice"), *music = add_track(project, "music");
    cr_clip *first = add_clip(voice, "ramp", 333, 9000);
    first->fade_in = first->fade_out = 700 * SAMPLE;
    first->fade_in_curve = CR_FADE_EXPONENTIAL;
    cr_clip *second = add_clip(voice, "ramp", 9333, 9000);
    second->speed = 1230000;
    second->keep_pitch = false;
    cr_clip *third = add_clip(voice, "ramp", 20001, 9000);
    third->speed = -800000;
    third->keep_pitch = true;
    cr_clip *bed = add_clip(music, "ramp", 0, 30000);
    bed->params[CR_CLIP_PAN].keyframe_count = 1;
    bed->params[CR_CLIP_PAN].keyframes = cr_alloc(1, sizeof(cr_keyframe));
    bed->params[CR_CLIP_PAN].keyframes[0] =
        (cr_keyframe){.at = 1000, .value = 300000, .easing = CR_EASING_LINEAR};
    cr_text_set(&music->duck.under, "voice");
    music->duck.amount = -12 * CR_ONE;
    music->duck.attack = music->duck.release = CR_TICKS_PER_SECOND / 20;
    return project;
}

static void any_blocks_in_any_order_give_the_same_samples(void **state)
{
    (void)state;
    enum { COUNT = 30000 };
    cr_project *project = make_busy_project();
    cr_samples *whole = mixed(project, COUNT);
    static float pieces[2][COUNT];
    cr_mixer *mixer = open_mixer(project);
    uint32_t chance = 5;
    for (int half = 1; half >= 0; half--) { // the second half first
        for (int done = half * COUNT / 2; done < (half + 1) * COUNT / 2;) {
            chance = chance * 1664525 + 1013904223;
            int part = chance >> 30 ? 1 + (int)(chance >> 21) : 1;
            if (part > (half + 1) * COUNT / 2 - done) part = (half + 1) * COUNT / 2 - done;
            cr_samples *piece = read(mixer, done, part);
            assert_int_equal(piece->pts, done * SAMPLE);
            for (int side = 0; side < 2; side++)
                memcpy(pieces[side] + done, piece->data[side], (size_t)part * sizeof(float));
            cr_samples_drop(&piece);
            done += part;
        }
    }
    assert_memory_equal(whole->data[0], pieces[0], sizeof pieces[0]);
    assert_memory_equal(whole->data[1], pieces[1], sizeof pieces[1]);
    cr_mixer_close(&mixer);
    cr_samples_drop(&whole);
    cr_project_drop(&project);
}

static void a_nested_timeline_is_heard_in_its_place(void **state)
{
    (void)state;
    cr_project *project = make_project();
    add_clip(add_track(project, "music"), "ramp", 0, 1000);
    cr_sequence *inner = project->sequences[0], *film = cr_sequence_make();
    cr_text_set(&inner->id, "inner");
    film->tracks = cr_alloc(1, sizeof(cr_track *));
    project->sequences[0] = film;
    project->sequences[project->sequence_count++] = inner;
    cr_clip *nested = add_clip(add_track(project, "music"), "", 500, 300);
    nested->kind = CR_CLIP_SEQUENCE;
    cr_text_set(&nested->sequence, "inner");
    nested->source_start = 100 * SAMPLE;
    cr_samples *out = mixed(project, 1000);
    assert_true(out->data[0][499] == 0 && out->data[0][800] == 0);
    assert_true(out->data[0][500] == 100.0f / 65536 && out->data[0][799] == 399.0f / 65536);
    cr_samples_drop(&out);
    cr_project_drop(&project);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clip_sounds_from_its_first_sample_to_its_last),
        cmocka_unit_test(gains_multiply_and_pan_turns_one_side_off),
        cmocka_unit_test(fades_follow_their_curve_sample_by_sample),
        cmocka_unit_test(keyframed_gain_moves_between_its_keys),
        cmocka_unit_test(music_is_down_before_speech_begins_and_back_after),
        cmocka_unit_test(clips_play_backwards_and_at_other_speeds),
        cmocka_unit_test(any_blocks_in_any_order_give_the_same_samples),
        cmocka_unit_test(a_nested_timeline_is_heard_in_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
