// SHA-1, which RFC 6455's handshake asks for. It protects nothing here.
#pragma once

#include <stddef.h>

// Bytes of a result, and of the longest input.
enum { CR_SHA1_BYTES = 20, CR_SHA1_TEXT_MAX = 119 };

// Of [size] bytes, at most CR_SHA1_TEXT_MAX.
void cr_sha1(const void *bytes, size_t size, unsigned char out[CR_SHA1_BYTES]);
