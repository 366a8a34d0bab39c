// flow: file -> [http] -> answer
// A file as an answer: whole or in ranges, by RFC 9110's conditions (server/range).
#pragma once

#include "http/transport.h"

// Answers [request], a GET or HEAD, with the file at [path]: 200, 206, 304, 404, 412 or 416.
// [cache] is the Cache-Control of what is there. [encoding] NULL: the file is as its name says;
// else it is so encoded and [type] is of what is inside.
void cr_http_answer_file(const cr_http_request *request, const char *path, const char *type,
                         const char *cache, const char *encoding, cr_http_answer *answer);

// Answers with [file], a descriptor, which it takes, as [object] says it is.
void cr_http_answer_bytes(const cr_http_request *request, int file, const cr_range_object *object,
                          const char *cache, cr_http_answer *answer);

// By the name's extension; "application/octet-stream" for an unknown one. Static.
const char *cr_http_type_of(const char *name);
