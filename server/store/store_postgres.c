// The store on PostgreSQL, for several servers. One of them writes at a time, as with SQLite: a
// transaction holds an advisory lock, so that revisions appear in their order and no two decide
// about the same money.
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"
#include "store/store_query.h"

// Values that a statement may have, and room for a number as text.
enum { VALUES_MAX = 16, NUMBER_ROOM = 24 };
// Types as PostgreSQL numbers them.
enum { TYPE_INT8 = 20, TYPE_TEXT = 25 };

// How long a server is waited for, and how long another's transaction.
#define CONNECT_SECONDS "10"
static const char settings[] = "SET lock_timeout = 20000; SET client_min_messages = warning;"
                               " SET synchronous_commit = on";
// Any number of ours: whoever writes holds it.
static const char writer_lock[] = "SELECT pg_advisory_xact_lock(4877523310)";

typedef struct postgres {
    PGconn *connection;
    bool is_in_transaction;
    int changed;
} postgres;

// What the server said, on one line.
static void first_line(const char *text, char *out, size_t size)
{
    snprintf(out, size, "%.*s", (int)strcspn(text, "\r\n"), text);
}

static cr_status fail(const cr_store *store, const PGresult *result, cr_fault *fault)
{
    const postgres *own = store->database;
    const char *path = store->path;
    char text[256];
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (!state || PQstatus(own->connection) != CONNECTION_OK) {
        first_line(PQerrorMessage(own->connection), text, sizeof text);
        return cr_fail(fault, CR_IO, path, "the database cannot be reached: %s", text);
    }
    const char *said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    first_line(said ? said : "", text, sizeof text);
    if (strcmp(state, "53100") == 0)
        return cr_fail(fault, CR_NOSPACE, path,
                       "the database's disk is full; nothing that was kept is lost");
    if (strcmp(state, "55P03") == 0 || strcmp(state, "40P01") == 0)
        return cr_fail(fault, CR_BUSY, path, "another process holds the database");
    if (strncmp(state, "XX", 2) == 0)
        return cr_fail(fault, CR_CORRUPT, path, "the database is damaged (%s)", text);
    if (strcmp(state, "42501") == 0 || strcmp(state, "25006") == 0)
        return cr_fail(fault, CR_DENIED, path, "the database may not be written: %s", text);
    return cr_fail(fault, CR_IO, path, "the database failed: %s", text);
}

static cr_status run_plain(cr_store *store, const char *sql, cr_fault *fault)
{
    const postgres *own = store->database;
    PGresult *result = PQexec(own->connection, sql);
    ExecStatusType code = PQresultStatus(result);
    cr_status status =
        code == PGRES_COMMAND_OK || code == PGRES_TUPLES_OK ? CR_OK : fail(store, result, fault);
    PQclear(result);
    return status;
}

// A server that was started anew is met again between two transactions, never within one.
static cr_status be_connected(cr_store *store, cr_fault *fault)
{
    const postgres *own = store->database;
    if (own->is_in_transaction || PQstatus(own->connection) == CONNECTION_OK) return CR_OK;
    PQreset(own->connection);
    if (PQstatus(own->connection) != CONNECTION_OK) return fail(store, NULL, fault);
    return run_plain(store, settings, fault);
}

// Parameters as PostgreSQL writes them: $1 for ?1, and for ? the next. Gives the text.
static char *with_dollars(const char *sql)
{
    size_t room = strlen(sql) + (size_t)VALUES_MAX * 3 + 1, used = 0;
    char *out = cr_alloc(room, 1);
    int next = 1;
    for (const char *at = sql; *at;) {
        if (*at != '?') {
            out[used++] = *at++;
            continue;
        }
        out[used++] = '$';
        at++;
        if (*at < '0' || *at > '9') {
            CR_ASSERT(next <= VALUES_MAX);
            used += (size_t)snprintf(out + used, room - used, "%d", next++);
        }
    }
    return out;
}

static cr_status open_query(cr_query *out, cr_store *store, const char *sql, const cr_value *values,
                            int count, cr_fault *fault)
{
    CR_ASSERT(count <= VALUES_MAX);
    postgres *own = store->database;
    cr_status status = be_connected(store, fault);
    if (status != CR_OK) return status;
    Oid types[VALUES_MAX];
    const char *texts[VALUES_MAX];
    char numbers[VALUES_MAX][NUMBER_ROOM];
    for (int i = 0; i < count; i++) {
        types[i] = values[i].is_text ? TYPE_TEXT : TYPE_INT8;
        snprintf(numbers[i], NUMBER_ROOM, "%lld", (long long)values[i].number);
        texts[i] = values[i].is_text ? values[i].text : numbers[i];
    }
    char *dollars = with_dollars(sql);
    PGresult *result = PQexecParams(own->connection, dollars, count, types, texts, NULL, NULL, 0);
    // Only now is it seen that the server was started anew. To read once more harms nothing.
    if (PQstatus(own->connection) != CONNECTION_OK && !own->is_in_transaction &&
        strncmp(sql, "SELECT", 6) == 0 && be_connected(store, NULL) == CR_OK) {
        PQclear(result);
        result = PQexecParams(own->connection, dollars, count, types, texts, NULL, NULL, 0);
    }
    cr_free(dollars);
    ExecStatusType code = PQresultStatus(result);
    if (code != PGRES_COMMAND_OK && code != PGRES_TUPLES_OK) {
        status = fail(store, result, fault);
        PQclear(result);
        return status;
    }
    own->changed = (int)strtol(PQcmdTuples(result), NULL, 10);
    out->handle = result;
    if (strcmp(sql, "COMMIT") == 0) own->is_in_transaction = false;
    return CR_OK;
}

