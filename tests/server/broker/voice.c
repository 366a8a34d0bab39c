#include "sound_maker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/builtin_voice.h"
#include "mixer/mixer.h"

#define TICKS_PER_SAMPLE (CR_TICKS_PER_SECOND / CR_MIX_RATE)

// The leak checker's switches, where it is built in.
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

// espeak-ng leaves some 60 KB behind each time that it is unloaded, and what an unloaded library
// leaves cannot be told by its name. Our own leaks show with the other synthesiser.
static void check_leaks(const cr_voice_spec *voice, bool is_beginning)
{
    if (!voice || voice->engine != CR_VOICE_ENGINE_ESPEAK || !__lsan_disable) return;
    if (is_beginning)
        __lsan_disable();
    else
        __lsan_enable();
}

typedef struct spoken {
    cJSON *output;
    cr_samples *sound;
} spoken;

static spoken speak(const char *text, const char *voice, double speed)
{
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, "text", text);
    cJSON_AddStringToObject(input, "voice", voice);
    cJSON_AddNumberToObject(input, "speed", speed);
    char *json = cJSON_PrintUnformatted(input);
    spoken made = {0};
    cr_fault fault = {0};
    const cr_voice_spec *chosen = cr_voice_choose(voice, text);
    check_leaks(chosen, true);
    cr_status status =
        make_sound(&cr_builtin_voice, json, "voice.wav", &made.output, &made.sound, &fault);
    check_leaks(chosen, false);
    if (status != CR_OK) fail_msg("%s: %s: %s", text, fault.where, fault.text);
    cJSON_free(json);
    cJSON_Delete(input);
    assert_int_equal(number_of(made.output, "duration"), made.sound->count * TICKS_PER_SAMPLE);
    return made;
}

static void drop(spoken *made)
{
    cJSON_Delete(made->output);
    cr_samples_drop(&made->sound);
}

static const cJSON *list_of(const spoken *made, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(made->output, key);
}

static double level_db(const cr_samples *sound, int64_t from, int64_t to)
{
    double power = 1e-12;
    for (int64_t i = from; i < to && i < sound->count; i++)
        power += (double)sound->data[0][i] * (double)sound->data[0][i];
    return 10 * log10(power / (double)(to > from ? to - from : 1));
}

// Joined with spaces, the words must be the text; times rise within the duration.
static void check_words(const spoken *made, const char *text)
{
    cr_str joined = {0};
    int64_t end = 0;
    const cJSON *word;
    cJSON_ArrayForEach(word, list_of(made, "words"))
    {
        if (joined.length) cr_str_add_char(&joined, ' ');
        cr_str_add(&joined, text_of(word, "text"));
        assert_true(number_of(word, "start") >= end);
        assert_true(number_of(word, "end") >= number_of(word, "start"));
        end = number_of(word, "end");
    }
    assert_true(end <= number_of(made->output, "duration"));
    assert_string_equal(cr_str_text(&joined), text);
    cr_str_free(&joined);
}

static void words_are_the_texts_own_even_where_more_is_said(void **state)
{
    (void)state;
    const char *text = "In 10 minutes, Dr. O'Neil (she's 42) visited 1,250 flowers — e.g. roses & "
                       "tulips — near St. James St. That’s 35% more than “before”! Café naïve… OK?";
    static const char *const voices[] = {"warm", "deep", "british"};
    for (size_t i = 0; i < 3; i++) {
        spoken made = speak(text, voices[i], 1);
        check_words(&made, text);
        int silent = 0;
        const cJSON *word;
        cJSON_ArrayForEach(word, list_of(&made, "words")) silent +=
            number_of(word, "end") == number_of(word, "start");
        if (silent > 3) fail_msg("%d words are not spoken by %s", silent, voices[i]);
        drop(&made);
    }
}

