// Which coded pictures others are made from.
#pragma once

#include "media/media_info.h"
#include "media/packet.h"

// False only when decoding may go on without [packet]: no other picture of [stream] refers to it.
// Known for H.264; any doubt is true.
bool cr_packet_is_referred_to(const cr_stream_info *stream, const cr_packet *packet);
