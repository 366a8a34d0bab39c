// The makers' pool: work functions as providers that are submitted, polled and cancelled.
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "broker/builtin_pool.h"
#include "broker/registry.h"

// The works of a test wait here until they are let go.
static sem_t gate, arrived;

static cr_status echo(const cr_work *work, cJSON **output, cr_fault *fault)
{
    (void)fault;
    work->progress(work, 250);
    *output = cJSON_Duplicate(work->request->input, true);
    cJSON_AddStringToObject(*output, "folder", work->request->folder);
    cJSON_AddStringToObject(*output, "data", work->data_folder);
    return CR_OK;
}

static cr_status wait_at_gate(const cr_work *work, cJSON **output, cr_fault *fault)
{
    work->progress(work, 40);
    sem_post(&arrived);
    sem_wait(&gate);
    if (work->should_stop(work)) return cr_fail(fault, CR_CANCELED, "", "stopped");
    *output = cJSON_CreateObject();
    return CR_OK;
}

static cr_status spill(const cr_work *work, cJSON **output, cr_fault *fault)
{
    (void)work;
    (void)output;
    return cr_fail(fault, CR_IO, "picture.png", "the paint is spilled");
}

static cr_status misread(const cr_work *work, cJSON **output, cr_fault *fault)
{
    (void)work;
    (void)output;
    return cr_fail(fault, CR_NOTFOUND, "font.ttf", "is not there");
}

static cr_status say_nothing(const cr_work *work, cJSON **output, cr_fault *fault)
{
    (void)work;
    (void)output;
    (void)fault;
    return CR_OK;
}

static const cr_builtin echoer = {"echo", "echo", "echo", 3, 2, echo, NULL};
static const cr_builtin waiter = {"wait", "waiter", "wait", 1, 2, wait_at_gate, NULL};
static const cr_builtin spiller = {"spill", "spiller", "spill", 1, 1, spill, NULL};
static const cr_builtin misreader = {"misread", "misreader", "misread", 1, 1, misread, NULL};
static const cr_builtin mute = {"mute", "mute", "mute", 1, 1, say_nothing, NULL};

typedef struct fixture {
    cr_builtin_pool *pool;
    cr_provider provider;
    cJSON *input;
} fixture;

static void open_pool(fixture *own, const cr_builtin *builtin, int threads)
{
    const cr_builtin_pool_desc desc = {.data_folder = "data", .thread_count = threads};
    cr_fault fault = {0};
    assert_int_equal(cr_builtin_pool_open(&own->pool, &desc, &fault), CR_OK);
    assert_int_equal(cr_builtin_pool_provider(own->pool, builtin, &own->provider, &fault), CR_OK);
    own->input = cJSON_Parse("{\"text\": \"bees\"}");
    sem_init(&gate, 0, 0);
    sem_init(&arrived, 0, 0);
}

static void close_pool(fixture *own)
{
    cr_builtin_pool_close(&own->pool);
    assert_null(own->pool);
    cJSON_Delete(own->input);
    sem_destroy(&gate);
    sem_destroy(&arrived);
}

static cr_status submit(const fixture *own, char id[CR_EXTERNAL_ID_BYTES], cr_fault *fault)
{
    const cr_request request = {
        .kind = own->provider.kind, .input = own->input, .folder = "work/7"};
    return own->provider.submit(own->provider.cookie, &request, id, fault);
}

static cr_status poll_once(const fixture *own, const char *id, cr_provider_state *out,
                           cr_fault *fault)
{
    return own->provider.poll(own->provider.cookie, id, out, fault);
}

static cr_status poll_to_the_end(const fixture *own, const char *id, cr_provider_state *out,
                                 cr_fault *fault)
{
    for (;;) {
        *out = (cr_provider_state){0};
        cr_status status = poll_once(own, id, out, fault);
        if (status != CR_OK || out->is_done) return status;
        cr_builtin_pool_wait(own->pool, 1000);
    }
}

static void a_work_functions_output_comes_back_once(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &echoer, 2);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state done;
    assert_int_equal(own.provider.version, 3);
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    assert_int_equal(poll_to_the_end(&own, id, &done, &fault), CR_OK);
    assert_string_equal(cJSON_GetObjectItem(done.output, "text")->valuestring, "bees");
    assert_string_equal(cJSON_GetObjectItem(done.output, "folder")->valuestring, "work/7");
    assert_string_equal(cJSON_GetObjectItem(done.output, "data")->valuestring, "data");
    assert_int_equal(done.progress_percent, 100);
    assert_int_equal(done.cost, 0);
    cJSON_Delete(done.output);
    assert_int_equal(poll_once(&own, id, &done, &fault), CR_NOTFOUND);
    close_pool(&own);
}

static void more_than_a_maker_does_at_once_is_busy(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &waiter, 4);
    char ids[3][CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state done;
    assert_int_equal(submit(&own, ids[0], &fault), CR_OK);
    assert_int_equal(submit(&own, ids[1], &fault), CR_OK);
    assert_int_equal(submit(&own, ids[2], &fault), CR_BUSY);
    sem_post(&gate);
    sem_post(&gate);
    assert_int_equal(poll_to_the_end(&own, ids[0], &done, &fault), CR_OK);
    cJSON_Delete(done.output);
    assert_int_equal(submit(&own, ids[2], &fault), CR_OK);
    sem_post(&gate);
    assert_int_equal(poll_to_the_end(&own, ids[2], &done, &fault), CR_OK);
    cJSON_Delete(done.output);
    close_pool(&own);
}

