// flow: request fields + what is stored -> [range] -> what to answer
// HTTP's conditions and ranges (RFC 9110 sections 13 and 14) as one pure function: no sockets, no
// memory of its own, nothing but <string.h>. The native server and the Worker are two rims around
// it, so that both answer with the same bytes.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Limits, and the room that texts need.
enum {
    // More ranges than this in one request are not worth serving apart: the whole is sent
    // (RFC 9110 section 14.2 allows it; section 17.15 says why).
    CR_RANGE_PARTS_MAX = 64,
    CR_RANGE_BOUNDARY_BYTES = 36,
    CR_RANGE_FIELD_BYTES = 72, // "bytes 18446744073709551615-…/…"
    CR_RANGE_PART_BYTES = 512, // a part's head
    CR_RANGE_TYPE_BYTES = 256, // longest media type
};

// The fields of a request that matter; each NULL when absent, borrowed.
typedef struct cr_range_request {
    bool is_head; // else GET
    const char *range, *if_range;
    const char *if_match, *if_none_match;
    const char *if_modified_since, *if_unmodified_since;
    int64_t now; // seconds since 1970
} cr_range_request;

// What is stored under the name; borrowed.
typedef struct cr_range_object {
    bool is_there; // false: conditions are judged against nothing, and the answer is 404 or 412
    uint64_t size;
    const char *etag; // with its quotes; NULL unknown
    int64_t modified; // seconds since 1970; INT64_MIN unknown
    const char *type; // media type of the whole; NULL: application/octet-stream
} cr_range_object;

// Bytes [first, first + count) of the object.
typedef struct cr_range_part {
    uint64_t first, count;
} cr_range_part;

// The answer.
typedef struct cr_range_plan {
    int status; // 200, 206, 304, 404, 412, 416
    // Of the body that a GET would have; for HEAD it is said and not sent. 304 has none.
    uint64_t content_length;
    int part_count; // 1: send it bare; more: multipart/byteranges, in this order; 0: no body
    cr_range_part parts[CR_RANGE_PARTS_MAX];
    uint64_t size;                            // of the object
    char content_range[CR_RANGE_FIELD_BYTES]; // "" when the field is not sent
    char boundary[CR_RANGE_BOUNDARY_BYTES];   // "" when not multipart
    char part_type[CR_RANGE_TYPE_BYTES];      // what each part is
} cr_range_plan;

// Judges If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since, If-Range and Range, in
// the order of RFC 9110 section 13.2.2.
void cr_range_decide(const cr_range_request *request, const cr_range_object *object,
                     cr_range_plan *out);

// Writes what stands before part [index] of a multipart body, or with [index] == part_count the
// closing line, into [out]; returns its length.
size_t cr_range_part_head(const cr_range_plan *plan, int index, char out[CR_RANGE_PART_BYTES]);
