#include <ebur128.h>
#include <math.h>

#include "base/mem.h"
#include "mixer/mixer.h"

// Quieter than this is taken for noise and not turned up further.
static const double gain_db_max = 30;

struct cr_loudness_meter {
    ebur128_state *state;
    float *interleaved;
    int room;
};

cr_status cr_loudness_meter_open(cr_loudness_meter **out)
{
    ebur128_state *state = ebur128_init(2, CR_MIX_RATE, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    if (!state) return CR_NOMEM;
    *out = cr_alloc(1, sizeof **out);
    (*out)->state = state;
    return CR_OK;
}

void cr_loudness_meter_close(cr_loudness_meter **meter)
{
    if (!*meter) return;
    ebur128_destroy(&(*meter)->state);
    cr_free((*meter)->interleaved);
    cr_free(*meter);
    *meter = NULL;
}

cr_status cr_loudness_meter_add(cr_loudness_meter *meter, const cr_samples *samples)
{
    if (samples->rate != CR_MIX_RATE || samples->channels != 2) return CR_INVALID;
    if (samples->count > meter->room) {
        meter->room = samples->count;
        meter->interleaved =
            cr_realloc(meter->interleaved, (size_t)meter->room * 2, sizeof *meter->interleaved);
    }
    for (int i = 0; i < samples->count; i++) {
        meter->interleaved[2 * i] = samples->data[0][i];
        meter->interleaved[2 * i + 1] = samples->data[1][i];
    }
    int result = ebur128_add_frames_float(meter->state, meter->interleaved, (size_t)samples->count);
    return result == EBUR128_SUCCESS ? CR_OK : CR_NOMEM;
}

cr_status cr_loudness_meter_result(const cr_loudness_meter *meter, double target_lufs,
                                   cr_loudness *out)
{
    double lufs, peak = 0;
    if (ebur128_loudness_global(meter->state, &lufs) != EBUR128_SUCCESS) return CR_NOMEM;
    for (unsigned channel = 0; channel < 2; channel++) {
        double side;
        if (ebur128_true_peak(meter->state, channel, &side) != EBUR128_SUCCESS) return CR_NOMEM;
        if (side > peak) peak = side;
    }
    out->integrated_lufs = lufs;
    out->true_peak_dbtp = peak > 0 ? 20 * log10(peak) : -HUGE_VAL;
    out->gain_db = 0;
    if (isfinite(lufs)) {
        double gain = target_lufs - lufs;
        if (gain > gain_db_max) gain = gain_db_max;
        // Hundredths: what logarithms differ by between machines does not reach the samples.
        out->gain_db = floor(gain * 100 + 0.5) / 100;
    }
    return CR_OK;
}
