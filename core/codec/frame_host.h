// Frames whose planes are with a host.
#pragma once

#include "codec/codec.h"

// A frame around [picture], without planes. Takes the picture in any case: the last reference to
// the frame closes it. CR_INVALID, CR_LIMIT for sizes that no frame has.
CR_CHECKED cr_status cr_frame_of_host(cr_frame **out, const cr_host_codecs *codecs,
                                      const cr_host_picture *picture);

// True when [frame]'s pixels are nowhere but with a host.
bool cr_frame_is_remote(const cr_frame *frame);
