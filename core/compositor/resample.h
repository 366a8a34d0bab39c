// Samples of a plane at other places: Catmull-Rom's cubic, widened where the picture shrinks, so
// that nothing aliases. One axis at a time where the picture is upright (cr_sampler), sixteen taps
// a point along slanted lines (cr_row_kernels.line_*).
#pragma once

#include "base/status.h"
#include "compositor/row_kernels.h"
#include "compositor/scratch.h"

// Bounds of a resampling.
enum {
    // A shrinking beyond this is done by averaging blocks first (see prepare.h).
    CR_SHRINK_MAX = 8,
    CR_TAPS_MAX = 4 * CR_SHRINK_MAX + 4,
    // Samples that may be asked for outside the plane; its edge is repeated.
    CR_EDGE_SAMPLES = 64,
};

// One plane of a source.
typedef struct cr_plane {
    const uint8_t *data; // borrowed
    int64_t stride;
    int width, height;
    int channels;     // 1, or 4: RGBA
    bool is_straight; // RGBA that is still to be premultiplied
    bool is_opaque;   // nothing in it is transparent
} cr_plane;

// Weights for one axis: outputs [first, first + count).
typedef struct cr_axis {
    int first, count, taps;
    int64_t origin, step; // as given; output i takes from around origin + step × i
    int low, high;        // the samples that are needed, [low, high), may lie outside of the plane
    bool is_copy;         // output i is exactly sample low + i − first
    int32_t *starts;      // of each output, as sample index less [low]
    int16_t *weights;     // count × taps
} cr_axis;

// CR_PHASES × CR_PHASE_TAPS weights.
void cr_phases_make(int16_t *phases);

// [origin] is where output 0 lies in the source, [step] the way to the next, 32 fraction bits,
// sample centres at .5. |step| is at most CR_SHRINK_MAX (2^32 times). False: no memory.
CR_CHECKED bool cr_axis_make(cr_axis *out, cr_scratch *scratch, const int16_t *phases,
                             int64_t origin, int64_t step, int first, int count, int size);

// A worker's view of one plane: rows come out one by one, best from top to bottom.
typedef struct cr_sampler {
    const cr_row_kernels *kernels;
    const cr_plane *plane;
    const cr_axis *across, *down;
    uint8_t *padded; // one source row with its edges repeated
    int16_t *ring;   // rows after the first pass
    int slots;
    int32_t *slot_rows;  // which source row a slot holds; −1 none
    uint8_t *slot_alpha; // cr_row_alpha
    int16_t *empty;      // zeros
} cr_sampler;

// Borrows all but [out]; its memory is from [scratch]. False: no memory.
CR_CHECKED bool cr_sampler_open(cr_sampler *out, cr_scratch *scratch, const cr_row_kernels *kernels,
                                const cr_plane *plane, const cr_axis *across, const cr_axis *down);

// Output row [y] of across->count samples into [out]; RGBA comes premultiplied.
cr_row_alpha cr_sampler_row(cr_sampler *sampler, int y, uint8_t *out);
