#include "store/store_edits.h"

#include "base/mem.h"
#include "store/store_query.h"

void cr_store_desk_free(cr_store_desk *desk)
{
    cr_free(desk->snapshot);
    cr_free(desk->base);
    cr_free(desk->written);
    *desk = (cr_store_desk){0};
}

cr_status cr_store_desk_get(cr_store *store, const char *project, cr_store_desk *out,
                            cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT sequence, snapshot, base, written FROM desks WHERE project = ?", "t", project);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK)
        *out = (cr_store_desk){.sequence = cr_query_int(&query, 0),
                               .snapshot = cr_query_text(&query, 1),
                               .base = cr_query_text(&query, 2),
                               .written = cr_query_text(&query, 3)};
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

static cr_status put_desk(cr_store *store, const char *project, const cr_store_desk *desk,
                          cr_fault *fault)
{
    cr_status status = cr_store_run(
        store, fault,
        "INSERT INTO desks (project, sequence, snapshot, base, written) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (project) DO UPDATE SET sequence = excluded.sequence,"
        " snapshot = excluded.snapshot, base = excluded.base, written = excluded.written",
        "tittt", project, desk->sequence, desk->snapshot, desk->base, desk->written);
    if (status != CR_OK) return status;
    return cr_store_run(store, fault, "DELETE FROM edits WHERE project = ? AND sequence <= ?", "ti",
                        project, desk->sequence - CR_STORE_EDITS_KEPT);
}

cr_status cr_store_desk_put(cr_store *store, const char *project, const cr_store_desk *desk,
                            cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    return cr_store_end(store, put_desk(store, project, desk, fault), fault);
}

cr_status cr_store_desk_written(cr_store *store, const char *project, const char *written,
                                cr_fault *fault)
{
    return cr_store_run(store, fault, "UPDATE desks SET written = ? WHERE project = ?", "tt",
                        written, project);
}

static cr_status add_edit(cr_store *store, const char *project, const cr_store_edit *edit,
                          const cr_store_desk *desk, cr_fault *fault)
{
    cr_status status =
        cr_store_run(store, fault,
                     "INSERT INTO edits (project, sequence, id, person, name, edit, made_ms)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                     "titttti", project, edit->sequence, edit->id, edit->person, edit->name,
                     edit->edit, edit->made_ms);
    if (status != CR_OK) return status;
    if (cr_store_changed(store) == 0) return CR_EXISTS;
    if (desk) status = put_desk(store, project, desk, fault);
    if (status != CR_OK) return status;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "what", "edit");
    return cr_store_announce(store, project, body, fault);
}

cr_status cr_store_edit_add(cr_store *store, const char *project, const cr_store_edit *edit,
                            const cr_store_desk *desk, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    return cr_store_end(store, add_edit(store, project, edit, desk, fault), fault);
}

cr_status cr_store_edit_find(cr_store *store, const char *project, const char *id,
                             int64_t *sequence, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT sequence FROM edits WHERE project = ? AND id = ?", "tt", project, id);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) *sequence = cr_query_int(&query, 0);
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

static cr_status tell_row(const cr_query *query,
                          cr_status (*each)(void *cookie, const cr_store_edit *edit,
                                            cr_fault *fault),
                          void *cookie, cr_fault *fault)
{
    char *id = cr_query_text(query, 1), *person = cr_query_text(query, 2);
    char *name = cr_query_text(query, 3), *text = cr_query_text(query, 4);
    const cr_store_edit edit = {.sequence = cr_query_int(query, 0),
                                .id = id,
                                .person = person,
                                .name = name,
                                .edit = text,
                                .made_ms = cr_query_int(query, 5)};
    cr_status status = each(cookie, &edit, fault);
    cr_free(id);
    cr_free(person);
    cr_free(name);
    cr_free(text);
    return status;
}

cr_status cr_store_edits(cr_store *store, const char *project, int64_t since,
                         cr_status (*each)(void *cookie, const cr_store_edit *edit,
                                           cr_fault *fault),
                         void *cookie, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault,
                                     "SELECT sequence, id, person, name, edit, made_ms FROM edits"
                                     " WHERE project = ? AND sequence > ? ORDER BY sequence",
                                     "ti", project, since);
    if (status != CR_OK) return status;
    while ((status = cr_query_next(&query, fault)) == CR_OK) {
        status = tell_row(&query, each, cookie, fault);
        if (status != CR_OK) break;
    }
    cr_query_close(&query);
    return status == CR_EOF ? CR_OK : status;
}
