#include "accounts/tries.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

typedef struct counted {
    char key[CR_TRIES_KEY_BYTES];
    int count; // 0: free
    int64_t since_ms;
} counted;

struct cr_tries {
    cr_tries_desc desc;
    counted *all;
};

cr_tries *cr_tries_open(const cr_tries_desc *desc)
{
    cr_tries *tries = cr_alloc(1, sizeof *tries);
    tries->desc = *desc;
    tries->all = cr_alloc((size_t)desc->room, sizeof *tries->all);
    return tries;
}

void cr_tries_close(cr_tries **tries)
{
    if (!*tries) return;
    cr_free((*tries)->all);
    cr_free(*tries);
    *tries = NULL;
}

static counted *find(const cr_tries *tries, const char *key)
{
    for (int i = 0; i < tries->desc.room; i++) {
        counted *at = &tries->all[i];
        if (at->count > 0 && strncmp(at->key, key, sizeof at->key - 1) == 0) return at;
    }
    return NULL;
}

// A free place, or that of the key that began first.
static counted *make(cr_tries *tries, const char *key, int64_t now_ms)
{
    counted *best = &tries->all[0];
    for (int i = 1; i < tries->desc.room && best->count > 0; i++) {
        counted *at = &tries->all[i];
        if (at->count == 0 || at->since_ms < best->since_ms) best = at;
    }
    *best = (counted){.since_ms = now_ms};
    (void)snprintf(best->key, sizeof best->key, "%s", key);
    return best;
}

static bool is_over(const cr_tries *tries, const counted *at, int64_t now_ms)
{
    return now_ms - at->since_ms > tries->desc.window_ms;
}

bool cr_tries_take(cr_tries *tries, const char *key, int64_t now_ms)
{
    counted *at = find(tries, key);
    if (!at) at = make(tries, key, now_ms);
    if (is_over(tries, at, now_ms)) {
        at->count = 0;
        at->since_ms = now_ms;
    }
    if (at->count >= tries->desc.most) return false;
    at->count++;
    return true;
}

void cr_tries_give_back(cr_tries *tries, const char *key)
{
    counted *at = find(tries, key);
    if (at) at->count--;
}

void cr_tries_forget(cr_tries *tries, const char *key)
{
    counted *at = find(tries, key);
    if (at) *at = (counted){0};
}

int64_t cr_tries_wait_ms(const cr_tries *tries, const char *key, int64_t now_ms)
{
    const counted *at = find(tries, key);
    if (!at || at->count < tries->desc.most || is_over(tries, at, now_ms)) return 0;
    return at->since_ms + tries->desc.window_ms - now_ms;
}
