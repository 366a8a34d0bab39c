// A store in a bucket, at the S3 service that CUTROOM_S3_ENDPOINT names (tests/conformance/s3
// starts one); what needs none runs always.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asset/asset.h"
#include "asset/s3.h"
#include "base/mem.h"
#include "base/str.h"

enum { PART_BYTES = 5 << 20, LARGE_BYTES = 2 * PART_BYTES + 12345, READERS = 8 };

static cr_s3_desc desc_of(void)
{
    return (cr_s3_desc){.endpoint = getenv("CUTROOM_S3_ENDPOINT"),
                        .bucket = "media",
                        .id = getenv("AWS_ACCESS_KEY_ID"),
                        .secret = getenv("AWS_SECRET_ACCESS_KEY"),
                        .part_bytes = PART_BYTES};
}

// With a folder of its own, as another machine has.
static cr_depot *open_store(uint64_t bytes_max, char **folder)
{
    char name[] = "cache-XXXXXX";
    cr_depot *store = NULL;
    const cr_s3_desc desc = desc_of();
    assert_non_null(mkdtemp(name));
    assert_int_equal(cr_depot_open_s3(&store, name, &desc, bytes_max, NULL), CR_OK);
    if (folder) *folder = cr_strdup(name);
    return store;
}

static void put_bytes(cr_depot *store, const char *bytes, size_t size, cr_depot_info *info)
{
    cr_depot_put *put = NULL;
    cr_fault fault = {0};
    const cr_depot_put_desc desc = {.type = "video/mp4", .name = "Bär \"1\" %.mp4"};
    assert_int_equal(cr_depot_put_open(&put, store, &desc, &fault), CR_OK);
    assert_int_equal(cr_depot_put_write(put, bytes, size, &fault), CR_OK);
    cr_status status = cr_depot_put_end(&put, info, &fault);
    if (status != CR_OK) print_error("%s: %s\n", fault.where, fault.text);
    assert_int_equal(status, CR_OK);
}

static char *make_bytes(size_t size, unsigned seed)
{
    char *bytes = cr_alloc(size, 1);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)((i * 2654435761u + seed) >> 11);
    return bytes;
}

static void check_read(const cr_depot *store, const char *key, const char *bytes, size_t size)
{
    cr_depot_info info;
    int file;
    cr_fault fault = {0};
    cr_status status = cr_depot_read(store, key, &info, &file, &fault);
    if (status != CR_OK) print_error("%s: %s\n", fault.where, fault.text);
    assert_int_equal(status, CR_OK);
    assert_int_equal(info.size, size);
    assert_string_equal(info.type, "video/mp4");
    assert_string_equal(info.name, "Bär \"1\" %.mp4");
    char *found = cr_alloc(size, 1);
    assert_int_equal(pread(file, found, size, 0), size);
    assert_memory_equal(found, bytes, size);
    cr_free(found);
    (void)close(file);
}

static void what_one_machine_keeps_another_reads(size_t size, unsigned seed)
{
    char *bytes = make_bytes(size, seed);
    cr_depot *store = open_store(0, NULL), *other = open_store(0, NULL);
    cr_depot_info info, there;
    put_bytes(store, bytes, size, &info);
    // Once more is once.
    put_bytes(store, bytes, size, &info);
    assert_int_equal(cr_depot_stat(other, info.key, &there, NULL), CR_OK);
    assert_int_equal(there.size, size);
    assert_int_equal(there.modified, info.modified);
    check_read(other, info.key, bytes, size);
    check_read(store, info.key, bytes, size);
    assert_int_equal(cr_depot_remove(store, info.key, NULL), CR_OK);
    assert_int_equal(cr_depot_stat(other, info.key, &there, NULL), CR_NOTFOUND);
    cr_depot_close(&store);
    cr_depot_close(&other);
    cr_free(bytes);
}

static void a_small_asset_goes_round(void **state)
{
    (void)state;
    what_one_machine_keeps_another_reads(1000, 1);
}

static void a_large_one_goes_in_parts(void **state)
{
    (void)state;
    what_one_machine_keeps_another_reads(LARGE_BYTES, 2);
}

