#include "accounts/film_people.h"

#include <string.h>

#include "accounts/accounts_state.h"
#include "base/mem.h"

static const char *const role_names[] = {"none", "viewer", "editor", "owner"};

const char *cr_role_name(cr_role role)
{
    return role_names[role];
}

bool cr_role_read(const char *name, cr_role *out)
{
    for (int i = CR_ROLE_NONE; i <= CR_ROLE_OWNER; i++) {
        if (strcmp(name, role_names[i]) != 0) continue;
        *out = (cr_role)i;
        return true;
    }
    return false;
}

cr_role cr_accounts_role(cr_accounts *accounts, const cr_person *person, const char *film)
{
    if (person->is_admin) return CR_ROLE_OWNER;
    int64_t has = 0;
    cr_fault fault = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_role_get(accounts->store, film, person->id, &has, &fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status == CR_OK ? (cr_role)has : CR_ROLE_NONE;
}

bool cr_accounts_may(cr_accounts *accounts, const cr_person *person, const char *film, cr_role role)
{
    return cr_accounts_role(accounts, person, film) >= role;
}

cr_status cr_film_people(cr_accounts *accounts, const char *film, cJSON **out, cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_roles_list(accounts->store, film, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

// A film keeps somebody who can share it. With the lock held.
static cr_status keep_an_owner(cr_accounts *accounts, const char *film, int64_t user, cr_role role,
                               cr_fault *fault)
{
    int64_t has = 0, others = 0;
    if (role == CR_ROLE_OWNER) return CR_OK;
    cr_status status = cr_store_role_get(accounts->store, film, user, &has, fault);
    if (status == CR_OK && has == CR_ROLE_OWNER)
        status = cr_store_role_count(accounts->store, film, CR_ROLE_OWNER, user, &others, fault);
    if (status == CR_OK && has == CR_ROLE_OWNER && others == 0)
        return cr_fail(fault, CR_CONFLICT, "role",
                       "a film has an owner: make somebody else one first");
    return status;
}

// With the lock held.
static cr_status write_down(cr_accounts *accounts, const char *who, const char *what,
                            const char *film, const char *about, int64_t now_ms, cr_fault *fault)
{
    char *line = cr_format("%s: %s", film, about);
    cr_status status = cr_store_audit_add(accounts->store, who, what, line, now_ms, fault);
    cr_free(line);
    return status;
}

cr_status cr_accounts_share(cr_accounts *accounts, const cr_person *by, const char *film,
                            const char *name, cr_role role, int64_t now_ms, cr_fault *fault)
{
    cr_user user = {0};
    char *about = cr_format("%s %s", name, cr_role_name(role));
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_user_get(accounts->store, name, &user, fault);
    if (status == CR_NOTFOUND)
        (void)cr_fail(fault, CR_NOTFOUND, "name", "there is nobody of this name");
    if (status == CR_OK) status = keep_an_owner(accounts, film, user.id, role, fault);
    if (status == CR_OK)
        status = cr_store_role_put(accounts->store, film, user.id, (int64_t)role, fault);
    if (status == CR_OK)
        status = write_down(accounts, by->name, "share", film, about, now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    cr_free(about);
    cr_user_free(&user);
    return status;
}

cr_status cr_film_invite(cr_accounts *accounts, const cr_person *by, const char *film, cr_role role,
                         int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault)
{
    const cr_user_key wanted = {.kind = "invitation",
                                .scope = by->is_admin ? "write" : "read",
                                .label = by->name,
                                .film = film,
                                .role = (int64_t)role,
                                .created_ms = now_ms,
                                .expires_ms = now_ms + 7 * CR_ACCOUNT_DAY_MS};
    char *about = cr_format("%s: %s", film, cr_role_name(role));
    cr_status status =
        cr_account_key_give(accounts, by->name, "film invite", about, wanted, key, fault);
    cr_free(about);
    return status;
}

cr_status cr_film_invitations(cr_accounts *accounts, const char *film, int64_t now_ms, cJSON **out,
                              cr_fault *fault)
{
    const cr_user_key like = {.kind = "invitation", .film = film};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_keys_list(accounts->store, &like, now_ms, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_film_uninvite(cr_accounts *accounts, const cr_person *by, const char *film, int64_t id,
                           int64_t now_ms, cr_fault *fault)
{
    const cr_user_key like = {.kind = "invitation", .film = film};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_key_end(accounts->store, &like, id, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, by->name, "uninvite", film, now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status != CR_NOTFOUND) return status;
    return cr_fail(fault, CR_NOTFOUND, "id", "this invitation was taken, or is over");
}

// With the lock held.
static cr_status take(cr_accounts *accounts, const cr_person *person, const char *hash,
                      const cr_invited *invited, int64_t now_ms, cr_role *role, cr_fault *fault)
{
    int64_t has = 0;
    cr_status status = cr_store_role_get(accounts->store, invited->film, person->id, &has, fault);
    if (status == CR_OK) status = cr_store_key_use(accounts->store, hash, fault);
    if (status == CR_OK && invited->role > has) {
        has = invited->role;
        status = cr_store_role_put(accounts->store, invited->film, person->id, has, fault);
    }
    if (status == CR_OK)
        status = write_down(accounts, person->name, "take part", invited->film,
                            cr_role_name((cr_role)has), now_ms, fault);
    *role = (cr_role)has;
    return status;
}

cr_status cr_film_take(cr_accounts *accounts, const cr_visit *visit, const cr_person *person,
                       const char *invitation, char **film, cr_role *role, cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES];
    cr_invited invited = {0};
    cr_account_key_hash(invitation, hash);
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_account_visit_count(accounts, visit, fault);
    if (status == CR_OK)
        status = cr_store_invited(accounts->store, hash, visit->now_ms, &invited, fault);
    if (status == CR_OK) cr_account_visit_was_right(accounts, visit);
    if (status == CR_OK && !invited.film[0]) status = CR_NOTFOUND;
    if (status == CR_OK)
        status = take(accounts, person, hash, &invited, visit->now_ms, role, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status == CR_OK) *film = cr_strdup(invited.film);
    cr_invited_free(&invited);
    if (status != CR_NOTFOUND) return status;
    return cr_fail(fault, CR_DENIED, "invitation",
                   "this invitation was used already, is over, or leads into no film");
}
