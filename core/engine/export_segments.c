#include "engine/export_segments.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "codec/codec.h"
#include "engine/export_frame.h"
#include "engine/export_join.h"
#include "engine/export_sound.h"
#include "engine/export_survey.h"
#include "engine/segment.h"

enum {
    SOUND = -1, // its segment's index
    AUDIO_BIT_RATE = 192000,
    PACKETS_A_STEP = 16,    // taken from an encoder by one step
    ENCODERS_A_SEGMENT = 4, // that the host may take away before we encode ourselves
};

// What the worker was last told to make.
typedef enum task {
    TASK_NONE = 0,
    TASK_PICTURE,
    TASK_SOUND,
    TASK_JOIN,
} task;

struct cr_export_worker {
    cr_project *project;
    const cr_host *host;
    cr_export_plan plan;
    char *output, *folder, *speed;
    int quality;
    int64_t video_bit_rate, audio_bit_rate;
    bool is_exact;
    cr_pool *pool;
    cr_picture_maker *maker;

    task task;
    int64_t index; // of the segment
    cr_segment_writer *writer;
    cr_encoder *encoder;
    bool is_flushed; // the encoder knows that there is nothing more
    int64_t frame, end_frame;
    cr_frame *waiting; // made, and not yet taken by the encoder
    int encoders_lost;
    bool without_host_encoder; // the host said that it never will
    cr_export_sound *sound;
    cr_samples *waiting_samples;
    cr_export_join *join;
    cr_export_work work;
};

static cr_status open_parts(cr_export_worker *w, const cr_export_desc *desc, cr_fault *fault)
{
    cr_status status = cr_export_plan_make(&w->plan, w->project, desc, fault);
    if (status != CR_OK) return status;
    const cr_export_plan *plan = &w->plan;
    if (plan->format->is_digest)
        return cr_fail(fault, CR_UNSUPPORTED, desc->output, "a digest is written in one go");
    cr_pool_desc pool = {
        .asset_folder = desc->asset_folder, .font_folder = desc->font_folder, .host = w->host};
    status = cr_pool_open(&w->pool, w->project, &pool, fault);
    if (status == CR_OK)
        status = cr_pool_check(w->pool, cr_project_film(w->project), plan->has_picture,
                               plan->has_sound, fault);
    if (status == CR_OK)
        status = cr_export_plan_identify(&w->plan, w->project, desc->asset_folder, w->host, fault);
    if (status != CR_OK || !plan->has_picture) return status;
    cr_picture_maker_desc maker = {.host = w->host,
                                   .width = plan->width,
                                   .height = plan->height,
                                   .pixel = plan->format->pixel,
                                   .may_be_hosted = true,
                                   .without_simd = desc->without_simd};
    return cr_picture_maker_open(&w->maker, w->project, w->pool, &maker, fault);
}

cr_status cr_export_worker_open(cr_export_worker **out, const cr_project *project,
                                const cr_export_desc *desc, const char *folder, const cr_host *host,
                                cr_fault *fault)
{
    CR_REQUIRE(desc->output && folder && host);
    cr_export_worker *w = cr_alloc(1, sizeof *w);
    w->project = cr_project_keep(project);
    w->host = host;
    w->output = cr_strdup(desc->output);
    w->folder = cr_strdup(folder);
    w->speed = desc->speed ? cr_strdup(desc->speed) : NULL;
    w->quality = desc->quality;
    w->video_bit_rate = desc->video_bit_rate;
    w->audio_bit_rate = desc->audio_bit_rate ? desc->audio_bit_rate : AUDIO_BIT_RATE;
    w->is_exact = desc->is_exact;
    cr_status status = open_parts(w, desc, fault);
    if (status != CR_OK) {
        cr_export_worker_close(&w);
        return status;
    }
    *out = w;
    return CR_OK;
}

// Drops what was begun; the readers stay.
static void stop(cr_export_worker *w)
{
    cr_segment_writer_close(&w->writer);
    cr_encoder_close(&w->encoder);
    cr_frame_drop(&w->waiting);
    cr_samples_drop(&w->waiting_samples);
    cr_export_sound_close(&w->sound);
    cr_export_join_close(&w->join);
    w->task = TASK_NONE;
    w->is_flushed = false;
}

void cr_export_worker_close(cr_export_worker **worker)
{
    cr_export_worker *closing = *worker;
    if (!closing) return;
    stop(closing);
    cr_picture_maker_close(&closing->maker);
    cr_pool_close(&closing->pool);
    cr_free(closing->output);
    cr_free(closing->folder);
    cr_free(closing->speed);
    cr_project_drop(&closing->project);
    cr_free(closing);
    *worker = NULL;
}

const cr_export_plan *cr_export_worker_plan(const cr_export_worker *worker)
{
    return &worker->plan;
}

