// Calls of paid services: what is reserved, what it cost, and a cap that two processes share.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "place.h"
#include "store/store_calls.h"

static const char file[] = "calls.db";
static const int64_t dollar = 1000000;

static cr_store *open_store(void)
{
    cr_store *store = NULL;
    assert_int_equal(cr_store_open(&store, place_path(file), NULL), CR_OK);
    return store;
}

static int forget(void **state)
{
    (void)state;
    place_forget(file);
    return 0;
}

static cr_status intend(cr_store *store, const char *job, int64_t reserved, int64_t *id,
                        cr_fault *fault)
{
    char name[32], provider[] = "p", model[] = "m", request[] = "{}";
    snprintf(name, sizeof name, "%s", job);
    const cr_call_row row = {.job = name,
                             .provider = provider,
                             .model = model,
                             .request = request,
                             .reserved = reserved,
                             .created_ms = 1};
    return cr_store_call_intend(store, "film", &row, id, fault);
}

static cr_budget budget_of(cr_store *store)
{
    cr_budget budget;
    assert_int_equal(cr_store_budget_get(store, "film", CR_BUDGET_CAP_FALLBACK, &budget, NULL),
                     CR_OK);
    return budget;
}

static void money_is_reserved_and_then_spent(void **state)
{
    (void)state;
    cr_store *store = open_store();
    int64_t id = 0;
    assert_int_equal(budget_of(store).cap, 10 * dollar);
    assert_int_equal(intend(store, "1", 3 * dollar, &id, NULL), CR_OK);
    assert_int_equal(budget_of(store).reserved, 3 * dollar);
    assert_int_equal(cr_store_call_accept(store, id, "theirs", 2, NULL), CR_OK);
    assert_int_equal(cr_store_call_settle(store, id, "bought", dollar, "", 3, NULL), CR_OK);
    assert_int_equal(budget_of(store).reserved, 0);
    assert_int_equal(budget_of(store).spent, dollar);
    // An end is an end.
    assert_int_equal(cr_store_call_settle(store, id, "free", 0, "", 4, NULL), CR_OK);
    assert_int_equal(budget_of(store).spent, dollar);
    bool is_known = false;
    assert_int_equal(cr_store_call_is_known(store, "p", "theirs", &is_known, NULL), CR_OK);
    assert_true(is_known);
    assert_int_equal(cr_store_call_is_known(store, "q", "theirs", &is_known, NULL), CR_OK);
    assert_false(is_known);
    cr_store_close(&store);
}

static void the_cap_is_not_passed(void **state)
{
    (void)state;
    cr_store *store = open_store();
    int64_t id = 0;
    cr_fault fault = {0};
    assert_int_equal(cr_store_budget_put(store, "film", 2 * dollar, NULL), CR_OK);
    assert_int_equal(intend(store, "1", 2 * dollar, &id, NULL), CR_OK);
    assert_int_equal(intend(store, "2", 1, &id, &fault), CR_LIMIT);
    assert_non_null(strstr(fault.text, "budget of 2.00 US$"));
    // What costs nothing is always allowed.
    assert_int_equal(intend(store, "3", 0, &id, NULL), CR_OK);
    cr_call_rows rows = {0};
    assert_int_equal(cr_store_calls_get(store, "film", NULL, &rows, NULL), CR_OK);
    assert_int_equal(rows.count, 2);
    cr_call_rows_free(&rows);
    assert_int_equal(cr_store_calls_get(store, "film", "3", &rows, NULL), CR_OK);
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.rows[0].state, "intended");
    cr_call_rows_free(&rows);
    cr_store_close(&store);
}

enum { PROCESSES = 4, TRIES = 20 };

// As many calls as there is money for, whoever asks first.
static void two_processes_do_not_spend_the_same_money(void **state)
{
    (void)state;
    cr_store *store = open_store();
    assert_int_equal(cr_store_budget_put(store, "film", 25 * dollar, NULL), CR_OK);
    cr_store_close(&store);
    for (int i = 0; i < PROCESSES; i++) {
        if (fork() != 0) continue;
        cr_store *own = NULL;
        int64_t id;
        if (cr_store_open(&own, place_path(file), NULL) != CR_OK) _exit(1);
        for (int j = 0; j < TRIES; j++) {
            cr_status status = intend(own, "1", dollar, &id, NULL);
            if (status != CR_OK && status != CR_LIMIT) _exit(2);
        }
        cr_store_close(&own);
        _exit(0);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int ended = 0;
        assert_true(wait(&ended) > 0);
        assert_int_equal(ended, 0);
    }
    store = open_store();
    assert_int_equal(budget_of(store).reserved, 25 * dollar);
    cr_store_close(&store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(money_is_reserved_and_then_spent, forget),
        cmocka_unit_test_setup(the_cap_is_not_passed, forget),
        cmocka_unit_test_setup(two_processes_do_not_spend_the_same_money, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
