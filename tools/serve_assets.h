// Where the server keeps media: a folder, or a bucket at an S3 service with a folder before it.
#pragma once

#include "asset/asset.h"

// As the command line has it; each may be NULL.
typedef struct serve_assets {
    const char *address;  // a folder or "s3://BUCKET"
    const char *endpoint; // of the S3 service
    const char *region;
    const char *cache; // folder for what is read of a bucket
} serve_assets;

// Opens what [said] names; *out stays NULL when it names nothing. The bucket's key comes from the
// environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) or from the file that
// CUTROOM_S3_KEYS names, which nobody else may read. CR_INVALID, CR_DENIED.
CR_CHECKED cr_status serve_assets_open(cr_depot **out, const serve_assets *said, cr_fault *fault);
