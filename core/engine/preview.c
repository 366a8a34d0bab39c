#include "engine/preview.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/pool.h"
#include "engine/preview_pace.h"
#include "engine/preview_pictures.h"
#include "engine/preview_sound.h"

enum {
    RATE_MAX = 16,
    SLOW_FADE = 64, // a slow tick is forgotten within so many
    // A picture that rests this long may be played on from: its decoder goes there.
    REST_US = 150000,
    SHOWN_BYTES_MAX = 128 * 1024 * 1024,
    RESTING_MAX = 3, // each holds a decoder
};

// What the playhead does.
typedef enum motion {
    MOTION_NONE = 0, // rests
    MOTION_SCRUB,
    MOTION_PLAY,
} motion;

struct cr_preview {
    cr_preview_desc desc; // with texts of its own
    char *asset_folder, *font_folder;
    cr_project *project;
    const cr_sequence *sequence; // of the project; NULL without a film, and then there are none of:
    cr_pool *pool;
    cr_preview_pictures *pictures;
    cr_preview_sound *sound; // NULL: nothing can be heard
    cr_preview_pace pace;
    cr_preview_quality wished_quality;

    motion motion;
    cr_number rate;
    cr_range loop;
    cr_ticks playhead, duration;
    int64_t now_us;
    int64_t slow_us;  // what lies between two ticks when it is long; fades with time
    bool is_by_sound; // the device is the clock; else:
    cr_ticks begin;   // where the playhead was
    int64_t begin_us; // at this time; 0: the next tick
    bool needs_grain;

    char **told; // faults, a line each
    int told_count, told_room;

    bool needs_picture; // shown or not, it is to be made anew
    bool is_waiting;
    int64_t shown_frame; // -1 none
    int64_t shown_us;    // since when
    int64_t frames_shown, frames_dropped;
    cr_preview_quality quality;
    int64_t offset_us;
};

cr_status cr_preview_open(cr_preview **out, const cr_preview_desc *desc, cr_fault *fault)
{
    if (!desc->host || !desc->host->open_source)
        return cr_fail(fault, CR_INVALID, "", "the host opens no files");
    cr_preview *preview = cr_alloc(1, sizeof *preview);
    preview->desc = *desc;
    preview->asset_folder = cr_strdup(desc->asset_folder ? desc->asset_folder : "");
    preview->font_folder = cr_strdup(desc->font_folder ? desc->font_folder : "");
    preview->desc.asset_folder = preview->asset_folder;
    preview->desc.font_folder = preview->font_folder;
    preview->wished_quality = CR_QUALITY_AUTO;
    preview->quality = CR_QUALITY_FULL;
    preview->shown_frame = -1;
    *out = preview;
    return CR_OK;
}

void cr_preview_close(cr_preview **preview)
{
    cr_preview *closing = *preview;
    if (!closing) return;
    cr_preview_sound_close(&closing->sound);
    cr_preview_pictures_close(&closing->pictures);
    cr_pool_close(&closing->pool);
    cr_project_drop(&closing->project);
    for (int i = 0; i < closing->told_count; i++)
        cr_free(closing->told[i]);
    cr_free(closing->told);
    cr_free(closing->asset_folder);
    cr_free(closing->font_folder);
    cr_free(closing);
    *preview = NULL;
}

// What works on the first film, and on all that follow.
static cr_status open_parts(cr_preview *preview, const cr_project *project, cr_fault *fault)
{
    if (preview->pool) {
        cr_pool_set_project(preview->pool, project);
        return CR_OK;
    }
    const cr_preview_desc *desc = &preview->desc;
    cr_pool_desc pool = {.asset_folder = desc->asset_folder,
                         .font_folder = desc->font_folder,
                         .host = desc->host,
                         .cache_bytes_max = desc->cache_bytes_max,
                         .shown_bytes_max =
                             desc->shown_bytes_max > 0 ? desc->shown_bytes_max : SHOWN_BYTES_MAX,
                         .resting_max = RESTING_MAX};
    cr_status status = cr_pool_open(&preview->pool, project, &pool, fault);
    if (status != CR_OK) return status;
    preview->pictures = cr_preview_pictures_open(desc, preview->pool);
    if (desc->host->sound) preview->sound = cr_preview_sound_open(desc->host->sound, preview->pool);
    return CR_OK;
}

