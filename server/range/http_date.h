// HTTP's dates (RFC 9110 section 5.6.7), in whole seconds since 1970 UTC. No libc time, no locale.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// "Sun, 06 Nov 1994 08:49:37 GMT" and its end.
enum { CR_HTTP_DATE_BYTES = 30 };

// Reads any of the three forms: IMF-fixdate, RFC 850 (two-digit years are at most 50 years after
// [now]), asctime. False, and [*out] untouched, for anything else: such a header is ignored.
bool cr_http_date_parse(const char *text, int64_t now, int64_t *out);

// Writes the preferred form. [seconds] before the year 1 or after 9999 is held at those.
void cr_http_date_print(int64_t seconds, char out[CR_HTTP_DATE_BYTES]);
