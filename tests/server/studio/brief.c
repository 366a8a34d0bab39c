// The brief: what may be asked for, and how a wrong one is told.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "studio/brief.h"

static cr_status read_json(const char *json, cr_brief *out, cr_fault *fault)
{
    cJSON *tree = cJSON_Parse(json);
    assert_non_null(tree);
    cr_status status = cr_brief_read(out, tree, fault);
    cJSON_Delete(tree);
    return status;
}

static void a_prompt_alone_is_a_brief(void **state)
{
    (void)state;
    cr_brief brief;
    cr_fault fault = {0};
    assert_int_equal(read_json("{\"prompt\": \"Bees\"}", &brief, &fault), CR_OK);
    assert_int_equal(brief.seconds, 30);
    assert_string_equal(brief.aspect, "16:9");
    assert_int_equal(brief.width, 1920);
    assert_int_equal(brief.height, 1080);
    assert_true(cr_rate_equal(brief.rate, (cr_rate){30, 1}));
    assert_false(brief.is_answered);
    cr_brief_free(&brief);
}

static void the_aspect_gives_the_size(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        int width, height;
    } cases[] = {
        {"{\"prompt\": \"x\", \"aspect\": \"9:16\"}", 1080, 1920},
        {"{\"prompt\": \"x\", \"aspect\": \"1:1\"}", 1080, 1080},
        {"{\"prompt\": \"x\", \"aspect\": \"9:16\", \"width\": 90, \"height\": 160}", 90, 160},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_brief brief;
        cr_fault fault = {0};
        assert_int_equal(read_json(cases[i].json, &brief, &fault), CR_OK);
        assert_int_equal(brief.width, cases[i].width);
        assert_int_equal(brief.height, cases[i].height);
        cr_brief_free(&brief);
    }
}

static void writing_and_reading_gives_the_same_brief(void **state)
{
    (void)state;
    cr_brief brief;
    cr_fault fault = {0};
    assert_int_equal(read_json("{\"prompt\": \"Bees\", \"seconds\": 45, \"aspect\": \"1:1\","
                               " \"style\": \"flat\", \"mood\": \"calm\", \"voice\": \"anna\","
                               " \"script_text\": \"# One\", \"seed\": 9, \"is_answered\": true,"
                               " \"rate\": {\"num\": 30000, \"den\": 1001},"
                               " \"answers\": {\"tone\": \"warm\"}}",
                               &brief, &fault),
                     CR_OK);
    cJSON *first = cr_brief_write(&brief);
    cr_brief_free(&brief);
    assert_int_equal(cr_brief_read(&brief, first, &fault), CR_OK);
    cJSON *second = cr_brief_write(&brief);
    assert_true(cJSON_Compare(first, second, true));
    assert_int_equal(brief.rate.den, 1001);
    cJSON_Delete(first);
    cJSON_Delete(second);
    cr_brief_free(&brief);
}

static void a_wrong_member_is_named_by_its_pointer(void **state)
{
    (void)state;
    static const struct {
        const char *json, *where;
        cr_status status;
    } cases[] = {
        {"{}", "/prompt", CR_INVALID},
        {"{\"prompt\": \" \\t\\n \"}", "/prompt", CR_INVALID},
        {"{\"prompt\": 4}", "/prompt", CR_INVALID},
        {"{\"prompt\": \"x\", \"aspect\": \"4:3\"}", "/aspect", CR_INVALID},
        {"{\"prompt\": \"x\", \"seconds\": 4}", "/seconds", CR_INVALID},
        {"{\"prompt\": \"x\", \"seconds\": 30.5}", "/seconds", CR_INVALID},
        {"{\"prompt\": \"x\", \"seconds\": 601}", "/seconds", CR_INVALID},
        {"{\"prompt\": \"x\", \"width\": 101}", "/width", CR_INVALID},
        {"{\"prompt\": \"x\", \"height\": 100000}", "/height", CR_INVALID},
        {"{\"prompt\": \"x\", \"rate\": {\"num\": 0, \"den\": 1}}", "/rate/num", CR_INVALID},
        {"{\"prompt\": \"x\", \"answers\": {\"tone\": 3}}", "/tone", CR_INVALID},
        {"{\"prompt\": \"x\", \"answers\": []}", "/answers", CR_INVALID},
        {"[]", "", CR_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_brief brief;
        cr_fault fault = {0};
        assert_int_equal(read_json(cases[i].json, &brief, &fault), cases[i].status);
        assert_string_equal(fault.where, cases[i].where);
        assert_true(strlen(fault.text) > 8);
    }
}

static char *repeat(const char *text, size_t count)
{
    size_t bytes = strlen(text);
    char *out = cr_alloc(count * bytes + 1, 1);
    for (size_t i = 0; i < count; i++)
        memcpy(out + i * bytes, text, bytes);
    return out;
}

static cr_status read_prompt(const char *prompt, cr_fault *fault)
{
    cJSON *tree = cJSON_CreateObject();
    cJSON_AddStringToObject(tree, "prompt", prompt);
    cr_brief brief;
    cr_status status = cr_brief_read(&brief, tree, fault);
    if (status == CR_OK) cr_brief_free(&brief);
    cJSON_Delete(tree);
    return status;
}

static void a_prompt_is_limited_in_characters_not_in_bytes(void **state)
{
    (void)state;
    cr_fault fault = {0};
    char *longest = repeat("ß", CR_PROMPT_CHARACTERS_MAX);
    assert_int_equal(read_prompt(longest, &fault), CR_OK);
    cr_free(longest);
    char *more = repeat("ß", CR_PROMPT_CHARACTERS_MAX + 1);
    assert_int_equal(read_prompt(more, &fault), CR_LIMIT);
    cr_free(more);
    char *far_more = repeat("x", 100000);
    assert_int_equal(read_prompt(far_more, &fault), CR_LIMIT);
    assert_non_null(strstr(fault.text, "100000 characters"));
    assert_non_null(strstr(fault.text, "4000"));
    cr_free(far_more);
}

static void a_script_stands_for_a_prompt(void **state)
{
    (void)state;
    cr_brief brief;
    cr_fault fault = {0};
    assert_int_equal(read_json("{\"script_text\": \"# One\\nBees.\"}", &brief, &fault), CR_OK);
    cr_brief_free(&brief);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_prompt_alone_is_a_brief),
        cmocka_unit_test(the_aspect_gives_the_size),
        cmocka_unit_test(writing_and_reading_gives_the_same_brief),
        cmocka_unit_test(a_wrong_member_is_named_by_its_pointer),
        cmocka_unit_test(a_prompt_is_limited_in_characters_not_in_bytes),
        cmocka_unit_test(a_script_stands_for_a_prompt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
