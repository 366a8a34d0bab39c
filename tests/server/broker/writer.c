// Scripts for prompts of every kind, read by rules that an editor would have.
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/vec.h"
#include "broker/builtin.h"
#include "broker/writer/script.h"

// A prompt and a word that has to be heard or read in its film.
static const char *const prompts[][2] = {
    {"How bees find flowers, for curious ten-year-olds", "bee"},
    {"An advert for a neighbourhood bakery that opens at dawn", "dawn"},
    {"A bedtime story about a little fox who is afraid of the dark", "fox"},
    {"How to repot a houseplant in five steps", "pot"},
    {"The history of the lighthouse", "lighthouse"},
    {"Why the sky is blue", "blue"},
    {"Introducing our new bicycle rental app", "bicycle"},
    {"How vaccines work", "vaccine"},
    {"A trip to Mars", "mars"},
    {"A birthday message for grandma who loves gardening", "grandma"},
    {"Die Geschichte der Eisenbahn", "Eisenbahn"},
    {"Cómo funcionan los volcanes", "volcanes"},
    {"L'histoire de la tour Eiffel", "Eiffel"},
    {"cats", "cat"},
    {"asdf qwer", "asdf"},
    {"🐝", "bee"},
    {"x", "x"},
    {"Why do cats purr?", "purr"},
    {"How do axolotls regrow their legs", "axolotl"},
    {"quokkas", "quokka"},
    {"How penguins stay warm, for kids", "penguin"},
    {"Why dinosaurs died out", "dinosaur"},
    {"The octopus", "octopus"},
    {"How volcanoes erupt", "volcano"},
    {"The water cycle", "water"},
    {"How rainbows form", "rainbow"},
    {"What is lightning?", "lightning"},
    {"The solar system for kids", "planet"},
    {"Photosynthesis", "leaves"},
    {"How the internet works", "internet"},
    {"What is artificial intelligence?", "computer"},
    {"How planes fly", "plane"},
    {"The life of Marie Curie", "Curie"},
    {"Albert Einstein", "Einstein"},
    {"Ancient Egypt", "Egypt"},
    {"The Vikings", "Vikings"},
    {"The history of the umbrella", "umbrella"},
    {"The journey of chocolate", "chocolate"},
    {"Why we dream", "dream"},
    {"A weekend in Lisbon", "Lisbon"},
    {"How to make coffee", "coffee"},
    {"How to tie a tie", "tie"},
    {"How to fix a flat tyre", "tyre"},
    {"How to build a treehouse in six steps", "treehouse"},
    {"How do I sleep better?", "sleep"},
    {"A commercial for our pizza place", "hungry"},
    {"Grand opening of a flower shop in Leeds", "flower"},
    {"Product launch video for a smart water bottle that reminds you to drink", "bottle"},
    {"An invitation to our summer party", "see you"},
    {"A story about a dragon who cannot breathe fire", "dragon"},
    {"A lonely cloud looking for a friend", "cloud"},
    {"Max, the dog who wants to learn to fly", "Max"},
    {"A fairy tale about two brave mice", "mice"},
    {"A story about a girl named Mia who is scared of thunder", "Mia"},
    {"A story about a hedgehog who bakes a cake for the king", "hedgehog"},
    {"Thank you message to my teacher", "teacher"},
    {"Happy birthday, Anna!", "Anna"},
    {"A farewell message for our colleague Tom, who loves fishing", "fishing"},
    {"Benefits of yoga", "yoga"},
    {"Quantum entanglement for physicists", "quantum"},
    {"My grandfather's farm", "farm"},
    {"Nostalgia", "nostalgia"},
};

static cJSON *request(const char *prompt, int seconds, int seed)
{
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, "prompt", prompt);
    cJSON_AddObjectToObject(input, "answers");
    cJSON_AddNumberToObject(input, "seconds", seconds);
    cJSON_AddNumberToObject(input, "seed", seed);
    return input;
}

