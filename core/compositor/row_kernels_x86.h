// The row kernels in AVX2.
#pragma once

#include "compositor/row_kernels.h"

// NULL where the machine has no AVX2. Static.
const cr_row_kernels *cr_row_kernels_x86(void);
