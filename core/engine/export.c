#include "engine/export.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "base/str.h"
#include "engine/captions.h"
#include "engine/output.h"
#include "engine/picture.h"
#include "engine/pool.h"
#include "mixer/mixer.h"
#include "project/resolve.h"

enum { SIDE_MIN = 16 };

struct cr_export {
    cr_project *project;
    const cr_sequence *film;
    const cr_host *host;
    char *uri, *speed;
    const cr_export_format *format;
    cr_range range;
    cr_rate frame_rate;
    int width, height;
    bool has_picture, has_sound;
    cr_output_desc output_desc; // its texts are ours

    cr_pool *pool;
    cr_picture_maker *maker;
    cr_mixer *mixer;
    cr_loudness_meter *meter;
    cr_limiter *limiter;
    cr_output *output;

    cr_export_phase phase;
    cr_status ended;             // CR_AGAIN while it goes on
    int64_t frames_total, frame; // painted, or heard while listening
    int64_t sample_first;        // of the range, on the timeline
    int64_t samples_total;
    int64_t sample;         // mixed so far in this phase
    int64_t sample_written; // given by the limiter
    cr_caption *captions;
    int caption_count, caption;
};

static cr_status choose_format(cr_export *e, const cr_export_desc *desc, cr_fault *fault)
{
    e->format = cr_export_format_find(desc->format, desc->output);
    if (e->format) return CR_OK;
    if (desc->format)
        return cr_fail(fault, CR_UNSUPPORTED, "", "unknown format '%s'; there are %s", desc->format,
                       cr_export_format_names());
    return cr_fail(fault, CR_UNSUPPORTED, desc->output,
                   "its name does not say what to write; endings are %s", cr_export_format_names());
}

static cr_status choose_size(cr_export *e, const cr_export_desc *desc, cr_fault *fault)
{
    const cr_settings *settings = &e->project->settings;
    bool is_own = desc->width > 0 || desc->height > 0;
    e->width = is_own ? desc->width : settings->width;
    e->height = is_own ? desc->height : settings->height;
    if (e->width < SIDE_MIN || e->height < SIDE_MIN || e->width > CR_PICTURE_SIDE_MAX ||
        e->height > CR_PICTURE_SIDE_MAX)
        return cr_fail(fault, CR_LIMIT, "",
                       "a picture of %d × %d cannot be written: sides are %d to %d", e->width,
                       e->height, SIDE_MIN, CR_PICTURE_SIDE_MAX);
    // Half of the chroma has to be a whole number.
    bool is_halved = e->format->pixel == CR_PIXEL_I420 && !e->format->is_digest;
    if (is_halved && is_own && (e->width % 2 || e->height % 2))
        return cr_fail(fault, CR_INVALID, "", "a %s of %d × %d is not possible: both must be even",
                       e->format->name, e->width, e->height);
    if (is_halved) {
        e->width &= ~1;
        e->height &= ~1;
    }
    return CR_OK;
}

static cr_status choose_range(cr_export *e, const cr_export_desc *desc, cr_fault *fault)
{
    cr_range whole = {0, cr_sequence_duration(e->film)};
    if (whole.duration == 0) return cr_fail(fault, CR_INVALID, "", "the film is empty");
    e->range = desc->range.duration ? cr_range_intersect(desc->range, whole) : whole;
    if (desc->range.start > 0 && desc->range.duration == 0)
        e->range = cr_range_intersect(whole, (cr_range){desc->range.start, whole.duration});
    if (e->range.duration == 0)
        return cr_fail(fault, CR_INVALID, "", "the asked stretch lies outside of the film");
    e->frame_rate =
        cr_rate_is_known(desc->frame_rate) ? desc->frame_rate : e->project->settings.frame_rate;
    e->frames_total = cr_frame_count(e->range.duration, e->frame_rate);
    if (e->format->holds_one_picture && e->frames_total > 1 && !cr_text_ends(desc->output, ".zip"))
        return cr_fail(fault, CR_INVALID, desc->output,
                       "this file holds one picture, and the stretch has %lld: name a .zip, or "
                       "choose one frame",
                       (long long)e->frames_total);
    // Sound lasts as long as the pictures do.
    cr_ticks length = cr_frame_start(e->frames_total, e->frame_rate);
    if (e->has_sound && !e->has_picture) length = e->range.duration;
    cr_ticks second = CR_TICKS_PER_SECOND;
    e->sample_first = cr_scale(e->range.start, CR_MIX_RATE, second, CR_ROUND_NEAREST);
    e->samples_total = cr_scale(length, CR_MIX_RATE, second, CR_ROUND_UP);
    return CR_OK;
}

