// The vector kernels give the scalar ones' bytes, for every length, weight and value.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "compositor/color_convert.h"
#include "compositor/resample.h"
#include "tests/core/compositor/pictures.h"

enum { ROOM = 4096, LENGTHS = 70, PAD = 64 };

static const cr_row_kernels *scalar, *best;
static uint8_t in[ROOM], other[ROOM], mask[ROOM], out_a[ROOM], out_b[ROOM], out_c[ROOM],
    out_d[ROOM];
static int16_t wide_a[ROOM], wide_b[ROOM];

static void fill(uint8_t *bytes, noise *n)
{
    // Runs of extremes, as pictures have them.
    for (int i = 0; i < ROOM; i++) {
        unsigned kind = noise_next(n, 4);
        bytes[i] = kind == 0 ? 0 : kind == 1 ? 255 : (uint8_t)noise_next(n, 256);
    }
}

static void premultiplied(uint8_t *rgba, noise *n)
{
    fill(rgba, n);
    memcpy(out_d, rgba, ROOM);
    (void)scalar->premultiply(rgba, out_d, ROOM / 4);
}

static void start(noise *n)
{
    fill(in, n);
    fill(mask, n);
    fill(out_a, n);
    memcpy(out_b, out_a, ROOM);
}

static void byte_kernels_agree(void **state)
{
    (void)state;
    noise n = {1};
    for (int count = 0; count < LENGTHS; count++) {
        int share = count == 5 ? CR_SHARE_ONE : (int)noise_next(&n, CR_SHARE_ONE);
        start(&n);
        scalar->fade(out_a, share, count);
        best->fade(out_b, share, count);
        assert_memory_equal(out_a, out_b, ROOM);
        scalar->mix(out_a, in, share, count);
        best->mix(out_b, in, share, count);
        assert_memory_equal(out_a, out_b, ROOM);
        scalar->mix_masked(out_a, in, mask, count);
        best->mix_masked(out_b, in, mask, count);
        assert_memory_equal(out_a, out_b, ROOM);
        scalar->widen(wide_a, in, count);
        best->widen(wide_b, in, count);
        assert_memory_equal(wide_a, wide_b, count * sizeof *wide_a);
    }
}

static void alpha_kernels_agree(void **state)
{
    (void)state;
    noise n = {2};
    for (int count = 0; count < LENGTHS; count++) {
        start(&n);
        int alpha = count % 3;
        for (int i = 0; i < ROOM / 4 && alpha > 0; i++)
            in[4 * i + 3] = alpha == 1 ? 0 : 255;
        assert_int_equal(scalar->premultiply(out_a, in, count),
                         best->premultiply(out_b, in, count));
        assert_memory_equal(out_a, out_b, ROOM);
        scalar->limit_to_alpha(out_a, count);
        best->limit_to_alpha(out_b, count);
        assert_memory_equal(out_a, out_b, ROOM);
        premultiplied(in, &n);
        scalar->over(out_a, in, count);
        best->over(out_b, in, count);
        assert_memory_equal(out_a, out_b, ROOM);
    }
}

static void color_kernels_agree(void **state)
{
    (void)state;
    noise n = {3};
    const cr_color colors[3] = {
        cr_color_bt709(),
        {CR_MATRIX_BT601, CR_COLOR_RANGE_FULL, CR_PRIMARIES_BT709, CR_TRANSFER_BT709},
        {CR_MATRIX_BT2020, CR_COLOR_RANGE_LIMITED, CR_PRIMARIES_BT709, CR_TRANSFER_BT709}};
    for (int count = 0; count < LENGTHS; count++) {
        cr_rgb_to_yuv to_yuv;
        cr_yuv_to_rgb to_rgb;
        cr_rgb_to_yuv_make(&to_yuv, colors[count % 3]);
        cr_yuv_to_rgb_make(&to_rgb, colors[count % 3]);
        start(&n);
        premultiplied(in, &n);
        premultiplied(other, &n);
        scalar->over_luma(out_a, in, to_yuv.y, count);
        best->over_luma(out_b, in, to_yuv.y, count);
        assert_memory_equal(out_a, out_b, ROOM);
        memcpy(out_c, mask, ROOM);
        memcpy(out_d, mask, ROOM);
        scalar->over_chroma(out_a, out_c, in + PAD, other + PAD, &to_yuv, count);
        best->over_chroma(out_b, out_d, in + PAD, other + PAD, &to_yuv, count);
        assert_memory_equal(out_a, out_b, ROOM);
        assert_memory_equal(out_c, out_d, ROOM);
        fill(in, &n);
        scalar->yuv_to_rgba(out_a, in, mask, other, &to_rgb, count);
        best->yuv_to_rgba(out_b, in, mask, other, &to_rgb, count);
        assert_memory_equal(out_a, out_b, ROOM);
    }
}

