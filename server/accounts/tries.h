// How often somebody tries something: by a name or an address, in a window of time that the caller
// tells. For one thread at a time.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Bytes of a key, with its end; longer ones are cut.
enum { CR_TRIES_KEY_BYTES = 64 };

// What is counted.
typedef struct cr_tries_desc {
    int room;          // keys that are remembered; then the one that began first is forgotten
    int most;          // tries in a window
    int64_t window_ms; // from the first on
} cr_tries_desc;

typedef struct cr_tries cr_tries;

// Gives it.
cr_tries *cr_tries_open(const cr_tries_desc *desc);
void cr_tries_close(cr_tries **tries);

// Counts one; false, without counting, when there were too many.
bool cr_tries_take(cr_tries *tries, const char *key, int64_t now_ms);
// The one that was counted last was none: it was right.
void cr_tries_give_back(cr_tries *tries, const char *key);
void cr_tries_forget(cr_tries *tries, const char *key);
// How long until the next one is let through; 0: it is now.
int64_t cr_tries_wait_ms(const cr_tries *tries, const char *key, int64_t now_ms);
