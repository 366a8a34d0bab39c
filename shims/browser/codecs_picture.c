// What the JavaScript half of codecs_picture asks of C: memory, and taking chroma apart.
#include <emscripten/emscripten.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

uint8_t *cr_codecs_memory(size_t size);
void cr_codecs_memory_free(uint8_t *memory);
void cr_codecs_split_chroma(const uint8_t *pairs, ptrdiff_t pairs_stride, uint8_t *const data[],
                            const ptrdiff_t stride[], int width, int height);

// Room for [size] bytes, or NULL.
EMSCRIPTEN_KEEPALIVE uint8_t *cr_codecs_memory(size_t size)
{
    return cr_try_alloc_large(size);
}

EMSCRIPTEN_KEEPALIVE void cr_codecs_memory_free(uint8_t *memory)
{
    cr_free_large(memory);
}

// U V U V … of NV12 into planes 1 and 2 of a picture with [width] × [height] chroma samples.
EMSCRIPTEN_KEEPALIVE void cr_codecs_split_chroma(const uint8_t *pairs, ptrdiff_t pairs_stride,
                                                 uint8_t *const data[], const ptrdiff_t stride[],
                                                 int width, int height)
{
    for (int y = 0; y < height; y++) {
        const uint8_t *from = pairs + y * pairs_stride;
        uint8_t *restrict u = data[1] + y * stride[1];
        uint8_t *restrict v = data[2] + y * stride[2];
        for (int x = 0; x < width; x++) {
            u[x] = from[2 * x];
            v[x] = from[2 * x + 1];
        }
    }
}
