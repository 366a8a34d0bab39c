// As much of cmocka as the tests use that are run by Node.js, too, where there is no cmocka.
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One test and what it is called.
typedef struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
} CMUnitTest;

#define cmocka_unit_test(function) {#function, function}

// Ends the program where a test is wrong.
#define assert_true(condition)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)
#define assert_int_equal(a, b) assert_true((a) == (b))
#define assert_non_null(pointer) assert_true((pointer) != NULL)
#define assert_memory_equal(a, b, size) assert_true(memcmp((a), (b), (size_t)(size)) == 0)

// Runs the tests of an array in order. 0.
#define cmocka_run_group_tests_name(group, tests, before, after)                                   \
    run_tests((group), (tests), sizeof(tests) / sizeof((tests)[0]))

static inline int run_tests(const char *group, const CMUnitTest *tests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        void *state = NULL;
        tests[i].run(&state);
    }
    printf("%s: %d tests passed\n", group, (int)count);
    return 0;
}
