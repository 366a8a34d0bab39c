#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "mixer/gain.h"
#include "mixer/kernel.h"
#include "mixer/mixer.h"

#define TICKS_PER_SAMPLE (CR_TICKS_PER_SECOND / CR_MIX_RATE)

enum {
    OVERSAMPLING = 4,
    LOOK_AHEAD = 240, // 5 ms: how long the gain takes to go down
    RINGING = 64,     // how far a peak at the very beginning reaches before it
    CHUNK = 2048,
    HELD_MAX = 512, // more than the kernel and two look-aheads reach
    ROOM = CHUNK + 2 * HELD_MAX,
};

// The share of what is missing that the gain regains a sample: 120 ms.
static const double release_share = 1.0 / (0.120 * (double)CR_MIX_RATE);

// The kernel's and the moving gain's own error, taken off the ceiling.
static const double margin_db = 0.1;

// All arrays begin at sample [base] of the film; each count says how far its stage has come.
struct cr_limiter {
    double gain, ceiling;
    cr_kernel kernel;
    double weights[LOOK_AHEAD]; // of the gain's way down, sum 1
    int64_t base;
    int in_count, between_count, wanted_count, gain_count, out_count;
    int last_wanted, last_gain; // where a gain below 1 stood last
    float in[2][ROOM];
    double between[ROOM]; // highest between a sample and the next
    double wanted[ROOM];  // gain that brings the sample under the ceiling
    double gains[ROOM];   // after look-ahead and release
    bool is_begun;
    cr_ticks pts;
};

cr_status cr_limiter_open(cr_limiter **out, double gain_db, double ceiling_dbtp)
{
    cr_limiter *limiter = cr_alloc(1, sizeof *limiter);
    cr_status status = cr_kernel_make(&limiter->kernel, OVERSAMPLING, 1);
    if (status != CR_OK) {
        cr_free(limiter);
        return status;
    }
    limiter->gain = cr_gain_from_db(gain_db);
    limiter->ceiling = cr_gain_from_db(ceiling_dbtp - margin_db);
    double sum = 0;
    for (int i = 0; i < LOOK_AHEAD; i++) {
        double sine = cr_sine_half_turns((i + 0.5) / (double)LOOK_AHEAD);
        limiter->weights[i] = sine * sine;
        sum += limiter->weights[i];
    }
    for (int i = 0; i < LOOK_AHEAD; i++)
        limiter->weights[i] /= sum;
    limiter->last_wanted = limiter->last_gain = -ROOM;
    // Silence before the film, so that every stage can look back.
    limiter->base = -HELD_MAX;
    limiter->in_count = limiter->out_count = HELD_MAX;
    limiter->between_count = limiter->wanted_count = HELD_MAX - RINGING;
    limiter->gain_count = limiter->wanted_count - LOOK_AHEAD; // the way down may begin before it
    for (int i = 0; i < HELD_MAX; i++)
        limiter->wanted[i] = limiter->gains[i] = 1;
    *out = limiter;
    return CR_OK;
}

void cr_limiter_close(cr_limiter **limiter)
{
    if (!*limiter) return;
    cr_kernel_free(&(*limiter)->kernel);
    cr_free(*limiter);
    *limiter = NULL;
}

static double highest_between(const cr_limiter *limiter, int at)
{
    double highest = 0;
    for (int side = 0; side < 2; side++) {
        const float *from = limiter->in[side] + at - cr_kernel_before(&limiter->kernel);
        for (int phase = 1; phase < OVERSAMPLING; phase++) {
            double value = fabs((double)cr_kernel_read(&limiter->kernel, from, phase));
            if (value > highest) highest = value;
        }
    }
    return highest;
}

static void find_wanted(cr_limiter *limiter)
{
    int after = limiter->kernel.taps - cr_kernel_before(&limiter->kernel);
    for (; limiter->between_count + after <= limiter->in_count; limiter->between_count++)
        limiter->between[limiter->between_count] = highest_between(limiter, limiter->between_count);
    for (; limiter->wanted_count < limiter->between_count; limiter->wanted_count++) {
        int at = limiter->wanted_count;
        double peak = fmax(limiter->between[at - 1], limiter->between[at]);
        peak = fmax(peak, fmax(fabs((double)limiter->in[0][at]), fabs((double)limiter->in[1][at])));
        limiter->wanted[at] = peak > limiter->ceiling ? limiter->ceiling / peak : 1;
        if (peak > limiter->ceiling) limiter->last_wanted = at;
    }
}