static cr_status next_row(cr_query *query, cr_fault *fault)
{
    (void)fault;
    return ++query->row < PQntuples(query->handle) ? CR_OK : CR_EOF;
}

static void end_query(cr_query *query)
{
    PQclear(query->handle);
}

static const char *read_text(const cr_query *query, int column)
{
    if (PQgetisnull(query->handle, query->row, column)) return NULL;
    return PQgetvalue(query->handle, query->row, column);
}

static int count_changed(const cr_store *store)
{
    const postgres *own = store->database;
    return own->changed;
}

static void rollback(cr_store *store)
{
    postgres *own = store->database;
    if (own->is_in_transaction) PQclear(PQexec(own->connection, "ROLLBACK"));
    own->is_in_transaction = false;
}

static cr_status begin(cr_store *store, cr_fault *fault)
{
    postgres *own = store->database;
    cr_status status = be_connected(store, fault);
    if (status == CR_OK) status = run_plain(store, "BEGIN", fault);
    // Nothing was done yet: another try is with the server that was started anew.
    if (status != CR_OK && PQstatus(own->connection) != CONNECTION_OK) {
        status = be_connected(store, fault);
        if (status == CR_OK) status = run_plain(store, "BEGIN", fault);
    }
    if (status != CR_OK) return status;
    own->is_in_transaction = true;
    status = run_plain(store, writer_lock, fault);
    if (status != CR_OK) rollback(store);
    return status;
}

// Gives [text] with every [from] as [to].
static char *replaced(const char *text, const char *from, const char *to)
{
    char *out = cr_strdup("");
    for (const char *hit; (hit = strstr(text, from)); text = hit + strlen(from)) {
        char *longer = cr_format("%s%.*s%s", out, (int)(hit - text), text, to);
        cr_free(out);
        out = longer;
    }
    char *whole = cr_format("%s%s", out, text);
    cr_free(out);
    return whole;
}

// The tables are written for SQLite, whose INTEGER has 64 bits.
static cr_status run_script(cr_store *store, const char *sql, cr_fault *fault)
{
    char *keys = replaced(sql, "INTEGER PRIMARY KEY AUTOINCREMENT",
                          "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
    char *all = replaced(keys, "INTEGER", "BIGINT");
    cr_status status = run_plain(store, all, fault);
    cr_free(keys);
    cr_free(all);
    return status;
}

static cr_status backup(cr_store *store, const char *file, cr_fault *fault)
{
    (void)file;
    return cr_fail(fault, CR_UNSUPPORTED, store->path,
                   "PostgreSQL is backed up by its own tool while it runs: pg_dump");
}

// PostgreSQL verifies its pages as they are read.
static cr_status check(cr_store *store, cr_fault *fault)
{
    static const char *const tables[] = {"video_projects", "scenes", "jobs", "calls", "event"};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char *sql = cr_format("SELECT count(t) FROM %s AS t", tables[i]);
        cr_status status = run_plain(store, sql, fault);
        cr_free(sql);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static void close_database(cr_store *store)
{
    postgres *own = store->database;
    if (own) PQfinish(own->connection);
    cr_free(own);
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

static void hear_nothing(void *cookie, const char *message)
{
    (void)cookie;
    (void)message;
}

static const char *part_of(const PQconninfoOption *parts, const char *keyword)
{
    for (; parts->keyword; parts++)
        if (strcmp(parts->keyword, keyword) == 0 && parts->val) return parts->val;
    return "";
}

// The address as people may read it. libpq's own sentence about a bad one would repeat the
// password.
static cr_status tellable(const char *url, char **out, cr_fault *fault)
{
    PQconninfoOption *parts = PQconninfoParse(url, NULL);
    if (!parts)
        return cr_fail(fault, CR_INVALID, "--db",
                       "this is no address of a PostgreSQL database, as "
                       "postgres://user@host:5432/name is (special characters as %%40)");
    const char *user = part_of(parts, "user"), *port = part_of(parts, "port");
    *out = cr_format("postgres://%s%s%s%s%s/%s", user, user[0] ? "@" : "", part_of(parts, "host"),
                     port[0] ? ":" : "", port, part_of(parts, "dbname"));
    PQconninfoFree(parts);
    return CR_OK;
}

cr_status cr_store_postgres_open(cr_store *store, const char *url, cr_fault *fault)
{
    cr_status status = tellable(url, &store->path, fault);
    if (status != CR_OK) return status;
    static const char *const keywords[] = {"connect_timeout", "fallback_application_name",
                                           "client_encoding", "dbname", NULL};
    const char *const values[] = {CONNECT_SECONDS, "cutroom", "UTF8", url, NULL};
    postgres *own = cr_alloc(1, sizeof *own);
    own->connection = PQconnectdbParams(keywords, values, 1);
    store->database = own;
    store->backend = &backend;
    PQsetNoticeProcessor(own->connection, hear_nothing, NULL);
    if (PQstatus(own->connection) != CONNECTION_OK) return fail(store, NULL, fault);
    return run_plain(store, settings, fault);
}
