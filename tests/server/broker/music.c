#include "sound_maker.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "broker/music/score.h"
#include "mixer/mixer.h"

typedef struct piece {
    cJSON *output;
    cr_samples *sound;
} piece;

static piece compose(const char *mood, int64_t ticks, int seed)
{
    char *json =
        cr_format("{\"mood\":\"%s\",\"duration\":%lld,\"seed\":%d}", mood, (long long)ticks, seed);
    piece made = {0};
    cr_fault fault = {0};
    cr_status status =
        make_sound(&cr_builtin_music, json, "music.wav", &made.output, &made.sound, &fault);
    if (status != CR_OK) fail_msg("%s: %s: %s", mood, fault.where, fault.text);
    cr_free(json);
    return made;
}

static void drop(piece *made)
{
    cJSON_Delete(made->output);
    cr_samples_drop(&made->sound);
}

static double peak_between(const cr_samples *sound, int from, int to)
{
    double peak = 0;
    for (int side = 0; side < 2; side++)
        for (int i = from < 0 ? 0 : from; i < to; i++)
            peak = fmax(peak, fabs((double)sound->data[side][i]));
    return peak;
}

static cr_loudness measure(const cr_samples *sound)
{
    cr_loudness_meter *meter = NULL;
    cr_loudness loudness;
    assert_int_equal(cr_loudness_meter_open(&meter), CR_OK);
    assert_int_equal(cr_loudness_meter_add(meter, sound), CR_OK);
    assert_int_equal(cr_loudness_meter_result(meter, -18, &loudness), CR_OK);
    cr_loudness_meter_close(&meter);
    return loudness;
}

static void every_mood_fills_its_time_and_ends_with_it(void **state)
{
    (void)state;
    int count;
    const cr_mood *moods = cr_mood_list(&count);
    assert_true(count >= 13);
    for (int i = 0; i < count; i++) {
        piece made = compose(moods[i].name, 15 * CR_TICKS_PER_SECOND, 11);
        const cr_samples *sound = made.sound;
        assert_int_equal(sound->count, 15 * CR_MIX_RATE);
        assert_int_equal(sound->channels, 2);
        int window = CR_MIX_RATE * 3 / 2;
        for (int at = 0; at + window < sound->count - 2 * CR_MIX_RATE; at += window / 4)
            if (peak_between(sound, at, at + window) < 0.01)
                fail_msg("%s is silent at %.1f s", moods[i].name, at / 48000.0);
        assert_true(peak_between(sound, sound->count - 2400, sound->count) < 0.0056); // -45 dB
        cr_loudness loudness = measure(sound);
        if (fabs(loudness.integrated_lufs + 18) > 0.8)
            fail_msg("%s: %.2f LUFS", moods[i].name, loudness.integrated_lufs);
        assert_true(loudness.true_peak_dbtp <= -1);
        drop(&made);
    }
}

static void a_seed_decides_every_byte(void **state)
{
    (void)state;
    piece first = compose("happy", 10 * CR_TICKS_PER_SECOND, 1);
    piece same = compose("happy", 10 * CR_TICKS_PER_SECOND, 1);
    piece other = compose("happy", 10 * CR_TICKS_PER_SECOND, 2);
    size_t bytes = (size_t)first.sound->count * sizeof(float);
    for (int side = 0; side < 2; side++)
        assert_memory_equal(first.sound->data[side], same.sound->data[side], bytes);
    assert_true(cJSON_Compare(first.output, same.output, true));
    assert_true(memcmp(first.sound->data[0], other.sound->data[0], bytes) != 0);
    drop(&first);
    drop(&same);
    drop(&other);
}

static void any_duration_is_exact(void **state)
{
    (void)state;
    static const int64_t samples[] = {24000, 48000, 48001, 150000, 333333};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        piece made = compose("calm", samples[i] * CR_TICKS_PER_SECOND / CR_MIX_RATE, 5);
        assert_int_equal(made.sound->count, samples[i]);
        drop(&made);
    }
}

static void beats_lie_on_the_tempo_and_within_the_piece(void **state)
{
    (void)state;
    piece made = compose("inspiring", 30 * CR_TICKS_PER_SECOND, 3);
    const cJSON *beats = cJSON_GetObjectItemCaseSensitive(made.output, "beats"), *beat;
    double tempo = cJSON_GetObjectItemCaseSensitive(made.output, "tempo")->valuedouble;
    assert_true(tempo > 80 && tempo < 125);
    int index = 0;
    cJSON_ArrayForEach(beat, beats)
    {
        double seconds = beat->valuedouble / (double)CR_TICKS_PER_SECOND;
        assert_true(fabs(seconds - index * 60 / tempo) < 0.01);
        assert_true(seconds < 30);
        index++;
    }
    assert_true(index % 4 == 0 && index > 40);
    drop(&made);
}

