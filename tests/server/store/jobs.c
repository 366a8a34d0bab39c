// Jobs: intent before the call, the id after it, the result once, and never two at one piece of
// work.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "place.h"
#include "store/store_jobs.h"

static const char file[] = "jobs.db";

typedef struct fixture {
    cr_store *store, *other; // two processes' views of one file
    cJSON *input;
} fixture;

static int set_up(void **state)
{
    place_forget(file);
    fixture *own = cr_alloc(1, sizeof *own);
    cr_fault fault;
    assert_int_equal(cr_store_open(&own->store, place_path(file), &fault), CR_OK);
    assert_int_equal(cr_store_open(&own->other, place_path(file), &fault), CR_OK);
    own->input = cJSON_Parse("{\"text\": \"Bees.\", \"variant\": 3}");
    cJSON *brief = cJSON_Parse("{\"prompt\": \"bees\"}");
    assert_int_equal(cr_store_brief_put(own->store, "film", brief, 1, &fault), CR_OK);
    cJSON_Delete(brief);
    *state = own;
    return 0;
}

static int tear_down(void **state)
{
    fixture *own = *state;
    cr_store_close(&own->store);
    cr_store_close(&own->other);
    cJSON_Delete(own->input);
    cr_free(own);
    return 0;
}

static const cr_lease mine = {.owner = "mine", .now_ms = 1000, .until_ms = 2000};
static const cr_lease yours = {.owner = "yours", .now_ms = 1500, .until_ms = 2500};
static const cr_lease yours_late = {.owner = "yours", .now_ms = 2000, .until_ms = 3000};

static cr_job_intent intent_of(const fixture *own, const char *unit, const char *kind,
                               const char *hash)
{
    return (cr_job_intent){.project = "film",
                           .unit = unit,
                           .kind = kind,
                           .provider = "fake",
                           .provider_version = 4,
                           .input_hash = hash,
                           .scene = 3,
                           .input = own->input};
}

static cr_job claim(const fixture *own, const char *unit, const char *kind, const char *hash)
{
    const cr_job_intent intent = intent_of(own, unit, kind, hash);
    cr_job job = {0};
    cr_fault fault = {0};
    assert_int_equal(cr_store_job_claim(own->store, &intent, &mine, &job, &fault), CR_OK);
    return job;
}

static cr_job only_job(const fixture *own)
{
    cr_job_list list;
    cr_fault fault;
    assert_int_equal(cr_store_jobs_get(own->store, "film", &list, &fault), CR_OK);
    assert_int_equal(list.count, 1);
    cr_job job = list.jobs[0];
    list.count = 0;
    cr_job_list_free(&list);
    return job;
}

static void the_intent_is_there_before_anybody_is_asked(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "scene/3/voice", "voice", "h1");
    assert_int_equal(job.state, CR_JOB_WAITING);
    cr_job_free(&job);
    cr_job kept = only_job(own);
    assert_string_equal(kept.unit, "scene/3/voice");
    assert_string_equal(kept.provider, "fake");
    assert_int_equal(kept.provider_version, 4);
    assert_string_equal(kept.owner, "mine");
    assert_string_equal(kept.external_id, "");
    assert_int_equal(kept.attempts, 0);
    assert_int_equal(kept.lease_until_ms, 2000);
    assert_true(cJSON_Compare(kept.input, own->input, true));
    assert_null(kept.output);
    cr_job_free(&kept);
}

static void one_unit_and_hash_have_one_row(void **state)
{
    const fixture *own = *state;
    cr_job first = claim(own, "scene/3/voice", "voice", "h1");
    cr_job second = claim(own, "scene/3/voice", "voice", "h1");
    assert_int_equal(first.id, second.id);
    cr_job other = claim(own, "scene/3/voice", "voice", "h2");
    assert_int_not_equal(first.id, other.id);
    cr_job_free(&first);
    cr_job_free(&second);
    cr_job_free(&other);
    assert_int_not_equal(
        cr_store_run(own->store, NULL,
                     "INSERT INTO jobs (project, unit, scene, kind, provider, provider_version,"
                     " input_hash, state, input, created_ms, changed_ms) VALUES ('film',"
                     " 'scene/3/voice', 3, 'voice', 'x', 1, 'h1', 'waiting', '{}', 1, 1)",
                     ""),
        CR_OK);
}

static void a_leased_job_is_not_taken_by_another_until_the_lease_is_over(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "music", "music", "h");
    const cr_job_intent intent = intent_of(own, "music", "music", "h");
    cr_job taken = {0};
    cr_fault fault;
    assert_int_equal(cr_store_job_claim(own->other, &intent, &yours, &taken, &fault), CR_BUSY);
    assert_int_equal(cr_store_job_submitted(own->other, job.id, &yours, "x", &fault), CR_CONFLICT);
    assert_int_equal(cr_store_job_claim(own->other, &intent, &yours_late, &taken, &fault), CR_OK);
    assert_int_equal(taken.id, job.id);
    assert_string_equal(taken.owner, "yours");
    assert_int_equal(cr_store_job_submitted(own->store, job.id, &mine, "x", &fault), CR_CONFLICT);
    cr_job_free(&taken);
    cr_job_free(&job);
}

