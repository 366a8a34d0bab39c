// Memory for one picture: taken piece by piece, given back all at once, kept for the next picture.
#pragma once

#include <stddef.h>

// One piece of memory that a scratch owns, in bytes.
typedef struct cr_scratch_block {
    unsigned char *data;
    size_t size;
} cr_scratch_block;

// All-zero is a valid empty one.
typedef struct cr_scratch {
    int block_count, block_room;
    int block;   // in use
    size_t used; // of it
    cr_scratch_block *blocks;
} cr_scratch;

// How full a scratch was at some moment, to go back to.
typedef struct cr_scratch_mark {
    int block;
    size_t used;
} cr_scratch_mark;

// [size] undefined bytes, 64-byte aligned; NULL when there is no room.
void *cr_scratch_take(cr_scratch *scratch, size_t size);

// Everything taken since the mark is free again.
cr_scratch_mark cr_scratch_remember(const cr_scratch *scratch);
void cr_scratch_rewind(cr_scratch *scratch, cr_scratch_mark mark);

// Everything taken is free again. Memory is kept, unless it has come to be in too many pieces.
void cr_scratch_restart(cr_scratch *scratch);

void cr_scratch_free(cr_scratch *scratch);
