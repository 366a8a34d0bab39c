// Calls of paid services as rows, and how much money a film may take. One transaction decides
// whether there is still enough, so that two processes cannot spend the same money.
#pragma once

#include "store/store.h"

// One call as it is stored; the texts are owned by the list that they came in.
typedef struct cr_call_row {
    int64_t id;
    char *job, *provider, *model, *request, *state, *external_id, *note;
    int64_t reserved, cost; // millionths of a US dollar
    int64_t created_ms, changed_ms;
} cr_call_row;

// Rows, oldest first.
typedef struct cr_call_rows {
    int count;
    cr_call_row *rows;
} cr_call_rows;

void cr_call_rows_free(cr_call_rows *rows);

// Write the intent down and reserve its money. Gives the row's id. CR_LIMIT: less than [reserved]
// is left of the film's budget; nothing is written.
CR_CHECKED cr_status cr_store_call_intend(cr_store *store, const char *project,
                                          const cr_call_row *call, int64_t *id, cr_fault *fault);

// The service's id for it.
CR_CHECKED cr_status cr_store_call_accept(cr_store *store, int64_t id, const char *external_id,
                                          int64_t now_ms, cr_fault *fault);

// Its end; one that has ended already stays as it is.
CR_CHECKED cr_status cr_store_call_settle(cr_store *store, int64_t id, const char *state,
                                          int64_t cost, const char *note, int64_t now_ms,
                                          cr_fault *fault);

// The calls of a film, of one [job] or with NULL of all. Gives the rows.
CR_CHECKED cr_status cr_store_calls_get(cr_store *store, const char *project, const char *job,
                                        cr_call_rows *out, cr_fault *fault);

// Is there a call of this provider with this id?
CR_CHECKED cr_status cr_store_call_is_known(cr_store *store, const char *provider,
                                            const char *external_id, bool *out, cr_fault *fault);

// What a film may cost in all, and what of it is spent or reserved.
typedef struct cr_budget {
    int64_t cap, spent, reserved;
} cr_budget;

// The cap is [fallback] until it was put once.
CR_CHECKED cr_status cr_store_budget_get(cr_store *store, const char *project, int64_t fallback,
                                         cr_budget *out, cr_fault *fault);
CR_CHECKED cr_status cr_store_budget_put(cr_store *store, const char *project, int64_t cap,
                                         cr_fault *fault);

// The cap of a film for which none was put: ten US dollars.
#define CR_BUDGET_CAP_FALLBACK (INT64_C(10) * 1000000)
