// What the paid makers are made of, without a service: models, answers, times, addresses, money.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "broker/http_client.h"
#include "broker/model.h"
#include "broker/paid_values.h"
#include "broker/paid_voice.h"
#include "broker/provider_paid.h"
#include "broker/sniff.h"
#include "broker/text_schema.h"

static cJSON *motion_input(int seconds)
{
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, "picture", "/films/a.png");
    cJSON_AddStringToObject(input, "visual", "a lighthouse");
    cJSON_AddStringToObject(input, "shot", "push in");
    cJSON_AddNumberToObject(input, "width", 1920);
    cJSON_AddNumberToObject(input, "height", 1080);
    cr_json_add_int(input, "duration", seconds * CR_TICKS_PER_SECOND);
    return input;
}

static double seconds_for(const cr_model *model, int wanted)
{
    cJSON *request = motion_input(wanted), *values = cr_paid_values("motion", request),
          *made = NULL;
    assert_int_equal(cr_model_input(model, values, &made, NULL), CR_OK);
    double got = cJSON_GetNumberValue(cJSON_GetObjectItem(made, "duration"));
    cJSON_Delete(request);
    cJSON_Delete(values);
    cJSON_Delete(made);
    return got;
}

static void every_model_is_whole(void **state)
{
    cr_model_table *table = *state;
    for (int i = 0; i < cr_model_file_count; i++) {
        cJSON *tree = cJSON_Parse(cr_model_files[i].text);
        const char *wire = cJSON_GetStringValue(cJSON_GetObjectItem(tree, "wire"));
        const char *kind = cJSON_GetStringValue(cJSON_GetObjectItem(tree, "kind"));
        const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(tree, "model"));
        const cr_model *model = cr_models_find(table, wire, kind, name);
        assert_non_null(model);
        assert_true(cr_model_price(model, 1) > 0 || strcmp(kind, "text") == 0);
        // Everything that is sent is something that the model takes.
        const cJSON *rule, *takes = cJSON_GetObjectItem(model->data, "takes");
        cJSON_ArrayForEach(rule, cJSON_GetObjectItem(model->data, "input"))
        {
            if (!cJSON_GetObjectItem(takes, rule->string)) fail_msg("%s: %s", name, rule->string);
        }
        cJSON_Delete(tree);
    }
}

static void a_length_is_one_that_the_model_has(void **state)
{
    const cr_model *wan = cr_models_find(*state, "replicate", "motion", NULL);
    assert_int_equal((int)seconds_for(wan, 3), 5);
    assert_int_equal((int)seconds_for(wan, 5), 5);
    assert_int_equal((int)seconds_for(wan, 6), 10);
    assert_int_equal((int)seconds_for(wan, 60), 10);
    const cr_model *veo = cr_models_find(*state, "replicate", "motion", "google/veo-3-fast");
    assert_int_equal((int)seconds_for(veo, 5), 6);
}

