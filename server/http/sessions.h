// Sessions of browsers, by the hashes of their secrets: what is kept opens nothing. In a file they
// outlive the program, so that a page that was open goes on after it was started again.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

// Bounds.
enum {
    CR_SESSIONS_MAX = 64, // the one that is unused for longest goes
    CR_SESSION_DAYS = 30, // without being used
};

typedef struct cr_sessions cr_sessions;

// Reads [path], copied; NULL keeps them in memory alone. A file that cannot be read holds none.
cr_sessions *cr_sessions_open(const char *path);
void cr_sessions_close(cr_sessions **sessions);

// From any thread; [now] in seconds since 1970.

// Keeps the session of [token]. A file that cannot be written is no failure: the session then ends
// with the program.
void cr_sessions_add(cr_sessions *sessions, const char *token, int64_t now);
// Whether [token] is a session's.
bool cr_sessions_know(cr_sessions *sessions, const char *token, int64_t now);
