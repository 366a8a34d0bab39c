#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "base/vec.h"

static void a_text_grows_and_is_given_away(void **state)
{
    (void)state;
    cr_str str = {0};
    assert_string_equal(cr_str_text(&str), "");
    for (int i = 0; i < 1000; i++)
        cr_str_addf(&str, "%d,", i % 10);
    assert_int_equal(str.length, 2000);
    assert_int_equal(strlen(cr_str_text(&str)), 2000);
    cr_str_clear(&str);
    cr_str_add_bytes(&str, "a\0b", 3);
    assert_int_equal(str.length, 3);
    assert_memory_equal(str.data, "a\0b", 4);
    char *taken = cr_str_take(&str);
    assert_null(str.data);
    cr_free(taken);
    taken = cr_str_take(&str);
    assert_string_equal(taken, "");
    cr_free(taken);
}

static void prefixes_and_suffixes(void **state)
{
    (void)state;
    assert_true(cr_text_starts("film.mp4", "film"));
    assert_true(cr_text_starts("film", ""));
    assert_false(cr_text_starts("fil", "film"));
    assert_true(cr_text_ends("film.mp4", ".mp4"));
    assert_false(cr_text_ends("mp4", ".mp4"));
}

static void a_cut_letter_is_mended(void **state)
{
    (void)state;
    cr_fault fault;
    assert_int_equal(
        cr_fail(&fault, CR_INVALID, "\xff/\xc3\xa4", "%.3s, \xe2\x82", "x\xc3\xa4\xc3\xa4"),
        CR_INVALID);
    assert_string_equal(fault.where, "?/\xc3\xa4");
    assert_string_equal(fault.text, "x\xc3\xa4, ??");
    assert_int_equal(cr_fail(&fault, CR_INVALID, "", "%.2s", "x\xc3\xa4"), CR_INVALID);
    assert_string_equal(fault.text, "x?");
}

static void utf8_is_judged_by_rfc_3629(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t valid;
    } cases[] = {
        {"plain", 5},
        {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x9d", 9},
        {"a\xc0\xaf", 1},         // overlong
        {"a\xe0\x80\xaf", 1},     // overlong
        {"a\xf0\x80\x80\xaf", 1}, // overlong
        {"a\xed\xa0\x80", 1},     // surrogate
        {"a\xf4\x90\x80\x80", 1}, // past U+10FFFF
        {"\xf4\x8f\xbf\xbf", 4},  // U+10FFFF
        {"ab\x80", 2},            // a lone continuation
        {"ab\xe2\x82", 2},        // cut off
        {"\xfe", 0},
    };
    for (size_t i = 0; i < CR_COUNT_OF(cases); i++)
        assert_int_equal(cr_utf8_valid_length(cases[i].bytes, strlen(cases[i].bytes)),
                         cases[i].valid);
}

static void large_memory_can_fail_when_a_test_asks(void **state)
{
    (void)state;
    cr_mem_fail_after(2);
    void *first = cr_try_alloc_large(10), *second = cr_try_alloc_large(10);
    void *third = cr_try_alloc_large(0);
    assert_non_null(first);
    assert_int_equal((uintptr_t)first % 64, 0);
    assert_null(second);
    assert_non_null(third);
    cr_free_large(first);
    cr_free_large(third);
    assert_null(cr_try_alloc_large(SIZE_MAX));
}

static void small_memory_is_zeroed(void **state)
{
    (void)state;
    char *bytes = cr_alloc(3, 7);
    for (int i = 0; i < 21; i++)
        assert_int_equal(bytes[i], 0);
    cr_free(bytes);
    char *text = cr_format("%s-%d", "a", 5);
    assert_string_equal(text, "a-5");
    cr_free(text);
    text = cr_strndup("abcdef", 3);
    assert_string_equal(text, "abc");
    cr_free(text);
}

static void arrays_grow(void **state)
{
    (void)state;
    int *numbers = NULL;
    size_t count = 0, room = 0;
    for (int i = 0; i < 1000; i++)
        CR_VEC_ADD(numbers, count, room, i);
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], i);
    cr_free(numbers);
}

static void statuses_have_names_and_phrases(void **state)
{
    (void)state;
    assert_string_equal(cr_status_name(CR_NOTFOUND), "NOTFOUND");
    assert_string_equal(cr_status_text(CR_NOTFOUND), "not found");
    assert_string_equal(cr_status_name((cr_status)-1000), "UNKNOWN");
}

static void faults_read_as_one_line(void **state)
{
    (void)state;
    char line[64];
    cr_fault fault = {0};
    assert_int_equal(cr_fail(&fault, CR_IO, "film.mp4", "no %s", "space"), CR_IO);
    cr_fault_line(&fault, line, sizeof line);
    assert_string_equal(line, "film.mp4: no space");
    assert_int_equal(cr_fail(&fault, CR_IO, NULL, "%s", ""), CR_IO);
    cr_fault_line(&fault, line, sizeof line);
    assert_string_equal(line, "input or output failed");
    assert_int_equal(cr_fail(NULL, CR_IO, "", "nobody reads this"), CR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_and_is_given_away),
        cmocka_unit_test(prefixes_and_suffixes),
        cmocka_unit_test(utf8_is_judged_by_rfc_3629),
        cmocka_unit_test(a_cut_letter_is_mended),
        cmocka_unit_test(large_memory_can_fail_when_a_test_asks),
        cmocka_unit_test(small_memory_is_zeroed),
        cmocka_unit_test(arrays_grow),
        cmocka_unit_test(statuses_have_names_and_phrases),
        cmocka_unit_test(faults_read_as_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