// What the file will hold: sound only when some is to be heard, as not every film has it.
static cr_status choose_content(cr_export *e, cr_fault *fault)
{
    cr_audible *audible = NULL;
    cr_range whole = {0, cr_sequence_duration(e->film)};
    int count = cr_resolve_sound(e->project, e->film, whole, &audible);
    cr_free(audible);
    bool takes_sound = e->format->audio_codec || e->format->is_digest;
    e->has_picture = e->format->pixel != CR_PIXEL_NONE;
    e->has_sound = count > 0 && takes_sound;
    if (!e->has_picture && !e->has_sound)
        return cr_fail(fault, CR_INVALID, "", "the film has no sound to be written");
    return CR_OK;
}

static cr_status open_sound(cr_export *e, cr_fault *fault)
{
    if (!e->has_sound) return CR_OK;
    cr_sound_source source = {.read = cr_pool_sound, .cookie = e->pool};
    cr_status status = cr_mixer_open(&e->mixer, e->project, e->film, &source, fault);
    if (status == CR_OK) status = cr_loudness_meter_open(&e->meter);
    return status;
}

static cr_status open_picture(cr_export *e, const cr_export_desc *desc, cr_fault *fault)
{
    if (!e->has_picture) return CR_OK;
    cr_picture_maker_desc maker = {.host = e->host,
                                   .width = e->width,
                                   .height = e->height,
                                   .pixel = e->format->pixel,
                                   .without_simd = desc->without_simd};
    return cr_picture_maker_open(&e->maker, e->project, e->pool, &maker, fault);
}

static cr_status open_parts(cr_export *e, const cr_export_desc *desc, cr_fault *fault)
{
    cr_status status = choose_format(e, desc, fault);
    if (status == CR_OK) status = choose_size(e, desc, fault);
    if (status == CR_OK) status = choose_content(e, fault);
    if (status == CR_OK) status = choose_range(e, desc, fault);
    if (status != CR_OK) return status;
    cr_pool_desc pool = {
        .asset_folder = desc->asset_folder, .font_folder = desc->font_folder, .host = e->host};
    status = cr_pool_open(&e->pool, e->project, &pool, fault);
    if (status == CR_OK)
        status = cr_pool_check(e->pool, e->film, e->has_picture, e->has_sound, fault);
    if (status == CR_OK) status = open_sound(e, fault);
    if (status == CR_OK) status = open_picture(e, desc, fault);
    return status;
}

static void describe_output(cr_export *e, const cr_export_desc *desc)
{
    if (desc->with_caption_track)
        e->caption_count = cr_captions_collect(e->film, e->range, &e->captions);
    const cr_settings *settings = &e->project->settings;
    e->output_desc = (cr_output_desc){.uri = e->uri,
                                      .title = e->project->title,
                                      .format = e->format,
                                      .has_picture = e->has_picture,
                                      .has_sound = e->has_sound,
                                      .has_text = e->caption_count > 0,
                                      .width = e->width,
                                      .height = e->height,
                                      .frame_rate = e->frame_rate,
                                      .color = cr_pixel_is_rgb(e->format->pixel) ? cr_color_srgb()
                                                                                 : settings->color,
                                      .speed = e->speed,
                                      .quality = desc->quality,
                                      .video_bit_rate = desc->video_bit_rate,
                                      .audio_bit_rate = desc->audio_bit_rate,
                                      .thread_count = e->host->thread_count,
                                      .is_exact = desc->is_exact};
}

