// Every row of the table, and that a multipart body is as long as it is said to be.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "requests.h"

static void print_parts(const cr_range_plan *plan, char *out, size_t size)
{
    size_t length = 0;
    out[0] = '\0';
    for (int i = 0; i < plan->part_count; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%" PRIu64 "+%" PRIu64,
                                   i ? " " : "", plan->parts[i].first, plan->parts[i].count);
}

static int judge(const range_case *c)
{
    cr_range_plan plan;
    cr_range_decide(&c->request, &c->object, &plan);
    char parts[4096];
    print_parts(&plan, parts, sizeof parts);
    int failed = 0;
    if (plan.status != c->status) {
        print_error("%s, %s: status %d, not %d\n", c->section, c->name, plan.status, c->status);
        failed = 1;
    }
    if (c->content_range && strcmp(plan.content_range, c->content_range) != 0) {
        print_error("%s, %s: Content-Range '%s', not '%s'\n", c->section, c->name,
                    plan.content_range, c->content_range);
        failed = 1;
    }
    if (c->parts && strcmp(parts, c->parts) != 0) {
        print_error("%s, %s: parts '%s', not '%s'\n", c->section, c->name, parts, c->parts);
        failed = 1;
    }
    if (c->content_length >= 0 && plan.content_length != (uint64_t)c->content_length) {
        print_error("%s, %s: length %" PRIu64 ", not %" PRId64 "\n", c->section, c->name,
                    plan.content_length, c->content_length);
        failed = 1;
    }
    return failed;
}

static void every_row_of_the_table_is_answered_as_the_rfc_says(void **state)
{
    (void)state;
    int failed = 0;
    for (int i = 0; i < range_case_count; i++)
        failed += judge(&range_cases[i]);
    assert_int_equal(failed, 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_table_is_answered_as_the_rfc_says),
        cmocka_unit_test(a_multipart_body_is_as_long_as_it_says),
        cmocka_unit_test(the_same_request_has_the_same_boundary_and_another_has_another),
        cmocka_unit_test(more_ranges_than_the_limit_send_the_whole),
        cmocka_unit_test(a_very_long_media_type_is_cut_and_stays_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
