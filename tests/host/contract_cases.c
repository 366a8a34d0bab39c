#include "tests/host/contract_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

// Ends the case with the line and the words of what does not hold.
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fail(c, __LINE__, #condition);                                                         \
            return;                                                                                \
        }                                                                                          \
    } while (0)
#define CHECK_DEEP(call)                                                                           \
    do {                                                                                           \
        call;                                                                                      \
        if (c->failure[0]) return;                                                                 \
    } while (0)

enum { URI_MAX = 256 };

static void fail(contract *c, int line, const char *what)
{
    snprintf(c->failure, sizeof c->failure, "line %d: %s", line, what);
}

static const char *uri_of(const contract *c, const char *name, char uri[URI_MAX])
{
    snprintf(uri, URI_MAX, "%s%s", c->prefix, name);
    return uri;
}

static cr_status open_sink(const contract *c, const char *name, cr_sink **out, cr_fault *fault)
{
    char uri[URI_MAX];
    return c->host->open_sink(c->host->cookie, uri_of(c, name, uri), out, fault);
}

static cr_status open_source(const contract *c, const char *name, cr_source **out, cr_fault *fault)
{
    char uri[URI_MAX];
    return c->host->open_source(c->host->cookie, uri_of(c, name, uri), out, fault);
}

static cr_status write_text(cr_sink *sink, uint64_t offset, const char *text)
{
    return sink->write_at(sink, offset, text, strlen(text));
}

static void write_file(contract *c, const char *name, const char *text)
{
    cr_sink *sink = NULL;
    CHECK(open_sink(c, name, &sink, NULL) == CR_OK);
    CHECK(write_text(sink, 0, text) == CR_OK);
    CHECK(sink->commit(sink) == CR_OK);
    cr_sink_close(&sink);
    CHECK(!sink);
}

static void check_content(contract *c, const char *name, const char *expected)
{
    cr_source *source = NULL;
    CHECK(open_source(c, name, &source, NULL) == CR_OK);
    CHECK(source->size == strlen(expected));
    uint8_t *data = NULL;
    size_t size = 0;
    CHECK(cr_source_read_all(source, 1000, &data, &size, NULL) == CR_OK);
    CHECK(size == strlen(expected));
    CHECK(strcmp((const char *)data, expected) == 0);
    cr_free(data);
    cr_source_close(&source);
    CHECK(!source);
}

static void check_absent(contract *c, const char *name)
{
    cr_source *source = NULL;
    CHECK(open_source(c, name, &source, NULL) == CR_NOTFOUND);
    CHECK(!source);
}

static void a_sink_is_seen_only_after_commit(contract *c)
{
    cr_sink *sink = NULL;
    CHECK(open_sink(c, "made/deep/file.txt", &sink, NULL) == CR_OK);
    CHECK(strcmp(sink->name, "file.txt") == 0);
    CHECK(write_text(sink, 4, "film") == CR_OK);
    CHECK(write_text(sink, 0, "one ") == CR_OK);
    CHECK_DEEP(check_absent(c, "made/deep/file.txt"));
    char back[8] = {0};
    size_t got = 0;
    CHECK(sink->read_at(sink, 4, back, sizeof back, &got) == CR_OK);
    CHECK(got == 4);
    CHECK(strcmp(back, "film") == 0);
    CHECK(sink->commit(sink) == CR_OK);
    cr_sink_close(&sink);
    CHECK_DEEP(check_content(c, "made/deep/file.txt", "one film"));
}

static void a_sink_closed_without_commit_leaves_nothing(contract *c)
{
    cr_sink *sink = NULL;
    CHECK(open_sink(c, "dropped/file.txt", &sink, NULL) == CR_OK);
    CHECK(write_text(sink, 0, "half") == CR_OK);
    cr_sink_close(&sink);
    CHECK_DEEP(check_absent(c, "dropped/file.txt"));
    // What it was written to is clean for the next.
    CHECK_DEEP(write_file(c, "dropped.txt", "x"));
    CHECK_DEEP(check_content(c, "dropped.txt", "x"));
}

static void a_failed_sink_keeps_the_old_file(contract *c)
{
    CHECK_DEEP(write_file(c, "kept.txt", "old"));
    cr_sink *sink = NULL;
    CHECK(open_sink(c, "kept.txt", &sink, NULL) == CR_OK);
    CHECK(write_text(sink, 0, "newer") == CR_OK);
    cr_sink_close(&sink);
    CHECK_DEEP(check_content(c, "kept.txt", "old"));
}

static void a_commit_takes_the_place_of_the_old_file(contract *c)
{
    CHECK_DEEP(write_file(c, "replaced.txt", "the old and longer one"));
    cr_sink *sink = NULL;
    CHECK(open_sink(c, "replaced.txt", &sink, NULL) == CR_OK);
    CHECK(write_text(sink, 0, "new") == CR_OK);
    CHECK_DEEP(check_content(c, "replaced.txt", "the old and longer one"));
    CHECK(sink->commit(sink) == CR_OK);
    cr_sink_close(&sink);
    CHECK_DEEP(check_content(c, "replaced.txt", "new"));
}

