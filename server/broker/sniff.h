// What a file really is, by its first bytes: services name things wrongly, and a failure may come
// with a good status.
#pragma once

#include <stddef.h>

// The customary suffix (".png") when the bytes are a "picture", "sound" or "film", as [kind] asks;
// else NULL. Static.
const char *cr_sniff_bytes(const void *bytes, size_t size, const char *kind);

// The same of a file; NULL also when it cannot be read.
const char *cr_sniff_file(const char *path, const char *kind);
