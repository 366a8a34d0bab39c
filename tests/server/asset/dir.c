// A folder of assets: what is kept is whole, right and there once; the rest leaves nothing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "asset/asset.h"
#include "base/mem.h"

// SHA-256 of "abc" (FIPS 180-4's own example).
static const char key_of_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

typedef struct fixture {
    char *folder;
    cr_depot *store;
} fixture;

static int open_store(void **state)
{
    fixture *f = cr_alloc(1, sizeof *f);
    f->folder = cr_strdup("store-XXXXXX");
    cr_fault fault;
    if (!mkdtemp(f->folder) || cr_depot_open(&f->store, f->folder, &fault) != CR_OK) return -1;
    *state = f;
    return 0;
}

static cr_status remove_each(void *cookie, const cr_depot_info *info)
{
    return cr_depot_remove(cookie, info->key, NULL);
}

static int close_store(void **state)
{
    fixture *f = *state;
    cr_status status = cr_depot_list(f->store, remove_each, f->store, NULL);
    cr_depot_close(&f->store);
    cr_free(f->folder);
    cr_free(f);
    return status == CR_OK ? 0 : -1;
}

static cr_status put_text(fixture *f, const cr_depot_put_desc *desc, const char *text,
                          cr_depot_info *info, cr_fault *fault)
{
    cr_depot_put *put = NULL;
    cr_status status = cr_depot_put_open(&put, f->store, desc, fault);
    if (status != CR_OK) return status;
    // In two pieces, as a stream comes.
    size_t half = strlen(text) / 2;
    status = cr_depot_put_write(put, text, half, fault);
    if (status == CR_OK) status = cr_depot_put_write(put, text + half, strlen(text) - half, fault);
    if (status == CR_OK) return cr_depot_put_end(&put, info, fault);
    cr_depot_put_drop(&put);
    return status;
}

static int parts_left(const fixture *f)
{
    char *path = cr_format("%s/parts", f->folder);
    DIR *folder = opendir(path);
    int count = 0;
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        count += entry->d_name[0] != '.';
    if (folder) (void)closedir(folder);
    cr_free(path);
    return count;
}

static cr_status count_one(void *cookie, const cr_depot_info *info)
{
    (void)info;
    ++*(int *)cookie;
    return CR_OK;
}

static int kept(const fixture *f)
{
    int count = 0;
    assert_int_equal(cr_depot_list(f->store, count_one, &count, NULL), CR_OK);
    return count;
}

static void what_is_put_is_read(void **state)
{
    fixture *f = *state;
    cr_depot_put_desc desc = {.type = "text/plain", .name = "C:\\films\\Bär \"1\".txt"};
    cr_depot_info info;
    cr_fault fault = {0};
    assert_int_equal(put_text(f, &desc, "abc", &info, &fault), CR_OK);
    assert_string_equal(info.key, key_of_abc);
    int file;
    assert_int_equal(cr_depot_read(f->store, key_of_abc, &info, &file, &fault), CR_OK);
    char bytes[8];
    assert_int_equal(pread(file, bytes, sizeof bytes, 1), 2);
    assert_memory_equal(bytes, "bc", 2);
    (void)close(file);
    assert_int_equal(info.size, 3);
    assert_string_equal(info.type, "text/plain");
    assert_string_equal(info.name, "Bär \"1\".txt");
    assert_int_equal(parts_left(f), 0);
}

static void the_first_to_come_stays(void **state)
{
    fixture *f = *state;
    cr_depot_put_desc first = {.name = "first"}, second = {.name = "second"};
    cr_depot_info info;
    assert_int_equal(put_text(f, &first, "abc", &info, NULL), CR_OK);
    assert_int_equal(put_text(f, &second, "abc", &info, NULL), CR_OK);
    assert_string_equal(info.name, "first");
    assert_int_equal(kept(f), 1);
    assert_int_equal(parts_left(f), 0);
}

