// How long a file says that it is, to know one that was cut off.
#pragma once

#include "host/host.h"

// From the container's own outermost sizes: MP4 and MOV boxes, Matroska's segment, RIFF's length.
// 0 when the container does not say (or is another one). Borrows [source].
uint64_t cr_claimed_size(cr_source *source);

// Whether an MP4 keeps parts of its index among its data, so that only reading it through shows all
// of them. Borrows [source].
bool cr_has_fragments(cr_source *source);
