// How a folder of assets is laid out: objects/ab/<key> the bytes, about/<key>.json what was said of
// them, parts/ what is coming in. Only server/asset knows.
#pragma once

#include "asset/asset.h"

// The bucket behind a folder; asset_s3.c knows what it is.
typedef struct cr_depot_bucket cr_depot_bucket;

// A store.
struct cr_depot {
    char *folder;
    cr_depot_bucket *bucket;      // NULL: the folder is all there is
    struct cr_depot_table *table; // of what is open
};

// Where the bytes of [key] are. Gives the path (cr_free).
char *cr_depot_dir_object(const cr_depot *store, const char *key);
// Where what was said of them is. Gives the path (cr_free).
char *cr_depot_dir_about(const cr_depot *store, const char *key);

// A failure by errno.
cr_status cr_depot_dir_fail(cr_fault *fault, const char *path, const char *what);
// Makes a folder that may be there.
CR_CHECKED cr_status cr_depot_dir_make(const char *path, cr_fault *fault);

// NULL is allowed.
void cr_depot_bucket_close(cr_depot_bucket **bucket);
// Writes what [info] says from [file], borrowed, into the bucket, unless it is there.
CR_CHECKED cr_status cr_depot_bucket_put(const cr_depot_bucket *bucket, const cr_depot_info *info,
                                         int file, cr_fault *fault);
CR_CHECKED cr_status cr_depot_bucket_remove(const cr_depot_bucket *bucket, const char *key,
                                            cr_fault *fault);