static cJSON *run(const cr_builtin *maker, cJSON *input)
{
    cr_request asked = {.kind = maker->kind, .input = input, .folder = "."};
    cr_work work = {.request = &asked};
    cJSON *out = NULL;
    cr_fault fault = {0};
    cr_status status = maker->work(&work, &out, &fault);
    if (status != CR_OK) print_message("%s: %s\n", fault.where, fault.text);
    assert_int_equal(status, CR_OK);
    cJSON_Delete(input);
    return out;
}

static cJSON *script_for(const char *prompt, int seconds, int seed)
{
    return run(&cr_builtin_script, request(prompt, seconds, seed));
}

static const char *text_of(const cJSON *object, const char *key)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return text ? text : "";
}

static const cJSON *scenes_of(const cJSON *script)
{
    return cJSON_GetObjectItemCaseSensitive(script, "scenes");
}

static char *all_of(const cJSON *script, bool with_title)
{
    cr_str all = {0};
    if (with_title) cr_str_addf(&all, "%s ", text_of(script, "title"));
    const cJSON *scene;
    cJSON_ArrayForEach(scene, scenes_of(script))
        cr_str_addf(&all, "%s ", text_of(scene, "narration"));
    return cr_str_take(&all);
}

// What no editor would let pass, in one narration or heading.
static void check_prose(const char *text)
{
    assert_null(strpbrk(text, "{}[]|~"));
    assert_null(strstr(text, "  "));
    cr_scrap scrap = {0};
    cr_words words = cr_words_cut(&scrap, text);
    for (int i = 0; i + 1 < words.count; i++) {
        bool is_said_twice = strcasecmp(words.items[i], words.items[i + 1]) == 0;
        if (is_said_twice && !words.breaks[i + 1]) fail_msg("doubled word: %s", text);
        const char *article = words.items[i];
        if ((strcmp(article, "a") == 0 || strcmp(article, "an") == 0) && !words.breaks[i + 1])
            assert_string_equal(article, cr_word_article(words.items[i + 1]));
    }
    cr_scrap_free(&scrap);
}

static void check_sentences(const char *narration)
{
    assert_true(strlen(narration) > 0);
    bool is_start = true;
    for (const char *at = narration; *at; at++) {
        if (is_start && isalpha((unsigned char)*at)) {
            if (!isupper((unsigned char)*at)) fail_msg("begins small: %s", narration);
            is_start = false;
        }
        if (is_start && (*at & 0x80)) is_start = false;
        if (strchr(".!?", *at) && at[1] == ' ') is_start = true;
    }
    char last = narration[strlen(narration) - 1];
    if (last == '"') last = narration[strlen(narration) - 2];
    if (!strchr(".!?", last)) fail_msg("has no end: %s", narration);
}

static void check_script(const cJSON *script, int seconds)
{
    const cJSON *scene;
    int count = cJSON_GetArraySize(scenes_of(script)), words = 0, presenters = 0;
    const char *before = "";
    cJSON_ArrayForEach(scene, scenes_of(script))
    {
        const char *narration = text_of(scene, "narration");
        check_prose(narration);
        check_prose(text_of(scene, "heading"));
        check_prose(text_of(scene, "visual"));
        check_sentences(narration);
        words += cr_words_count(narration);
        assert_true(*text_of(scene, "heading") != 0);
        assert_true(cr_words_count(text_of(scene, "visual")) >= 2);
        assert_true(cr_words_count(text_of(scene, "on_screen")) <= 6);
        assert_string_not_equal(text_of(scene, "shot"), "");
        assert_string_not_equal(text_of(scene, "narration"), before);
        presenters += cJSON_IsTrue(cJSON_GetObjectItem(scene, "is_presenter"));
        before = narration;
    }
    assert_true(presenters <= 1);
    assert_in_range(count, 2, 200);
    int wanted = cr_script_words(seconds, count);
    // Three words are a second; a film of a few scenes cannot be cut finer.
    if (abs(words - wanted) * 100 > wanted * 8 && abs(words - wanted) > 3)
        fail_msg("%s: %d words, %d wanted", text_of(script, "title"), words, wanted);
}

