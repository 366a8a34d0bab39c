#include "asset/asset_held.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "asset/asset_dir.h"
#include "base/mem.h"

// For as long as this nobody asks the folder whether the file is still the same.
enum { TRUST_MS = 1000 };

// What is handed out is its first member.
typedef struct entry {
    cr_depot_held held;
    atomic_int references; // the table's is one of them
    void *bytes;
    dev_t device;
    ino_t inode;
    // Under the table's lock.
    int64_t looked_ms;
    uint64_t used;
} entry;

struct cr_depot_table {
    pthread_mutex_t lock;
    entry *all[CR_DEPOT_HELD_MAX];
    int count;
    uint64_t uses;
};

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

cr_depot_table *cr_depot_table_open(void)
{
    cr_depot_table *table = cr_alloc(1, sizeof *table);
    (void)pthread_mutex_init(&table->lock, NULL);
    return table;
}

void cr_depot_let_go(cr_depot_held **held)
{
    if (!*held) return;
    entry *left = (entry *)(void *)*held;
    *held = NULL;
    if (atomic_fetch_sub(&left->references, 1) > 1) return;
    (void)close(left->held.file);
    cr_free(left->bytes);
    cr_free(left);
}

static void drop_at(cr_depot_table *table, int place)
{
    cr_depot_held *dropped = &table->all[place]->held;
    table->all[place] = table->all[--table->count];
    cr_depot_let_go(&dropped);
}

void cr_depot_table_close(cr_depot_table **table)
{
    cr_depot_table *closing = *table;
    if (!closing) return;
    while (closing->count > 0)
        drop_at(closing, closing->count - 1);
    (void)pthread_mutex_destroy(&closing->lock);
    cr_free(closing);
    *table = NULL;
}

// -1: it is not there.
static int place_of(const cr_depot_table *table, const char *key)
{
    for (int i = 0; i < table->count; i++)
        if (memcmp(table->all[i]->held.info.key, key, CR_DEPOT_KEY_BYTES) == 0) return i;
    return -1;
}

static bool is_still_there(entry *kept, const cr_depot *store)
{
    int64_t now = now_ms();
    if (now - kept->looked_ms < TRUST_MS) return true;
    struct stat found;
    char *path = cr_depot_dir_object(store, kept->held.info.key);
    bool is_found = lstat(path, &found) == 0;
    cr_free(path);
    kept->looked_ms = now;
    return is_found && found.st_dev == kept->device && found.st_ino == kept->inode &&
           (uint64_t)found.st_size == kept->held.info.size;
}

cr_depot_held *cr_depot_table_find(cr_depot_table *table, const cr_depot *store, const char *key)
{
    cr_depot_held *found = NULL;
    (void)pthread_mutex_lock(&table->lock);
    int place = place_of(table, key);
    if (place >= 0 && !is_still_there(table->all[place], store)) {
        drop_at(table, place);
    } else if (place >= 0) {
        entry *kept = table->all[place];
        kept->used = ++table->uses;
        (void)atomic_fetch_add(&kept->references, 1);
        found = &kept->held;
    }
    (void)pthread_mutex_unlock(&table->lock);
    return found;
}

// The bytes of a small one, so that they go out with the head of the answer.
static void read_bytes(entry *of)
{
    size_t size = (size_t)of->held.info.size, done = 0;
    if (of->held.info.size == 0 || of->held.info.size > CR_DEPOT_HELD_BYTES) return;
    char *bytes = cr_alloc(1, size);
    ssize_t got = 1;
    while (done < size && got > 0) {
        got = pread(of->held.file, bytes + done, size - done, (off_t)done);
        if (got > 0) done += (size_t)got;
    }
    if (done == size)
        of->held.bytes = of->bytes = bytes;
    else
        cr_free(bytes);
}

static void insert(cr_depot_table *table, entry *kept)
{
    int place = place_of(table, kept->held.info.key);
    if (place >= 0) {
        drop_at(table, place);
    } else if (table->count == CR_DEPOT_HELD_MAX) {
        int oldest = 0;
        for (int i = 1; i < table->count; i++)
            if (table->all[i]->used < table->all[oldest]->used) oldest = i;
        drop_at(table, oldest);
    }
    kept->used = ++table->uses;
    (void)atomic_fetch_add(&kept->references, 1);
    table->all[table->count++] = kept;
}

cr_depot_held *cr_depot_table_keep(cr_depot_table *table, const cr_depot_info *info, int file)
{
    entry *kept = cr_alloc(1, sizeof *kept);
    kept->held = (cr_depot_held){.info = *info, .file = file};
    atomic_init(&kept->references, 1);
    struct stat found;
    if (!table || fstat(file, &found) != 0) return &kept->held;
    kept->device = found.st_dev;
    kept->inode = found.st_ino;
    kept->looked_ms = now_ms();
    read_bytes(kept);
    (void)pthread_mutex_lock(&table->lock);
    insert(table, kept);
    (void)pthread_mutex_unlock(&table->lock);
    return &kept->held;
}

void cr_depot_table_forget(cr_depot_table *table, const char *key)
{
    (void)pthread_mutex_lock(&table->lock);
    int place = place_of(table, key);
    if (place >= 0) drop_at(table, place);
    (void)pthread_mutex_unlock(&table->lock);
}
