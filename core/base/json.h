// JSON over cJSON: typed reads that say where they failed, and one canonical way to write.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/status.h"

// Deepest nesting that is read; deeper is CR_LIMIT.
enum { CR_JSON_DEPTH_MAX = 64 };

// Parse [length] bytes of UTF-8. Gives the tree (cJSON_Delete). Refuses ill-formed UTF-8, duplicate
// keys in an object, nesting over CR_JSON_DEPTH_MAX and anything after the value; the fault's place
// is "line L, column C".
CR_CHECKED cr_status cr_json_parse(cJSON **out, const char *text, size_t length, cr_fault *fault);

// The tree as text. [pretty]: two spaces, one member a line, ends in a newline. The same tree
// always gives the same bytes. Gives the text (cr_free).
char *cr_json_print(const cJSON *value, bool pretty);

// A place in a tree as a JSON Pointer (RFC 6901), built while walking down. [parent] is borrowed
// and may be NULL (the root); use either [key] or [index] (with key NULL).
typedef struct cr_json_place {
    const struct cr_json_place *parent;
    const char *key;
    size_t index;
} cr_json_place;

// "/tracks/0/clips/3" into [out], always terminated; the root is "".
void cr_json_pointer(const cr_json_place *place, char *out, size_t size);

// cr_fail with the pointer of [place] (+ "/key" when [key] is not NULL) as its place.
CR_PRINTF(5, 6)
cr_status cr_json_fail(cr_fault *fault, cr_status status, const cr_json_place *place,
                       const char *key, const char *format, ...);

// Typed members of [object]. Absent: CR_NOTFOUND with no fault written, so that the caller can
// choose a default; of the wrong type or not representable: CR_INVALID with the place.
// Texts are borrowed from the tree.
CR_CHECKED cr_status cr_json_get_text(const cJSON *object, const char *key, const char **out,
                                      const cr_json_place *place, cr_fault *fault);
CR_CHECKED cr_status cr_json_get_bool(const cJSON *object, const char *key, bool *out,
                                      const cr_json_place *place, cr_fault *fault);
CR_CHECKED cr_status cr_json_get_int(const cJSON *object, const char *key, int64_t *out,
                                     int64_t min, int64_t max, const cr_json_place *place,
                                     cr_fault *fault);
CR_CHECKED cr_status cr_json_get_object(const cJSON *object, const char *key, const cJSON **out,
                                        const cr_json_place *place, cr_fault *fault);
CR_CHECKED cr_status cr_json_get_array(const cJSON *object, const char *key, const cJSON **out,
                                       const cr_json_place *place, cr_fault *fault);

// Add an integer exactly (|value| < 2^53) under [key], or at the end of an array with key NULL.
void cr_json_add_int(cJSON *object, const char *key, int64_t value);
