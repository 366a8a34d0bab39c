#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"

static void make_room(cr_str *str, size_t more)
{
    size_t needed = str->length + more + 1;
    CR_ASSERT(needed > str->length);
    if (needed <= str->room) return;
    size_t room = str->room ? str->room * 2 : 64;
    while (room < needed)
        room *= 2;
    str->data = cr_realloc(str->data, room, 1);
    str->room = room;
}

void cr_str_add_bytes(cr_str *str, const char *bytes, size_t length)
{
    make_room(str, length);
    if (length) memcpy(str->data + str->length, bytes, length);
    str->length += length;
    str->data[str->length] = '\0';
}

void cr_str_add(cr_str *str, const char *text)
{
    cr_str_add_bytes(str, text, strlen(text));
}

void cr_str_add_char(cr_str *str, char c)
{
    cr_str_add_bytes(str, &c, 1);
}

void cr_str_addf(cr_str *str, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    CR_ASSERT(length >= 0);
    make_room(str, (size_t)length);
    vsnprintf(str->data + str->length, (size_t)length + 1, format, again);
    va_end(again);
    str->length += (size_t)length;
}

void cr_str_clear(cr_str *str)
{
    str->length = 0;
    if (str->data) str->data[0] = '\0';
}

const char *cr_str_text(const cr_str *str)
{
    return str->data ? str->data : "";
}

char *cr_str_take(cr_str *str)
{
    char *text = str->data ? str->data : cr_strdup("");
    *str = (cr_str){0};
    return text;
}

void cr_str_free(cr_str *str)
{
    cr_free(str->data);
    *str = (cr_str){0};
}

bool cr_text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool cr_text_ends(const char *text, const char *suffix)
{
    size_t text_length = strlen(text), suffix_length = strlen(suffix);
    return text_length >= suffix_length &&
           memcmp(text + text_length - suffix_length, suffix, suffix_length) == 0;
}

// Bytes of the sequence that starts at [bytes], 0 when it is not well-formed.
static size_t utf8_sequence(const uint8_t *bytes, size_t length)
{
    uint8_t first = bytes[0];
    if (first < 0x80) return 1;
    size_t count = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || count > length) return 0;
    for (size_t i = 1; i < count; i++)
        if ((bytes[i] & 0xc0) != 0x80) return 0;
    if (first == 0xe0 && bytes[1] < 0xa0) return 0; // overlong
    if (first == 0xed && bytes[1] > 0x9f) return 0; // surrogates
    if (first == 0xf0 && bytes[1] < 0x90) return 0; // overlong
    if (first == 0xf4 && bytes[1] > 0x8f) return 0; // past U+10FFFF
    return count;
}

size_t cr_utf8_valid_length(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t step = utf8_sequence((const uint8_t *)bytes + at, length - at);
        if (!step) break;
        at += step;
    }
    return at;
}

void cr_utf8_mend(char *text)
{
    size_t length = strlen(text);
    size_t at = cr_utf8_valid_length(text, length);
    while (at < length) {
        text[at++] = '?';
        at += cr_utf8_valid_length(text + at, length - at);
    }
}
