// Older project files, brought to today's form.
#pragma once

#include "base/json.h"

// Changes [json] in place, one version at a time, up to CR_PROJECT_VERSION. CR_INVALID when it is
// not a project at all, CR_UNSUPPORTED when it is from a newer program.
CR_CHECKED cr_status cr_project_migrate(cJSON *json, cr_fault *fault);
