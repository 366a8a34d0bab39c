// flow: project + edit -> [edit] -> project
// The only writer. An edit is JSON: {"op": "trim", "clip": "c1", …}; a list of edits under
// {"op": "batch", "edits": […]} is one edit that happens whole or not at all.
#pragma once

#include "project/project.h"

// Apply [edit] to [before]. Gives the new snapshot and the edit that exactly undoes it: applying
// [*inverse] (cJSON_Delete; [inverse] may be NULL) to [*after] gives the same bytes as [before].
// [before] is untouched. docs/edits.md lists the operations.
// CR_INVALID and CR_NOTFOUND name the place in the edit as a JSON Pointer.
CR_CHECKED cr_status cr_edit_apply(const cr_project *before, const cJSON *edit, cr_project **after,
                                   cJSON **inverse, cr_fault *fault);
