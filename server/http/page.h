// flow: folder of the built page -> [http] -> answer
// The static page: hashed names are kept for good, others are asked for again; compressed twins
// (name.br, name.gz) are sent to who takes them.
#pragma once

#include "http/transport.h"

// Answers with what [request]'s path names in [folder], "/" with its index.html.
void cr_http_answer_page(const cr_http_request *request, const char *folder,
                         cr_http_answer *answer);

// What a page that runs the engine must be told, and what it must not be able to do.
void cr_http_add_page_policy(cr_http_answer *answer);
