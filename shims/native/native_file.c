#include "native/native_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

// The last byte that the system can name: what is read behind it is behind every end.
static const uint64_t offset_max = INT64_MAX;

typedef struct file_source {
    cr_source base;
    int descriptor;
} file_source;

typedef struct file_sink {
    cr_sink base;
    int descriptor;
    char *path;
    char *part_path; // where the bytes are until commit
    bool is_committed;
} file_sink;

static cr_status status_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return CR_NOTFOUND;
    case EACCES:
    case EPERM:
    case EROFS:
        return CR_DENIED;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return CR_NOSPACE;
    case ENOMEM:
        return CR_NOMEM;
    default:
        return CR_IO;
    }
}

static cr_status fail_with(cr_fault *fault, int error, const char *path, const char *what)
{
    return cr_fail(fault, status_of(error), path, "%s: %s", what, strerror(error));
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static cr_status source_read_at(cr_source *source, uint64_t offset, void *data, size_t size,
                                size_t *out)
{
    const file_source *file = (const file_source *)source;
    if (offset > offset_max - size) {
        *out = 0;
        return CR_OK;
    }
    ssize_t got;
    do {
        got = pread(file->descriptor, data, size, (off_t)offset);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return status_of(errno);
    *out = (size_t)got;
    return CR_OK;
}

static void source_close(cr_source *source)
{
    file_source *file = (file_source *)source;
    close(file->descriptor);
    cr_free(file);
}

cr_status native_open_source(void *cookie, const char *uri, cr_source **out, cr_fault *fault)
{
    (void)cookie;
    int descriptor = open(uri, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail_with(fault, errno, uri, "cannot be opened");
    struct stat information;
    if (fstat(descriptor, &information) != 0 || S_ISDIR(information.st_mode)) {
        int error = S_ISDIR(information.st_mode) ? EISDIR : errno;
        close(descriptor);
        return fail_with(fault, error, uri, "cannot be read");
    }
    file_source *file = cr_alloc(1, sizeof *file);
    file->base.read_at = source_read_at;
    file->base.close = source_close;
    file->base.size = S_ISREG(information.st_mode) ? (uint64_t)information.st_size : UINT64_MAX;
    snprintf(file->base.name, sizeof file->base.name, "%s", last_part(uri));
    file->descriptor = descriptor;
    *out = &file->base;
    return CR_OK;
}

static cr_status sink_write_at(cr_sink *sink, uint64_t offset, const void *data, size_t size)
{
    const file_sink *file = (const file_sink *)sink;
    const char *bytes = data;
    while (size > 0) {
        ssize_t put = pwrite(file->descriptor, bytes, size, (off_t)offset);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return status_of(errno);
        bytes += put;
        offset += (uint64_t)put;
        size -= (size_t)put;
    }
    return CR_OK;
}

static cr_status sink_read_at(cr_sink *sink, uint64_t offset, void *data, size_t size, size_t *out)
{
    const file_sink *file = (const file_sink *)sink;
    if (offset > offset_max - size) {
        *out = 0;
        return CR_OK;
    }
    ssize_t got;
    do {
        got = pread(file->descriptor, data, size, (off_t)offset);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return status_of(errno);
    *out = (size_t)got;
    return CR_OK;
}

// The rename is only durable once its folder is on the disk too.
static void sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? cr_strndup(path, (size_t)(slash - path) + 1) : cr_strdup(".");
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    cr_free(folder);
}

static cr_status sink_commit(cr_sink *sink)
{
    file_sink *file = (file_sink *)sink;
    if (fsync(file->descriptor) != 0) return status_of(errno);
    if (rename(file->part_path, file->path) != 0) return status_of(errno);
    file->is_committed = true;
    sync_folder_of(file->path);
    return CR_OK;
}

static void sink_close(cr_sink *sink)
{
    file_sink *file = (file_sink *)sink;
    close(file->descriptor);
    if (!file->is_committed) unlink(file->part_path);
    cr_free(file->path);
    cr_free(file->part_path);
    cr_free(file);
}

static cr_status make_folders(const char *path, cr_fault *fault)
{
    char *prefix = cr_strdup(path);
    cr_status status = CR_OK;
    for (char *slash = strchr(prefix + 1, '/'); slash && status == CR_OK;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(prefix, 0777) != 0 && errno != EEXIST)
            status = fail_with(fault, errno, prefix, "the folder cannot be made");
        *slash = '/';
    }
    cr_free(prefix);
    return status;
}

cr_status native_open_sink(void *cookie, const char *uri, cr_sink **out, cr_fault *fault)
{
    (void)cookie;
    struct stat information;
    if (stat(uri, &information) == 0 && S_ISDIR(information.st_mode))
        return fail_with(fault, EISDIR, uri, "cannot be written");
    if (!uri[0]) return cr_fail(fault, CR_INVALID, "", "a file to write has no name");
    cr_status status = make_folders(uri, fault);
    if (status != CR_OK) return status;
    char *part_path = cr_format("%s.%ld.part", uri, (long)getpid());
    int descriptor = open(part_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        status = fail_with(fault, errno, uri, "cannot be written");
        cr_free(part_path);
        return status;
    }
    file_sink *file = cr_alloc(1, sizeof *file);
    file->base.write_at = sink_write_at;
    file->base.read_at = sink_read_at;
    file->base.commit = sink_commit;
    file->base.close = sink_close;
    snprintf(file->base.name, sizeof file->base.name, "%s", last_part(uri));
    file->descriptor = descriptor;
    file->path = cr_strdup(uri);
    file->part_path = part_path;
    *out = &file->base;
    return CR_OK;
}
