#include "asset/asset_s3.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

// A key that is being fetched.
typedef struct fetching {
    struct fetching *next;
    char key[CR_DEPOT_KEY_BYTES];
} fetching;

// Of assets whose bytes are known to be right. Two that share a place drive each other out, and are
// looked at again.
enum { CHECKED_SLOTS = 1 << 14, HASHED_BYTES = 64 * 1024 };

struct cr_depot_bucket {
    cr_s3 *s3;
    uint64_t checked[CHECKED_SLOTS]; // the start of the key; 0: none
    uint64_t bytes_max;
    pthread_mutex_t lock;
    pthread_cond_t is_fetched;
    fetching *list;
};

cr_status cr_depot_open_s3(cr_depot **out, const char *folder, const cr_s3_desc *desc,
                           uint64_t bytes_max, cr_fault *fault)
{
    cr_s3 *s3 = NULL;
    cr_depot *store = NULL;
    cr_status status = cr_s3_open(&s3, desc, fault);
    if (status == CR_OK) status = cr_depot_open(&store, folder, fault);
    if (status != CR_OK) {
        cr_s3_close(&s3);
        return status;
    }
    store->bucket = cr_alloc(1, sizeof *store->bucket);
    store->bucket->s3 = s3;
    store->bucket->bytes_max = bytes_max ? bytes_max : CR_DEPOT_CACHE_BYTES;
    (void)pthread_mutex_init(&store->bucket->lock, NULL);
    (void)pthread_cond_init(&store->bucket->is_fetched, NULL);
    *out = store;
    return CR_OK;
}

void cr_depot_bucket_close(cr_depot_bucket **bucket)
{
    cr_depot_bucket *own = *bucket;
    if (!own) return;
    cr_s3_close(&own->s3);
    (void)pthread_cond_destroy(&own->is_fetched);
    (void)pthread_mutex_destroy(&own->lock);
    cr_free(own);
    *bucket = NULL;
}

cr_status cr_depot_bucket_put(const cr_depot_bucket *bucket, const cr_depot_info *info, int file,
                              cr_fault *fault)
{
    cr_s3_object object = {.size = info->size};
    memcpy(object.type, info->type, sizeof object.type);
    memcpy(object.name, info->name, sizeof object.name);
    return cr_s3_put(bucket->s3, info->key, file, &object, fault);
}

cr_status cr_depot_bucket_remove(const cr_depot_bucket *bucket, const char *key, cr_fault *fault)
{
    return cr_s3_remove(bucket->s3, key, fault);
}

// What the folder holds of the bucket, to find what nobody has read for longest.
typedef struct held {
    char *path;
    struct timespec read;
    uint64_t size;
} held;

typedef struct held_list {
    held *items;
    size_t count, room;
    uint64_t size;
} held_list;

static void add_held(held_list *list, const char *folder, const char *name)
{
    struct stat found;
    char *path = cr_format("%s/%s", folder, name);
    if (!cr_depot_key_is_valid(name) || stat(path, &found) != 0) {
        cr_free(path);
        return;
    }
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 64;
        list->items = cr_realloc(list->items, list->room, sizeof *list->items);
    }
    list->items[list->count++] = (held){path, found.st_atim, (uint64_t)found.st_size};
    list->size += (uint64_t)found.st_size;
}

static void find_held(const cr_depot *store, held_list *list)
{
    for (int i = 0; i < 256; i++) {
        char *path = cr_format("%s/objects/%02x", store->folder, (unsigned)i);
        DIR *folder = opendir(path);
        const struct dirent *entry;
        while (folder && (entry = readdir(folder)))
            add_held(list, path, entry->d_name);
        if (folder) (void)closedir(folder);
        cr_free(path);
    }
}

static int by_reading(const void *a, const void *b)
{
    const struct timespec *one = &((const held *)a)->read, *other = &((const held *)b)->read;
    if (one->tv_sec != other->tv_sec) return one->tv_sec < other->tv_sec ? -1 : 1;
    return (one->tv_nsec > other->tv_nsec) - (one->tv_nsec < other->tv_nsec);
}

// Whoever still reads what goes has it open.
static void make_room(const cr_depot *store, const char *but)
{
    held_list list = {0};
    find_held(store, &list);
    if (list.size > store->bucket->bytes_max)
        qsort(list.items, list.count, sizeof *list.items, by_reading);
    for (size_t i = 0; i < list.count; i++) {
        held *item = &list.items[i];
        bool is_wanted = strcmp(strrchr(item->path, '/') + 1, but) == 0;
        if (list.size > store->bucket->bytes_max && !is_wanted && unlink(item->path) == 0) {
            char *about = cr_depot_dir_about(store, strrchr(item->path, '/') + 1);
            (void)unlink(about);
            cr_free(about);
            list.size -= item->size;
        }
        cr_free(item->path);
    }
    cr_free(list.items);
}

typedef struct inflow {
    cr_depot_put *put;
    cr_fault *fault;
} inflow;