static void resampling_kernels_agree(void **state)
{
    (void)state;
    noise n = {4};
    int16_t phases[CR_PHASES * CR_PHASE_TAPS];
    cr_phases_make(phases);
    for (int round = 1; round < LENGTHS; round++) {
        cr_scratch scratch = {0};
        cr_axis axis;
        int64_t step = (int64_t)noise_next(&n, 1u << 30) * (1 + noise_next(&n, 32));
        if (step < 1 << 20) step = 1 << 20;
        if (step > CR_SHRINK_MAX * (INT64_C(1) << 32)) step = INT64_C(1) << 32;
        int count = round;
        assert_true(
            cr_axis_make(&axis, &scratch, phases, noise_next(&n, 1u << 30), step, 0, count, 900));
        start(&n);
        scalar->across_gray(wide_a, in + PAD, axis.starts, axis.weights, axis.taps, count);
        best->across_gray(wide_b, in + PAD, axis.starts, axis.weights, axis.taps, count);
        assert_memory_equal(wide_a, wide_b, count * sizeof *wide_a);
        scalar->across_rgba(wide_a, in + PAD, axis.starts, axis.weights, axis.taps, count);
        best->across_rgba(wide_b, in + PAD, axis.starts, axis.weights, axis.taps, count);
        assert_memory_equal(wide_a, wide_b, 4 * count * sizeof *wide_a);
        const int16_t *rows[CR_TAPS_MAX];
        for (int k = 0; k < axis.taps; k++)
            rows[k] = wide_a + k;
        scalar->down(out_a, rows, axis.weights, axis.taps, count);
        best->down(out_b, rows, axis.weights, axis.taps, count);
        assert_memory_equal(out_a, out_b, ROOM);
        scalar->down(out_a, rows, axis.weights, axis.taps - 1, count);
        best->down(out_b, rows, axis.weights, axis.taps - 1, count);
        assert_memory_equal(out_a, out_b, ROOM);
        cr_scratch_free(&scratch);
    }
}

static void lines_agree(void **state)
{
    (void)state;
    noise n = {5};
    int16_t phases[CR_PHASES * CR_PHASE_TAPS];
    cr_phases_make(phases);
    fill(in, &n);
    for (int round = 0; round < 200; round++) {
        cr_line line = {.data = in, .stride = 64, .width = 13, .height = 30, .phases = phases};
        line.x = ((int64_t)noise_next(&n, 2000) - 200) * (INT64_C(1) << 25) + noise_next(&n, 9999);
        line.y = ((int64_t)noise_next(&n, 4000) - 200) * (INT64_C(1) << 25) + noise_next(&n, 9999);
        line.step_x = ((int64_t)noise_next(&n, 400) - 200) * (INT64_C(1) << 25);
        line.step_y = ((int64_t)noise_next(&n, 400) - 200) * (INT64_C(1) << 25);
        scalar->line_gray(out_a, &line, 40);
        best->line_gray(out_b, &line, 40);
        assert_memory_equal(out_a, out_b, 40);
        scalar->line_rgba(out_a, &line, 40);
        best->line_rgba(out_b, &line, 40);
        assert_memory_equal(out_a, out_b, 160);
    }
}

static void box_kernels_agree(void **state)
{
    (void)state;
    noise n = {6};
    uint16_t lines[3][LENGTHS], mean_a[LENGTHS], mean_b[LENGTHS];
    uint32_t sums_a[LENGTHS], sums_b[LENGTHS];
    for (int count = 0; count < LENGTHS; count++) {
        uint32_t length = 1 + 2 * noise_next(&n, 2000), inner = UINT32_MAX / (length + 2);
        for (int i = 0; i < LENGTHS; i++) {
            for (int k = 0; k < 3; k++)
                lines[k][i] = (uint16_t)noise_next(&n, 32641);
            sums_a[i] = sums_b[i] = lines[2][i] + noise_next(&n, 32641) * (length - 1);
        }
        uint32_t edge = (uint32_t)((uint64_t)inner * noise_next(&n, 1000) / 1000);
        scalar->box(mean_a, sums_a, lines[0], lines[1], lines[2], inner, edge, count);
        best->box(mean_b, sums_b, lines[0], lines[1], lines[2], inner, edge, count);
        assert_memory_equal(sums_a, sums_b, sizeof sums_a);
        assert_memory_equal(mean_a, mean_b, (size_t)count * sizeof *mean_a);
    }
}

int main(void)
{
    scalar = cr_row_kernels_scalar();
    best = cr_row_kernels_best();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(byte_kernels_agree),  cmocka_unit_test(alpha_kernels_agree),
        cmocka_unit_test(color_kernels_agree), cmocka_unit_test(resampling_kernels_agree),
        cmocka_unit_test(lines_agree),         cmocka_unit_test(box_kernels_agree),
    };
    return cmocka_run_group_tests_name("compositor/row_kernels", tests, NULL, NULL);
}
