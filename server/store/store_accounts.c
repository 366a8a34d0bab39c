#include "store/store_accounts.h"

#include "base/mem.h"
#include "store/store_query.h"

void cr_user_free(cr_user *user)
{
    cr_free(user->name);
    cr_free(user->password);
    *user = (cr_user){0};
}

static cr_status invited(cr_store *store, const char *invitation, int64_t now_ms, int64_t *is_admin,
                         cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT CASE scope WHEN 'admin' THEN 1 ELSE 0 END FROM user_keys"
                      " WHERE hash = ? AND kind = 'invitation' AND expires_ms > ?",
                      "ti", invitation, now_ms);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) *is_admin = cr_query_int(&query, 0);
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

static cr_status join(cr_store *store, const char *invitation, const char *name,
                      const char *password, int64_t now_ms, cr_fault *fault)
{
    int64_t is_admin = 0;
    cr_status status = invited(store, invitation, now_ms, &is_admin, fault);
    if (status == CR_OK)
        status = cr_store_run(store, fault,
                              "INSERT INTO users (name, password, is_admin, created_ms)"
                              " VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                              "ttii", name, password, is_admin, now_ms);
    if (status == CR_OK && cr_store_changed(store) == 0)
        return cr_fail(fault, CR_EXISTS, "name", "somebody has this name already");
    return status == CR_OK ? cr_store_key_drop(store, invitation, fault) : status;
}

cr_status cr_store_user_join(cr_store *store, const char *invitation, const char *name,
                             const char *password, int64_t now_ms, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = join(store, invitation, name, password, now_ms, fault);
    return cr_store_end(store, status, fault);
}

static void read_user(const cr_query *query, cr_user *out)
{
    out->id = cr_query_int(query, 0);
    out->name = cr_query_text(query, 1);
    out->password = cr_query_text(query, 2);
    out->is_admin = cr_query_int(query, 3) != 0;
}

cr_status cr_store_user_get(cr_store *store, const char *name, cr_user *out, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT id, name, password, is_admin FROM users WHERE name = ?", "t", name);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) read_user(&query, out);
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

cr_status cr_store_user_count(cr_store *store, int64_t *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault, "SELECT count(*) FROM users", "");
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) *out = cr_query_int(&query, 0);
    cr_query_close(&query);
    return status;
}

cr_status cr_store_key_put(cr_store *store, const cr_user_key *key, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "INSERT INTO user_keys (hash, kind, user_id, scope, expires_ms)"
                        " VALUES (?, ?, ?, ?, ?)",
                        "ttiti", key->hash, key->kind, key->user, key->scope, key->expires_ms);
}

cr_status cr_store_key_find(cr_store *store, const char *hash, const char *kind, int64_t now_ms,
                            cr_user *out, char **scope, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT users.id, users.name, users.password, users.is_admin,"
                      " user_keys.scope FROM user_keys JOIN users ON users.id = user_keys.user_id"
                      " WHERE user_keys.hash = ? AND user_keys.kind = ?"
                      " AND user_keys.expires_ms > ?",
                      "tti", hash, kind, now_ms);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) {
        read_user(&query, out);
        *scope = cr_query_text(&query, 4);
    }
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

cr_status cr_store_key_drop(cr_store *store, const char *hash, cr_fault *fault)
{
    return cr_store_run(store, fault, "DELETE FROM user_keys WHERE hash = ?", "t", hash);
}

cr_status cr_store_keys_drop(cr_store *store, int64_t user, const char *kind, cr_fault *fault)
{
    return cr_store_run(store, fault, "DELETE FROM user_keys WHERE user_id = ? AND kind = ?", "it",
                        user, kind);
}

cr_status cr_store_role_get(cr_store *store, const char *film, int64_t user, int64_t *role,
                            cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault,
                                     "SELECT role FROM film_roles WHERE film = ? AND user_id = ?",
                                     "ti", film, user);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK || status == CR_EOF) *role = status == CR_OK ? cr_query_int(&query, 0) : 0;
    cr_query_close(&query);
    return status == CR_EOF ? CR_OK : status;
}

cr_status cr_store_role_put(cr_store *store, const char *film, int64_t user, int64_t role,
                            cr_fault *fault)
{
    if (role == 0)
        return cr_store_run(store, fault, "DELETE FROM film_roles WHERE film = ? AND user_id = ?",
                            "ti", film, user);
    return cr_store_run(store, fault,
                        "INSERT INTO film_roles (film, user_id, role) VALUES (?, ?, ?)"
                        " ON CONFLICT (film, user_id) DO UPDATE SET role = excluded.role",
                        "tii", film, user, role);
}

cr_status cr_store_audit_add(cr_store *store, const char *who, const char *what, const char *about,
                             int64_t now_ms, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "INSERT INTO audit (at_ms, who, what, about) VALUES (?, ?, ?, ?)", "ittt",
                        now_ms, who, what, about);
}

static void add_text(cJSON *object, const char *key, const cr_query *query, int column)
{
    char *text = cr_query_text(query, column);
    cJSON_AddStringToObject(object, key, text);
    cr_free(text);
}

cr_status cr_store_audit_get(cr_store *store, int limit, cJSON **out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault, "SELECT at_ms, who, what, about FROM audit ORDER BY id DESC LIMIT ?",
        "i", (int64_t)limit);
    if (status != CR_OK) return status;
    cJSON *list = cJSON_CreateArray();
    while ((status = cr_query_next(&query, fault)) == CR_OK) {
        cJSON *line = cJSON_CreateObject();
        cJSON_AddNumberToObject(line, "at", (double)cr_query_int(&query, 0));
        add_text(line, "who", &query, 1);
        add_text(line, "what", &query, 2);
        add_text(line, "about", &query, 3);
        cJSON_AddItemToArray(list, line);
    }
    cr_query_close(&query);
    if (status == CR_EOF)
        *out = list;
    else
        cJSON_Delete(list);
    return status == CR_EOF ? CR_OK : status;
}
