#include "compositor/scratch.h"

#include <string.h>

#include "base/vec.h"

enum { ALIGNMENT = 64, BLOCK_SIZE_MIN = 1 << 20, BLOCKS_KEPT_MAX = 12 };

void *cr_scratch_take(cr_scratch *scratch, size_t size)
{
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    while (scratch->block < scratch->block_count) {
        if (scratch->blocks[scratch->block].size - scratch->used >= size) {
            void *taken = scratch->blocks[scratch->block].data + scratch->used;
            scratch->used += size;
            return taken;
        }
        scratch->block++;
        scratch->used = 0;
    }
    size_t room = size > BLOCK_SIZE_MIN ? size : BLOCK_SIZE_MIN;
    unsigned char *data = cr_try_alloc_large(room);
    if (!data) return NULL;
    CR_VEC_GROW(scratch->blocks, scratch->block_count, scratch->block_room);
    scratch->blocks[scratch->block_count].data = data;
    scratch->blocks[scratch->block_count].size = room;
    scratch->block = scratch->block_count++;
    scratch->used = size;
    return data;
}

cr_scratch_mark cr_scratch_remember(const cr_scratch *scratch)
{
    return (cr_scratch_mark){scratch->block, scratch->used};
}

void cr_scratch_rewind(cr_scratch *scratch, cr_scratch_mark mark)
{
    scratch->block = mark.block;
    scratch->used = mark.used;
}

void cr_scratch_restart(cr_scratch *scratch)
{
    cr_scratch_rewind(scratch, (cr_scratch_mark){0, 0});
    if (scratch->block_count > BLOCKS_KEPT_MAX) cr_scratch_free(scratch);
}

void cr_scratch_free(cr_scratch *scratch)
{
    for (int i = 0; i < scratch->block_count; i++)
        cr_free_large(scratch->blocks[i].data);
    cr_free(scratch->blocks);
    memset(scratch, 0, sizeof *scratch);
}
