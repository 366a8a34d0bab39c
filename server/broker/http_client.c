#include "broker/http_client.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/http_address.h"

enum { POLL_MS = 200, STALL_SECONDS = 60 };

// One exchange at work. The loop's thread owns it until is_done.
typedef struct exchange {
    struct exchange *next;
    const cr_http_request *request;
    cr_http_answer *answer;
    CURL *easy;
    struct curl_slist *headers;
    curl_mime *form;
    cr_str body;
    FILE *file;
    uint64_t received, limit;
    bool is_over_limit, is_refused, is_disk_full;
    CURLcode code;
    char detail[CURL_ERROR_SIZE];
    bool is_done;
} exchange;

struct cr_http_client {
    CURLM *multi;
    char *agent;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t is_answered;
    exchange *asked; // not yet seen by the loop
    bool is_closing;
};

static size_t take_body(char *bytes, size_t size, size_t count, void *cookie)
{
    exchange *own = cookie;
    size_t length = size * count;
    own->received += length;
    if (own->received > own->limit) {
        own->is_over_limit = true;
        return 0;
    }
    long status = 0;
    curl_easy_getinfo(own->easy, CURLINFO_RESPONSE_CODE, &status);
    if (own->file && status >= 200 && status < 300) {
        if (fwrite(bytes, 1, length, own->file) == length) return length;
        own->is_disk_full = true;
        return 0;
    }
    cr_str_add_bytes(&own->body, bytes, length);
    return length;
}

static void copy_value(char *out, size_t size, const char *value, size_t length)
{
    while (length > 0 && (*value == ' ' || *value == '\t'))
        value++, length--;
    while (length > 0 && strchr("\r\n \t", value[length - 1]))
        length--;
    snprintf(out, size, "%.*s", (int)(length < size ? length : size - 1), value);
}

static size_t take_header(char *bytes, size_t size, size_t count, void *cookie)
{
    exchange *own = cookie;
    size_t length = size * count;
    const char *colon = memchr(bytes, ':', length);
    if (!colon) return length;
    size_t name = (size_t)(colon - bytes), rest = length - name - 1;
    char value[1024];
    copy_value(value, sizeof value, colon + 1, rest);
    cr_http_answer *answer = own->answer;
    int64_t now = (int64_t)time(NULL) * 1000;
#define IS(text) (name == sizeof(text) - 1 && strncasecmp(bytes, text, name) == 0)
    if (IS("retry-after")) {
        if (answer->retry_after_ms < 0) answer->retry_after_ms = cr_http_retry_after(value, now);
    } else if (IS("retry-after-ms")) {
        char *end;
        double milliseconds = strtod(value, &end);
        if (end != value && milliseconds >= 0 && milliseconds < 86400000)
            answer->retry_after_ms = (int64_t)milliseconds;
    } else if (IS("content-type")) {
        snprintf(answer->content_type, sizeof answer->content_type, "%.79s", value);
    } else if (IS("x-request-id") || IS("request-id") || IS("trace-id")) {
        snprintf(answer->request_id, sizeof answer->request_id, "%.95s", value);
    } else if (IS("location")) {
        snprintf(answer->location, sizeof answer->location, "%s", value);
    } else if (IS("date")) {
        time_t date = curl_getdate(value, NULL);
        if (date > 0) answer->date_ms = (int64_t)date * 1000;
    }
#undef IS
    return length;
}

static int ask_to_stop(void *cookie, curl_off_t down, curl_off_t downed, curl_off_t up,
                       curl_off_t upped)
{
    (void)down, (void)downed, (void)up, (void)upped;
    const exchange *own = cookie;
    const cr_http_request *request = own->request;
    return request->should_stop && request->should_stop(request->stop_cookie);
}

