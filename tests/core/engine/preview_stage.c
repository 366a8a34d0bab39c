#include "preview_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "corpus.h"
#include "engine/picture.h"
#include "project/project_json.h"

enum { QUEUE_MAX = 16384, TICK_US = 16667 };

static const float fade_samples = 96;

static const char stage_project[] =
    "{\"version\": 1, \"title\": \"Stage\", \"settings\": {\"width\": 64, \"height\": 48, "
    "\"frame_rate\": \"30000/1001\"}, \"assets\": [{\"id\": \"a\", \"uri\": \"%s\", \"duration\": "
    "%lld}], \"sequences\": [{\"id\": \"film\", \"tracks\": ["
    "{\"id\": \"v\", \"kind\": \"video\", \"clips\": [{\"id\": \"c1\", \"kind\": \"media\", "
    "\"asset\": \"a\", \"start\": 0, \"duration\": %lld}]}, "
    "{\"id\": \"s\", \"kind\": \"audio\", \"clips\": [{\"id\": \"c2\", \"kind\": \"media\", "
    "\"asset\": \"a\", \"start\": 0, \"duration\": %lld}]}]}]}";

cr_project *stage_film(int seconds, const char *coding)
{
    char *name = cr_format("stage-%d-%s.mkv", seconds, strrchr(coding, ' ') + 1);
    // The picture's number in base 6, a digit every 8 columns.
    char *arguments =
        cr_format("-f lavfi -i \"color=s=64x48:r=30000/1001:d=%d,"
                  "geq=lum='20+mod(floor(N/pow(6,floor(X/8))),6)*40':cb=128:cr=128\" "
                  "-f lavfi -i sine=440:r=48000:d=%d %s -pix_fmt yuv420p -c:a pcm_s16le -vf "
                  "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv",
                  seconds, seconds, coding);
    const char *path = corpus_file(name, arguments);
    long long length = seconds * CR_TICKS_PER_SECOND;
    char *text = cr_format(stage_project, path, length, length, length);
    cr_project *project = NULL;
    cr_fault fault = {0};
    if (cr_project_parse(&project, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    cr_free(text);
    cr_free(arguments);
    cr_free(name);
    return project;
}

static int ears_room(void *cookie)
{
    const stage_ears *ears = cookie;
    return QUEUE_MAX - ears->queued;
}

static void ears_write(void *cookie, const float *left, const float *right, int count)
{
    stage_ears *ears = cookie;
    assert_true(count <= QUEUE_MAX - ears->queued);
    memcpy(ears->queue[0] + ears->queued, left, (size_t)count * sizeof(float));
    memcpy(ears->queue[1] + ears->queued, right, (size_t)count * sizeof(float));
    ears->queued += count;
    ears->written += count;
}

static int64_t ears_heard(void *cookie)
{
    const stage_ears *ears = cookie;
    int64_t heard = ears->consumed - ears->latency;
    return heard < 0 ? 0 : heard > ears->written ? ears->written : heard;
}

static void ears_clear(void *cookie)
{
    stage_ears *ears = cookie;
    ears->was_cleared = ears->was_cleared || ears->queued > 0;
    ears->queued = 0;
    ears->written = ears->consumed = 0;
}

static bool ears_are_running(void *cookie)
{
    const stage_ears *ears = cookie;
    return !ears->is_off;
}

// As sound_worklet.js and the SDL device: where the sound jumps, the step fades.
static void hear(stage_ears *ears, float sample, bool is_joint)
{
    if (is_joint) ears->step = ears->last - sample;
    float out = sample + ears->step;
    ears->step *= expf(-1.0F / fade_samples);
    ears->last = out;
    CR_VEC_ADD(ears->heard, ears->heard_count, ears->heard_room, out);
}

static void listen(stage_ears *ears, int64_t us)
{
    if (ears->is_off) return;
    ears->owed += (double)us * 0.048 * ears->drift;
    int count = (int)ears->owed;
    ears->owed -= count;
    int there = count < ears->queued ? count : ears->queued;
    for (int i = 0; i < there; i++) {
        bool is_joint = i == 0 && (ears->was_cleared || ears->is_silent);
        hear(ears, ears->queue[0][i], is_joint);
        ears->is_silent = ears->was_cleared = false;
    }
    for (int i = there; i < count; i++) {
        bool was_playing = !ears->is_silent;
        hear(ears, 0, was_playing);
        ears->is_silent = true;
    }
    if (there < count && ears->written > 0) ears->gap_samples += count - there;
    ears->queued -= there;
    ears->consumed += count;
    if (ears->consumed > ears->written + ears->latency)
        ears->consumed = ears->written + ears->latency;
    for (int c = 0; c < 2; c++)
        memmove(ears->queue[c], ears->queue[c] + there, (size_t)ears->queued * sizeof(float));
}

static void pass(stage *s, int64_t us)
{
    s->now_us += us;
    listen(&s->ears, us);
}

static cr_status show(void *cookie, const cr_frame *frame)
{
    stage *s = cookie;
    uint64_t hash = corpus_hash(frame);
    cr_preview_state state = stage_state(s);
    stage_shown shown = {.frame = -1, .width = frame->width, .quality = state.quality};
    for (int i = 0; i < s->picture_count; i++)
        if (s->pictures[i] == hash) shown.frame = i;
    shown.heard = state.playhead;
    CR_VEC_ADD(s->shown, s->shown_count, s->shown_room, shown);
    pass(s, s->show_us);
    return CR_OK;
}

void stage_learn(stage *s, const cr_project *film)
{
    cr_fault fault = {0};
    cr_pool *pool = NULL;
    cr_picture_maker *maker = NULL;
    const cr_host *host = cr_native_host(s->native);
    cr_pool_desc pool_desc = {.asset_folder = "", .font_folder = "", .host = host};
    assert_int_equal(cr_pool_open(&pool, film, &pool_desc, &fault), CR_OK);
    cr_picture_maker_desc desc = {.host = host, .pixel = CR_PIXEL_I420, .leaves_holes = true};
    assert_int_equal(cr_picture_maker_open(&maker, film, pool, &desc, &fault), CR_OK);
    const cr_sequence *sequence = cr_project_film(film);
    cr_rate rate = film->settings.frame_rate;
    s->picture_count = (int)cr_frame_count(cr_sequence_duration(sequence), rate);
    assert_true(s->picture_count <= STAGE_FRAMES_MAX);
    for (int i = 0; i < s->picture_count; i++) {
        cr_frame *frame = NULL;
        cr_ticks at = cr_frame_start(i, rate);
        assert_int_equal(cr_picture_make(maker, sequence, at, &frame, &fault), CR_OK);
        s->pictures[i] = corpus_hash(frame);
        cr_frame_drop(&frame);
    }
    cr_picture_maker_close(&maker);
    cr_pool_close(&pool);
}

void stage_open(stage *s, const cr_project *film, const cr_host_codecs *codecs)
{
    *s = (stage){.now_us = 1000000};
    cr_native_desc native = {.thread_count = 1};
    assert_int_equal(cr_native_open(&s->native, &native), CR_OK);
    s->ears.drift = 1;
    s->ears.is_silent = true;
    for (int c = 0; c < 2; c++)
        s->ears.queue[c] = cr_alloc(QUEUE_MAX, sizeof(float));
    s->device =
        (cr_host_sound){&s->ears, ears_room, ears_write, ears_heard, ears_clear, ears_are_running};
    s->host = *cr_native_host(s->native);
    s->host.sound = &s->device;
    s->host.codecs = codecs;
    s->screen = (cr_preview_screen){.cookie = s, .show = show};
    stage_learn(s, film);
    cr_fault fault = {0};
    cr_preview_desc desc = {.host = &s->host, .screen = &s->screen};
    assert_int_equal(cr_preview_open(&s->preview, &desc, &fault), CR_OK);
    assert_int_equal(cr_preview_set_project(s->preview, film, "", &fault), CR_OK);
    cr_preview_set_quality(s->preview, CR_QUALITY_FULL);
}

void stage_close(stage *s)
{
    cr_preview_close(&s->preview);
    cr_native_close(&s->native);
    cr_free(s->ears.heard);
    cr_free(s->ears.queue[0]);
    cr_free(s->ears.queue[1]);
    cr_free(s->shown);
}

void stage_tick(stage *s, int64_t us)
{
    pass(s, us);
    cr_fault fault = {0};
    assert_int_equal(cr_preview_tick(s->preview, s->now_us, &fault), CR_OK);
    if (fault.status == CR_OK) return;
    s->told++;
    s->fault = fault;
}

void stage_run(stage *s, double seconds)
{
    int64_t end = s->now_us + (int64_t)(seconds * 1000000);
    while (s->now_us < end)
        stage_tick(s, TICK_US);
}

cr_preview_state stage_state(const stage *s)
{
    cr_preview_state state;
    cr_preview_state_get(s->preview, &state);
    return state;
}

const stage_shown *stage_last(const stage *s)
{
    assert_true(s->shown_count > 0);
    return &s->shown[s->shown_count - 1];
}

float stage_largest_step(const stage *s, int64_t first)
{
    float largest = 0;
    for (int64_t i = first < 1 ? 1 : first; i < s->ears.heard_count; i++)
        largest = fmaxf(largest, fabsf(s->ears.heard[i] - s->ears.heard[i - 1]));
    return largest;
}

float stage_loudest(const stage *s, int64_t first)
{
    float loudest = 0;
    for (int64_t i = first; i < s->ears.heard_count; i++)
        loudest = fmaxf(loudest, fabsf(s->ears.heard[i]));
    return loudest;
}
