#include "compositor/fixed_math.h"

#include "base/assert.h"

static const int64_t saturated = INT64_C(1) << 62;

// π / 180 with 62 fraction bits.
static const int64_t radians_a_degree_q62 = INT64_C(80489105089745809);

// ln 2 with 60 fraction bits.
static const int64_t ln2_q60 = INT64_C(799144290325165979);

static int64_t saturate(cr_wide value)
{
    if (value > saturated) return saturated;
    if (value < -saturated) return -saturated;
    return (int64_t)value;
}

int64_t cr_q32_multiply(int64_t a, int64_t b)
{
    return saturate(((cr_wide)a * b + (INT64_C(1) << 31)) >> 32);
}

int64_t cr_q32_ratio(int64_t numerator, int64_t denominator)
{
    CR_ASSERT(denominator != 0);
    cr_wide n = (cr_wide)numerator * CR_Q32_ONE;
    cr_wide d = denominator;
    if (d < 0) {
        n = -n;
        d = -d;
    }
    return saturate((n >= 0 ? n + d / 2 : n - d / 2) / d);
}

static int64_t q60_multiply(int64_t a, int64_t b)
{
    return (int64_t)(((cr_wide)a * b) >> 60);
}

// Taylor's series, for angles up to 45 degrees in radians with 60 fraction bits: the terms left out
// are below 2^-60.
static void series(int64_t x, int64_t *sine, int64_t *cosine)
{
    int64_t square = q60_multiply(x, x);
    int64_t term_sine = x, term_cosine = INT64_C(1) << 60;
    *sine = x;
    *cosine = term_cosine;
    for (int n = 1; n <= 10; n++) {
        term_cosine = -q60_multiply(term_cosine, square) / ((2 * n - 1) * (2 * n));
        term_sine = -q60_multiply(term_sine, square) / ((2 * n) * (2 * n + 1));
        *cosine += term_cosine;
        *sine += term_sine;
    }
}

void cr_q30_sine_cosine(int64_t angle, int64_t *sine, int64_t *cosine)
{
    const int64_t quarter = INT64_C(90000000);
    int64_t turn = angle % (4 * quarter);
    if (turn < 0) turn += 4 * quarter;
    int64_t quarters = (turn + quarter / 2) / quarter; // nearest, so that the rest is within ±45°
    int64_t rest = turn - quarters * quarter;
    int64_t radians = (int64_t)((cr_wide)rest * radians_a_degree_q62 / (4 * INT64_C(1000000)));
    int64_t s, c;
    series(radians, &s, &c);
    s = (s + (INT64_C(1) << 29)) >> 30;
    c = (c + (INT64_C(1) << 29)) >> 30;
    switch (quarters & 3) {
    case 0:
        *sine = s;
        *cosine = c;
        break;
    case 1:
        *sine = c;
        *cosine = -s;
        break;
    case 2:
        *sine = -s;
        *cosine = -c;
        break;
    default:
        *sine = -c;
        *cosine = s;
        break;
    }
}

uint64_t cr_square_root(uint64_t value)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 62; bit != 0; bit >>= 2) {
        if (value >= root + bit) {
            value -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

int64_t cr_q32_exp2(int64_t exponent)
{
    int64_t whole = exponent >> 32;
    if (whole < -32) return 0;
    if (whole >= 30) return saturated;
    // e^(fraction × ln 2) by Taylor's series.
    int64_t x = q60_multiply((exponent - whole * CR_Q32_ONE) << 28, ln2_q60);
    int64_t term = INT64_C(1) << 60, sum = term;
    for (int n = 1; n <= 20; n++) {
        term = q60_multiply(term, x) / n;
        sum += term;
    }
    int64_t shift = 28 - whole;
    if (shift <= 0) return sum << -shift;
    return (sum + (INT64_C(1) << (shift - 1))) >> shift;
}

int64_t cr_q32_log2(int64_t value)
{
    CR_ASSERT(value > 0);
    int64_t whole = 0;
    // Into [1, 2) with 61 fraction bits; then a bit of the logarithm for each squaring.
    uint64_t mantissa = (uint64_t)value;
    int top = 63 - __builtin_clzll(mantissa);
    whole = top - 32;
    mantissa <<= 61 - (top < 61 ? top : 61);
    if (top > 61) mantissa = (uint64_t)value >> (top - 61);
    int64_t fraction = 0;
    for (int bit = 31; bit >= 0; bit--) {
        mantissa = (uint64_t)(((cr_wide)mantissa * (cr_wide)mantissa) >> 61);
        if (mantissa >> 62) {
            mantissa >>= 1;
            fraction |= INT64_C(1) << bit;
        }
    }
    return whole * CR_Q32_ONE + fraction;
}

int64_t cr_q32_power(int64_t base, int64_t exponent)
{
    if (base <= 0) return 0;
    return cr_q32_exp2(cr_q32_multiply(cr_q32_log2(base), exponent));
}
