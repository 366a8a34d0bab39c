// Memory. Small allocations die when there is none left; media-sized ones may fail and say so.
#pragma once

#include <stddef.h>

// Zeroed memory of [count] × [size] bytes, or death with a message. Give back with cr_free.
void *cr_alloc(size_t count, size_t size);

// [pointer] (which may be NULL) grown or shrunk to [count] × [size] bytes, or death. New bytes are
// not zeroed.
void *cr_realloc(void *pointer, size_t count, size_t size);

// For frames, packets and files: 64-byte aligned, not zeroed, NULL when there is no room (or when a
// test asked for a failure). [size] 0 gives a valid pointer. Give back with cr_free_large.
void *cr_try_alloc_large(size_t size);
void cr_free_large(void *pointer);

void cr_free(void *pointer);

// A copy of a terminated text, or of [length] bytes with a terminator added. Never NULL.
char *cr_strdup(const char *text);
char *cr_strndup(const char *text, size_t length);

// printf into fresh memory. Never NULL. Give back with cr_free.
__attribute__((format(printf, 1, 2))) char *cr_format(const char *format, ...);

// Test only: let the [countdown]-th large allocation of this thread from now fail; 0 turns it off.
void cr_mem_fail_after(int countdown);
