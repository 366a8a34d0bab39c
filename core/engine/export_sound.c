#include "engine/export_sound.h"

#include "base/mem.h"
#include "mixer/mixer.h"

struct cr_export_sound {
    cr_mixer *mixer;
    cr_loudness_meter *meter;
    cr_limiter *limiter; // from when the loudness is known
    int64_t first, total;
    int64_t heard, mixed, given;
    bool is_flushed;
    double target_lufs, ceiling_dbtp;
    bool has_target;
    double gain_db;
};

static double number_to_double(cr_number number)
{
    return (double)number / (double)CR_ONE;
}

cr_status cr_export_sound_open(cr_export_sound **out, const cr_project *project, cr_pool *pool,
                               const cr_export_plan *plan, cr_fault *fault)
{
    const cr_settings *settings = &project->settings;
    cr_export_sound *sound = cr_alloc(1, sizeof *sound);
    sound->first = plan->sample_first;
    sound->total = plan->sample_count;
    sound->has_target = settings->loudness_lufs != 0;
    sound->target_lufs = number_to_double(settings->loudness_lufs);
    sound->ceiling_dbtp = number_to_double(settings->peak_dbtp);
    cr_sound_source source = {.read = cr_pool_sound, .cookie = pool};
    cr_status status =
        cr_mixer_open(&sound->mixer, project, cr_project_film(project), &source, fault);
    if (status == CR_OK) status = cr_loudness_meter_open(&sound->meter);
    if (status != CR_OK) {
        cr_export_sound_close(&sound);
        return status;
    }
    *out = sound;
    return CR_OK;
}

void cr_export_sound_close(cr_export_sound **sound)
{
    cr_export_sound *closing = *sound;
    if (!closing) return;
    cr_limiter_close(&closing->limiter);
    cr_loudness_meter_close(&closing->meter);
    cr_mixer_close(&closing->mixer);
    cr_free(closing);
    *sound = NULL;
}

// The second from [at] on, or what is left before [end].
static cr_status mix(cr_export_sound *sound, int64_t at, int64_t end, cr_samples **out,
                     cr_fault *fault)
{
    int count = end - at < CR_MIX_RATE ? (int)(end - at) : CR_MIX_RATE;
    return cr_mixer_read(sound->mixer, sound->first + at, count, out, fault);
}

cr_status cr_export_sound_know(cr_export_sound *sound, double gain_db, cr_fault *fault)
{
    CR_REQUIRE(!sound->limiter);
    sound->gain_db = gain_db;
    cr_status status = cr_limiter_open(&sound->limiter, gain_db, sound->ceiling_dbtp);
    if (status == CR_OK) return CR_OK;
    return cr_fail(fault, status, "", "the limiter did not start (%s)", cr_status_text(status));
}

static cr_status end_listening(cr_export_sound *sound, cr_fault *fault)
{
    cr_loudness loudness = {0};
    if (sound->has_target &&
        cr_loudness_meter_result(sound->meter, sound->target_lufs, &loudness) != CR_OK)
        return cr_fail(fault, CR_INVALID, "", "the loudness is not known");
    return cr_export_sound_know(sound, loudness.gain_db, fault);
}

double cr_export_sound_gain(const cr_export_sound *sound)
{
    return sound->gain_db;
}

cr_status cr_export_sound_listen(cr_export_sound *sound, cr_fault *fault)
{
    if (sound->limiter) return CR_OK;
    if (!sound->has_target || sound->heard == sound->total) return end_listening(sound, fault);
    cr_samples *samples = NULL;
    cr_status status = mix(sound, sound->heard, sound->total, &samples, fault);
    if (status != CR_OK) return status;
    status = cr_loudness_meter_add(sound->meter, samples);
    sound->heard += samples->count;
    cr_samples_drop(&samples);
    if (status != CR_OK)
        return cr_fail(fault, status, "", "the loudness cannot be measured (%s)",
                       cr_status_text(status));
    return CR_AGAIN;
}

int64_t cr_export_sound_heard(const cr_export_sound *sound)
{
    return sound->heard;
}

cr_status cr_export_sound_make(cr_export_sound *sound, int64_t end, cr_samples **out,
                               cr_fault *fault)
{
    if (end > sound->total) end = sound->total;
    if (sound->is_flushed || (sound->mixed >= end && end < sound->total)) return CR_EOF;
    cr_samples *mixed = NULL, *samples = NULL;
    bool is_flush = sound->mixed == sound->total;
    cr_status status = is_flush ? CR_OK : mix(sound, sound->mixed, end, &mixed, fault);
    if (status != CR_OK) return status;
    status = cr_limiter_process(sound->limiter, mixed, &samples);
    if (mixed) sound->mixed += mixed->count;
    cr_samples_drop(&mixed);
    if (status != CR_OK)
        return cr_fail(fault, status, "", "the sound cannot be limited (%s)",
                       cr_status_text(status));
    sound->is_flushed = is_flush;
    samples->pts = cr_frame_start(sound->given, (cr_rate){CR_MIX_RATE, 1});
    sound->given += samples->count;
    *out = samples;
    return CR_OK;
}
