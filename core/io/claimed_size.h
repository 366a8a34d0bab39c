// How long a file says that it is, to know one that was cut off.
#pragma once

#include "host/host.h"

// From the container's own outermost sizes: MP4 and MOV boxes, Matroska's segment, RIFF's length.
// 0 when the container does not say (or is another one). Borrows [source].
uint64_t cr_claimed_size(cr_source *source);
