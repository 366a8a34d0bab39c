#include "store/store_sqlite.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"

// How long another process may hold the write lock before we give up.
enum { BUSY_MS = 20000 };

cr_status cr_store_fail(cr_store *store, int code, cr_fault *fault)
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

static int bind_json(sqlite3_stmt *statement, int index, const cJSON *value)
{
    if (!value) return sqlite3_bind_null(statement, index);
    char *text = cr_json_print(value, false);
    int code = sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
    cr_free(text);
    return code;
}

static int bind_all(sqlite3_stmt *statement, const char *types, va_list arguments)
{
    int code = SQLITE_OK;
    for (int i = 0; types[i] && code == SQLITE_OK; i++) {
        switch (types[i]) {
        case 't':
            // The caller's text outlives the step.
            code = sqlite3_bind_text(statement, i + 1, va_arg(arguments, const char *), -1,
                                     SQLITE_TRANSIENT);
            break;
        case 'i':
            code = sqlite3_bind_int64(statement, i + 1, va_arg(arguments, int64_t));
            break;
        default:
            CR_ASSERT(types[i] == 'j');
            code = bind_json(statement, i + 1, va_arg(arguments, const cJSON *));
        }
    }
    return code;
}

static cr_status open_query(cr_query *out, cr_store *store, cr_fault *fault, const char *sql,
                            const char *types, va_list arguments)
{
    cr_query query = {.store = store};
    int code = sqlite3_prepare_v2(store->database, sql, -1, &query.statement, NULL);
    if (code == SQLITE_OK) code = bind_all(query.statement, types, arguments);
    if (code != SQLITE_OK) {
        cr_status status = cr_store_fail(store, code, fault);
        sqlite3_finalize(query.statement);
        return status;
    }
    *out = query;
    return CR_OK;
}

cr_status cr_query_open(cr_query *out, cr_store *store, cr_fault *fault, const char *sql,
                        const char *types, ...)
{
    va_list arguments;
    va_start(arguments, types);
    cr_status status = open_query(out, store, fault, sql, types, arguments);
    va_end(arguments);
    return status;
}

cr_status cr_query_next(cr_query *query, cr_fault *fault)
{
    int code = sqlite3_step(query->statement);
    if (code == SQLITE_ROW) return CR_OK;
    if (code == SQLITE_DONE) return CR_EOF;
    return cr_store_fail(query->store, code, fault);
}

void cr_query_close(cr_query *query)
{
    sqlite3_finalize(query->statement);
    *query = (cr_query){0};
}

int64_t cr_query_int(const cr_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

char *cr_query_text(const cr_query *query, int column)
{
    const char *text = (const char *)sqlite3_column_text(query->statement, column);
    return cr_strdup(text ? text : "");
}

cr_status cr_query_json(const cr_query *query, int column, cJSON **out, cr_fault *fault)
{
    const char *text = (const char *)sqlite3_column_text(query->statement, column);
    cJSON *value = NULL;
    if (text) {
        cr_status status = cr_json_parse(&value, text, strlen(text), fault);
        if (status != CR_OK)
            return cr_fail(fault, CR_CORRUPT, query->store->path,
                           "the database is damaged: a row holds no JSON");
    }
    *out = value;
    return CR_OK;
}

cr_status cr_store_run(cr_store *store, cr_fault *fault, const char *sql, const char *types, ...)
{
    cr_query query;
    va_list arguments;
    va_start(arguments, types);
    cr_status status = open_query(&query, store, fault, sql, types, arguments);
    va_end(arguments);
    if (status != CR_OK) return status;
    while ((status = cr_query_next(&query, fault)) == CR_OK)
        continue;
    cr_query_close(&query);
    return status == CR_EOF ? CR_OK : status;
}

int cr_store_changed(const cr_store *store)
{
    return sqlite3_changes(store->database);
}

cr_status cr_store_begin(cr_store *store, cr_fault *fault)
{
    return cr_store_run(store, fault, "BEGIN IMMEDIATE", "");
}

cr_status cr_store_end(cr_store *store, cr_status status, cr_fault *fault)
{
    if (status == CR_OK) status = cr_store_run(store, fault, "COMMIT", "");
    // A failed statement may have rolled back by itself; then there is nothing left to do.
    if (status != CR_OK && !sqlite3_get_autocommit(store->database))
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

cr_status cr_store_announce(cr_store *store, const char *project, cJSON *body, cr_fault *fault)
{
    cr_status status = cr_store_run(store, fault, "INSERT INTO event (project, body) VALUES (?, ?)",
                                    "tj", project, body);
    cJSON_Delete(body);
    return status;
}

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
    for (size_t i = 0; i < sizeof pragmas / sizeof pragmas[0]; i++) {
        cr_status status = cr_store_run(store, fault, pragmas[i], "");
        if (status != CR_OK) return status;
    }
    return cr_store_migrate(store, fault);
}

cr_status cr_store_open(cr_store **out, const char *path, cr_fault *fault)
{
    cr_store *store = cr_alloc(1, sizeof *store);
    store->path = cr_strdup(path);
    int code =
        sqlite3_open_v2(path, &store->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, NULL);
    cr_status status =
        code == SQLITE_OK ? prepare(store, fault) : cr_store_fail(store, code, fault);
    if (status != CR_OK) {
        cr_store_close(&store);
        return status;
    }
    *out = store;
    return CR_OK;
}

void cr_store_close(cr_store **store)
{
    if (!*store) return;
    sqlite3_close((*store)->database);
    cr_free((*store)->path);
    cr_free(*store);
    *store = NULL;
}

cr_status cr_store_revision(cr_store *store, const char *project, int64_t *out, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT coalesce(max(rev), 0) FROM event WHERE project = ?", "t", project);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) *out = cr_query_int(&query, 0);
    cr_query_close(&query);
    return status;
}

cr_status cr_store_changes(cr_store *store, const char *project, int64_t revision, int limit,
                           void (*each)(void *cookie, int64_t revision, const char *body),
                           void *cookie, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT rev, body FROM event WHERE project = ? AND rev > ? ORDER BY rev LIMIT ?", "tii",
        project, revision, (int64_t)limit);
    if (status != CR_OK) return status;
    while ((status = cr_query_next(&query, fault)) == CR_OK) {
        char *body = cr_query_text(&query, 1);
        each(cookie, cr_query_int(&query, 0), body);
        cr_free(body);
    }
    cr_query_close(&query);
    return status == CR_EOF ? CR_OK : status;
}
