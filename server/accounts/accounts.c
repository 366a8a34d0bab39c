#include "accounts/accounts.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "store/store_accounts.h"

enum { SECRET_BYTES = 32, NAMES_TRIED_MAX = 256 };

#define DAY_MS (INT64_C(24) * 3600 * 1000)

// Wrong passwords for one name, there or not.
typedef struct tries {
    char name[CR_ACCOUNT_NAME_BYTES];
    int count;
    int64_t since_ms;
} tries;

struct cr_accounts {
    pthread_mutex_t lock;    // of all but the next
    pthread_mutex_t hashing; // one password at a time: each takes 64 MiB
    cr_store *store;
    tries tried[NAMES_TRIED_MAX];
    // What an unknown name is compared with, so that it takes as long as a known one.
    char nobody[crypto_pwhash_STRBYTES];
};

static cr_status hash_password(cr_accounts *accounts, const char *password,
                               char out[crypto_pwhash_STRBYTES], cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->hashing);
    int failed =
        crypto_pwhash_str_alg(out, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    (void)pthread_mutex_unlock(&accounts->hashing);
    return failed ? cr_fail(fault, CR_NOMEM, "password", "there is no memory to hash it") : CR_OK;
}

static void make_key(char key[CR_ACCOUNT_KEY_BYTES])
{
    unsigned char secret[SECRET_BYTES];
    randombytes_buf(secret, sizeof secret);
    (void)sodium_bin2hex(key, CR_ACCOUNT_KEY_BYTES, secret, sizeof secret);
    sodium_memzero(secret, sizeof secret);
}

static void hash_key(const char *key, char out[CR_ACCOUNT_KEY_BYTES])
{
    unsigned char hash[SECRET_BYTES];
    (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)key, strlen(key), NULL, 0);
    (void)sodium_bin2hex(out, CR_ACCOUNT_KEY_BYTES, hash, sizeof hash);
}

cr_status cr_accounts_open(cr_accounts **out, const char *path, cr_fault *fault)
{
    if (sodium_init() < 0)
        return cr_fail(fault, CR_NOMEM, "", "this machine gives no random numbers");
    cr_accounts *accounts = cr_alloc(1, sizeof *accounts);
    (void)pthread_mutex_init(&accounts->lock, NULL);
    (void)pthread_mutex_init(&accounts->hashing, NULL);
    char password[CR_ACCOUNT_KEY_BYTES];
    make_key(password);
    cr_status status = cr_store_open(&accounts->store, path, fault);
    if (status == CR_OK) status = hash_password(accounts, password, accounts->nobody, fault);
    if (status == CR_OK)
        *out = accounts;
    else
        cr_accounts_close(&accounts);
    return status;
}

void cr_accounts_close(cr_accounts **accounts)
{
    cr_accounts *closing = *accounts;
    if (!closing) return;
    cr_store_close(&closing->store);
    (void)pthread_mutex_destroy(&closing->lock);
    (void)pthread_mutex_destroy(&closing->hashing);
    cr_free(closing);
    *accounts = NULL;
}

bool cr_accounts_is_empty(cr_accounts *accounts)
{
    int64_t count = 0;
    cr_fault fault = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_user_count(accounts->store, &count, &fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status == CR_OK && count == 0;
}

// A new key, with its line in the audit log.
static cr_status give_key(cr_accounts *accounts, const char *who, const char *what,
                          cr_user_key wanted, int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES],
                          cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES];
    make_key(key);
    hash_key(key, hash);
    wanted.hash = hash;
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_audit_add(accounts->store, who, what, wanted.scope, now_ms, fault);
    if (status == CR_OK) status = cr_store_key_put(accounts->store, &wanted, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_accounts_invite(cr_accounts *accounts, const char *from, bool as_admin, int64_t now_ms,
                             char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault)
{
    const cr_user_key wanted = {.kind = "invitation",
                                .scope = as_admin ? "admin" : "write",
                                .expires_ms = now_ms + 7 * DAY_MS};
    return give_key(accounts, from, "invite", wanted, now_ms, key, fault);
}

static cr_status judge_name(const char *name, const char *password, cr_fault *fault)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@+-";
    size_t length = strlen(name);
    if (length == 0 || length >= CR_ACCOUNT_NAME_BYTES || strspn(name, letters) != length)
        return cr_fail(fault, CR_INVALID, "name",
                       "a name has 1 to %d letters, digits and . _ @ + -",
                       CR_ACCOUNT_NAME_BYTES - 1);
    length = strlen(password);
    if (length < CR_ACCOUNT_PASSWORD_BYTES_MIN || length > CR_ACCOUNT_PASSWORD_BYTES_MAX)
        return cr_fail(fault, CR_INVALID, "password", "a password has %d to %d bytes",
                       CR_ACCOUNT_PASSWORD_BYTES_MIN, CR_ACCOUNT_PASSWORD_BYTES_MAX);
    return CR_OK;
}

