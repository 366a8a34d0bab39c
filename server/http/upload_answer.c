#include "http/upload_answer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "base/mem.h"
#include "http/api_answer.h"
#include "studio/upload.h"

enum { NAME_BYTES = 256, DECIMAL = 10 };

static const char version[] = "1.0.0";

// One request about uploads of a film.
typedef struct ask {
    const cr_http_request *request;
    cr_shelf *shelf;
    char *folder;       // of the film
    char *film;         // its id
    const char *upload; // id in the path; "" none
} ask;

static const char *field(const ask *own, const char *name)
{
    return own->request->field(own->request->cookie, name);
}

static bool is_method(const ask *own, const char *method)
{
    return strcmp(own->request->method, method) == 0;
}

// -1: absent, or no number of bytes.
static int64_t number_of(const ask *own, const char *name)
{
    const char *text = field(own, name);
    if (!text || !*text || strspn(text, "0123456789") != strlen(text) || strlen(text) > 15)
        return -1;
    return strtoll(text, NULL, DECIMAL);
}

static void say_protocol(cr_http_answer *answer, int status)
{
    answer->status = status;
    cr_http_add_field(answer, "Tus-Resumable", "%s", version);
    cr_http_add_field(answer, "Cache-Control", "no-store");
}

static void say_fault(cr_http_answer *answer, const cr_fault *fault)
{
    cr_api_say_fault(answer, fault);
    // What the protocol means by these is said by its own numbers.
    if (fault->status == CR_LIMIT) answer->status = 413;
    if (fault->status == CR_BUSY) answer->status = 423;
    if (fault->status == CR_UNSUPPORTED || fault->status == CR_CORRUPT) answer->status = 422;
    cr_http_add_field(answer, "Tus-Resumable", "%s", version);
}

static void say_options(cr_http_answer *answer)
{
    say_protocol(answer, 204);
    cr_http_add_field(answer, "Tus-Version", "%s", version);
    cr_http_add_field(answer, "Tus-Extension", "creation,checksum,termination");
    cr_http_add_field(answer, "Tus-Checksum-Algorithm", "sha256");
    cr_http_add_field(answer, "Tus-Max-Size", "%lld", (long long)CR_UPLOAD_BYTES_MAX);
}

