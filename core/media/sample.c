#include "media/sample.h"

#include <string.h>

#include "base/mem.h"

cr_status cr_samples_make(cr_samples **out, int rate, int channels, int count)
{
    if (rate < 1 || channels < 1 || channels > CR_CHANNELS_MAX || count < 0) return CR_INVALID;
    size_t bytes = (size_t)channels * (size_t)count * sizeof(float);
    float *memory = cr_try_alloc_large(bytes);
    if (!memory) return CR_NOMEM;
    memset(memory, 0, bytes);
    cr_samples *samples = cr_alloc(1, sizeof *samples);
    cr_ref_init(&samples->ref);
    samples->rate = rate;
    samples->channels = channels;
    samples->count = count;
    samples->pts = CR_TICKS_NONE;
    for (int channel = 0; channel < channels; channel++)
        samples->data[channel] = memory + (size_t)channel * (size_t)count;
    *out = samples;
    return CR_OK;
}

cr_samples *cr_samples_keep(cr_samples *samples)
{
    cr_ref_keep(&samples->ref);
    return samples;
}

void cr_samples_drop(cr_samples **samples)
{
    cr_samples *gone = *samples;
    *samples = NULL;
    if (!gone || !cr_ref_drop(&gone->ref)) return;
    cr_free_large(gone->data[0]);
    cr_free(gone);
}
