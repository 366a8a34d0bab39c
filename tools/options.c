#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "media/pixel.h"
#include "time/timecode.h"

bool option_int(const char *text, int64_t min, int64_t max, int64_t *out)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end || value < min || value > max) return false;
    *out = value;
    return true;
}

// A decimal without sign as whole millionths; [*end] is what follows it.
static bool read_decimal(const char *text, const char **end, int64_t *out)
{
    int64_t whole = 0, fraction = 0, unit = 1000000;
    int digits = 0;
    for (; *text >= '0' && *text <= '9'; text++, digits++) {
        if (whole > 1000000000) return false;
        whole = whole * 10 + (*text - '0');
    }
    if (*text == '.') {
        for (text++; *text >= '0' && *text <= '9'; text++, digits++) {
            unit /= 10;
            fraction += (*text - '0') * unit;
        }
    }
    *end = text;
    *out = whole * 1000000 + fraction;
    return digits > 0;
}

static bool read_timecode(const char *text, cr_rate rate, cr_ticks *out)
{
    cr_timecode timecode;
    int64_t frame;
    if (cr_timecode_parse(&timecode, text, NULL) != CR_OK) return false;
    if (cr_timecode_to_frame(&frame, timecode, rate, NULL) != CR_OK || frame < 0) return false;
    *out = cr_frame_start(frame, rate);
    return true;
}

bool option_time(const char *text, cr_rate rate, cr_ticks *out)
{
    int colons = 0;
    for (const char *at = text; *at; at++)
        colons += *at == ':' || *at == ';';
    if (colons == 3) return read_timecode(text, rate, out);
    int64_t sum = 0;
    for (int part = 0; part <= colons; part++) {
        int64_t value;
        if (!read_decimal(text, &text, &value)) return false;
        bool is_last = part == colons;
        if (is_last ? *text != 0 : *text != ':' || value % 1000000 != 0) return false;
        if (colons > 0 && part > 0 && value >= 60000000) return false;
        sum = sum * 60 + value;
        text += !is_last;
    }
    if (colons > 2) return false;
    *out = cr_ticks_from_microseconds(sum);
    return *out <= CR_TICKS_MAX;
}

bool option_size(const char *text, int *width, int *height)
{
    char *end = NULL;
    long w = strtol(text, &end, 10);
    if (end == text || (*end != 'x' && *end != 'X')) return false;
    const char *second = end + 1;
    long h = strtol(second, &end, 10);
    if (end == second || *end) return false;
    if (w < 1 || h < 1 || w > CR_PICTURE_SIDE_MAX || h > CR_PICTURE_SIDE_MAX) return false;
    *width = (int)w;
    *height = (int)h;
    return true;
}

bool option_rate(const char *text, cr_rate *out)
{
    static const struct {
        const char *text;
        cr_rate rate;
    } usual[] = {{"23.976", {24000, 1001}},
                 {"23.98", {24000, 1001}},
                 {"29.97", {30000, 1001}},
                 {"59.94", {60000, 1001}},
                 {"119.88", {120000, 1001}}};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (strcmp(usual[i].text, text) == 0) {
            *out = usual[i].rate;
            return true;
        }
    }
    int64_t num, den = 1000000;
    if (!read_decimal(text, &text, &num)) return false;
    if (*text == '/' && (!option_int(text + 1, 1, 1000000, &den) || num % 1000000 != 0))
        return false;
    else if (*text == '/')
        num /= 1000000;
    else if (*text)
        return false;
    return num >= den && num <= den * 1000 && cr_rate_make(out, num, den) == CR_OK;
}
