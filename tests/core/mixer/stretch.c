#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "mixer/stretch.h"

static const double pi = 3.14159265358979323846;
static const double pitch = 150; // a voice's, with its overtones

static cr_status read_voice(void *cookie, int64_t first, int count, float *out[2], cr_fault *fault)
{
    (void)cookie;
    (void)fault;
    for (int i = 0; i < count; i++) {
        double turn = 2 * pi * pitch * (double)(first + i) / 48000;
        double value = 0.3 * sin(turn) + 0.15 * sin(2 * turn + 1) + 0.1 * sin(5 * turn);
        out[0][i] = out[1][i] = first + i < 0 ? 0 : (float)value;
    }
    return CR_OK;
}

static void run(cr_stretch *stretch, int64_t first, int count, float *left)
{
    static float right[48000];
    float *out[2] = {left, right};
    assert_int_equal(cr_stretch_run(stretch, first, count, out, NULL), CR_OK);
}

// The lag at which the sound is most like itself, between 40 and 600 Hz.
static double measured_pitch(const float *samples, int count)
{
    int best = 0;
    double best_value = -1;
    for (int lag = 80; lag < 1200; lag++) {
        double product = 0, power = 1e-9;
        for (int i = 0; i + lag < count; i++) {
            product += (double)samples[i] * (double)samples[i + lag];
            power += (double)samples[i + lag] * (double)samples[i + lag];
        }
        double value = product / power;
        if (value > best_value + 0.01) {
            best_value = value;
            best = lag;
        }
    }
    return 48000.0 / best;
}

static void pitch_and_level_stay_at_any_speed(void **state)
{
    (void)state;
    static const cr_number speeds[] = {500000, 800000, 1250000, 1500000, 2000000};
    static float out[24000];
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        cr_stretch *stretch = NULL;
        cr_stretch_open(&stretch, speeds[i], read_voice, NULL);
        run(stretch, 4800, 24000, out);
        double hertz = measured_pitch(out + 4000, 6000);
        if (fabs(hertz - pitch) > 1.5) fail_msg("%.2f Hz at %d", hertz, (int)speeds[i]);
        double power = 0;
        for (int j = 0; j < 24000; j++)
            power += (double)out[j] * (double)out[j];
        double level = sqrt(power / 24000), wanted = sqrt(0.5 * (0.09 + 0.0225 + 0.01));
        if (fabs(20 * log10(level / wanted)) > 0.5) fail_msg("level %.4f, not %.4f", level, wanted);
        cr_stretch_close(&stretch);
    }
}

// One click every 0.1 s of input: they must come every 0.1 s / speed of output.
static cr_status read_clicks(void *cookie, int64_t first, int count, float *out[2], cr_fault *fault)
{
    (void)cookie;
    (void)fault;
    for (int i = 0; i < count; i++) {
        int64_t at = first + i;
        out[0][i] = out[1][i] = at >= 0 && at % 24000 < 40 ? 1 : 0;
    }
    return CR_OK;
}

static void events_keep_their_place_within_the_search(void **state)
{
    (void)state;
    static float out[48000];
    cr_stretch *stretch = NULL;
    cr_stretch_open(&stretch, CR_ONE / 2, read_clicks, NULL);
    run(stretch, 48000 - 4000, 8000, out); // input 24000 stands at output 48000
    int at = -1;
    float highest = 0;
    for (int i = 0; i < 8000; i++)
        if (out[i] > highest) {
            highest = out[i];
            at = i;
        }
    assert_true(highest > 0.4f);
    assert_true(abs(at - 4000) < 1600);
    cr_stretch_close(&stretch);
}

static void any_order_and_block_size_gives_the_same_samples(void **state)
{
    (void)state;
    static float whole[20000], piece[20000];
    cr_stretch *stretch = NULL, *other = NULL;
    cr_stretch_open(&stretch, 1300000, read_voice, NULL);
    cr_stretch_open(&other, 1300000, read_voice, NULL);
    run(stretch, 0, 20000, whole);
    run(other, 13000, 7000, piece + 13000);
    uint32_t chance = 3;
    for (int done = 0; done < 13000;) {
        chance = chance * 1664525 + 1013904223;
        int part = 1 + (int)(chance >> 22);
        if (part > 13000 - done) part = 13000 - done;
        run(other, done, part, piece + done);
        done += part;
    }
    assert_memory_equal(whole, piece, sizeof whole);
    cr_stretch_close(&stretch);
    cr_stretch_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pitch_and_level_stay_at_any_speed),
        cmocka_unit_test(events_keep_their_place_within_the_search),
        cmocka_unit_test(any_order_and_block_size_gives_the_same_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