static void what_is_not_right_is_not_kept(void **state)
{
    fixture *f = *state;
    const struct {
        cr_depot_put_desc desc;
        const char *text;
        cr_status status;
    } rows[] = {
        {{0}, "", CR_CORRUPT},
        {{.size_wanted = 4}, "abc", CR_CORRUPT},
        {{.size_wanted = 2}, "abc", CR_LIMIT},
        {{.size_max = 2}, "abc", CR_LIMIT},
        {{.key = key_of_abc}, "abd", CR_CORRUPT},
        {{.key = "../../etc/passwd"}, "abc", CR_INVALID},
        {{.type = "text/plain\r\nX: y"}, "abc", CR_INVALID},
        {{.type = "text"}, "abc", CR_INVALID},
        {{.name = "a\nb"}, "abc", CR_INVALID},
        {{.name = "\xff"}, "abc", CR_INVALID},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_depot_info info;
        cr_fault fault = {0};
        assert_int_equal(put_text(f, &rows[i].desc, rows[i].text, &info, &fault), rows[i].status);
        assert_true(fault.text[0]);
        assert_int_equal(kept(f), 0);
        assert_int_equal(parts_left(f), 0);
    }
}

static void what_is_removed_is_gone_and_still_read_by_who_has_it(void **state)
{
    fixture *f = *state;
    cr_depot_info info;
    int file;
    assert_int_equal(put_text(f, &(cr_depot_put_desc){0}, "abc", &info, NULL), CR_OK);
    assert_int_equal(cr_depot_read(f->store, key_of_abc, &info, &file, NULL), CR_OK);
    assert_int_equal(cr_depot_remove(f->store, key_of_abc, NULL), CR_OK);
    assert_int_equal(cr_depot_remove(f->store, key_of_abc, NULL), CR_NOTFOUND);
    assert_int_equal(cr_depot_stat(f->store, key_of_abc, &info, NULL), CR_NOTFOUND);
    char bytes[3];
    assert_int_equal(pread(file, bytes, 3, 0), 3);
    (void)close(file);
}

static void only_keys_name_assets(void **state)
{
    fixture *f = *state;
    static const char *const wrong[] = {
        "",
        "..",
        "../parts",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "../../../../../../../../../../../../../../../../../../etc/passwd0",
    };
    cr_depot_info info;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(cr_depot_stat(f->store, wrong[i], &info, NULL), CR_NOTFOUND);
}

static void what_a_crash_left_goes_and_what_comes_in_stays(void **state)
{
    fixture *f = *state;
    char *left = cr_format("%s/parts/left", f->folder);
    FILE *file = fopen(left, "w");
    assert_non_null(file);
    (void)fclose(file);
    cr_depot_put *put = NULL;
    assert_int_equal(cr_depot_put_open(&put, f->store, &(cr_depot_put_desc){0}, NULL), CR_OK);
    assert_int_equal(cr_depot_put_write(put, "abc", 3, NULL), CR_OK);
    cr_depot *again = NULL;
    assert_int_equal(cr_depot_open(&again, f->folder, NULL), CR_OK);
    assert_int_equal(access(left, F_OK), -1);
    cr_depot_info info;
    assert_int_equal(cr_depot_put_end(&put, &info, NULL), CR_OK);
    assert_int_equal(cr_depot_stat(again, key_of_abc, &info, NULL), CR_OK);
    cr_depot_close(&again);
    cr_free(left);
}

static void another_kind_of_address_is_said_so(void **state)
{
    (void)state;
    cr_depot *store = NULL;
    cr_fault fault = {0};
    assert_int_equal(cr_depot_open(&store, "gopher://media", &fault), CR_UNSUPPORTED);
    assert_string_equal(fault.where, "gopher://media");
    assert_null(store);
}

// Puts a text that names [number] and says its key.
static void put_numbered(fixture *f, int number, cr_depot_info *info)
{
    char text[32];
    (void)snprintf(text, sizeof text, "asset %d", number);
    assert_int_equal(put_text(f, &(cr_depot_put_desc){.type = "text/plain"}, text, info, NULL),
                     CR_OK);
}

static void what_is_held_is_shared_and_outlives_its_removal(void **state)
{
    fixture *f = *state;
    cr_depot_info info;
    put_numbered(f, 7, &info);
    cr_depot_held *first = NULL, *second = NULL, *third = NULL;
    assert_int_equal(cr_depot_hold(f->store, info.key, &first, NULL), CR_OK);
    assert_int_equal(cr_depot_hold(f->store, info.key, &second, NULL), CR_OK);
    assert_ptr_equal(first, second);
    assert_string_equal(first->info.type, "text/plain");
    assert_memory_equal(first->bytes, "asset 7", 7);
    cr_depot_let_go(&second);
    assert_null(second);
    assert_int_equal(cr_depot_remove(f->store, info.key, NULL), CR_OK);
    assert_int_equal(cr_depot_hold(f->store, info.key, &third, NULL), CR_NOTFOUND);
    char text[8] = "";
    assert_int_equal(pread(first->file, text, 7, 0), 7);
    assert_string_equal(text, "asset 7");
    cr_depot_let_go(&first);
}