// After DNS and for every redirect: where the connection really goes.
static curl_socket_t open_socket(void *cookie, curlsocktype purpose, struct curl_sockaddr *to)
{
    (void)purpose;
    exchange *own = cookie;
    if (!own->request->may_be_private && !cr_http_sockaddr_is_public(&to->addr)) {
        own->is_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static void set_body(exchange *own)
{
    const cr_http_request *request = own->request;
    if (request->upload_path) {
        own->form = curl_mime_init(own->easy);
        curl_mimepart *part = curl_mime_addpart(own->form);
        curl_mime_name(part, "content");
        curl_mime_filedata(part, request->upload_path);
        curl_mime_filename(part, request->upload_name);
        curl_mime_type(part, request->upload_type);
        curl_easy_setopt(own->easy, CURLOPT_MIMEPOST, own->form);
    } else if (request->body) {
        curl_easy_setopt(own->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_size);
        curl_easy_setopt(own->easy, CURLOPT_POSTFIELDS, request->body);
    }
    if (request->method) curl_easy_setopt(own->easy, CURLOPT_CUSTOMREQUEST, request->method);
}

static void set_headers(exchange *own)
{
    const cr_http_request *request = own->request;
    for (int i = 0; i < CR_HTTP_HEADERS_MAX && request->headers[i]; i++)
        own->headers = curl_slist_append(own->headers, request->headers[i]);
    if (request->secret) own->headers = curl_slist_append(own->headers, request->secret);
    // A large body is sent at once: not all services answer "continue".
    own->headers = curl_slist_append(own->headers, "Expect:");
    curl_easy_setopt(own->easy, CURLOPT_HTTPHEADER, own->headers);
}

static void set_up(const cr_http_client *client, exchange *own)
{
    const cr_http_request *request = own->request;
    CURL *easy = own->easy;
    const char *schemes = request->may_be_private ? "http,https" : "https";
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, schemes);
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, schemes);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, request->secret ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)CR_HTTP_REDIRECTS_MAX);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, client->agent);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, own->detail);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CR_HTTP_CONNECT_MS);
    int64_t timeout = request->timeout_ms ? request->timeout_ms : CR_HTTP_TIMEOUT_MS;
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout);
    if (request->to_path) {
        curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
        curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)STALL_SECONDS);
    }
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, own);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, own);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, ask_to_stop);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, own);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, own);
    // A proxy would look names up itself, behind the check of addresses.
    if (!request->may_be_private && !request->secret) curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_PRIVATE, own);
    if (request->is_once) curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    set_headers(own);
    set_body(own);
}

// In the loop's thread.
static void begin_asked(cr_http_client *client)
{
    pthread_mutex_lock(&client->lock);
    exchange *list = client->asked;
    client->asked = NULL;
    pthread_mutex_unlock(&client->lock);
    while (list) {
        exchange *own = list;
        list = own->next;
        set_up(client, own);
        curl_multi_add_handle(client->multi, own->easy);
    }
}

static void end_exchange(cr_http_client *client, exchange *own, CURLcode code)
{
    long status = 0, sent = 0;
    curl_easy_getinfo(own->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(own->easy, CURLINFO_REQUEST_SIZE, &sent);
    curl_multi_remove_handle(client->multi, own->easy);
    pthread_mutex_lock(&client->lock);
    own->code = code;
    own->answer->status = (int)status;
    own->answer->was_sent = sent > 0;
    own->is_done = true;
    pthread_cond_broadcast(&client->is_answered);
    pthread_mutex_unlock(&client->lock);
}

static void end_finished(cr_http_client *client)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(client->multi, &left)) != NULL;) {
        if (message->msg != CURLMSG_DONE) continue;
        exchange *own = NULL;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&own);
        end_exchange(client, own, code);
    }
}

static void *run_loop(void *cookie)
{
    cr_http_client *client = cookie;
    for (;;) {
        pthread_mutex_lock(&client->lock);
        bool is_closing = client->is_closing;
        pthread_mutex_unlock(&client->lock);
        if (is_closing) return NULL;
        begin_asked(client);
        int running = 0;
        curl_multi_perform(client->multi, &running);
        end_finished(client);
        curl_multi_poll(client->multi, NULL, 0, POLL_MS, NULL);
    }
}

cr_status cr_http_client_open(cr_http_client **out, const char *agent, cr_fault *fault)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT))
        return cr_fail(fault, CR_NOMEM, "", "libcurl cannot be started");
    cr_http_client *client = cr_alloc(1, sizeof *client);
    client->multi = curl_multi_init();
    client->agent = cr_strdup(agent);
    pthread_mutex_init(&client->lock, NULL);
    pthread_cond_init(&client->is_answered, NULL);
    if (!client->multi || pthread_create(&client->thread, NULL, run_loop, client)) {
        curl_multi_cleanup(client->multi);
        cr_free(client->agent);
        cr_free(client);
        return cr_fail(fault, CR_NOMEM, "", "no thread can be started");
    }
    *out = client;
    return CR_OK;
}

