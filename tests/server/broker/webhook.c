// Webhooks: the services' own example, and everything that must not pass.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "broker/webhook.h"

// The example of Replicate's own tests.
static const char secret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
static const char body[] = "{\"test\": 2432232314}";
static const int64_t sent = 1614265330;

static cr_webhook example(void)
{
    return (cr_webhook){.id = "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        .timestamp = "1614265330",
                        .signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                        .body = body,
                        .body_size = sizeof body - 1};
}

static cr_status verify(const cr_webhook *webhook, int64_t now)
{
    cr_webhook_key key;
    assert_int_equal(cr_webhook_key_read(&key, secret, NULL), CR_OK);
    return cr_webhook_verify(webhook, &key, now, NULL);
}

static void the_example_passes(void **state)
{
    (void)state;
    cr_webhook webhook = example();
    assert_int_equal(verify(&webhook, sent), CR_OK);
    webhook.signature = "v1a,AAAA v1,AAAA v2,x  v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    assert_int_equal(verify(&webhook, sent), CR_OK);
}

static void what_was_changed_does_not(void **state)
{
    (void)state;
    cr_webhook webhook = example();
    webhook.body = "{\"test\": 2432232315}";
    assert_int_equal(verify(&webhook, sent), CR_DENIED);
    webhook = example();
    webhook.id = "msg_p5jXN8AQM9LWM0D4loKWxJel";
    assert_int_equal(verify(&webhook, sent), CR_DENIED);
    webhook = example();
    webhook.timestamp = "1614265331";
    assert_int_equal(verify(&webhook, sent), CR_DENIED);
    webhook = example();
    webhook.signature = "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    assert_int_equal(verify(&webhook, sent), CR_DENIED);
    webhook.signature = "";
    assert_int_equal(verify(&webhook, sent), CR_DENIED);
}

static void what_is_not_of_now_does_not(void **state)
{
    (void)state;
    cr_webhook webhook = example();
    assert_int_equal(verify(&webhook, sent + CR_WEBHOOK_TOLERANCE_SECONDS), CR_OK);
    assert_int_equal(verify(&webhook, sent + CR_WEBHOOK_TOLERANCE_SECONDS + 1), CR_TIMEOUT);
    assert_int_equal(verify(&webhook, sent - CR_WEBHOOK_TOLERANCE_SECONDS - 1), CR_TIMEOUT);
}

static void headers_that_are_none(void **state)
{
    (void)state;
    static const char *const times[] = {"",
                                        "-1",
                                        "+1614265330",
                                        " 1614265330",
                                        "01614265330",
                                        "1614265330.0",
                                        "99999999999999999999"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        cr_webhook webhook = example();
        webhook.timestamp = times[i];
        assert_int_equal(verify(&webhook, sent), CR_INVALID);
    }
    cr_webhook webhook = example();
    webhook.signature = NULL;
    assert_int_equal(verify(&webhook, sent), CR_INVALID);
    webhook = example();
    webhook.id = "";
    assert_int_equal(verify(&webhook, sent), CR_INVALID);
}

static void secrets_that_are_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                        "whsec_????"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_webhook_key key;
        cr_fault fault = {0};
        assert_int_equal(cr_webhook_key_read(&key, wrong[i], &fault), CR_INVALID);
        if (strlen(wrong[i]) > 8) assert_null(strstr(fault.text, wrong[i] + 6));
    }
}

static void a_second_time_is_told(void **state)
{
    (void)state;
    static cr_webhook_memory memory;
    assert_true(cr_webhook_is_new(&memory, "msg_1", sent));
    assert_true(cr_webhook_is_new(&memory, "msg_2", sent));
    assert_false(cr_webhook_is_new(&memory, "msg_1", sent + CR_WEBHOOK_TOLERANCE_SECONDS));
    // As many others as it holds: the oldest is forgotten, not the newest.
    char id[32];
    for (int i = 0; i < CR_WEBHOOK_SEEN_MAX - 1; i++) {
        snprintf(id, sizeof id, "other_%d", i);
        assert_true(cr_webhook_is_new(&memory, id, sent));
    }
    assert_false(cr_webhook_is_new(&memory, "msg_2", sent));
    assert_false(cr_webhook_is_new(&memory, id, sent));
}

static void news_are_read(void **state)
{
    (void)state;
    static const char good[] = "{\"id\": \"gm3qorzdhgbf\", \"status\": \"aborted\"}";
    cr_webhook_news news;
    assert_int_equal(cr_webhook_read(&news, good, sizeof good - 1, NULL), CR_OK);
    assert_string_equal(news.external_id, "gm3qorzdhgbf");
    assert_true(news.has_ended);
    static const char going[] = "{\"id\": \"g\", \"status\": \"processing\"}";
    assert_int_equal(cr_webhook_read(&news, going, sizeof going - 1, NULL), CR_OK);
    assert_false(news.has_ended);
    static const char sly[] = "{\"id\": \"../cancel\", \"status\": \"failed\"}";
    assert_int_equal(cr_webhook_read(&news, sly, sizeof sly - 1, NULL), CR_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_passes),
        cmocka_unit_test(what_was_changed_does_not),
        cmocka_unit_test(what_is_not_of_now_does_not),
        cmocka_unit_test(headers_that_are_none),
        cmocka_unit_test(secrets_that_are_none),
        cmocka_unit_test(a_second_time_is_told),
        cmocka_unit_test(news_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
