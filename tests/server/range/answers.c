// Every row of the table, and that a multipart body is as long as it is said to be.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "range/range.h"

// The table (requests.json), which whoever else answers requests is held to as well.
static int load_table(void **state)
{
    FILE *file = fopen(CUTROOM_REQUESTS, "rb");
    if (!file) return -1;
    static char text[1 << 18];
    size_t length = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    cJSON *table = NULL;
    cr_fault fault = {0};
    if (cr_json_parse(&table, text, length, &fault) != CR_OK) {
        print_error("%s: %s\n", fault.where, fault.text);
        return -1;
    }
    *state = table;
    return 0;
}

static int drop_table(void **state)
{
    cJSON_Delete(*state);
    return 0;
}

static const char *text_of(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static int64_t number_of(const cJSON *object, const char *key, int64_t otherwise)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(number) ? (int64_t)number->valuedouble : otherwise;
}

static cr_range_object object_of(const cJSON *table, const char *name)
{
    const cJSON *objects = cJSON_GetObjectItemCaseSensitive(table, "objects");
    const cJSON *from = cJSON_GetObjectItemCaseSensitive(objects, name);
    return (cr_range_object){.is_there = from != NULL,
                             .size = (uint64_t)number_of(from, "size", 0),
                             .etag = text_of(from, "etag"),
                             .modified = number_of(from, "modified", INT64_MIN)};
}

static cr_range_request request_of(const cJSON *table, const cJSON *row)
{
    const cJSON *headers = cJSON_GetObjectItemCaseSensitive(row, "headers");
    const char *method = text_of(row, "method");
    return (cr_range_request){.is_head = method && strcmp(method, "HEAD") == 0,
                              .range = text_of(headers, "Range"),
                              .if_range = text_of(headers, "If-Range"),
                              .if_match = text_of(headers, "If-Match"),
                              .if_none_match = text_of(headers, "If-None-Match"),
                              .if_modified_since = text_of(headers, "If-Modified-Since"),
                              .if_unmodified_since = text_of(headers, "If-Unmodified-Since"),
                              .now = number_of(table, "now", 0)};
}

static void print_parts(const cr_range_plan *plan, char *out, size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    for (int i = 0; i < plan->part_count; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%" PRIu64 "+%" PRIu64,
                                   i ? " " : "", plan->parts[i].first, plan->parts[i].count);
}

static int differs(const cJSON *row, const char *what, const char *said, const char *wanted)
{
    if (strcmp(said, wanted ? wanted : "") == 0) return 0;
    print_error("%s, %s: %s '%s', not '%s'\n", text_of(row, "section"), text_of(row, "name"), what,
                said, wanted ? wanted : "");
    return 1;
}

static int judge(const cJSON *table, const cJSON *row)
{
    cr_range_object object = object_of(table, text_of(row, "object"));
    cr_range_request request = request_of(table, row);
    cr_range_plan plan;
    cr_range_decide(&request, &object, &plan);
    char parts[4096], status[16], wanted[16];
    print_parts(&plan, parts, sizeof parts);
    (void)snprintf(status, sizeof status, "%d", plan.status);
    (void)snprintf(wanted, sizeof wanted, "%" PRId64, number_of(row, "status", 0));
    int failed = differs(row, "status", status, wanted);
    failed += differs(row, "Content-Range", plan.content_range, text_of(row, "content_range"));
    failed += differs(row, "parts", parts, text_of(row, "parts"));
    int64_t length = number_of(row, "content_length", -1);
    if (length >= 0 && plan.content_length != (uint64_t)length) {
        print_error("%s: length %" PRIu64 "\n", text_of(row, "name"), plan.content_length);
        failed++;
    }
    return failed;
}

static void every_row_of_the_table_is_answered_as_the_rfc_says(void **state)
{
    const cJSON *table = *state, *row = NULL;
    int failed = 0, count = 0;
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(table, "requests"))
    {
        failed += judge(table, row);
        count++;
    }
    assert_int_equal(failed, 0);
    assert_true(count > 200);
}

static cr_range_plan decide(const char *range, uint64_t size)
{
    cr_range_request request = {.range = range, .now = 2000000000};
    cr_range_object object = {.is_there = true,
                              .size = size,
                              .etag = "\"abc\"",
                              .modified = 1000000000,
                              .type = "video/mp4"};
    cr_range_plan plan;
    cr_range_decide(&request, &object, &plan);
    return plan;
}

