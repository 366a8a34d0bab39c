#include "base/status.h"

#include <ctype.h>
#include <stdio.h>

#include "base/str.h"

const char *cr_status_name(cr_status status)
{
    switch (status) {
#define X(name, value, text)                                                                       \
    case CR_##name:                                                                                \
        return #name;
        CR_STATUS_MAP(X)
#undef X
    }
    return "UNKNOWN";
}

void cr_status_code(cr_status status, char code[CR_STATUS_CODE_BYTES])
{
    size_t length = 0;
    for (const char *c = cr_status_name(status); *c && length + 1 < CR_STATUS_CODE_BYTES; c++)
        code[length++] = (char)tolower((unsigned char)*c);
    code[length] = 0;
}

const char *cr_status_text(cr_status status)
{
    switch (status) {
#define X(name, value, text)                                                                       \
    case CR_##name:                                                                                \
        return text;
        CR_STATUS_MAP(X)
#undef X
    }
    return "unknown failure";
}

cr_status cr_fail(cr_fault *fault, cr_status status, const char *where, const char *format, ...)
{
    if (!fault) return status;
    fault->status = status;
    snprintf(fault->where, sizeof fault->where, "%s", where ? where : "");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    // A letter may be cut at the end, or by the format.
    cr_utf8_mend(fault->where);
    cr_utf8_mend(fault->text);
    return status;
}

void cr_fault_line(const cr_fault *fault, char *out, size_t size)
{
    const char *text = fault->text[0] ? fault->text : cr_status_text(fault->status);
    if (fault->where[0])
        snprintf(out, size, "%s: %s", fault->where, text);
    else
        snprintf(out, size, "%s", text);
}
