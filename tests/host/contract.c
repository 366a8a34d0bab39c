// What every host must do, whatever it runs on. The native one is held to it here.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/host.h"
#include "native/native.h"

static int open_native(void **state)
{
    cr_native *native = NULL;
    cr_native_desc desc = {.thread_count = 4};
    if (cr_native_open(&native, &desc) != CR_OK) return -1;
    *state = native;
    return 0;
}

static int close_native(void **state)
{
    cr_native *native = *state;
    cr_native_close(&native);
    return 0;
}

static cr_sink *sink_on(const cr_host *host, const char *path)
{
    cr_sink *sink = NULL;
    cr_fault fault = {0};
    assert_int_equal(host->open_sink(host->cookie, path, &sink, &fault), CR_OK);
    return sink;
}

static void write_text(cr_sink *sink, uint64_t offset, const char *text)
{
    assert_int_equal(sink->write_at(sink, offset, text, strlen(text)), CR_OK);
}

static void assert_content(const cr_host *host, const char *path, const char *expected)
{
    cr_source *source = NULL;
    assert_int_equal(host->open_source(host->cookie, path, &source, NULL), CR_OK);
    uint8_t *data = NULL;
    size_t size = 0;
    assert_int_equal(cr_source_read_all(source, 1000, &data, &size, NULL), CR_OK);
    assert_int_equal(size, strlen(expected));
    assert_string_equal((const char *)data, expected);
    free(data);
    cr_source_close(&source);
    assert_null(source);
}

static void a_sink_is_seen_only_after_commit(void **state)
{
    const cr_host *host = cr_native_host(*state);
    unlink("made/deep/file.txt");
    cr_sink *sink = sink_on(host, "made/deep/file.txt");
    write_text(sink, 4, "film");
    write_text(sink, 0, "one ");
    assert_int_equal(access("made/deep/file.txt", F_OK), -1);
    char back[8] = {0};
    size_t got = 0;
    assert_int_equal(sink->read_at(sink, 4, back, sizeof back, &got), CR_OK);
    assert_int_equal(got, 4);
    assert_string_equal(back, "film");
    assert_int_equal(sink->commit(sink), CR_OK);
    cr_sink_close(&sink);
    assert_content(host, "made/deep/file.txt", "one film");
}

static void a_sink_closed_without_commit_leaves_nothing(void **state)
{
    const cr_host *host = cr_native_host(*state);
    assert_int_equal(system("rm -rf dropped && mkdir dropped"), 0);
    cr_sink *sink = sink_on(host, "dropped/file.txt");
    write_text(sink, 0, "half");
    cr_sink_close(&sink);
    // rmdir only succeeds on an empty folder
    assert_int_equal(rmdir("dropped"), 0);
}

static void a_failed_sink_keeps_the_old_file(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_sink *sink = sink_on(host, "kept.txt");
    write_text(sink, 0, "old");
    assert_int_equal(sink->commit(sink), CR_OK);
    cr_sink_close(&sink);
    sink = sink_on(host, "kept.txt");
    write_text(sink, 0, "newer");
    cr_sink_close(&sink);
    assert_content(host, "kept.txt", "old");
}

static void missing_files_and_folders_are_named(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_source *source = NULL;
    cr_fault fault = {0};
    assert_int_equal(host->open_source(host->cookie, "nowhere/x.mp4", &source, &fault),
                     CR_NOTFOUND);
    assert_null(source);
    assert_string_equal(fault.where, "nowhere/x.mp4");
    assert_non_null(strstr(fault.text, "No such file"));
    mkdir("a-folder", 0777);
    assert_int_not_equal(host->open_source(host->cookie, "a-folder", &source, &fault), CR_OK);
    cr_sink *sink = NULL;
    assert_int_not_equal(host->open_sink(host->cookie, "a-folder", &sink, &fault), CR_OK);
    assert_string_equal(fault.where, "a-folder");
    assert_int_equal(host->open_sink(host->cookie, "", &sink, &fault), CR_INVALID);
}

static void reads_past_the_end_are_short(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_sink *sink = sink_on(host, "short.txt");
    write_text(sink, 0, "0123456789");
    assert_int_equal(sink->commit(sink), CR_OK);
    cr_sink_close(&sink);
    cr_source *source = NULL;
    assert_int_equal(host->open_source(host->cookie, "short.txt", &source, NULL), CR_OK);
    assert_int_equal(source->size, 10);
    char data[16];
    size_t got = 99;
    assert_int_equal(source->read_at(source, 7, data, sizeof data, &got), CR_OK);
    assert_int_equal(got, 3);
    assert_int_equal(source->read_at(source, 10, data, sizeof data, &got), CR_OK);
    assert_int_equal(got, 0);
    assert_int_equal(source->read_at(source, UINT64_C(1) << 40, data, sizeof data, &got), CR_OK);
    assert_int_equal(got, 0);
    cr_source_close(&source);
}

static void too_large_is_a_limit(void **state)
{
    (void)state;
    cr_source *source = cr_source_from_memory("0123456789", 10, "ten bytes");
    uint8_t *data = NULL;
    size_t size = 0;
    cr_fault fault = {0};
    assert_int_equal(cr_source_read_all(source, 9, &data, &size, &fault), CR_LIMIT);
    assert_string_equal(fault.where, "ten bytes");
    assert_null(data);
    cr_source_close(&source);
}

static void a_full_disk_says_so(void **state)
{
    const cr_host *host = cr_native_host(*state);
    cr_sink *sink = NULL;
    // /dev/full is written through its own name: the part file beside it would be on a real disk.
    char part[64];
    snprintf(part, sizeof part, "full.txt.%ld.part", (long)getpid());
    unlink(part);
    assert_int_equal(symlink("/dev/full", part), 0);
    assert_int_equal(host->open_sink(host->cookie, "full.txt", &sink, NULL), CR_OK);
    assert_int_equal(sink->write_at(sink, 0, "x", 1), CR_NOSPACE);
    cr_sink_close(&sink);
    assert_int_equal(access(part, F_OK), -1);
}

typedef struct tally {
    int count;
    int ran[1000];
} tally;

static void mark(void *cookie, int index)
{
    tally *marks = cookie;
    __atomic_fetch_add(&marks->ran[index], 1, __ATOMIC_RELAXED);
}

static void every_task_runs_exactly_once(void **state)
{
    const cr_host *host = cr_native_host(*state);
    assert_int_equal(host->thread_count, 4);
    for (int count = 0; count <= 1000; count += count < 20 ? 1 : 97) {
        tally marks = {.count = count};
        host->run_parallel(host->cookie, count, mark, &marks);
        // Nothing is still running: plain reads see every task's write.
        for (int i = 0; i < 1000; i++)
            assert_int_equal(marks.ran[i], i < count ? 1 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sink_is_seen_only_after_commit),
        cmocka_unit_test(a_sink_closed_without_commit_leaves_nothing),
        cmocka_unit_test(a_failed_sink_keeps_the_old_file),
        cmocka_unit_test(missing_files_and_folders_are_named),
        cmocka_unit_test(reads_past_the_end_are_short),
        cmocka_unit_test(too_large_is_a_limit),
        cmocka_unit_test(a_full_disk_says_so),
        cmocka_unit_test(every_task_runs_exactly_once),
    };
    return cmocka_run_group_tests(tests, open_native, close_native);
}
