// One coded unit of one stream, shared by reference count.
#pragma once

#include "base/ref.h"
#include "base/status.h"
#include "time/time.h"

// Shared by count; not written once it is out.
typedef struct cr_packet {
    cr_ref ref;
    uint8_t *data;
    size_t size;
    int stream;
    cr_ticks pts; // CR_TICKS_NONE when unknown
    cr_ticks dts; // CR_TICKS_NONE when unknown
    cr_ticks duration;
    bool is_key;
    // Samples to throw away at the start and end of what this packet decodes to (encoder delay).
    int32_t skip_start, skip_end;
    bool is_discard; // needed for decoding, not to be shown (before an edit list's start)
    // The coded alpha plane that comes with the picture (WebM BlockAdditional); NULL mostly. Owned
    // by whatever owns data.
    const uint8_t *alpha;
    size_t alpha_size;
    void (*release)(void *cookie);
    void *cookie;
} cr_packet;

// [size] undefined bytes, followed by 64 zero bytes as decoders want. Gives it. CR_NOMEM.
CR_CHECKED cr_status cr_packet_make(cr_packet **out, size_t size);

// Wrap bytes owned elsewhere (they too must be followed by 64 readable bytes). As cr_frame_wrap.
CR_CHECKED cr_status cr_packet_wrap(cr_packet **out, uint8_t *data, size_t size,
                                    void (*release)(void *cookie), void *cookie);

cr_packet *cr_packet_keep(cr_packet *packet);
void cr_packet_drop(cr_packet **packet);