bool cr_export_worker_has(cr_export_worker *worker, int64_t index)
{
    char *uri = cr_export_segment_uri(worker->folder, index);
    cr_segment_reader *reader = NULL;
    cr_export_survey survey = {0};
    // Twice: what it says that it holds, and every byte of it.
    cr_status status = cr_segment_open(&reader, worker->host, uri, worker->plan.key, NULL);
    if (status == CR_OK) status = cr_export_survey_add(&survey, &worker->plan, reader, index, NULL);
    cr_segment_reader_close(&reader);
    if (status == CR_OK)
        status = cr_segment_open(&reader, worker->host, uri, worker->plan.key, NULL);
    if (status == CR_OK) status = cr_segment_check(reader, NULL);
    cr_segment_reader_close(&reader);
    cr_free(uri);
    return status == CR_OK;
}

// Whether the host is to encode, where it has codecs.
static bool is_hosted(const cr_export_worker *w)
{
    return w->host->codecs && !w->without_host_encoder && w->encoders_lost < ENCODERS_A_SEGMENT;
}

static cr_status open_video_encoder(cr_export_worker *w, cr_fault *fault)
{
    const cr_export_plan *plan = &w->plan;
    cr_encoder_desc desc = {.codec = plan->video_codec,
                            .width = plan->width,
                            .height = plan->height,
                            .frame_rate = plan->frame_rate,
                            .pixel = plan->format->pixel,
                            .color = plan->color,
                            .bit_rate = w->video_bit_rate,
                            .quality = w->quality,
                            .gop = plan->gop,
                            .speed = w->speed,
                            .thread_count = cr_host_codec_threads(w->host),
                            .is_exact = w->is_exact,
                            .host = is_hosted(w) ? w->host : NULL};
    return cr_encoder_open(&w->encoder, &desc, fault);
}

static cr_status open_audio_encoder(cr_export_worker *w, cr_fault *fault)
{
    cr_encoder_desc desc = {.codec = w->plan.format->audio_codec,
                            .bit_rate = w->audio_bit_rate,
                            .sample_rate = CR_MIX_RATE,
                            .channels = 2,
                            .is_exact = w->is_exact};
    return cr_encoder_open(&w->encoder, &desc, fault);
}

// The loudness is kept as a segment of its own, so that a film is listened to only once: a single
// packet with the bits of the gain. One that cannot be read is found anew.
static char *loudness_uri(const cr_export_worker *w)
{
    return cr_format("%s/loudness.segment", w->folder);
}

static cr_status recall_loudness(cr_export_worker *w, cr_fault *fault)
{
    char *uri = loudness_uri(w);
    cr_segment_reader *reader = NULL;
    cr_packet *packet = NULL;
    cr_status status = cr_segment_open(&reader, w->host, uri, w->plan.key, NULL);
    if (status == CR_OK) status = cr_segment_read(reader, &packet, NULL);
    cr_free(uri);
    double gain = 0;
    bool is_known = status == CR_OK && packet->size == sizeof gain;
    if (is_known) memcpy(&gain, packet->data, sizeof gain);
    cr_packet_drop(&packet);
    cr_segment_reader_close(&reader);
    return is_known && isfinite(gain) ? cr_export_sound_know(w->sound, gain, fault) : CR_OK;
}

static cr_status keep_loudness(cr_export_worker *w, cr_fault *fault)
{
    double gain = cr_export_sound_gain(w->sound);
    cr_stream_info info = {.kind = CR_STREAM_TEXT, .codec = "gain"};
    char *uri = loudness_uri(w);
    cr_segment_writer *writer = NULL;
    cr_packet *packet = NULL;
    cr_status status = cr_segment_create(&writer, w->host, uri, w->plan.key, fault);
    if (status == CR_OK) status = cr_packet_make(&packet, sizeof gain);
    if (status == CR_OK) {
        memcpy(packet->data, &gain, sizeof gain);
        packet->pts = 0;
        status = cr_segment_write(writer, packet);
    }
    if (status == CR_OK) status = cr_segment_finish(writer, &info);
    if (status != CR_OK)
        (void)cr_fail(fault, status, uri, "it cannot be written (%s)", cr_status_text(status));
    cr_packet_drop(&packet);
    cr_segment_writer_close(&writer);
    cr_free(uri);
    return status;
}

