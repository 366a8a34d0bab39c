// Reference counts for what is shared between threads: frames, packets, samples, snapshots.
#pragma once

#include <stdbool.h>

#include "base/assert.h"

// Embed one as the first member of a shared struct. Counts are atomic; what they guard must not be
// written while more than one reference is out (see cr_ref_is_single).
typedef struct cr_ref {
    int count;
} cr_ref;

// One reference, the caller's.
static inline void cr_ref_init(cr_ref *ref)
{
    ref->count = 1;
}

// One reference more; the caller must hold one already.
static inline void cr_ref_keep(cr_ref *ref)
{
    int before = __atomic_fetch_add(&ref->count, 1, __ATOMIC_RELAXED);
    CR_ASSERT(before > 0);
}

// True when the caller dropped the last reference and must free the thing.
static inline bool cr_ref_drop(cr_ref *ref)
{
    int before = __atomic_fetch_sub(&ref->count, 1, __ATOMIC_ACQ_REL);
    CR_ASSERT(before > 0);
    return before == 1;
}

// True when the caller's reference is the only one, so that the thing may be written.
static inline bool cr_ref_is_single(const cr_ref *ref)
{
    return __atomic_load_n(&ref->count, __ATOMIC_ACQUIRE) == 1;
}
