#include "accounts/account_people.h"

#include "accounts/accounts_state.h"

cr_status cr_accounts_people(cr_accounts *accounts, cJSON **out, cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_users_list(accounts->store, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_accounts_invitations(cr_accounts *accounts, int64_t now_ms, cJSON **out,
                                  cr_fault *fault)
{
    const cr_user_key like = {.kind = "invitation"};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_keys_list(accounts->store, &like, now_ms, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_accounts_uninvite(cr_accounts *accounts, const char *by, int64_t id, int64_t now_ms,
                               cr_fault *fault)
{
    const cr_user_key like = {.kind = "invitation"};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_key_end(accounts->store, &like, id, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, by, "uninvite", "", now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status != CR_NOTFOUND) return status;
    return cr_fail(fault, CR_NOTFOUND, "id", "this invitation was taken, or is over");
}

// Without somebody who runs the server nobody can help anybody.
static cr_status keep_an_admin(cr_accounts *accounts, const cr_user *user, cr_account_change change,
                               cr_fault *fault)
{
    bool may_be_last = user->is_admin && !user->is_disabled &&
                       (change == CR_ACCOUNT_DISABLE || change == CR_ACCOUNT_PLAIN);
    if (!may_be_last) return CR_OK;
    int64_t others = 0;
    cr_status status = cr_store_admin_count(accounts->store, user->id, &others, fault);
    if (status == CR_OK && others == 0)
        return cr_fail(fault, CR_CONFLICT, "name", "nobody would run this server any more");
    return status;
}

// With the lock held.
static cr_status change_user(cr_accounts *accounts, cr_user *user, cr_account_change change,
                             cr_fault *fault)
{
    cr_status status = keep_an_admin(accounts, user, change, fault);
    if (change == CR_ACCOUNT_DISABLE || change == CR_ACCOUNT_ENABLE)
        user->is_disabled = change == CR_ACCOUNT_DISABLE;
    else
        user->is_admin = change == CR_ACCOUNT_ADMIN;
    if (status == CR_OK) status = cr_store_user_change(accounts->store, user, fault);
    static const char *const kinds[] = {"session", "token", "reset"};
    for (int i = 0; i < 3 && status == CR_OK && user->is_disabled; i++)
        status = cr_store_keys_drop(accounts->store, user->id, kinds[i], "", fault);
    return status;
}

cr_status cr_accounts_change(cr_accounts *accounts, const char *by, const char *name,
                             cr_account_change change, int64_t now_ms, cr_fault *fault)
{
    static const char *const deeds[] = {"", "disable", "enable", "make admin", "make plain"};
    cr_user user = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_user_get(accounts->store, name, &user, fault);
    if (status == CR_NOTFOUND)
        (void)cr_fail(fault, CR_NOTFOUND, "name", "there is nobody of this name");
    if (status == CR_OK) status = change_user(accounts, &user, change, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, by, deeds[change], name, now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    cr_user_free(&user);
    return status;
}
