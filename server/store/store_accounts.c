#include "store/store_accounts.h"

#include <string.h>

#include "base/mem.h"
#include "store/store_query.h"

void cr_user_free(cr_user *user)
{
    cr_free(user->name);
    cr_free(user->password);
    *user = (cr_user){0};
}

// Within the transaction of the caller.
static cr_status join(cr_store *store, const cr_invited *invited, const char *invitation,
                      const char *name, const char *password, int64_t now_ms, cr_fault *fault)
{
    int64_t id = 0;
    bool is_admin = strcmp(invited->scope, "admin") == 0;
    cr_user there = {0};
    cr_status status = cr_store_user_get(store, name, &there, fault);
    cr_user_free(&there);
    if (status == CR_OK) return cr_fail(fault, CR_EXISTS, "name", "somebody has this name already");
    if (status == CR_NOTFOUND)
        status = cr_store_run_int(store, &id, fault,
                                  "INSERT INTO users (name, password, is_admin, created_ms)"
                                  " VALUES (?, ?, ?, ?) RETURNING id",
                                  "ttii", name, password, (int64_t)is_admin, now_ms);
    if (status == CR_OK && invited->film[0])
        status = cr_store_role_put(store, invited->film, id, invited->role, fault);
    return status == CR_OK ? cr_store_key_use(store, invitation, fault) : status;
}

cr_status cr_store_user_join(cr_store *store, const char *invitation, const char *name,
                             const char *password, int64_t now_ms, cr_fault *fault)
{
    cr_invited invited = {0};
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = cr_store_invited(store, invitation, now_ms, &invited, fault);
    if (status == CR_OK && strcmp(invited.scope, "read") == 0) status = CR_NOTFOUND;
    if (status == CR_OK) status = join(store, &invited, invitation, name, password, now_ms, fault);
    cr_invited_free(&invited);
    return cr_store_end(store, status, fault);
}

static void read_user(const cr_query *query, cr_user *out)
{
    out->id = cr_query_int(query, 0);
    out->name = cr_query_text(query, 1);
    out->password = cr_query_text(query, 2);
    out->is_admin = cr_query_int(query, 3) != 0;
    out->is_disabled = cr_query_int(query, 4) != 0;
}

cr_status cr_store_user_get(cr_store *store, const char *name, cr_user *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT id, name, password, is_admin, is_disabled FROM users WHERE name = ?", "t", name);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) read_user(&query, out);
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

// The first number of what was asked.
static cr_status take_number(cr_query *query, int64_t *out, cr_fault *fault)
{
    cr_status status = cr_query_next(query, fault);
    if (status == CR_OK) *out = cr_query_int(query, 0);
    cr_query_close(query);
    return status;
}

cr_status cr_store_user_count(cr_store *store, int64_t *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault, "SELECT count(*) FROM users", "");
    return status == CR_OK ? take_number(&query, out, fault) : status;
}

cr_status cr_store_admin_count(cr_store *store, int64_t but, int64_t *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT count(*) FROM users WHERE is_admin = 1 AND is_disabled = 0 AND id <> ?", "i", but);
    return status == CR_OK ? take_number(&query, out, fault) : status;
}

cr_status cr_store_user_change(cr_store *store, const cr_user *user, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "UPDATE users SET password = ?, is_admin = ?, is_disabled = ?"
                        " WHERE id = ?",
                        "tiii", user->password, (int64_t)user->is_admin, (int64_t)user->is_disabled,
                        user->id);
}

static void add_text(cJSON *object, const char *key, const cr_query *query, int column)
{
    char *text = cr_query_text(query, column);
    cJSON_AddStringToObject(object, key, text);
    cr_free(text);
}

// Every row by [row], as an array; closes the query.
static cr_status take_list(cr_query *query, cJSON *(*row)(const cr_query *query), cJSON **out,
                           cr_fault *fault)
{
    cJSON *list = cJSON_CreateArray();
    cr_status status;
    while ((status = cr_query_next(query, fault)) == CR_OK)
        cJSON_AddItemToArray(list, row(query));
    cr_query_close(query);
    if (status == CR_EOF)
        *out = list;
    else
        cJSON_Delete(list);
    return status == CR_EOF ? CR_OK : status;
}

static cJSON *user_row(const cr_query *query)
{
    cJSON *user = cJSON_CreateObject();
    add_text(user, "name", query, 0);
    cJSON_AddBoolToObject(user, "admin", cr_query_int(query, 1) != 0);
    cJSON_AddBoolToObject(user, "disabled", cr_query_int(query, 2) != 0);
    cr_json_add_int(user, "created", cr_query_int(query, 3));
    cr_json_add_int(user, "seen", cr_query_int(query, 4));
    cr_json_add_int(user, "films", cr_query_int(query, 5));
    return user;
}

cr_status cr_store_users_list(cr_store *store, cJSON **out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT name, is_admin, is_disabled, created_ms,"
        " (SELECT coalesce(max(seen_ms), 0) FROM account_keys WHERE user_id = users.id),"
        " (SELECT count(*) FROM film_roles WHERE user_id = users.id) FROM users ORDER BY name",
        "");
    return status == CR_OK ? take_list(&query, user_row, out, fault) : status;
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

static cJSON *role_row(const cr_query *query)
{
    cJSON *part = cJSON_CreateObject();
    add_text(part, "name", query, 0);
    add_text(part, "role", query, 1);
    return part;
}

cr_status cr_store_roles_list(cr_store *store, const char *film, cJSON **out, cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT users.name, CASE role WHEN 1 THEN 'viewer' WHEN 2 THEN 'editor'"
                      " ELSE 'owner' END FROM film_roles JOIN users ON users.id = user_id"
                      " WHERE film = ? ORDER BY role DESC, users.name",
                      "t", film);
    return status == CR_OK ? take_list(&query, role_row, out, fault) : status;
}

cr_status cr_store_role_count(cr_store *store, const char *film, int64_t role, int64_t user,
                              int64_t *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT count(*) FROM film_roles WHERE film = ? AND role = ? AND user_id <> ?", "tii", film,
        role, user);
    return status == CR_OK ? take_number(&query, out, fault) : status;
}

cr_status cr_store_audit_add(cr_store *store, const char *who, const char *what, const char *about,
                             int64_t now_ms, cr_fault *fault)
{
    return cr_store_run(store, fault,
                        "INSERT INTO audit (at_ms, who, what, about) VALUES (?, ?, ?, ?)", "ittt",
                        now_ms, who, what, about);
}

static cJSON *audit_row(const cr_query *query)
{
    cJSON *line = cJSON_CreateObject();
    cr_json_add_int(line, "at", cr_query_int(query, 0));
    add_text(line, "who", query, 1);
    add_text(line, "what", query, 2);
    add_text(line, "about", query, 3);
    return line;
}

cr_status cr_store_audit_get(cr_store *store, int limit, cJSON **out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault, "SELECT at_ms, who, what, about FROM audit ORDER BY id DESC LIMIT ?",
        "i", (int64_t)limit);
    return status == CR_OK ? take_list(&query, audit_row, out, fault) : status;
}
