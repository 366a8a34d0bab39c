#include "mixer/stretch.h"

#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "mixer/gain.h"

// At 48 kHz: grains of 40 ms overlap by half; a grain may move by 12 ms to fit, which is more than
// a period of a low voice.
enum {
    HOP = 960,
    GRAIN = 2 * HOP,
    SEARCH = 576,
    COARSE = 6, // step of the first search
    SPAN = HOP + 2 * SEARCH + 1,
};

struct cr_stretch {
    cr_number speed;
    cr_stretch_read_function *read;
    void *cookie;
    float window[GRAIN];
    // Where the grains found so far begin in the input; grain k is heard from output (k - 1) × HOP.
    size_t grain_count, grain_room;
    int64_t *grains;
    float input[2][SPAN];
    float mono[SPAN], wanted[HOP];
};

void cr_stretch_open(cr_stretch **out, cr_number speed, cr_stretch_read_function *read,
                     void *cookie)
{
    cr_stretch *stretch = cr_alloc(1, sizeof *stretch);
    if (speed < CR_STRETCH_SPEED_MIN) speed = CR_STRETCH_SPEED_MIN;
    if (speed > CR_STRETCH_SPEED_MAX) speed = CR_STRETCH_SPEED_MAX;
    stretch->speed = speed;
    stretch->read = read;
    stretch->cookie = cookie;
    for (int i = 0; i < HOP; i++) {
        double sine = cr_sine_half_turns(0.5 * (i + 0.5) / (double)HOP);
        stretch->window[i] = (float)(sine * sine);
        stretch->window[HOP + i] = 1 - stretch->window[i];
    }
    *out = stretch;
}

void cr_stretch_close(cr_stretch **stretch)
{
    if (!*stretch) return;
    cr_free((*stretch)->grains);
    cr_free(*stretch);
    *stretch = NULL;
}

static cr_status read_mono(cr_stretch *stretch, int64_t first, int count, float *out,
                           cr_fault *fault)
{
    float *both[2] = {stretch->input[0], stretch->input[1]};
    cr_status status = stretch->read(stretch->cookie, first, count, both, fault);
    if (status != CR_OK) return status;
    for (int i = 0; i < count; i++)
        out[i] = both[0][i] + both[1][i];
    return CR_OK;
}

// How well what stands at [candidate] goes on from what was heard: the correlation, by its energy.
static double likeness(const float *wanted, const float *candidate, int step)
{
    double product = 0, energy = 1e-9;
    for (int i = 0; i < HOP; i += step) {
        product += (double)wanted[i] * candidate[i];
        energy += (double)candidate[i] * candidate[i];
    }
    return product / sqrt(energy);
}

// The shift, from -SEARCH, at which a grain fits best; ties go to the one nearest the middle.
static int best_shift(const cr_stretch *stretch)
{
    int best = SEARCH;
    double best_value = likeness(stretch->wanted, stretch->mono + SEARCH, 2) + 1e-6;
    for (int shift = 0; shift <= 2 * SEARCH; shift += COARSE) {
        double value = likeness(stretch->wanted, stretch->mono + shift, 2);
        if (value > best_value) {
            best_value = value;
            best = shift;
        }
    }
    int from = best < COARSE ? 0 : best - COARSE + 1;
    int to = best > 2 * SEARCH - COARSE ? 2 * SEARCH : best + COARSE - 1;
    best_value = likeness(stretch->wanted, stretch->mono + best, 1) + 1e-9;
    for (int shift = from; shift <= to; shift++) {
        double value = likeness(stretch->wanted, stretch->mono + shift, 1);
        if (value > best_value) {
            best_value = value;
            best = shift;
        }
    }
    return best - SEARCH;
}

static cr_status find_grains(cr_stretch *stretch, size_t count, cr_fault *fault)
{
    while (stretch->grain_count < count) {
        int64_t index = (int64_t)stretch->grain_count;
        int64_t start = cr_scale(index * HOP, stretch->speed, CR_ONE, CR_ROUND_NEAREST) - HOP;
        if (index > 0) {
            int64_t heard = stretch->grains[index - 1] + HOP;
            cr_status status = read_mono(stretch, heard, HOP, stretch->wanted, fault);
            if (status == CR_OK)
                status = read_mono(stretch, start - SEARCH, SPAN, stretch->mono, fault);
            if (status != CR_OK) return status;
            start += best_shift(stretch);
        }
        CR_VEC_ADD(stretch->grains, stretch->grain_count, stretch->grain_room, start);
    }
    return CR_OK;
}

// Adds the part of grain [index] that is heard in [first, first + count).
static cr_status add_grain(cr_stretch *stretch, int64_t index, int64_t first, int count,
                           float *out[2], cr_fault *fault)
{
    int64_t heard = (index - 1) * HOP;
    int64_t from = heard > first ? heard : first;
    int64_t to = heard + GRAIN < first + count ? heard + GRAIN : first + count;
    if (to <= from) return CR_OK;
    float left[GRAIN], right[GRAIN];
    float *both[2] = {left, right};
    int64_t offset = from - heard;
    cr_status status = stretch->read(stretch->cookie, stretch->grains[index] + offset,
                                     (int)(to - from), both, fault);
    if (status != CR_OK) return status;
    for (int side = 0; side < 2; side++)
        for (int64_t i = 0; i < to - from; i++)
            out[side][from - first + i] += both[side][i] * stretch->window[offset + i];
    return CR_OK;
}

cr_status cr_stretch_run(cr_stretch *stretch, int64_t first, int count, float *out[2],
                         cr_fault *fault)
{
    memset(out[0], 0, (size_t)count * sizeof(float));
    memset(out[1], 0, (size_t)count * sizeof(float));
    if (count <= 0) return CR_OK;
    int64_t last = (first + count - 1) / HOP + 1;
    cr_status status = find_grains(stretch, (size_t)last + 1, fault);
    for (int64_t index = first / HOP; status == CR_OK && index <= last; index++)
        status = add_grain(stretch, index, first, count, out, fault);
    return status;
}
