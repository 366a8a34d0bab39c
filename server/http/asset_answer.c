#include "http/asset_answer.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "http/file_answer.h"

// The name for who reads ASCII, then for who reads all of Unicode (RFC 6266, RFC 8187).
static void add_disposition(const cr_http_request *request, const char *name,
                            cr_http_answer *answer)
{
    const char *how = request->query(request->cookie, "download") ? "attachment" : "inline";
    if (!*name) {
        cr_http_add_field(answer, "Content-Disposition", "%s", how);
        return;
    }
    static const char plain[] = "!#$&+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    cr_str ascii = {0}, all = {0};
    for (const char *at = name; *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool is_safe = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%';
        // One mark a character: the bytes within one are passed over.
        if (is_safe || (c & 0xc0) != 0x80) cr_str_add_char(&ascii, is_safe ? *at : '_');
        if (strchr(plain, *at))
            cr_str_add_char(&all, *at);
        else
            cr_str_addf(&all, "%%%02X", c);
    }
    cr_http_add_field(answer, "Content-Disposition", "%s; filename=\"%s\"; filename*=UTF-8''%s",
                      how, cr_str_text(&ascii), cr_str_text(&all));
    cr_str_free(&ascii);
    cr_str_free(&all);
}

// Who asks from a page of an origin that the gate admitted may read what it needs to ask on.
static void add_sharing(const cr_http_request *request, cr_http_answer *answer)
{
    const char *origin = request->field(request->cookie, "Origin");
    cr_http_add_field(answer, "Vary", "Origin");
    cr_http_add_field(answer, "Cross-Origin-Resource-Policy", "same-origin");
    if (!origin) return;
    cr_http_add_field(answer, "Access-Control-Allow-Origin", "%s", origin);
    cr_http_add_field(answer, "Access-Control-Allow-Credentials", "true");
    cr_http_add_field(answer, "Access-Control-Expose-Headers",
                      "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, "
                      "Last-Modified");
}

static void let_go(void *held)
{
    cr_depot_held *left = held;
    cr_depot_let_go(&left);
}

void cr_http_answer_asset(const cr_depot *store, const cr_http_request *request,
                          cr_http_answer *answer)
{
    static const char prefix[] = "/asset/";
    const char *key = request->path + sizeof prefix - 1;
    cr_depot_held *held = NULL;
    cr_status status = store ? cr_depot_hold(store, key, &held, NULL) : CR_NOTFOUND;
    if (status != CR_OK) {
        // Conditions are judged against nothing: If-Match fails, whatever it names.
        bool is_match_asked = request->field(request->cookie, "If-Match") != NULL;
        bool is_lost = status == CR_NOTFOUND;
        cr_http_say(answer,
                    !is_lost         ? 500
                    : is_match_asked ? 412
                                     : 404,
                    "%s",
                    is_lost ? "There is no asset with this key." : "The asset cannot be read.");
        return;
    }
    const cr_depot_info info = held->info;
    char *etag = cr_format("\"%s\"", info.key);
    cr_range_object object = {.is_there = true,
                              .size = info.size,
                              .etag = etag,
                              .modified = info.modified,
                              .type = info.type[0] ? info.type : "application/octet-stream"};
    // What a key names never changes.
    cr_http_answer_bytes(request, held->file, &object, "private, max-age=31536000, immutable",
                         answer);
    answer->bytes = held->bytes;
    answer->let_go = let_go;
    answer->held = held;
    add_disposition(request, info.name, answer);
    add_sharing(request, answer);
    // A page that somebody kept here must not act as one of ours.
    cr_http_add_field(answer, "X-Content-Type-Options", "nosniff");
    cr_http_add_field(answer, "Content-Security-Policy", "sandbox; default-src 'none'");
    cr_free(etag);
}
