// One picture in memory, shared by reference count.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/ref.h"
#include "base/status.h"
#include "media/color.h"
#include "media/pixel.h"
#include "time/time.h"

// How the stored picture must be turned to stand upright: mirrored left to right first, then
// rotated clockwise by quarter turns.
typedef struct cr_orientation {
    uint8_t quarter_turns; // 0 to 3
    bool mirrored;
} cr_orientation;

// Immutable once more than one reference is out; a sole owner may write (cr_frame_is_writable).
// Rows start 32-byte aligned in frames made by cr_frame_make; strides are positive.
typedef struct cr_frame {
    cr_ref ref;
    cr_pixel pixel;
    int width, height; // stored samples
    uint8_t *data[CR_PLANES_MAX];
    ptrdiff_t stride[CR_PLANES_MAX];
    cr_color color;
    cr_rate sample_aspect; // width : height of one sample; {1, 1} square
    cr_orientation orientation;
    cr_ticks pts;      // CR_TICKS_NONE when unknown
    cr_ticks duration; // 0 when unknown
    // The picture of a host (host_codecs.h) that these pixels are. Not 0 with data[0] NULL: the
    // planes are still with the host, and nobody may look at them before they have been fetched
    // (cr_frame_fetch, codec/codec.h).
    uint32_t host_picture;
    struct cr_frame *origin; // whose pixels these are (cr_frame_share); NULL: its own
    void (*release)(void *cookie);
    void *cookie;
} cr_frame;

// A new frame with undefined pixels. Gives it (cr_frame_drop). CR_NOMEM; CR_LIMIT over
// CR_PICTURE_SIDE_MAX; CR_INVALID for sizes below 1.
CR_CHECKED cr_status cr_frame_make(cr_frame **out, cr_pixel pixel, int width, int height);

// Wrap planes that somebody else allocated. Takes them on CR_OK only: [release] (may be NULL) is
// then called exactly once, from whichever thread drops the last reference. On any error the caller
// still owns them.
CR_CHECKED cr_status cr_frame_wrap(cr_frame **out, cr_pixel pixel, int width, int height,
                                   uint8_t *const data[], const ptrdiff_t stride[],
                                   void (*release)(void *cookie), void *cookie);

// The same pixels, hosted or not, under a description of its own: whoever shows a decoder's picture
// at another time gives it another pts without touching anybody else's. Shares [frame].
CR_CHECKED cr_status cr_frame_share(cr_frame **out, cr_frame *frame);

// One more owner; returns [frame].
cr_frame *cr_frame_keep(cr_frame *frame);

// Drops a reference and nulls the variable; NULL inside is allowed.
void cr_frame_drop(cr_frame **frame);

// True when nobody else can see the frame's pixels.
bool cr_frame_is_writable(const cr_frame *frame);

// A deep copy with its own memory and the same description. Gives it. CR_INVALID while the planes
// are with a host.
CR_CHECKED cr_status cr_frame_copy(cr_frame **out, const cr_frame *from);
