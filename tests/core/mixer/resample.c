#include "check.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "mixer/resample.h"

static const double pi = 3.14159265358979323846;

static double sine(double hertz, int rate, int64_t at)
{
    return 0.5 * sin(2 * pi * fmod(hertz * (double)at / rate, 1));
}

static void resample(const cr_resampler *resampler, int rate, double hertz, int64_t first,
                     int count, float *out)
{
    int64_t from;
    int needed;
    cr_resampler_needs(resampler, first, count, &from, &needed);
    float *in = cr_alloc((size_t)needed, sizeof *in);
    for (int i = 0; i < needed; i++)
        in[i] = (float)sine(hertz, rate, from + i);
    cr_resampler_run(resampler, first, count, in, out);
    cr_free(in);
}

// What is left beside a sine, in decibels under it.
static double residue_db(int rate, double hertz)
{
    enum { COUNT = 20000 };
    static float out[COUNT];
    cr_resampler *resampler = NULL;
    assert_int_equal(cr_resampler_open(&resampler, rate, 48000), CR_OK);
    resample(resampler, rate, hertz, 100000, COUNT, out);
    double error = 0, power = 0;
    for (int i = 0; i < COUNT; i++) {
        double wanted = sine(hertz, 48000, 100000 + i);
        error += (out[i] - wanted) * (out[i] - wanted);
        power += wanted * wanted;
    }
    cr_resampler_close(&resampler);
    return 10 * log10(error / power);
}

static void tones_pass_with_nothing_added(void **state)
{
    (void)state;
    static const int rates[] = {44100, 96000, 88200, 22050, 16000, 8000, 32000, 47999, 192000};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        int low = rates[i] < 48000 ? rates[i] : 48000;
        double residue = residue_db(rates[i], 1000);
        if (residue > -100) fail_msg("1 kHz at %d: %.1f dB", rates[i], residue);
        residue = residue_db(rates[i], low * 0.5 * 0.88);
        if (residue > -90) fail_msg("high tone at %d: %.1f dB", rates[i], residue);
    }
}

static void tones_above_the_new_limit_are_gone(void **state)
{
    (void)state;
    enum { COUNT = 8000 };
    static float out[COUNT];
    cr_resampler *resampler = NULL;
    assert_int_equal(cr_resampler_open(&resampler, 96000, 48000), CR_OK);
    for (double hertz = 25500; hertz < 47000; hertz += 2345) {
        resample(resampler, 96000, hertz, 5000, COUNT, out);
        double power = 0;
        for (int i = 0; i < COUNT; i++)
            power += (double)out[i] * (double)out[i];
        double db = 10 * log10(power / (double)COUNT / 0.125);
        if (db > -90) fail_msg("%.0f Hz comes back at %.1f dB", hertz, db);
    }
    cr_resampler_close(&resampler);
}

static void any_block_size_from_any_start_gives_the_same_samples(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static float whole[COUNT], piece[COUNT];
    static const int rates[] = {44100, 47999, 96000};
    for (size_t r = 0; r < 3; r++) {
        cr_resampler *resampler = NULL;
        assert_int_equal(cr_resampler_open(&resampler, rates[r], 48000), CR_OK);
        resample(resampler, rates[r], 997, 700, COUNT, whole);
        uint32_t chance = 7;
        for (int done = 0; done < COUNT;) {
            chance = chance * 1664525 + 1013904223;
            int part = 1 + (int)(chance >> 24) * (int)(chance >> 30);
            if (part > COUNT - done) part = COUNT - done;
            resample(resampler, rates[r], 997, 700 + done, part, piece + done);
            done += part;
        }
        assert_memory_equal(whole, piece, sizeof whole);
        cr_resampler_close(&resampler);
    }
}

static void equal_rates_copy_and_bad_rates_are_refused(void **state)
{
    (void)state;
    cr_resampler *resampler = NULL;
    assert_int_equal(cr_resampler_open(&resampler, 0, 48000), CR_INVALID);
    assert_int_equal(cr_resampler_open(&resampler, 48000, CR_RESAMPLE_RATE_MAX + 1), CR_INVALID);
    assert_int_equal(cr_resampler_open(&resampler, 48000, 48000), CR_OK);
    float in[3] = {0.1f, -0.2f, 0.3f}, out[3];
    int64_t first;
    int needed;
    cr_resampler_needs(resampler, -5, 3, &first, &needed);
    assert_int_equal(first, -5);
    assert_int_equal(needed, 3);
    cr_resampler_run(resampler, -5, 3, in, out);
    assert_memory_equal(in, out, sizeof in);
    cr_resampler_close(&resampler);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tones_pass_with_nothing_added),
        cmocka_unit_test(tones_above_the_new_limit_are_gone),
        cmocka_unit_test(any_block_size_from_any_start_gives_the_same_samples),
        cmocka_unit_test(equal_rates_copy_and_bad_rates_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