static void moods_differ_in_mode_and_tempo(void **state)
{
    (void)state;
    piece sad = compose("sad", 12 * CR_TICKS_PER_SECOND, 1);
    piece drive = compose("energetic", 12 * CR_TICKS_PER_SECOND, 1);
    assert_non_null(strstr(text_of(sad.output, "key"), "minor"));
    assert_null(strstr(text_of(drive.output, "key"), "minor"));
    assert_true(number_of(drive.output, "tempo") > number_of(sad.output, "tempo") + 30);
    drop(&sad);
    drop(&drive);
}

static void other_words_for_a_mood_are_understood(void **state)
{
    (void)state;
    assert_string_equal(cr_mood_find("Uplifting")->name, "inspiring");
    assert_string_equal(cr_mood_find("bedtime, gentle")->name, "calm");
    assert_string_equal(cr_mood_find("dark thriller")->name, "tense");
    assert_string_equal(cr_mood_find("EPIC")->name, "epic");
    assert_string_equal(cr_mood_find("")->name, "curious");
    assert_string_equal(cr_mood_find("xyzzy")->name, "curious");
}

// Every phrase's chords are of the key, the piece closes dominant to tonic, and no voice leaps.
static void harmony_leads_home_in_small_steps(void **state)
{
    (void)state;
    int count;
    const cr_mood *moods = cr_mood_list(&count);
    for (int i = 0; i < count; i++) {
        for (uint64_t seed = 0; seed < 20; seed++) {
            cr_dice dice = {seed};
            cr_score score;
            cr_score_plan(&score, &moods[i], 40 * CR_SCORE_RATE, &dice);
            const cr_bar *bars = score.bars;
            int last = score.bar_count - 1;
            assert_int_equal(bars[last].section, CR_SECTION_END);
            assert_int_equal(bars[last].chord.root, score.tonic);
            assert_true(bars[last - 1].chord.degree == 4 || bars[last - 1].chord.degree == 3);
            for (int bar = 1; bar <= last; bar++)
                for (int voice = 0; voice < bars[bar].chord.count; voice++) {
                    int from = bars[bar - 1].chord.notes[voice];
                    int step = bars[bar].chord.notes[voice] - from;
                    if (step < -7 || step > 7) fail_msg("a voice leaps by %d", step);
                }
            cr_score_free(&score);
        }
    }
}

static void the_tune_keeps_to_the_scale_and_leaves_room(void **state)
{
    (void)state;
    int count;
    const cr_mood *moods = cr_mood_list(&count);
    for (int i = 0; i < count; i++) {
        cr_dice dice = {4};
        cr_score score;
        cr_score_plan(&score, &moods[i], 60 * CR_SCORE_RATE, &dice);
        cr_score_write_melody(&score, &dice);
        int64_t sounding = 0;
        for (int j = 0; j < score.note_count; j++) {
            const cr_note *note = &score.notes[j];
            int above = (note->key - score.tonic + 120) % 12, fits = 0;
            for (int k = 0; k < 7; k++)
                fits += score.scale[k] == above;
            assert_int_equal(fits, 1);
            if (note->channel == CR_PART_LEAD) sounding += note->end - note->start;
        }
        double share = (double)sounding / (double)score.duration;
        if (share < 0.15 || share > 0.8) fail_msg("%s: tune %.0f %%", moods[i].name, share * 100);
        cr_score_free(&score);
    }
}

static void bad_input_names_the_member(void **state)
{
    (void)state;
    static const char *const inputs[] = {
        "{\"mood\":\"calm\"}", "{\"mood\":\"calm\",\"duration\":0}", "{\"duration\":\"long\"}"};
    for (size_t i = 0; i < 3; i++) {
        cJSON *output = NULL;
        cr_samples *sound = NULL;
        cr_fault fault = {0};
        assert_int_equal(
            make_sound(&cr_builtin_music, inputs[i], "music.wav", &output, &sound, &fault),
            CR_INVALID);
        assert_string_equal(fault.where, "/duration");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mood_fills_its_time_and_ends_with_it),
        cmocka_unit_test(a_seed_decides_every_byte),
        cmocka_unit_test(any_duration_is_exact),
        cmocka_unit_test(beats_lie_on_the_tempo_and_within_the_piece),
        cmocka_unit_test(moods_differ_in_mode_and_tempo),
        cmocka_unit_test(other_words_for_a_mood_are_understood),
        cmocka_unit_test(harmony_leads_home_in_small_steps),
        cmocka_unit_test(the_tune_keeps_to_the_scale_and_leaves_room),
        cmocka_unit_test(bad_input_names_the_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
