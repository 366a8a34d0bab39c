// Sines, roots and powers in whole numbers: the same on every machine.
#pragma once

#include <stdint.h>

// What a product of two 64-bit numbers fits into.
__extension__ typedef __int128 cr_wide;

#define CR_Q32_ONE (INT64_C(1) << 32)
#define CR_Q30_ONE (INT64_C(1) << 30)

// a × b for numbers with 32 fraction bits, rounded to nearest; saturates at ±2^62.
int64_t cr_q32_multiply(int64_t a, int64_t b);

// [numerator] / [denominator] as a number with 32 fraction bits, rounded to nearest; saturates at
// ±2^62. [denominator] must not be 0.
int64_t cr_q32_ratio(int64_t numerator, int64_t denominator);

// Sine and cosine of an angle in millionths of a degree, with 30 fraction bits; exact at quarter
// turns.
void cr_q30_sine_cosine(int64_t angle, int64_t *sine, int64_t *cosine);

// The largest whole number whose square is at most [value].
uint64_t cr_square_root(uint64_t value);

// 2 to the power of [exponent], both with 32 fraction bits; 0 below −32, saturates above 30.
int64_t cr_q32_exp2(int64_t exponent);

// The base 2 logarithm of [value] > 0, both with 32 fraction bits.
int64_t cr_q32_log2(int64_t value);

// [base] to the power of [exponent], all with 32 fraction bits; 0 for bases of 0 and below.
int64_t cr_q32_power(int64_t base, int64_t exponent);
