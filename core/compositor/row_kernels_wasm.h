// The row kernels in WebAssembly's 128-bit vectors.
#pragma once

#include "compositor/row_kernels.h"

// NULL where this is no WebAssembly with vectors. Static.
const cr_row_kernels *cr_row_kernels_wasm(void);
