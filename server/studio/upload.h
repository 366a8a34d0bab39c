// Media that somebody brings to a film, piece by piece: what has come survives a crash, and is part
// of the film when all of it is there and can be opened. Below the film's folder, in uploads/.
#pragma once

#include "host/host.h"

// Bounds.
enum {
    CR_UPLOAD_ID_BYTES = 33, // 32 digits and the end
    CR_UPLOAD_EXTENSION_BYTES = 9,
    CR_UPLOADS_MAX = 32, // under way in one film
};
#define CR_UPLOAD_BYTES_MAX (INT64_C(64) << 30)
// Without a piece for so long, an upload is forgotten.
#define CR_UPLOAD_KEPT_MS (INT64_C(24) * 3600 * 1000)

// One that is under way.
typedef struct cr_upload {
    char id[CR_UPLOAD_ID_BYTES];
    int64_t length, offset;                    // of the whole; of what has come
    char extension[CR_UPLOAD_EXTENSION_BYTES]; // "mp4"; "" none
} cr_upload;

// Begins one of [length] bytes for a file called [name]; forgets those that are too old. CR_LIMIT:
// too long, or too many at once; CR_NOSPACE: the disk has no room for it.
CR_CHECKED cr_status cr_upload_begin(const char *folder, const char *name, int64_t length,
                                     int64_t now_ms, cr_upload *out, cr_fault *fault);
// CR_NOTFOUND: there is none of this id.
CR_CHECKED cr_status cr_upload_find(const char *folder, const char *id, cr_upload *out,
                                    cr_fault *fault);
// Adds a piece at [offset], durably; *out is how it stands then. CR_CONFLICT: it goes elsewhere;
// CR_LIMIT: it is more than was announced; CR_BUSY: another piece is being added.
CR_CHECKED cr_status cr_upload_append(const char *folder, const char *id, int64_t offset,
                                      const void *bytes, size_t size, cr_upload *out,
                                      cr_fault *fault);
// Makes a whole one part of the film. Gives its name there ("assets/0123….mp4", cr_free).
// CR_UNSUPPORTED, CR_CORRUPT: nothing that can be shown or heard; then it is gone.
CR_CHECKED cr_status cr_upload_finish(const char *folder, const cr_upload *upload,
                                      const cr_host *host, char **asset, cr_fault *fault);
// Forgets it; fine when it is not there.
void cr_upload_remove(const char *folder, const char *id);
