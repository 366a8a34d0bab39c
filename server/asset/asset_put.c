#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "asset/asset_s3.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

struct cr_depot_put {
    cr_depot *store;
    char *part; // path of what is coming in
    int file;
    uint64_t size, size_max, size_wanted;
    crypto_hash_sha256_state hash;
    char key[CR_DEPOT_KEY_BYTES]; // what it must be; "": anything
    char type[CR_DEPOT_TYPE_BYTES], name[CR_DEPOT_NAME_BYTES];
    bool is_copy; // of what is in the bucket already
    int64_t modified;
};

void cr_depot_put_is_copy(cr_depot_put *put, int64_t modified)
{
    put->is_copy = true;
    put->modified = modified;
}

// "video/mp4; codecs=…": what may stand in a field of an answer.
static bool is_type(const char *type)
{
    const char *slash = strchr(type, '/');
    if (!slash || slash == type || !slash[1]) return false;
    for (; *type; type++)
        if (*type < 0x20 || *type > 0x7e) return false;
    return true;
}

// The last part of a path, as people of any system write it.
static const char *last_part(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at == '/' || *at == '\\') name = at + 1;
    return name;
}

static bool is_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f) return false;
    return cr_utf8_valid_length(name, strlen(name)) == strlen(name);
}

static cr_status take_desc(cr_depot_put *put, const cr_depot_put_desc *desc, cr_fault *fault)
{
    put->size_max = desc->size_max;
    put->size_wanted = desc->size_wanted;
    if (desc->key && !cr_depot_key_is_valid(desc->key))
        return cr_fail(fault, CR_INVALID, desc->key, "this is not the key of an asset");
    if (desc->key) memcpy(put->key, desc->key, sizeof put->key);
    const char *type = desc->type ? desc->type : "";
    const char *name = last_part(desc->name ? desc->name : "");
    if (strlen(type) >= sizeof put->type || (*type && !is_type(type)))
        return cr_fail(fault, CR_INVALID, "", "this is not a media type that can be kept");
    if (strlen(name) >= sizeof put->name || !is_name(name))
        return cr_fail(fault, CR_INVALID, "", "this is not the name of a file");
    memcpy(put->type, type, strlen(type) + 1);
    memcpy(put->name, name, strlen(name) + 1);
    return CR_OK;
}

cr_status cr_depot_put_open(cr_depot_put **out, cr_depot *store, const cr_depot_put_desc *desc,
                            cr_fault *fault)
{
    cr_depot_put *put = cr_alloc(1, sizeof *put);
    put->store = store;
    put->file = -1;
    crypto_hash_sha256_init(&put->hash);
    cr_status status = take_desc(put, desc, fault);
    if (status == CR_OK) {
        put->part = cr_format("%s/parts/XXXXXX", store->folder);
        put->file = mkostemp(put->part, O_CLOEXEC);
        // The lock tells it from what a crash left.
        if (put->file < 0 || flock(put->file, LOCK_EX | LOCK_NB) != 0 ||
            fchmod(put->file, 0644) != 0)
            status = cr_depot_dir_fail(fault, store->folder, "nothing can be kept here");
    }
    if (status == CR_OK)
        *out = put;
    else
        cr_depot_put_drop(&put);
    return status;
}

cr_status cr_depot_put_write(cr_depot_put *put, const void *bytes, size_t size, cr_fault *fault)
{
    uint64_t max = put->size_wanted ? put->size_wanted : put->size_max;
    if (max > 0 && size > max - put->size)
        return cr_fail(fault, CR_LIMIT, put->name, "it is larger than %llu bytes",
                       (unsigned long long)max);
    const char *at = bytes;
    for (size_t left = size; left > 0;) {
        ssize_t count = write(put->file, at, left);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return cr_depot_dir_fail(fault, put->name, "it cannot be written");
        at += count;
        left -= (size_t)count;
    }
    crypto_hash_sha256_update(&put->hash, bytes, size);
    put->size += size;
    return CR_OK;
}

// A name is durable once its folder is.
static cr_status sync_folder(const char *path, cr_fault *fault)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    cr_status status = CR_OK;
    if (folder < 0 || fsync(folder) != 0)
        status = cr_depot_dir_fail(fault, path, "cannot be made durable");
    if (folder >= 0) (void)close(folder);
    return status;
}

