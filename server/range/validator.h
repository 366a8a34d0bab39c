// Entity tags and their lists (RFC 9110 sections 8.8.3 and 13.1): pure, no libc but <string.h>.
#pragma once

#include <stdbool.h>

// The two ways to compare (RFC 9110 section 8.8.3.2).
typedef enum cr_etag_match {
    CR_ETAG_NONE = 0,
    CR_ETAG_STRONG, // both strong, and the same
    CR_ETAG_WEAK,   // the same, weak or not
} cr_etag_match;

// Whether [text] is one entity tag and nothing else: "…" or W/"…".
bool cr_etag_is_valid(const char *text);

// Whether the field value [list], tags with commas, names [etag]; [etag] NULL: none is known, and
// nothing names it. What is not a list of tags names nothing from there on.
bool cr_etag_list_has(const char *list, const char *etag, cr_etag_match match);
