// The table of requests that the native server and the Worker are both held to: what is asked of
// which object, and what must come back. Each row names the section of RFC 9110 that says so.
#pragma once

#include "range/range.h"

typedef struct range_case {
    const char *section; // of RFC 9110
    const char *name;
    cr_range_request request;
    cr_range_object object;
    int status;
    const char *content_range; // of a single part or a 416; NULL: not looked at
    const char *parts;         // "first+count first+count"; NULL: not looked at
    int64_t content_length;    // -1: not looked at
} range_case;

extern const range_case range_cases[];
extern const int range_case_count;