cr_status cr_export_open(cr_export **out, const cr_project *project, const cr_export_desc *desc,
                         const cr_host *host, cr_fault *fault)
{
    CR_REQUIRE(desc->output && host);
    cr_export *e = cr_alloc(1, sizeof *e);
    e->project = cr_project_keep(project);
    e->host = host;
    e->ended = CR_AGAIN;
    e->uri = cr_strdup(desc->output);
    e->speed = desc->speed ? cr_strdup(desc->speed) : NULL;
    e->film = cr_project_film(e->project);
    cr_status status = e->film ? open_parts(e, desc, fault)
                               : cr_fail(fault, CR_INVALID, "/sequences", "the film is empty");
    if (status != CR_OK) {
        cr_export_close(&e);
        return status;
    }
    describe_output(e, desc);
    e->phase = e->has_sound && project->settings.loudness_lufs != 0 ? CR_EXPORT_LISTENING
                                                                    : CR_EXPORT_PAINTING;
    *out = e;
    return CR_OK;
}

void cr_export_close(cr_export **export_)
{
    cr_export *closing = *export_;
    if (!closing) return;
    cr_output_close(&closing->output);
    cr_limiter_close(&closing->limiter);
    cr_loudness_meter_close(&closing->meter);
    cr_mixer_close(&closing->mixer);
    cr_picture_maker_close(&closing->maker);
    cr_pool_close(&closing->pool);
    cr_free(closing->captions);
    cr_free(closing->uri);
    cr_free(closing->speed);
    cr_project_drop(&closing->project);
    cr_free(closing);
    *export_ = NULL;
}

static double number_to_double(cr_number number)
{
    return (double)number / (double)CR_ONE;
}

// Measuring is over (or was not asked for): from here on the file is written.
static cr_status begin_painting(cr_export *e, cr_fault *fault)
{
    const cr_settings *settings = &e->project->settings;
    cr_loudness loudness = {0};
    if (e->has_sound) {
        if (e->phase == CR_EXPORT_LISTENING) {
            double target = number_to_double(settings->loudness_lufs);
            cr_status status = cr_loudness_meter_result(e->meter, target, &loudness);
            if (status != CR_OK) return cr_fail(fault, status, "", "the loudness is not known");
        }
        double ceiling = number_to_double(settings->peak_dbtp);
        cr_status status = cr_limiter_open(&e->limiter, loudness.gain_db, ceiling);
        if (status != CR_OK)
            return cr_fail(fault, status, "", "the limiter did not start (%s)",
                           cr_status_text(status));
    }
    e->phase = CR_EXPORT_PAINTING;
    e->frame = e->sample = 0;
    return cr_output_open(&e->output, &e->output_desc, e->host, fault);
}

// A second of sound into the meter.
static cr_status listen(cr_export *e, cr_fault *fault)
{
    int64_t left = e->samples_total - e->sample;
    if (left == 0) return begin_painting(e, fault);
    int count = left < CR_MIX_RATE ? (int)left : CR_MIX_RATE;
    cr_samples *samples = NULL;
    cr_status status = cr_mixer_read(e->mixer, e->sample_first + e->sample, count, &samples, fault);
    if (status != CR_OK) return status;
    status = cr_loudness_meter_add(e->meter, samples);
    cr_samples_drop(&samples);
    if (status != CR_OK)
        return cr_fail(fault, status, "", "the loudness cannot be measured (%s)",
                       cr_status_text(status));
    e->sample += count;
    e->frame = cr_scale(e->frames_total, e->sample, e->samples_total, CR_ROUND_DOWN);
    return CR_OK;
}

// What the limiter has ready, to the output. [in] NULL flushes it.
static cr_status write_sound(cr_export *e, const cr_samples *in, cr_fault *fault)
{
    cr_samples *samples = NULL;
    cr_status status = cr_limiter_process(e->limiter, in, &samples);
    if (status != CR_OK)
        return cr_fail(fault, status, "", "the sound cannot be limited (%s)",
                       cr_status_text(status));
    if (samples->count > 0) {
        samples->pts = cr_frame_start(e->sample_written, (cr_rate){CR_MIX_RATE, 1});
        status = cr_output_samples(e->output, samples, fault);
        e->sample_written += samples->count;
    }
    cr_samples_drop(&samples);
    return status;
}

// Mixes up to sample [end] of the range, at most a second at a time.
static cr_status sound_until(cr_export *e, int64_t end, cr_fault *fault)
{
    while (e->sample < end) {
        int count = end - e->sample < CR_MIX_RATE ? (int)(end - e->sample) : CR_MIX_RATE;
        cr_samples *samples = NULL;
        cr_status status =
            cr_mixer_read(e->mixer, e->sample_first + e->sample, count, &samples, fault);
        if (status == CR_OK) status = write_sound(e, samples, fault);
        cr_samples_drop(&samples);
        if (status != CR_OK) return status;
        e->sample += count;
    }
    return CR_OK;
}

