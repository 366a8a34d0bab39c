// Where the store's tests keep theirs: a file of SQLite's, or the PostgreSQL database that
// CUTROOM_TEST_DATABASE names, which they empty.
#pragma once

#include <stdbool.h>

#include "store/store_query.h"

// The address to open; [file] is the file where it is one.
const char *place_path(const char *file);
bool place_is_file(void);
// Leaves nothing of it.
void place_forget(const char *file);
// The first value of the first row; gives it (cr_free). "" for none.
char *place_ask(cr_store *store, const char *sql);
