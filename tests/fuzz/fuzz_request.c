// Any text as the head of a request: "GET /path", then fields. What the server reads of it by
// itself, Host and Origin, conditions and ranges, the handshake of a WebSocket, must be judged
// alike each time, and never beyond what is there.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "http/address.h"
#include "http/site.h"
#include "live/handshake.h"
#include "range/http_date.h"
#include "range/range.h"
#include "range/validator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS_MAX = 64, PATH_BYTES = 512 };

// What is printed as it is: years 1 to 9999.
static const int64_t earliest = -62135596800, latest = 253402300799;

// The object of the corpus, and its day.
static const int64_t now = 1731628800; // 2024-11-15 00:00:00
static const cr_range_object object = {
    .is_there = true, .size = 1000, .etag = "\"abc\"", .modified = 1731500000, .type = "video/mp4"};
static const cr_site site = {.port = 8080, .origin = "https://films.example.org"};

typedef struct head {
    char *path;
    char *names[FIELDS_MAX];
    const char *values[FIELDS_MAX];
    int count;
} head;

static void read_head(head *out, char *text)
{
    char *rest = text;
    char *line = strsep(&rest, "\n");
    out->path = strchr(line, ' ') ? strchr(line, ' ') + 1 : line;
    while ((line = strsep(&rest, "\n")) && out->count < FIELDS_MAX) {
        char *value = line;
        out->names[out->count] = strsep(&value, ":");
        if (value) out->values[out->count++] = value + strspn(value, " \t");
    }
}

static const char *field(const head *request, const char *name)
{
    for (int i = 0; i < request->count; i++)
        if (strcasecmp(request->names[i], name) == 0) return request->values[i];
    return NULL;
}

// Whether the answer is one that the object can give, and as long as it says.
static void check_plan(const cr_range_plan *plan)
{
    uint64_t length = 0;
    char text[CR_RANGE_PART_BYTES];
    for (int i = 0; i < plan->part_count; i++) {
        const cr_range_part *part = &plan->parts[i];
        if (!part->count || part->first >= object.size) abort();
        if (part->count > object.size - part->first) abort();
        length += part->count;
    }
    for (int i = 0; plan->part_count > 1 && i <= plan->part_count; i++) {
        size_t written = cr_range_part_head(plan, i, text);
        if (!written || written > sizeof text) abort();
        if (!plan->boundary[0] || !memmem(text, written, plan->boundary, strlen(plan->boundary)))
            abort();
        length += written;
    }
    bool has_body = plan->status == 200 || plan->status == 206;
    if (plan->content_length != length || has_body != (plan->part_count > 0)) abort();
    if (plan->status == 200 && length != object.size) abort();
    bool is_placed = (plan->status == 206 && plan->part_count == 1) || plan->status == 416;
    if (is_placed != (plan->content_range[0] != 0)) abort();
    if (!has_body && plan->status != 304 && plan->status != 412 && plan->status != 416) abort();
}

static void check_conditions(const head *fields)
{
    cr_range_request request = {
        .range = field(fields, "Range"),
        .if_range = field(fields, "If-Range"),
        .if_match = field(fields, "If-Match"),
        .if_none_match = field(fields, "If-None-Match"),
        .if_modified_since = field(fields, "If-Modified-Since"),
        .if_unmodified_since = field(fields, "If-Unmodified-Since"),
        .now = now,
    };
    cr_range_plan whole, part, head_only;
    cr_range_decide(&request, &object, &part);
    check_plan(&part);
    // A range makes of the whole a part of it, and of nothing else anything.
    request.range = NULL;
    cr_range_decide(&request, &object, &whole);
    check_plan(&whole);
    if (whole.status == 206 || whole.status == 416) abort();
    if (whole.status != 200 && part.status != whole.status) abort();
    // HEAD is told what GET would be.
    request.is_head = true;
    cr_range_decide(&request, &object, &head_only);
    if (head_only.status != whole.status) abort();
    if (head_only.content_length != whole.content_length) abort();
}

static void check_texts(const char *text)
{
    char printed[CR_HTTP_DATE_BYTES], again[CR_HTTP_DATE_BYTES];
    int64_t date, same;
    if (cr_http_date_parse(text, now, &date)) {
        cr_http_date_print(date, printed);
        if (!cr_http_date_parse(printed, now, &same)) abort();
        if (same != date && date >= earliest && date <= latest) abort();
        cr_http_date_print(same, again);
        if (strcmp(printed, again) != 0) abort();
    }
    // Two strong tags that are the same are the same weakly, too.
    if (cr_etag_list_has(text, object.etag, CR_ETAG_STRONG) &&
        !cr_etag_list_has(text, object.etag, CR_ETAG_WEAK))
        abort();
    // One tag is a list of itself.
    if (cr_etag_is_valid(text) && !cr_etag_list_has(text, text, CR_ETAG_WEAK)) abort();
}

static void check_path(const char *path)
{
    char decoded[PATH_BYTES];
    if (!cr_address_decode(path, decoded, sizeof decoded)) return;
    size_t length = strlen(decoded);
    if (decoded[0] != '/' || strstr(decoded, "//") || strstr(decoded, "/../")) abort();
    if (strchr(decoded, '\\') || strchr(decoded, '\n')) abort();
    if (length >= 3 && strcmp(decoded + length - 3, "/..") == 0) abort();
}

static void check_place(const head *fields)
{
    const char *host = field(fields, "Host"), *origin = field(fields, "Origin");
    bool is_ours = cr_site_has_host(&site, host);
    if (is_ours && strcasecmp(host, "films.example.org") != 0 && !strstr(host, ":8080")) abort();
    if (!host || !origin || !cr_site_has_origin(&site, host, origin)) return;
    // What we take for our page is, letter by letter, at the host that was asked.
    const char *authority = strstr(origin, "://");
    if (!authority || strcasecmp(authority + 3, host) != 0) abort();
    if (is_ours && !cr_site_is_origin(origin) && !strstr(host, "[::1]")) abort();
}

static void check_handshake(const head *fields)
{
    char accept[CR_HANDSHAKE_BYTES] = "";
    const cr_handshake handshake = {.upgrade = field(fields, "Upgrade"),
                                    .connection = field(fields, "Connection"),
                                    .version = field(fields, "Sec-WebSocket-Version"),
                                    .key = field(fields, "Sec-WebSocket-Key")};
    const char *wrong = cr_handshake_judge(&handshake, accept);
    if (!wrong && strlen(accept) != CR_HANDSHAKE_BYTES - 1) abort();
    if (wrong && accept[0]) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = cr_strndup((const char *)data, size);
    head fields = {0};
    read_head(&fields, text);
    check_path(fields.path);
    for (int i = 0; i < fields.count; i++)
        check_texts(fields.values[i]);
    check_conditions(&fields);
    check_place(&fields);
    check_handshake(&fields);
    cr_free(text);
    return 0;
}