static cr_status keep_bytes(void *cookie, const void *bytes, size_t size)
{
    inflow *in = cookie;
    return cr_depot_put_write(in->put, bytes, size, in->fault);
}

static cr_status fetch(const cr_depot *store, const char *key, cr_fault *fault)
{
    cr_s3_object object;
    cr_status status = cr_s3_head(store->bucket->s3, key, &object, fault);
    if (status != CR_OK) return status;
    cr_depot_put_desc desc = {
        .key = key, .type = object.type, .name = object.name, .size_wanted = object.size};
    cr_depot_put *put = NULL;
    // The put holds what comes to the name that it was asked by.
    status = cr_depot_put_open(&put, (cr_depot *)(uintptr_t)store, &desc, fault);
    if (status != CR_OK) return status;
    cr_depot_put_is_copy(put, object.modified);
    inflow in = {put, fault};
    status = cr_s3_get(store->bucket->s3, key, &object, keep_bytes, &in, fault);
    cr_depot_info info;
    if (status == CR_OK)
        status = cr_depot_put_end(&put, &info, fault);
    else
        cr_depot_put_drop(&put);
    return status;
}

static bool is_fetching(const cr_depot_bucket *bucket, const char *key)
{
    for (const fetching *at = bucket->list; at; at = at->next)
        if (strcmp(at->key, key) == 0) return true;
    return false;
}

static bool is_held(const cr_depot *store, const char *key)
{
    char *path = cr_depot_dir_object(store, key);
    bool is_there = access(path, R_OK) == 0;
    // Read now: it goes last.
    const struct timespec times[2] = {{.tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_OMIT}};
    if (is_there) (void)utimensat(AT_FDCWD, path, times, 0);
    cr_free(path);
    return is_there;
}

static uint64_t start_of(const char *key)
{
    char digits[17] = "";
    memcpy(digits, key, sizeof digits - 1);
    return strtoull(digits, NULL, 16);
}

// Whether the bytes are still what their key says: disks and people change files.
static bool is_whole(const cr_depot *store, const char *key)
{
    char *path = cr_depot_dir_object(store, key), found[CR_DEPOT_KEY_BYTES];
    unsigned char bytes[HASHED_BYTES], hash[crypto_hash_sha256_BYTES];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    cr_free(path);
    if (file < 0) return false;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    ssize_t length;
    while ((length = read(file, bytes, sizeof bytes)) > 0)
        crypto_hash_sha256_update(&state, bytes, (size_t)length);
    (void)close(file);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(found, sizeof found, hash, sizeof hash);
    return length == 0 && strcmp(found, key) == 0;
}

static cr_status fetch_anew(const cr_depot *store, const char *key, cr_fault *fault)
{
    char *path = cr_depot_dir_object(store, key);
    (void)unlink(path);
    cr_free(path);
    cr_status status = fetch(store, key, fault);
    if (status == CR_OK) make_room(store, key);
    return status;
}

static void end_fetching(cr_depot_bucket *bucket, const fetching *ended)
{
    for (fetching **at = &bucket->list; *at; at = &(*at)->next) {
        if (*at != ended) continue;
        *at = ended->next;
        break;
    }
    (void)pthread_cond_broadcast(&bucket->is_fetched);
}

cr_status cr_depot_s3_fetch(const cr_depot *store, const char *key, cr_fault *fault)
{
    cr_depot_bucket *bucket = store->bucket;
    uint64_t start = start_of(key), *checked = &bucket->checked[start % CHECKED_SLOTS];
    (void)pthread_mutex_lock(&bucket->lock);
    while (is_fetching(bucket, key))
        (void)pthread_cond_wait(&bucket->is_fetched, &bucket->lock);
    if (start != 0 && *checked == start && is_held(store, key)) {
        (void)pthread_mutex_unlock(&bucket->lock);
        return CR_OK;
    }
    fetching own = {.next = bucket->list};
    memcpy(own.key, key, sizeof own.key);
    bucket->list = &own;
    (void)pthread_mutex_unlock(&bucket->lock);
    cr_status status = CR_OK;
    if (!is_held(store, key) || !is_whole(store, key)) status = fetch_anew(store, key, fault);
    (void)pthread_mutex_lock(&bucket->lock);
    if (status == CR_OK) *checked = start;
    end_fetching(bucket, &own);
    (void)pthread_mutex_unlock(&bucket->lock);
    return status;
}

cr_status cr_depot_s3_stat(const cr_depot *store, const char *key, cr_depot_info *info,
                           cr_fault *fault)
{
    cr_s3_object object;
    cr_status status = cr_s3_head(store->bucket->s3, key, &object, fault);
    if (status != CR_OK) return status;
    *info = (cr_depot_info){.size = object.size, .modified = object.modified};
    memcpy(info->key, key, sizeof info->key);
    memcpy(info->type, object.type, sizeof info->type);
    memcpy(info->name, object.name, sizeof info->name);
    return CR_OK;
}
