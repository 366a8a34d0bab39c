#include "studio/upload.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <sodium.h>

#include "base/mem.h"
#include "io/demux.h"
#include "studio/asset_folder.h"

// What is left free on the disk.
#define SPARE_BYTES (INT64_C(256) << 20)

enum { DECIMAL = 10 };

static cr_status fail_system(cr_fault *fault, const char *path)
{
    cr_status status = errno == ENOSPC || errno == EDQUOT ? CR_NOSPACE : CR_IO;
    return cr_fail(fault, status, path, "the upload cannot be kept (%s)", strerror(errno));
}

static char *uploads_path(const char *folder)
{
    return cr_format("%s/uploads", folder);
}

// "id.length.extension": the name says all that the size does not.
static char *part_path(const char *folder, const cr_upload *upload)
{
    return cr_format("%s/uploads/%s.%lld.%s", folder, upload->id, (long long)upload->length,
                     upload->extension);
}

static bool read_name(const char *name, cr_upload *out)
{
    enum { DIGITS = CR_UPLOAD_ID_BYTES - 1 };
    *out = (cr_upload){0};
    if (strspn(name, "0123456789abcdef") != DIGITS || name[DIGITS] != '.') return false;
    memcpy(out->id, name, DIGITS);
    char *end = NULL;
    out->length = strtoll(name + DIGITS + 1, &end, DECIMAL);
    if (out->length <= 0 || *end != '.' || strlen(end + 1) >= sizeof out->extension) return false;
    (void)snprintf(out->extension, sizeof out->extension, "%s", end + 1);
    return true;
}

cr_status cr_upload_find(const char *folder, const char *id, cr_upload *out, cr_fault *fault)
{
    char *path = uploads_path(folder);
    DIR *uploads = opendir(path);
    bool is_found = false;
    const struct dirent *entry;
    while (uploads && !is_found && (entry = readdir(uploads))) {
        struct stat found;
        is_found = read_name(entry->d_name, out) && strcmp(out->id, id) == 0 &&
                   fstatat(dirfd(uploads), entry->d_name, &found, 0) == 0;
        if (is_found) out->offset = (int64_t)found.st_size;
    }
    if (uploads) closedir(uploads);
    cr_free(path);
    return is_found ? CR_OK : cr_fail(fault, CR_NOTFOUND, "", "there is no such upload");
}

// Forgets old ones. Gives how many are left.
static int sweep(const char *path, int64_t now_ms)
{
    DIR *uploads = opendir(path);
    int count = 0;
    const struct dirent *entry;
    while (uploads && (entry = readdir(uploads))) {
        cr_upload upload;
        struct stat found;
        if (!read_name(entry->d_name, &upload) ||
            fstatat(dirfd(uploads), entry->d_name, &found, 0) != 0)
            continue;
        int64_t touched_ms = (int64_t)found.st_mtim.tv_sec * 1000;
        if (now_ms - touched_ms > CR_UPLOAD_KEPT_MS)
            (void)unlinkat(dirfd(uploads), entry->d_name, 0);
        else
            count++;
    }
    if (uploads) closedir(uploads);
    return count;
}

static bool has_room(const char *path, int64_t length)
{
    struct statvfs disk;
    if (statvfs(path, &disk) != 0) return true;
    return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize > length + SPARE_BYTES;
}

static void take_extension(const char *name, cr_upload *out)
{
    const char *dot = strrchr(name, '.');
    size_t length = dot ? strlen(dot + 1) : 0;
    if (length == 0 || length >= sizeof out->extension) return;
    for (size_t i = 0; i < length; i++) {
        char c = (char)tolower((unsigned char)dot[1 + i]);
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!is_plain) {
            out->extension[0] = 0;
            return;
        }
        out->extension[i] = c;
    }
}