static void a_wrong_input_is_named(void **state)
{
    const cr_model *flux = cr_models_find(*state, "replicate", "picture", NULL);
    static const struct {
        const char *input, *where;
    } cases[] = {
        {"{}", "/input/prompt"},
        {"{\"prompt\": \"\"}", "/input/prompt"},
        {"{\"prompt\": 3}", "/input/prompt"},
        {"{\"prompt\": \"a\", \"aspect_ratio\": \"16:10\"}", "/input/aspect_ratio"},
        {"{\"prompt\": \"a\", \"num_outputs\": 5}", "/input/num_outputs"},
        {"{\"prompt\": \"a\", \"seed\": 1.5}", "/input/seed"},
        {"{\"prompt\": \"a\", \"sed\": 1}", "/input/sed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cJSON *input = cJSON_Parse(cases[i].input);
        cr_fault fault = {0};
        assert_int_equal(cr_model_check(flux, input, &fault), CR_INVALID);
        assert_string_equal(fault.where, cases[i].where);
        cJSON_Delete(input);
    }
}

static void money_is_never_too_little(void **state)
{
    const cr_model *flux = cr_models_find(*state, "replicate", "picture", NULL);
    assert_int_equal(cr_model_price(flux, 1), 3000);
    assert_int_equal(cr_model_price(flux, 0), 0);
    const cr_model *voice = cr_models_find(*state, "elevenlabs", "voice", NULL);
    assert_int_equal(cr_model_price(voice, 64), 7040);
}

static void answers_are_read_leniently(void **state)
{
    (void)state;
    static const char *const good[] = {
        "{\"a\": 1}",
        "Of course!\n```json\n{\"a\": 1}\n```\nAnything else?",
        "<think>{\"b\": {}}</think>{\"a\": 1} }",
        "\xef\xbb\xbf {\"a\": 1, \"s\": \"} \\\" {\"}",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cJSON *tree = NULL;
        assert_int_equal(cr_text_parse(&tree, good[i], strlen(good[i]), NULL), CR_OK);
        assert_int_equal(cJSON_GetObjectItem(tree, "a")->valueint, 1);
        cJSON_Delete(tree);
    }
    static const char *const bad[] = {"", "no", "{", "{\"a\": }", "[1]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cJSON *tree = NULL;
        assert_int_equal(cr_text_parse(&tree, bad[i], strlen(bad[i]), NULL), CR_CORRUPT);
    }
}

static void a_script_that_lacks_something_is_named(void **state)
{
    (void)state;
    cJSON *script =
        cJSON_Parse("{\"title\": \"T\", \"scenes\": [{\"narration\": \"a\", \"visual\": "
                    "\"b\"}, {\"narration\": \" \", \"visual\": \"b\"}]}");
    cr_fault fault = {0};
    assert_int_equal(cr_text_check("script", script, &fault), CR_CORRUPT);
    assert_string_equal(fault.where, "/scenes/1/narration");
    cJSON_SetValuestring(
        cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(script, "scenes"), 1),
                            "narration"),
        "c");
    assert_int_equal(cr_text_check("script", script, &fault), CR_OK);
    assert_string_equal(cJSON_GetStringValue(cJSON_GetObjectItem(script, "palette")), "meadow");
    cJSON_Delete(script);
}

static void words_have_the_times_of_their_characters(void **state)
{
    (void)state;
    cJSON *times = cJSON_Parse("{\"characters\": [\"I\", \" \", \"\xc3\xa9\", \"s\"],"
                               " \"character_start_times_seconds\": [0.5, 0.6, 1, 1.25],"
                               " \"character_end_times_seconds\": [0.6, 1, 1.25, 1.5]}");
    cJSON *voice = cr_paid_voice_output("v.wav", "I \xc3\xa9s", 2 * CR_TICKS_PER_SECOND, times);
    const cJSON *words = cJSON_GetObjectItem(voice, "words"), *last = cJSON_GetArrayItem(words, 1);
    assert_int_equal(cJSON_GetArraySize(words), 2);
    assert_true(cJSON_GetNumberValue(cJSON_GetObjectItem(last, "start")) ==
                (double)CR_TICKS_PER_SECOND);
    assert_true(cJSON_GetNumberValue(cJSON_GetObjectItem(last, "end")) ==
                1.5 * (double)CR_TICKS_PER_SECOND);
    cJSON_Delete(voice);
    cJSON_Delete(times);
}

static void refusals_are_understood(void **state)
{
    (void)state;
    static const struct {
        void (*service)(cr_paid_service *service);
        int status;
        const char *body;
        cr_trouble_kind kind;
        int64_t wait_ms;
    } cases[] = {
        {cr_replicate_service, 429, "{\"detail\": \"slow\", \"retry_after\": 30}", CR_TROUBLE_LATER,
         30000},
        {cr_replicate_service, 402, "{\"title\": \"Insufficient credit\"}", CR_TROUBLE_MONEY, -1},
        {cr_replicate_service, 422, "{\"detail\": \"- input\"}", CR_TROUBLE_INPUT, -1},
        {cr_replicate_service, 502, "<html>", CR_TROUBLE_SAME, -1},
        {cr_openai_service, 429, "{\"error\": {\"code\": \"insufficient_quota\"}}",
         CR_TROUBLE_MONEY, -1},
        {cr_openai_service, 429, "{\"error\": {\"code\": \"rate_limit_exceeded\"}}",
         CR_TROUBLE_LATER, -1},
        {cr_openai_service, 503, "{\"error\": {\"message\": \"Loading model\"}}", CR_TROUBLE_LATER,
         -1},
        {cr_elevenlabs_service, 401, "{\"detail\": {\"status\": \"quota_exceeded\"}}",
         CR_TROUBLE_MONEY, -1},
        {cr_elevenlabs_service, 401, "{\"detail\": {\"status\": \"invalid_api_key\"}}",
         CR_TROUBLE_AUTH, -1},
        {cr_minimax_service, 200, "{\"base_resp\": {\"status_code\": 1026}}", CR_TROUBLE_BLOCKED,
         -1},
        {cr_minimax_service, 200, "{\"base_resp\": {\"status_code\": 0}}", CR_TROUBLE_NONE, -1},
        {cr_google_service, 429, "{\"error\": {\"details\": [{}, {\"retryDelay\": \"34.4s\"}]}}",
         CR_TROUBLE_LATER, 34400},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_paid_service service = {0};
        cases[i].service(&service);
        char body[200];
        snprintf(body, sizeof body, "%s", cases[i].body);
        const cr_http_answer answer = {
            .status = cases[i].status, .body = body, .size = strlen(body), .retry_after_ms = -1};
        cr_trouble trouble = {.wait_ms = -1};
        service.judge(&answer, &trouble);
        assert_int_equal(trouble.kind, cases[i].kind);
        assert_int_equal(trouble.wait_ms, cases[i].wait_ms);
    }
}

