#include "asset/asset_dir.h"
#include "asset/asset_held.h"
#include "asset/asset_s3.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

// Longer ones are not ours.
enum { ABOUT_BYTES_MAX = 4096 };

cr_status cr_depot_dir_fail(cr_fault *fault, const char *path, const char *what)
{
    cr_status status = CR_IO;
    if (errno == ENOSPC || errno == EDQUOT) status = CR_NOSPACE;
    if (errno == EACCES || errno == EPERM || errno == EROFS) status = CR_DENIED;
    if (errno == ENOENT) status = CR_NOTFOUND;
    const char *why = status == CR_NOSPACE ? "the disk is full" : strerror(errno);
    return cr_fail(fault, status, path, "%s: %s", what, why);
}

cr_status cr_depot_dir_make(const char *path, cr_fault *fault)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return CR_OK;
    return cr_depot_dir_fail(fault, path, "the folder cannot be made");
}

bool cr_depot_key_is_valid(const char *key)
{
    return strlen(key) == CR_DEPOT_KEY_BYTES - 1 &&
           strspn(key, "0123456789abcdef") == CR_DEPOT_KEY_BYTES - 1;
}

char *cr_depot_dir_object(const cr_depot *store, const char *key)
{
    return cr_format("%s/objects/%.2s/%s", store->folder, key, key);
}

char *cr_depot_dir_about(const cr_depot *store, const char *key)
{
    return cr_format("%s/about/%s.json", store->folder, key);
}

// What is still coming in is locked by whoever writes it; the rest was left by a crash.
static void remove_left_parts(const cr_depot *store)
{
    char *path = cr_format("%s/parts", store->folder);
    DIR *folder = opendir(path);
    cr_free(path);
    if (!folder) return;
    const struct dirent *entry;
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] == '.') continue;
        int file = openat(dirfd(folder), entry->d_name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
        if (file < 0) continue;
        if (flock(file, LOCK_EX | LOCK_NB) == 0) (void)unlinkat(dirfd(folder), entry->d_name, 0);
        (void)close(file);
    }
    (void)closedir(folder);
}

cr_status cr_depot_open(cr_depot **out, const char *address, cr_fault *fault)
{
    if (strstr(address, "://"))
        return cr_fail(fault, CR_UNSUPPORTED, address, "assets are kept in a folder only");
    static const char *const folders[] = {"objects", "about", "parts"};
    cr_status status = cr_depot_dir_make(address, fault);
    for (size_t i = 0; i < sizeof folders / sizeof *folders && status == CR_OK; i++) {
        char *path = cr_format("%s/%s", address, folders[i]);
        status = cr_depot_dir_make(path, fault);
        cr_free(path);
    }
    if (status != CR_OK) return status;
    cr_depot *store = cr_alloc(1, sizeof *store);
    store->folder = cr_strdup(address);
    store->table = cr_depot_table_open();
    remove_left_parts(store);
    *out = store;
    return CR_OK;
}

void cr_depot_close(cr_depot **store)
{
    if (!*store) return;
    cr_depot_bucket_close(&(*store)->bucket);
    cr_depot_table_close(&(*store)->table);
    cr_free((*store)->folder);
    cr_free(*store);
    *store = NULL;
}

static void copy_text(const cJSON *from, const char *key, char *out, size_t size)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(from, key));
    if (text && strlen(text) < size) memcpy(out, text, strlen(text) + 1);
}

// What was said of the bytes is worth having, and not needed.
static void read_about(const cr_depot *store, cr_depot_info *info)
{
    char *path = cr_depot_dir_about(store, info->key);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    cr_free(path);
    if (file < 0) return;
    char text[ABOUT_BYTES_MAX];
    ssize_t length = read(file, text, sizeof text);
    (void)close(file);
    cJSON *about = NULL;
    if (length <= 0 || cr_json_parse(&about, text, (size_t)length, NULL) != CR_OK) return;
    copy_text(about, "type", info->type, sizeof info->type);
    copy_text(about, "name", info->name, sizeof info->name);
    cJSON_Delete(about);
}

