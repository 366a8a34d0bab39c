#include "engine/preview_stream.h"

#include <string.h>

#include "base/assert.h"
#include "base/vec.h"
#include "mixer/mixer.h"
#include "mixer/stretch.h"

// Backwards is read in stretches of this many samples, each once.
enum { BACKWARDS_SAMPLES = 9600 };

struct cr_preview_stream {
    cr_pool *pool;
    cr_mixer *mixer;
    cr_stretch *stretch; // NULL at the film's own speed
    cr_number rate;
    int64_t base;  // film sample where it began
    int64_t given; // samples since
    cr_samples *backwards;
    int64_t backwards_first;
    char **told; // ids of assets that cannot be read
    int told_count, told_room;
    cr_fault trouble; // of the read that is going on
};

static bool was_told(const cr_preview_stream *stream, const char *id)
{
    for (int i = 0; i < stream->told_count; i++) {
        if (strcmp(stream->told[i], id) == 0) return true;
    }
    return false;
}

static void silence(float *out[2], int from, int count)
{
    for (int c = 0; c < 2; c++)
        memset(out[c] + from, 0, (size_t)count * sizeof(float));
}

// As cr_pool_sound, but a file that cannot be read is silent.
static cr_status read_asset(void *cookie, const cr_asset *asset, int64_t first, int count,
                            float *out[2], cr_fault *fault)
{
    (void)fault;
    cr_preview_stream *stream = cookie;
    cr_fault trouble = {0};
    cr_status status = cr_pool_sound(stream->pool, asset, first, count, out, &trouble);
    if (status == CR_OK) return CR_OK;
    silence(out, 0, count);
    if (!was_told(stream, asset->id)) {
        CR_VEC_ADD(stream->told, stream->told_count, stream->told_room, cr_strdup(asset->id));
        stream->trouble = trouble;
    }
    return CR_OK;
}

cr_status cr_preview_stream_open(cr_preview_stream **out, const cr_project *project,
                                 const cr_sequence *sequence, cr_pool *pool, cr_fault *fault)
{
    cr_preview_stream *stream = cr_alloc(1, sizeof *stream);
    stream->pool = pool;
    stream->rate = CR_ONE;
    cr_sound_source source = {.read = read_asset, .cookie = stream};
    cr_status status = cr_mixer_open(&stream->mixer, project, sequence, &source, fault);
    if (status == CR_OK)
        *out = stream;
    else
        cr_preview_stream_close(&stream);
    return status;
}

void cr_preview_stream_close(cr_preview_stream **stream)
{
    cr_preview_stream *closing = *stream;
    if (!closing) return;
    cr_stretch_close(&closing->stretch);
    cr_mixer_close(&closing->mixer);
    cr_samples_drop(&closing->backwards);
    for (int i = 0; i < closing->told_count; i++)
        cr_free(closing->told[i]);
    cr_free(closing->told);
    cr_free(closing);
    *stream = NULL;
}

// Before the film's beginning there is silence.
static cr_status mix(cr_preview_stream *stream, int64_t first, int count, float *out[2],
                     cr_fault *fault)
{
    int before = first >= 0 ? 0 : first <= -count ? count : (int)-first;
    silence(out, 0, before);
    if (before == count) return CR_OK;
    cr_samples *mixed = NULL;
    cr_status status = cr_mixer_read(stream->mixer, first + before, count - before, &mixed, fault);
    if (status != CR_OK) return status;
    for (int c = 0; c < 2; c++)
        memcpy(out[c] + before, mixed->data[c], (size_t)(count - before) * sizeof(float));
    cr_samples_drop(&mixed);
    return CR_OK;
}

// The stretch that film sample [at] lies in, kept for the samples before it.
static cr_status hold_backwards(cr_preview_stream *stream, int64_t at, cr_fault *fault)
{
    int64_t first = at - BACKWARDS_SAMPLES + 1;
    if (!stream->backwards) {
        cr_status status = cr_samples_make(&stream->backwards, CR_MIX_RATE, 2, BACKWARDS_SAMPLES);
        if (status != CR_OK) return status;
    } else if (at >= stream->backwards_first && at < stream->backwards_first + BACKWARDS_SAMPLES) {
        return CR_OK;
    }
    stream->backwards_first = first;
    return mix(stream, first, BACKWARDS_SAMPLES, stream->backwards->data, fault);
}

// Samples [first, first + count) counted from where the stream began, in its direction.
static cr_status read_film(void *cookie, int64_t first, int count, float *out[2], cr_fault *fault)
{
    cr_preview_stream *stream = cookie;
    if (stream->rate > 0) return mix(stream, stream->base + first, count, out, fault);
    for (int i = 0; i < count; i++) {
        int64_t at = stream->base - 1 - first - i;
        cr_status status = hold_backwards(stream, at, fault);
        if (status != CR_OK) return status;
        for (int c = 0; c < 2; c++)
            out[c][i] = stream->backwards->data[c][at - stream->backwards_first];
    }
    return CR_OK;
}

void cr_preview_stream_seek(cr_preview_stream *stream, int64_t at, cr_number rate)
{
    CR_ASSERT(rate != 0);
    stream->base = at;
    stream->given = 0;
    stream->rate = rate;
    cr_samples_drop(&stream->backwards);
    cr_stretch_close(&stream->stretch);
    cr_number speed = rate < 0 ? -rate : rate;
    if (speed != CR_ONE && speed <= CR_PREVIEW_SOUND_RATE_MAX)
        cr_stretch_open(&stream->stretch, speed, read_film, stream);
}

void cr_preview_stream_read(cr_preview_stream *stream, int count, float *out[2], cr_fault *fault)
{
    stream->trouble = (cr_fault){0};
    cr_number speed = stream->rate < 0 ? -stream->rate : stream->rate;
    cr_fault inner = {0};
    cr_status status = CR_OK;
    if (speed > CR_PREVIEW_SOUND_RATE_MAX)
        silence(out, 0, count);
    else if (stream->stretch)
        status = cr_stretch_run(stream->stretch, stream->given, count, out, &inner);
    else
        status = read_film(stream, stream->given, count, out, &inner);
    if (status != CR_OK) {
        silence(out, 0, count);
        stream->trouble = inner;
    }
    stream->given += count;
    if (stream->trouble.status != CR_OK && fault) *fault = stream->trouble;
}
