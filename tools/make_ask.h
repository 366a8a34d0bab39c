// The clarifying questions, on a terminal.
#pragma once

#include "base/json.h"
#include "make_request.h"

// Asks what no option has answered yet; Enter takes the default, the end of the input all of the
// rest. Answers go into [answers], an object.
void make_ask(const make_request *request, const cJSON *questions, cJSON *answers);
