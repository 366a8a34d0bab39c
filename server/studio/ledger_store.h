// The broker's ledger kept in a film's store, over a connection of its own: the makers' threads
// write in it while the studio steps.
#pragma once

#include "broker/ledger.h"
#include "store/store_calls.h"

typedef struct cr_ledger_store cr_ledger_store;

// Opens the store at [path] once more, for [project] (NULL: "film"). [now_ms] as a studio's.
CR_CHECKED cr_status cr_ledger_store_open(cr_ledger_store **out, const char *path,
                                          const char *project, int64_t (*now_ms)(void *cookie),
                                          void *clock_cookie, cr_fault *fault);
void cr_ledger_store_close(cr_ledger_store **ledger);

// For the broker; borrowed, as long as the store's ledger is open.
const cr_ledger *cr_ledger_store_calls(const cr_ledger_store *ledger);

// The film's money as it stands, and its cap (millionths of a US dollar).
CR_CHECKED cr_status cr_ledger_store_budget(cr_ledger_store *ledger, cr_budget *out,
                                            cr_fault *fault);
CR_CHECKED cr_status cr_ledger_store_cap(cr_ledger_store *ledger, int64_t cap, cr_fault *fault);

// Every call of the film. Gives the rows.
CR_CHECKED cr_status cr_ledger_store_rows(cr_ledger_store *ledger, cr_call_rows *out,
                                          cr_fault *fault);
