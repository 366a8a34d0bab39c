#include "http/transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/mem.h"
#include "base/str.h"
#include "http/address.h"

struct cr_http_server {
    struct MHD_Daemon *daemon;
    cr_http_handler *handler;
    void *cookie;
    cr_log log;
    uint16_t port;
    // Threads answer as soon as the daemon listens, before the port is known and the caller has the
    // server: until then they wait.
    atomic_bool is_ready;
    pthread_mutex_t opening;
};

void cr_http_add_field(cr_http_answer *answer, const char *name, const char *format, ...)
{
    if (answer->field_count == CR_HTTP_FIELDS_MAX) return;
    char value[2048];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    answer->fields[answer->field_count++] = (cr_http_field){name, cr_strdup(value)};
}

void cr_http_say(cr_http_answer *answer, int status, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    answer->status = status;
    cr_free(answer->text);
    answer->text = cr_format("%s\n", text);
    cr_http_add_field(answer, "Content-Type", "text/plain; charset=utf-8");
}

static void answer_free(cr_http_answer *answer)
{
    for (int i = 0; i < answer->field_count; i++)
        cr_free(answer->fields[i].value);
    cr_free(answer->text);
    if (answer->let_go)
        answer->let_go(answer->held);
    else if (answer->file)
        (void)close(answer->file);
}

static const char *field_of(const void *cookie, const char *name)
{
    return MHD_lookup_connection_value((void *)(uintptr_t)cookie, MHD_HEADER_KIND, name);
}

static const char *query_of(const void *cookie, const char *name)
{
    return MHD_lookup_connection_value((void *)(uintptr_t)cookie, MHD_GET_ARGUMENT_KIND, name);
}

// Several ranges of one file, with their heads between them.
typedef struct parts {
    int file; // owned, unless it is held
    void (*let_go)(void *held);
    void *held;
    cr_range_plan plan;
    uint64_t position; // of the body that was given out
    int index;         // of the part that is being given, part_count: the closing line
    uint64_t done;     // of the part's head and bytes
} parts;

static ssize_t read_parts(void *cookie, uint64_t position, char *out, size_t size)
{
    parts *p = cookie;
    if (position != p->position) return MHD_CONTENT_READER_END_WITH_ERROR;
    char head[CR_RANGE_PART_BYTES];
    size_t head_size = cr_range_part_head(&p->plan, p->index, head);
    ssize_t given;
    if (p->done < head_size) {
        size_t left = head_size - (size_t)p->done;
        given = (ssize_t)(left < size ? left : size);
        memcpy(out, head + p->done, (size_t)given);
    } else {
        if (p->index == p->plan.part_count) return MHD_CONTENT_READER_END_OF_STREAM;
        const cr_range_part *part = &p->plan.parts[p->index];
        uint64_t into = p->done - head_size, left = part->count - into;
        given = pread(p->file, out, left < size ? (size_t)left : size, (off_t)(part->first + into));
        if (given <= 0) return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    p->done += (uint64_t)given;
    p->position += (uint64_t)given;
    bool has_bytes = p->index < p->plan.part_count;
    uint64_t whole = head_size + (has_bytes ? p->plan.parts[p->index].count : 0);
    if (p->done == whole && has_bytes) {
        p->index++;
        p->done = 0;
    }
    return given;
}

static void free_parts(void *cookie)
{
    parts *p = cookie;
    if (p->let_go)
        p->let_go(p->held);
    else
        (void)close(p->file);
    cr_free(p);
}

// One range, from memory or by the kernel. Takes the answer's file, or what holds it.
static struct MHD_Response *range_response(cr_http_answer *answer)
{
    const cr_range_part *part = &answer->plan.parts[0];
    if (answer->bytes && answer->let_go) {
        const void *bytes = (const unsigned char *)answer->bytes + part->first;
        struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
            (size_t)part->count, (void *)(uintptr_t)bytes, answer->let_go, answer->held);
        if (response) answer->let_go = NULL;
        answer->file = 0;
        return response;
    }
    // The response closes what it is given.
    int file = answer->let_go ? fcntl(answer->file, F_DUPFD_CLOEXEC, 0) : answer->file;
    if (file < 0) return NULL;
    if (!answer->let_go) answer->file = 0;
    return MHD_create_response_from_fd_at_offset64(part->count, file, part->first);
}

// Takes the answer's file, or what holds it.
static struct MHD_Response *file_response(cr_http_answer *answer)
{
    const cr_range_plan *plan = &answer->plan;
    if (plan->part_count == 1) return range_response(answer);
    parts *p = cr_alloc(1, sizeof *p);
    *p = (parts){.file = answer->file, .let_go = answer->let_go, .held = answer->held};
    p->plan = *plan;
    answer->file = 0;
    answer->let_go = NULL;
    return MHD_create_response_from_callback(plan->content_length, 64 * 1024, read_parts, p,
                                             free_parts);
}

// What becomes of a connection after status 101.
typedef struct upgrade {
    cr_http_take *take;
    void *cookie;
    unsigned char note[CR_HTTP_NOTE_BYTES];
} upgrade;