static void what_is_not_there_is_said_so(void **state)
{
    (void)state;
    cr_depot *store = open_store(0, NULL);
    cr_depot_info info;
    char key[CR_DEPOT_KEY_BYTES];
    memset(key, '7', sizeof key - 1);
    key[sizeof key - 1] = 0;
    int file;
    assert_int_equal(cr_depot_read(store, key, &info, &file, NULL), CR_NOTFOUND);
    assert_int_equal(cr_depot_read(store, "../x", &info, &file, NULL), CR_NOTFOUND);
    cr_depot_close(&store);
}

static void a_wrong_key_is_refused_and_not_told(void **state)
{
    (void)state;
    cr_s3_desc desc = desc_of();
    desc.secret = "not-the-secret";
    cr_s3 *s3 = NULL;
    cr_s3_object object;
    cr_fault fault = {0};
    assert_int_equal(cr_s3_open(&s3, &desc, NULL), CR_OK);
    assert_int_equal(cr_s3_head(s3, "aa", &object, &fault), CR_DENIED);
    assert_null(strstr(fault.text, desc.secret));
    assert_null(strstr(fault.where, desc.secret));
    cr_s3_close(&s3);
}

// Whoever writes the bucket by other means may put anything there.
static void what_is_not_what_its_key_says_is_not_read(void **state)
{
    (void)state;
    const cr_s3_desc desc = desc_of();
    cr_s3 *s3 = NULL;
    assert_int_equal(cr_s3_open(&s3, &desc, NULL), CR_OK);
    char *bytes = make_bytes(LARGE_BYTES, 3);
    FILE *file = tmpfile();
    assert_int_equal(fwrite(bytes, 1, LARGE_BYTES, file), LARGE_BYTES);
    assert_int_equal(fflush(file), 0);
    // In parts, as the service itself holds a whole one to its hash.
    char key[CR_DEPOT_KEY_BYTES];
    memset(key, 'a', sizeof key - 1);
    key[sizeof key - 1] = 0;
    const cr_s3_object object = {.size = LARGE_BYTES};
    assert_int_equal(cr_s3_put(s3, key, fileno(file), &object, NULL), CR_OK);
    cr_depot *store = open_store(0, NULL);
    cr_depot_info info;
    int opened;
    cr_fault fault = {0};
    assert_int_equal(cr_depot_read(store, key, &info, &opened, &fault), CR_CORRUPT);
    assert_true(fault.text[0]);
    assert_int_equal(cr_depot_remove(store, key, NULL), CR_OK);
    cr_depot_close(&store);
    cr_s3_close(&s3);
    (void)fclose(file);
    cr_free(bytes);
}

static bool is_held(const char *folder, const char *key)
{
    char *path = cr_format("%s/objects/%.2s/%s", folder, key, key);
    bool is_there = access(path, R_OK) == 0;
    cr_free(path);
    return is_there;
}

static void the_longest_unread_makes_room(void **state)
{
    (void)state;
    enum { COUNT = 3, BYTES = 40000 };
    char *folder = NULL, *bytes[COUNT];
    cr_depot *store = open_store(0, NULL), *small = open_store(2 * BYTES + 1, &folder);
    cr_depot_info info[COUNT];
    for (unsigned i = 0; i < COUNT; i++) {
        bytes[i] = make_bytes(BYTES, 100 + i);
        put_bytes(store, bytes[i], BYTES, &info[i]);
    }
    static const int order[] = {0, 1, 0, 2};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        check_read(small, info[order[i]].key, bytes[order[i]], BYTES);
    assert_true(is_held(folder, info[0].key));
    assert_false(is_held(folder, info[1].key));
    assert_true(is_held(folder, info[2].key));
    check_read(small, info[1].key, bytes[1], BYTES);
    for (int i = 0; i < COUNT; i++)
        cr_free(bytes[i]);
    cr_free(folder);
    cr_depot_close(&store);
    cr_depot_close(&small);
}

static void what_went_bad_on_disk_is_fetched_again(void **state)
{
    (void)state;
    char *bytes = make_bytes(1000, 6), *folder = NULL;
    cr_depot *store = open_store(0, &folder);
    cr_depot_info info;
    put_bytes(store, bytes, 1000, &info);
    check_read(store, info.key, bytes, 1000);
    cr_depot_close(&store);
    char *path = cr_format("%s/objects/%.2s/%s", folder, info.key, info.key);
    int file = open(path, O_WRONLY);
    char flipped = (char)(bytes[500] ^ 1);
    assert_int_equal(pwrite(file, &flipped, 1, 500), 1);
    (void)close(file);
    const cr_s3_desc desc = desc_of();
    assert_int_equal(cr_depot_open_s3(&store, folder, &desc, 0, NULL), CR_OK);
    check_read(store, info.key, bytes, 1000);
    cr_depot_close(&store);
    cr_free(path);
    cr_free(folder);
    cr_free(bytes);
}

