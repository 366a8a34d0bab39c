// What decoders and encoders over libavcodec share.
#pragma once

#include <libavcodec/avcodec.h>

#include "media/packet.h"

// AVERROR to status, as codec.h uses them.
cr_status cr_codec_status(int error);

// A packet of ours around libavcodec's: the bytes are shared, times are scaled from [time_base].
// Takes [packet] always.
CR_CHECKED cr_status cr_codec_wrap_packet(cr_packet **out, AVPacket *packet, AVRational time_base);