// "filename d29ybGQ=,filetype …": the first of them, decoded; "" none.
static void name_of(const ask *own, char out[NAME_BYTES])
{
    static const char key[] = "filename ";
    const char *metadata = field(own, "Upload-Metadata");
    const char *at = metadata ? strstr(metadata, key) : NULL;
    out[0] = 0;
    if (!at || (at != metadata && at[-1] != ',' && at[-1] != ' ')) return;
    at += sizeof key - 1;
    size_t length = 0;
    if (sodium_base642bin((unsigned char *)out, NAME_BYTES - 1, at, strcspn(at, ", "), NULL,
                          &length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        length = 0;
    out[length] = 0;
}

static void begin(const ask *own, cr_http_answer *answer)
{
    char name[NAME_BYTES];
    name_of(own, name);
    cr_upload made;
    cr_fault fault = {0};
    int64_t now_ms = (int64_t)time(NULL) * 1000;
    if (cr_upload_begin(own->folder, name, number_of(own, "Upload-Length"), now_ms, &made,
                        &fault) != CR_OK) {
        say_fault(answer, &fault);
        return;
    }
    say_protocol(answer, 201);
    cr_http_add_field(answer, "Location", "/api/films/%s/media/%s", own->film, made.id);
}

static void say_offset(const ask *own, cr_http_answer *answer)
{
    cr_upload found;
    cr_fault fault = {0};
    if (cr_upload_find(own->folder, own->upload, &found, &fault) != CR_OK) {
        say_fault(answer, &fault);
        return;
    }
    say_protocol(answer, 200);
    cr_http_add_field(answer, "Upload-Offset", "%lld", (long long)found.offset);
    cr_http_add_field(answer, "Upload-Length", "%lld", (long long)found.length);
}

// Of "sha256 BASE64"; a piece without one is taken as it is.
static bool is_sum_right(const ask *own, bool *is_known)
{
    static const char sha256[] = "sha256 ";
    const char *said = field(own, "Upload-Checksum");
    *is_known = !said || strncmp(said, sha256, sizeof sha256 - 1) == 0;
    if (!said || !*is_known) return true;
    unsigned char wanted[crypto_hash_sha256_BYTES], found[crypto_hash_sha256_BYTES];
    const char *text = said + sizeof sha256 - 1;
    size_t length = 0;
    if (sodium_base642bin(wanted, sizeof wanted, text, strlen(text), NULL, &length, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        length != sizeof wanted)
        return false;
    (void)crypto_hash_sha256(found, (const unsigned char *)own->request->body,
                             own->request->body_size);
    return memcmp(wanted, found, sizeof found) == 0;
}

static bool judge_piece(const ask *own, cr_http_answer *answer)
{
    static const char type[] = "application/offset+octet-stream";
    const char *said = field(own, "Content-Type");
    bool is_known = true;
    if (!said || strcmp(said, type) != 0)
        cr_api_say_error(answer, 415, "unsupported",
                         "Content-Type must be application/offset+octet-stream.", "");
    else if (!is_sum_right(own, &is_known))
        cr_api_say_error(answer, 460, "corrupt", "The piece is not what its checksum says.", "");
    else if (!is_known)
        cr_api_say_error(answer, 400, "unsupported", "Checksums are by sha256.", "");
    else
        return true;
    cr_http_add_field(answer, "Tus-Resumable", "%s", version);
    return false;
}

static void append(const ask *own, cr_http_answer *answer)
{
    if (!judge_piece(own, answer)) return;
    cr_upload upload;
    cr_fault fault = {0};
    char *asset = NULL;
    cr_status status =
        cr_upload_append(own->folder, own->upload, number_of(own, "Upload-Offset"),
                         own->request->body, own->request->body_size, &upload, &fault);
    if (status == CR_OK && upload.offset == upload.length)
        status = cr_upload_finish(own->folder, &upload, cr_shelf_host(own->shelf), &asset, &fault);
    if (status != CR_OK) {
        say_fault(answer, &fault);
        return;
    }
    say_protocol(answer, 204);
    cr_http_add_field(answer, "Upload-Offset", "%lld", (long long)upload.offset);
    if (asset) cr_http_add_field(answer, "Cutroom-Asset", "%s", asset);
    cr_free(asset);
}

static void answer_ask(const ask *own, cr_http_answer *answer)
{
    const char *said = field(own, "Tus-Resumable");
    if (is_method(own, "OPTIONS")) {
        say_options(answer);
    } else if (!said || strcmp(said, version) != 0) {
        cr_api_say_error(answer, 412, "unsupported", "Tus-Resumable must be 1.0.0.", "");
        cr_http_add_field(answer, "Tus-Version", "%s", version);
    } else if (is_method(own, "POST") && !own->upload[0]) {
        begin(own, answer);
    } else if (is_method(own, "HEAD") && own->upload[0]) {
        say_offset(own, answer);
    } else if (is_method(own, "PATCH") && own->upload[0]) {
        append(own, answer);
    } else if (is_method(own, "DELETE") && own->upload[0]) {
        cr_upload_remove(own->folder, own->upload);
        say_protocol(answer, 204);
    } else {
        cr_api_say_error(answer, 405, "unsupported", "This method is not answered here.", "");
        cr_http_add_field(answer, "Allow", "%s",
                          own->upload[0] ? "HEAD, PATCH, DELETE, OPTIONS" : "POST, OPTIONS");
    }
}

bool cr_upload_answer(cr_shelf *shelf, const cr_http_request *request, cr_http_answer *answer)
{
    static const char prefix[] = "/api/films/", media[] = "/media";
    if (strncmp(request->path, prefix, sizeof prefix - 1) != 0) return false;
    const char *film = request->path + sizeof prefix - 1;
    const char *rest = film + strcspn(film, "/");
    if (strncmp(rest, media, sizeof media - 1) != 0) return false;
    const char *upload = rest + sizeof media - 1;
    if (*upload && (*upload != '/' || strchr(upload + 1, '/'))) return false;
    ask own = {.request = request,
               .shelf = shelf,
               .film = cr_strndup(film, (size_t)(rest - film)),
               .upload = *upload ? upload + 1 : ""};
    own.folder = cr_shelf_folder(shelf, own.film);
    if (own.folder)
        answer_ask(&own, answer);
    else
        cr_api_say_error(answer, 404, "notfound", "There is no such film.", "");
    cr_free(own.folder);
    cr_free(own.film);
    return true;
}
