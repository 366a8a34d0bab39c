#include "media/packet.h"

#include <string.h>

#include "base/mem.h"

enum { padding = 64 };

cr_status cr_packet_wrap(cr_packet **out, uint8_t *data, size_t size, void (*release)(void *cookie),
                         void *cookie)
{
    cr_packet *packet = cr_alloc(1, sizeof *packet);
    cr_ref_init(&packet->ref);
    packet->data = data;
    packet->size = size;
    packet->pts = CR_TICKS_NONE;
    packet->dts = CR_TICKS_NONE;
    packet->release = release;
    packet->cookie = cookie;
    *out = packet;
    return CR_OK;
}

cr_status cr_packet_make(cr_packet **out, size_t size)
{
    if (size > SIZE_MAX - padding) return CR_NOMEM;
    uint8_t *data = cr_try_alloc_large(size + padding);
    if (!data) return CR_NOMEM;
    memset(data + size, 0, padding);
    return cr_packet_wrap(out, data, size, cr_free_large, data);
}

cr_packet *cr_packet_keep(cr_packet *packet)
{
    cr_ref_keep(&packet->ref);
    return packet;
}

void cr_packet_drop(cr_packet **packet)
{
    cr_packet *gone = *packet;
    *packet = NULL;
    if (!gone || !cr_ref_drop(&gone->ref)) return;
    if (gone->release) gone->release(gone->cookie);
    cr_free(gone);
}
