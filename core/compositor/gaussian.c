#include "compositor/gaussian.h"

#include <string.h>

#include "compositor/fixed_math.h"

// Lines are blurred side by side, so that the sums of all lie next to each other.
enum { LANES = 128, PASSES = 3, FRACTION_BITS = CR_GAUSSIAN_FRACTION_BITS };

typedef struct job {
    uint8_t *data;
    int64_t stride;
    int width, height, channels;
    bool is_down;
    cr_gaussian_box box;
    const cr_row_kernels *kernels;
} job;

cr_gaussian_box cr_gaussian_box_make(int64_t sigma)
{
    // Each pass has a third of the variance; 24 fraction bits.
    int64_t variance = (int64_t)(((cr_wide)sigma * sigma >> 8) / PASSES);
    int64_t r = 0;
    while ((r + 1) * (r + 2) * (INT64_C(1) << 24) / 3 <= variance)
        r++;
    int64_t lack = variance - r * (r + 1) * (INT64_C(1) << 24) / 3;
    int64_t reach = (r + 1) * (r + 1) * (INT64_C(1) << 24) - variance;
    int64_t part = cr_q32_ratio((2 * r + 1) * lack, 2 * reach);
    int64_t length = (2 * r + 1) * CR_Q32_ONE + 2 * part;
    int64_t inner = cr_q32_ratio(CR_Q32_ONE, length), edge = cr_q32_ratio(part, length);
    if (inner > UINT32_MAX) inner = UINT32_MAX;
    return (cr_gaussian_box){(int)r, (uint32_t)inner, (uint32_t)edge};
}

int64_t cr_gaussian_sigma(cr_number sigma, int64_t zoom)
{
    if (sigma < 0) sigma = 0;
    if (sigma > CR_GAUSSIAN_SIGMA_MAX * CR_ONE) sigma = CR_GAUSSIAN_SIGMA_MAX * CR_ONE;
    return sigma * zoom / CR_ONE;
}

static const uint16_t *line_at(const uint16_t *lines, int index, int length)
{
    if (index < 0) index = 0;
    if (index >= length) index = length - 1;
    return lines + (int64_t)index * LANES;
}

static void box_pass(const cr_row_kernels *kernels, uint16_t *out, const uint16_t *in, int length,
                     const cr_gaussian_box *b)
{
    uint32_t sums[LANES] = {0};
    for (int k = -b->radius; k <= b->radius; k++) {
        const uint16_t *line = line_at(in, k, length);
        for (int i = 0; i < LANES; i++)
            sums[i] += line[i];
    }
    for (int y = 0; y < length; y++) {
        const uint16_t *before = line_at(in, y - b->radius - 1, length);
        const uint16_t *after = line_at(in, y + b->radius + 1, length);
        const uint16_t *leaves = line_at(in, y - b->radius, length);
        kernels->box(out + (int64_t)y * LANES, sums, before, after, leaves, b->inner, b->edge,
                     LANES);
    }
}

static uint16_t widen(uint8_t value)
{
    return (uint16_t)(value << FRACTION_BITS);
}

static uint8_t narrow(uint16_t value)
{
    return (uint8_t)((value + (1 << (FRACTION_BITS - 1))) >> FRACTION_BITS);
}

// Bytes [first, first + lanes) of every row: lines run down.
static void move_down(const job *j, uint16_t *lines, int first, int lanes, bool back)
{
    for (int y = 0; y < j->height; y++) {
        uint16_t *line = lines + (int64_t)y * LANES;
        uint8_t *row = j->data + j->stride * y + first;
        if (back) {
            for (int i = 0; i < lanes; i++)
                row[i] = narrow(line[i]);
        } else {
            for (int i = 0; i < lanes; i++)
                line[i] = widen(row[i]);
        }
    }
}

// The components of some rows: lines run across.
static void move_across(const job *j, uint16_t *lines, int first, int lanes, bool back)
{
    int channels = j->channels;
    for (int i = 0; i < lanes; i += channels) {
        uint8_t *row = j->data + j->stride * ((first + i) / channels);
        uint16_t *line = lines + i;
        for (int x = 0; x < j->width; x++, line += LANES, row += channels) {
            if (back) {
                for (int c = 0; c < channels; c++)
                    row[c] = narrow(line[c]);
            } else {
                for (int c = 0; c < channels; c++)
                    line[c] = widen(row[c]);
            }
        }
    }
}

static void move(const job *j, uint16_t *lines, int first, int lanes, bool back)
{
    if (j->is_down)
        move_down(j, lines, first, lanes, back);
    else
        move_across(j, lines, first, lanes, back);
}

static cr_status blur_lanes(void *cookie, cr_scratch *scratch, int index)
{
    const job *j = cookie;
    int length = j->is_down ? j->height : j->width;
    int all = (j->is_down ? j->width : j->height) * j->channels;
    int first = index * LANES, lanes = all - first < LANES ? all - first : LANES;
    size_t size = (size_t)length * LANES * sizeof(uint16_t);
    uint16_t *a = cr_scratch_take(scratch, size), *b = cr_scratch_take(scratch, size);
    if (!a || !b) return CR_NOMEM;
    if (lanes < LANES) memset(a, 0, size);
    move(j, a, first, lanes, false);
    box_pass(j->kernels, b, a, length, &j->box);
    box_pass(j->kernels, a, b, length, &j->box);
    box_pass(j->kernels, b, a, length, &j->box);
    move(j, b, first, lanes, true);
    return CR_OK;
}

cr_status cr_gaussian_blur(cr_painter *painter, uint8_t *data, int64_t stride, int width,
                           int height, int channels, int64_t sigma)
{
    if (sigma <= 0) return CR_OK;
    if (sigma > (int64_t)CR_GAUSSIAN_SIGMA_MAX << 16) sigma = (int64_t)CR_GAUSSIAN_SIGMA_MAX << 16;
    job j = {data,
             stride,
             width,
             height,
             channels,
             false,
             cr_gaussian_box_make(sigma),
             painter->kernels};
    cr_status status =
        cr_painter_run(painter, (height * channels + LANES - 1) / LANES, blur_lanes, &j);
    if (status != CR_OK) return status;
    j.is_down = true;
    return cr_painter_run(painter, (width * channels + LANES - 1) / LANES, blur_lanes, &j);
}