static void addresses_that_are_not_public(void **state)
{
    (void)state;
    static const uint8_t closed[][4] = {
        {127, 0, 0, 1},  {10, 1, 2, 3}, {172, 31, 0, 1}, {192, 168, 0, 1},    {169, 254, 169, 254},
        {100, 64, 0, 1}, {0, 0, 0, 0},  {224, 0, 0, 1},  {255, 255, 255, 255}};
    static const uint8_t open[][4] = {{8, 8, 8, 8}, {172, 32, 0, 1}, {100, 128, 0, 1}};
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        uint8_t mapped[16] = {[10] = 0xff, [11] = 0xff};
        memcpy(mapped + 12, closed[i], 4);
        assert_false(cr_http_address_is_public(closed[i], 4));
        assert_false(cr_http_address_is_public(mapped, 16));
    }
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        assert_true(cr_http_address_is_public(open[i], 4));
    static const uint8_t loopback[16] = {[15] = 1}, local[16] = {0xfe, 0x80}, unique[16] = {0xfd};
    static const uint8_t global[16] = {0x26, 0x06, 0x47};
    assert_false(cr_http_address_is_public(loopback, 16));
    assert_false(cr_http_address_is_public(local, 16));
    assert_false(cr_http_address_is_public(unique, 16));
    assert_true(cr_http_address_is_public(global, 16));
}

static void retry_after_is_seconds_or_a_date(void **state)
{
    (void)state;
    assert_int_equal(cr_http_retry_after("2", 0), 2000);
    assert_int_equal(cr_http_retry_after("1.5", 0), 1500);
    assert_int_equal(cr_http_retry_after("Thu, 01 Jan 1970 00:00:10 GMT", 4000), 6000);
    assert_int_equal(cr_http_retry_after("Thu, 01 Jan 1970 00:00:10 GMT", 40000), 0);
    assert_int_equal(cr_http_retry_after("soon", 0), -1);
    assert_int_equal(cr_http_retry_after("-3", 0), -1);
    assert_int_equal(cr_http_retry_after("nan", 0), -1);
}

static void things_are_what_their_bytes_are(void **state)
{
    (void)state;
    assert_string_equal(cr_sniff_bytes("\x89PNG\r\n\x1a\n....", 12, "picture"), ".png");
    assert_null(cr_sniff_bytes("\x89PNG\r\n\x1a\n....", 12, "film"));
    assert_string_equal(cr_sniff_bytes("....ftypisom", 12, "film"), ".mp4");
    assert_null(cr_sniff_bytes("", 0, "sound"));
    assert_null(cr_sniff_bytes("<html><body>not here", 20, "sound"));
}

static int open_models(void **state)
{
    cr_model_table *table = NULL;
    if (cr_models_open(&table, NULL) != CR_OK) return -1;
    *state = table;
    return 0;
}

static int close_models(void **state)
{
    cr_model_table *table = *state;
    cr_models_close(&table);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_model_is_whole),
        cmocka_unit_test(a_length_is_one_that_the_model_has),
        cmocka_unit_test(a_wrong_input_is_named),
        cmocka_unit_test(money_is_never_too_little),
        cmocka_unit_test(answers_are_read_leniently),
        cmocka_unit_test(a_script_that_lacks_something_is_named),
        cmocka_unit_test(words_have_the_times_of_their_characters),
        cmocka_unit_test(refusals_are_understood),
        cmocka_unit_test(addresses_that_are_not_public),
        cmocka_unit_test(retry_after_is_seconds_or_a_date),
        cmocka_unit_test(things_are_what_their_bytes_are),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
