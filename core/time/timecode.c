#include "time/timecode.h"

#include <stdio.h>

#include "base/assert.h"

enum { hour_minutes = 60, minute_seconds = 60, drop_cycle_minutes = 10, hours_max = 9999 };

// Labels a second: the rate rounded up to whole frames.
static int64_t nominal_rate(cr_rate rate)
{
    return ((int64_t)rate.num + rate.den - 1) / rate.den;
}

// Labels left out at the start of each minute that is not a tenth.
static int64_t dropped_a_minute(cr_rate rate)
{
    return nominal_rate(rate) / 15;
}

bool cr_timecode_can_drop(cr_rate rate)
{
    return rate.den == 1001 && rate.num % 30000 == 0 && rate.num > 0 && rate.num <= 120000 &&
           rate.num != 90000;
}

// The number of the label that frame [index] carries, counting those left out.
static int64_t label_of_frame(int64_t index, cr_rate rate)
{
    int64_t dropped = dropped_a_minute(rate);
    int64_t minute = nominal_rate(rate) * minute_seconds;
    int64_t cycle = minute * drop_cycle_minutes - dropped * (drop_cycle_minutes - 1);
    int64_t cycles = index / cycle, rest = index % cycle;
    int64_t label = index + cycles * dropped * (drop_cycle_minutes - 1);
    if (rest >= minute) label += dropped * (1 + (rest - minute) / (minute - dropped));
    return label;
}

cr_timecode cr_timecode_of_frame(int64_t index, cr_rate rate, bool is_drop_frame)
{
    CR_ASSERT(cr_rate_is_known(rate));
    cr_timecode timecode = {.is_negative = index < 0};
    timecode.is_drop_frame = is_drop_frame && cr_timecode_can_drop(rate);
    int64_t nominal = nominal_rate(rate);
    int64_t label = index < 0 ? -index : index;
    if (timecode.is_drop_frame) label = label_of_frame(label, rate);
    timecode.frames = (int)(label % nominal);
    int64_t seconds = label / nominal;
    timecode.seconds = (int)(seconds % minute_seconds);
    timecode.minutes = (int)(seconds / minute_seconds % hour_minutes);
    timecode.hours = (int)(seconds / minute_seconds / hour_minutes);
    return timecode;
}

cr_status cr_timecode_to_frame(int64_t *out, cr_timecode timecode, cr_rate rate, cr_fault *fault)
{
    CR_ASSERT(cr_rate_is_known(rate));
    int64_t nominal = nominal_rate(rate);
    char text[CR_TIMECODE_BYTES_MAX];
    cr_timecode_print(timecode, text, sizeof text);
    if (timecode.hours < 0 || timecode.hours > hours_max || timecode.minutes < 0 ||
        timecode.minutes >= hour_minutes || timecode.seconds < 0 ||
        timecode.seconds >= minute_seconds)
        return cr_fail(fault, CR_INVALID, text, "minutes and seconds go from 0 to 59");
    if (timecode.frames < 0 || timecode.frames >= nominal)
        return cr_fail(fault, CR_INVALID, text, "at this rate frames go from 0 to %d",
                       (int)nominal - 1);
    int64_t minutes = (int64_t)timecode.hours * hour_minutes + timecode.minutes;
    int64_t frame = (minutes * minute_seconds + timecode.seconds) * nominal + timecode.frames;
    if (timecode.is_drop_frame) {
        if (!cr_timecode_can_drop(rate))
            return cr_fail(fault, CR_INVALID, text, "this rate has no drop-frame timecode");
        int64_t dropped = dropped_a_minute(rate);
        if (timecode.minutes % drop_cycle_minutes != 0 && timecode.seconds == 0 &&
            timecode.frames < dropped)
            return cr_fail(fault, CR_INVALID, text, "drop-frame timecode leaves this label out");
        frame -= dropped * (minutes - minutes / drop_cycle_minutes);
    }
    *out = timecode.is_negative ? -frame : frame;
    return CR_OK;
}

void cr_timecode_print(cr_timecode timecode, char *out, size_t size)
{
    snprintf(out, size, "%s%02d:%02d:%02d%c%02d", timecode.is_negative ? "-" : "", timecode.hours,
             timecode.minutes, timecode.seconds, timecode.is_drop_frame ? ';' : ':',
             timecode.frames);
}

// Up to four digits; moves [text] behind them. -1 when there is none.
static int read_digits(const char **text)
{
    int value = -1;
    for (int digits = 0; digits < 4 && **text >= '0' && **text <= '9'; digits++)
        value = (value < 0 ? 0 : value) * 10 + (*(*text)++ - '0');
    return value;
}

cr_status cr_timecode_parse(cr_timecode *out, const char *text, cr_fault *fault)
{
    const char *at = text;
    cr_timecode timecode = {.is_negative = *at == '-'};
    if (timecode.is_negative) at++;
    int *const parts[] = {&timecode.hours, &timecode.minutes, &timecode.seconds, &timecode.frames};
    for (int i = 0; i < 4; i++) {
        *parts[i] = read_digits(&at);
        bool is_good = *parts[i] >= 0;
        if (i == 2) {
            timecode.is_drop_frame = *at == ';' || *at == '.';
            is_good = is_good && (*at == ':' || timecode.is_drop_frame);
        } else if (i < 2) {
            is_good = is_good && *at == ':';
        } else {
            is_good = is_good && *at == '\0';
        }
        if (!is_good) return cr_fail(fault, CR_INVALID, text, "not a timecode such as 01:02:03:04");
        if (i < 3) at++;
    }
    *out = timecode;
    return CR_OK;
}
