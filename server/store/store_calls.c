#include "store/store_calls.h"

#include <string.h>

#include "base/vec.h"
#include "store/store_query.h"

#define OPEN "state IN ('intended', 'accepted')"

void cr_call_rows_free(cr_call_rows *rows)
{
    for (int i = 0; i < rows->count; i++) {
        cr_call_row *row = &rows->rows[i];
        cr_free(row->job);
        cr_free(row->provider);
        cr_free(row->model);
        cr_free(row->request);
        cr_free(row->state);
        cr_free(row->external_id);
        cr_free(row->note);
    }
    cr_free(rows->rows);
    *rows = (cr_call_rows){0};
}

cr_status cr_store_budget_get(cr_store *store, const char *project, int64_t fallback,
                              cr_budget *out, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT coalesce((SELECT cap FROM budgets WHERE project = ?1), ?2),"
                      " coalesce(sum(cost), 0),"
                      " coalesce(sum(CASE WHEN " OPEN " THEN reserved ELSE 0 END), 0)"
                      " FROM calls WHERE project = ?1",
                      "ti", project, fallback);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK)
        *out = (cr_budget){.cap = cr_query_int(&query, 0),
                           .spent = cr_query_int(&query, 1),
                           .reserved = cr_query_int(&query, 2)};
    cr_query_close(&query);
    return status;
}

cr_status cr_store_budget_put(cr_store *store, const char *project, int64_t cap, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "INSERT INTO budgets (project, cap) VALUES (?, ?)"
                        " ON CONFLICT (project) DO UPDATE SET cap = excluded.cap",
                        "ti", project, cap);
}

static cr_status insert(cr_store *store, const char *project, const cr_call_row *call, int64_t *id,
                        cr_fault *fault)
{
    cr_budget budget;
    cr_status status = cr_store_budget_get(store, project, CR_BUDGET_CAP_FALLBACK, &budget, fault);
    if (status != CR_OK) return status;
    if (call->reserved > 0 && budget.spent + budget.reserved + call->reserved > budget.cap)
        return cr_fail(fault, CR_LIMIT, call->model,
                       "would cost up to %.3f US$, and %.3f of the budget of %.2f US$ are spent or "
                       "reserved; a larger budget lets it go on",
                       (double)call->reserved / 1e6, (double)(budget.spent + budget.reserved) / 1e6,
                       (double)budget.cap / 1e6);
    return cr_store_run_int(store, id, fault,
                            "INSERT INTO calls (project, job, provider, model, request, state,"
                            " reserved, created_ms, changed_ms)"
                            " VALUES (?, ?, ?, ?, ?, 'intended', ?, ?, ?) RETURNING id",
                            "tttttiii", project, call->job, call->provider, call->model,
                            call->request, call->reserved, call->created_ms, call->created_ms);
}

cr_status cr_store_call_intend(cr_store *store, const char *project, const cr_call_row *call,
                               int64_t *id, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    int64_t row = 0;
    status = cr_store_end(store, insert(store, project, call, &row, fault), fault);
    if (status == CR_OK) *id = row;
    return status;
}

cr_status cr_store_call_accept(cr_store *store, int64_t id, const char *external_id, int64_t now_ms,
                               cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "UPDATE calls SET state = 'accepted', external_id = ?, changed_ms = ?"
                        " WHERE id = ? AND " OPEN,
                        "tii", external_id, now_ms, id);
}

cr_status cr_store_call_settle(cr_store *store, int64_t id, const char *state, int64_t cost,
                               const char *note, int64_t now_ms, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "UPDATE calls SET state = ?, cost = ?, note = ?, changed_ms = ?"
                        " WHERE id = ? AND " OPEN,
                        "titii", state, cost, note, now_ms, id);
}

cr_status cr_store_calls_get(cr_store *store, const char *project, const char *job,
                             cr_call_rows *out, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT id, job, provider, model, request, state, external_id, note,"
                      " reserved, cost, created_ms, changed_ms FROM calls"
                      " WHERE project = ?1 AND (?2 IS NULL OR job = ?2) ORDER BY id",
                      "tt", project, job);
    if (status != CR_OK) return status;
    cr_call_rows rows = {0};
    while ((status = cr_query_next(&query, fault)) == CR_OK) {
        rows.rows = cr_realloc(rows.rows, (size_t)rows.count + 1, sizeof *rows.rows);
        rows.rows[rows.count++] = (cr_call_row){
            .id = cr_query_int(&query, 0),
            .job = cr_query_text(&query, 1),
            .provider = cr_query_text(&query, 2),
            .model = cr_query_text(&query, 3),
            .request = cr_query_text(&query, 4),
            .state = cr_query_text(&query, 5),
            .external_id = cr_query_text(&query, 6),
            .note = cr_query_text(&query, 7),
            .reserved = cr_query_int(&query, 8),
            .cost = cr_query_int(&query, 9),
            .created_ms = cr_query_int(&query, 10),
            .changed_ms = cr_query_int(&query, 11),
        };
    }
    cr_query_close(&query);
    if (status != CR_EOF) {
        cr_call_rows_free(&rows);
        return status;
    }
    *out = rows;
    return CR_OK;
}

cr_status cr_store_call_is_known(cr_store *store, const char *provider, const char *external_id,
                                 bool *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault,
                                     "SELECT count(*) FROM calls"
                                     " WHERE provider = ? AND external_id = ?",
                                     "tt", provider, external_id);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) *out = cr_query_int(&query, 0) > 0;
    cr_query_close(&query);
    return status;
}