cr_status cr_upload_begin(const char *folder, const char *name, int64_t length, int64_t now_ms,
                          cr_upload *out, cr_fault *fault)
{
    *out = (cr_upload){.length = length};
    if (length <= 0 || length > CR_UPLOAD_BYTES_MAX)
        return cr_fail(fault, CR_LIMIT, "Upload-Length", "from 1 byte to 64 GiB");
    char *path = uploads_path(folder);
    cr_status status = CR_OK;
    if (mkdir(path, 0777) != 0 && errno != EEXIST) status = fail_system(fault, path);
    if (status == CR_OK && sweep(path, now_ms) >= CR_UPLOADS_MAX)
        status = cr_fail(fault, CR_LIMIT, "", "%d uploads are under way already", CR_UPLOADS_MAX);
    if (status == CR_OK && !has_room(path, length))
        status = cr_fail(fault, CR_NOSPACE, "", "the server's disk has no room for this file");
    cr_free(path);
    if (status != CR_OK) return status;
    unsigned char secret[(CR_UPLOAD_ID_BYTES - 1) / 2];
    randombytes_buf(secret, sizeof secret);
    (void)sodium_bin2hex(out->id, sizeof out->id, secret, sizeof secret);
    take_extension(name, out);
    path = part_path(folder, out);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        status = fail_system(fault, path);
    else
        (void)close(file);
    cr_free(path);
    return status;
}

static cr_status write_at(int file, const char *path, int64_t offset, const char *bytes,
                          size_t size, cr_fault *fault)
{
    while (size > 0) {
        ssize_t count = pwrite(file, bytes, size, (off_t)offset);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_system(fault, path);
        bytes += count;
        offset += count;
        size -= (size_t)count;
    }
    return fsync(file) == 0 ? CR_OK : fail_system(fault, path);
}

// With the file locked: nobody else adds to it.
static cr_status append_locked(int file, const char *path, int64_t offset, const void *bytes,
                               size_t size, cr_upload *upload, cr_fault *fault)
{
    struct stat found;
    if (fstat(file, &found) != 0) return fail_system(fault, path);
    upload->offset = (int64_t)found.st_size;
    if (offset != upload->offset)
        return cr_fail(fault, CR_CONFLICT, "Upload-Offset", "%lld bytes are there",
                       (long long)upload->offset);
    if ((int64_t)size > upload->length - offset)
        return cr_fail(fault, CR_LIMIT, "Upload-Length", "this is more than was announced");
    cr_status status = write_at(file, path, offset, bytes, size, fault);
    if (status == CR_OK)
        upload->offset += (int64_t)size;
    else if (ftruncate(file, (off_t)offset) != 0)
        return fail_system(fault, path);
    return status;
}

cr_status cr_upload_append(const char *folder, const char *id, int64_t offset, const void *bytes,
                           size_t size, cr_upload *out, cr_fault *fault)
{
    cr_status status = cr_upload_find(folder, id, out, fault);
    if (status != CR_OK) return status;
    char *path = part_path(folder, out);
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        status = fail_system(fault, path);
    else if (flock(file, LOCK_EX | LOCK_NB) != 0)
        status = cr_fail(fault, CR_BUSY, "", "another piece of it is being added");
    else
        status = append_locked(file, path, offset, bytes, size, out, fault);
    if (file >= 0) (void)close(file);
    cr_free(path);
    return status;
}

static cr_status look_into(const char *path, const cr_host *host, cr_fault *fault)
{
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status != CR_OK) return status;
    status = cr_demux_open(&demux, source, &host->log, fault);
    if (status != CR_OK) cr_source_close(&source);
    cr_demux_close(&demux);
    return status;
}

cr_status cr_upload_finish(const char *folder, const cr_upload *upload, const cr_host *host,
                           char **asset, cr_fault *fault)
{
    char *path = part_path(folder, upload);
    cr_fault why = {0};
    cr_status status = look_into(path, host, &why);
    if (status != CR_OK) {
        (void)unlink(path);
        (void)cr_fail(fault, status == CR_CORRUPT ? CR_CORRUPT : CR_UNSUPPORTED, "",
                      "this is nothing that can be shown or heard: %s", why.text);
        status = status == CR_CORRUPT ? CR_CORRUPT : CR_UNSUPPORTED;
    } else {
        char hash[CR_HASH_BYTES];
        status = cr_asset_folder_keep(folder, path, asset, hash, fault);
    }
    cr_free(path);
    return status;
}

void cr_upload_remove(const char *folder, const char *id)
{
    cr_upload found;
    if (cr_upload_find(folder, id, &found, NULL) != CR_OK) return;
    char *path = part_path(folder, &found);
    (void)unlink(path);
    cr_free(path);
}
