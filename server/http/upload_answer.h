// flow: pieces of a file -> [http] -> media of a film
// The tus protocol 1.0.0 (core, creation, checksum, termination) below /api/films/ID/media.
#pragma once

#include "http/transport.h"
#include "studio/shelf.h"

// Answers a request that is one of uploads; false: it is none of them.
bool cr_upload_answer(cr_shelf *shelf, const cr_http_request *request, cr_http_answer *answer);
