// Assets of a folder that were read lately: open, with what was said of them. What a key names
// never changes, so that only their going is looked for. Only server/asset knows.
#pragma once

#include "asset/asset.h"

typedef struct cr_depot_table cr_depot_table;

// Gives an empty one (close); those that are still held outlive it.
cr_depot_table *cr_depot_table_open(void);
// NULL is allowed.
void cr_depot_table_close(cr_depot_table **table);

// Shares (cr_depot_let_go) what is kept of [key]; NULL: nothing is, or it is not in the folder any
// more.
cr_depot_held *cr_depot_table_find(cr_depot_table *table, const cr_depot *store, const char *key);
// Shares (cr_depot_let_go) [file], taken, as [info] says it is. [table] NULL: it is not kept.
cr_depot_held *cr_depot_table_keep(cr_depot_table *table, const cr_depot_info *info, int file);
// Keeps nothing of [key] any more; whoever holds it still does.
void cr_depot_table_forget(cr_depot_table *table, const char *key);
