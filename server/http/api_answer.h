// How /api/ answers: JSON, and errors that name the member.
#pragma once

#include "base/json.h"
#include "http/transport.h"

// Takes [body].
void cr_api_say_json(cr_http_answer *answer, int status, cJSON *body);
void cr_api_say_error(cr_http_answer *answer, int status, const char *code, const char *message,
                      const char *place);
// With the status that [fault] amounts to.
void cr_api_say_fault(cr_http_answer *answer, const cr_fault *fault);

// The object that [request] carries, {} for an empty body; NULL after it was answered: another
// content type, or no JSON. Gives the tree.
cJSON *cr_api_read(const cr_http_request *request, cr_http_answer *answer);
