// flow: stream of bytes -> [asset] -> key -> ranges of those bytes
// Where media live that no single film owns. What is kept is named by the SHA-256 of its bytes, is
// whole or not there, and never changes. Functions may be called from any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

// Room that texts need, with their ends.
enum {
    CR_DEPOT_KEY_BYTES = 65, // SHA-256 in lower-case hex
    CR_DEPOT_NAME_BYTES = 256,
    CR_DEPOT_TYPE_BYTES = 128,
};

typedef struct cr_depot cr_depot;

// What is known of an asset. [type] and [name] are "" when nobody said.
typedef struct cr_depot_info {
    char key[CR_DEPOT_KEY_BYTES];
    uint64_t size;
    int64_t modified; // when it was kept, seconds since 1970
    char type[CR_DEPOT_TYPE_BYTES];
    char name[CR_DEPOT_NAME_BYTES]; // of the file that it came from, UTF-8
} cr_depot_info;

// Opens the store at [address], a folder, which is made. CR_UNSUPPORTED for an address of another
// kind; CR_DENIED, CR_NOSPACE, CR_IO.
CR_CHECKED cr_status cr_depot_open(cr_depot **out, const char *address, cr_fault *fault);
struct cr_s3_desc;
// Of a bucket's assets that are kept in a folder, so that they are read from there the next time.
#define CR_DEPOT_CACHE_BYTES (UINT64_C(20) << 30)
// Opens the store in the bucket of [desc] (asset/s3.h), copied. What is read comes into [folder]
// whole, checked against its key, then and once a run; it goes from there, the longest unread
// first, when they are more than [bytes_max] (0: CR_DEPOT_CACHE_BYTES). Its functions wait for the
// network; a read that misses, for all of the asset. The bucket is not listed.
CR_CHECKED cr_status cr_depot_open_s3(cr_depot **out, const char *folder,
                                      const struct cr_s3_desc *desc, uint64_t bytes_max,
                                      cr_fault *fault);
void cr_depot_close(cr_depot **store);

// Whether [key] is one at all.
bool cr_depot_key_is_valid(const char *key);

// CR_NOTFOUND.
CR_CHECKED cr_status cr_depot_stat(const cr_depot *store, const char *key, cr_depot_info *info,
                                   cr_fault *fault);
// Gives a descriptor of its bytes (close), which stays good when the asset is removed, with what is
// known of it. CR_NOTFOUND.
CR_CHECKED cr_status cr_depot_read(const cr_depot *store, const char *key, cr_depot_info *info,
                                   int *file, cr_fault *fault);

// An asset that is open, for all who read it at once.
typedef struct cr_depot_held {
    cr_depot_info info;
    int file;          // a descriptor; read it with pread: its place is everybody's
    const void *bytes; // all of it, when it is small; NULL: read the file
} cr_depot_held;
// Of those that a store keeps open for the next who ask, the longest unread leave first; of how
// many bytes they are kept in memory as well.
enum { CR_DEPOT_HELD_MAX = 128, CR_DEPOT_HELD_BYTES = 16384 };
// Shares (cr_depot_let_go) the asset. One that is taken from the folder by others is still given
// for a second. CR_NOTFOUND.
CR_CHECKED cr_status cr_depot_hold(const cr_depot *store, const char *key, cr_depot_held **out,
                                   cr_fault *fault);
// NULL is allowed. It may outlive the store.
void cr_depot_let_go(cr_depot_held **held);

// CR_NOTFOUND.
CR_CHECKED cr_status cr_depot_remove(cr_depot *store, const char *key, cr_fault *fault);

// Told of one asset; anything but CR_OK ends the list with it.
typedef cr_status cr_depot_each(void *cookie, const cr_depot_info *info);
// Calls [each] for all that are there, in no order. CR_UNSUPPORTED for a bucket.
CR_CHECKED cr_status cr_depot_list(const cr_depot *store, cr_depot_each *each, void *cookie,
                                   cr_fault *fault);

// An asset that is coming in. One thread at a time.
typedef struct cr_depot_put cr_depot_put;

// What is said of it; texts may be NULL and are borrowed for the call.
typedef struct cr_depot_put_desc {
    const char *type, *name;
    uint64_t size_max;    // 0: none. More is CR_LIMIT
    const char *key;      // what it must turn out to be; NULL: anything
    uint64_t size_wanted; // 0: any
} cr_depot_put_desc;

// Begins. The store must outlive it.
CR_CHECKED cr_status cr_depot_put_open(cr_depot_put **out, cr_depot *store,
                                       const cr_depot_put_desc *desc, cr_fault *fault);
// The next bytes. After a failure it can only be dropped.
CR_CHECKED cr_status cr_depot_put_write(cr_depot_put *put, const void *bytes, size_t size,
                                        cr_fault *fault);
// Keeps it: durable when this returns CR_OK. What is there already stays as it is, with its type
// and name. CR_CORRUPT: empty, cut short or not what it must be. Closes it either way.
CR_CHECKED cr_status cr_depot_put_end(cr_depot_put **put, cr_depot_info *info, cr_fault *fault);
// Forgets it. NULL is allowed.
void cr_depot_put_drop(cr_depot_put **put);
