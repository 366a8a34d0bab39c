// The path of a request, judged: pure.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Decodes %XX of [path] into [out] and checks that it names something below the root: it begins
// with '/', and no part is "." or "..", empty (but the last), or holds a control character or a
// backslash. False for anything else, and for what does not fit.
bool cr_address_decode(const char *path, char *out, size_t size);

// Whether [host], the value of a Host field, names this machine's loopback at [port].
bool cr_address_is_loopback(const char *host, unsigned port);
