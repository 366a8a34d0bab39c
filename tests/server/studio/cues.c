// Captions: two lines at most, cut where it reads well, in time with the words.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "studio/cues.h"

#define WORD (CR_TICKS_PER_SECOND / 3)

// A voice that takes a third of a second for each word, and a pause after a full stop.
static cJSON *speak(const char *text)
{
    cJSON *words = cJSON_CreateArray();
    cr_ticks at = 0;
    while (*(text += strspn(text, " "))) {
        size_t bytes = strcspn(text, " ");
        char *spoken = cr_strndup(text, bytes);
        cJSON *word = cJSON_CreateObject();
        cJSON_AddStringToObject(word, "text", spoken);
        cr_json_add_int(word, "start", at);
        cr_json_add_int(word, "end", at + WORD);
        cJSON_AddItemToArray(words, word);
        at += WORD;
        if (spoken[bytes - 1] == '.') at += WORD;
        cr_free(spoken);
        text += bytes;
    }
    return words;
}

static cr_cue_list make(const char *text, int line_max)
{
    cJSON *words = speak(text);
    cr_cue_list list = {0};
    cr_fault fault = {0};
    cr_status status = cr_cues_make(&list, words, text, line_max, CR_TICKS_MAX, &fault);
    if (status != CR_OK) fail_msg("%s: %s", fault.where, fault.text);
    cJSON_Delete(words);
    return list;
}

static int characters(const char *text, size_t bytes)
{
    int count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += (text[i] & 0xC0) != 0x80;
    return count;
}

static void assert_lines_fit(const cr_cue_list *list, int line_max)
{
    for (int i = 0; i < list->count; i++) {
        const char *line = list->cues[i].text;
        int lines = 0;
        for (;;) {
            size_t bytes = strcspn(line, "\n");
            assert_in_range(characters(line, bytes), 1, line_max);
            lines++;
            if (!line[bytes]) break;
            line += bytes + 1;
        }
        assert_in_range(lines, 1, CR_CUE_LINES_MAX);
    }
}

static const char story[] =
    "Every spring, when the sun has warmed the meadow, a single bee leaves the hive and flies "
    "further than she has ever flown. She follows the scent of clover, counts the trees, and "
    "remembers the way. Home again, she dances. Her sisters read the dance like a map, and within "
    "the hour a hundred of them are on their way to the very same flowers.";

static void lines_are_never_too_long_nor_too_many(void **state)
{
    (void)state;
    static const int widths[] = {42, 32, 26};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        cr_cue_list list = make(story, widths[i]);
        assert_true(list.count >= 4);
        assert_lines_fit(&list, widths[i]);
        cr_cue_list_free(&list);
    }
}

static void all_words_are_shown_once_in_order(void **state)
{
    (void)state;
    cr_cue_list list = make(story, 42);
    char *all = cr_strdup("");
    int next = 0;
    for (int i = 0; i < list.count; i++) {
        char *longer = cr_format("%s%s%s", all, i ? " " : "", list.cues[i].text);
        cr_free(all);
        all = longer;
        assert_int_equal(list.cues[i].word_first, next);
        next += list.cues[i].word_count;
    }
    for (char *at = all; *at; at++)
        if (*at == '\n') *at = ' ';
    assert_string_equal(all, story);
    cr_free(all);
    cr_cue_list_free(&list);
}

static void no_word_stands_alone(void **state)
{
    (void)state;
    cr_cue_list list = make(story, 26);
    for (int i = 0; i < list.count; i++)
        assert_true(list.cues[i].word_count > 1);
    cr_cue_list_free(&list);
    list = make("Listen.", 42);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.cues[0].text, "Listen.");
    cr_cue_list_free(&list);
}

static void cuts_fall_between_sentences(void **state)
{
    (void)state;
    cr_cue_list list = make("The bees are busy in the old garden today. Nobody in the village "
                            "knows where they came from.",
                            42);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.cues[0].text, "The bees are busy in the old garden today.");
    assert_string_equal(list.cues[1].text, "Nobody in the village\nknows where they came from.");
    cr_cue_list_free(&list);
}

static void long_sentences_are_cut_at_a_comma(void **state)
{
    (void)state;
    cr_cue_list list = make("When the first warm day of the year comes to the valley, the whole "
                            "hive wakes up and begins to hum in the dark.",
                            42);
    assert_int_equal(list.count, 2);
    size_t length = strlen(list.cues[0].text);
    assert_int_equal(list.cues[0].text[length - 1], ',');
    cr_cue_list_free(&list);
}

