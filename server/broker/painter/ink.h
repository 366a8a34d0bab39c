// Colours as a painter mixes them: sRGB values from 0 to 1.
#pragma once

#include <stdint.h>

// A colour; each part is 0 to 1.
typedef struct cr_ink {
    double r, g, b;
} cr_ink;

// 0xRRGGBB
cr_ink cr_ink_hex(uint32_t rgb);
uint32_t cr_ink_to_hex(cr_ink ink);

// [amount] 0 gives [a], 1 gives [b].
cr_ink cr_ink_mix(cr_ink a, cr_ink b, double amount);
cr_ink cr_ink_multiply(cr_ink a, cr_ink b);

// Towards white (amount > 0) or black (amount < 0).
cr_ink cr_ink_shade(cr_ink ink, double amount);

// 0 grey, 1 as it is, above 1 stronger.
cr_ink cr_ink_saturate(cr_ink ink, double amount);

// 0 dark to 1 light.
double cr_ink_luma(cr_ink ink);
