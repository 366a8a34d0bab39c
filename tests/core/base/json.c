#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

static void assert_prints(const char *text, const char *expected)
{
    cJSON *tree = NULL;
    cr_fault fault = {0};
    if (cr_json_parse(&tree, text, strlen(text), &fault) != CR_OK)
        fail_msg("%s: %s", fault.where, fault.text);
    char *printed = cr_json_print(tree, false);
    assert_string_equal(printed, expected);
    cr_free(printed);
    cJSON_Delete(tree);
}

static void assert_refused(const char *text, size_t length, cr_status expected, const char *where)
{
    cJSON *tree = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_json_parse(&tree, text, length, &fault), expected);
    assert_null(tree);
    assert_string_equal(fault.where, where);
    assert_true(fault.text[0] != '\0');
}

#define REFUSED(text, expected, where) assert_refused(text, sizeof(text) - 1, expected, where)

static void numbers_print_as_short_decimals(void **state)
{
    (void)state;
    assert_prints("[0, -0, 1, -1]", "[0,0,1,-1]");
    assert_prints("[9007199254740991, 1e15, 7056000000000000]",
                  "[9007199254740991,1000000000000000,7056000000000000]");
    assert_prints("[0.1, 0.000001, -0.5, 999999999.999999, 1.100000]",
                  "[0.1,0.000001,-0.5,999999999.999999,1.1]");
    assert_prints("[0.1234567, 1e300]", "[0.1234567,1e+300]");
}

static void texts_are_escaped_and_kept(void **state)
{
    (void)state;
    assert_prints("\"a\\\"b\\\\c\\n\\u0001\\u00e9\"", "\"a\\\"b\\\\c\\n\\u0001\xc3\xa9\"");
}

static void printing_pretty_is_stable_and_reads_back(void **state)
{
    (void)state;
    const char *text = "{\"a\":[1,2.5],\"b\":{\"c\":[],\"d\":null},\"e\":[{\"f\":true}]}";
    cJSON *tree = NULL;
    assert_int_equal(cr_json_parse(&tree, text, strlen(text), NULL), CR_OK);
    char *pretty = cr_json_print(tree, true);
    assert_string_equal(pretty,
                        "{\n  \"a\": [1, 2.5],\n  \"b\": {\n    \"c\": [],\n    \"d\": "
                        "null\n  },\n  \"e\": [\n    {\n      \"f\": true\n    }\n  ]\n}\n");
    assert_prints(pretty, text);
    cr_free(pretty);
    cJSON_Delete(tree);
}

static void broken_text_is_refused_with_line_and_column(void **state)
{
    (void)state;
    assert_refused(NULL, 0, CR_INVALID, "line 1, column 1");
    REFUSED("", CR_INVALID, "line 1, column 1");
    REFUSED("{\n  \"a\": nope}", CR_INVALID, "line 2, column 8");
    REFUSED("{} {}", CR_INVALID, "line 1, column 4");
    REFUSED("[1,]", CR_INVALID, "line 1, column 4");
    REFUSED("\"\xff\"", CR_INVALID, "line 1, column 2");
    REFUSED("\"a\0b\"", CR_INVALID, "line 1, column 3");
    REFUSED("{\"a\":{\"b\":1,\"b\":2}}", CR_INVALID, "/a/b");
    REFUSED("[1e999]", CR_INVALID, "/0");
}

static void deep_nesting_is_a_limit_not_a_crash(void **state)
{
    (void)state;
    cr_str text = {0};
    for (int i = 0; i < 100000; i++)
        cr_str_add_char(&text, '[');
    assert_refused(text.data, text.length, CR_LIMIT, "line 1, column 65");
    cr_str_free(&text);
}

static void places_are_json_pointers(void **state)
{
    (void)state;
    char out[64];
    cr_json_place a = {NULL, "a/b~c", 0}, b = {&a, NULL, 7}, c = {&b, "d", 0};
    cr_json_pointer(&c, out, sizeof out);
    assert_string_equal(out, "/a~1b~0c/7/d");
    cr_json_pointer(NULL, out, sizeof out);
    assert_string_equal(out, "");
    cr_fault fault = {0};
    assert_int_equal(cr_json_fail(&fault, CR_LIMIT, &b, "e", "too %s", "much"), CR_LIMIT);
    assert_string_equal(fault.where, "/a~1b~0c/7/e");
    assert_string_equal(fault.text, "too much");
}

static void members_are_read_by_type(void **state)
{
    (void)state;
    const char *text = "{\"t\":\"x\",\"b\":true,\"i\":5,\"f\":1.5,\"n\":null}";
    cJSON *tree = NULL;
    assert_int_equal(cr_json_parse(&tree, text, strlen(text), NULL), CR_OK);
    const char *found = NULL;
    bool flag = false;
    int64_t whole = 0;
    cr_fault fault = {0};
    assert_int_equal(cr_json_get_text(tree, "t", &found, NULL, &fault), CR_OK);
    assert_string_equal(found, "x");
    assert_int_equal(cr_json_get_bool(tree, "b", &flag, NULL, &fault), CR_OK);
    assert_true(flag);
    assert_int_equal(cr_json_get_int(tree, "i", &whole, 0, 5, NULL, &fault), CR_OK);
    assert_int_equal(whole, 5);
    assert_int_equal(cr_json_get_int(tree, "absent", &whole, 0, 9, NULL, &fault), CR_NOTFOUND);
    assert_string_equal(fault.text, "");
    assert_int_equal(cr_json_get_int(tree, "i", &whole, 6, 9, NULL, &fault), CR_INVALID);
    assert_string_equal(fault.where, "/i");
    assert_int_equal(cr_json_get_int(tree, "f", &whole, 0, 9, NULL, &fault), CR_INVALID);
    assert_int_equal(cr_json_get_text(tree, "n", &found, NULL, &fault), CR_INVALID);
    assert_string_equal(fault.text, "must be a text, not null");
    cJSON_Delete(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_print_as_short_decimals),
        cmocka_unit_test(texts_are_escaped_and_kept),
        cmocka_unit_test(printing_pretty_is_stable_and_reads_back),
        cmocka_unit_test(broken_text_is_refused_with_line_and_column),
        cmocka_unit_test(deep_nesting_is_a_limit_not_a_crash),
        cmocka_unit_test(places_are_json_pointers),
        cmocka_unit_test(members_are_read_by_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