static void close_upgraded(void *cookie)
{
    (void)MHD_upgrade_action(cookie, MHD_UPGRADE_ACTION_CLOSE);
}

static void hand_over(void *cookie, struct MHD_Connection *connection, void *seen,
                      const char *early, size_t early_size, MHD_socket socket,
                      struct MHD_UpgradeResponseHandle *handle)
{
    (void)connection;
    (void)seen;
    upgrade *to = cookie;
    const cr_http_socket taken = {.socket = socket,
                                  .early = early,
                                  .early_size = early_size,
                                  .note = to->note,
                                  .close = close_upgraded,
                                  .cookie = handle};
    to->take(to->cookie, &taken);
    cr_free(to);
}

static struct MHD_Response *upgrade_response(const cr_http_answer *answer)
{
    upgrade *to = cr_alloc(1, sizeof *to);
    *to = (upgrade){.take = answer->take, .cookie = answer->take_cookie};
    memcpy(to->note, answer->take_note, sizeof to->note);
    struct MHD_Response *response = MHD_create_response_for_upgrade(hand_over, to);
    if (!response) cr_free(to);
    return response;
}

static struct MHD_Response *response_of(cr_http_answer *answer)
{
    if (answer->take) return upgrade_response(answer);
    if (answer->file && answer->plan.part_count > 0) return file_response(answer);
    size_t size = answer->text ? strlen(answer->text) : 0;
    return MHD_create_response_from_buffer(size, answer->text ? answer->text : "",
                                           MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, cr_http_answer *answer)
{
    struct MHD_Response *response = response_of(answer);
    if (!response) return MHD_NO;
    for (int i = 0; i < answer->field_count; i++)
        (void)MHD_add_response_header(response, answer->fields[i].name, answer->fields[i].value);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return result;
}

// A text that may hold anything, as it may stand between quotation marks.
static void quote(const char *text, char *out, size_t size)
{
    size_t length = 0;
    for (; *text && length + 7 < size; text++) {
        bool is_plain = *text > 0x1f && *text < 0x7f && *text != '"' && *text != '\\';
        if (is_plain)
            out[length++] = *text;
        else
            length += (size_t)snprintf(out + length, 7, "\\u%04x", (unsigned char)*text);
    }
    out[length] = 0;
}

static int64_t read_clock(clockid_t which, int64_t units)
{
    struct timespec now;
    (void)clock_gettime(which, &now);
    return (int64_t)now.tv_sec * units + now.tv_nsec / (1000000000 / units);
}

static void log_request(const cr_http_server *server, const char *method, const char *path,
                        int status, int64_t begun_us)
{
    if (server->log.level_max < CR_LOG_INFO) return;
    char shown[256];
    quote(path, shown, sizeof shown);
    cr_log_line(&server->log, CR_LOG_INFO,
                "{\"time\":%lld,\"method\":\"%.16s\",\"path\":\"%s\",\"status\":%d,"
                "\"milliseconds\":%.1f}",
                (long long)read_clock(CLOCK_REALTIME, 1000), method, shown, status,
                (double)(read_clock(CLOCK_MONOTONIC, 1000000) - begun_us) / 1000);
}

// Keeps the path as it came: what is in it is decoded, and judged, by us.
static size_t keep_path(void *cookie, struct MHD_Connection *connection, char *text)
{
    (void)cookie;
    (void)connection;
    return strlen(text);
}

// A request that is still coming in.
typedef struct incoming {
    cr_str body;
    bool is_too_long;
    int64_t begun_us;
} incoming;

static void forget_incoming(void *cookie, struct MHD_Connection *connection, void **seen,
                            enum MHD_RequestTerminationCode why)
{
    (void)cookie;
    (void)connection;
    (void)why;
    incoming *request = *seen;
    if (!request) return;
    cr_str_free(&request->body);
    cr_free(request);
    *seen = NULL;
}

// What is over the bound is read, so that the answer is heard, and not kept.
static void keep_body(incoming *request, const char *bytes, size_t size)
{
    if (request->body.length + size > CR_HTTP_BODY_BYTES_MAX) request->is_too_long = true;
    if (!request->is_too_long) cr_str_add_bytes(&request->body, bytes, size);
}

// NULL: it is none of IPv4.
static const char *peer_of(struct MHD_Connection *connection, char out[INET_ADDRSTRLEN])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr || info->client_addr->sa_family != AF_INET) return NULL;
    struct sockaddr_in address;
    memcpy(&address, info->client_addr, sizeof address);
    return inet_ntop(AF_INET, &address.sin_addr, out, INET_ADDRSTRLEN);
}