static void a_caption_is_on_with_its_first_word_and_no_longer_than_seven_seconds(void **state)
{
    (void)state;
    cr_cue_list list = make(story, 42);
    cJSON *words = speak(story);
    for (int i = 0; i < list.count; i++) {
        const cr_cue *cue = &list.cues[i];
        const cJSON *first = cJSON_GetArrayItem(words, cue->word_first);
        const cJSON *last = cJSON_GetArrayItem(words, cue->word_first + cue->word_count - 1);
        cr_ticks start = (cr_ticks)cJSON_GetObjectItem(first, "start")->valuedouble;
        cr_ticks end = (cr_ticks)cJSON_GetObjectItem(last, "end")->valuedouble;
        assert_int_equal(cue->range.start, start);
        assert_true(cr_range_end(cue->range) >= end);
        assert_true(cue->range.duration <= CR_CUE_DURATION_MAX);
        if (i > 0) assert_true(cr_range_end(list.cues[i - 1].range) <= start);
    }
    cJSON_Delete(words);
    cr_cue_list_free(&list);
}

static void nothing_is_shown_after_the_end(void **state)
{
    (void)state;
    cJSON *words = speak("Bees fly home.");
    cr_cue_list list = {0};
    cr_fault fault = {0};
    cr_ticks end = 3 * WORD + 1000;
    assert_int_equal(cr_cues_make(&list, words, "", 42, end, &fault), CR_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(cr_range_end(list.cues[0].range), end);
    cJSON_Delete(words);
    cr_cue_list_free(&list);
}

static void the_narrations_spelling_is_shown_when_it_has_as_many_words(void **state)
{
    (void)state;
    cJSON *words = speak("it was nineteen ninety");
    cr_cue_list list = {0};
    cr_fault fault = {0};
    assert_int_equal(
        cr_cues_make(&list, words, "“It was\tnineteen – ninety.”", 42, CR_TICKS_MAX, &fault),
        CR_OK);
    assert_string_equal(list.cues[0].text, "it was nineteen ninety");
    cr_cue_list_free(&list);
    assert_int_equal(
        cr_cues_make(&list, words, "“It was\tnineteen-ninety, then.”", 42, CR_TICKS_MAX, &fault),
        CR_OK);
    assert_string_equal(list.cues[0].text, "“It was nineteen-ninety, then.”");
    cr_cue_list_free(&list);
    cJSON_Delete(words);
}

static void a_word_longer_than_a_line_is_shown_all_the_same(void **state)
{
    (void)state;
    cr_cue_list list = make("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten "
                            "are rare these days.",
                            42);
    assert_true(list.count >= 1);
    cr_cue_list_free(&list);
    list = make("", 42);
    assert_int_equal(list.count, 0);
    cr_cue_list_free(&list);
}

static void wrong_words_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *json, *where;
    } cases[] = {
        {"[{\"text\": \"a\", \"start\": 0}]", "/words/0"},
        {"[{\"text\": \"a\", \"start\": 5, \"end\": 4}]", "/words/0/end"},
        {"[{\"text\": 1, \"start\": 5, \"end\": 4}]", "/words/0/text"},
        {"[{\"text\": \"a\", \"start\": 5, \"end\": 9}, {\"text\": \"b\", \"start\": 4, \"end\": "
         "9}]",
         "/words/1/start"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cJSON *words = cJSON_Parse(cases[i].json);
        cr_cue_list list = {0};
        cr_fault fault = {0};
        assert_true(cr_cues_make(&list, words, "", 42, CR_TICKS_MAX, &fault) < 0);
        assert_string_equal(fault.where, cases[i].where);
        cJSON_Delete(words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_never_too_long_nor_too_many),
        cmocka_unit_test(all_words_are_shown_once_in_order),
        cmocka_unit_test(no_word_stands_alone),
        cmocka_unit_test(cuts_fall_between_sentences),
        cmocka_unit_test(long_sentences_are_cut_at_a_comma),
        cmocka_unit_test(a_caption_is_on_with_its_first_word_and_no_longer_than_seven_seconds),
        cmocka_unit_test(nothing_is_shown_after_the_end),
        cmocka_unit_test(the_narrations_spelling_is_shown_when_it_has_as_many_words),
        cmocka_unit_test(a_word_longer_than_a_line_is_shown_all_the_same),
        cmocka_unit_test(wrong_words_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
