#include "studio/presence.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { ID_BYTES = 12 };

struct cr_presence {
    char *folder; // of the locks
    char *path;   // of our own
    char id[2 * ID_BYTES + 1];
    int file;
};

static cr_status fail_system(cr_fault *fault, const char *path, const char *what)
{
    cr_status status = errno == ENOSPC ? CR_NOSPACE : errno == EACCES ? CR_DENIED : CR_IO;
    return cr_fail(fault, status, path, "%s: %s", what, strerror(errno));
}

cr_status cr_presence_open(cr_presence **out, const char *folder, cr_fault *fault)
{
    cr_presence *own = cr_alloc(1, sizeof *own);
    unsigned char random[ID_BYTES];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(own->id, sizeof own->id, random, sizeof random);
    own->folder = cr_format("%s/owners", folder);
    own->path = cr_format("%s/%s", own->folder, own->id);
    own->file = -1;
    cr_status status = CR_OK;
    if (mkdir(own->folder, 0777) && errno != EEXIST)
        status = fail_system(fault, own->folder, "cannot be made");
    if (status == CR_OK) {
        own->file = open(own->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (own->file < 0 || flock(own->file, LOCK_EX | LOCK_NB))
            status = fail_system(fault, own->path, "cannot be locked");
    }
    if (status != CR_OK) {
        cr_presence_close(&own);
        return status;
    }
    *out = own;
    return CR_OK;
}

void cr_presence_close(cr_presence **presence)
{
    cr_presence *own = *presence;
    if (!own) return;
    if (own->file >= 0) {
        unlink(own->path);
        close(own->file);
    }
    cr_free(own->folder);
    cr_free(own->path);
    cr_free(own);
    *presence = NULL;
}

const char *cr_presence_id(const cr_presence *presence)
{
    return presence->id;
}

// An id is in the store only after its lock was taken, and its file goes away only when it has
// ended: a missing or unlocked file is that of a dead one.
bool cr_presence_is_gone(const cr_presence *presence, const char *id)
{
    if (strcmp(id, presence->id) == 0) return false;
    if (strlen(id) != 2 * ID_BYTES || strspn(id, "0123456789abcdef") != 2 * ID_BYTES) return false;
    char *path = cr_format("%s/%s", presence->folder, id);
    int file = open(path, O_RDWR | O_CLOEXEC);
    bool is_gone = file < 0 && errno == ENOENT;
    if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0) {
        is_gone = true;
        unlink(path);
    }
    if (file >= 0) close(file);
    cr_free(path);
    return is_gone;
}
