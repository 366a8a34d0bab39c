// Wrong passwords and keys by name and by address, and how long keys last, at times that the test
// tells.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "accounts/account_keys.h"
#include "accounts/account_people.h"
#include "accounts/film_people.h"
#include "base/mem.h"

static const char file[] = "accounts.sqlite", password[] = "correct horse battery";
static const char wrong_key[] = "00000000000000000000000000000000"
                                "00000000000000000000000000000000";
static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

static cr_accounts *open_fresh(void)
{
    static const char *const names[] = {"accounts.sqlite", "accounts.sqlite-wal",
                                        "accounts.sqlite-shm"};
    for (int i = 0; i < 3; i++)
        (void)unlink(names[i]);
    cr_accounts *accounts = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_accounts_open(&accounts, file, &fault), CR_OK);
    return accounts;
}

static cr_visit visit_of(const char *address, int64_t now_ms)
{
    return (cr_visit){.address = address, .device = "Firefox, Linux", .now_ms = now_ms};
}

static void let_in(cr_accounts *accounts, const char *name, int64_t now_ms)
{
    char key[CR_ACCOUNT_KEY_BYTES];
    const cr_visit visit = visit_of(NULL, now_ms);
    cr_fault fault = {0};
    assert_int_equal(cr_accounts_invite(accounts, "", false, now_ms, key, &fault), CR_OK);
    assert_int_equal(cr_accounts_join(accounts, &visit, key, name, password, &fault), CR_OK);
}

static cr_status enter(cr_accounts *accounts, const cr_visit *visit, const char *name,
                       const char *with, char key[CR_ACCOUNT_KEY_BYTES])
{
    cr_fault fault = {0};
    return cr_accounts_enter(accounts, visit, name, with, key, &fault);
}

static void a_name_is_let_through_again_after_a_while(void **state)
{
    (void)state;
    cr_accounts *accounts = open_fresh();
    char key[CR_ACCOUNT_KEY_BYTES];
    let_in(accounts, "mina", 1000);
    cr_visit visit = visit_of("192.0.2.1", 1000);
    for (int i = 0; i < CR_ACCOUNT_TRIES_MAX; i++)
        assert_int_equal(enter(accounts, &visit, "mina", "wrong wrong wrong", key), CR_DENIED);
    assert_int_equal(enter(accounts, &visit, "mina", password, key), CR_LIMIT);
    // From elsewhere too: it is the name that is tried.
    cr_visit other = visit_of("192.0.2.2", 1000 + CR_ACCOUNT_TRIES_MS);
    assert_int_equal(enter(accounts, &other, "mina", password, key), CR_LIMIT);
    other.now_ms++;
    assert_int_equal(enter(accounts, &other, "mina", password, key), CR_OK);
    cr_accounts_close(&accounts);
}

// One wrong try of each kind, with a name of its own.
static cr_status try_wrong(cr_accounts *accounts, const cr_visit *visit, int number)
{
    char key[CR_ACCOUNT_KEY_BYTES], name[32];
    const cr_person person = {.id = 1, .name = "mina", .scope = CR_SCOPE_ADMIN};
    char *film = NULL;
    cr_role role = CR_ROLE_NONE;
    cr_fault fault = {0};
    (void)snprintf(name, sizeof name, "nobody-%d", number);
    if (number % 15 == 0) return enter(accounts, visit, name, password, key);
    if (number % 3 == 0)
        return cr_accounts_join(accounts, visit, wrong_key, name, password, &fault);
    if (number % 3 == 1) return cr_accounts_reset(accounts, visit, wrong_key, password, &fault);
    return cr_film_take(accounts, visit, &person, wrong_key, &film, &role, &fault);
}

