#include "compositor/resample.h"

#include <string.h>

#include "base/assert.h"
#include "compositor/fixed_math.h"

static int64_t round_divide(int64_t value, int64_t by)
{
    return (value >= 0 ? value + by / 2 : value - by / 2) / by;
}

void cr_phases_make(int16_t *phases)
{
    // Catmull-Rom in powers of t = i / 1024, over 2 × 1024^3, times CR_WEIGHT_ONE.
    for (int64_t i = 0; i < CR_PHASES; i++) {
        const int64_t n = CR_PHASES, one = n * n * n;
        int64_t t1 = i * n * n, t2 = i * i * n, t3 = i * i * i;
        int64_t w0 = round_divide((-t1 + 2 * t2 - t3) * CR_WEIGHT_ONE, 2 * one);
        int64_t w1 = round_divide((2 * one - 5 * t2 + 3 * t3) * CR_WEIGHT_ONE, 2 * one);
        int64_t w3 = round_divide((t3 - t2) * CR_WEIGHT_ONE, 2 * one);
        int64_t w2 = CR_WEIGHT_ONE - w0 - w1 - w3;
        phases[4 * i] = (int16_t)w0;
        phases[4 * i + 1] = (int16_t)w1;
        phases[4 * i + 2] = (int16_t)w2;
        phases[4 * i + 3] = (int16_t)w3;
    }
}

// Catmull-Rom's kernel at [x] >= 0 with 16 fraction bits; the result has 32.
static int64_t kernel(int64_t x)
{
    const int64_t one = INT64_C(1) << 16;
    if (x >= 2 * one) return 0;
    int64_t x2 = (x * x) >> 16, x3 = (x2 * x) >> 16;
    int64_t value = x < one ? 3 * x3 - 5 * x2 + 2 * one : -x3 + 5 * x2 - 8 * x + 4 * one;
    return value * (1 << 15);
}

// Weights of [taps] samples from [start] around [centre] (sample index, 32 fraction bits).
static void widened_weights(int16_t *weights, int taps, int64_t start, int64_t centre, int64_t step)
{
    int64_t raw[CR_TAPS_MAX], total = 0;
    for (int k = 0; k < taps; k++) {
        int64_t distance = (start + k) * CR_Q32_ONE - centre;
        if (distance < 0) distance = -distance;
        // distance / step: both come down to where the quotient has 16 fraction bits.
        raw[k] = kernel(distance / (step >> 16));
        total += raw[k];
    }
    int sum = 0, largest = 0;
    for (int k = 0; k < taps; k++) {
        weights[k] = (int16_t)round_divide(raw[k] * (CR_WEIGHT_ONE / 2), total / 2);
        sum += weights[k];
        if (weights[k] > weights[largest]) largest = k;
    }
    weights[largest] = (int16_t)(weights[largest] + CR_WEIGHT_ONE - sum);
}

static void one_output(const cr_axis *axis, int index, const int16_t *phases, int64_t position,
                       int64_t step, int size)
{
    // Half a sample to where indices count, half a phase so that the nearest is taken.
    int16_t *weights = axis->weights + (int64_t)index * axis->taps;
    int64_t start;
    if (step <= CR_Q32_ONE) {
        int64_t at = position - (INT64_C(1) << 31) + (INT64_C(1) << 21);
        start = (at >> 32) - 1;
        memcpy(weights, phases + ((at & UINT32_MAX) >> 22) * CR_PHASE_TAPS,
               CR_PHASE_TAPS * sizeof *weights);
    } else {
        int64_t centre = position - (INT64_C(1) << 31);
        start = ((centre - 2 * step) >> 32) + 1;
        widened_weights(weights, axis->taps, start, centre, step);
    }
    int64_t lowest = -CR_EDGE_SAMPLES, highest = (int64_t)size + CR_EDGE_SAMPLES - axis->taps;
    if (start < lowest) start = lowest;
    if (start > highest) start = highest;
    axis->starts[index] = (int32_t)start;
}

static bool weights_copy(const cr_axis *axis)
{
    for (int i = 0; i < axis->count; i++) {
        if (axis->starts[i] != axis->starts[0] + i) return false;
        if (axis->weights[(int64_t)i * axis->taps + 1] != CR_WEIGHT_ONE) return false;
    }
    return true;
}

bool cr_axis_make(cr_axis *out, cr_scratch *scratch, const int16_t *phases, int64_t origin,
                  int64_t step, int first, int count, int size)
{
    int64_t wide = step < 0 ? -step : step;
    CR_ASSERT(count > 0 && size > 0 && wide <= CR_SHRINK_MAX * CR_Q32_ONE);
    *out = (cr_axis){.first = first, .count = count, .origin = origin, .step = step};
    out->taps = CR_PHASE_TAPS;
    if (wide > CR_Q32_ONE) out->taps = (int)((4 * wide + 4 * CR_Q32_ONE - 1) >> 34) * 4;
    CR_ASSERT(out->taps <= CR_TAPS_MAX);
    out->starts = cr_scratch_take(scratch, (size_t)count * sizeof *out->starts);
    out->weights = cr_scratch_take(scratch, (size_t)count * out->taps * sizeof *out->weights);
    if (!out->starts || !out->weights) return false;
    int low = INT32_MAX, high = INT32_MIN;
    for (int i = 0; i < count; i++) {
        one_output(out, i, phases, origin + step * (first + i), wide, size);
        if (out->starts[i] < low) low = out->starts[i];
        if (out->starts[i] > high) high = out->starts[i];
    }
    out->is_copy = out->taps == CR_PHASE_TAPS && weights_copy(out);
    out->low = low + (out->is_copy ? 1 : 0);
    out->high = out->is_copy ? out->low + count : high + out->taps;
    for (int i = 0; i < count; i++)
        out->starts[i] -= low;
    return true;
}

