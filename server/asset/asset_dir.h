// How a folder of assets is laid out: objects/ab/<key> the bytes, about/<key>.json what was said of
// them, parts/ what is coming in. Only server/asset knows.
#pragma once

#include "asset/asset.h"

// A store.
struct cr_depot {
    char *folder;
};

// Where the bytes of [key] are. Gives the path (cr_free).
char *cr_depot_dir_object(const cr_depot *store, const char *key);
// Where what was said of them is. Gives the path (cr_free).
char *cr_depot_dir_about(const cr_depot *store, const char *key);

// A failure by errno.
cr_status cr_depot_dir_fail(cr_fault *fault, const char *path, const char *what);
// Makes a folder that may be there.
CR_CHECKED cr_status cr_depot_dir_make(const char *path, cr_fault *fault);