static void what_is_between_two_writes_is_zero(contract *c)
{
    cr_sink *sink = NULL;
    CHECK(open_sink(c, "hole.bin", &sink, NULL) == CR_OK);
    CHECK(write_text(sink, 100000, "end") == CR_OK);
    CHECK(write_text(sink, 0, "begin") == CR_OK);
    CHECK(sink->commit(sink) == CR_OK);
    cr_sink_close(&sink);
    cr_source *source = NULL;
    CHECK(open_source(c, "hole.bin", &source, NULL) == CR_OK);
    CHECK(source->size == 100003);
    char data[8];
    size_t got = 0;
    CHECK(source->read_at(source, 50000, data, sizeof data, &got) == CR_OK);
    CHECK(got == sizeof data && memcmp(data, "\0\0\0\0\0\0\0\0", 8) == 0);
    cr_source_close(&source);
}

static void an_empty_file_is_a_file(contract *c)
{
    CHECK_DEEP(write_file(c, "empty.txt", ""));
    CHECK_DEEP(check_content(c, "empty.txt", ""));
}

static void many_files_follow_one_another(contract *c)
{
    char name[32], text[32];
    for (int i = 0; i < 6; i++) {
        snprintf(name, sizeof name, "many/%d.txt", i);
        snprintf(text, sizeof text, "file %d", i);
        CHECK_DEEP(write_file(c, name, text));
    }
    for (int i = 5; i >= 0; i--) {
        snprintf(name, sizeof name, "many/%d.txt", i);
        snprintf(text, sizeof text, "file %d", i);
        CHECK_DEEP(check_content(c, name, text));
    }
}

static void missing_files_and_folders_are_named(contract *c)
{
    cr_source *source = NULL;
    cr_fault fault = {0};
    char uri[URI_MAX];
    CHECK(open_source(c, "nowhere/x.mp4", &source, &fault) == CR_NOTFOUND);
    CHECK(!source);
    CHECK(strcmp(fault.where, uri_of(c, "nowhere/x.mp4", uri)) == 0);
    CHECK(strstr(fault.text, "No such file"));
    if (!c->has_folders) return;
    CHECK_DEEP(write_file(c, "a-folder/file.txt", "x"));
    CHECK(open_source(c, "a-folder", &source, &fault) != CR_OK);
    cr_sink *sink = NULL;
    CHECK(open_sink(c, "a-folder", &sink, &fault) != CR_OK);
    CHECK(strcmp(fault.where, uri_of(c, "a-folder", uri)) == 0);
    CHECK(c->host->open_sink(c->host->cookie, "", &sink, &fault) == CR_INVALID);
}

static void reads_past_the_end_are_short(contract *c)
{
    CHECK_DEEP(write_file(c, "short.txt", "0123456789"));
    cr_source *source = NULL;
    CHECK(open_source(c, "short.txt", &source, NULL) == CR_OK);
    CHECK(source->size == 10);
    CHECK(strcmp(source->name, "short.txt") == 0);
    char data[16];
    size_t got = 99;
    CHECK(source->read_at(source, 7, data, sizeof data, &got) == CR_OK);
    CHECK(got == 3);
    CHECK(source->read_at(source, 10, data, sizeof data, &got) == CR_OK);
    CHECK(got == 0);
    CHECK(source->read_at(source, UINT64_C(1) << 40, data, sizeof data, &got) == CR_OK);
    CHECK(got == 0);
    CHECK(source->read_at(source, UINT64_MAX >> 1, data, sizeof data, &got) == CR_OK);
    CHECK(got == 0);
    cr_source_close(&source);
}

// Bytes that say where they are.
enum { LARGE_SIZE = 5 << 20, LARGE_PIECE = 300000 };

static uint8_t byte_at(size_t offset)
{
    return (uint8_t)((offset * 2654435761u) >> 13);
}

static cr_status read_fully(cr_source *source, uint64_t offset, uint8_t *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        size_t got = 0;
        cr_status status = source->read_at(source, offset + done, data + done, size - done, &got);
        if (status != CR_OK) return status;
        if (got == 0) return CR_EOF;
        done += got;
    }
    return CR_OK;
}

static bool is_as_written(cr_source *source, size_t offset, size_t size)
{
    uint8_t *data = cr_alloc(size, 1);
    bool is_same = read_fully(source, offset, data, size) == CR_OK;
    for (size_t i = 0; is_same && i < size; i++)
        is_same = data[i] == byte_at(offset + i);
    cr_free(data);
    return is_same;
}

