#include "http/file_answer.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "range/http_date.h"

static const struct {
    const char *extension, *type;
} types[] = {
    {"html", "text/html; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"webmanifest", "application/manifest+json"},
    {"txt", "text/plain; charset=utf-8"},
    {"srt", "application/x-subrip; charset=utf-8"},
    {"wasm", "application/wasm"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"webp", "image/webp"},
    {"ico", "image/x-icon"},
    {"mp4", "video/mp4"},
    {"m4a", "audio/mp4"},
    {"mov", "video/quicktime"},
    {"webm", "video/webm"},
    {"mkv", "video/matroska"},
    {"wav", "audio/wav"},
    {"mp3", "audio/mpeg"},
    {"flac", "audio/flac"},
    {"ttf", "font/ttf"},
    {"otf", "font/otf"},
    {"woff2", "font/woff2"},
};

const char *cr_http_type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++) {
        if (strcasecmp(dot + 1, types[i].extension) == 0) return types[i].type;
    }
    return "application/octet-stream";
}

static cr_range_request conditions(const cr_http_request *request)
{
    return (cr_range_request){
        .is_head = strcmp(request->method, "HEAD") == 0,
        .range = request->field(request->cookie, "Range"),
        .if_range = request->field(request->cookie, "If-Range"),
        .if_match = request->field(request->cookie, "If-Match"),
        .if_none_match = request->field(request->cookie, "If-None-Match"),
        .if_modified_since = request->field(request->cookie, "If-Modified-Since"),
        .if_unmodified_since = request->field(request->cookie, "If-Unmodified-Since"),
        .now = time(NULL),
    };
}

static void add_head(cr_http_answer *answer, const char *type, const char *cache, const char *etag,
                     int64_t modified)
{
    const cr_range_plan *plan = &answer->plan;
    char date[CR_HTTP_DATE_BYTES];
    cr_http_date_print(modified, date);
    cr_http_add_field(answer, "ETag", "%s", etag);
    cr_http_add_field(answer, "Last-Modified", "%s", date);
    cr_http_add_field(answer, "Cache-Control", "%s", cache);
    cr_http_add_field(answer, "Accept-Ranges", "bytes");
    if (plan->content_range[0])
        cr_http_add_field(answer, "Content-Range", "%s", plan->content_range);
    if (plan->boundary[0])
        cr_http_add_field(answer, "Content-Type", "multipart/byteranges; boundary=%s",
                          plan->boundary);
    else if (plan->status != 304)
        cr_http_add_field(answer, "Content-Type", "%s", type);
}

void cr_http_answer_bytes(const cr_http_request *request, int file, const cr_range_object *object,
                          const char *cache, cr_http_answer *answer)
{
    cr_range_request asked = conditions(request);
    cr_range_decide(&asked, object, &answer->plan);
    answer->status = answer->plan.status;
    answer->file = file;
    add_head(answer, object->type, cache, object->etag, object->modified);
}

void cr_http_answer_file(const cr_http_request *request, const char *path, const char *type,
                         const char *cache, const char *encoding, cr_http_answer *answer)
{
    struct stat found;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0 || fstat(file, &found) != 0 || !S_ISREG(found.st_mode)) {
        if (file >= 0) (void)close(file);
        cr_http_say(answer, 404, "There is nothing under this address.");
        return;
    }
    // What names these bytes and no others: the same file, not written to since.
    char etag[96];
    (void)snprintf(etag, sizeof etag, "\"%llx-%llx-%llx.%lx%s\"", (unsigned long long)found.st_ino,
                   (unsigned long long)found.st_size, (unsigned long long)found.st_mtim.tv_sec,
                   (unsigned long)found.st_mtim.tv_nsec, encoding ? encoding : "");
    cr_range_object object = {.is_there = true,
                              .size = (uint64_t)found.st_size,
                              .etag = etag,
                              .modified = found.st_mtim.tv_sec,
                              .type = type};
    cr_http_answer_bytes(request, file, &object, cache, answer);
    if (encoding) cr_http_add_field(answer, "Content-Encoding", "%s", encoding);
}
