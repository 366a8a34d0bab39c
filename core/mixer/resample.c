#include "mixer/resample.h"

#include <string.h>

#include "base/mem.h"
#include "mixer/kernel.h"
#include "time/time.h"

struct cr_resampler {
    int64_t step, scale; // an output is step / scale inputs long, in lowest terms
    bool is_copy;
    bool is_exact; // every phase that occurs has a row of its own
    cr_kernel kernel;
};

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

cr_status cr_resampler_open(cr_resampler **out, int rate_in, int rate_out)
{
    if (rate_in < 1 || rate_out < 1) return CR_INVALID;
    if (rate_in > CR_RESAMPLE_RATE_MAX || rate_out > CR_RESAMPLE_RATE_MAX) return CR_INVALID;
    int64_t divisor = common_divisor(rate_in, rate_out);
    cr_resampler made = {.step = rate_in / divisor, .scale = rate_out / divisor};
    made.is_copy = rate_in == rate_out;
    made.is_exact = made.scale <= CR_KERNEL_PHASES_MAX;
    if (!made.is_copy) {
        int phases = made.is_exact ? (int)made.scale : CR_KERNEL_PHASES_MAX;
        double bandwidth = rate_in > rate_out ? (double)rate_out / rate_in : 1;
        cr_status status = cr_kernel_make(&made.kernel, phases, bandwidth);
        if (status != CR_OK) return status;
    }
    *out = cr_alloc(1, sizeof **out);
    **out = made;
    return CR_OK;
}

void cr_resampler_close(cr_resampler **resampler)
{
    if (!*resampler) return;
    cr_kernel_free(&(*resampler)->kernel);
    cr_free(*resampler);
    *resampler = NULL;
}

// The whole input position of output [at], and how many scale-ths behind it.
static int64_t position(const cr_resampler *resampler, int64_t at, int64_t *rest)
{
    int64_t whole = cr_scale(at, resampler->step, resampler->scale, CR_ROUND_DOWN);
    *rest = at * resampler->step - whole * resampler->scale;
    return whole;
}

void cr_resampler_needs(const cr_resampler *resampler, int64_t first, int count, int64_t *in_first,
                        int *in_count)
{
    if (resampler->is_copy || count <= 0) {
        *in_first = first;
        *in_count = count > 0 ? count : 0;
        return;
    }
    int64_t rest;
    int64_t start = position(resampler, first, &rest);
    int64_t end = position(resampler, first + count - 1, &rest);
    *in_first = start - cr_kernel_before(&resampler->kernel);
    *in_count = (int)(end - start) + resampler->kernel.taps;
}

void cr_resampler_run(const cr_resampler *resampler, int64_t first, int count, const float *in,
                      float *out)
{
    if (count <= 0) return;
    if (resampler->is_copy) {
        memcpy(out, in, (size_t)count * sizeof *out);
        return;
    }
    const cr_kernel *kernel = &resampler->kernel;
    int64_t rest;
    int64_t start = position(resampler, first, &rest), whole = start;
    for (int i = 0; i < count; i++) {
        const float *from = in + (whole - start);
        if (resampler->is_exact)
            out[i] = cr_kernel_read(kernel, from, (int)rest);
        else
            out[i] = cr_kernel_read_between(
                kernel, from, (double)rest * kernel->phases / (double)resampler->scale);
        rest += resampler->step;
        whole += rest / resampler->scale;
        rest %= resampler->scale;
    }
}
