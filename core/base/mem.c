#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local int fail_countdown;

static _Noreturn void die(size_t size)
{
    fprintf(stderr, "out of memory: %zu bytes\n", size);
    abort();
}

void *cr_alloc(size_t count, size_t size)
{
    void *pointer = calloc(count ? count : 1, size ? size : 1);
    if (!pointer) die(count * size);
    return pointer;
}

void *cr_realloc(void *pointer, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) die(SIZE_MAX);
    size_t bytes = count * size;
    void *grown = realloc(pointer, bytes ? bytes : 1);
    if (!grown) die(bytes);
    return grown;
}

void *cr_try_alloc_large(size_t size)
{
    enum { alignment = 64 };
    if (fail_countdown > 0 && --fail_countdown == 0) return NULL;
    if (size > SIZE_MAX - alignment) return NULL;
    size_t rounded = (size + alignment) / alignment * alignment;
    return aligned_alloc(alignment, rounded);
}

void cr_free_large(void *pointer)
{
    free(pointer);
}

void cr_free(void *pointer)
{
    free(pointer);
}

char *cr_strdup(const char *text)
{
    return cr_strndup(text, strlen(text));
}

char *cr_strndup(const char *text, size_t length)
{
    char *copy = cr_alloc(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

char *cr_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) die(0);
    char *text = cr_alloc((size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void cr_mem_fail_after(int countdown)
{
    fail_countdown = countdown;
}
