#include "range/validator.h"

#include <stddef.h>
#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

// etagc: visible but the quote, or a byte above ASCII.
static bool is_tag_character(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte == 0x21 || (byte >= 0x23 && byte <= 0x7e) || byte >= 0x80;
}

// The length of the tag at [text] with its quotes and W/; 0 when there is none.
static size_t tag_length(const char *text)
{
    size_t i = text[0] == 'W' && text[1] == '/' ? 2 : 0;
    if (text[i++] != '"') return 0;
    while (is_tag_character(text[i]))
        i++;
    return text[i] == '"' ? i + 1 : 0;
}

bool cr_etag_is_valid(const char *text)
{
    size_t length = tag_length(text);
    return length > 0 && text[length] == '\0';
}

static bool is_match(const char *tag, size_t length, const char *etag, cr_etag_match match)
{
    bool is_weak = tag[0] == 'W', other_is_weak = etag[0] == 'W';
    if (match == CR_ETAG_STRONG && (is_weak || other_is_weak)) return false;
    if (is_weak) {
        tag += 2;
        length -= 2;
    }
    if (other_is_weak) etag += 2;
    return strlen(etag) == length && memcmp(tag, etag, length) == 0;
}

bool cr_etag_list_has(const char *list, const char *etag, cr_etag_match match)
{
    if (!etag) return false;
    for (;;) {
        // Empty members are allowed (RFC 9110 section 5.6.1.2).
        while (is_space(*list) || *list == ',')
            list++;
        size_t length = tag_length(list);
        if (length == 0) return false;
        if (is_match(list, length, etag, match)) return true;
        list += length;
        while (is_space(*list))
            list++;
        if (*list != ',') return false;
    }
}
