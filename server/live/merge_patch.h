// RFC 7396: what turns one tree into another.
#pragma once

#include "base/json.h"

// Gives the patch from [before] to [after], objects without null members; NULL: they are alike.
cJSON *cr_merge_patch(const cJSON *before, const cJSON *after);
