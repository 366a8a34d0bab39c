#include "range/http_date.h"

enum {
    SECONDS_A_DAY = 86400,
    DAYS_TO_1970 = 719468, // from 0000-03-01
    DAYS_AN_ERA = 146097,  // 400 years
};

static const char days[] = "SunMonTueWedThuFriSat";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

typedef struct date {
    int64_t year;
    int month, day, hour, minute, second; // month from 1
} date;

// Days since 1970-01-01 in the proleptic Gregorian calendar, by counting years from March
// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
static int64_t days_of(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_AN_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970;
}

static void date_of(int64_t day_count, date *out)
{
    int64_t shifted = day_count + DAYS_TO_1970;
    int64_t era = (shifted >= 0 ? shifted : shifted - DAYS_AN_ERA + 1) / DAYS_AN_ERA;
    int64_t of_era = shifted - era * DAYS_AN_ERA;
    int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t month = (5 * of_year + 2) / 153;
    out->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    out->month = (int)(month < 10 ? month + 3 : month - 9);
    out->year = years + era * 400 + (out->month <= 2);
}

static bool skip_text(const char **at, const char *expected)
{
    const char *p = *at;
    for (; *expected; expected++, p++)
        if (*p != *expected) return false;
    *at = p;
    return true;
}

// Exactly [count] digits.
static bool read_number(const char **at, int count, int *out)
{
    const char *p = *at;
    int value = 0;
    for (int i = 0; i < count; i++, p++) {
        if (*p < '0' || *p > '9') return false;
        value = value * 10 + (*p - '0');
    }
    *at = p;
    *out = value;
    return true;
}

// One of [names], three letters each; its number from 0.
static bool read_name(const char **at, const char *names, int *out)
{
    for (int i = 0; names[i * 3]; i++) {
        const char *p = *at;
        if (p[0] != names[i * 3] || p[1] != names[i * 3 + 1] || p[2] != names[i * 3 + 2]) continue;
        *at = p + 3;
        *out = i;
        return true;
    }
    return false;
}

static bool read_month(const char **at, int *out)
{
    int index;
    if (!read_name(at, months, &index)) return false;
    *out = index + 1;
    return true;
}

static bool read_clock(const char **at, date *out)
{
    return read_number(at, 2, &out->hour) && skip_text(at, ":") &&
           read_number(at, 2, &out->minute) && skip_text(at, ":") &&
           read_number(at, 2, &out->second);
}

// "06 Nov 1994 08:49:37 GMT" after the day's name.
static bool read_preferred(const char *p, date *out)
{
    int year;
    bool is_read = read_number(&p, 2, &out->day) && skip_text(&p, " ") &&
                   read_month(&p, &out->month) && skip_text(&p, " ") && read_number(&p, 4, &year) &&
                   skip_text(&p, " ") && read_clock(&p, out) && skip_text(&p, " GMT") && !*p;
    if (is_read) out->year = year;
    return is_read;
}

// "06-Nov-94 08:49:37 GMT" after "Sunday, ".
static bool read_rfc850(const char *p, int64_t now, date *out)
{
    int year;
    if (!(read_number(&p, 2, &out->day) && skip_text(&p, "-") && read_month(&p, &out->month) &&
          skip_text(&p, "-") && read_number(&p, 2, &year) && skip_text(&p, " ") &&
          read_clock(&p, out) && skip_text(&p, " GMT") && !*p))
        return false;
    date today;
    date_of(now / SECONDS_A_DAY, &today);
    out->year = today.year - today.year % 100 + year;
    // More than 50 years ahead means the century before (RFC 9110 section 5.6.7).
    if (out->year > today.year + 50) out->year -= 100;
    if (out->year <= today.year - 50) out->year += 100;
    return true;
}

// "Nov  6 08:49:37 1994" after "Sun ".
static bool read_asctime(const char *p, date *out)
{
    int year;
    if (!read_month(&p, &out->month) || !skip_text(&p, " ")) return false;
    bool is_padded = *p == ' ';
    if (is_padded) p++;
    if (!(read_number(&p, is_padded ? 1 : 2, &out->day) && skip_text(&p, " ") &&
          read_clock(&p, out) && skip_text(&p, " ") && read_number(&p, 4, &year) && !*p))
        return false;
    out->year = year;
    return true;
}

static bool is_possible(const date *d)
{
    static const uint8_t lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = d->year % 4 == 0 && (d->year % 100 != 0 || d->year % 400 == 0);
    if (d->day < 1 || d->day > lengths[d->month - 1]) return false;
    if (d->month == 2 && d->day == 29 && !is_leap) return false;
    // 60 is a leap second.
    return d->hour < 24 && d->minute < 60 && d->second <= 60;
}

bool cr_http_date_parse(const char *text, int64_t now, int64_t *out)
{
    static const char *const long_days[] = {"Sunday, ",   "Monday, ", "Tuesday, ", "Wednesday, ",
                                            "Thursday, ", "Friday, ", "Saturday, "};
    date d = {0};
    bool is_read = false;
    for (int i = 0; i < 7 && !is_read; i++) {
        const char *p = text;
        if (skip_text(&p, long_days[i])) is_read = read_rfc850(p, now, &d);
    }
    int weekday;
    const char *p = text;
    if (!is_read && read_name(&p, days, &weekday))
        is_read =
            skip_text(&p, ", ") ? read_preferred(p, &d) : skip_text(&p, " ") && read_asctime(p, &d);
    if (!is_read || !is_possible(&d)) return false;
    *out =
        days_of(d.year, d.month, d.day) * SECONDS_A_DAY + d.hour * 3600 + d.minute * 60 + d.second;
    return true;
}

static char *print_number(char *at, int64_t value, int digits)
{
    for (int i = digits - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + digits;
}

static char *print_text(char *at, const char *text, int length)
{
    for (int i = 0; i < length; i++)
        at[i] = text[i];
    return at + length;
}

void cr_http_date_print(int64_t seconds, char out[CR_HTTP_DATE_BYTES])
{
    int64_t lowest = days_of(1, 1, 1) * SECONDS_A_DAY;
    int64_t highest = days_of(10000, 1, 1) * SECONDS_A_DAY - 1;
    if (seconds < lowest) seconds = lowest;
    if (seconds > highest) seconds = highest;
    int64_t day = seconds / SECONDS_A_DAY, rest = seconds % SECONDS_A_DAY;
    if (rest < 0) {
        rest += SECONDS_A_DAY;
        day--;
    }
    date d;
    date_of(day, &d);
    int64_t weekday = ((day + 4) % 7 + 7) % 7; // 1970 began on a Thursday
    char *at = print_text(out, days + weekday * 3, 3);
    at = print_text(at, ", ", 2);
    at = print_number(at, d.day, 2);
    at = print_text(at, " ", 1);
    at = print_text(at, months + (size_t)(d.month - 1) * 3, 3);
    at = print_text(at, " ", 1);
    at = print_number(at, d.year, 4);
    at = print_text(at, " ", 1);
    at = print_number(at, rest / 3600, 2);
    at = print_text(at, ":", 1);
    at = print_number(at, rest / 60 % 60, 2);
    at = print_text(at, ":", 1);
    at = print_number(at, rest % 60, 2);
    at = print_text(at, " GMT", 4);
    *at = '\0';
}
