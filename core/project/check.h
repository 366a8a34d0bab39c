// What no part of a project can judge alone: ids that stand twice, references to nothing, clips
// that overlap, transitions that join nothing, sequences that contain themselves.
#pragma once

#include "project/project.h"

// Judges all of [project]. Places are found in [json], the text it was read from.
CR_CHECKED cr_status cr_check_project(const cr_project *project, const cJSON *json,
                                      cr_fault *fault);

// Judges what [after] does not share with [before], which is valid. [where] is the fault's place.
CR_CHECKED cr_status cr_check_change(const cr_project *before, const cr_project *after,
                                     const char *where, cr_fault *fault);