static cr_status text_until(cr_export *e, cr_ticks end, cr_fault *fault)
{
    while (e->caption < e->caption_count && e->captions[e->caption].range.start < end) {
        const cr_caption *caption = &e->captions[e->caption++];
        cr_status status = cr_output_text(e->output, caption->text, caption->range, fault);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static void drop_frame(void *cookie)
{
    cr_frame *frame = cookie;
    cr_frame_drop(&frame);
}

// The same pixels under a description of its own: the painter may have handed a decoder's frame
// through, whose time is not ours to change. Takes [frame] in any case.
static cr_status describe_anew(cr_frame *frame, cr_frame **out)
{
    cr_frame *shared = NULL;
    cr_status status = cr_frame_wrap(&shared, frame->pixel, frame->width, frame->height,
                                     frame->data, frame->stride, drop_frame, frame);
    if (status != CR_OK) {
        cr_frame_drop(&frame);
        return status;
    }
    shared->color = frame->color;
    shared->sample_aspect = (cr_rate){1, 1};
    *out = shared;
    return CR_OK;
}

static cr_status paint_frame(cr_export *e, cr_fault *fault)
{
    cr_ticks since = cr_frame_start(e->frame, e->frame_rate);
    cr_frame *made = NULL, *frame = NULL;
    cr_status status = cr_picture_make(e->maker, e->film, e->range.start + since, &made, fault);
    if (status != CR_OK) return status;
    status = describe_anew(made, &frame);
    if (status != CR_OK) return cr_fail(fault, status, "", "there is no memory left");
    frame->pts = since;
    frame->duration = cr_frame_start(e->frame + 1, e->frame_rate) - since;
    status = cr_output_frame(e->output, frame, fault);
    cr_frame_drop(&frame);
    return status;
}

// One frame, and the sound and the captions up to its end.
static cr_status paint(cr_export *e, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (!e->output) status = begin_painting(e, fault);
    if (status != CR_OK) return status;
    cr_ticks end = cr_frame_start(e->frame + 1, e->frame_rate);
    status = text_until(e, end, fault);
    if (status == CR_OK && e->has_picture) status = paint_frame(e, fault);
    if (status != CR_OK) return status;
    e->frame++;
    bool is_last = e->frame == e->frames_total;
    if (e->has_sound) {
        int64_t until = cr_scale(end, CR_MIX_RATE, CR_TICKS_PER_SECOND, CR_ROUND_UP);
        if (is_last || until > e->samples_total) until = e->samples_total;
        status = sound_until(e, until, fault);
        if (status == CR_OK && is_last) status = write_sound(e, NULL, fault);
    }
    if (is_last) e->phase = CR_EXPORT_FINISHING;
    return status;
}

static cr_status finish(cr_export *e, cr_fault *fault)
{
    cr_status status = cr_output_finish(e->output, fault);
    if (status == CR_OK) e->phase = CR_EXPORT_DONE;
    return status == CR_AGAIN ? CR_OK : status;
}

cr_status cr_export_step(cr_export *export_, cr_fault *fault)
{
    cr_export *e = export_;
    if (e->ended != CR_AGAIN) return e->ended;
    cr_status status = e->phase == CR_EXPORT_LISTENING  ? listen(e, fault)
                       : e->phase == CR_EXPORT_PAINTING ? paint(e, fault)
                                                        : finish(e, fault);
    if (status != CR_OK) {
        // Nothing half-written is left: the sink discards it.
        e->ended = status;
        cr_output_close(&e->output);
        return status;
    }
    if (e->phase != CR_EXPORT_DONE) return CR_AGAIN;
    e->ended = CR_OK;
    return CR_OK;
}

void cr_export_progress_get(const cr_export *export_, cr_export_progress *out)
{
    *out = (cr_export_progress){.phase = export_->phase,
                                .frames_done = export_->frame,
                                .frames_total = export_->frames_total,
                                .bytes_written =
                                    export_->output ? cr_output_bytes(export_->output) : 0};
}
