// Growing arrays: `int *numbers = NULL; size_t count = 0, room = 0; CR_VEC_ADD(numbers, count,
// room, 7);`
#pragma once

#include "base/mem.h"

// Make sure that [array] has place for one more; the caller writes array[count++] itself.
#define CR_VEC_GROW(array, count, room)                                                            \
    do {                                                                                           \
        if ((count) >= (room)) {                                                                   \
            (room) = (room) ? (room) * 2 : 8;                                                      \
            (array) = cr_realloc((array), (size_t)(room), sizeof *(array));                        \
        }                                                                                          \
    } while (0)

#define CR_VEC_ADD(array, count, room, value)                                                      \
    do {                                                                                           \
        CR_VEC_GROW(array, count, room);                                                           \
        (array)[(count)++] = (value);                                                              \
    } while (0)

#define CR_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
