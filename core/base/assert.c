#include "base/assert.h"

#include <stdio.h>

void cr_assert_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
    __builtin_trap();
}