// Every answer of this endpoint ends after a few million bytes.
static void a_cut_line_is_taken_up_where_it_broke(void **state)
{
    (void)state;
    char *bytes = make_bytes(LARGE_BYTES, 5);
    cr_depot *store = open_store(0, NULL), *other = NULL;
    cr_depot_info info;
    put_bytes(store, bytes, LARGE_BYTES, &info);
    cr_s3_desc desc = desc_of();
    desc.endpoint = getenv("CUTROOM_S3_CUT_ENDPOINT");
    char folder[] = "cache-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_int_equal(cr_depot_open_s3(&other, folder, &desc, 0, NULL), CR_OK);
    check_read(other, info.key, bytes, LARGE_BYTES);
    cr_depot_close(&store);
    cr_depot_close(&other);
    cr_free(bytes);
}

typedef struct reader {
    const cr_depot *store;
    const char *key;
    cr_status status;
} reader;

static void *read_one(void *cookie)
{
    reader *own = cookie;
    cr_depot_info info;
    int file;
    own->status = cr_depot_read(own->store, own->key, &info, &file, NULL);
    if (own->status == CR_OK) (void)close(file);
    return NULL;
}

static void many_ask_at_once_and_all_get_it(void **state)
{
    (void)state;
    char *bytes = make_bytes(LARGE_BYTES, 4);
    cr_depot *store = open_store(0, NULL), *other = open_store(0, NULL);
    cr_depot_info info;
    put_bytes(store, bytes, LARGE_BYTES, &info);
    pthread_t threads[READERS];
    reader readers[READERS];
    for (int i = 0; i < READERS; i++) {
        readers[i] = (reader){.store = other, .key = info.key};
        assert_int_equal(pthread_create(&threads[i], NULL, read_one, &readers[i]), 0);
    }
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(readers[i].status, CR_OK);
    }
    check_read(other, info.key, bytes, LARGE_BYTES);
    cr_depot_close(&store);
    cr_depot_close(&other);
    cr_free(bytes);
}

static void only_services_and_buckets_are_taken(void **state)
{
    (void)state;
    static const struct {
        const char *endpoint, *bucket;
    } wrong[] = {
        {"ftp://host", "media"},          {"host", "media"},          {"https://key@host", "media"},
        {"https://host?x=y", "media"},    {"https://host", ""},       {"https://host", "../media"},
        {"https://host", "media/folder"}, {"https://host", "me dia"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const cr_s3_desc desc = {
            .endpoint = wrong[i].endpoint, .bucket = wrong[i].bucket, .id = "a", .secret = "b"};
        cr_s3 *s3 = NULL;
        cr_fault fault = {0};
        assert_int_equal(cr_s3_open(&s3, &desc, &fault), CR_INVALID);
        assert_true(fault.text[0]);
        assert_null(s3);
    }
}

int main(void)
{
    const struct CMUnitTest alone[] = {cmocka_unit_test(only_services_and_buckets_are_taken)};
    const struct CMUnitTest with_service[] = {
        cmocka_unit_test(a_small_asset_goes_round),
        cmocka_unit_test(a_large_one_goes_in_parts),
        cmocka_unit_test(what_is_not_there_is_said_so),
        cmocka_unit_test(a_wrong_key_is_refused_and_not_told),
        cmocka_unit_test(what_is_not_what_its_key_says_is_not_read),
        cmocka_unit_test(the_longest_unread_makes_room),
        cmocka_unit_test(a_cut_line_is_taken_up_where_it_broke),
        cmocka_unit_test(what_went_bad_on_disk_is_fetched_again),
        cmocka_unit_test(many_ask_at_once_and_all_get_it),
    };
    int failed = cmocka_run_group_tests(alone, NULL, NULL);
    if (getenv("CUTROOM_S3_ENDPOINT")) failed += cmocka_run_group_tests(with_service, NULL, NULL);
    return failed;
}
