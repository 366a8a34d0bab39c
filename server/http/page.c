#include "http/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/file_answer.h"

static const char for_good[] = "public, max-age=31536000, immutable";
static const char asked_again[] = "no-cache";

void cr_http_add_page_policy(cr_http_answer *answer)
{
    // Together these give the page threads (shared memory).
    cr_http_add_field(answer, "Cross-Origin-Opener-Policy", "same-origin");
    cr_http_add_field(answer, "Cross-Origin-Embedder-Policy", "require-corp");
    cr_http_add_field(answer, "Cross-Origin-Resource-Policy", "same-origin");
    cr_http_add_field(answer, "Content-Security-Policy",
                      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' "
                      "blob:; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
                      "media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action "
                      "'self'; frame-ancestors 'none'");
    cr_http_add_field(answer, "X-Content-Type-Options", "nosniff");
    cr_http_add_field(answer, "Referrer-Policy", "no-referrer");
}

// The q of [coding] in an Accept-Encoding field, in thousandths (RFC 9110 section 12.5.3).
static int quality_of(const char *field, const char *coding)
{
    size_t length = strlen(coding);
    for (const char *at = field; at && *at;) {
        at += strspn(at, " \t,");
        size_t name = strcspn(at, " \t,;");
        bool is_it = name == length && strncasecmp(at, coding, length) == 0;
        const char *end = at + strcspn(at, ",");
        if (is_it) {
            const char *q = strstr(at, "q=");
            return q && q < end ? (int)(strtod(q + 2, NULL) * 1000) : 1000;
        }
        at = end;
    }
    return 0;
}

// Vite's hashed names: "name-A1b2C3d4.js".
static bool is_hashed(const char *name)
{
    enum { HASH = 8 };
    const char *dot = strrchr(name, '.'), *dash = strrchr(name, '-');
    if (!dash || !dot || dot - dash != HASH + 1) return false;
    for (const char *c = dash + 1; c < dot; c++) {
        if (!isalnum((unsigned char)*c) && *c != '_') return false;
    }
    return true;
}

static bool try_encoded(const cr_http_request *request, const char *path, const char *cache,
                        const char *coding, const char *extension, cr_http_answer *answer)
{
    const char *accepted = request->field(request->cookie, "Accept-Encoding");
    // Ranges are of the thing itself.
    if (request->field(request->cookie, "Range") || quality_of(accepted, coding) == 0) return false;
    char *encoded = cr_format("%s.%s", path, extension);
    bool is_there = access(encoded, R_OK) == 0;
    if (is_there)
        cr_http_answer_file(request, encoded, cr_http_type_of(path), cache, coding, answer);
    cr_free(encoded);
    return is_there;
}

void cr_http_answer_page(const cr_http_request *request, const char *folder, cr_http_answer *answer)
{
    bool is_index = strcmp(request->path, "/") == 0;
    char *path = cr_format("%s%s", folder, is_index ? "/index.html" : request->path);
    const char *cache = is_hashed(path) ? for_good : asked_again;
    cr_http_add_field(answer, "Vary", "Accept-Encoding");
    cr_http_add_page_policy(answer);
    if (!try_encoded(request, path, cache, "br", "br", answer) &&
        !try_encoded(request, path, cache, "gzip", "gz", answer))
        cr_http_answer_file(request, path, cr_http_type_of(path), cache, NULL, answer);
    cr_free(path);
}
