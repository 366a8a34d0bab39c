#include "accounts/account_keys.h"

#include <stdio.h>
#include <string.h>

#include "accounts/accounts_state.h"
#include "base/mem.h"

static const char *kind_name(cr_key_kind kind)
{
    return kind == CR_KEY_TOKEN ? "token" : "session";
}

cr_status cr_accounts_token(cr_accounts *accounts, const cr_person *person, const char *label,
                            cr_scope scope, int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES],
                            cr_fault *fault)
{
    if (scope == CR_SCOPE_NONE || scope > person->scope)
        return cr_fail(fault, CR_DENIED, "scope", "a token may do no more than who makes it");
    const cr_user_key wanted = {.kind = "token",
                                .scope = cr_account_scope_name(scope),
                                .label = label,
                                .user = person->id,
                                .created_ms = now_ms,
                                .expires_ms = now_ms + 365 * CR_ACCOUNT_DAY_MS};
    return cr_account_key_give(accounts, person->name, "token", wanted.scope, wanted, key, fault);
}

cr_status cr_accounts_tokens_drop(cr_accounts *accounts, const cr_person *person, int64_t now_ms,
                                  cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_keys_drop(accounts->store, person->id, "token", "", fault);
    if (status == CR_OK)
        status =
            cr_store_audit_add(accounts->store, person->name, "tokens dropped", "", now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_accounts_keys(cr_accounts *accounts, const cr_person *person, cr_key_kind kind,
                           int64_t now_ms, cJSON **out, cr_fault *fault)
{
    const cr_user_key like = {.kind = kind_name(kind), .user = person->id};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_keys_list(accounts->store, &like, now_ms, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_accounts_key_end(cr_accounts *accounts, const cr_person *person, cr_key_kind kind,
                              int64_t id, int64_t now_ms, cr_fault *fault)
{
    const cr_user_key like = {.kind = kind_name(kind), .user = person->id};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_key_end(accounts->store, &like, id, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, person->name,
                                    kind == CR_KEY_TOKEN ? "token dropped" : "session ended", "",
                                    now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status != CR_NOTFOUND) return status;
    return cr_fail(fault, CR_NOTFOUND, "id", "it has ended already, or is somebody else's");
}

// Writes the password of [user] and ends all sessions but that of the key with the hash [but], and
// with [all] the tokens too. With the lock held.
static cr_status set_password(cr_accounts *accounts, cr_user *user, const char *hashed,
                              const char *but, bool all, cr_fault *fault)
{
    cr_free(user->password);
    user->password = cr_strdup(hashed);
    cr_status status = cr_store_user_change(accounts->store, user, fault);
    if (status == CR_OK)
        status = cr_store_keys_drop(accounts->store, user->id, "session", but, fault);
    // Whoever had asked for another way in does not have it any more.
    if (status == CR_OK) status = cr_store_keys_drop(accounts->store, user->id, "reset", "", fault);
    if (status == CR_OK && all)
        status = cr_store_keys_drop(accounts->store, user->id, "token", "", fault);
    return status;
}

static cr_status check_password(cr_accounts *accounts, const cr_visit *visit, const char *name,
                                const char *password, cr_user *user, cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_account_visit_count(accounts, visit, fault);
    if (status == CR_OK && !cr_tries_take(accounts->names, name, visit->now_ms))
        status = cr_fail(fault, CR_LIMIT, "password", "too many wrong passwords: try again later");
    if (status == CR_OK) status = cr_store_user_get(accounts->store, name, user, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status != CR_OK) return status;
    (void)pthread_mutex_lock(&accounts->hashing);
    bool is_right = strlen(password) <= CR_ACCOUNT_PASSWORD_BYTES_MAX &&
                    crypto_pwhash_str_verify(user->password, password, strlen(password)) == 0;
    (void)pthread_mutex_unlock(&accounts->hashing);
    (void)pthread_mutex_lock(&accounts->lock);
    if (is_right) {
        cr_account_visit_was_right(accounts, visit);
        cr_tries_forget(accounts->names, name);
    } else {
        status =
            cr_store_audit_add(accounts->store, name, "refused", "password", visit->now_ms, fault);
    }
    (void)pthread_mutex_unlock(&accounts->lock);
    if (is_right || status != CR_OK) return status;
    return cr_fail(fault, CR_DENIED, "password", "this is not your password");
}

cr_status cr_accounts_password(cr_accounts *accounts, const cr_visit *visit,
                               const cr_person *person, const char *key, const char *password,
                               const char *wanted, cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES], hashed[crypto_pwhash_STRBYTES];
    cr_user user = {0};
    cr_account_key_hash(key, hash);
    cr_status status = cr_account_password_judge(wanted, fault);
    if (status == CR_INVALID) (void)snprintf(fault->where, sizeof fault->where, "wanted");
    if (status == CR_OK)
        status = check_password(accounts, visit, person->name, password, &user, fault);
    if (status == CR_OK) status = cr_account_password_hash(accounts, wanted, hashed, fault);
    (void)pthread_mutex_lock(&accounts->lock);
    if (status == CR_OK) status = set_password(accounts, &user, hashed, hash, false, fault);
    if (status == CR_OK)
        status =
            cr_store_audit_add(accounts->store, person->name, "password", "", visit->now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    cr_user_free(&user);
    return status;
}

cr_status cr_accounts_reset_key(cr_accounts *accounts, const char *by, const char *name,
                                int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault)
{
    cr_user user = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_user_get(accounts->store, name, &user, fault);
    if (status == CR_OK) status = cr_store_keys_drop(accounts->store, user.id, "reset", "", fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    int64_t id = user.id;
    cr_user_free(&user);
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_NOTFOUND, "name", "there is nobody of this name");
    if (status != CR_OK) return status;
    const cr_user_key wanted = {.kind = "reset",
                                .scope = "read",
                                .label = by,
                                .user = id,
                                .created_ms = now_ms,
                                .expires_ms = now_ms + CR_ACCOUNT_DAY_MS};
    return cr_account_key_give(accounts, by, "reset", name, wanted, key, fault);
}

// Whose key it is, in [user], which is then all-zero or whole.
static cr_status find_reset(cr_accounts *accounts, const cr_visit *visit, const char *hash,
                            cr_user *user, cr_fault *fault)
{
    cr_key_found found = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_account_visit_count(accounts, visit, fault);
    if (status == CR_OK)
        status = cr_store_key_find(accounts->store, hash, "reset", visit->now_ms, &found, fault);
    if (status == CR_OK) {
        cr_account_visit_was_right(accounts, visit);
        status = cr_store_user_get(accounts->store, found.user.name, user, fault);
    }
    (void)pthread_mutex_unlock(&accounts->lock);
    cr_key_found_free(&found);
    if (status != CR_NOTFOUND) return status;
    return cr_fail(fault, CR_DENIED, "reset",
                   "this link was used already, is over, or is not of this server");
}

cr_status cr_accounts_reset(cr_accounts *accounts, const cr_visit *visit, const char *key,
                            const char *password, cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES], hashed[crypto_pwhash_STRBYTES];
    cr_user user = {0};
    cr_account_key_hash(key, hash);
    cr_status status = cr_account_password_judge(password, fault);
    if (status == CR_OK) status = find_reset(accounts, visit, hash, &user, fault);
    if (status == CR_OK) status = cr_account_password_hash(accounts, password, hashed, fault);
    (void)pthread_mutex_lock(&accounts->lock);
    if (status == CR_OK) status = cr_store_key_use(accounts->store, hash, fault);
    if (status == CR_NOTFOUND)
        status = cr_fail(fault, CR_DENIED, "reset", "this link was used already");
    if (status == CR_OK) status = set_password(accounts, &user, hashed, "", true, fault);
    if (status == CR_OK) {
        cr_tries_forget(accounts->names, user.name);
        status = cr_store_audit_add(accounts->store, user.name, "password", "reset", visit->now_ms,
                                    fault);
    }
    (void)pthread_mutex_unlock(&accounts->lock);
    cr_user_free(&user);
    return status;
}
