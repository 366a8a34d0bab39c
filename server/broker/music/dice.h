// Chance that can be repeated.
#pragma once

#include <stdint.h>

// Whole numbers by chance, the same for the same seed everywhere.
typedef struct cr_dice {
    uint64_t state;
} cr_dice;

uint64_t cr_dice_roll(cr_dice *dice);
// From [low] to [high], both included.
int cr_dice_between(cr_dice *dice, int low, int high);
