#include "asset/s3_exchange.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"

enum { WAIT_MS = 200 };

// SHA-256 of nothing.
static const char nothing[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

void cr_s3_add_field(cr_s3_exchange *exchange, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (int i = 0; i < CR_S3_FIELDS_MAX; i++) {
        if (exchange->fields[i]) continue;
        exchange->fields[i] = cr_strdup(text);
        return;
    }
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *cookie)
{
    cr_s3_exchange *own = cookie;
    size_t length = size * count;
    long status = 0;
    curl_easy_getinfo(own->easy, CURLINFO_RESPONSE_CODE, &status);
    // The whole is no answer to who asked for the rest of it.
    if (own->sink && status == (own->from > 0 ? 206 : 200)) {
        own->sunk = own->sink(own->cookie, bytes, length);
        if (own->sunk != CR_OK) return 0;
        own->received += length;
        return length;
    }
    if (own->text.length + length > CR_S3_ANSWER_BYTES_MAX) return 0;
    cr_str_add_bytes(&own->text, bytes, length);
    return length;
}

static void copy_value(char *out, size_t size, const char *value)
{
    value += strspn(value, " \t");
    size_t length = strcspn(value, "\r\n");
    if (length >= size) length = 0; // what is cut is not what was said
    memcpy(out, value, length);
    out[length] = 0;
}

static void take_name(cr_s3_object *object, const char *value)
{
    char escaped[3 * CR_DEPOT_NAME_BYTES];
    copy_value(escaped, sizeof escaped, value);
    int length = 0;
    char *name = curl_easy_unescape(NULL, escaped, 0, &length);
    if (name && length < CR_DEPOT_NAME_BYTES) memcpy(object->name, name, (size_t)length + 1);
    curl_free(name);
}

static size_t take_field(char *bytes, size_t size, size_t count, void *cookie)
{
    cr_s3_exchange *own = cookie;
    size_t length = size * count;
    char line[1024], value[256];
    if (length >= sizeof line) return length;
    memcpy(line, bytes, length);
    line[length] = 0;
    char *colon = strchr(line, ':');
    if (!colon) return length;
    *colon = 0;
    copy_value(value, sizeof value, colon + 1);
    if (strcasecmp(line, "ETag") == 0)
        copy_value(own->object.etag, sizeof own->object.etag, colon + 1);
    else if (strcasecmp(line, "Content-Type") == 0)
        copy_value(own->object.type, sizeof own->object.type, colon + 1);
    else if (strcasecmp(line, "Content-Length") == 0)
        own->object.size = strtoull(value, NULL, 10);
    else if (strcasecmp(line, "Last-Modified") == 0 && own->object.modified == 0)
        own->object.modified = curl_getdate(value, NULL);
    // As the Worker reads it: when the asset was kept, wherever that was.
    else if (strcasecmp(line, "x-amz-meta-modified") == 0)
        own->object.modified = strtoll(value, NULL, 10);
    else if (strcasecmp(line, "x-amz-meta-name") == 0)
        take_name(&own->object, colon + 1);
    return length;
}

static size_t give_bytes(char *out, size_t size, size_t count, void *cookie)
{
    cr_s3_exchange *own = cookie;
    uint64_t left = own->size - own->sent;
    size_t room = size * count;
    if (left < room) room = (size_t)left;
    ssize_t length;
    do
        length = pread(own->file, out, room, (off_t)(own->first + own->sent));
    while (length < 0 && errno == EINTR);
    if (length < 0 || (length == 0 && room > 0)) return CURL_READFUNC_ABORT;
    own->sent += (uint64_t)length;
    return (size_t)length;
}

// When the line was cut before anything was answered, libcurl begins anew.
static int go_back(void *cookie, curl_off_t offset, int origin)
{
    cr_s3_exchange *own = cookie;
    if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
    own->sent = (uint64_t)offset;
    return CURL_SEEKFUNC_OK;
}

static void set_body(cr_s3_exchange *own)
{
    CURL *easy = own->easy;
    if (strcmp(own->method, "HEAD") == 0) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (strcmp(own->method, "PUT") == 0) {
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)own->size);
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_bytes);
        curl_easy_setopt(easy, CURLOPT_READDATA, own);
        curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, go_back);
        curl_easy_setopt(easy, CURLOPT_SEEKDATA, own);
    } else if (strcmp(own->method, "POST") == 0) {
        const char *body = own->body ? own->body : "";
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(body));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    } else if (strcmp(own->method, "GET") != 0) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, own->method);
    }
    if (own->from > 0) {
        char range[32];
        (void)snprintf(range, sizeof range, "%llu-", (unsigned long long)own->from);
        curl_easy_setopt(easy, CURLOPT_RANGE, range);
    }
}