// Down as far as anything ahead wants it, up again slowly.
static void find_gains(cr_limiter *limiter)
{
    for (; limiter->gain_count + LOOK_AHEAD <= limiter->wanted_count; limiter->gain_count++) {
        int at = limiter->gain_count;
        double lowest = 1;
        if (limiter->last_wanted >= at)
            for (int i = 0; i < LOOK_AHEAD; i++)
                lowest = fmin(lowest, limiter->wanted[at + i]);
        double risen = limiter->gains[at - 1];
        risen += (lowest - risen) * release_share;
        if (risen > 1 - 1e-6) risen = 1;
        limiter->gains[at] = fmin(lowest, risen);
        if (limiter->gains[at] < 1) limiter->last_gain = at;
    }
}

static double gain_at(const cr_limiter *limiter, int at)
{
    if (limiter->last_gain <= at - LOOK_AHEAD) return 1;
    double sum = 0;
    for (int i = 0; i < LOOK_AHEAD; i++)
        sum += limiter->weights[i] * limiter->gains[at - i];
    return sum;
}

// Forgets what no stage looks back to any more.
static void move_on(cr_limiter *limiter)
{
    int gone = limiter->out_count - HELD_MAX;
    if (gone <= 0) return;
    size_t kept = (size_t)(limiter->in_count - gone);
    for (int side = 0; side < 2; side++)
        memmove(limiter->in[side], limiter->in[side] + gone, kept * sizeof(float));
    memmove(limiter->between, limiter->between + gone, kept * sizeof(double));
    memmove(limiter->wanted, limiter->wanted + gone, kept * sizeof(double));
    memmove(limiter->gains, limiter->gains + gone, kept * sizeof(double));
    limiter->base += gone;
    limiter->in_count -= gone;
    limiter->between_count -= gone;
    limiter->wanted_count -= gone;
    limiter->gain_count -= gone;
    limiter->out_count -= gone;
    limiter->last_wanted = limiter->last_wanted < gone ? -ROOM : limiter->last_wanted - gone;
    limiter->last_gain = limiter->last_gain < gone ? -ROOM : limiter->last_gain - gone;
}

// Takes [count] (at most CHUNK) samples, or silence with [from] NULL, and writes what became ready.
static int take(cr_limiter *limiter, float *const from[2], int offset, int count, float *out[2])
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < count; i++)
            limiter->in[side][limiter->in_count + i] =
                from ? (float)(from[side][offset + i] * limiter->gain) : 0;
    limiter->in_count += count;
    find_wanted(limiter);
    find_gains(limiter);
    int written = 0;
    for (; limiter->out_count < limiter->gain_count; limiter->out_count++, written++) {
        double gain = gain_at(limiter, limiter->out_count);
        for (int side = 0; side < 2; side++)
            out[side][written] = (float)(limiter->in[side][limiter->out_count] * gain);
    }
    move_on(limiter);
    return written;
}

cr_status cr_limiter_process(cr_limiter *limiter, const cr_samples *in, cr_samples **out)
{
    if (in && (in->rate != CR_MIX_RATE || in->channels != 2)) return CR_INVALID;
    int held = limiter->in_count - limiter->out_count;
    int room = held + (in ? in->count : 0);
    cr_samples *made;
    cr_status status = cr_samples_make(&made, CR_MIX_RATE, 2, room);
    if (status != CR_OK) return status;
    if (in && !limiter->is_begun) {
        limiter->pts = in->pts;
        limiter->is_begun = true;
    }
    int64_t first = limiter->base + limiter->out_count;
    int written = 0;
    // Flushing pushes silence until all that was taken is out.
    int pushed = in ? in->count : LOOK_AHEAD + limiter->kernel.taps;
    if (!in && held == 0) pushed = 0;
    for (int done = 0; done < pushed; done += CHUNK) {
        int part = pushed - done < CHUNK ? pushed - done : CHUNK;
        float left[ROOM], right[ROOM];
        float *both[2] = {left, right};
        int ready = take(limiter, in ? in->data : NULL, done, part, both);
        if (ready > room - written) ready = room - written;
        memcpy(made->data[0] + written, left, (size_t)ready * sizeof(float));
        memcpy(made->data[1] + written, right, (size_t)ready * sizeof(float));
        written += ready;
    }
    made->count = written;
    if (limiter->pts != CR_TICKS_NONE) made->pts = limiter->pts + first * TICKS_PER_SAMPLE;
    *out = made;
    return CR_OK;
}