cr_status cr_preview_set_project(cr_preview *preview, const cr_project *project,
                                 const char *sequence, cr_fault *fault)
{
    const cr_sequence *found =
        *sequence ? cr_project_sequence(project, sequence) : cr_project_film(project);
    if (!found) return cr_fail(fault, CR_NOTFOUND, sequence, "there is no such sequence");
    cr_status status = open_parts(preview, project, fault);
    if (status == CR_OK && preview->sound)
        status = cr_preview_sound_set_project(preview->sound, project, found, fault);
    if (status != CR_OK) return status;
    cr_preview_pictures_set_project(preview->pictures, project);
    cr_project_drop(&preview->project);
    preview->project = cr_project_keep(project);
    preview->sequence = found;
    preview->duration = cr_sequence_duration(found);
    if (preview->playhead > preview->duration) preview->playhead = preview->duration;
    preview->needs_picture = true;
    return CR_OK;
}

static bool has_sound(const cr_preview *preview)
{
    const cr_host_sound *device = preview->desc.host->sound;
    return preview->sound && device->is_running(device->cookie);
}

// Playback goes on from the playhead by whatever clock there is.
static void start_clock(cr_preview *preview)
{
    preview->is_by_sound = has_sound(preview);
    preview->begin = preview->playhead;
    preview->begin_us = 0;
    if (preview->is_by_sound)
        cr_preview_sound_start(preview->sound, preview->playhead, preview->rate, preview->loop);
}

static void rest(cr_preview *preview, motion into)
{
    if (preview->sound && preview->motion != MOTION_SCRUB) cr_preview_sound_stop(preview->sound);
    preview->motion = into;
    preview->rate = 0;
    cr_preview_pace_restart(&preview->pace);
}

void cr_preview_play(cr_preview *preview, cr_number rate)
{
    if (rate > RATE_MAX * CR_ONE) rate = RATE_MAX * CR_ONE;
    if (rate < -RATE_MAX * CR_ONE) rate = -RATE_MAX * CR_ONE;
    if (rate == 0) {
        rest(preview, MOTION_NONE);
        return;
    }
    if (preview->motion != MOTION_PLAY) {
        preview->frames_shown = preview->frames_dropped = 0;
        cr_preview_pace_restart(&preview->pace);
    }
    // At its end, play begins again; so does reverse play at the beginning.
    if (rate > 0 && preview->playhead >= preview->duration) preview->playhead = 0;
    if (rate < 0 && preview->playhead <= 0) preview->playhead = preview->duration;
    preview->motion = MOTION_PLAY;
    preview->rate = rate;
    start_clock(preview);
}

void cr_preview_seek(cr_preview *preview, cr_ticks at, bool is_scrubbing)
{
    if (at < 0) at = 0;
    if (at > preview->duration) at = preview->duration;
    bool has_moved = at != preview->playhead;
    rest(preview, is_scrubbing ? MOTION_SCRUB : MOTION_NONE);
    preview->playhead = at;
    preview->needs_grain = is_scrubbing && has_moved;
}

static cr_rate frame_rate(const cr_preview *preview)
{
    return preview->project->settings.frame_rate;
}

static int64_t last_frame(const cr_preview *preview)
{
    int64_t count = cr_frame_count(preview->duration, frame_rate(preview));
    return count > 0 ? count - 1 : 0;
}

// The frame under the playhead; at the film's very end, the last.
static int64_t wished_frame(const cr_preview *preview)
{
    int64_t frame = cr_frame_at(preview->playhead, frame_rate(preview));
    int64_t last = last_frame(preview);
    return frame > last ? last : frame;
}

void cr_preview_step(cr_preview *preview, int frames)
{
    if (!preview->sequence) return;
    int64_t frame = wished_frame(preview) + frames, last = last_frame(preview);
    if (frame < 0) frame = 0;
    if (frame > last) frame = last;
    cr_preview_seek(preview, cr_frame_start(frame, frame_rate(preview)), false);
}

void cr_preview_loop(cr_preview *preview, cr_range range)
{
    preview->loop = range;
    if (preview->motion == MOTION_PLAY) start_clock(preview);
}

