// The one result type of the core, and the sentence that goes with a failure.
#pragma once

#include <stdarg.h>
#include <stddef.h>

// name, value, what a person reads when nothing better is known
#define CR_STATUS_MAP(X)                                                                           \
    X(OK, 0, "done")                                                                               \
    X(AGAIN, -1, "not ready yet")                                                                  \
    X(EOF, -2, "nothing left")                                                                     \
    X(INVALID, -3, "invalid input")                                                                \
    X(NOMEM, -4, "out of memory")                                                                  \
    X(IO, -5, "input or output failed")                                                            \
    X(NOTFOUND, -6, "not found")                                                                   \
    X(UNSUPPORTED, -7, "not supported")                                                            \
    X(CORRUPT, -8, "damaged data")                                                                 \
    X(LIMIT, -9, "over a limit")                                                                   \
    X(CANCELED, -10, "canceled")                                                                   \
    X(EXISTS, -11, "already there")                                                                \
    X(DENIED, -12, "not allowed")                                                                  \
    X(CONFLICT, -13, "changed by somebody else")                                                   \
    X(NOSPACE, -14, "no space left")                                                               \
    X(TIMEOUT, -15, "took too long")                                                               \
    X(BUSY, -16, "in use")

// Room for a name and its end.
enum { CR_STATUS_CODE_BYTES = 32 };

// How something ended: 0 is success, everything else is below 0.
typedef enum cr_status {
#define X(name, value, text) CR_##name = (value),
    CR_STATUS_MAP(X)
#undef X
} cr_status;

#define CR_CHECKED __attribute__((warn_unused_result))
#define CR_PRINTF(format_index, first_argument)                                                    \
    __attribute__((format(printf, format_index, first_argument)))

// The constant's name without its prefix ("NOTFOUND"); "UNKNOWN" for any other number. Static.
const char *cr_status_name(cr_status status);
// The name in small letters, as programs elsewhere read it.
void cr_status_code(cr_status status, char code[CR_STATUS_CODE_BYTES]);

// A short phrase for a person ("not found"). Static.
const char *cr_status_text(cr_status status);

// Why something failed, for a person: what was wrong and where. Every function that judges input
// from outside takes one as its last argument; NULL is allowed and means nobody will read it.
// The place is a JSON Pointer, a path, "byte 1234", "line 7" or "" when the text says it all.
typedef struct cr_fault {
    cr_status status;
    char where[256];
    char text[512];
} cr_fault;

// Fill [fault] (which may be NULL) and return [status], so that a failing function can end with
// `return cr_fail(fault, CR_INVALID, pointer, "…", …)`. Too long texts are cut.
CR_PRINTF(4, 5)
cr_status cr_fail(cr_fault *fault, cr_status status, const char *where, const char *format, ...);

// One line "where: text" into [out], always terminated; falls back to the status's phrase.
void cr_fault_line(const cr_fault *fault, char *out, size_t size);
