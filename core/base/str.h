// A growing text. All-zero is a valid empty one.
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

// The text and its room, both in bytes.
typedef struct cr_str {
    char *data; // NULL or terminated
    size_t length;
    size_t room;
} cr_str;

// Append a copy of the text, the bytes, the character, or what the format makes.
void cr_str_add(cr_str *str, const char *text);
void cr_str_add_bytes(cr_str *str, const char *bytes, size_t length);
void cr_str_add_char(cr_str *str, char c);
__attribute__((format(printf, 2, 3))) void cr_str_addf(cr_str *str, const char *format, ...);

// Back to length 0, memory kept.
void cr_str_clear(cr_str *str);

// The text, "" when empty; borrowed until the next change.
const char *cr_str_text(const cr_str *str);

// Gives the text to the caller (cr_free) and leaves the builder empty. Never NULL.
char *cr_str_take(cr_str *str);

void cr_str_free(cr_str *str);

// Byte by byte, case matters.
bool cr_text_starts(const char *text, const char *prefix);
bool cr_text_ends(const char *text, const char *suffix);

// Length of the longest prefix of [length] bytes that is well-formed UTF-8 (RFC 3629): equal to
// [length] exactly when all of it is.
size_t cr_utf8_valid_length(const char *bytes, size_t length);

// Puts '?' for each byte of [text] that is not of well-formed UTF-8, as half a letter where it was
// cut.
void cr_utf8_mend(char *text);