static void check_nothing_said_twice(const cJSON *script)
{
    const cJSON *scenes = scenes_of(script);
    int count = cJSON_GetArraySize(scenes);
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++)
            assert_string_not_equal(text_of(cJSON_GetArrayItem(scenes, i), "narration"),
                                    text_of(cJSON_GetArrayItem(scenes, j), "narration"));
}

static void scripts_of_every_kind_read_well(void **state)
{
    (void)state;
    for (size_t i = 0; i < CR_COUNT_OF(prompts); i++) {
        for (int seed = 1; seed <= 3; seed++) {
            cJSON *script = script_for(prompts[i][0], 30, seed);
            check_script(script, 30);
            check_nothing_said_twice(script);
            check_prose(text_of(script, "title"));
            char *all = all_of(script, true);
            if (!strcasestr(all, prompts[i][1]))
                fail_msg("\"%s\" does not stand in: %s", prompts[i][1], all);
            cr_free(all);
            cJSON_Delete(script);
        }
    }
}

static void lengths_are_kept(void **state)
{
    (void)state;
    static const int seconds[] = {15, 20, 45, 60};
    static const char *const known[] = {"How bees find flowers, for curious ten-year-olds",
                                        "The ocean", "Cats", "Out into space"};
    for (size_t i = 0; i < CR_COUNT_OF(known); i++)
        for (size_t j = 0; j < CR_COUNT_OF(seconds); j++) {
            cJSON *script = script_for(known[i], seconds[j], 1);
            check_script(script, seconds[j]);
            check_nothing_said_twice(script);
            cJSON_Delete(script);
        }
}

static void any_length_gives_a_script(void **state)
{
    (void)state;
    static const int seconds[] = {1, 5, 10, 300, 600, 3600};
    for (size_t j = 0; j < CR_COUNT_OF(seconds); j++) {
        cJSON *script = script_for("How bees find flowers", seconds[j], 1);
        assert_true(cJSON_GetArraySize(scenes_of(script)) >= 2);
        check_nothing_said_twice(script);
        cJSON_Delete(script);
    }
}

static void steps_are_numbered_as_asked(void **state)
{
    (void)state;
    cJSON *script = script_for("How to repot a houseplant in five steps", 30, 1);
    int steps = 0;
    const cJSON *scene;
    cJSON_ArrayForEach(scene, scenes_of(script))
    {
        const char *title = text_of(scene, "on_screen");
        if (!isdigit((unsigned char)*title)) continue;
        assert_int_equal(*title - '0', ++steps);
    }
    assert_int_equal(steps, 5);
    cJSON_Delete(script);
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    int different = 0;
    for (int seed = 1; seed <= 6; seed++) {
        cJSON *one = script_for(prompts[0][0], 30, seed),
              *two = script_for(prompts[0][0], 30, seed);
        cJSON *other = script_for(prompts[0][0], 30, seed + 10);
        char *a = cr_json_print(one, false), *b = cr_json_print(two, false);
        char *c = cr_json_print(other, false);
        assert_string_equal(a, b);
        different += strcmp(a, c) != 0;
        cr_free(a);
        cr_free(b);
        cr_free(c);
        cJSON_Delete(one);
        cJSON_Delete(two);
        cJSON_Delete(other);
    }
    assert_true(different >= 4);
}

static void assert_answer_changes(const char *prompt, const char *id, const char *answer)
{
    cJSON *input = request(prompt, 30, 1);
    cJSON_AddStringToObject(cJSON_GetObjectItem(input, "answers"), id, answer);
    cJSON *plain = script_for(prompt, 30, 1), *answered = run(&cr_builtin_script, input);
    check_script(answered, 30);
    char *before = cr_json_print(plain, false), *after = cr_json_print(answered, false);
    if (strcmp(before, after) == 0) fail_msg("%s = %s changes nothing of %s", id, answer, prompt);
    cr_free(before);
    cr_free(after);
    cJSON_Delete(plain);
    cJSON_Delete(answered);
}

