// Checks for programmer errors. A failed one is a bug in the caller, never bad input.
#pragma once

#include "base/status.h"

// Prints the place and traps.
_Noreturn void cr_assert_failed(const char *condition, const char *file, int line);

// Always on: these guard memory safety and cost a compare.
#define CR_ASSERT(condition)                                                                       \
    ((condition) ? (void)0 : cr_assert_failed(#condition, __FILE__, __LINE__))

// For the public edge: traps in development, returns CR_INVALID in release.
#ifdef NDEBUG
#define CR_REQUIRE(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) return CR_INVALID;                                                       \
    } while (0)
#else
#define CR_REQUIRE(condition) CR_ASSERT(condition)
#endif
