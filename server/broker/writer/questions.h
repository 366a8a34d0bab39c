// The questions that a prompt leaves open.
#pragma once

#include "base/json.h"

// Reads [input] (see broker/provider.h, kind "questions") and gives the questions.
CR_CHECKED cr_status cr_questions_write(cJSON **out, const cJSON *input, cr_fault *fault);