static void a_multipart_body_is_as_long_as_it_says(void **state)
{
    (void)state;
    cr_range_plan plan = decide("bytes=0-0, 5-9, -10", 1000);
    assert_int_equal(plan.part_count, 3);
    char body[2048];
    size_t length = 0;
    for (int i = 0; i < plan.part_count; i++) {
        char head[CR_RANGE_PART_BYTES];
        size_t bytes = cr_range_part_head(&plan, i, head);
        memcpy(body + length, head, bytes);
        length += bytes;
        memset(body + length, 'x', plan.parts[i].count);
        length += plan.parts[i].count;
    }
    char tail[CR_RANGE_PART_BYTES];
    size_t bytes = cr_range_part_head(&plan, plan.part_count, tail);
    memcpy(body + length, tail, bytes);
    body[length + bytes] = '\0';
    assert_int_equal(length + bytes, plan.content_length);
    char expected[2048];
    snprintf(expected, sizeof expected,
             "\r\n--%s\r\nContent-Type: video/mp4\r\nContent-Range: bytes 0-0/1000\r\n\r\nx"
             "\r\n--%s\r\nContent-Type: video/mp4\r\nContent-Range: bytes 5-9/1000\r\n\r\nxxxxx"
             "\r\n--%s\r\nContent-Type: video/mp4\r\nContent-Range: bytes 990-999/1000\r\n\r\n"
             "xxxxxxxxxx\r\n--%s--\r\n",
             plan.boundary, plan.boundary, plan.boundary, plan.boundary);
    assert_string_equal(body, expected);
}

static void the_same_request_has_the_same_boundary_and_another_has_another(void **state)
{
    (void)state;
    cr_range_plan a = decide("bytes=0-0,5-9", 1000), b = decide("bytes=0-0,5-9", 1000);
    cr_range_plan c = decide("bytes=0-0,5-8", 1000);
    assert_string_equal(a.boundary, b.boundary);
    assert_string_not_equal(a.boundary, c.boundary);
    assert_int_equal(strlen(a.boundary), 32);
}

static void more_ranges_than_the_limit_send_the_whole(void **state)
{
    (void)state;
    char list[4096] = "bytes=";
    size_t length = strlen(list);
    for (int i = 0; i < CR_RANGE_PARTS_MAX + 1; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%d-%d", i ? "," : "",
                                   i * 10, i * 10 + 1);
    assert_int_equal(decide(list, 100000).status, 200);
    *strrchr(list, ',') = '\0';
    cr_range_plan plan = decide(list, 100000);
    assert_int_equal(plan.status, 206);
    assert_int_equal(plan.part_count, CR_RANGE_PARTS_MAX);
}

static void a_very_long_media_type_is_cut_and_stays_a_text(void **state)
{
    (void)state;
    char type[1000];
    memset(type, 't', sizeof type - 1);
    type[sizeof type - 1] = '\0';
    cr_range_request request = {.range = "bytes=0-1,4-5"};
    cr_range_object object = {.is_there = true, .size = 100, .modified = INT64_MIN, .type = type};
    cr_range_plan plan;
    cr_range_decide(&request, &object, &plan);
    assert_int_equal(strlen(plan.part_type), CR_RANGE_TYPE_BYTES - 1);
    char head[CR_RANGE_PART_BYTES];
    assert_true(cr_range_part_head(&plan, 0, head) < CR_RANGE_PART_BYTES);
}

static void the_largest_object_that_can_be_counted_is_sent_whole(void **state)
{
    (void)state;
    cr_range_plan plan = decide("bytes=0-", UINT64_MAX - 1);
    assert_int_equal(plan.status, 206);
    assert_string_equal(plan.content_range, "bytes 0-18446744073709551613/18446744073709551614");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_table_is_answered_as_the_rfc_says),
        cmocka_unit_test(a_multipart_body_is_as_long_as_it_says),
        cmocka_unit_test(the_same_request_has_the_same_boundary_and_another_has_another),
        cmocka_unit_test(more_ranges_than_the_limit_send_the_whole),
        cmocka_unit_test(the_largest_object_that_can_be_counted_is_sent_whole),
        cmocka_unit_test(a_very_long_media_type_is_cut_and_stays_a_text),
    };
    return cmocka_run_group_tests(tests, load_table, drop_table);
}
