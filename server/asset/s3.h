// flow: bytes of an asset <-> [asset] <-> a bucket at an S3 service
// The few things that are asked of S3 and what speaks like it (R2, Ceph, MinIO), signed by libcurl
// (SigV4). Keys stand in no message. Functions may be called from any thread, and wait.
#pragma once

#include <stdint.h>

#include "asset/asset.h"
#include "base/status.h"

// Bounds.
enum {
    CR_S3_ETAG_BYTES = 640, // those of R2's parts are long
    CR_S3_TRIES_MAX = 4,    // of one request, when the service is busy or the line was cut
    CR_S3_CONNECT_MS = 10000,
    CR_S3_STALL_SECONDS = 30, // without a byte
};
#define CR_S3_PART_BYTES (UINT64_C(64) << 20) // of a multipart upload; all but the last are as long

typedef struct cr_s3 cr_s3;

// Which bucket, and who asks; copied.
typedef struct cr_s3_desc {
    const char *endpoint; // "https://ACCOUNT.r2.cloudflarestorage.com"
    const char *bucket;
    const char *region; // NULL: "auto"
    const char *id, *secret;
    const char *token;   // of a temporary key; NULL: none
    uint64_t part_bytes; // 0: CR_S3_PART_BYTES
} cr_s3_desc;

// What is known of an object.
typedef struct cr_s3_object {
    uint64_t size;
    int64_t modified; // seconds since 1970
    char etag[CR_S3_ETAG_BYTES];
    char type[CR_DEPOT_TYPE_BYTES], name[CR_DEPOT_NAME_BYTES];
} cr_s3_object;

// Asks nothing yet. CR_INVALID: no address that can be asked.
CR_CHECKED cr_status cr_s3_open(cr_s3 **out, const cr_s3_desc *desc, cr_fault *fault);
void cr_s3_close(cr_s3 **s3);

// CR_NOTFOUND; CR_DENIED: the key is not let in; CR_IO.
CR_CHECKED cr_status cr_s3_head(const cr_s3 *s3, const char *key, cr_s3_object *out,
                                cr_fault *fault);

// Takes the next bytes of an object; anything but CR_OK ends the reading with it.
typedef cr_status cr_s3_sink(void *cookie, const void *bytes, size_t size);
// Reads [object] from byte 0 to its end into [sink]. A cut line is taken up where it broke, and
// only as long as the object is the same (If-Match). CR_CORRUPT: it is another one by now.
CR_CHECKED cr_status cr_s3_get(const cr_s3 *s3, const char *key, const cr_s3_object *object,
                               cr_s3_sink *sink, void *cookie, cr_fault *fault);

// Writes the [object]'s size in bytes from [file], borrowed, whose SHA-256 is [key], unless it is
// there; in equal parts when it is large. CR_OK as well when somebody else was first.
CR_CHECKED cr_status cr_s3_put(const cr_s3 *s3, const char *key, int file,
                               const cr_s3_object *object, cr_fault *fault);
// CR_OK as well when there was none: S3 does not tell.
CR_CHECKED cr_status cr_s3_remove(const cr_s3 *s3, const char *key, cr_fault *fault);
