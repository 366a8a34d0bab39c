// flow: socket -> [http] -> request -> route -> answer -> [http] -> socket
// The one door to the network: requests come in whole, answers go out from memory or from a file.
// Another HTTP library is another transport_<name>.c; nothing else knows which one there is.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "base/status.h"
#include "range/range.h"

// Bounds that every request is held to.
enum {
    CR_HTTP_TARGET_BYTES_MAX = 4096,  // of a path, decoded
    CR_HTTP_FIELDS_MAX = 24,          // that an answer can have
    CR_HTTP_NOTE_BYTES = 160,         // that an answer keeps of a request
    CR_HTTP_CONNECTION_BYTES = 16384, // for the head of a request; longer ones are refused
    CR_HTTP_CONNECTIONS_MAX = 12000,
    CR_HTTP_TIMEOUT_SECONDS = 30,         // without a byte from the other side
    CR_HTTP_BODY_BYTES_MAX = 1024 * 1024, // of a request; longer ones are answered 413
};

// A request; everything is borrowed until it is answered.
typedef struct cr_http_request {
    const char *method;
    const char *path; // decoded, begins with '/', without "." and ".." and doubled slashes
    const char *body; // terminated; "" when there is none
    size_t body_size;
    const char *peer; // the address at the other end of the connection; NULL: not known
    // A field's value by name, without case; NULL when absent.
    const char *(*field)(const void *cookie, const char *name);
    // A query's value by name, decoded; NULL when absent.
    const char *(*query)(const void *cookie, const char *name);
    const void *cookie;
} cr_http_request;

// One line of an answer's head.
typedef struct cr_http_field {
    const char *name; // static
    char *value;      // owned
} cr_http_field;

// A connection that has become something else than HTTP: [close] ends it, once, from any thread.
typedef struct cr_http_socket {
    int socket;
    const void *early; // bytes that came with the request, borrowed for the call
    size_t early_size;
    const void *note; // the answer's, borrowed for the call
    void (*close)(void *cookie);
    void *cookie;
} cr_http_socket;

// Takes the connection.
typedef void cr_http_take(void *cookie, const cr_http_socket *socket);

// What goes back. All-zero is nothing yet; the transport frees it.
typedef struct cr_http_answer {
    int status;
    int field_count;
    cr_http_field fields[CR_HTTP_FIELDS_MAX];
    char *text;         // owned; NULL: none
    int file;           // a descriptor, owned unless it is held; 0: none
    cr_range_plan plan; // of the file
    const void *bytes;  // the file's, held; NULL: it is read
    // Lets go of what holds [file] and [bytes], once, when nothing of them is needed any more;
    // NULL: nothing does.
    void (*let_go)(void *held);
    void *held;
    cr_http_take *take; // with status 101: the connection is handed to this
    void *take_cookie;
    unsigned char take_note[CR_HTTP_NOTE_BYTES]; // whatever it is to know of the request
} cr_http_answer;

// Adds a line to the head.
CR_PRINTF(3, 4)
void cr_http_add_field(cr_http_answer *answer, const char *name, const char *format, ...);
// A status with a sentence for a person.
CR_PRINTF(3, 4)
void cr_http_say(cr_http_answer *answer, int status, const char *format, ...);

// Answers one request; called from the server's threads, several at once.
typedef void cr_http_handler(void *cookie, const cr_http_request *request, cr_http_answer *answer);

typedef struct cr_http_server cr_http_server;

// What TLS is spoken with: texts in PEM, borrowed for the call; NULL: it is not.
typedef struct cr_http_tls {
    const char *certificate; // with those that lead to a known authority behind it
    const char *key;
} cr_http_tls;

// Where to listen.
typedef struct cr_http_desc {
    const char *address; // IPv4; NULL: 127.0.0.1
    uint16_t port;       // 0: any
    cr_http_tls tls;
    int thread_count; // 0: one a processor
    cr_http_handler *handler;
    void *cookie; // must outlive the server
    cr_log log;   // one line a request, JSON, without queries and secrets
} cr_http_desc;

// CR_EXISTS: the port is taken; CR_INVALID: the address or what TLS is spoken with is none;
// CR_UNSUPPORTED: TLS.
CR_CHECKED cr_status cr_http_open(cr_http_server **out, const cr_http_desc *desc, cr_fault *fault);
// Takes no more requests, lets those that run end, and closes.
void cr_http_close(cr_http_server **server);
uint16_t cr_http_port(const cr_http_server *server);
