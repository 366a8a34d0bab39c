#include "http/transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/mem.h"
#include "http/address.h"

struct cr_http_server {
    struct MHD_Daemon *daemon;
    cr_http_handler *handler;
    void *cookie;
    cr_log log;
    uint16_t port;
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
    if (answer->file) (void)close(answer->file);
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
    int file;
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
    (void)close(p->file);
    cr_free(p);
}

// Takes the answer's file.
static struct MHD_Response *file_response(cr_http_answer *answer)
{
    const cr_range_plan *plan = &answer->plan;
    int file = answer->file;
    answer->file = 0;
    if (plan->part_count == 1)
        return MHD_create_response_from_fd_at_offset64(plan->parts[0].count, file,
                                                       plan->parts[0].first);
    parts *p = cr_alloc(1, sizeof *p);
    p->file = file;
    p->plan = *plan;
    return MHD_create_response_from_callback(plan->content_length, 64 * 1024, read_parts, p,
                                             free_parts);
}

static struct MHD_Response *response_of(cr_http_answer *answer)
{
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

static void log_request(const cr_http_server *server, const char *method, const char *path,
                        int status)
{
    char line[512];
    char shown[256];
    size_t length = 0;
    // The path as it came, which may hold anything.
    for (; *path && length + 7 < sizeof shown; path++) {
        bool is_plain = *path > 0x1f && *path < 0x7f && *path != '"' && *path != '\\';
        if (is_plain)
            shown[length++] = *path;
        else
            length += (size_t)snprintf(shown + length, 7, "\\u%04x", (unsigned char)*path);
    }
    shown[length] = 0;
    (void)snprintf(line, sizeof line, "{\"method\":\"%.16s\",\"path\":\"%s\",\"status\":%d}",
                   method, shown, status);
    cr_log_line(&server->log, CR_LOG_INFO, "%s", line);
}

// Keeps the path as it came: what is in it is decoded, and judged, by us.
static size_t keep_path(void *cookie, struct MHD_Connection *connection, char *text)
{
    (void)cookie;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result handle(void *cookie, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **seen)
{
    (void)version;
    (void)upload;
    static int begun;
    // The head alone first; a body, which nobody here wants, is not read.
    if (!*seen) {
        *seen = &begun;
        return MHD_YES;
    }
    *upload_size = 0;
    cr_http_server *server = cookie;
    char path[CR_HTTP_TARGET_BYTES_MAX];
    cr_http_answer answer = {0};
    cr_http_request request = {
        .method = method, .path = path, .field = field_of, .query = query_of, .cookie = connection};
    if (cr_address_decode(url, path, sizeof path))
        server->handler(server->cookie, &request, &answer);
    else
        cr_http_say(&answer, 400, "This is not a path that can be here.");
    log_request(server, method, url, answer.status);
    enum MHD_Result result = send_answer(connection, &answer);
    answer_free(&answer);
    return result;
}

static cr_status port_of(cr_http_server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (!info) return CR_IO;
    server->port = info->port;
    return CR_OK;
}

cr_status cr_http_open(cr_http_server **out, const cr_http_desc *desc, cr_fault *fault)
{
    cr_http_server *server = cr_alloc(1, sizeof *server);
    server->handler = desc->handler;
    server->cookie = desc->cookie;
    server->log = desc->log;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(desc->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = desc->thread_count > 0 ? (unsigned)desc->thread_count
                       : processors > 0       ? (unsigned)processors
                                              : 1u;
    errno = 0;
    server->daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, desc->port, NULL, NULL,
                         handle, server, MHD_OPTION_SOCK_ADDR, &address,
                         MHD_OPTION_THREAD_POOL_SIZE, threads, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         (size_t)CR_HTTP_CONNECTION_BYTES, MHD_OPTION_CONNECTION_LIMIT,
                         (unsigned)CR_HTTP_CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
                         (unsigned)CR_HTTP_TIMEOUT_SECONDS, MHD_OPTION_UNESCAPE_CALLBACK, keep_path,
                         NULL, MHD_OPTION_LISTENING_ADDRESS_REUSE, 0u, MHD_OPTION_END);
    int reason = errno;
    if (server->daemon && port_of(server) == CR_OK) {
        *out = server;
        return CR_OK;
    }
    cr_http_close(&server);
    if (reason == EADDRINUSE)
        return cr_fail(fault, CR_EXISTS, "", "port %u is taken by another program", desc->port);
    return cr_fail(fault, CR_IO, "", "the server cannot listen on port %u (%s)", desc->port,
                   strerror(reason));
}

void cr_http_close(cr_http_server **server)
{
    cr_http_server *closing = *server;
    if (!closing) return;
    if (closing->daemon) MHD_stop_daemon(closing->daemon);
    cr_free(closing);
    *server = NULL;
}

uint16_t cr_http_port(const cr_http_server *server)
{
    return server->port;
}
