#include "mixer/kernel.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "mixer/gain.h"

// Zero crossings of the sinc on each side: with this window the slope is 3.5 % of the rate.
enum { HALF_WIDTH = 48 };

static const double kaiser_beta = 10.5; // side lobes below -105 dB
static const double slope_share = 0.96; // the slope's middle, of the bandwidth

static double bessel_0(double x)
{
    double sum = 1, term = 1;
    for (int i = 1; i < 64; i++) {
        term *= (x / (2 * i)) * (x / (2 * i));
        sum += term;
    }
    return sum;
}

// The sinc of [x] zero crossings.
static double sinc(double x)
{
    if (fabs(x) < 1e-9) return 1;
    return cr_sine_half_turns(x) / (3.14159265358979323846 * x);
}

static void fill_row(float *row, int taps, double fraction, double cutoff)
{
    double values[CR_KERNEL_TAPS_MAX];
    double half = taps / 2.0, sum = 0;
    const int middle = taps / 2 - 1;
    for (int i = 0; i < taps; i++) {
        double x = i - middle - fraction;
        double place = x / half;
        double window = fabs(place) >= 1 ? 0 : bessel_0(kaiser_beta * sqrt(1 - place * place));
        values[i] = window * sinc(x * cutoff);
        sum += values[i];
    }
    for (int i = 0; i < taps; i++)
        row[i] = (float)(values[i] / sum);
}

cr_status cr_kernel_make(cr_kernel *out, int phases, double bandwidth)
{
    if (phases < 1 || phases > CR_KERNEL_PHASES_MAX || !(bandwidth > 0)) return CR_INVALID;
    if (bandwidth > 1) bandwidth = 1;
    double wanted = 2 * HALF_WIDTH / bandwidth;
    int taps =
        wanted >= (double)CR_KERNEL_TAPS_MAX ? CR_KERNEL_TAPS_MAX : ((int)wanted + 7) / 8 * 8;
    size_t rows = (size_t)phases + 1;
    float *weights = cr_try_alloc_large(rows * (size_t)taps * sizeof *weights);
    if (!weights) return CR_NOMEM;
    for (size_t i = 0; i < rows; i++)
        fill_row(weights + i * (size_t)taps, taps, (double)i / phases, bandwidth * slope_share);
    *out = (cr_kernel){.phases = phases, .taps = taps, .weights = weights};
    return CR_OK;
}

void cr_kernel_free(cr_kernel *kernel)
{
    cr_free_large(kernel->weights);
    *kernel = (cr_kernel){0};
}

int cr_kernel_before(const cr_kernel *kernel)
{
    return kernel->taps / 2 - 1;
}

// Eight sums side by side: an order of additions that every compiler keeps and can vectorise.
static float weigh(const float *weights, const float *in, int taps)
{
    float sums[8] = {0};
    for (int i = 0; i < taps; i += 8)
        for (int j = 0; j < 8; j++)
            sums[j] += weights[i + j] * in[i + j];
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) +
           ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

float cr_kernel_read(const cr_kernel *kernel, const float *in, int phase)
{
    return weigh(kernel->weights + (size_t)phase * (size_t)kernel->taps, in, kernel->taps);
}

float cr_kernel_read_between(const cr_kernel *kernel, const float *in, double phase)
{
    int row = (int)phase;
    if (row >= kernel->phases) row = kernel->phases - 1;
    float blend = (float)(phase - row);
    float low = cr_kernel_read(kernel, in, row);
    float high = cr_kernel_read(kernel, in, row + 1);
    return low + (high - low) * blend;
}
