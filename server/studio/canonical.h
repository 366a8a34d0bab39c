// One way to write a JSON tree, whatever order its members came in, and the hash of it.
#pragma once

#include "base/json.h"

// 64 digits and the end.
enum { CR_HASH_BYTES = 65 };

// Members sorted by the bytes of their keys, no blanks. Gives the text (cr_free).
char *cr_canonical_print(const cJSON *value);

// SHA-256 in hex.
void cr_hash_bytes(const void *bytes, size_t size, char out[CR_HASH_BYTES]);

// What names a piece of work: the input, and who does it in which version.
void cr_hash_input(const cJSON *input, const char *provider, int provider_version,
                   char out[CR_HASH_BYTES]);