static void answers_change_the_script(void **state)
{
    (void)state;
    assert_answer_changes("How bees find flowers", "audience", "Children");
    assert_answer_changes("How bees find flowers", "tone", "Playful");
    assert_answer_changes("How bees find flowers", "presenter", "Yes, to open the film");
    assert_answer_changes("cats", "focus", "A Word for You");
    assert_answer_changes("A bedtime story about a little fox who is afraid of the dark", "ending",
                          "A new friend");
    assert_answer_changes("An advert for a bakery", "call_to_action", "Order online");
}

static void questions_fit_the_prompt(void **state)
{
    (void)state;
    for (size_t i = 0; i < CR_COUNT_OF(prompts); i++) {
        cJSON *out = run(&cr_builtin_questions, request(prompts[i][0], 30, 1));
        const cJSON *question, *list = cJSON_GetObjectItem(out, "questions");
        assert_in_range(cJSON_GetArraySize(list), 2, 5);
        cJSON_ArrayForEach(question, list)
        {
            const cJSON *choices = cJSON_GetObjectItem(question, "choices"), *choice;
            bool has_fallback = false;
            cJSON_ArrayForEach(choice, choices) has_fallback |=
                strcmp(choice->valuestring, text_of(question, "fallback")) == 0;
            assert_true(has_fallback);
            assert_true(cJSON_GetArraySize(choices) >= 2);
            assert_true(*text_of(question, "why") != 0);
            // What the prompt says is not asked again.
            if (strstr(prompts[i][0], "for curious ten-year-olds"))
                assert_string_not_equal(text_of(question, "id"), "audience");
        }
        cJSON_Delete(out);
    }
}

static void rambling_and_rubbish_are_borne(void **state)
{
    (void)state;
    cr_str long_text = {0};
    for (int i = 0; i < 2000; i++)
        cr_str_add(&long_text, "and then we went on and talked about {nothing} [at|all] ");
    cJSON *script = script_for(cr_str_text(&long_text), 30, 1);
    check_script(script, 30);
    cJSON_Delete(script);
    cr_str_free(&long_text);
    static const char *const odd[] = {"for",
                                      "how",
                                      "why?",
                                      "a",
                                      "the",
                                      "story",
                                      "how to",
                                      "advert for",
                                      "who that which",
                                      "a story about",
                                      "in five steps",
                                      "£€¥ 5",
                                      "how how how how",
                                      "for kids",
                                      "!!!1",
                                      "named",
                                      "- - - x"};
    for (size_t i = 0; i < CR_COUNT_OF(odd); i++) {
        script = script_for(odd[i], 30, 1);
        check_script(script, 30);
        cJSON_Delete(script);
    }
}

static void an_empty_prompt_is_a_fault_with_its_place(void **state)
{
    (void)state;
    static const char *const empty[] = {"", "   ", "???", "🫠"};
    for (size_t i = 0; i < CR_COUNT_OF(empty); i++) {
        cJSON *input = request(empty[i], 30, 1), *out = NULL;
        cr_fault fault = {0};
        assert_int_equal(cr_script_write(&out, input, &fault), CR_INVALID);
        assert_string_equal(fault.where, "/prompt");
        assert_null(out);
        cJSON_Delete(input);
    }
}

static void a_pasted_script_goes_before_the_prompt(void **state)
{
    (void)state;
    cJSON *input = request("cats", 30, 1);
    cJSON_AddStringToObject(input, "script_text", "# Mine\n\n## One\nThese are my words.\n");
    cJSON *script = run(&cr_builtin_script, input);
    assert_string_equal(text_of(script, "title"), "Mine");
    assert_string_equal(text_of(cJSON_GetArrayItem(scenes_of(script), 0), "narration"),
                        "These are my words.");
    cJSON_Delete(script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_of_every_kind_read_well),
        cmocka_unit_test(lengths_are_kept),
        cmocka_unit_test(any_length_gives_a_script),
        cmocka_unit_test(steps_are_numbered_as_asked),
        cmocka_unit_test(the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(answers_change_the_script),
        cmocka_unit_test(questions_fit_the_prompt),
        cmocka_unit_test(rambling_and_rubbish_are_borne),
        cmocka_unit_test(an_empty_prompt_is_a_fault_with_its_place),
        cmocka_unit_test(a_pasted_script_goes_before_the_prompt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
