#include "live/sha1.h"

#include <stdint.h>
#include <string.h>

#include "base/assert.h"

enum { BLOCK_BYTES = 64, LENGTH_BYTES = 8 };

static uint32_t turn(uint32_t word, int bits)
{
    return word << bits | word >> (32 - bits);
}

static void add_block(uint32_t state[5], const unsigned char block[BLOCK_BYTES])
{
    uint32_t words[80];
    for (int i = 0; i < 16; i++)
        words[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
                   (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        words[i] = turn(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int i = 0; i < 80; i++) {
        uint32_t mixed = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999u
                         : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1u
                         : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu
                                  : (b ^ c ^ d) + 0xca62c1d6u;
        uint32_t next = turn(a, 5) + mixed + e + words[i];
        e = d;
        d = c;
        c = turn(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

void cr_sha1(const void *bytes, size_t size, unsigned char out[CR_SHA1_BYTES])
{
    CR_ASSERT(size <= CR_SHA1_TEXT_MAX);
    unsigned char text[2 * BLOCK_BYTES] = {0};
    memcpy(text, bytes, size);
    text[size] = 0x80;
    size_t total = size + 1 + LENGTH_BYTES <= BLOCK_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES;
    text[total - 2] = (unsigned char)(size * 8 >> 8);
    text[total - 1] = (unsigned char)(size * 8);
    uint32_t state[5] = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u};
    for (size_t at = 0; at < total; at += BLOCK_BYTES)
        add_block(state, text + at);
    for (int i = 0; i < CR_SHA1_BYTES; i++)
        out[i] = (unsigned char)(state[i / 4] >> (24 - i % 4 * 8));
}
