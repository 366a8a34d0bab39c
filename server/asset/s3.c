#include "asset/s3.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "asset/s3_exchange.h"
#include "base/mem.h"
#include "base/str.h"

enum { HASH_BYTES = 65, READ_BYTES = 64 * 1024, PARTS_MAX = 10000 };

cr_status cr_s3_open(cr_s3 **out, const cr_s3_desc *desc, cr_fault *fault)
{
    const char *end = desc->endpoint;
    bool is_address = strncmp(end, "https://", 8) == 0 || strncmp(end, "http://", 7) == 0;
    if (!is_address || strpbrk(end, "?#@ "))
        return cr_fail(fault, CR_INVALID, end, "the S3 service's address is https://HOST");
    size_t bucket = strlen(desc->bucket);
    if (bucket == 0 || bucket > 255 ||
        strspn(desc->bucket, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789.-_") != bucket)
        return cr_fail(fault, CR_INVALID, desc->bucket, "this is not the name of a bucket");
    if (curl_global_init(CURL_GLOBAL_DEFAULT))
        return cr_fail(fault, CR_NOMEM, "", "libcurl cannot be started");
    cr_s3 *s3 = cr_alloc(1, sizeof *s3);
    size_t length = strlen(end);
    while (length > 0 && end[length - 1] == '/')
        length--;
    s3->base = cr_format("%.*s/%s", (int)length, end, desc->bucket);
    s3->signing = cr_format("aws:amz:%s:s3", desc->region ? desc->region : "auto");
    s3->user = cr_format("%s:%s", desc->id, desc->secret);
    if (desc->token) s3->token = cr_strdup(desc->token);
    s3->part_bytes = desc->part_bytes ? desc->part_bytes : CR_S3_PART_BYTES;
    *out = s3;
    return CR_OK;
}

static void forget(char *secret)
{
    if (secret) sodium_memzero(secret, strlen(secret));
    cr_free(secret);
}

void cr_s3_close(cr_s3 **s3)
{
    cr_s3 *own = *s3;
    if (!own) return;
    forget(own->user);
    forget(own->token);
    cr_free(own->signing);
    cr_free(own->base);
    cr_free(own);
    curl_global_cleanup();
    *s3 = NULL;
}

cr_status cr_s3_head(const cr_s3 *s3, const char *key, cr_s3_object *out, cr_fault *fault)
{
    cr_s3_exchange asked = {.method = "HEAD", .key = key};
    cr_status status = cr_s3_ask(s3, &asked, fault);
    if (status == CR_OK && asked.status != 200) status = cr_s3_fail(s3, &asked, fault);
    if (status == CR_OK) *out = asked.object;
    cr_s3_exchange_free(&asked);
    return status;
}

cr_status cr_s3_get(const cr_s3 *s3, const char *key, const cr_s3_object *object, cr_s3_sink *sink,
                    void *cookie, cr_fault *fault)
{
    uint64_t done = 0;
    cr_status status = CR_OK;
    for (int i = 0; i < CR_S3_TRIES_MAX && done < object->size; i++) {
        cr_s3_exchange asked = {
            .method = "GET", .key = key, .from = done, .sink = sink, .cookie = cookie};
        cr_s3_add_field(&asked, "If-Match: %s", object->etag);
        status = cr_s3_ask(s3, &asked, fault);
        bool is_kept = asked.sunk == CR_OK;
        if (asked.received > 0) i = 0; // it goes on
        done += asked.received;
        if (status == CR_OK && asked.status == 412)
            status = cr_fail(fault, CR_CORRUPT, key, "it was replaced while it was read");
        else if (status == CR_OK && asked.received == 0)
            status = cr_s3_fail(s3, &asked, fault);
        bool is_final = !is_kept || (status != CR_OK && asked.status != 0 && asked.received == 0);
        cr_s3_exchange_free(&asked);
        if (is_final) return status;
    }
    if (done == object->size) return CR_OK;
    return status != CR_OK ? status : cr_fail(fault, CR_CORRUPT, key, "it ends before it should");
}

static cr_status hash_of(int file, uint64_t first, uint64_t size, char out[HASH_BYTES],
                         cr_fault *fault)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    unsigned char bytes[READ_BYTES], hash[crypto_hash_sha256_BYTES];
    for (uint64_t done = 0; done < size;) {
        uint64_t left = size - done;
        size_t room = left < sizeof bytes ? (size_t)left : sizeof bytes;
        ssize_t length = pread(file, bytes, room, (off_t)(first + done));
        if (length <= 0) return cr_fail(fault, CR_IO, "", "what comes in cannot be read again");
        crypto_hash_sha256_update(&state, bytes, (size_t)length);
        done += (uint64_t)length;
    }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(out, HASH_BYTES, hash, sizeof hash);
    return CR_OK;
}

static void say_object(cr_s3_exchange *asked, const cr_s3_object *object)
{
    if (object->type[0]) cr_s3_add_field(asked, "Content-Type: %s", object->type);
    char *name = object->name[0] ? curl_easy_escape(NULL, object->name, 0) : NULL;
    if (name) cr_s3_add_field(asked, "x-amz-meta-name: %s", name);
    curl_free(name);
    cr_s3_add_field(asked, "x-amz-meta-modified: %lld", (long long)object->modified);
}

static cr_status put_whole(const cr_s3 *s3, const char *key, int file, const cr_s3_object *object,
                           cr_fault *fault)
{
    cr_s3_exchange asked = {
        .method = "PUT", .key = key, .body_hash = key, .file = file, .size = object->size};
    say_object(&asked, object);
    cr_s3_add_field(&asked, "If-None-Match: *");
    cr_status status = cr_s3_ask(s3, &asked, fault);
    // 412: somebody was first, with the same bytes.
    if (status == CR_OK && asked.status != 200 && asked.status != 412)
        status = cr_s3_fail(s3, &asked, fault);
    cr_s3_exchange_free(&asked);
    return status;
}

static cr_status begin_parts(const cr_s3 *s3, const char *key, const cr_s3_object *object,
                             char **upload, cr_fault *fault)
{
    cr_s3_exchange asked = {.method = "POST", .key = key, .query = "uploads="};
    say_object(&asked, object);
    cr_status status = cr_s3_ask(s3, &asked, fault);
    if (status == CR_OK && asked.status != 200) status = cr_s3_fail(s3, &asked, fault);
    char *found = status == CR_OK ? cr_s3_element(&asked, "UploadId") : NULL;
    if (status == CR_OK && !found)
        status = cr_fail(fault, CR_IO, s3->base, "the S3 service begins no upload in parts");
    char *escaped = found ? curl_easy_escape(NULL, found, 0) : NULL;
    if (escaped) *upload = cr_strdup(escaped);
    curl_free(escaped);
    cr_free(found);
    cr_s3_exchange_free(&asked);
    return status;
}

static cr_status put_part(const cr_s3 *s3, const char *key, const char *upload, int number,
                          cr_s3_exchange *asked, cr_str *list, cr_fault *fault)
{
    char hash[HASH_BYTES];
    cr_status status = hash_of(asked->file, asked->first, asked->size, hash, fault);
    if (status != CR_OK) return status;
    char *query = cr_format("partNumber=%d&uploadId=%s", number, upload);
    asked->method = "PUT";
    asked->key = key;
    asked->query = query;
    asked->body_hash = hash;
    status = cr_s3_ask(s3, asked, fault);
    if (status == CR_OK && (asked->status != 200 || !asked->object.etag[0]))
        status = cr_s3_fail(s3, asked, fault);
    if (status == CR_OK)
        cr_str_addf(list, "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>", number,
                    asked->object.etag);
    cr_s3_exchange_free(asked);
    cr_free(query);
    return status;
}

// The list of parts makes them one object; without it they are given up, as they cost money.
static cr_status end_parts(const cr_s3 *s3, const char *key, const char *upload, const char *list,
                           cr_fault *fault)
{
    char hash[HASH_BYTES];
    unsigned char bytes[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(bytes, (const unsigned char *)(list ? list : ""), list ? strlen(list) : 0);
    sodium_bin2hex(hash, sizeof hash, bytes, sizeof bytes);
    char *query = cr_format("uploadId=%s", upload);
    cr_s3_exchange asked = {.method = list ? "POST" : "DELETE",
                            .key = key,
                            .query = query,
                            .body = list,
                            .body_hash = hash};
    if (list) cr_s3_add_field(&asked, "Content-Type: application/xml");
    cr_status status = cr_s3_ask(s3, &asked, fault);
    // A failure may come with 200, once the service has begun to answer.
    char *error = status == CR_OK ? cr_s3_element(&asked, "Code") : NULL;
    if (status == CR_OK && (asked.status / 100 != 2 || error))
        status = cr_s3_fail(s3, &asked, fault);
    cr_free(error);
    cr_free(query);
    cr_s3_exchange_free(&asked);
    return status;
}

static cr_status put_parts(const cr_s3 *s3, const char *key, int file, const cr_s3_object *object,
                           cr_fault *fault)
{
    if ((object->size - 1) / s3->part_bytes >= PARTS_MAX)
        return cr_fail(fault, CR_LIMIT, key, "it is larger than what S3 keeps in %d parts",
                       PARTS_MAX);
    char *upload = NULL;
    cr_status status = begin_parts(s3, key, object, &upload, fault);
    cr_str list = {0};
    cr_str_add(&list, "<CompleteMultipartUpload>");
    int number = 1;
    for (uint64_t first = 0; first < object->size && status == CR_OK; first += s3->part_bytes) {
        uint64_t left = object->size - first;
        cr_s3_exchange asked = {
            .file = file, .first = first, .size = left < s3->part_bytes ? left : s3->part_bytes};
        status = put_part(s3, key, upload, number++, &asked, &list, fault);
    }
    cr_str_add(&list, "</CompleteMultipartUpload>");
    if (status == CR_OK) status = end_parts(s3, key, upload, cr_str_text(&list), fault);
    if (status != CR_OK && upload) (void)end_parts(s3, key, upload, NULL, NULL);
    cr_str_free(&list);
    cr_free(upload);
    return status;
}

cr_status cr_s3_put(const cr_s3 *s3, const char *key, int file, const cr_s3_object *object,
                    cr_fault *fault)
{
    cr_s3_object found;
    cr_status status = cr_s3_head(s3, key, &found, fault);
    if (status == CR_OK && found.size == object->size) return CR_OK;
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    return object->size > s3->part_bytes ? put_parts(s3, key, file, object, fault)
                                         : put_whole(s3, key, file, object, fault);
}

cr_status cr_s3_remove(const cr_s3 *s3, const char *key, cr_fault *fault)
{
    cr_s3_exchange asked = {.method = "DELETE", .key = key};
    cr_status status = cr_s3_ask(s3, &asked, fault);
    if (status == CR_OK && asked.status / 100 != 2) status = cr_s3_fail(s3, &asked, fault);
    cr_s3_exchange_free(&asked);
    return status;
}
