// Asking paid services over HTTP: bounded, timed, stoppable, and silent about keys.
//
// One thread drives all transfers; those who ask wait in threads of their own. A key goes to the
// origin that it is meant for and nowhere else, and stands in no message.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

// Bounds and defaults.
enum {
    CR_HTTP_HEADERS_MAX = 12,
    CR_HTTP_REDIRECTS_MAX = 5,
    CR_HTTP_CONNECT_MS = 15000,
    CR_HTTP_TIMEOUT_MS = 120000,
};
#define CR_HTTP_ANSWER_BYTES_MAX (UINT64_C(64) << 20) // kept in memory
#define CR_HTTP_FILE_BYTES_MAX (UINT64_C(4) << 30)    // written to a file

typedef struct cr_http_client cr_http_client;

// What is asked. All-zero members are defaults; everything is borrowed for the call.
typedef struct cr_http_request {
    const char *method; // NULL: GET, or POST with a body
    const char *url;
    const char *headers[CR_HTTP_HEADERS_MAX]; // "name: value"
    const char *secret; // one more header, the one with the key: no redirect is followed with it
    const char *body;
    size_t body_size;
    // A file sent as the part "content" of a form, in place of a body.
    const char *upload_path, *upload_name, *upload_type;
    const char *to_path; // the answer's body goes into this file, when its status is 2xx
    bool is_once; // on a connection of its own: on a kept one that has died, libcurl asks again
    bool may_be_private; // addresses of this machine and its network are allowed
    int64_t timeout_ms;  // of the whole exchange
    uint64_t answer_bytes_max;
    bool (*should_stop)(void *cookie); // asked now and then, from the client's thread
    void *stop_cookie;
} cr_http_request;

// What came back.
typedef struct cr_http_answer {
    int status;             // 0: none came
    bool was_sent;          // some of the request went out: the service may have acted on it
    char *body;             // always terminated; "" when it went into a file
    size_t size;            // of the body, or of the file
    char content_type[80];  // "" none
    char request_id[96];    // how the service calls it, "" unknown
    char location[1024];    // of a redirect that was not followed
    int64_t retry_after_ms; // -1: not said
    int64_t date_ms;        // the service's clock by its Date header, 0: not said
} cr_http_answer;

// Starts the thread. [agent] is copied.
CR_CHECKED cr_status cr_http_client_open(cr_http_client **out, const char *agent, cr_fault *fault);

// Ends all transfers and the thread. Nobody may be waiting in cr_http_ask any more.
void cr_http_client_close(cr_http_client **client);

// Ask and wait, from any thread. CR_OK: a whole answer is there, whatever its status. CR_TIMEOUT,
// CR_CANCELED (should_stop), CR_LIMIT (too large), CR_DENIED (an address that is not allowed),
// CR_IO (the network, or our disk): the answer tells was_sent. Always fills [out], to be freed.
CR_CHECKED cr_status cr_http_ask(cr_http_client *client, const cr_http_request *request,
                                 cr_http_answer *out, cr_fault *fault);
void cr_http_answer_free(cr_http_answer *answer);

// A Retry-After value as milliseconds: "2", "1.5", or an HTTP date seen from [now_ms]. -1: neither.
int64_t cr_http_retry_after(const char *value, int64_t now_ms);

// "https://api.example.com/v1/x" → "https://api.example.com", for messages and for comparing. Gives
// the text (cr_free).
char *cr_http_origin(const char *url);

// Is this IPv4 (4 bytes) or IPv6 (16 bytes) address one of the public Internet?
bool cr_http_address_is_public(const uint8_t *address, int bytes);
