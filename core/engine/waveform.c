#include "engine/waveform.h"

#include <math.h>

#include "base/mem.h"
#include "engine/audio_reader.h"

enum { STRETCH = CR_MIX_RATE / CR_WAVEFORM_RATE };

static const float full = 255;

struct cr_waveform {
    cr_audio_reader *reader;
    float left[STRETCH], right[STRETCH];
};

cr_status cr_waveform_open(cr_waveform **out, const cr_host *host, const char *path,
                           cr_fault *fault)
{
    cr_waveform *waveform = cr_alloc(1, sizeof *waveform);
    cr_status status = cr_audio_reader_open(&waveform->reader, host, path, fault);
    if (status == CR_OK)
        *out = waveform;
    else
        cr_waveform_close(&waveform);
    return status;
}

void cr_waveform_close(cr_waveform **waveform)
{
    cr_waveform *closing = *waveform;
    if (!closing) return;
    cr_audio_reader_close(&closing->reader);
    cr_free(closing);
    *waveform = NULL;
}

static uint8_t peak_of(const cr_waveform *waveform)
{
    float peak = 0;
    for (int i = 0; i < STRETCH; i++)
        peak = fmaxf(peak, fmaxf(fabsf(waveform->left[i]), fabsf(waveform->right[i])));
    return (uint8_t)(peak >= 1 ? full : peak * full + 0.5F);
}

cr_status cr_waveform_read(cr_waveform *waveform, int64_t first, int count, uint8_t *out,
                           cr_fault *fault)
{
    if (count < 0 || count > CR_WAVEFORM_COUNT_MAX)
        return cr_fail(fault, CR_LIMIT, "", "at most %d stretches are read at once",
                       CR_WAVEFORM_COUNT_MAX);
    float *sides[2] = {waveform->left, waveform->right};
    for (int i = 0; i < count; i++) {
        cr_status status =
            cr_audio_reader_read(waveform->reader, (first + i) * STRETCH, STRETCH, sides, fault);
        if (status != CR_OK) return status;
        out[i] = peak_of(waveform);
    }
    return CR_OK;
}