static enum MHD_Result answer_incoming(cr_http_server *server, struct MHD_Connection *connection,
                                       const char *url, const char *method, const incoming *whole)
{
    if (!atomic_load(&server->is_ready)) {
        (void)pthread_mutex_lock(&server->opening);
        (void)pthread_mutex_unlock(&server->opening);
    }
    char path[CR_HTTP_TARGET_BYTES_MAX], peer[INET_ADDRSTRLEN];
    cr_http_answer answer = {0};
    cr_http_request request = {.method = method,
                               .path = path,
                               .body = cr_str_text(&whole->body),
                               .body_size = whole->body.length,
                               .peer = peer_of(connection, peer),
                               .field = field_of,
                               .query = query_of,
                               .cookie = connection};
    if (whole->is_too_long)
        cr_http_say(&answer, 413, "At most %d bytes are read.", CR_HTTP_BODY_BYTES_MAX);
    else if (cr_address_decode(url, path, sizeof path))
        server->handler(server->cookie, &request, &answer);
    else
        cr_http_say(&answer, 400, "This is not a path that can be here.");
    log_request(server, method, url, answer.status, whole->begun_us);
    enum MHD_Result result = send_answer(connection, &answer);
    answer_free(&answer);
    return result;
}

static enum MHD_Result handle(void *cookie, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **seen)
{
    (void)version;
    // The head alone first.
    if (!*seen) {
        incoming *begun = cr_alloc(1, sizeof *begun);
        begun->begun_us = read_clock(CLOCK_MONOTONIC, 1000000);
        *seen = begun;
        return MHD_YES;
    }
    incoming *request = *seen;
    if (*upload_size > 0) {
        keep_body(request, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    return answer_incoming(cookie, connection, url, method, request);
}

static cr_status port_of(cr_http_server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (!info) return CR_IO;
    server->port = info->port;
    return CR_OK;
}

// Our own, so that a server that was killed can begin again at once: its last connections still
// hold the port for a minute, but no other listener gets in. -1 with errno.
static int listen_on(struct in_addr to, uint16_t port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = to};
    const int yes = 1;
    int own = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (own < 0) return -1;
    if (setsockopt(own, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(own, (const struct sockaddr *)&address, sizeof address) == 0 &&
        listen(own, SOMAXCONN) == 0)
        return own;
    int reason = errno;
    (void)close(own);
    errno = reason;
    return -1;
}

static struct MHD_Daemon *start_daemon(cr_http_server *server, const cr_http_desc *desc, int own)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = desc->thread_count > 0 ? (unsigned)desc->thread_count
                       : processors > 0       ? (unsigned)processors
                                              : 1u;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_UPGRADE;
    bool has_tls = desc->tls.certificate != NULL;
    // The options of TLS are at the end, and end before them without it.
    return MHD_start_daemon(
        has_tls ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, handle, server,
        MHD_OPTION_LISTEN_SOCKET, own, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CR_HTTP_CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CR_HTTP_CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CR_HTTP_TIMEOUT_SECONDS,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_path, NULL, MHD_OPTION_NOTIFY_COMPLETED, forget_incoming,
        NULL, has_tls ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, desc->tls.certificate,
        MHD_OPTION_HTTPS_MEM_KEY, desc->tls.key, MHD_OPTION_END);
}

static cr_status fail_to_open(const cr_http_desc *desc, bool is_bound, int reason, cr_fault *fault)
{
    if (is_bound && desc->tls.certificate)
        return cr_fail(fault, CR_INVALID, "",
                       "TLS cannot be spoken with this certificate and this key");
    if (reason == EADDRINUSE)
        return cr_fail(fault, CR_EXISTS, "", "port %u is taken by another program", desc->port);
    return cr_fail(fault, CR_IO, "", "the server cannot listen on port %u (%s)", desc->port,
                   strerror(reason));
}

cr_status cr_http_open(cr_http_server **out, const cr_http_desc *desc, cr_fault *fault)
{
    struct in_addr to = {.s_addr = htonl(INADDR_LOOPBACK)};
    if (desc->address && inet_pton(AF_INET, desc->address, &to) != 1)
        return cr_fail(fault, CR_INVALID, desc->address, "this is no IPv4 address");
    if (desc->tls.certificate && MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
        return cr_fail(fault, CR_UNSUPPORTED, "", "libmicrohttpd was built without TLS here");
    cr_http_server *server = cr_alloc(1, sizeof *server);
    server->handler = desc->handler;
    server->cookie = desc->cookie;
    server->log = desc->log;
    (void)pthread_mutex_init(&server->opening, NULL);
    (void)pthread_mutex_lock(&server->opening);
    errno = 0;
    int own = listen_on(to, desc->port);
    if (own >= 0) server->daemon = start_daemon(server, desc, own);
    int reason = errno;
    // The daemon closes it with itself.
    if (own >= 0 && !server->daemon) (void)close(own);
    bool is_open = server->daemon && port_of(server) == CR_OK;
    if (is_open) {
        *out = server;
        atomic_store(&server->is_ready, true);
    }
    (void)pthread_mutex_unlock(&server->opening);
    if (is_open) return CR_OK;
    cr_http_close(&server);
    return fail_to_open(desc, own >= 0, reason, fault);
}

void cr_http_close(cr_http_server **server)
{
    cr_http_server *closing = *server;
    if (!closing) return;
    if (closing->daemon) MHD_stop_daemon(closing->daemon);
    (void)pthread_mutex_destroy(&closing->opening);
    cr_free(closing);
    *server = NULL;
}

uint16_t cr_http_port(const cr_http_server *server)
{
    return server->port;
}
