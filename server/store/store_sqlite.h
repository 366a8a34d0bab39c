// What the files of the SQLite store share. No other folder includes this.
#pragma once

#include <sqlite3.h>

#include "store/store.h"

// See store.h; open to the store's own files only.
struct cr_store {
    sqlite3 *database;
    char *path;
};

// One statement at work. [types] describes the values that follow in order: 't' text (NULL is
// NULL), 'i' int64_t, 'j' const cJSON * (as text, NULL is NULL).
typedef struct cr_query {
    cr_store *store;
    sqlite3_stmt *statement;
} cr_query;

// Prepares [sql] with its values; the query borrows [store] and is to be closed.
CR_CHECKED cr_status cr_query_open(cr_query *out, cr_store *store, cr_fault *fault, const char *sql,
                                   const char *types, ...);
// CR_OK: a row is there; CR_EOF: no more.
CR_CHECKED cr_status cr_query_next(cr_query *query, cr_fault *fault);
void cr_query_close(cr_query *query);

int64_t cr_query_int(const cr_query *query, int column);
char *cr_query_text(const cr_query *query, int column); // gives; "" for NULL
// Gives the tree; *out is NULL for NULL.
CR_CHECKED cr_status cr_query_json(const cr_query *query, int column, cJSON **out, cr_fault *fault);

// A statement without rows.
CR_CHECKED cr_status cr_store_run(cr_store *store, cr_fault *fault, const char *sql,
                                  const char *types, ...);

// Rows changed by the last cr_store_run.
int cr_store_changed(const cr_store *store);

// Opens a transaction, to be closed by cr_store_end.
CR_CHECKED cr_status cr_store_begin(cr_store *store, cr_fault *fault);
// Commits when [status] is CR_OK, else rolls back; gives what came of it.
CR_CHECKED cr_status cr_store_end(cr_store *store, cr_status status, cr_fault *fault);

// Append to the change feed; takes [body].
CR_CHECKED cr_status cr_store_announce(cr_store *store, const char *project, cJSON *body,
                                       cr_fault *fault);

// Fill [fault] from what SQLite last said.
cr_status cr_store_fail(cr_store *store, int code, cr_fault *fault);

// Brings an older database to the present tables.
CR_CHECKED cr_status cr_store_migrate(cr_store *store, cr_fault *fault);

// A done job's output as rows of the table it belongs to.
CR_CHECKED cr_status cr_store_keep_output(cr_store *store, int64_t job, const cJSON *output,
                                          cr_fault *fault);