// Before the bytes have their name, so that whoever finds them finds it too.
static cr_status write_about(const cr_depot_put *put, const char *key, cr_fault *fault)
{
    if (!*put->type && !*put->name) return CR_OK;
    cJSON *about = cJSON_CreateObject();
    if (*put->type) cJSON_AddStringToObject(about, "type", put->type);
    if (*put->name) cJSON_AddStringToObject(about, "name", put->name);
    char *text = cr_json_print(about, true), *path = cr_depot_dir_about(put->store, key);
    char *part = cr_format("%s.about", put->part);
    cJSON_Delete(about);
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    cr_status status = CR_OK;
    if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text) || fsync(file) != 0 ||
        rename(part, path) != 0)
        status = cr_depot_dir_fail(fault, path, "what is known of it cannot be written");
    if (file >= 0) (void)close(file);
    if (status != CR_OK) (void)unlink(part);
    cr_free(part);
    cr_free(path);
    cr_free(text);
    char *folder = cr_format("%s/about", put->store->folder);
    if (status == CR_OK) status = sync_folder(folder, fault);
    cr_free(folder);
    return status;
}

static cr_status place(cr_depot_put *put, const char *key, cr_fault *fault)
{
    char *folder = cr_format("%s/objects/%.2s", put->store->folder, key);
    char *objects = cr_format("%s/objects", put->store->folder);
    char *target = cr_depot_dir_object(put->store, key);
    cr_status status = cr_depot_dir_make(folder, fault);
    if (status == CR_OK) status = sync_folder(objects, fault);
    struct stat found;
    bool is_there = stat(target, &found) == 0 && (uint64_t)found.st_size == put->size;
    if (status == CR_OK && !is_there) status = write_about(put, key, fault);
    if (status == CR_OK && !is_there && fsync(put->file) != 0)
        status = cr_depot_dir_fail(fault, target, "cannot be kept");
    if (status == CR_OK && !is_there && rename(put->part, target) != 0)
        status = cr_depot_dir_fail(fault, target, "cannot be kept");
    // Whoever put it first may not have come this far.
    if (status == CR_OK) status = sync_folder(folder, fault);
    cr_free(folder);
    cr_free(objects);
    cr_free(target);
    return status;
}

static cr_status judge(const cr_depot_put *put, const char *key, cr_fault *fault)
{
    // Nothing at all is what was asked for only by its own key.
    if (put->size == 0 && !put->is_copy)
        return cr_fail(fault, CR_CORRUPT, put->name, "there is nothing in it");
    if (put->size_wanted && put->size != put->size_wanted)
        return cr_fail(fault, CR_CORRUPT, put->name, "it has %llu bytes instead of %llu",
                       (unsigned long long)put->size, (unsigned long long)put->size_wanted);
    if (put->key[0] && strcmp(put->key, key) != 0)
        return cr_fail(fault, CR_CORRUPT, put->name, "its bytes are not those of %s", put->key);
    return CR_OK;
}

// First into the bucket, if there is one: what is only here is not kept.
static cr_status keep(cr_depot_put *put, const char *key, cr_depot_info *info, cr_fault *fault)
{
    cr_depot_info own = {.size = put->size, .modified = put->is_copy ? put->modified : time(NULL)};
    memcpy(own.key, key, sizeof own.key);
    memcpy(own.type, put->type, sizeof own.type);
    memcpy(own.name, put->name, sizeof own.name);
    cr_status status = CR_OK;
    if (put->store->bucket && !put->is_copy)
        status = cr_depot_bucket_put(put->store->bucket, &own, put->file, fault);
    const struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_sec = put->modified}};
    if (status == CR_OK && put->is_copy && futimens(put->file, times) != 0)
        status = cr_depot_dir_fail(fault, key, "cannot be dated");
    if (status == CR_OK) status = place(put, key, fault);
    if (status == CR_OK && put->is_copy)
        *info = own;
    else if (status == CR_OK)
        status = cr_depot_stat(put->store, key, info, fault);
    return status;
}

cr_status cr_depot_put_end(cr_depot_put **put, cr_depot_info *info, cr_fault *fault)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char key[CR_DEPOT_KEY_BYTES];
    crypto_hash_sha256_final(&(*put)->hash, hash);
    sodium_bin2hex(key, sizeof key, hash, sizeof hash);
    cr_status status = judge(*put, key, fault);
    if (status == CR_OK) status = keep(*put, key, info, fault);
    cr_depot_put_drop(put);
    return status;
}

void cr_depot_put_drop(cr_depot_put **put)
{
    cr_depot_put *dropped = *put;
    if (!dropped) return;
    // Gone already when it was kept.
    if (dropped->file >= 0) {
        (void)unlink(dropped->part);
        (void)close(dropped->file);
    }
    cr_free(dropped->part);
    cr_free(dropped);
    *put = NULL;
}
