// The part of <string.h> that server/range asks for, where there is no C library.
#pragma once

#include <stddef.h>

// As C11 section 7.24 has them.
void *memcpy(void *restrict to, const void *restrict from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *to, int value, size_t count);
int memcmp(const void *one, const void *other, size_t count);
size_t strlen(const char *text);
size_t strspn(const char *text, const char *of);
