// How often somebody may try, at times that the test tells.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "accounts/tries.h"

enum { ROOM = 4, MOST = 3, WINDOW_MS = 1000 };

static cr_tries *open_few(void)
{
    static const cr_tries_desc desc = {ROOM, MOST, WINDOW_MS};
    return cr_tries_open(&desc);
}

static void so_many_in_a_window_and_then_again(void **state)
{
    (void)state;
    cr_tries *tries = open_few();
    for (int i = 0; i < MOST; i++) {
        assert_int_equal(cr_tries_wait_ms(tries, "one", 5000 + i), 0);
        assert_true(cr_tries_take(tries, "one", 5000 + i));
    }
    assert_false(cr_tries_take(tries, "one", 5500));
    assert_int_equal(cr_tries_wait_ms(tries, "one", 5500), 500);
    assert_true(cr_tries_take(tries, "two", 5500));
    // The window begins with the first try; those that were let through no more do not lengthen it.
    assert_false(cr_tries_take(tries, "one", 6000));
    assert_true(cr_tries_take(tries, "one", 6001));
    cr_tries_close(&tries);
    assert_null(tries);
}

static void what_was_right_does_not_count(void **state)
{
    (void)state;
    cr_tries *tries = open_few();
    for (int i = 0; i < 10 * MOST; i++) {
        assert_true(cr_tries_take(tries, "one", 0));
        cr_tries_give_back(tries, "one");
    }
    for (int i = 0; i < MOST; i++)
        assert_true(cr_tries_take(tries, "one", 0));
    assert_false(cr_tries_take(tries, "one", 0));
    cr_tries_forget(tries, "one");
    assert_true(cr_tries_take(tries, "one", 0));
    cr_tries_close(&tries);
}

static void who_has_no_room_pushes_the_oldest_out(void **state)
{
    (void)state;
    cr_tries *tries = open_few();
    char name[8];
    for (int i = 0; i < ROOM; i++)
        for (int j = 0; j < MOST; j++) {
            (void)snprintf(name, sizeof name, "%d", i);
            assert_true(cr_tries_take(tries, name, i));
        }
    assert_true(cr_tries_take(tries, "new", 100));
    assert_false(cr_tries_take(tries, "1", 100));
    assert_false(cr_tries_take(tries, "3", 100));
    assert_true(cr_tries_take(tries, "0", 100));
    cr_tries_close(&tries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_many_in_a_window_and_then_again),
        cmocka_unit_test(what_was_right_does_not_count),
        cmocka_unit_test(who_has_no_room_pushes_the_oldest_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