static cr_status begin(cr_export_worker *w, int64_t index, cr_fault *fault)
{
    const cr_export_plan *plan = &w->plan;
    stop(w);
    bool is_sound = index == SOUND;
    w->index = index;
    w->frame = is_sound ? 0 : cr_export_plan_first_frame(plan, index);
    w->end_frame = is_sound ? 0 : cr_export_plan_end_frame(plan, index);
    w->work = (cr_export_work){.phase = is_sound ? CR_EXPORT_LISTENING : CR_EXPORT_PAINTING,
                               .total = is_sound ? plan->sample_count : w->end_frame - w->frame,
                               .frames_passed = w->work.frames_passed};
    cr_status status = is_sound ? open_audio_encoder(w, fault) : open_video_encoder(w, fault);
    if (status == CR_OK && is_sound)
        status = cr_export_sound_open(&w->sound, w->project, w->pool, plan, fault);
    if (status == CR_OK && is_sound) status = recall_loudness(w, fault);
    if (status == CR_OK) {
        char *uri = cr_export_segment_uri(w->folder, index);
        status = cr_segment_create(&w->writer, w->host, uri, plan->key, fault);
        cr_free(uri);
    }
    if (status == CR_OK)
        w->task = is_sound ? TASK_SOUND : TASK_PICTURE;
    else
        stop(w);
    return status;
}

cr_status cr_export_worker_begin(cr_export_worker *worker, int64_t index, cr_fault *fault)
{
    const cr_export_plan *plan = &worker->plan;
    if (index == SOUND ? !plan->has_sound : index < 0 || index >= plan->segment_count)
        return cr_fail(fault, CR_INVALID, "", "the film has no segment %lld", (long long)index);
    worker->encoders_lost = 0;
    worker->work.frames_passed = 0;
    return begin(worker, index, fault);
}

cr_status cr_export_worker_begin_join(cr_export_worker *worker, cr_fault *fault)
{
    (void)fault;
    stop(worker);
    cr_export_join_desc desc = {.host = worker->host,
                                .project = worker->project,
                                .plan = &worker->plan,
                                .folder = worker->folder,
                                .output = worker->output,
                                .is_exact = worker->is_exact};
    cr_export_join_open(&worker->join, &desc);
    worker->task = TASK_JOIN;
    worker->work = (cr_export_work){.phase = CR_EXPORT_FINISHING};
    return CR_OK;
}

static cr_status failed(const cr_export_worker *w, cr_status status, const char *what,
                        cr_fault *fault)
{
    char *uri = cr_export_segment_uri(w->folder, w->index);
    (void)cr_fail(fault, status, uri, "%s (%s)", what, cr_status_text(status));
    cr_free(uri);
    return status;
}

// Moves what the encoder has ready into the segment. CR_AGAIN: it has nothing now; CR_EOF: it has
// given everything; CR_OK: there may be more.
static cr_status drain(cr_export_worker *w, cr_fault *fault)
{
    for (int i = 0; i < PACKETS_A_STEP; i++) {
        cr_packet *packet = NULL;
        cr_status status = cr_encoder_receive(w->encoder, &packet);
        if (status == CR_AGAIN || status == CR_EOF || status == CR_BUSY || status == CR_UNSUPPORTED)
            return status;
        if (status != CR_OK) return failed(w, status, "encoding failed", fault);
        status = cr_segment_write(w->writer, packet);
        cr_packet_drop(&packet);
        if (status != CR_OK) return failed(w, status, "it cannot be written", fault);
    }
    return CR_OK;
}

static cr_status finish_segment(cr_export_worker *w, cr_fault *fault)
{
    if (w->task == TASK_PICTURE) {
        int64_t made = cr_segment_packets_written(w->writer);
        int64_t wanted = w->end_frame - cr_export_plan_first_frame(&w->plan, w->index);
        if (made != wanted)
            return cr_fail(fault, CR_CORRUPT, "",
                           "the encoder gave %lld pictures for %lld: another one may do better",
                           (long long)made, (long long)wanted);
    }
    cr_status status = cr_segment_finish(w->writer, cr_encoder_info(w->encoder));
    if (status != CR_OK) return failed(w, status, "it cannot be written", fault);
    w->work.bytes = cr_segment_bytes(w->writer);
    return CR_OK;
}

// The platform took its encoder away, or has none after all: the segment begins anew, by our own
// encoder when that does not end.
static cr_status change_encoder(cr_export_worker *w, cr_status why, cr_fault *fault)
{
    if (!is_hosted(w))
        return cr_fail(fault, why, "", "%s cannot be encoded here (%s)", w->plan.video_codec,
                       cr_status_text(why));
    if (why == CR_UNSUPPORTED) w->without_host_encoder = true;
    w->encoders_lost++;
    cr_status status = begin(w, w->index, fault);
    return status == CR_OK ? CR_AGAIN : status;
}

static cr_status hold(cr_export_worker *w, cr_export_wait wait)
{
    w->work.waits = wait;
    return CR_AGAIN;
}