cr_status cr_accounts_join(cr_accounts *accounts, const char *invitation, const char *name,
                           const char *password, int64_t now_ms, cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES], hashed[crypto_pwhash_STRBYTES];
    cr_status status = judge_name(name, password, fault);
    if (status == CR_OK) status = hash_password(accounts, password, hashed, fault);
    if (status != CR_OK) return status;
    hash_key(invitation, hash);
    (void)pthread_mutex_lock(&accounts->lock);
    status = cr_store_user_join(accounts->store, hash, name, hashed, now_ms, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, name, "join", "", now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_DENIED, "invitation",
                       "this invitation was used already, is over, or is not of this server");
    return status;
}

// Counts a try; false when there were too many. Called with the lock held.
static bool may_try(cr_accounts *accounts, const char *name, int64_t now_ms)
{
    tries *found = &accounts->tried[0];
    for (int i = 0; i < NAMES_TRIED_MAX; i++) {
        tries *at = &accounts->tried[i];
        if (strcmp(at->name, name) == 0) {
            found = at;
            break;
        }
        if (at->since_ms < found->since_ms) found = at;
    }
    if (strcmp(found->name, name) != 0 || now_ms - found->since_ms > CR_ACCOUNT_TRIES_MS) {
        *found = (tries){.since_ms = now_ms};
        (void)snprintf(found->name, sizeof found->name, "%s", name);
    }
    if (found->count >= CR_ACCOUNT_TRIES_MAX) return false;
    found->count++;
    return true;
}

static void forget_tries(cr_accounts *accounts, const char *name)
{
    for (int i = 0; i < NAMES_TRIED_MAX; i++)
        if (strcmp(accounts->tried[i].name, name) == 0) accounts->tried[i] = (tries){0};
}

// The user of this name; all-zero when there is none.
static cr_status find_user(cr_accounts *accounts, const char *name, int64_t now_ms, cr_user *out,
                           cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = CR_LIMIT;
    if (may_try(accounts, name, now_ms))
        status = cr_store_user_get(accounts->store, name, out, fault);
    else
        (void)cr_fail(fault, CR_LIMIT, "name", "too many wrong passwords: try again later");
    (void)pthread_mutex_unlock(&accounts->lock);
    return status == CR_NOTFOUND ? CR_OK : status;
}

cr_status cr_accounts_enter(cr_accounts *accounts, const char *name, const char *password,
                            int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault)
{
    cr_user user = {0};
    if (strlen(name) >= CR_ACCOUNT_NAME_BYTES || strlen(password) > CR_ACCOUNT_PASSWORD_BYTES_MAX)
        return cr_fail(fault, CR_DENIED, "password", "the name or the password is wrong");
    cr_status status = find_user(accounts, name, now_ms, &user, fault);
    if (status != CR_OK) return status;
    (void)pthread_mutex_lock(&accounts->hashing);
    bool is_right = crypto_pwhash_str_verify(user.password ? user.password : accounts->nobody,
                                             password, strlen(password)) == 0 &&
                    user.password;
    (void)pthread_mutex_unlock(&accounts->hashing);
    if (is_right) {
        const cr_user_key wanted = {.kind = "session",
                                    .scope = "admin",
                                    .user = user.id,
                                    .expires_ms = now_ms + 14 * DAY_MS};
        status = give_key(accounts, user.name, "enter", wanted, now_ms, key, fault);
    } else {
        status = cr_fail(fault, CR_DENIED, "password", "the name or the password is wrong");
    }
    (void)pthread_mutex_lock(&accounts->lock);
    if (is_right) forget_tries(accounts, name);
    cr_fault broken = {0};
    if (!is_right && user.id &&
        cr_store_audit_add(accounts->store, user.name, "refused", "", now_ms, &broken) != CR_OK) {
        *fault = broken;
        status = broken.status;
    }
    (void)pthread_mutex_unlock(&accounts->lock);
    cr_user_free(&user);
    return status;
}

