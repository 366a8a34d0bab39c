#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "store/store_query.h"

// How long another process may hold the write lock before we give up.
enum { BUSY_MS = 20000 };
// Pages that one step of a backup copies, and for how long it then lets others write.
enum { BACKUP_PAGES = 512, BACKUP_PAUSE_MS = 5 };

static cr_status fail(cr_store *store, int code, cr_fault *fault)
{
    const char *path = store->path;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return cr_fail(fault, CR_NOSPACE, path, "the disk is full; nothing that was kept is lost");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return cr_fail(fault, CR_BUSY, path, "another process holds the database");
    case SQLITE_NOTADB:
        return cr_fail(fault, CR_CORRUPT, path, "this file is not a database of Cutroom");
    case SQLITE_CORRUPT:
        return cr_fail(fault, CR_CORRUPT, path, "the database is damaged (%s)",
                       sqlite3_errmsg(store->database));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return cr_fail(fault, CR_DENIED, path, "the database may not be written");
    case SQLITE_CANTOPEN:
        return cr_fail(fault, CR_IO, path, "the database cannot be opened");
    case SQLITE_NOMEM:
        return cr_fail(fault, CR_NOMEM, path, "out of memory");
    default:
        return cr_fail(fault, CR_IO, path, "the database failed: %s",
                       sqlite3_errmsg(store->database));
    }
}

static cr_status open_query(cr_query *out, cr_store *store, const char *sql, const cr_value *values,
                            int count, cr_fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL);
    for (int i = 0; i < count && code == SQLITE_OK; i++)
        code = values[i].is_text
                   ? sqlite3_bind_text(statement, i + 1, values[i].text, -1, SQLITE_TRANSIENT)
                   : sqlite3_bind_int64(statement, i + 1, values[i].number);
    if (code != SQLITE_OK) {
        cr_status status = fail(store, code, fault);
        sqlite3_finalize(statement);
        return status;
    }
    out->handle = statement;
    return CR_OK;
}

static cr_status next_row(cr_query *query, cr_fault *fault)
{
    int code = sqlite3_step(query->handle);
    if (code == SQLITE_ROW) return CR_OK;
    if (code == SQLITE_DONE) return CR_EOF;
    return fail(query->store, code, fault);
}

static void end_query(cr_query *query)
{
    sqlite3_finalize(query->handle);
}

static const char *read_text(const cr_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->handle, column);
}

static int count_changed(const cr_store *store)
{
    return sqlite3_changes(store->database);
}

static cr_status begin(cr_store *store, cr_fault *fault)
{
    return cr_store_run(store, fault, "BEGIN IMMEDIATE", "");
}

static void rollback(cr_store *store)
{
    // A failed statement may have rolled back by itself; then there is nothing left to do.
    if (!sqlite3_get_autocommit(store->database))
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
}

static cr_status run_script(cr_store *store, const char *sql, cr_fault *fault)
{
    int code = sqlite3_exec(store->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? CR_OK : fail(store, code, fault);
}

static cr_status copy_pages(cr_store *store, sqlite3 *target, const char *file, cr_fault *fault)
{
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", store->database, "main");
    int code = backup ? SQLITE_OK : sqlite3_errcode(target);
    while (backup) {
        code = sqlite3_backup_step(backup, BACKUP_PAGES);
        if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED) break;
        sqlite3_sleep(BACKUP_PAUSE_MS);
    }
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE) return CR_OK;
    if (code == SQLITE_FULL)
        return cr_fail(fault, CR_NOSPACE, file, "the disk is full; the backup was not made");
    return cr_fail(fault, CR_IO, file, "the backup failed: %s", sqlite3_errstr(code));
}

// Others may go on writing: SQLite copies what they change again.
static cr_status backup(cr_store *store, const char *file, cr_fault *fault)
{
    if (access(file, F_OK) == 0)
        return cr_fail(fault, CR_EXISTS, file, "there is a file already; it was left alone");
    sqlite3 *target = NULL;
    int code = sqlite3_open_v2(file, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    cr_status status = code == SQLITE_OK
                           ? copy_pages(store, target, file, fault)
                           : cr_fail(fault, CR_IO, file, "the backup cannot be written here");
    sqlite3_close(target);
    if (status != CR_OK && code == SQLITE_OK) unlink(file);
    return status;
}

static cr_status check(cr_store *store, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault, "PRAGMA integrity_check(1)", "");
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    const char *said = status == CR_OK ? read_text(&query, 0) : "";
    if (status == CR_OK && strcmp(said, "ok") != 0)
        status = cr_fail(fault, CR_CORRUPT, store->path, "the database is damaged: %s", said);
    cr_query_close(&query);
    return status;
}

static void close_database(cr_store *store)
{
    sqlite3_close(store->database);
}

static const cr_store_backend backend = {
    .close = close_database,
    .query = open_query,
    .next = next_row,
    .end = end_query,
    .text = read_text,
    .changed = count_changed,
    .begin = begin,
    .rollback = rollback,
    .script = run_script,
    .backup = backup,
    .check = check,
};

// Durable against a power cut too: an intent must be on disk before money is spent on it.
static cr_status prepare(cr_store *store, cr_fault *fault)
{
    sqlite3_extended_result_codes(store->database, 1);
    sqlite3_busy_timeout(store->database, BUSY_MS);
    static const char *const pragmas[] = {
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
    };
    for (size_t i = 0; i < CR_COUNT_OF(pragmas); i++) {
        cr_status status = cr_store_run(store, fault, pragmas[i], "");
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_store_sqlite_open(cr_store *store, const char *path, cr_fault *fault)
{
    store->backend = &backend;
    store->path = cr_strdup(path);
    sqlite3 *database = NULL;
    int code = sqlite3_open_v2(
        path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, NULL);
    store->database = database;
    return code == SQLITE_OK ? prepare(store, fault) : fail(store, code, fault);
}
