// HTTP's dates in their three forms.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "range/http_date.h"

enum { NOW = 1763900000 }; // November 2025

static void the_three_forms_of_one_instant_are_the_same(void **state)
{
    (void)state;
    static const char *const forms[] = {"Sun, 06 Nov 1994 08:49:37 GMT",
                                        "Sunday, 06-Nov-94 08:49:37 GMT",
                                        "Sun Nov  6 08:49:37 1994"};
    for (int i = 0; i < 3; i++) {
        int64_t seconds = 0;
        assert_true(cr_http_date_parse(forms[i], NOW, &seconds));
        assert_int_equal(seconds, 784111777);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "yesterday",
                                        "784111777",
                                        "Sun, 06 Nov 1994 08:49:37",
                                        "Sun, 06 Nov 1994 08:49:37 UTC",
                                        "Sun, 06 Nov 1994 08:49:37 GMT ",
                                        "Sun, 6 Nov 1994 08:49:37 GMT",
                                        "sun, 06 Nov 1994 08:49:37 GMT",
                                        "Sun, 06 nov 1994 08:49:37 GMT",
                                        "Sun, 32 Oct 1994 08:49:37 GMT",
                                        "Sun, 29 Feb 1900 08:49:37 GMT",
                                        "Sun, 06 Nov 1994 24:00:00 GMT",
                                        "Sun, 06 Nov 1994 08:60:37 GMT",
                                        "Sun, 06 Nov 94 08:49:37 GMT",
                                        "\"abc\""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t seconds = 42;
        if (cr_http_date_parse(texts[i], NOW, &seconds)) fail_msg("'%s' was read", texts[i]);
        assert_int_equal(seconds, 42);
    }
}

static void two_digit_years_are_at_most_fifty_years_ahead(void **state)
{
    (void)state;
    int64_t seconds = 0;
    char text[CR_HTTP_DATE_BYTES];
    assert_true(cr_http_date_parse("Monday, 06-Nov-75 08:49:37 GMT", NOW, &seconds));
    cr_http_date_print(seconds, text);
    assert_non_null(strstr(text, "2075"));
    assert_true(cr_http_date_parse("Monday, 06-Nov-76 08:49:37 GMT", NOW, &seconds));
    cr_http_date_print(seconds, text);
    assert_non_null(strstr(text, "1976"));
}

static void printing_agrees_with_the_c_library_and_reads_back(void **state)
{
    (void)state;
    for (int64_t at = -5000000000; at < 20000000000; at += 86399 * 37) {
        char ours[CR_HTTP_DATE_BYTES], theirs[64];
        cr_http_date_print(at, ours);
        time_t when = (time_t)at;
        struct tm parts;
        gmtime_r(&when, &parts);
        strftime(theirs, sizeof theirs, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        assert_string_equal(ours, theirs);
        int64_t back = 0;
        assert_true(cr_http_date_parse(ours, NOW, &back));
        assert_int_equal(back, at);
    }
}

static void years_beyond_the_form_are_held_at_its_ends(void **state)
{
    (void)state;
    char text[CR_HTTP_DATE_BYTES];
    cr_http_date_print(INT64_MAX, text);
    assert_string_equal(text, "Fri, 31 Dec 9999 23:59:59 GMT");
    cr_http_date_print(INT64_MIN, text);
    assert_string_equal(text, "Mon, 01 Jan 0001 00:00:00 GMT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_forms_of_one_instant_are_the_same),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(two_digit_years_are_at_most_fifty_years_ahead),
        cmocka_unit_test(printing_agrees_with_the_c_library_and_reads_back),
        cmocka_unit_test(years_beyond_the_form_are_held_at_its_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
