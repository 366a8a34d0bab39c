#include "time/time.h"

#include "base/assert.h"

// Wide enough for any product of two 64-bit numbers.
__extension__ typedef __int128 wide;

static wide divide(wide numerator, wide denominator, cr_round rounding)
{
    wide quotient = numerator / denominator;
    wide rest = numerator % denominator;
    if (rest == 0) return quotient;
    switch (rounding) {
    case CR_ROUND_DOWN:
        return rest < 0 ? quotient - 1 : quotient;
    case CR_ROUND_UP:
        return rest > 0 ? quotient + 1 : quotient;
    case CR_ROUND_NEAREST:
        if (rest < 0) return -rest >= denominator + rest ? quotient - 1 : quotient;
        return rest >= denominator - rest ? quotient + 1 : quotient;
    case CR_ROUND_NONE:
        break;
    }
    CR_ASSERT(rounding != CR_ROUND_NONE);
    return quotient;
}

int64_t cr_scale(int64_t value, int64_t multiply, int64_t divisor, cr_round rounding)
{
    CR_ASSERT(divisor > 0);
    wide scaled = divide((wide)value * multiply, divisor, rounding);
    if (scaled > INT64_MAX) return INT64_MAX;
    if (scaled < -INT64_MAX) return -INT64_MAX;
    return (int64_t)scaled;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

cr_status cr_rate_make(cr_rate *out, int64_t num, int64_t den)
{
    if (num <= 0 || den <= 0) return CR_INVALID;
    int64_t common = common_divisor(num, den);
    num /= common;
    den /= common;
    if (num > INT32_MAX || den > INT32_MAX) return CR_INVALID;
    *out = (cr_rate){(int32_t)num, (int32_t)den};
    return CR_OK;
}

bool cr_rate_is_known(cr_rate rate)
{
    return rate.num > 0 && rate.den > 0;
}

bool cr_rate_equal(cr_rate a, cr_rate b)
{
    return (int64_t)a.num * b.den == (int64_t)b.num * a.den &&
           cr_rate_is_known(a) == cr_rate_is_known(b);
}

cr_ticks cr_frame_start(int64_t index, cr_rate rate)
{
    CR_ASSERT(cr_rate_is_known(rate));
    return cr_scale(index, CR_TICKS_PER_SECOND * rate.den, rate.num, CR_ROUND_NEAREST);
}

int64_t cr_frame_at(cr_ticks ticks, cr_rate rate)
{
    CR_ASSERT(cr_rate_is_known(rate));
    CR_ASSERT(ticks > INT64_MIN / 2 && ticks < INT64_MAX / 2);
    // The quotient of the exact times is off by one at most, where a start was rounded.
    int64_t index = cr_scale(ticks, rate.num, CR_TICKS_PER_SECOND * rate.den, CR_ROUND_DOWN);
    while (cr_frame_start(index + 1, rate) <= ticks)
        index++;
    while (cr_frame_start(index, rate) > ticks)
        index--;
    return index;
}

int64_t cr_frame_count(cr_ticks ticks, cr_rate rate)
{
    return ticks > 0 ? cr_frame_at(ticks - 1, rate) + 1 : 0;
}

cr_ticks cr_ticks_from_milliseconds(int64_t milliseconds)
{
    return cr_scale(milliseconds, CR_TICKS_PER_SECOND, 1000, CR_ROUND_NEAREST);
}

int64_t cr_ticks_to_milliseconds(cr_ticks ticks)
{
    return cr_scale(ticks, 1000, CR_TICKS_PER_SECOND, CR_ROUND_NEAREST);
}

cr_ticks cr_ticks_from_microseconds(int64_t microseconds)
{
    return cr_scale(microseconds, CR_TICKS_PER_SECOND, 1000000, CR_ROUND_NEAREST);
}

cr_ticks cr_range_end(cr_range range)
{
    return range.start + range.duration;
}

bool cr_range_contains(cr_range range, cr_ticks at)
{
    return at >= range.start && at < cr_range_end(range);
}

bool cr_range_overlaps(cr_range a, cr_range b)
{
    return a.start < cr_range_end(b) && b.start < cr_range_end(a);
}

cr_range cr_range_intersect(cr_range a, cr_range b)
{
    cr_ticks start = a.start > b.start ? a.start : b.start;
    cr_ticks end = cr_range_end(a) < cr_range_end(b) ? cr_range_end(a) : cr_range_end(b);
    return (cr_range){start, end > start ? end - start : 0};
}
