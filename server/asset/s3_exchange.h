// One signed request to S3 and its answer. Only server/asset knows.
#pragma once

#include <curl/curl.h>

#include "asset/s3.h"
#include "base/str.h"

// Bounds.
enum { CR_S3_FIELDS_MAX = 6, CR_S3_ANSWER_BYTES_MAX = 1024 * 1024 };

// Where and who.
struct cr_s3 {
    char *base; // endpoint and bucket, without '/' at the end
    char *signing, *user, *token;
    uint64_t part_bytes;
};

// What is asked, and what came back.
typedef struct cr_s3_exchange {
    const char *method; // GET, HEAD, PUT, POST, DELETE
    const char *key, *query;
    char *fields[CR_S3_FIELDS_MAX]; // "Name: value", owned
    const char *body_hash;          // SHA-256 in hex of what is sent; NULL: nothing is sent
    const char *body;               // a text, or
    int file;                       // these bytes of a file
    uint64_t first, size;
    uint64_t from; // the first byte that is read (Range)
    cr_s3_sink *sink;
    void *cookie;
    // The answer.
    int status; // 0: none
    cr_s3_object object;
    cr_str text; // of an answer without a sink, or of an error
    uint64_t sent, received;
    cr_status sunk; // what the sink said
    CURL *easy;
} cr_s3_exchange;

// Adds a line to what is asked.
CR_PRINTF(2, 3)
void cr_s3_add_field(cr_s3_exchange *exchange, const char *format, ...);
// Asks, again when the service is busy; not again once bytes have gone to a sink. CR_OK: there is a
// status, whichever.
CR_CHECKED cr_status cr_s3_ask(const cr_s3 *s3, cr_s3_exchange *exchange, cr_fault *fault);
// An answer that is none of those hoped for.
cr_status cr_s3_fail(const cr_s3 *s3, const cr_s3_exchange *exchange, cr_fault *fault);
// Between <name> and </name> of the answer. Gives the text (cr_free); NULL: not there.
char *cr_s3_element(const cr_s3_exchange *exchange, const char *name);
void cr_s3_exchange_free(cr_s3_exchange *exchange);
