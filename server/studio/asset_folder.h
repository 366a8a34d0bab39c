// Where a film's files live: assets/<hash>.<extension> under the project folder, named by what they
// hold, so that a file that is there is whole and never changes.
#pragma once

#include "base/json.h"
#include "studio/canonical.h"

// How many digits of the SHA-256 make a name.
enum { CR_ASSET_NAME_DIGITS = 20 };

// Make [folder] with assets/ and work/ in it. CR_NOSPACE, CR_DENIED, CR_IO.
CR_CHECKED cr_status cr_asset_folder_make(const char *folder, cr_fault *fault);

// Move [file] (a path) into the folder's assets, durably. Gives its name relative to [folder]
// ("assets/0123….png", cr_free) and the full hash of its bytes. CR_CORRUPT: it is empty or not
// there.
CR_CHECKED cr_status cr_asset_folder_keep(const char *folder, const char *file, char **name,
                                          char hash[CR_HASH_BYTES], cr_fault *fault);

// Is the asset of this name there, and not empty?
bool cr_asset_folder_has(const char *folder, const char *name);

// A fresh, empty folder for the files of a job. Gives the path (cr_free).
CR_CHECKED cr_status cr_work_folder_make(const char *folder, int64_t job, char **path,
                                         cr_fault *fault);
// Remove it with all that is in it.
void cr_work_folder_remove(const char *folder, int64_t job);

// Write a whole file under its name at once: it is never seen half-written, and durable when this
// returns.
CR_CHECKED cr_status cr_file_replace(const char *path, const void *bytes, size_t size,
                                     cr_fault *fault);

// SHA-256 of the file's bytes. CR_NOTFOUND without a sentence when it is not there.
CR_CHECKED cr_status cr_file_hash(const char *path, char hash[CR_HASH_BYTES], cr_fault *fault);
