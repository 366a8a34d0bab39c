// Reading what stands on a command line.
#pragma once

#include <stdbool.h>

#include "time/time.h"

// "12.5" seconds, "1:02.5", "1:02:03", or at [rate] the timecode "00:01:02:15" ("…;15" is
// drop-frame). False when it is none of these.
bool option_time(const char *text, cr_rate rate, cr_ticks *out);

// "1280x720", both within what a picture may be.
bool option_size(const char *text, int *width, int *height);

// "30", "29.97", "30000/1001". The usual decimals mean their exact fractions.
bool option_rate(const char *text, cr_rate *out);

// The whole number that [text] is; false when it is none or not within [min] to [max].
bool option_int(const char *text, int64_t min, int64_t max, int64_t *out);