cr_status cr_depot_read(const cr_depot *store, const char *key, cr_depot_info *info, int *file,
                        cr_fault *fault)
{
    if (!cr_depot_key_is_valid(key))
        return cr_fail(fault, CR_NOTFOUND, key, "this is not the key of an asset");
    if (store->bucket) {
        cr_status fetched = cr_depot_s3_fetch(store, key, fault);
        if (fetched != CR_OK) return fetched;
    }
    char *path = cr_depot_dir_object(store, key);
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
    struct stat found;
    cr_status status = CR_OK;
    if (opened < 0 || fstat(opened, &found) != 0)
        status = cr_depot_dir_fail(fault, key, "the asset cannot be read");
    else if (!S_ISREG(found.st_mode))
        status = cr_fail(fault, CR_NOTFOUND, key, "there is no such asset");
    cr_free(path);
    if (status != CR_OK) {
        if (opened >= 0) (void)close(opened);
        return status;
    }
    *info = (cr_depot_info){.size = (uint64_t)found.st_size, .modified = found.st_mtim.tv_sec};
    memcpy(info->key, key, sizeof info->key);
    read_about(store, info);
    *file = opened;
    return CR_OK;
}

cr_status cr_depot_hold(const cr_depot *store, const char *key, cr_depot_held **out,
                        cr_fault *fault)
{
    // Behind a bucket the folder counts who reads what, and may let go of it.
    cr_depot_table *table = store->bucket ? NULL : store->table;
    if (table && cr_depot_key_is_valid(key)) {
        cr_depot_held *found = cr_depot_table_find(table, store, key);
        if (found) {
            *out = found;
            return CR_OK;
        }
    }
    cr_depot_info info;
    int file;
    cr_status status = cr_depot_read(store, key, &info, &file, fault);
    if (status == CR_OK) *out = cr_depot_table_keep(table, &info, file);
    return status;
}

cr_status cr_depot_stat(const cr_depot *store, const char *key, cr_depot_info *info,
                        cr_fault *fault)
{
    if (store->bucket && cr_depot_key_is_valid(key))
        return cr_depot_s3_stat(store, key, info, fault);
    int file;
    cr_status status = cr_depot_read(store, key, info, &file, fault);
    if (status == CR_OK) (void)close(file);
    return status;
}

cr_status cr_depot_remove(cr_depot *store, const char *key, cr_fault *fault)
{
    if (!cr_depot_key_is_valid(key))
        return cr_fail(fault, CR_NOTFOUND, key, "this is not the key of an asset");
    cr_status status = CR_OK;
    if (store->bucket) status = cr_depot_bucket_remove(store->bucket, key, fault);
    if (status != CR_OK) return status;
    char *object = cr_depot_dir_object(store, key), *about = cr_depot_dir_about(store, key);
    if (unlink(object) != 0 && !(store->bucket && errno == ENOENT))
        status = cr_depot_dir_fail(fault, key, "the asset cannot be removed");
    else
        (void)unlink(about);
    cr_depot_table_forget(store->table, key);
    cr_free(object);
    cr_free(about);
    return status;
}

static cr_status list_folder(const cr_depot *store, const char *path, cr_depot_each *each,
                             void *cookie)
{
    DIR *folder = opendir(path);
    if (!folder) return CR_OK;
    cr_status status = CR_OK;
    const struct dirent *entry;
    while (status == CR_OK && (entry = readdir(folder))) {
        cr_depot_info info;
        if (cr_depot_stat(store, entry->d_name, &info, NULL) == CR_OK) status = each(cookie, &info);
    }
    (void)closedir(folder);
    return status;
}

cr_status cr_depot_list(const cr_depot *store, cr_depot_each *each, void *cookie, cr_fault *fault)
{
    if (store->bucket)
        return cr_fail(fault, CR_UNSUPPORTED, "", "what is in a bucket is not listed");
    char *path = cr_format("%s/objects", store->folder);
    DIR *folder = opendir(path);
    cr_status status = folder ? CR_OK : cr_depot_dir_fail(fault, path, "cannot be listed");
    const struct dirent *entry;
    while (status == CR_OK && (entry = readdir(folder))) {
        if (strlen(entry->d_name) != 2 || entry->d_name[0] == '.') continue;
        char *inner = cr_format("%s/%s", path, entry->d_name);
        status = list_folder(store, inner, each, cookie);
        cr_free(inner);
    }
    if (folder) (void)closedir(folder);
    cr_free(path);
    return status;
}