// Who takes a file from the folder by hand is heard of, if not at once.
static void what_others_remove_is_missed(void **state)
{
    fixture *f = *state;
    cr_depot_info info;
    put_numbered(f, 8, &info);
    cr_depot_held *held = NULL;
    assert_int_equal(cr_depot_hold(f->store, info.key, &held, NULL), CR_OK);
    cr_depot_let_go(&held);
    char *object = cr_format("%s/objects/%.2s/%s", f->folder, info.key, info.key);
    assert_int_equal(unlink(object), 0);
    cr_free(object);
    const time_t until = time(NULL) + 10;
    cr_status status = CR_OK;
    while (status == CR_OK && time(NULL) < until) {
        status = cr_depot_hold(f->store, info.key, &held, NULL);
        if (status == CR_OK) cr_depot_let_go(&held);
        (void)usleep(1000);
    }
    assert_int_equal(status, CR_NOTFOUND);
}

static int files_open(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;
    while (folder && readdir(folder))
        count++;
    if (folder) (void)closedir(folder);
    return count;
}

static void few_are_kept_open(void **state)
{
    fixture *f = *state;
    const int before = files_open();
    for (int i = 0; i < CR_DEPOT_HELD_MAX + 20; i++) {
        cr_depot_info info;
        put_numbered(f, i, &info);
        cr_depot_held *held = NULL;
        assert_int_equal(cr_depot_hold(f->store, info.key, &held, NULL), CR_OK);
        assert_int_equal(held->info.size, info.size);
        cr_depot_let_go(&held);
    }
    assert_int_equal(files_open() - before, CR_DEPOT_HELD_MAX);
}

// What one of the threads that read at once does.
typedef struct reading {
    const cr_depot *store;
    const cr_depot_info *infos;
    int count, wrong;
} reading;

static void *read_many(void *cookie)
{
    reading *r = cookie;
    for (int i = 0; i < 4000; i++) {
        const cr_depot_info *info = &r->infos[i % r->count];
        cr_depot_held *held = NULL;
        cr_status status = cr_depot_hold(r->store, info->key, &held, NULL);
        if (status == CR_OK && strcmp(held->info.key, info->key) != 0) r->wrong++;
        if (status == CR_OK) cr_depot_let_go(&held);
    }
    return NULL;
}

static void many_threads_hold_what_comes_and_goes(void **state)
{
    enum { THREADS = 4, ASSETS = 24 };
    fixture *f = *state;
    cr_depot_info *infos = cr_alloc(ASSETS, sizeof *infos);
    for (int i = 0; i < ASSETS; i++)
        put_numbered(f, i, &infos[i]);
    pthread_t threads[THREADS];
    reading readings[THREADS];
    for (int i = 0; i < THREADS; i++) {
        readings[i] = (reading){.store = f->store, .infos = infos, .count = ASSETS};
        assert_int_equal(pthread_create(&threads[i], NULL, read_many, &readings[i]), 0);
    }
    for (int i = 0; i < ASSETS; i += 2)
        assert_int_equal(cr_depot_remove(f->store, infos[i].key, NULL), CR_OK);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(readings[i].wrong, 0);
    }
    cr_free(infos);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_store, close_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_put_is_read),
        TEST(the_first_to_come_stays),
        TEST(what_is_not_right_is_not_kept),
        TEST(what_is_removed_is_gone_and_still_read_by_who_has_it),
        TEST(only_keys_name_assets),
        TEST(what_is_held_is_shared_and_outlives_its_removal),
        TEST(what_others_remove_is_missed),
        TEST(few_are_kept_open),
        TEST(many_threads_hold_what_comes_and_goes),
        TEST(what_a_crash_left_goes_and_what_comes_in_stays),
        cmocka_unit_test(another_kind_of_address_is_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