bool cr_sampler_open(cr_sampler *out, cr_scratch *scratch, const cr_row_kernels *kernels,
                     const cr_plane *plane, const cr_axis *across, const cr_axis *down)
{
    size_t row = (size_t)across->count * plane->channels;
    *out = (cr_sampler){kernels, plane, across, down, .slots = down->is_copy ? 1 : down->taps};
    // Vector loads may read a little further.
    out->padded = cr_scratch_take(scratch, (size_t)(across->high - across->low + 16) *
                                               (size_t)plane->channels);
    out->ring = cr_scratch_take(scratch, row * out->slots * sizeof *out->ring);
    out->empty = cr_scratch_take(scratch, row * sizeof *out->empty);
    out->slot_rows = cr_scratch_take(scratch, (size_t)out->slots * sizeof *out->slot_rows);
    out->slot_alpha = cr_scratch_take(scratch, (size_t)out->slots);
    if (!out->padded || !out->ring || !out->empty || !out->slot_rows || !out->slot_alpha)
        return false;
    memset(out->empty, 0, row * sizeof *out->empty);
    for (int i = 0; i < out->slots; i++)
        out->slot_rows[i] = -1;
    return true;
}

static void repeat_sample(uint8_t *out, const uint8_t *sample, int channels, int count)
{
    if (channels == 1) {
        if (count > 0) memset(out, sample[0], (size_t)count);
        return;
    }
    for (int i = 0; i < count; i++)
        memcpy(out + 4 * (int64_t)i, sample, 4);
}

static int clamp_to(int value, int low, int high)
{
    if (value < low) return low;
    return value > high ? high : value;
}

// [low, high) of a source row, premultiplied, its edges repeated.
static cr_row_alpha pad_row(const cr_sampler *s, int row, uint8_t *out)
{
    const cr_plane *plane = s->plane;
    int low = s->across->low, high = s->across->high, channels = plane->channels;
    // The samples that are there; at least one, so that there is an edge to repeat.
    int from = clamp_to(low, 0, plane->width - 1), to = clamp_to(high, from + 1, plane->width);
    int before = clamp_to(from - low, 0, high - low - 1);
    int count = clamp_to(to - from, 1, high - low - before), after = high - low - before - count;
    const uint8_t *in = plane->data + plane->stride * row + (int64_t)from * channels;
    uint8_t *body = out + (int64_t)before * channels;
    cr_row_alpha alpha = plane->is_opaque ? CR_ROW_ALPHA_OPAQUE : CR_ROW_ALPHA_MIXED;
    if (channels == 4 && plane->is_straight)
        alpha = s->kernels->premultiply(body, in, count);
    else
        memcpy(body, in, (size_t)count * channels);
    repeat_sample(out, body, channels, before);
    repeat_sample(body + (int64_t)count * channels, body + (int64_t)(count - 1) * channels,
                  channels, after);
    return alpha;
}

static void first_pass(cr_sampler *s, int row, int slot)
{
    const cr_axis *across = s->across;
    int channels = s->plane->channels;
    int16_t *out = s->ring + (int64_t)slot * across->count * channels;
    cr_row_alpha alpha = pad_row(s, row, s->padded);
    s->slot_rows[slot] = row;
    s->slot_alpha[slot] = (uint8_t)alpha;
    if (alpha == CR_ROW_ALPHA_EMPTY) return;
    if (across->is_copy)
        s->kernels->widen(out, s->padded, across->count * channels);
    else if (channels == 1)
        s->kernels->across_gray(out, s->padded, across->starts, across->weights, across->taps,
                                across->count);
    else
        s->kernels->across_rgba(out, s->padded, across->starts, across->weights, across->taps,
                                across->count);
}

static int clamp_row(int row, int height)
{
    if (row < 0) return 0;
    return row >= height ? height - 1 : row;
}

cr_row_alpha cr_sampler_row(cr_sampler *s, int y, uint8_t *out)
{
    const cr_axis *down = s->down;
    int index = y - down->first;
    CR_ASSERT(index >= 0 && index < down->count);
    int top = down->low - (down->is_copy ? 1 : 0) + down->starts[index];
    if (down->is_copy && s->across->is_copy) {
        cr_row_alpha alpha = pad_row(s, clamp_row(top + 1, s->plane->height), out);
        return alpha;
    }
    const int16_t *weights = down->weights + (int64_t)index * down->taps;
    const int16_t *rows[CR_TAPS_MAX];
    int first = 0, last = down->taps;
    while (first < last - 1 && weights[first] == 0)
        first++;
    while (last > first + 1 && weights[last - 1] == 0)
        last--;
    bool is_empty = true, is_opaque = true;
    size_t size = (size_t)s->across->count * s->plane->channels;
    for (int k = first; k < last; k++) {
        int row = clamp_row(top + k, s->plane->height), slot = row % s->slots;
        if (s->slot_rows[slot] != row) first_pass(s, row, slot);
        rows[k - first] = s->ring + (int64_t)slot * (int64_t)size;
        if (s->slot_alpha[slot] == CR_ROW_ALPHA_EMPTY) rows[k - first] = s->empty;
        is_empty = is_empty && s->slot_alpha[slot] == CR_ROW_ALPHA_EMPTY;
        is_opaque = is_opaque && s->slot_alpha[slot] == CR_ROW_ALPHA_OPAQUE;
    }
    if (is_empty) return CR_ROW_ALPHA_EMPTY;
    s->kernels->down(out, rows, weights + first, last - first, (int)size);
    if (is_opaque) return CR_ROW_ALPHA_OPAQUE;
    s->kernels->limit_to_alpha(out, s->across->count);
    return CR_ROW_ALPHA_MIXED;
}
