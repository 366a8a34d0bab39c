// What an H.264 decoder must know before the first picture, in the stream instead of beside it.
#pragma once

#include "base/status.h"
#include "media/media_info.h"

// The parameter sets of [stream] as bytes to put before a keyframe's, in the form that the packets
// of [first] have, for a file that is described by [first]. Gives the bytes (cr_free); NULL and 0
// when both say the same or the codec carries them in its keyframes. CR_CONFLICT: one stream has
// start codes and the other lengths; CR_CORRUPT.
CR_CHECKED cr_status cr_parameter_sets_between(const cr_stream_info *first,
                                               const cr_stream_info *stream, uint8_t **out,
                                               size_t *out_size);
