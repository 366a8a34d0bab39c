// Chance that is the same on every machine: the same seed always throws the same numbers.
#pragma once

#include <stdint.h>

// A sequence of chances that its seed decides.
typedef struct cr_dice {
    uint64_t state;
} cr_dice;

// [salt] keeps the parts of a picture apart: a different sky does not move the flowers.
static inline cr_dice cr_dice_make(uint64_t seed, uint64_t salt)
{
    return (cr_dice){seed * UINT64_C(0x9E3779B97F4A7C15) ^ salt * UINT64_C(0xD1B54A32D192ED03)};
}

// splitmix64
static inline uint64_t cr_dice_next(cr_dice *dice)
{
    uint64_t z = (dice->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

// [from, to)
static inline double cr_dice_between(cr_dice *dice, double from, double to)
{
    return from + (to - from) * ((double)(cr_dice_next(dice) >> 11) / 9007199254740992.0);
}

// [0, count)
static inline int cr_dice_below(cr_dice *dice, int count)
{
    return count > 0 ? (int)(cr_dice_next(dice) % (uint64_t)count) : 0;
}