static void write_large(contract *c, const char *name)
{
    cr_sink *sink = NULL;
    CHECK(open_sink(c, name, &sink, NULL) == CR_OK);
    uint8_t *piece = cr_alloc(LARGE_PIECE, 1);
    for (size_t at = 0; at < LARGE_SIZE; at += LARGE_PIECE) {
        size_t size = LARGE_SIZE - at < LARGE_PIECE ? LARGE_SIZE - at : LARGE_PIECE;
        for (size_t i = 0; i < size; i++)
            piece[i] = byte_at(at + i);
        CHECK(sink->write_at(sink, at, piece, size) == CR_OK);
    }
    cr_free(piece);
    CHECK(sink->commit(sink) == CR_OK);
    cr_sink_close(&sink);
}

static void large_files_are_read_in_any_order(contract *c)
{
    CHECK_DEEP(write_large(c, "large.bin"));
    cr_source *source = NULL;
    CHECK(open_source(c, "large.bin", &source, NULL) == CR_OK);
    CHECK(source->size == LARGE_SIZE);
    CHECK(is_as_written(source, 0, LARGE_SIZE));
    uint32_t seed = 1;
    for (int i = 0; i < 200; i++) {
        seed = seed * 1664525 + 1013904223;
        size_t offset = seed % (LARGE_SIZE - 5000);
        CHECK(is_as_written(source, offset, 1 + (seed >> 20)));
    }
    cr_source_close(&source);
}

typedef struct readers {
    contract *contract;
    cr_source *shared;
    int good[16];
} readers;

// Each reads through a source of its own, which it opens and closes.
static void read_alone(void *cookie, int index)
{
    readers *r = cookie;
    cr_source *source = NULL;
    if (open_source(r->contract, "threads.bin", &source, NULL) != CR_OK) return;
    bool is_good = true;
    for (size_t i = 0; i < 5; i++)
        is_good = is_good && is_as_written(source, ((size_t)index + i * 16) * 60000, 30000);
    cr_source_close(&source);
    cr_source *missing = NULL;
    is_good = is_good && open_source(r->contract, "nothing", &missing, NULL) == CR_NOTFOUND;
    r->good[index] = is_good;
}

static void threads_may_read(contract *c)
{
    CHECK_DEEP(write_large(c, "threads.bin"));
    readers r = {.contract = c};
    c->host->run_parallel(c->host->cookie, 16, read_alone, &r);
    for (int i = 0; i < 16; i++)
        CHECK(r.good[i]);
}

static void write_alone(void *cookie, int index)
{
    readers *r = cookie;
    char name[32], text[32];
    snprintf(name, sizeof name, "threads/%d.txt", index);
    snprintf(text, sizeof text, "of task %d", index);
    cr_sink *sink = NULL;
    if (open_sink(r->contract, name, &sink, NULL) != CR_OK) return;
    bool is_good = write_text(sink, 0, text) == CR_OK && sink->commit(sink) == CR_OK;
    cr_sink_close(&sink);
    r->good[index] = is_good;
}

static void threads_may_write(contract *c)
{
    readers r = {.contract = c};
    c->host->run_parallel(c->host->cookie, 4, write_alone, &r);
    for (int i = 0; i < 4; i++) {
        char name[32], text[32];
        snprintf(name, sizeof name, "threads/%d.txt", i);
        snprintf(text, sizeof text, "of task %d", i);
        CHECK(r.good[i]);
        CHECK_DEEP(check_content(c, name, text));
    }
}

typedef struct tally {
    int ran[1000];
} tally;

static void mark(void *cookie, int index)
{
    tally *marks = cookie;
    __atomic_fetch_add(&marks->ran[index], 1, __ATOMIC_RELAXED);
}

static void every_task_runs_exactly_once(contract *c)
{
    CHECK(c->host->thread_count >= 1);
    for (int count = 0; count <= 1000; count += count < 20 ? 1 : 97) {
        tally marks = {0};
        c->host->run_parallel(c->host->cookie, count, mark, &marks);
        // Nothing is still running: plain reads see every task's write.
        for (int i = 0; i < 1000; i++)
            CHECK(marks.ran[i] == (i < count ? 1 : 0));
    }
}

const contract_case contract_cases[] = {
    {"a sink is seen only after commit", a_sink_is_seen_only_after_commit},
    {"a sink closed without commit leaves nothing", a_sink_closed_without_commit_leaves_nothing},
    {"a failed sink keeps the old file", a_failed_sink_keeps_the_old_file},
    {"a commit takes the place of the old file", a_commit_takes_the_place_of_the_old_file},
    {"what is between two writes is zero", what_is_between_two_writes_is_zero},
    {"an empty file is a file", an_empty_file_is_a_file},
    {"many files follow one another", many_files_follow_one_another},
    {"missing files and folders are named", missing_files_and_folders_are_named},
    {"reads past the end are short", reads_past_the_end_are_short},
    {"large files are read in any order", large_files_are_read_in_any_order},
    {"threads may read", threads_may_read},
    {"threads may write", threads_may_write},
    {"every task runs exactly once", every_task_runs_exactly_once},
};
const int contract_case_count = sizeof contract_cases / sizeof *contract_cases;