// Gives the encoder its next picture, or the end. CR_OK: it took it; CR_AGAIN: not now, or by
// another encoder.
static cr_status feed_picture(cr_export_worker *w, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (!w->waiting && w->frame < w->end_frame) {
        status = cr_export_frame_make(w->maker, w->project, &w->plan, w->frame, &w->waiting, fault);
        if (status == CR_AGAIN) return hold(w, CR_WAIT_DECODER);
        if (status != CR_OK) return status;
    }
    if (!w->waiting && w->is_flushed) return hold(w, CR_WAIT_ENCODER);
    bool takes_remote = cr_encoder_is_hosted(w->encoder);
    bool is_passed = w->waiting && w->waiting->host_picture && !w->waiting->data[0];
    if (w->waiting && !takes_remote) {
        status = cr_frame_fetch(w->waiting, w->host, false);
        if (status == CR_AGAIN) return hold(w, CR_WAIT_PICTURE);
        if (status != CR_OK) return failed(w, status, "a picture cannot be fetched", fault);
    }
    status = cr_encoder_send_frame(w->encoder, w->waiting);
    if (status == CR_AGAIN) return hold(w, CR_WAIT_ENCODER);
    if (status == CR_BUSY || (status == CR_UNSUPPORTED && takes_remote))
        return change_encoder(w, status, fault);
    if (status != CR_OK) return failed(w, status, "a picture cannot be encoded", fault);
    if (w->waiting) {
        w->frame++;
        w->work.done++;
        w->work.frames_passed += takes_remote && is_passed;
    } else {
        w->is_flushed = true;
    }
    cr_frame_drop(&w->waiting);
    return CR_OK;
}

static cr_status step_picture(cr_export_worker *w, cr_fault *fault)
{
    cr_status drained = drain(w, fault);
    if (drained == CR_EOF) return finish_segment(w, fault);
    if (drained == CR_BUSY || drained == CR_UNSUPPORTED) return change_encoder(w, drained, fault);
    if (drained != CR_AGAIN && drained != CR_OK) return drained;
    cr_status status = feed_picture(w, fault);
    if (status == CR_BUSY) return change_encoder(w, status, fault);
    if (status != CR_OK && status != CR_AGAIN) return status;
    // More is there already: nothing to wait for.
    if (drained == CR_OK) w->work.waits = CR_WAIT_NONE;
    return CR_AGAIN;
}

// Gives the encoder the next sound, or the end.
static cr_status feed_sound(cr_export_worker *w, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (!w->waiting_samples) {
        status = cr_export_sound_make(w->sound, w->plan.sample_count, &w->waiting_samples, fault);
        if (status != CR_OK && status != CR_EOF) return status;
    }
    if (w->waiting_samples && w->waiting_samples->count == 0) {
        cr_samples_drop(&w->waiting_samples);
        return CR_OK;
    }
    if (!w->waiting_samples && w->is_flushed) return CR_OK;
    status = cr_encoder_send_samples(w->encoder, w->waiting_samples);
    if (status == CR_AGAIN) return CR_OK;
    if (status != CR_OK) return failed(w, status, "the sound cannot be encoded", fault);
    if (w->waiting_samples)
        w->work.done += w->waiting_samples->count;
    else
        w->is_flushed = true;
    cr_samples_drop(&w->waiting_samples);
    return CR_OK;
}

static cr_status step_sound(cr_export_worker *w, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (w->work.phase == CR_EXPORT_LISTENING) {
        status = cr_export_sound_listen(w->sound, fault);
        w->work.done = cr_export_sound_heard(w->sound);
        // Heard, or recalled.
        if (status == CR_OK && w->work.done > 0) status = keep_loudness(w, fault);
        if (status != CR_OK) return status;
        w->work.phase = CR_EXPORT_PAINTING;
        w->work.done = 0;
        return CR_AGAIN;
    }
    status = drain(w, fault);
    if (status == CR_EOF) return finish_segment(w, fault);
    if (status != CR_AGAIN) return status == CR_OK ? CR_AGAIN : status;
    status = feed_sound(w, fault);
    return status == CR_OK ? CR_AGAIN : status;
}

static cr_status step_join(cr_export_worker *w, cr_fault *fault)
{
    cr_status status = cr_export_join_step(w->join, fault);
    cr_export_join_progress(w->join, &w->work.done, &w->work.total, &w->work.bytes);
    return status;
}

cr_status cr_export_worker_step(cr_export_worker *worker, cr_export_work *work, cr_fault *fault)
{
    cr_export_worker *w = worker;
    CR_REQUIRE(w->task != TASK_NONE);
    w->work.waits = CR_WAIT_NONE;
    cr_status status = w->task == TASK_PICTURE ? step_picture(w, fault)
                       : w->task == TASK_SOUND ? step_sound(w, fault)
                                               : step_join(w, fault);
    if (status == CR_AGAIN && w->writer) w->work.bytes = cr_segment_bytes(w->writer);
    if (status == CR_OK) w->work.phase = CR_EXPORT_DONE;
    *work = w->work;
    // Nothing half-written is left: the sink discards it.
    if (status != CR_AGAIN) stop(w);
    return status;
}
