// Pasted scripts: the words stay, faults name lines.
#include "broker/writer/script_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

static cJSON *read_script(const char *text)
{
    cJSON *input = cJSON_CreateObject(), *out = NULL;
    cr_fault fault = {0};
    cr_status status = cr_script_text_write(&out, input, text, &fault);
    if (status != CR_OK) print_message("%s: %s\n", fault.where, fault.text);
    assert_int_equal(status, CR_OK);
    cJSON_Delete(input);
    return out;
}

static const char *get(const cJSON *script, int scene, const char *key)
{
    const cJSON *item =
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(script, "scenes"), scene);
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, key));
    return text ? text : "";
}

static int scene_count(const cJSON *script)
{
    return cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(script, "scenes"));
}

static void markdown_keeps_every_word(void **state)
{
    (void)state;
    cJSON *script = read_script("# The Night Train\n\n## Departure\nVisual: a train at night\n"
                                "It's late; the train   leaves at \"11:58\".\nNobody waves.\n\n"
                                "Only the dog does.\n\n## Arrival\n> Morning.\n* A cup of tea.\n"
                                "[visual: a cup of tea]\n");
    assert_string_equal(cJSON_GetObjectItem(script, "title")->valuestring, "The Night Train");
    assert_int_equal(scene_count(script), 2);
    assert_string_equal(get(script, 0, "heading"), "Departure");
    assert_string_equal(get(script, 0, "visual"), "a train at night");
    assert_string_equal(get(script, 0, "narration"),
                        "It's late; the train   leaves at \"11:58\". Nobody waves. "
                        "Only the dog does.");
    assert_string_equal(get(script, 1, "narration"), "Morning. A cup of tea.");
    assert_string_equal(get(script, 1, "visual"), "a cup of tea");
    cJSON_Delete(script);
}

static void paragraphs_are_scenes(void **state)
{
    (void)state;
    cJSON *script =
        read_script("A cat sleeps by the window.\n\nThe moon comes up.\r\n\r\n\r\nIt wakes.");
    assert_int_equal(scene_count(script), 3);
    assert_string_equal(get(script, 1, "narration"), "The moon comes up.");
    assert_non_null(strstr(get(script, 0, "visual"), "cat"));
    assert_non_null(strstr(get(script, 0, "visual"), "window"));
    assert_true(*get(script, 2, "visual") != 0);
    cJSON_Delete(script);
}

static void fountain_takes_speech_and_action_apart(void **state)
{
    (void)state;
    cJSON *script =
        read_script("Title: Dawn\n\nINT. BAKERY - DAWN\n\nBread cools on the counter.\n\n"
                    "MARIA\n(softly)\nGood morning, street.\n\nEXT. STREET - DAY\n\n"
                    "A dog waits.\n\nNARRATOR\nAnd the day begins.\n\nCUT TO:\n");
    assert_string_equal(cJSON_GetObjectItem(script, "title")->valuestring, "Dawn");
    assert_int_equal(scene_count(script), 2);
    assert_string_equal(get(script, 0, "narration"), "Good morning, street.");
    assert_non_null(strstr(get(script, 0, "visual"), "bakery"));
    assert_non_null(strstr(get(script, 0, "visual"), "Bread cools"));
    assert_string_equal(get(script, 1, "narration"), "And the day begins.");
    cJSON_Delete(script);
}

static cr_status try_script(const char *text, cr_fault *fault)
{
    cJSON *input = cJSON_CreateObject(), *out = NULL;
    cr_status status = cr_script_text_write(&out, input, text, fault);
    assert_null(status == CR_OK ? NULL : out);
    cJSON_Delete(out);
    cJSON_Delete(input);
    return status;
}

static void faults_name_the_line(void **state)
{
    (void)state;
    cr_fault fault = {0};
    assert_int_equal(try_script("", &fault), CR_INVALID);
    assert_int_equal(try_script("\n\n   \n", &fault), CR_INVALID);
    assert_int_equal(try_script("fine\n\nnot \xff fine", &fault), CR_INVALID);
    assert_string_equal(fault.where, "line 3");
    cr_str text = {0};
    for (int i = 0; i < CR_SCRIPT_TEXT_SCENES_MAX + 1; i++)
        cr_str_addf(&text, "Scene %d.\n\n", i);
    assert_int_equal(try_script(cr_str_text(&text), &fault), CR_LIMIT);
    assert_string_equal(fault.where, "line 401");
    cr_str_clear(&text);
    cr_str_add(&text, "One.\n\n");
    for (int i = 0; i < 300; i++)
        cr_str_add(&text, "more words ");
    assert_int_equal(try_script(cr_str_text(&text), &fault), CR_LIMIT);
    assert_string_equal(fault.where, "line 3");
    cr_str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_keeps_every_word),
        cmocka_unit_test(paragraphs_are_scenes),
        cmocka_unit_test(fountain_takes_speech_and_action_apart),
        cmocka_unit_test(faults_name_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