static bool mine_is_gone(void *cookie, const char *owner)
{
    (void)cookie;
    return strcmp(owner, "mine") == 0;
}

static void the_job_of_a_dead_process_is_taken_over_at_once_with_what_it_knew(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "music", "music", "h");
    cr_fault fault;
    assert_int_equal(cr_store_job_submitted(own->store, job.id, &mine, "order-7", &fault), CR_OK);
    cr_lease heir = yours;
    heir.is_gone = mine_is_gone;
    const cr_job_intent intent = intent_of(own, "music", "music", "h");
    cr_job taken = {0};
    int64_t before = 0, after = 0;
    assert_int_equal(cr_store_revision(own->store, "film", &before, &fault), CR_OK);
    assert_int_equal(cr_store_job_claim(own->other, &intent, &heir, &taken, &fault), CR_OK);
    assert_int_equal(cr_store_revision(own->store, "film", &after, &fault), CR_OK);
    assert_true(after > before);
    assert_string_equal(taken.external_id, "order-7");
    assert_int_equal(taken.state, CR_JOB_SUBMITTED);
    assert_int_equal(taken.attempts, 1);
    cr_job_free(&taken);
    cr_job_free(&job);
}

static void renewing_keeps_others_away_and_dropping_lets_them_in(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "music", "music", "h");
    cr_lease longer = mine;
    longer.until_ms = 9000;
    cr_fault fault;
    assert_int_equal(cr_store_leases_renew(own->store, &longer, &fault), CR_OK);
    const cr_job_intent intent = intent_of(own, "music", "music", "h");
    cr_job taken = {0};
    assert_int_equal(cr_store_job_claim(own->other, &intent, &yours_late, &taken, &fault), CR_BUSY);
    assert_int_equal(cr_store_leases_drop(own->store, &mine, &fault), CR_OK);
    assert_int_equal(cr_store_job_claim(own->other, &intent, &yours, &taken, &fault), CR_OK);
    cr_job_free(&taken);
    cr_job_free(&job);
}

static void a_result_is_recorded_once(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "scene/3/picture", "picture", "h");
    cr_fault fault;
    assert_int_equal(cr_store_job_submitted(own->store, job.id, &mine, "e", &fault), CR_OK);
    assert_int_equal(cr_store_job_running(own->store, job.id, &mine, &fault), CR_OK);
    cJSON *output = cJSON_Parse("{\"file\": \"assets/a.png\", \"alt\": \"A bee\"}");
    assert_int_equal(cr_store_job_done(own->store, job.id, &mine, output, 250, &fault), CR_OK);
    int64_t revision = 0, after = 0;
    assert_int_equal(cr_store_revision(own->store, "film", &revision, &fault), CR_OK);
    assert_int_equal(cr_store_job_done(own->store, job.id, &mine, output, 250, &fault),
                     CR_CONFLICT);
    assert_int_equal(cr_store_job_failed(own->store, job.id, &mine, "no", 0, &fault), CR_CONFLICT);
    assert_int_equal(cr_store_revision(own->store, "film", &after, &fault), CR_OK);
    assert_int_equal(revision, after);
    cJSON_Delete(output);
    cr_job_free(&job);
    cr_job kept = only_job(own);
    assert_int_equal(kept.state, CR_JOB_DONE);
    assert_int_equal(kept.cost, 250);
    assert_string_equal(cJSON_GetObjectItem(kept.output, "file")->valuestring, "assets/a.png");
    cr_job_free(&kept);
}

static void a_result_is_also_a_row_of_what_it_is(void **state)
{
    const fixture *own = *state;
    static const struct {
        const char *unit, *kind, *sql, *row;
    } cases[] = {
        {"scene/3/picture", "picture",
         "SELECT scene || ' ' || variant || ' ' || file || ' ' || alt FROM shot_images",
         "3 3 assets/a.png A bee"},
        {"scene/3/voice", "voice",
         "SELECT scene || ' ' || role || ' ' || file || ' ' || duration FROM audio_assets",
         "3 voice assets/a.png 77"},
        {"scene/3/motion", "lipsync",
         "SELECT scene || ' ' || file || ' ' || duration FROM video_clips", "3 assets/a.png 77"},
    };
    cr_fault fault;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_job job = claim(own, cases[i].unit, cases[i].kind, "h");
        cJSON *output =
            cJSON_Parse("{\"file\": \"assets/a.png\", \"alt\": \"A bee\", \"duration\": 77}");
        assert_int_equal(cr_store_job_done(own->store, job.id, &mine, output, 0, &fault), CR_OK);
        cJSON_Delete(output);
        cr_job_free(&job);
        char *row = place_ask(own->store, cases[i].sql);
        assert_string_equal(row, cases[i].row);
        cr_free(row);
    }
}

