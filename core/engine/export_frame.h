// flow: project -> [engine] -> frame
// One picture of an export, as an encoder wants it.
#pragma once

#include "engine/export_plan.h"
#include "engine/picture.h"

// Picture [index] of the plan's, with its time and duration. Gives the frame, whose pixels may be
// shared with a reader. CR_AGAIN as cr_picture_make.
CR_CHECKED cr_status cr_export_frame_make(cr_picture_maker *maker, const cr_project *project,
                                          const cr_export_plan *plan, int64_t index, cr_frame **out,
                                          cr_fault *fault);
