#include "check.h"

#include <math.h>

#include "mixer/downmix.h"
#include "mixer/gain.h"

static void near(double value, double wanted, double within)
{
    if (!(fabs(value - wanted) <= within)) fail_msg("%.12g is not %.12g", value, wanted);
}

static void powers_and_sines_agree_with_the_mathematics_library(void **state)
{
    (void)state;
    for (double x = -20; x < 20; x += 0.137) {
        near(cr_power_of_two(x) / exp2(x), 1, 1e-14);
        near(cr_sine_half_turns(x), sin(3.14159265358979323846 * x), 1e-13);
    }
}

static void decibels_are_exact_at_zero_and_at_silence(void **state)
{
    (void)state;
    assert_true(cr_gain_from_db(0) == 1);
    assert_true(cr_gain_from_db(-96) == 0);
    near(cr_gain_from_db(-6), pow(10, -0.3), 1e-13);
    near(cr_gain_from_number(20 * CR_ONE), 10, 1e-12);
}

static void pan_keeps_the_power_and_the_middle(void **state)
{
    (void)state;
    double left, right;
    cr_pan_gains(0, &left, &right);
    assert_true(left == 1 && right == 1);
    cr_pan_gains(CR_ONE, &left, &right);
    assert_true(left == 0);
    near(right, sqrt(2), 1e-12);
    cr_pan_gains(-CR_ONE, &left, &right);
    assert_true(right == 0);
    for (cr_number pan = -CR_ONE; pan <= CR_ONE; pan += 12345) {
        cr_pan_gains(pan, &left, &right);
        near(left * left + right * right, 2, 1e-12);
    }
}

static void fades_begin_at_nothing_and_end_at_all(void **state)
{
    (void)state;
    for (cr_fade_curve curve = CR_FADE_NONE; curve <= CR_FADE_EXPONENTIAL; curve++) {
        assert_true(cr_fade_gain(0, 1000, curve) == 0);
        assert_true(cr_fade_gain(1000, 1000, curve) == 1);
        assert_true(cr_fade_gain(5, 0, curve) == 1);
    }
    near(cr_fade_gain(250, 1000, CR_FADE_LINEAR), 0.25, 0);
    near(cr_fade_gain(250, 1000, CR_FADE_EQUAL_POWER), 0.5, 0);
    near(cr_fade_gain(500, 1000, CR_FADE_EXPONENTIAL), 9.0 / 99, 1e-12);
}

static void five_channels_fold_by_the_standard(void **state)
{
    (void)state;
    cr_samples *samples = NULL;
    assert_int_equal(cr_samples_make(&samples, CR_MIX_RATE, 6, 1), CR_OK);
    for (int i = 0; i < 6; i++)
        samples->data[i][0] = (float)(1 << i);
    float left, right;
    cr_downmix(samples, &left, &right);
    near((double)left, 1 + 0.70710678 * (4 + 16), 1e-5); // without the 8 of the low channel
    near((double)right, 2 + 0.70710678 * (4 + 32), 1e-5);
    cr_samples_drop(&samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_and_sines_agree_with_the_mathematics_library),
        cmocka_unit_test(decibels_are_exact_at_zero_and_at_silence),
        cmocka_unit_test(pan_keeps_the_power_and_the_middle),
        cmocka_unit_test(fades_begin_at_nothing_and_end_at_all),
        cmocka_unit_test(five_channels_fold_by_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