cr_status cr_accounts_leave(cr_accounts *accounts, const cr_person *person, const char *key,
                            bool all, int64_t now_ms, cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES];
    hash_key(key, hash);
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = all ? cr_store_keys_drop(accounts->store, person->id, "session", fault)
                           : cr_store_key_drop(accounts->store, hash, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, person->name, "leave", all ? "all" : "",
                                    now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

static const char *const scope_names[] = {"", "read", "write", "admin"};

cr_status cr_accounts_token(cr_accounts *accounts, const cr_person *person, cr_scope scope,
                            int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault)
{
    if (scope == CR_SCOPE_NONE || scope > person->scope)
        return cr_fail(fault, CR_DENIED, "scope", "a token may do no more than who makes it");
    const cr_user_key wanted = {.kind = "token",
                                .scope = scope_names[scope],
                                .user = person->id,
                                .expires_ms = now_ms + 365 * DAY_MS};
    return give_key(accounts, person->name, "token", wanted, now_ms, key, fault);
}

cr_status cr_accounts_tokens_drop(cr_accounts *accounts, const cr_person *person, int64_t now_ms,
                                  cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_keys_drop(accounts->store, person->id, "token", fault);
    if (status == CR_OK)
        status =
            cr_store_audit_add(accounts->store, person->name, "tokens dropped", "", now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

bool cr_accounts_who(cr_accounts *accounts, const char *key, bool is_token, int64_t now_ms,
                     cr_person *out)
{
    char hash[CR_ACCOUNT_KEY_BYTES], *scope = NULL;
    cr_user user = {0};
    cr_fault fault = {0};
    hash_key(key, hash);
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_key_find(accounts->store, hash, is_token ? "token" : "session",
                                         now_ms, &user, &scope, &fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status != CR_OK) return false;
    *out = (cr_person){.id = user.id, .is_admin = user.is_admin};
    (void)snprintf(out->name, sizeof out->name, "%s", user.name);
    for (int i = CR_SCOPE_READ; i <= CR_SCOPE_ADMIN; i++)
        if (strcmp(scope, scope_names[i]) == 0) out->scope = (cr_scope)i;
    cr_free(scope);
    cr_user_free(&user);
    return true;
}

bool cr_accounts_may(cr_accounts *accounts, const cr_person *person, const char *film, cr_role role)
{
    if (person->is_admin) return true;
    int64_t has = 0;
    cr_fault fault = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_role_get(accounts->store, film, person->id, &has, &fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status == CR_OK && has >= (int64_t)role;
}

cr_status cr_accounts_share(cr_accounts *accounts, const cr_person *by, const char *film,
                            const char *name, cr_role role, int64_t now_ms, cr_fault *fault)
{
    cr_user user = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_user_get(accounts->store, name, &user, fault);
    if (status == CR_NOTFOUND)
        (void)cr_fail(fault, CR_NOTFOUND, "name", "there is nobody of this name");
    if (status == CR_OK)
        status = cr_store_role_put(accounts->store, film, user.id, (int64_t)role, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, by->name, "share", film, now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    cr_user_free(&user);
    return status;
}

cr_status cr_accounts_audit(cr_accounts *accounts, cJSON **out, cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_audit_get(accounts->store, CR_ACCOUNT_AUDIT_MAX, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}
