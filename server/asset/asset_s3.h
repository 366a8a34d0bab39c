// Where a store in a bucket meets its folder. Only server/asset knows.
#pragma once

#include "asset/asset_dir.h"
#include "asset/s3.h"

// Brings [key] from the bucket into the folder, checked against its name; at once for as many as
// ask. CR_OK when it is there already. CR_NOTFOUND; CR_CORRUPT: the bucket's bytes are not its own.
CR_CHECKED cr_status cr_depot_s3_fetch(const cr_depot *store, const char *key, cr_fault *fault);
// What the bucket says of [key]. CR_NOTFOUND.
CR_CHECKED cr_status cr_depot_s3_stat(const cr_depot *store, const char *key, cr_depot_info *info,
                                      cr_fault *fault);
// Makes [put] one that is in the bucket already, kept as of [modified].
void cr_depot_put_is_copy(cr_depot_put *put, int64_t modified);
