// How one picture of a WebP file travels in a packet from io to codec: where it goes on the canvas,
// then its coded bytes.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// The first bytes of such a packet's data, in the machine's own order; the VP8 or VP8L picture
// follows. An animation's picture is blended over, and may be cleared after it was shown.
typedef struct cr_webp_packet {
    int32_t canvas_width, canvas_height;
    int32_t x, y;
    bool is_first;
    bool is_blended;
    bool is_cleared_after;
} cr_webp_packet;
