#include "broker/writer/scrap.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/assert.h"
#include "base/vec.h"

void cr_scrap_free(cr_scrap *scrap)
{
    for (size_t i = 0; i < scrap->count; i++)
        cr_free(scrap->blocks[i]);
    cr_free(scrap->blocks);
    *scrap = (cr_scrap){0};
}

char *cr_scrap_keep(cr_scrap *scrap, char *text)
{
    CR_VEC_ADD(scrap->blocks, scrap->count, scrap->room, text);
    return text;
}

char *cr_scrap_keep_str(cr_scrap *scrap, cr_str *str)
{
    return cr_scrap_keep(scrap, cr_str_take(str));
}

char *cr_scrap_copy(cr_scrap *scrap, const char *text)
{
    return cr_scrap_keep(scrap, cr_strdup(text));
}

char *cr_scrap_copy_bytes(cr_scrap *scrap, const char *text, size_t length)
{
    return cr_scrap_keep(scrap, cr_strndup(text, length));
}

void *cr_scrap_alloc(cr_scrap *scrap, size_t count, size_t size)
{
    return cr_scrap_keep(scrap, cr_alloc(count ? count : 1, size));
}

char *cr_scrap_format(cr_scrap *scrap, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    CR_ASSERT(length >= 0);
    char *text = cr_scrap_alloc(scrap, (size_t)length + 1, 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

int cr_scrap_roll(cr_scrap *scrap, int sides)
{
    CR_ASSERT(sides > 0);
    // splitmix64
    uint64_t z = scrap->dice += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (int)((z ^ (z >> 31)) % (uint64_t)sides);
}

uint64_t cr_text_hash(const char *text, uint64_t seed)
{
    uint64_t hash = 0xCBF29CE484222325u ^ (seed * 0x9E3779B97F4A7C15u);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
    return hash ^ (hash >> 29);
}