void cr_preview_set_quality(cr_preview *preview, cr_preview_quality quality)
{
    preview->wished_quality = quality;
}

void cr_preview_set_volume(cr_preview *preview, cr_number gain_db, bool is_muted)
{
    if (preview->sound) cr_preview_sound_set_volume(preview->sound, gain_db, is_muted);
}

void cr_preview_refresh(cr_preview *preview)
{
    preview->needs_picture = true;
}

// Where the playhead is by the caller's clock, loops included.
static cr_ticks place_by_time(cr_preview *preview)
{
    if (preview->begin_us == 0) preview->begin_us = preview->now_us;
    cr_ticks passed = cr_ticks_from_microseconds(preview->now_us - preview->begin_us);
    cr_ticks at = preview->begin + cr_scale(passed, preview->rate, CR_ONE, CR_ROUND_NEAREST);
    cr_range loop = preview->loop;
    bool began_inside =
        loop.duration > 0 && preview->begin >= loop.start && preview->begin <= cr_range_end(loop);
    bool is_over = preview->rate > 0 ? at >= cr_range_end(loop) : at < loop.start;
    if (!began_inside || !is_over) return at;
    cr_ticks into = (at - loop.start) % loop.duration;
    return loop.start + (into < 0 ? into + loop.duration : into);
}

static bool is_at_end(const cr_preview *preview)
{
    return preview->rate > 0 ? preview->playhead >= preview->duration : preview->playhead <= 0;
}

// A film that is looped whole begins again.
static void come_to_end(cr_preview *preview)
{
    cr_range loop = preview->loop;
    bool is_in_loop = loop.duration > 0 && preview->playhead >= loop.start &&
                      preview->playhead <= cr_range_end(loop);
    preview->playhead = preview->rate > 0 ? preview->duration : 0;
    if (!is_in_loop) {
        rest(preview, MOTION_NONE);
        return;
    }
    preview->playhead = preview->rate > 0 ? loop.start : cr_range_end(loop);
    start_clock(preview);
}

static void move_playhead(cr_preview *preview)
{
    if (preview->motion != MOTION_PLAY) return;
    // The device came, or went, meanwhile.
    if (preview->is_by_sound != has_sound(preview)) start_clock(preview);
    preview->playhead =
        preview->is_by_sound ? cr_preview_sound_heard(preview->sound) : place_by_time(preview);
    if (is_at_end(preview)) come_to_end(preview);
}

static void make_sound(cr_preview *preview, cr_fault *fault)
{
    if (!preview->sound) return;
    if (preview->motion == MOTION_PLAY && preview->is_by_sound)
        cr_preview_sound_feed(preview->sound, preview->duration, preview->slow_us, fault);
    if (preview->motion == MOTION_SCRUB && preview->needs_grain)
        preview->needs_grain = !cr_preview_sound_grain(preview->sound, preview->playhead, fault);
}

static void choose_quality(cr_preview *preview)
{
    cr_preview_quality quality = preview->wished_quality;
    if (quality == CR_QUALITY_AUTO) {
        // A picture that stays is worth its time.
        quality = preview->motion == MOTION_PLAY
                      ? cr_preview_pace_follow(&preview->pace, preview->frames_shown,
                                               preview->frames_dropped, preview->now_us)
                  : preview->motion == MOTION_SCRUB ? preview->quality
                                                    : CR_QUALITY_FULL;
    }
    if (quality == preview->quality) return;
    preview->quality = quality;
    cr_preview_pictures_set_quality(preview->pictures, quality);
    if (preview->motion != MOTION_PLAY) preview->needs_picture = true;
}

// Faster than the film's own speed pictures are left out by intent.
static void count_frame(cr_preview *preview, int64_t frame)
{
    preview->frames_shown++;
    bool is_own_speed = preview->rate >= -CR_ONE && preview->rate <= CR_ONE;
    if (preview->motion != MOTION_PLAY || !is_own_speed || preview->frames_shown == 1) return;
    int64_t passed =
        preview->rate > 0 ? frame - preview->shown_frame : preview->shown_frame - frame;
    if (passed > 1) preview->frames_dropped += passed - 1;
}

