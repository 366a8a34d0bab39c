#include "compositor/row_kernels_x86.h"

#include <stddef.h>

const cr_row_kernels *cr_row_kernels_x86(void)
{
    return NULL;
}
