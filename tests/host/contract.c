// The native host is held to the contract here, and to what only it can show.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "native/native.h"
#include "tests/host/contract_cases.h"

enum { CASES_MAX = 64 };

static int open_native(void **state)
{
    cr_native *native = NULL;
    cr_native_desc desc = {.thread_count = 4};
    if (cr_native_open(&native, &desc) != CR_OK) return -1;
    *state = native;
    return 0;
}

static int close_native(void **state)
{
    cr_native *native = *state;
    cr_native_close(&native);
    return 0;
}

// Of all hosts. cmocka gives a test no name, so each knows its number.
static int next_case;

static void keeps_the_contract(void **state)
{
    contract c = {.host = cr_native_host(*state), .prefix = "contract/", .has_folders = true};
    contract_cases[next_case++].run(&c);
    assert_string_equal(c.failure, "");
}

static void has_the_threads_that_it_was_told(void **state)
{
    assert_int_equal(cr_native_host(*state)->thread_count, 4);
}

static void a_dropped_sink_leaves_no_part_either(void **state)
{
    const cr_host *host = cr_native_host(*state);
    assert_int_equal(system("rm -rf dropped && mkdir dropped"), 0);
    cr_sink *sink = NULL;
    assert_int_equal(host->open_sink(host->cookie, "dropped/file.txt", &sink, NULL), CR_OK);
    assert_int_equal(sink->write_at(sink, 0, "half", 4), CR_OK);
    cr_sink_close(&sink);
    // rmdir only succeeds on an empty folder
    assert_int_equal(rmdir("dropped"), 0);
}

static void too_large_is_a_limit(void **state)
{
    (void)state;
    cr_source *source = cr_source_from_memory("0123456789", 10, "ten bytes");
    uint8_t *data = NULL;
    size_t size = 0;
    cr_fault fault = {0};
    assert_int_equal(cr_source_read_all(source, 9, &data, &size, &fault), CR_LIMIT);
    assert_string_equal(fault.where, "ten bytes");
    assert_null(data);
    cr_source_close(&source);
}

static void a_full_disk_says_so(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_sink *sink = NULL;
    // /dev/full is written through its own name: the part file beside it would be on a real disk.
    char part[64];
    snprintf(part, sizeof part, "full.txt.%ld.part", (long)getpid());
    unlink(part);
    assert_int_equal(symlink("/dev/full", part), 0);
    assert_int_equal(host->open_sink(host->cookie, "full.txt", &sink, NULL), CR_OK);
    assert_int_equal(sink->write_at(sink, 0, "x", 1), CR_NOSPACE);
    cr_sink_close(&sink);
    assert_int_equal(access(part, F_OK), -1);
}

int main(void)
{
    assert_true(contract_case_count <= CASES_MAX);
    assert_int_equal(system("rm -rf contract"), 0);
    struct CMUnitTest cases[CASES_MAX] = {{0}};
    for (int i = 0; i < contract_case_count; i++)
        cases[i] =
            (struct CMUnitTest){.name = contract_cases[i].name, .test_func = keeps_the_contract};
    const struct CMUnitTest own[] = {
        cmocka_unit_test(has_the_threads_that_it_was_told),
        cmocka_unit_test(a_dropped_sink_leaves_no_part_either),
        cmocka_unit_test(too_large_is_a_limit),
        cmocka_unit_test(a_full_disk_says_so),
    };
    int failed = _cmocka_run_group_tests("contract", cases, (size_t)contract_case_count,
                                         open_native, close_native);
    return failed + cmocka_run_group_tests(own, open_native, close_native);
}