static void an_address_is_let_through_so_often_whatever_it_tries(void **state)
{
    (void)state;
    cr_accounts *accounts = open_fresh();
    char key[CR_ACCOUNT_KEY_BYTES];
    let_in(accounts, "mina", 1000);
    cr_visit visit = visit_of("192.0.2.1", 1000);
    // What is right does not count.
    for (int i = 0; i < 3; i++)
        assert_int_equal(enter(accounts, &visit, "mina", password, key), CR_OK);
    for (int i = 0; i < CR_ACCOUNT_ADDRESS_TRIES_MAX; i++)
        assert_int_equal(try_wrong(accounts, &visit, i), CR_DENIED);
    for (int i = 0; i < 16; i++)
        assert_int_equal(try_wrong(accounts, &visit, i), CR_LIMIT);
    assert_int_equal(enter(accounts, &visit, "mina", password, key), CR_LIMIT);
    // Others are not kept out, nor those of whom it is not known from where they come.
    cr_visit other = visit_of("192.0.2.2", 1000), hidden = visit_of(NULL, 1000);
    assert_int_equal(enter(accounts, &other, "mina", password, key), CR_OK);
    assert_int_equal(try_wrong(accounts, &hidden, 1), CR_DENIED);
    visit.now_ms += CR_ACCOUNT_TRIES_MS + 1;
    assert_int_equal(enter(accounts, &visit, "mina", password, key), CR_OK);
    cr_accounts_close(&accounts);
}

static void keys_end(void **state)
{
    (void)state;
    cr_accounts *accounts = open_fresh();
    char session[CR_ACCOUNT_KEY_BYTES], key[CR_ACCOUNT_KEY_BYTES];
    cr_person person;
    cr_fault fault = {0};
    let_in(accounts, "mina", 1000);
    const cr_visit visit = visit_of("192.0.2.1", 1000);
    assert_int_equal(enter(accounts, &visit, "mina", password, session), CR_OK);
    assert_true(cr_accounts_who(accounts, session, false, 999 + 14 * day_ms, &person));
    assert_false(cr_accounts_who(accounts, session, false, 1000 + 14 * day_ms, &person));
    assert_false(cr_accounts_who(accounts, session, true, 1000, &person));

    assert_int_equal(cr_accounts_reset_key(accounts, "ada", "mina", 1000, key, &fault), CR_OK);
    const cr_visit late = visit_of(NULL, 1000 + day_ms), soon = visit_of(NULL, 999 + day_ms);
    assert_int_equal(cr_accounts_reset(accounts, &late, key, password, &fault), CR_DENIED);
    assert_int_equal(cr_accounts_reset(accounts, &soon, key, password, &fault), CR_OK);

    const cr_person owner = {.id = person.id, .name = "mina", .scope = CR_SCOPE_ADMIN};
    char *film = NULL;
    cr_role role = CR_ROLE_NONE;
    assert_int_equal(cr_film_invite(accounts, &owner, "bees", CR_ROLE_EDITOR, 1000, key, &fault),
                     CR_OK);
    const cr_visit after = visit_of(NULL, 1000 + 7 * day_ms);
    assert_int_equal(cr_film_take(accounts, &after, &owner, key, &film, &role, &fault), CR_DENIED);
    assert_int_equal(cr_film_take(accounts, &soon, &owner, key, &film, &role, &fault), CR_OK);
    assert_string_equal(film, "bees");
    assert_int_equal(role, CR_ROLE_EDITOR);
    cr_free(film);
    cr_accounts_close(&accounts);
}

static void when_a_key_was_used_is_told_to_a_few_minutes(void **state)
{
    (void)state;
    cr_accounts *accounts = open_fresh();
    char session[CR_ACCOUNT_KEY_BYTES];
    cr_person person;
    cr_fault fault = {0};
    let_in(accounts, "mina", 1000);
    const cr_visit visit = visit_of(NULL, 1000);
    assert_int_equal(enter(accounts, &visit, "mina", password, session), CR_OK);
    const int64_t uses[] = {day_ms, day_ms + CR_ACCOUNT_SEEN_MS - 1, day_ms + CR_ACCOUNT_SEEN_MS};
    const int64_t told[] = {day_ms, day_ms, day_ms + CR_ACCOUNT_SEEN_MS};
    for (int i = 0; i < 3; i++) {
        cJSON *sessions = NULL;
        assert_true(cr_accounts_who(accounts, session, false, uses[i], &person));
        assert_int_equal(
            cr_accounts_keys(accounts, &person, CR_KEY_SESSION, uses[i], &sessions, &fault), CR_OK);
        const cJSON *seen = cJSON_GetObjectItemCaseSensitive(sessions->child, "seen");
        assert_true((int64_t)seen->valuedouble == told[i]);
        cJSON_Delete(sessions);
    }
    cr_accounts_close(&accounts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_let_through_again_after_a_while),
        cmocka_unit_test(an_address_is_let_through_so_often_whatever_it_tries),
        cmocka_unit_test(keys_end),
        cmocka_unit_test(when_a_key_was_used_is_told_to_a_few_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