static void a_failed_job_says_why_and_can_be_tried_again(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "music", "music", "h");
    cr_fault fault;
    assert_int_equal(cr_store_job_submitted(own->store, job.id, &mine, "e", &fault), CR_OK);
    assert_int_equal(cr_store_job_failed(own->store, job.id, &mine, "no soundfont", 5, &fault),
                     CR_OK);
    cr_job again = claim(own, "music", "music", "h");
    assert_int_equal(again.state, CR_JOB_FAILED);
    assert_string_equal(again.error, "no soundfont");
    cr_job_free(&again);
    int count = -1;
    assert_int_equal(cr_store_jobs_retry(own->store, "film", "script", 1200, &count, &fault),
                     CR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(cr_store_jobs_retry(own->store, "film", NULL, 1200, &count, &fault), CR_OK);
    assert_int_equal(count, 1);
    again = claim(own, "music", "music", "h");
    assert_int_equal(again.id, job.id);
    assert_int_equal(again.state, CR_JOB_WAITING);
    assert_string_equal(again.external_id, "");
    assert_int_equal(cr_store_job_submitted(own->store, job.id, &mine, "f", &fault), CR_OK);
    cr_job_free(&again);
    again = only_job(own);
    assert_int_equal(again.attempts, 2);
    cr_job_free(&again);
    cr_job_free(&job);
}

static void a_canceled_job_makes_room_for_a_new_row(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "music", "music", "h");
    cr_fault fault;
    assert_int_equal(cr_store_job_canceled(own->store, job.id, &mine, &fault), CR_OK);
    cr_job again = claim(own, "music", "music", "h");
    assert_int_not_equal(again.id, job.id);
    cr_job_free(&again);
    cr_job_free(&job);
}

static void a_job_that_its_provider_forgot_waits_again(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "music", "music", "h");
    cr_fault fault;
    assert_int_equal(cr_store_job_submitted(own->store, job.id, &mine, "e", &fault), CR_OK);
    assert_int_equal(cr_store_job_lost(own->store, job.id, &mine, &fault), CR_OK);
    cr_job_free(&job);
    job = only_job(own);
    assert_int_equal(job.state, CR_JOB_WAITING);
    assert_string_equal(job.external_id, "");
    assert_string_equal(job.owner, "mine");
    cr_job_free(&job);
}

static void a_result_that_vanished_is_made_anew(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "music", "music", "h");
    cr_fault fault;
    assert_int_equal(cr_store_job_forget(own->store, job.id, "gone", 1, &fault), CR_CONFLICT);
    cJSON *output = cJSON_Parse("{\"file\": \"assets/a.wav\", \"duration\": 1}");
    assert_int_equal(cr_store_job_done(own->store, job.id, &mine, output, 0, &fault), CR_OK);
    cJSON_Delete(output);
    assert_int_equal(cr_store_job_forget(own->store, job.id, "gone", 1, &fault), CR_OK);
    cr_job again = claim(own, "music", "music", "h");
    assert_int_not_equal(again.id, job.id);
    assert_int_equal(again.state, CR_JOB_WAITING);
    cr_job_free(&again);
    cr_job_free(&job);
}

static void remember(void *cookie, int64_t revision, const char *body)
{
    (void)revision;
    char *all = cookie;
    cJSON *change = cJSON_Parse(body);
    const cJSON *what = cJSON_GetObjectItem(change, "state");
    size_t used = strlen(all);
    if (what) snprintf(all + used, 200 - used, "%s ", what->valuestring);
    cJSON_Delete(change);
}

static void every_step_of_a_job_is_in_the_change_feed(void **state)
{
    const fixture *own = *state;
    cr_job job = claim(own, "questions", "questions", "h");
    cr_fault fault;
    assert_int_equal(cr_store_job_submitted(own->store, job.id, &mine, "e", &fault), CR_OK);
    assert_int_equal(cr_store_job_running(own->store, job.id, &mine, &fault), CR_OK);
    cJSON *output = cJSON_CreateObject();
    assert_int_equal(cr_store_job_done(own->store, job.id, &mine, output, 0, &fault), CR_OK);
    cJSON_Delete(output);
    cr_job_free(&job);
    char all[200] = "";
    assert_int_equal(cr_store_changes(own->store, "film", 0, 100, remember, all, &fault), CR_OK);
    assert_string_equal(all, "waiting submitted running done ");
}

#define JOB_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(the_intent_is_there_before_anybody_is_asked),
        JOB_TEST(one_unit_and_hash_have_one_row),
        JOB_TEST(a_leased_job_is_not_taken_by_another_until_the_lease_is_over),
        JOB_TEST(the_job_of_a_dead_process_is_taken_over_at_once_with_what_it_knew),
        JOB_TEST(renewing_keeps_others_away_and_dropping_lets_them_in),
        JOB_TEST(a_result_is_recorded_once),
        JOB_TEST(a_result_is_also_a_row_of_what_it_is),
        JOB_TEST(a_failed_job_says_why_and_can_be_tried_again),
        JOB_TEST(a_canceled_job_makes_room_for_a_new_row),
        JOB_TEST(a_job_that_its_provider_forgot_waits_again),
        JOB_TEST(a_result_that_vanished_is_made_anew),
        JOB_TEST(every_step_of_a_job_is_in_the_change_feed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
