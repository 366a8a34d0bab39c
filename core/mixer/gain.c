#include "mixer/gain.h"

#include <math.h>

static const double ln_2 = 0.69314718055994530942;
static const double pi = 3.14159265358979323846;
static const double square_root_of_2 = 1.41421356237309504880;
static const double log2_of_10_over_20 = 0.16609640474436811739;
static const double log2_of_100 = 6.64385618977472469456;

double cr_power_of_two(double x)
{
    if (x < -1020) return 0;
    if (x > 1020) x = 1020;
    double whole = floor(x + 0.5);
    double rest = (x - whole) * ln_2; // within ±0.35
    double sum = 1;
    for (int i = 14; i >= 1; i--)
        sum = 1 + sum * rest / i;
    return ldexp(sum, (int)whole);
}

double cr_sine_half_turns(double x)
{
    double whole = floor(x + 0.5);
    double rest = (x - whole) * pi; // within ±pi/2
    double square = rest * rest;
    double sum = 1;
    for (int i = 11; i >= 1; i--)
        sum = 1 - sum * square / ((2 * i) * (2 * i + 1));
    double sine = rest * sum;
    return fmod(whole, 2) == 0 ? sine : -sine;
}

double cr_gain_from_db(double db)
{
    if (db <= CR_GAIN_SILENCE_DB) return 0;
    return cr_power_of_two(db * log2_of_10_over_20);
}

double cr_gain_from_number(cr_number db)
{
    return cr_gain_from_db((double)db / (double)CR_ONE);
}

void cr_pan_gains(cr_number pan, double *left, double *right)
{
    if (pan == 0) {
        *left = *right = 1;
        return;
    }
    if (pan < -CR_ONE) pan = -CR_ONE;
    if (pan > CR_ONE) pan = CR_ONE;
    double quarter = (double)(pan + CR_ONE) / (double)(4 * CR_ONE); // of a half turn
    *left = pan == CR_ONE ? 0 : square_root_of_2 * cr_sine_half_turns(0.5 - quarter);
    *right = pan == -CR_ONE ? 0 : square_root_of_2 * cr_sine_half_turns(quarter);
}

double cr_fade_gain(cr_ticks passed, cr_ticks length, cr_fade_curve curve)
{
    if (length <= 0 || passed >= length) return 1;
    if (passed <= 0) return 0;
    double linear = (double)passed / (double)length;
    if (curve == CR_FADE_EQUAL_POWER) return sqrt(linear);
    if (curve == CR_FADE_EXPONENTIAL) return (cr_power_of_two(linear * log2_of_100) - 1) / 99;
    return linear;
}
