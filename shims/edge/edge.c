// server/range as a WebAssembly module without imports: edge.js writes the request's fields, asks
// for the decision and reads it. One request at a time, and none is held between calls.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "range/http_date.h"
#include "range/range.h"

#define EXPORT(name) __attribute__((export_name(#name)))

// What edge.js writes, in its order; longer fields it answers itself.
enum {
    FIELD_RANGE = 0,
    FIELD_IF_RANGE,
    FIELD_IF_MATCH,
    FIELD_IF_NONE_MATCH,
    FIELD_IF_MODIFIED_SINCE,
    FIELD_IF_UNMODIFIED_SINCE,
    FIELD_ETAG,
    FIELD_TYPE,
    FIELD_COUNT,
    FIELD_BYTES = 8192,
};

static char fields[FIELD_COUNT][FIELD_BYTES];
static cr_range_plan plan;
static char head[CR_RANGE_PART_BYTES];
static char date[CR_HTTP_DATE_BYTES];

EXPORT(field) char *edge_field(int index)
{
    return fields[index];
}

EXPORT(field_bytes) int edge_field_bytes(void)
{
    return FIELD_BYTES;
}

static const char *field_if(unsigned given, int index)
{
    return given & 1u << index ? fields[index] : NULL;
}

// Bit n of [given]: field n is there. Returns the status.
EXPORT(decide)
int edge_decide(unsigned given, int is_head, int is_there, int64_t size, int64_t modified,
                int64_t now)
{
    const cr_range_request request = {
        .is_head = is_head != 0,
        .range = field_if(given, FIELD_RANGE),
        .if_range = field_if(given, FIELD_IF_RANGE),
        .if_match = field_if(given, FIELD_IF_MATCH),
        .if_none_match = field_if(given, FIELD_IF_NONE_MATCH),
        .if_modified_since = field_if(given, FIELD_IF_MODIFIED_SINCE),
        .if_unmodified_since = field_if(given, FIELD_IF_UNMODIFIED_SINCE),
        .now = now,
    };
    const cr_range_object object = {.is_there = is_there != 0,
                                    .size = (uint64_t)size,
                                    .etag = field_if(given, FIELD_ETAG),
                                    .modified = modified,
                                    .type = field_if(given, FIELD_TYPE)};
    cr_range_decide(&request, &object, &plan);
    return plan.status;
}

EXPORT(content_length) int64_t edge_content_length(void)
{
    return (int64_t)plan.content_length;
}

EXPORT(part_count) int edge_part_count(void)
{
    return plan.part_count;
}

EXPORT(part_first) int64_t edge_part_first(int index)
{
    return (int64_t)plan.parts[index].first;
}

EXPORT(part_bytes) int64_t edge_part_bytes(int index)
{
    return (int64_t)plan.parts[index].count;
}

EXPORT(content_range) const char *edge_content_range(void)
{
    return plan.content_range;
}

EXPORT(boundary) const char *edge_boundary(void)
{
    return plan.boundary;
}

// What stands before part [index], or the closing line after the last.
EXPORT(part_head) const char *edge_part_head(int index)
{
    head[cr_range_part_head(&plan, index, head)] = 0;
    return head;
}

EXPORT(date) const char *edge_date(int64_t seconds)
{
    cr_http_date_print(seconds, date);
    return date;
}

void *memcpy(void *restrict to, const void *restrict from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

void *memmove(void *to, const void *from, size_t count)
{
    char *out = to;
    const char *in = from;
    for (size_t i = 0; i < count; i++) {
        size_t at = (uintptr_t)out < (uintptr_t)in ? i : count - 1 - i;
        out[at] = in[at];
    }
    return to;
}

void *memset(void *to, int value, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ((unsigned char *)to)[i] = (unsigned char)value;
    return to;
}

int memcmp(const void *one, const void *other, size_t count)
{
    const unsigned char *a = one, *b = other;
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

size_t strlen(const char *text)
{
    size_t length = 0;
    while (text[length])
        length++;
    return length;
}

size_t strspn(const char *text, const char *of)
{
    size_t length = 0;
    for (const char *at = of; *at && text[length];) {
        bool is_one = *at == text[length];
        if (is_one) length++;
        at = is_one ? of : at + 1;
    }
    return length;
}