static void words_sound_where_their_times_say(void **state)
{
    (void)state;
    spoken made = speak("Yellow. Nobody. Remember. Yesterday.", "warm", 1);
    const cJSON *word;
    cJSON_ArrayForEach(word, list_of(&made, "words"))
    {
        int64_t from = number_of(word, "start") / TICKS_PER_SAMPLE;
        int64_t to = number_of(word, "end") / TICKS_PER_SAMPLE;
        assert_true(level_db(made.sound, from, to) > -32);
        if (word->next) {
            int64_t next = number_of(word->next, "start") / TICKS_PER_SAMPLE;
            assert_true(next - to > CR_MIX_RATE / 5); // a pause between sentences
            assert_true(level_db(made.sound, to + 9600, next - 1440) < -55);
        }
    }
    drop(&made);
}

static void phonemes_cover_the_whole_duration_in_the_documented_symbols(void **state)
{
    (void)state;
    static const char known[] = " aa ae ah ao aw ax ay eh er ey ih iy ow oy uh uw b ch d dh f g hh "
                                "jh k l m n ng p r s sh t th v w y z zh pau ";
    static const char *const texts[] = {"The quick brown fox jumps.", "Где живут пчёлы зимой?",
                                        "¿Dónde viven las abejas en el invierno?"};
    for (size_t i = 0; i < 3; i++) {
        spoken made = speak(texts[i], "", 1);
        int64_t end = 0;
        const cJSON *phoneme;
        cJSON_ArrayForEach(phoneme, list_of(&made, "phonemes"))
        {
            char *symbol = cr_format(" %s ", text_of(phoneme, "symbol"));
            if (!strstr(known, symbol)) fail_msg("unknown symbol%s", symbol);
            cr_free(symbol);
            assert_int_equal(number_of(phoneme, "start"), end);
            end = number_of(phoneme, "end");
        }
        assert_int_equal(end, number_of(made.output, "duration"));
        drop(&made);
    }
}

static void every_voice_speaks_clearly_and_nothing_is_cut_off(void **state)
{
    (void)state;
    int count;
    const cr_voice_spec *voices = cr_voice_list(&count);
    for (int i = 0; i < count; i++) {
        spoken made = speak("Amsterdam, Barcelona, Milano 2 Berlin.", voices[i].name, 1);
        cr_loudness loudness;
        cr_loudness_meter *meter = NULL;
        cr_samples *both = NULL;
        int length = made.sound->count;
        assert_int_equal(cr_samples_make(&both, CR_MIX_RATE, 2, length), CR_OK);
        for (int side = 0; side < 2; side++)
            memcpy(both->data[side], made.sound->data[0], (size_t)length * sizeof(float));
        assert_int_equal(cr_loudness_meter_open(&meter), CR_OK);
        assert_int_equal(cr_loudness_meter_add(meter, both), CR_OK);
        assert_int_equal(cr_loudness_meter_result(meter, -20, &loudness), CR_OK);
        if (fabs(loudness.integrated_lufs + 20) > 0.7)
            fail_msg("%s: %.1f LUFS", voices[i].name, loudness.integrated_lufs);
        assert_true(loudness.true_peak_dbtp <= -1);
        assert_true(level_db(made.sound, length - 48, length) < -55);
        if (length < CR_MIX_RATE || length > 12 * CR_MIX_RATE)
            fail_msg("%s takes %.1f s", voices[i].name, length / 48000.0);
        cr_loudness_meter_close(&meter);
        cr_samples_drop(&both);
        drop(&made);
    }
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char *const texts[] = {"Bees dance. They do!", "Пчёлы танцуют. Да!"};
    for (size_t i = 0; i < 2; i++) {
        spoken first = speak(texts[i], "", 1.1);
        spoken between = speak("Another text, another voice.", "lively", 0.8);
        spoken second = speak(texts[i], "", 1.1);
        assert_int_equal(first.sound->count, second.sound->count);
        assert_memory_equal(first.sound->data[0], second.sound->data[0],
                            (size_t)first.sound->count * sizeof(float));
        assert_true(cJSON_Compare(first.output, second.output, true));
        drop(&first);
        drop(&between);
        drop(&second);
    }
}