static cr_status show_picture(cr_preview *preview, cr_fault *fault)
{
    int64_t frame = wished_frame(preview);
    if (frame == preview->shown_frame && !preview->needs_picture) return CR_OK;
    cr_ticks at = cr_frame_start(frame, frame_rate(preview));
    cr_pool_set_dragged(preview->pool, preview->motion != MOTION_NONE);
    cr_status status = cr_preview_pictures_show(preview->pictures, preview->sequence, at, fault);
    preview->is_waiting = status == CR_AGAIN;
    if (status == CR_AGAIN) return CR_OK;
    // What cannot be made now would not be made by asking again at once.
    if (frame != preview->shown_frame) count_frame(preview, frame);
    preview->shown_frame = frame;
    preview->shown_us = preview->now_us;
    preview->needs_picture = false;
    if (preview->motion != MOTION_PLAY) cr_pool_keep_shown(preview->pool);
    cr_ticks offset = preview->playhead - at;
    preview->offset_us = -cr_scale(offset, 1000000, CR_TICKS_PER_SECOND, CR_ROUND_NEAREST);
    return status;
}

static void work_ahead(cr_preview *preview)
{
    bool is_playing = preview->motion == MOTION_PLAY;
    bool has_rested = preview->motion == MOTION_NONE && !preview->is_waiting &&
                      preview->now_us - preview->shown_us >= REST_US;
    if (!is_playing && !has_rested) return;
    cr_pool_ahead ahead = {.rate = preview->rate, .with_planes = is_playing};
    cr_pool_prefetch(preview->pool, preview->sequence, preview->playhead, &ahead);
}

// How long it may be until the next tick: as long as it was lately.
static void look_at_clock(cr_preview *preview, int64_t now_us)
{
    int64_t passed = preview->now_us ? now_us - preview->now_us : 0;
    preview->slow_us -= preview->slow_us / SLOW_FADE;
    if (passed > preview->slow_us) preview->slow_us = passed;
    preview->now_us = now_us;
}

// What was told once is not told again, whichever part finds it anew after an edit.
static void tell(cr_preview *preview, const cr_fault *found, cr_fault *fault)
{
    if (found->status == CR_OK) return;
    char *line = cr_format("%s: %s", found->where, found->text);
    for (int i = 0; i < preview->told_count; i++) {
        if (strcmp(preview->told[i], line) != 0) continue;
        cr_free(line);
        return;
    }
    CR_VEC_ADD(preview->told, preview->told_count, preview->told_room, line);
    if (fault) *fault = *found;
}

cr_status cr_preview_tick(cr_preview *preview, int64_t now_us, cr_fault *fault)
{
    look_at_clock(preview, now_us);
    if (!preview->sequence) return CR_OK;
    cr_fault in_sound = {0}, in_picture = {0};
    move_playhead(preview);
    make_sound(preview, &in_sound);
    choose_quality(preview);
    cr_status status = show_picture(preview, &in_picture);
    work_ahead(preview);
    if (fault) *fault = (cr_fault){0};
    tell(preview, &in_sound, fault);
    if (status == CR_OK)
        tell(preview, &in_picture, fault);
    else if (fault)
        *fault = in_picture;
    return status;
}

void cr_preview_state_get(const cr_preview *preview, cr_preview_state *out)
{
    cr_reader_stats readers = {0};
    if (preview->pool) cr_pool_stats_get(preview->pool, &readers);
    *out = (cr_preview_state){
        .playhead = preview->playhead,
        .shown = preview->shown_frame < 0
                     ? CR_TICKS_NONE
                     : cr_frame_start(preview->shown_frame, frame_rate(preview)),
        .duration = preview->duration,
        .rate = preview->rate,
        .is_scrubbing = preview->motion == MOTION_SCRUB,
        .is_looping = preview->loop.duration > 0,
        .is_waiting = preview->is_waiting,
        .frames_shown = preview->frames_shown,
        .frames_dropped = preview->frames_dropped,
        .quality = preview->quality,
        .cache_bytes = readers.bytes,
        .offset_us = preview->offset_us,
    };
}

void cr_preview_levels(const cr_preview *preview, int out[2])
{
    out[0] = out[1] = 0;
    if (preview->sound) cr_preview_sound_levels(preview->sound, out);
}