void cr_http_client_close(cr_http_client **client)
{
    cr_http_client *own = *client;
    if (!own) return;
    pthread_mutex_lock(&own->lock);
    own->is_closing = true;
    pthread_mutex_unlock(&own->lock);
    curl_multi_wakeup(own->multi);
    pthread_join(own->thread, NULL);
    curl_multi_cleanup(own->multi);
    curl_global_cleanup();
    pthread_cond_destroy(&own->is_answered);
    pthread_mutex_destroy(&own->lock);
    cr_free(own->agent);
    cr_free(own);
    *client = NULL;
}

// What the exchange came to, in words that hold no key: neither the headers nor the query of the
// address are ever told.
static cr_status judge(const exchange *own, cr_fault *fault)
{
    char *origin = cr_http_origin(own->request->url);
    cr_status status = CR_OK;
    if (own->is_disk_full)
        status = cr_fail(fault, CR_NOSPACE, own->request->to_path, "cannot be written");
    else if (own->is_refused)
        status =
            cr_fail(fault, CR_DENIED, origin, "is no public address; nothing is fetched there");
    else if (own->is_over_limit)
        status = cr_fail(fault, CR_LIMIT, origin, "answered with more than %llu bytes",
                         (unsigned long long)own->limit);
    else if (own->code == CURLE_ABORTED_BY_CALLBACK)
        status = cr_fail(fault, CR_CANCELED, origin, "was not waited for");
    else if (own->code == CURLE_OPERATION_TIMEDOUT)
        status = cr_fail(fault, CR_TIMEOUT, origin, "did not answer in time");
    else if (own->code != CURLE_OK)
        status = cr_fail(fault, CR_IO, origin, "%s", curl_easy_strerror(own->code));
    cr_free(origin);
    return status;
}

static void wait_for(cr_http_client *client, exchange *own)
{
    pthread_mutex_lock(&client->lock);
    own->next = client->asked;
    client->asked = own;
    curl_multi_wakeup(client->multi);
    while (!own->is_done)
        pthread_cond_wait(&client->is_answered, &client->lock);
    pthread_mutex_unlock(&client->lock);
}

static cr_status close_file(exchange *own, cr_fault *fault)
{
    bool is_bad = fflush(own->file) || fsync(fileno(own->file));
    if (fclose(own->file)) is_bad = true;
    own->file = NULL;
    if (!is_bad) return CR_OK;
    return cr_fail(fault, CR_NOSPACE, own->request->to_path, "cannot be written");
}

cr_status cr_http_ask(cr_http_client *client, const cr_http_request *request, cr_http_answer *out,
                      cr_fault *fault)
{
    *out = (cr_http_answer){.retry_after_ms = -1};
    uint64_t limit = request->to_path ? CR_HTTP_FILE_BYTES_MAX : CR_HTTP_ANSWER_BYTES_MAX;
    exchange own = {.request = request, .answer = out, .limit = limit};
    if (request->answer_bytes_max) own.limit = request->answer_bytes_max;
    cr_status status = CR_OK;
    if (request->to_path && !(own.file = fopen(request->to_path, "wbe")))
        status = cr_fail(fault, CR_DENIED, request->to_path, "cannot be written");
    if (status == CR_OK && !(own.easy = curl_easy_init()))
        status = cr_fail(fault, CR_NOMEM, "", "there is no memory for another connection");
    if (status == CR_OK) {
        wait_for(client, &own);
        status = judge(&own, fault);
    }
    curl_easy_cleanup(own.easy);
    curl_slist_free_all(own.headers);
    curl_mime_free(own.form);
    if (own.file) {
        cr_status closed = close_file(&own, fault);
        if (status == CR_OK) status = closed;
    }
    if (status != CR_OK) out->status = 0;
    out->size = request->to_path ? own.received : own.body.length;
    out->body = cr_str_take(&own.body);
    return status;
}

void cr_http_answer_free(cr_http_answer *answer)
{
    cr_free(answer->body);
    *answer = (cr_http_answer){.retry_after_ms = -1};
}

int64_t cr_http_retry_after(const char *value, int64_t now_ms)
{
    char *end;
    double seconds = strtod(value, &end);
    if (end != value && *end == '\0' && seconds >= 0 && seconds < 86400)
        return (int64_t)(seconds * 1000);
    time_t date = curl_getdate(value, NULL);
    if (date <= 0) return -1;
    int64_t wait = (int64_t)date * 1000 - now_ms;
    return wait < 0 ? 0 : wait;
}

char *cr_http_origin(const char *url)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    return cr_strndup(url, (size_t)(host - url) + strcspn(host, "/?#"));
}