static void progress_is_told_while_it_works(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &waiter, 1);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state told = {0};
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    sem_wait(&arrived);
    assert_int_equal(poll_once(&own, id, &told, &fault), CR_OK);
    assert_false(told.is_done);
    assert_int_equal(told.progress_percent, 40);
    sem_post(&gate);
    close_pool(&own);
}

static void running_and_queued_work_is_cancelled(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &waiter, 1);
    char running[CR_EXTERNAL_ID_BYTES], queued[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state told = {0};
    assert_int_equal(submit(&own, running, &fault), CR_OK);
    sem_wait(&arrived);
    assert_int_equal(submit(&own, queued, &fault), CR_OK);
    own.provider.cancel(own.provider.cookie, queued);
    own.provider.cancel(own.provider.cookie, running);
    own.provider.cancel(own.provider.cookie, "nobody's");
    assert_int_equal(poll_once(&own, queued, &told, &fault), CR_CANCELED);
    sem_post(&gate);
    assert_int_equal(poll_to_the_end(&own, running, &told, &fault), CR_CANCELED);
    close_pool(&own);
}

static void a_failure_keeps_its_sentence(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &spiller, 1);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state told;
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    assert_int_equal(poll_to_the_end(&own, id, &told, &fault), CR_IO);
    assert_string_equal(fault.text, "the paint is spilled");
    assert_string_equal(fault.where, "picture.png");
    close_pool(&own);
}

static void a_works_not_found_is_not_an_unknown_job(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &misreader, 1);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state told;
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    assert_int_equal(poll_to_the_end(&own, id, &told, &fault), CR_INVALID);
    assert_string_equal(fault.where, "font.ttf");
    close_pool(&own);
}

static void success_without_a_result_is_a_failure(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &mute, 1);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state told;
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    assert_int_equal(poll_to_the_end(&own, id, &told, &fault), CR_CORRUPT);
    close_pool(&own);
}

static void ids_of_another_process_are_unknown(void **state)
{
    (void)state;
    fixture own, other;
    open_pool(&own, &echoer, 1);
    open_pool(&other, &echoer, 1);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    cr_provider_state told;
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    assert_int_equal(poll_once(&other, id, &told, &fault), CR_NOTFOUND);
    assert_int_equal(poll_once(&other, "", &told, &fault), CR_NOTFOUND);
    assert_int_equal(poll_once(&other, "12-", &told, &fault), CR_NOTFOUND);
    close_pool(&other);
    close_pool(&own);
}

static void a_request_of_another_kind_is_refused(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &echoer, 1);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    const cr_request request = {.kind = "music", .input = own.input, .folder = "."};
    assert_int_equal(own.provider.submit(own.provider.cookie, &request, id, &fault), CR_INVALID);
    assert_non_null(strstr(fault.text, "echo"));
    close_pool(&own);
}

static void closing_stops_what_is_at_work(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &waiter, 2);
    char id[CR_EXTERNAL_ID_BYTES];
    cr_fault fault = {0};
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    assert_int_equal(submit(&own, id, &fault), CR_OK);
    sem_post(&gate);
    sem_post(&gate);
    close_pool(&own);
}

static void the_registry_knows_who_makes_what(void **state)
{
    (void)state;
    fixture own;
    open_pool(&own, &echoer, 1);
    cr_registry registry = {0};
    cr_fault fault = {0};
    cr_provider second = own.provider;
    second.id = "second";
    assert_null(cr_registry_find(&registry, "echo"));
    assert_int_equal(cr_registry_add(&registry, &own.provider, &fault), CR_OK);
    assert_int_equal(cr_registry_add(&registry, &second, &fault), CR_OK);
    assert_string_equal(cr_registry_find(&registry, "echo")->id, "echo");
    assert_string_equal(cr_registry_by_id(&registry, "second")->id, "second");
    assert_null(cr_registry_by_id(&registry, "third"));
    while (registry.count < CR_PROVIDERS_MAX)
        assert_int_equal(cr_registry_add(&registry, &second, &fault), CR_OK);
    assert_int_equal(cr_registry_add(&registry, &second, &fault), CR_LIMIT);
    cr_registry_close(&registry);
    close_pool(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_work_functions_output_comes_back_once),
        cmocka_unit_test(more_than_a_maker_does_at_once_is_busy),
        cmocka_unit_test(progress_is_told_while_it_works),
        cmocka_unit_test(running_and_queued_work_is_cancelled),
        cmocka_unit_test(a_failure_keeps_its_sentence),
        cmocka_unit_test(a_works_not_found_is_not_an_unknown_job),
        cmocka_unit_test(success_without_a_result_is_a_failure),
        cmocka_unit_test(ids_of_another_process_are_unknown),
        cmocka_unit_test(a_request_of_another_kind_is_refused),
        cmocka_unit_test(closing_stops_what_is_at_work),
        cmocka_unit_test(the_registry_knows_who_makes_what),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
