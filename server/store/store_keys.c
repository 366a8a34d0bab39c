#include "store/store_accounts.h"

#include "base/mem.h"
#include "store/store_query.h"

void cr_key_found_free(cr_key_found *found)
{
    cr_user_free(&found->user);
    cr_free(found->scope);
    *found = (cr_key_found){0};
}

void cr_invited_free(cr_invited *invited)
{
    cr_free(invited->scope);
    cr_free(invited->film);
    *invited = (cr_invited){0};
}

cr_status cr_store_key_put(cr_store *store, const cr_user_key *key, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "INSERT INTO account_keys (hash, kind, user_id, scope, label, film, role,"
                        " created_ms, seen_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
                        "ttitttiii", key->hash, key->kind, key->user, key->scope,
                        key->label ? key->label : "", key->film ? key->film : "", key->role,
                        key->created_ms, key->expires_ms);
}

cr_status cr_store_key_find(cr_store *store, const char *hash, const char *kind, int64_t now_ms,
                            cr_key_found *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT users.id, users.name, users.password, users.is_admin, account_keys.scope,"
        " account_keys.id, account_keys.seen_ms FROM account_keys"
        " JOIN users ON users.id = account_keys.user_id"
        " WHERE account_keys.hash = ? AND account_keys.kind = ? AND account_keys.expires_ms > ?"
        " AND users.is_disabled = 0",
        "tti", hash, kind, now_ms);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK)
        *out = (cr_key_found){.user = {.id = cr_query_int(&query, 0),
                                       .name = cr_query_text(&query, 1),
                                       .password = cr_query_text(&query, 2),
                                       .is_admin = cr_query_int(&query, 3) != 0},
                              .scope = cr_query_text(&query, 4),
                              .id = cr_query_int(&query, 5),
                              .seen_ms = cr_query_int(&query, 6)};
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

cr_status cr_store_key_see(cr_store *store, int64_t id, int64_t now_ms, cr_fault *fault)
{
    return cr_store_run(store, fault, "UPDATE account_keys SET seen_ms = ? WHERE id = ?", "ii",
                        now_ms, id);
}

cr_status cr_store_key_drop(cr_store *store, const char *hash, cr_fault *fault)
{
    return cr_store_run(store, fault, "DELETE FROM account_keys WHERE hash = ?", "t", hash);
}

cr_status cr_store_key_use(cr_store *store, const char *hash, cr_fault *fault)
{
    cr_status status = cr_store_key_drop(store, hash, fault);
    return status == CR_OK && cr_store_changed(store) == 0 ? CR_NOTFOUND : status;
}

cr_status cr_store_keys_drop(cr_store *store, int64_t user, const char *kind, const char *but,
                             cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "DELETE FROM account_keys WHERE user_id = ? AND kind = ? AND hash <> ?",
                        "itt", user, kind, but);
}

static void add_text(cJSON *object, const char *key, const cr_query *query, int column)
{
    char *text = cr_query_text(query, column);
    cJSON_AddStringToObject(object, key, text);
    cr_free(text);
}

cr_status cr_store_keys_list(cr_store *store, const cr_user_key *like, int64_t now_ms, cJSON **out,
                             cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT id, scope, label, CASE role WHEN 1 THEN 'viewer' WHEN 2 THEN 'editor'"
        " WHEN 3 THEN 'owner' ELSE 'none' END, created_ms, seen_ms, expires_ms FROM account_keys"
        " WHERE kind = ? AND user_id = ? AND film = ? AND expires_ms > ? ORDER BY id DESC",
        "titi", like->kind, like->user, like->film ? like->film : "", now_ms);
    if (status != CR_OK) return status;
    cJSON *list = cJSON_CreateArray();
    while ((status = cr_query_next(&query, fault)) == CR_OK) {
        cJSON *key = cJSON_CreateObject();
        cr_json_add_int(key, "id", cr_query_int(&query, 0));
        add_text(key, "scope", &query, 1);
        add_text(key, "label", &query, 2);
        add_text(key, "role", &query, 3);
        cr_json_add_int(key, "created", cr_query_int(&query, 4));
        cr_json_add_int(key, "seen", cr_query_int(&query, 5));
        cr_json_add_int(key, "expires", cr_query_int(&query, 6));
        cJSON_AddItemToArray(list, key);
    }
    cr_query_close(&query);
    if (status == CR_EOF)
        *out = list;
    else
        cJSON_Delete(list);
    return status == CR_EOF ? CR_OK : status;
}

cr_status cr_store_key_end(cr_store *store, const cr_user_key *like, int64_t id, cr_fault *fault)
{
    cr_status status =
        cr_store_run(store, fault,
                     "DELETE FROM account_keys"
                     " WHERE id = ? AND kind = ? AND user_id = ? AND film = ?",
                     "itit", id, like->kind, like->user, like->film ? like->film : "");
    return status == CR_OK && cr_store_changed(store) == 0 ? CR_NOTFOUND : status;
}

cr_status cr_store_invited(cr_store *store, const char *hash, int64_t now_ms, cr_invited *out,
                           cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault,
                                     "SELECT scope, film, role FROM account_keys"
                                     " WHERE hash = ? AND kind = 'invitation' AND expires_ms > ?",
                                     "ti", hash, now_ms);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK)
        *out = (cr_invited){.scope = cr_query_text(&query, 0),
                            .film = cr_query_text(&query, 1),
                            .role = cr_query_int(&query, 2)};
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}
