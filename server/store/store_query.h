// What the files of the store share: statements, written once in the SQL that SQLite and PostgreSQL
// agree on, and the table of functions that one database fills. No other folder includes this.
#pragma once

#include "store/store.h"

typedef struct cr_query cr_query;

// A value of a statement: text (NULL is NULL) or a number.
typedef struct cr_value {
    bool is_text;
    const char *text; // borrowed until the statement was opened
    int64_t number;
} cr_value;

// What one database does. Statements number their parameters ?1, ?2 or, in order, ?.
typedef struct cr_store_backend {
    void (*close)(cr_store *store);
    cr_status (*query)(cr_query *out, cr_store *store, const char *sql, const cr_value *values,
                       int count, cr_fault *fault);
    cr_status (*next)(cr_query *query, cr_fault *fault); // CR_EOF: no more
    void (*end)(cr_query *query);
    const char *(*text)(const cr_query *query, int column); // borrowed until next; NULL for NULL
    int (*changed)(const cr_store *store);
    cr_status (*begin)(cr_store *store, cr_fault *fault); // waits for whoever is writing
    void (*rollback)(cr_store *store);                    // nothing when none is open
    // Several statements of SQLite's dialect, without values, as the migrations are written.
    cr_status (*script)(cr_store *store, const char *sql, cr_fault *fault);
    cr_status (*backup)(cr_store *store, const char *file, cr_fault *fault);
    cr_status (*check)(cr_store *store, cr_fault *fault);
} cr_store_backend;

// See store.h; open to the store's own files only.
struct cr_store {
    void *database;
    const cr_store_backend *backend;
    char *path; // as it is told to people: without a password
};

// One statement at work.
struct cr_query {
    cr_store *store;
    void *handle;
    int row; // -1 before the first
};

// Connects without touching tables; each fills a store whose [path] is to be set by it.
CR_CHECKED cr_status cr_store_sqlite_open(cr_store *store, const char *path, cr_fault *fault);
CR_CHECKED cr_status cr_store_postgres_open(cr_store *store, const char *url, cr_fault *fault);

// Prepares [sql] with its values; the query borrows [store] and is to be closed. [types] describes
// the values that follow in order: 't' text (NULL is NULL), 'i' int64_t, 'j' const cJSON * (as
// text, NULL is NULL).
CR_CHECKED cr_status cr_query_open(cr_query *out, cr_store *store, cr_fault *fault, const char *sql,
                                   const char *types, ...);
// CR_OK: a row is there; CR_EOF: no more.
CR_CHECKED cr_status cr_query_next(cr_query *query, cr_fault *fault);
void cr_query_close(cr_query *query);

int64_t cr_query_int(const cr_query *query, int column); // 0 for NULL
char *cr_query_text(const cr_query *query, int column);  // gives; "" for NULL
// Gives the tree; *out is NULL for NULL.
CR_CHECKED cr_status cr_query_json(const cr_query *query, int column, cJSON **out, cr_fault *fault);

// A statement without rows.
CR_CHECKED cr_status cr_store_run(cr_store *store, cr_fault *fault, const char *sql,
                                  const char *types, ...);
// An INSERT that ends in RETURNING: gives the number that it returns.
CR_CHECKED cr_status cr_store_run_int(cr_store *store, int64_t *out, cr_fault *fault,
                                      const char *sql, const char *types, ...);

// Rows changed by the last cr_store_run.
int cr_store_changed(const cr_store *store);

// Opens a transaction, to be closed by cr_store_end.
CR_CHECKED cr_status cr_store_begin(cr_store *store, cr_fault *fault);
// Commits when [status] is CR_OK, else rolls back; gives what came of it.
CR_CHECKED cr_status cr_store_end(cr_store *store, cr_status status, cr_fault *fault);

// Append to the change feed; takes [body].
CR_CHECKED cr_status cr_store_announce(cr_store *store, const char *project, cJSON *body,
                                       cr_fault *fault);

// Brings an older database to the present tables.
CR_CHECKED cr_status cr_store_migrate(cr_store *store, cr_fault *fault);

// A done job's output as rows of the table it belongs to.
CR_CHECKED cr_status cr_store_keep_output(cr_store *store, int64_t job, const cJSON *output,
                                          cr_fault *fault);
