// The difference of two snapshots as an edit: what every inverse is made of.
#pragma once

#include "project/draft.h"

// The edit {"op": "patch", …} that turns [from] into [to]. Gives it (cJSON_Delete).
cJSON *cr_patch_make(const cr_project *from, const cr_project *to);
