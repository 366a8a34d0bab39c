#include "store/store.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "store/store_query.h"

// Values that a statement may have.
enum { VALUES_MAX = 16 };

static cr_status open_query(cr_query *out, cr_store *store, cr_fault *fault, const char *sql,
                            const char *types, va_list arguments)
{
    cr_value values[VALUES_MAX] = {{0}};
    char *printed[VALUES_MAX] = {NULL};
    int count = 0;
    for (; types[count]; count++) {
        CR_ASSERT(count < VALUES_MAX);
        values[count] = (cr_value){.is_text = types[count] != 'i'};
        if (types[count] == 't') {
            values[count].text = va_arg(arguments, const char *);
        } else if (types[count] == 'i') {
            values[count].number = va_arg(arguments, int64_t);
        } else {
            CR_ASSERT(types[count] == 'j');
            const cJSON *tree = va_arg(arguments, const cJSON *);
            values[count].text = printed[count] = tree ? cr_json_print(tree, false) : NULL;
        }
    }
    cr_query query = {.store = store, .row = -1};
    cr_status status = store->backend->query(&query, store, sql, values, count, fault);
    for (int i = 0; i < count; i++)
        cr_free(printed[i]);
    if (status == CR_OK) *out = query;
    return status;
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
    return query->store->backend->next(query, fault);
}

void cr_query_close(cr_query *query)
{
    query->store->backend->end(query);
    *query = (cr_query){0};
}

int64_t cr_query_int(const cr_query *query, int column)
{
    const char *text = query->store->backend->text(query, column);
    return text ? strtoll(text, NULL, 10) : 0;
}

char *cr_query_text(const cr_query *query, int column)
{
    const char *text = query->store->backend->text(query, column);
    return cr_strdup(text ? text : "");
}

cr_status cr_query_json(const cr_query *query, int column, cJSON **out, cr_fault *fault)
{
    const char *text = query->store->backend->text(query, column);
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

cr_status cr_store_run_int(cr_store *store, int64_t *out, cr_fault *fault, const char *sql,
                           const char *types, ...)
{
    cr_query query;
    va_list arguments;
    va_start(arguments, types);
    cr_status status = open_query(&query, store, fault, sql, types, arguments);
    va_end(arguments);
    if (status != CR_OK) return status;
    int64_t value = 0;
    // To its end: SQLite inserts all rows before the first is returned, but is done only then.
    while ((status = cr_query_next(&query, fault)) == CR_OK)
        value = cr_query_int(&query, 0);
    cr_query_close(&query);
    if (status != CR_EOF) return status;
    *out = value;
    return CR_OK;
}

int cr_store_changed(const cr_store *store)
{
    return store->backend->changed(store);
}

cr_status cr_store_begin(cr_store *store, cr_fault *fault)
{
    return store->backend->begin(store, fault);
}

cr_status cr_store_end(cr_store *store, cr_status status, cr_fault *fault)
{
    if (status == CR_OK) status = cr_store_run(store, fault, "COMMIT", "");
    if (status != CR_OK) store->backend->rollback(store);
    return status;
}

cr_status cr_store_announce(cr_store *store, const char *project, cJSON *body, cr_fault *fault)
{
    cr_status status = cr_store_run(store, fault, "INSERT INTO event (project, body) VALUES (?, ?)",
                                    "tj", project, body);
    cJSON_Delete(body);
    return status;
}

static bool is_postgres(const char *path)
{
    return strncmp(path, "postgres://", 11) == 0 || strncmp(path, "postgresql://", 13) == 0;
}

cr_status cr_store_open(cr_store **out, const char *path, cr_fault *fault)
{
    cr_store *store = cr_alloc(1, sizeof *store);
    cr_status status = is_postgres(path) ? cr_store_postgres_open(store, path, fault)
                                         : cr_store_sqlite_open(store, path, fault);
    if (status == CR_OK) status = cr_store_migrate(store, fault);
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
    if ((*store)->backend) (*store)->backend->close(*store);
    cr_free((*store)->path);
    cr_free(*store);
    *store = NULL;
}

cr_status cr_store_backup(cr_store *store, const char *file, cr_fault *fault)
{
    return store->backend->backup(store, file, fault);
}

cr_status cr_store_check(cr_store *store, cr_fault *fault)
{
    return store->backend->check(store, fault);
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
