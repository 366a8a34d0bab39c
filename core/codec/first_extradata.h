// What a muxer must know about a stream whose encoder did not say it.
#pragma once

#include "media/media_info.h"
#include "media/packet.h"

// Reads it from the stream's first packet into [info]->extradata (freed with cr_free). Leaves none
// where the codec (VP9) needs none or the packet holds none.
CR_CHECKED cr_status cr_first_extradata(cr_stream_info *info, const cr_packet *packet);
