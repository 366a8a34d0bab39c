#include "check.h"

#include <math.h>
#include <string.h>

#include "mixer/mixer.h"

static const double pi = 3.14159265358979323846;

typedef enum signal_kind {
    SIGNAL_NONE = 0,
    SIGNAL_BETWEEN,  // peaks between the samples, 3 dB over them
    SIGNAL_CLIPPED,  // noise driven into its ends
    SIGNAL_BURSTS,   // silence and full tones
    SIGNAL_SPEECHLY, // tone whose level moves
} signal_kind;

static cr_samples *make(signal_kind kind, int count)
{
    cr_samples *made = NULL;
    assert_int_equal(cr_samples_make(&made, CR_MIX_RATE, 2, count), CR_OK);
    uint32_t chance = 1;
    for (int i = 0; i < count; i++) {
        chance = chance * 1664525 + 1013904223;
        double noise = (double)(int32_t)chance / 2147483648.0, value = 0;
        if (kind == SIGNAL_BETWEEN) value = sin(pi / 2 * i + pi / 4);
        if (kind == SIGNAL_CLIPPED) value = noise > 0 ? 1 : -1;
        if (kind == SIGNAL_BURSTS) value = i / 6000 % 2 ? sin(2 * pi * 11025.0 / 48000 * i) : 0;
        if (kind == SIGNAL_SPEECHLY)
            value =
                0.2 * sin(2 * pi * 440 / 48000 * i) * (1 + sin(2 * pi * i / 40000)) + 0.02 * noise;
        made->data[0][i] = (float)value;
        made->data[1][i] = (float)(value * 0.9);
    }
    return made;
}

static cr_loudness measure(const cr_samples *samples, double target)
{
    cr_loudness_meter *meter = NULL;
    cr_loudness result;
    assert_int_equal(cr_loudness_meter_open(&meter), CR_OK);
    assert_int_equal(cr_loudness_meter_add(meter, samples), CR_OK);
    assert_int_equal(cr_loudness_meter_result(meter, target, &result), CR_OK);
    cr_loudness_meter_close(&meter);
    return result;
}

static void append(cr_samples *to, int *at, cr_samples *from)
{
    assert_true(*at + from->count <= to->count);
    for (int side = 0; side < 2; side++)
        memcpy(to->data[side] + *at, from->data[side], (size_t)from->count * sizeof(float));
    *at += from->count;
    cr_samples_drop(&from);
}

// All of [in] through a limiter in blocks of at most [block] (0: everything at once).
static cr_samples *limit(const cr_samples *in, double gain, double ceiling, int block)
{
    cr_limiter *limiter = NULL;
    cr_samples *out = NULL, *ready = NULL;
    assert_int_equal(cr_limiter_open(&limiter, gain, ceiling), CR_OK);
    assert_int_equal(cr_samples_make(&out, CR_MIX_RATE, 2, in->count), CR_OK);
    uint32_t chance = 9;
    int written = 0;
    for (int done = 0; done < in->count;) {
        chance = chance * 1664525 + 1013904223;
        int part = block ? 1 + (int)((chance >> 8) % (uint32_t)block) : in->count;
        if (part > in->count - done) part = in->count - done;
        cr_samples *piece = NULL;
        assert_int_equal(cr_samples_make(&piece, CR_MIX_RATE, 2, part), CR_OK);
        for (int side = 0; side < 2; side++)
            memcpy(piece->data[side], in->data[side] + done, (size_t)part * sizeof(float));
        assert_int_equal(cr_limiter_process(limiter, piece, &ready), CR_OK);
        append(out, &written, ready);
        cr_samples_drop(&piece);
        done += part;
    }
    assert_int_equal(cr_limiter_process(limiter, NULL, &ready), CR_OK);
    append(out, &written, ready);
    assert_int_equal(written, in->count);
    cr_limiter_close(&limiter);
    return out;
}

static void true_peaks_stay_under_the_ceiling(void **state)
{
    (void)state;
    for (signal_kind kind = SIGNAL_BETWEEN; kind <= SIGNAL_SPEECHLY; kind++) {
        cr_samples *in = make(kind, 96000);
        cr_samples *out = limit(in, 12, -1, 0);
        double peak = measure(out, -14).true_peak_dbtp;
        if (peak > -1) fail_msg("signal %d peaks at %.3f dBTP", kind, peak);
        if (peak < -3) fail_msg("signal %d is pressed down to %.3f dBTP", kind, peak);
        cr_samples_drop(&in);
        cr_samples_drop(&out);
    }
}

static void what_is_under_the_ceiling_passes_unchanged(void **state)
{
    (void)state;
    cr_samples *in = make(SIGNAL_SPEECHLY, 30000);
    cr_samples *out = limit(in, 0, -1, 0);
    for (int side = 0; side < 2; side++)
        assert_memory_equal(in->data[side], out->data[side], 30000 * sizeof(float));
    cr_samples_drop(&in);
    cr_samples_drop(&out);
}

static void any_blocks_give_the_same_samples(void **state)
{
    (void)state;
    cr_samples *in = make(SIGNAL_BURSTS, 40000);
    cr_samples *whole = limit(in, 9, -1, 0);
    static const int blocks[] = {1, 300, 7000};
    for (size_t i = 0; i < 3; i++) {
        cr_samples *pieces = limit(in, 9, -1, blocks[i]);
        assert_memory_equal(whole->data[0], pieces->data[0], 40000 * sizeof(float));
        assert_memory_equal(whole->data[1], pieces->data[1], 40000 * sizeof(float));
        cr_samples_drop(&pieces);
    }
    cr_samples_drop(&in);
    cr_samples_drop(&whole);
}

static void a_programme_comes_to_its_target(void **state)
{
    (void)state;
    static const double targets[] = {-14, -16, -23};
    cr_samples *in = make(SIGNAL_SPEECHLY, 48000 * 8);
    for (size_t i = 0; i < 3; i++) {
        cr_loudness before = measure(in, targets[i]);
        cr_samples *out = limit(in, before.gain_db, -1, 0);
        double after = measure(out, -14).integrated_lufs;
        if (fabs(after - targets[i]) > 0.1) fail_msg("%.2f LUFS, not %.0f", after, targets[i]);
        cr_samples_drop(&out);
    }
    cr_samples_drop(&in);
}

static void silence_stays_as_it_is(void **state)
{
    (void)state;
    cr_samples *in = make(SIGNAL_NONE, 48000);
    cr_loudness silent = measure(in, -14);
    assert_true(isinf(silent.integrated_lufs) && silent.gain_db == 0);
    cr_samples_drop(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_peaks_stay_under_the_ceiling),
        cmocka_unit_test(what_is_under_the_ceiling_passes_unchanged),
        cmocka_unit_test(any_blocks_give_the_same_samples),
        cmocka_unit_test(a_programme_comes_to_its_target),
        cmocka_unit_test(silence_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