static void set_up(const cr_s3 *s3, cr_s3_exchange *own, const char *url)
{
    CURL *easy = own->easy;
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_AWS_SIGV4, s3->signing);
    curl_easy_setopt(easy, CURLOPT_USERPWD, s3->user);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CR_S3_CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)CR_S3_STALL_SECONDS);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, own);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_field);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, own);
    set_body(own);
}

static struct curl_slist *fields_of(const cr_s3 *s3, const cr_s3_exchange *own)
{
    char line[128];
    const char *hash = own->body_hash ? own->body_hash : nothing;
    (void)snprintf(line, sizeof line, "x-amz-content-sha256: %s", hash);
    struct curl_slist *list = curl_slist_append(NULL, line);
    for (int i = 0; i < CR_S3_FIELDS_MAX && own->fields[i]; i++)
        list = curl_slist_append(list, own->fields[i]);
    if (s3->token) {
        char *token = cr_format("x-amz-security-token: %s", s3->token);
        list = curl_slist_append(list, token);
        cr_free(token);
    }
    return list;
}

static CURLcode ask_once(const cr_s3 *s3, cr_s3_exchange *own)
{
    own->easy = curl_easy_init();
    if (!own->easy) return CURLE_OUT_OF_MEMORY;
    own->status = 0;
    own->object = (cr_s3_object){0};
    own->sent = 0;
    cr_str_free(&own->text);
    char *url = cr_format("%s/%s%s%s", s3->base, own->key, own->query ? "?" : "",
                          own->query ? own->query : "");
    struct curl_slist *fields = fields_of(s3, own);
    set_up(s3, own, url);
    curl_easy_setopt(own->easy, CURLOPT_HTTPHEADER, fields);
    CURLcode code = curl_easy_perform(own->easy);
    long status = 0;
    curl_easy_getinfo(own->easy, CURLINFO_RESPONSE_CODE, &status);
    own->status = (int)status;
    curl_slist_free_all(fields);
    curl_easy_cleanup(own->easy);
    own->easy = NULL;
    cr_free(url);
    return code;
}

static bool is_busy(int status)
{
    return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

cr_status cr_s3_ask(const cr_s3 *s3, cr_s3_exchange *exchange, cr_fault *fault)
{
    CURLcode code = CURLE_OK;
    for (int i = 0; i < CR_S3_TRIES_MAX; i++) {
        if (i > 0) (void)poll(NULL, 0, WAIT_MS << i);
        code = ask_once(s3, exchange);
        if (exchange->sunk != CR_OK)
            return cr_fail(fault, exchange->sunk, exchange->key, "what was read cannot be kept");
        if (code == CURLE_OK && !is_busy(exchange->status)) return CR_OK;
        if (exchange->received > 0) break;
    }
    if (code == CURLE_OK) return CR_OK;
    return cr_fail(fault, code == CURLE_OPERATION_TIMEDOUT ? CR_TIMEOUT : CR_IO, s3->base,
                   "the S3 service cannot be asked: %s", curl_easy_strerror(code));
}

cr_status cr_s3_fail(const cr_s3 *s3, const cr_s3_exchange *exchange, cr_fault *fault)
{
    int said = exchange->status;
    if (said == 404) return cr_fail(fault, CR_NOTFOUND, exchange->key, "there is no such asset");
    char *code = cr_s3_element(exchange, "Code");
    cr_status status = cr_fail(fault, said == 401 || said == 403 ? CR_DENIED : CR_IO, s3->base,
                               "the S3 service answered %s with %d%s%.80s", exchange->method, said,
                               code ? " " : "", code ? code : "");
    cr_free(code);
    return status;
}

char *cr_s3_element(const cr_s3_exchange *exchange, const char *name)
{
    char *open = cr_format("<%s>", name), *close = cr_format("</%s>", name);
    const char *text = exchange->text.length > 0 ? cr_str_text(&exchange->text) : "";
    const char *from = strstr(text, open);
    const char *to = from ? strstr(from, close) : NULL;
    char *found = to ? cr_strndup(from + strlen(open), (size_t)(to - from) - strlen(open)) : NULL;
    cr_free(open);
    cr_free(close);
    return found;
}

void cr_s3_exchange_free(cr_s3_exchange *exchange)
{
    for (int i = 0; i < CR_S3_FIELDS_MAX; i++)
        cr_free(exchange->fields[i]);
    cr_str_free(&exchange->text);
}