static void speed_changes_the_duration(void **state)
{
    (void)state;
    static const char *const voices[] = {"clear", "german"};
    for (size_t i = 0; i < 2; i++) {
        spoken slow = speak("One two three four five six seven.", voices[i], 0.75);
        spoken fast = speak("One two three four five six seven.", voices[i], 1.5);
        double ratio = (double)slow.sound->count / fast.sound->count;
        if (ratio < 1.7 || ratio > 2.3) fail_msg("%s: ratio %.2f", voices[i], ratio);
        drop(&slow);
        drop(&fast);
    }
}

static void the_texts_language_is_heard(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Bees see colors that we cannot see.", "en"},
        {"Die Bienen sehen Farben, die wir nicht sehen.", "de"},
        {"Les abeilles voient des couleurs que nous ne voyons pas.", "fr"},
        {"Las abejas ven los colores que no vemos.", "es"},
        {"Пчёлы видят цвета.", "ru"},
        {"Бджоли бачать кольори її.", "uk"},
        {"النحل يرى الألوان.", "ar"},
        {"मधुमक्खियाँ रंग देखती हैं।", "hi"},
        {"蜜蜂能看到颜色。", "zh"},
        {"ミツバチは色を見ます。", "ja"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(cr_voice_choose("auto", cases[i][0])->language, cases[i][1]);
        if (i >= 4) // even when an English voice was asked for
            assert_string_equal(cr_voice_choose("warm", cases[i][0])->language, cases[i][1]);
    }
    assert_null(cr_voice_choose("nobody", "Hello."));
}

static void long_texts_are_spoken_to_the_end(void **state)
{
    (void)state;
    cr_str text = {0};
    for (int i = 0; i < 16; i++)
        cr_str_addf(&text,
                    "%sSentence number %d goes on and on about bees, flowers and 3.5 "
                    "kilometres of road, without much of a point",
                    i ? " " : "", i);
    spoken made = speak(cr_str_text(&text), "clear", 1.5);
    check_words(&made, cr_str_text(&text));
    int64_t last = 0;
    const cJSON *word;
    cJSON_ArrayForEach(word, list_of(&made, "words")) last = number_of(word, "start");
    assert_true(last > number_of(made.output, "duration") - 2 * CR_TICKS_PER_SECOND);
    drop(&made);
    cr_str_free(&text);
}

static void bad_input_names_the_member(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"{}", "/text"},
        {"{\"text\":\"\"}", "/text"},
        {"{\"text\":\" -- ... \"}", "/text"},
        {"{\"text\":\"hello\",\"voice\":\"bob\"}", "/voice"},
        {"{\"text\":\"hello\",\"speed\":0}", "/speed"},
        {"{\"text\":\"hello\",\"speed\":\"fast\"}", "/speed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cJSON *output = NULL;
        cr_samples *sound = NULL;
        cr_fault fault = {0};
        assert_int_equal(
            make_sound(&cr_builtin_voice, cases[i][0], "voice.wav", &output, &sound, &fault),
            CR_INVALID);
        assert_string_equal(fault.where, cases[i][1]);
        assert_null(output);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_the_texts_own_even_where_more_is_said),
        cmocka_unit_test(words_sound_where_their_times_say),
        cmocka_unit_test(phonemes_cover_the_whole_duration_in_the_documented_symbols),
        cmocka_unit_test(every_voice_speaks_clearly_and_nothing_is_cut_off),
        cmocka_unit_test(the_same_input_gives_the_same_bytes),
        cmocka_unit_test(speed_changes_the_duration),
        cmocka_unit_test(the_texts_language_is_heard),
        cmocka_unit_test(long_texts_are_spoken_to_the_end),
        cmocka_unit_test(bad_input_names_the_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
