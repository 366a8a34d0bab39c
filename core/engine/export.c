#include "engine/export.h"

#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "engine/captions.h"
#include "engine/export_frame.h"
#include "engine/export_sound.h"
#include "engine/output.h"

struct cr_export {
    cr_project *project;
    const cr_host *host;
    char *uri, *speed;
    cr_export_plan plan;
    cr_output_desc output_desc; // its texts are ours

    cr_pool *pool;
    cr_picture_maker *maker;
    cr_export_sound *sound;
    cr_output *output;

    cr_export_phase phase;
    cr_status ended;   // CR_AGAIN while it goes on
    int64_t frame;     // painted, or heard while listening
    cr_frame *waiting; // painted, and not yet taken by the output
    cr_caption *captions;
    int caption_count, caption;
};

static cr_status open_parts(cr_export *e, const cr_export_desc *desc, cr_fault *fault)
{
    cr_status status = cr_export_plan_make(&e->plan, e->project, desc, fault);
    if (status != CR_OK) return status;
    const cr_export_plan *plan = &e->plan;
    cr_pool_desc pool = {
        .asset_folder = desc->asset_folder, .font_folder = desc->font_folder, .host = e->host};
    status = cr_pool_open(&e->pool, e->project, &pool, fault);
    if (status == CR_OK)
        status = cr_pool_check(e->pool, cr_project_film(e->project), plan->has_picture,
                               plan->has_sound, fault);
    if (status == CR_OK && plan->has_sound)
        status = cr_export_sound_open(&e->sound, e->project, e->pool, plan, fault);
    if (status != CR_OK || !plan->has_picture) return status;
    cr_picture_maker_desc maker = {.host = e->host,
                                   .width = plan->width,
                                   .height = plan->height,
                                   .pixel = plan->format->pixel,
                                   .may_be_hosted = true,
                                   .without_simd = desc->without_simd};
    return cr_picture_maker_open(&e->maker, e->project, e->pool, &maker, fault);
}

static void describe_output(cr_export *e, const cr_export_desc *desc)
{
    const cr_export_plan *plan = &e->plan;
    if (plan->has_text)
        e->caption_count =
            cr_captions_collect(cr_project_film(e->project), plan->range, &e->captions);
    e->output_desc = (cr_output_desc){.uri = e->uri,
                                      .title = e->project->title,
                                      .format = plan->format,
                                      .has_picture = plan->has_picture,
                                      .has_sound = plan->has_sound,
                                      .has_text = e->caption_count > 0,
                                      .width = plan->width,
                                      .height = plan->height,
                                      .frame_rate = plan->frame_rate,
                                      .video_codec = plan->video_codec,
                                      .color = plan->color,
                                      .speed = e->speed,
                                      .quality = desc->quality,
                                      .video_bit_rate = desc->video_bit_rate,
                                      .audio_bit_rate = desc->audio_bit_rate,
                                      .thread_count = cr_host_codec_threads(e->host),
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
    cr_status status = open_parts(e, desc, fault);
    if (status != CR_OK) {
        cr_export_close(&e);
        return status;
    }
    describe_output(e, desc);
    e->phase =
        e->sound && project->settings.loudness_lufs != 0 ? CR_EXPORT_LISTENING : CR_EXPORT_PAINTING;
    *out = e;
    return CR_OK;
}

void cr_export_close(cr_export **export_)
{
    cr_export *closing = *export_;
    if (!closing) return;
    cr_frame_drop(&closing->waiting);
    cr_output_close(&closing->output);
    cr_export_sound_close(&closing->sound);
    cr_picture_maker_close(&closing->maker);
    cr_pool_close(&closing->pool);
    cr_free(closing->captions);
    cr_free(closing->uri);
    cr_free(closing->speed);
    cr_project_drop(&closing->project);
    cr_free(closing);
    *export_ = NULL;
}

// A second of sound into the meter; after the last, the file is begun.
static cr_status listen(cr_export *e, cr_fault *fault)
{
    cr_status status = e->sound ? cr_export_sound_listen(e->sound, fault) : CR_OK;
    if (status == CR_AGAIN) {
        e->frame = cr_scale(e->plan.frame_count, cr_export_sound_heard(e->sound),
                            e->plan.sample_count, CR_ROUND_DOWN);
        return CR_OK;
    }
    if (status != CR_OK) return status;
    e->phase = CR_EXPORT_PAINTING;
    e->frame = 0;
    return cr_output_open(&e->output, &e->output_desc, e->host, fault);
}

// Sound up to sample [end].
static cr_status sound_until(cr_export *e, int64_t end, cr_fault *fault)
{
    for (;;) {
        cr_samples *samples = NULL;
        cr_status status = cr_export_sound_make(e->sound, end, &samples, fault);
        if (status != CR_OK) return status == CR_EOF ? CR_OK : status;
        if (samples->count > 0) status = cr_output_samples(e->output, samples, fault);
        cr_samples_drop(&samples);
        if (status != CR_OK) return status;
    }
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

// CR_AGAIN: the host's codecs are at work.
static cr_status paint_frame(cr_export *e, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (!e->waiting)
        status = cr_export_frame_make(e->maker, e->project, &e->plan, e->frame, &e->waiting, fault);
    if (status == CR_OK) status = cr_output_frame(e->output, e->waiting, fault);
    if (status == CR_OK) cr_frame_drop(&e->waiting);
    return status;
}

// One frame, and the sound and the captions up to its end.
static cr_status paint(cr_export *e, cr_fault *fault)
{
    if (!e->output) return listen(e, fault);
    const cr_export_plan *plan = &e->plan;
    cr_ticks end = cr_frame_start(e->frame + 1, plan->frame_rate);
    cr_status status = text_until(e, end, fault);
    if (status == CR_OK && plan->has_picture) status = paint_frame(e, fault);
    if (status != CR_OK) return status;
    e->frame++;
    bool is_last = e->frame == plan->frame_count;
    if (e->sound) {
        int64_t until = is_last ? plan->sample_count
                                : cr_scale(end, CR_MIX_RATE, CR_TICKS_PER_SECOND, CR_ROUND_UP);
        status = sound_until(e, until, fault);
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
    if (status == CR_AGAIN) return status;
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
                                .frames_total = export_->plan.frame_count,
                                .bytes_written =
                                    export_->output ? cr_output_bytes(export_->output) : 0};
}
