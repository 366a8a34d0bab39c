#include "studio/asset_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { READ_BYTES = 1 << 16 };

static cr_status fail_system(cr_fault *fault, const char *path, const char *what)
{
    cr_status status = CR_IO;
    if (errno == ENOSPC || errno == EDQUOT) status = CR_NOSPACE;
    if (errno == EACCES || errno == EPERM || errno == EROFS) status = CR_DENIED;
    if (errno == ENOENT) status = CR_NOTFOUND;
    const char *why = status == CR_NOSPACE ? "the disk is full" : strerror(errno);
    return cr_fail(fault, status, path, "%s: %s", what, why);
}

static cr_status make_folder(const char *path, cr_fault *fault)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return CR_OK;
    return fail_system(fault, path, "the folder cannot be made");
}

cr_status cr_asset_folder_make(const char *folder, cr_fault *fault)
{
    char *assets = cr_format("%s/assets", folder), *work = cr_format("%s/work", folder);
    cr_status status = make_folder(folder, fault);
    if (status == CR_OK) status = make_folder(assets, fault);
    if (status == CR_OK) status = make_folder(work, fault);
    cr_free(assets);
    cr_free(work);
    return status;
}

// The name is durable once its folder is.
static cr_status sync_folder_of(const char *path, cr_fault *fault)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? cr_strndup(path, (size_t)(slash - path)) : cr_strdup(".");
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    cr_status status = CR_OK;
    if (file < 0 || fsync(file)) status = fail_system(fault, folder, "cannot be made durable");
    if (file >= 0) close(file);
    cr_free(folder);
    return status;
}

static cr_status hash_open_file(int file, const char *path, char hash[CR_HASH_BYTES],
                                uint64_t *size, cr_fault *fault)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    unsigned char *buffer = cr_alloc(READ_BYTES, 1);
    ssize_t count;
    *size = 0;
    while ((count = read(file, buffer, READ_BYTES)) > 0) {
        crypto_hash_sha256_update(&state, buffer, (unsigned long long)count);
        *size += (uint64_t)count;
    }
    cr_free(buffer);
    if (count < 0) return fail_system(fault, path, "cannot be read");
    unsigned char result[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&state, result);
    sodium_bin2hex(hash, CR_HASH_BYTES, result, sizeof result);
    return CR_OK;
}

cr_status cr_file_hash(const char *path, char hash[CR_HASH_BYTES], cr_fault *fault)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) return CR_NOTFOUND;
    if (file < 0) return fail_system(fault, path, "cannot be read");
    uint64_t size;
    cr_status status = hash_open_file(file, path, hash, &size, fault);
    close(file);
    return status;
}

// ".png" of a path; "" when there is none or it is a strange one.
static const char *extension_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    if (!dot || (slash && dot < slash)) return "";
    size_t length = strlen(dot + 1);
    bool is_plain = length > 0 && length <= 8 &&
                    strspn(dot + 1, "abcdefghijklmnopqrstuvwxyz0123456789") == length;
    return is_plain ? dot : "";
}

cr_status cr_asset_folder_keep(const char *folder, const char *path, char **name,
                               char hash[CR_HASH_BYTES], cr_fault *fault)
{
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return cr_fail(fault, CR_CORRUPT, path, "the result is not there: %s", strerror(errno));
    uint64_t size = 0;
    cr_status status = hash_open_file(file, path, hash, &size, fault);
    if (status == CR_OK && size == 0)
        status = cr_fail(fault, CR_CORRUPT, path, "the result is an empty file");
    if (status == CR_OK && fsync(file)) status = fail_system(fault, path, "cannot be kept");
    close(file);
    if (status != CR_OK) return status;
    char *own = cr_format("assets/%.*s%s", CR_ASSET_NAME_DIGITS, hash, extension_of(path));
    char *target = cr_format("%s/%s", folder, own);
    if (rename(path, target))
        status = fail_system(fault, target, "cannot be kept");
    else
        status = sync_folder_of(target, fault);
    cr_free(target);
    if (status == CR_OK)
        *name = own;
    else
        cr_free(own);
    return status;
}

bool cr_asset_folder_has(const char *folder, const char *name)
{
    char *path = cr_format("%s/%s", folder, name);
    struct stat found;
    bool is_there = stat(path, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > 0;
    cr_free(path);
    return is_there;
}

// Makers write files side by side; what they may have nested is not followed.
static void empty_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) return;
    const struct dirent *entry;
    while ((entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
}

cr_status cr_work_folder_make(const char *folder, int64_t job, char **path, cr_fault *fault)
{
    char *own = cr_format("%s/work/%lld", folder, (long long)job);
    empty_folder(own);
    cr_status status = make_folder(own, fault);
    if (status == CR_OK)
        *path = own;
    else
        cr_free(own);
    return status;
}

void cr_work_folder_remove(const char *folder, int64_t job)
{
    char *path = cr_format("%s/work/%lld", folder, (long long)job);
    empty_folder(path);
    rmdir(path);
    cr_free(path);
    // What a paid maker kept beside it until now.
    path = cr_format("%s/work/%lld.paid", folder, (long long)job);
    empty_folder(path);
    rmdir(path);
    cr_free(path);
}

static cr_status write_all(int file, const char *path, const char *bytes, size_t size,
                           cr_fault *fault)
{
    while (size > 0) {
        ssize_t count = write(file, bytes, size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_system(fault, path, "cannot be written");
        bytes += count;
        size -= (size_t)count;
    }
    return fsync(file) ? fail_system(fault, path, "cannot be written") : CR_OK;
}

cr_status cr_file_replace(const char *path, const void *bytes, size_t size, cr_fault *fault)
{
    char *part = cr_format("%s.%ld.part", path, (long)getpid());
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    cr_status status = file < 0 ? fail_system(fault, path, "cannot be written")
                                : write_all(file, path, bytes, size, fault);
    if (file >= 0) close(file);
    if (status == CR_OK && rename(part, path))
        status = fail_system(fault, path, "cannot be written");
    if (status == CR_OK) status = sync_folder_of(path, fault);
    if (status != CR_OK) unlink(part);
    cr_free(part);
    return status;
}
