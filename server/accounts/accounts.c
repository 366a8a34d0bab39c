#include "accounts/accounts.h"

#include <stdio.h>
#include <string.h>

#include "accounts/accounts_state.h"
#include "base/mem.h"

enum { SECRET_BYTES = 32, NAMES_TRIED_MAX = 1024, ADDRESSES_TRIED_MAX = 4096 };

cr_status cr_account_password_hash(cr_accounts *accounts, const char *password,
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

void cr_account_key_hash(const char *key, char out[CR_ACCOUNT_KEY_BYTES])
{
    unsigned char hash[SECRET_BYTES];
    (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)key, strlen(key), NULL, 0);
    (void)sodium_bin2hex(out, CR_ACCOUNT_KEY_BYTES, hash, sizeof hash);
}

// The form of a hash with nothing but random bytes in it: no password is right, and to see that
// takes as long as with a real one.
static void make_nobody(char out[crypto_pwhash_STRBYTES])
{
    unsigned char salt[crypto_pwhash_SALTBYTES], hash[SECRET_BYTES];
    char salt_text[2 * sizeof salt], hash_text[2 * sizeof hash];
    randombytes_buf(salt, sizeof salt);
    randombytes_buf(hash, sizeof hash);
    (void)sodium_bin2base64(salt_text, sizeof salt_text, salt, sizeof salt,
                            sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    (void)sodium_bin2base64(hash_text, sizeof hash_text, hash, sizeof hash,
                            sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    (void)snprintf(out, crypto_pwhash_STRBYTES, "$argon2id$v=19$m=%u,t=%u,p=1$%s$%s",
                   (unsigned)(crypto_pwhash_MEMLIMIT_INTERACTIVE / 1024),
                   (unsigned)crypto_pwhash_OPSLIMIT_INTERACTIVE, salt_text, hash_text);
}

const char *cr_account_scope_name(cr_scope scope)
{
    static const char *const names[] = {"", "read", "write", "admin"};
    return names[scope];
}

static cr_scope scope_of(const char *name)
{
    for (int i = CR_SCOPE_READ; i <= CR_SCOPE_ADMIN; i++)
        if (strcmp(name, cr_account_scope_name((cr_scope)i)) == 0) return (cr_scope)i;
    return CR_SCOPE_NONE;
}

cr_status cr_accounts_open(cr_accounts **out, const char *path, cr_fault *fault)
{
    static const cr_tries_desc names = {NAMES_TRIED_MAX, CR_ACCOUNT_TRIES_MAX, CR_ACCOUNT_TRIES_MS};
    static const cr_tries_desc addresses = {ADDRESSES_TRIED_MAX, CR_ACCOUNT_ADDRESS_TRIES_MAX,
                                            CR_ACCOUNT_TRIES_MS};
    if (sodium_init() < 0)
        return cr_fail(fault, CR_NOMEM, "", "this machine gives no random numbers");
    cr_accounts *accounts = cr_alloc(1, sizeof *accounts);
    (void)pthread_mutex_init(&accounts->lock, NULL);
    (void)pthread_mutex_init(&accounts->hashing, NULL);
    accounts->names = cr_tries_open(&names);
    accounts->addresses = cr_tries_open(&addresses);
    make_nobody(accounts->nobody);
    cr_status status = cr_store_open(&accounts->store, path, fault);
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
    cr_tries_close(&closing->names);
    cr_tries_close(&closing->addresses);
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

cr_status cr_account_key_give(cr_accounts *accounts, const char *who, const char *what,
                              const char *about, cr_user_key wanted, char key[CR_ACCOUNT_KEY_BYTES],
                              cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES];
    make_key(key);
    cr_account_key_hash(key, hash);
    wanted.hash = hash;
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status =
        cr_store_audit_add(accounts->store, who, what, about, wanted.created_ms, fault);
    if (status == CR_OK) status = cr_store_key_put(accounts->store, &wanted, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_accounts_invite(cr_accounts *accounts, const char *from, bool as_admin, int64_t now_ms,
                             char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault)
{
    const cr_user_key wanted = {.kind = "invitation",
                                .scope = as_admin ? "admin" : "write",
                                .label = from,
                                .created_ms = now_ms,
                                .expires_ms = now_ms + 7 * CR_ACCOUNT_DAY_MS};
    return cr_account_key_give(accounts, from, "invite", wanted.scope, wanted, key, fault);
}

static cr_status judge_name(const char *name, cr_fault *fault)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@+-";
    size_t length = strlen(name);
    if (length > 0 && length < CR_ACCOUNT_NAME_BYTES && strspn(name, letters) == length)
        return CR_OK;
    return cr_fail(fault, CR_INVALID, "name", "a name has 1 to %d letters, digits and . _ @ + -",
                   CR_ACCOUNT_NAME_BYTES - 1);
}

cr_status cr_account_password_judge(const char *password, cr_fault *fault)
{
    size_t length = strlen(password);
    if (length >= CR_ACCOUNT_PASSWORD_BYTES_MIN && length <= CR_ACCOUNT_PASSWORD_BYTES_MAX)
        return CR_OK;
    return cr_fail(fault, CR_INVALID, "password", "a password has %d to %d bytes",
                   CR_ACCOUNT_PASSWORD_BYTES_MIN, CR_ACCOUNT_PASSWORD_BYTES_MAX);
}

cr_status cr_account_visit_count(cr_accounts *accounts, const cr_visit *visit, cr_fault *fault)
{
    if (!visit->address || cr_tries_take(accounts->addresses, visit->address, visit->now_ms))
        return CR_OK;
    return cr_fail(fault, CR_LIMIT, "", "too much that was wrong came from there: try again later");
}

void cr_account_visit_was_right(cr_accounts *accounts, const cr_visit *visit)
{
    if (visit->address) cr_tries_give_back(accounts->addresses, visit->address);
}

// Whether the invitation lets somebody new in, before a password is hashed for it.
static cr_status check_invitation(cr_accounts *accounts, const cr_visit *visit, const char *hash,
                                  cr_fault *fault)
{
    cr_invited invited = {0};
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_account_visit_count(accounts, visit, fault);
    if (status == CR_OK)
        status = cr_store_invited(accounts->store, hash, visit->now_ms, &invited, fault);
    if (status == CR_OK) cr_account_visit_was_right(accounts, visit);
    (void)pthread_mutex_unlock(&accounts->lock);
    bool is_for_known = status == CR_OK && strcmp(invited.scope, "read") == 0;
    cr_invited_free(&invited);
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_DENIED, "invitation",
                       "this invitation was used already, is over, or is not of this server");
    if (is_for_known)
        return cr_fail(fault, CR_DENIED, "invitation",
                       "this invitation is for people who have an account here");
    return status;
}

cr_status cr_accounts_join(cr_accounts *accounts, const cr_visit *visit, const char *invitation,
                           const char *name, const char *password, cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES], hashed[crypto_pwhash_STRBYTES];
    cr_account_key_hash(invitation, hash);
    cr_status status = judge_name(name, fault);
    if (status == CR_OK) status = cr_account_password_judge(password, fault);
    if (status == CR_OK) status = check_invitation(accounts, visit, hash, fault);
    if (status == CR_OK) status = cr_account_password_hash(accounts, password, hashed, fault);
    if (status != CR_OK) return status;
    (void)pthread_mutex_lock(&accounts->lock);
    status = cr_store_user_join(accounts->store, hash, name, hashed, visit->now_ms, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, name, "join", "", visit->now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    // Somebody was quicker.
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_DENIED, "invitation", "this invitation was used already");
    return status;
}

// The user of this name; all-zero when there is none.
static cr_status find_user(cr_accounts *accounts, const cr_visit *visit, const char *name,
                           cr_user *out, cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_account_visit_count(accounts, visit, fault);
    if (status == CR_OK && !cr_tries_take(accounts->names, name, visit->now_ms))
        status = cr_fail(fault, CR_LIMIT, "name", "too many wrong passwords: try again later");
    if (status == CR_OK) status = cr_store_user_get(accounts->store, name, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status == CR_NOTFOUND ? CR_OK : status;
}

// Whether it is the password of [user], in a time that does not tell whether there is one.
static bool is_password(cr_accounts *accounts, const cr_user *user, const char *password)
{
    bool may_enter = user->password && !user->is_disabled;
    (void)pthread_mutex_lock(&accounts->hashing);
    bool is_right = crypto_pwhash_str_verify(user->password ? user->password : accounts->nobody,
                                             password, strlen(password)) == 0;
    (void)pthread_mutex_unlock(&accounts->hashing);
    return is_right && may_enter;
}

static cr_status write_down_entering(cr_accounts *accounts, const cr_visit *visit, const char *name,
                                     bool is_right, cr_fault *fault)
{
    cr_status status = CR_OK;
    (void)pthread_mutex_lock(&accounts->lock);
    if (is_right) {
        cr_tries_forget(accounts->names, name);
        cr_account_visit_was_right(accounts, visit);
    } else {
        status = cr_store_audit_add(accounts->store, name, "refused",
                                    visit->address ? visit->address : "", visit->now_ms, fault);
    }
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

cr_status cr_accounts_enter(cr_accounts *accounts, const cr_visit *visit, const char *name,
                            const char *password, char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault)
{
    static const char wrong[] = "the name or the password is wrong";
    cr_user user = {0};
    if (strlen(name) >= CR_ACCOUNT_NAME_BYTES || strlen(password) > CR_ACCOUNT_PASSWORD_BYTES_MAX)
        return cr_fail(fault, CR_DENIED, "password", "%s", wrong);
    cr_status status = find_user(accounts, visit, name, &user, fault);
    if (status != CR_OK) return status;
    bool is_right = is_password(accounts, &user, password);
    if (is_right) {
        const cr_user_key wanted = {.kind = "session",
                                    .scope = "admin",
                                    .label = visit->device,
                                    .user = user.id,
                                    .created_ms = visit->now_ms,
                                    .expires_ms = visit->now_ms + 14 * CR_ACCOUNT_DAY_MS};
        status = cr_account_key_give(accounts, user.name, "enter",
                                     visit->address ? visit->address : "", wanted, key, fault);
    }
    // Names that nobody has are not written down: they may be passwords.
    if (status == CR_OK && (is_right || user.id))
        status = write_down_entering(accounts, visit, name, is_right, fault);
    cr_user_free(&user);
    if (status == CR_OK && !is_right) return cr_fail(fault, CR_DENIED, "password", "%s", wrong);
    return status;
}

cr_status cr_accounts_leave(cr_accounts *accounts, const cr_person *person, const char *key,
                            bool all, int64_t now_ms, cr_fault *fault)
{
    char hash[CR_ACCOUNT_KEY_BYTES];
    cr_account_key_hash(key, hash);
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = all ? cr_store_keys_drop(accounts->store, person->id, "session", "", fault)
                           : cr_store_key_drop(accounts->store, hash, fault);
    if (status == CR_OK)
        status = cr_store_audit_add(accounts->store, person->name, "leave", all ? "all" : "",
                                    now_ms, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}

bool cr_accounts_who(cr_accounts *accounts, const char *key, bool is_token, int64_t now_ms,
                     cr_person *out)
{
    char hash[CR_ACCOUNT_KEY_BYTES];
    cr_key_found found = {0};
    cr_fault fault = {0};
    cr_account_key_hash(key, hash);
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_key_find(accounts->store, hash, is_token ? "token" : "session",
                                         now_ms, &found, &fault);
    // A database that cannot be written keeps nobody out.
    if (status == CR_OK && now_ms - found.seen_ms >= CR_ACCOUNT_SEEN_MS &&
        cr_store_key_see(accounts->store, found.id, now_ms, &fault) != CR_OK)
        fault = (cr_fault){0};
    (void)pthread_mutex_unlock(&accounts->lock);
    if (status != CR_OK) return false;
    *out = (cr_person){.id = found.user.id,
                       .is_admin = found.user.is_admin,
                       .scope = scope_of(found.scope),
                       .key = found.id};
    (void)snprintf(out->name, sizeof out->name, "%s", found.user.name);
    cr_key_found_free(&found);
    return true;
}

cr_status cr_accounts_audit(cr_accounts *accounts, int limit, cJSON **out, cr_fault *fault)
{
    (void)pthread_mutex_lock(&accounts->lock);
    cr_status status = cr_store_audit_get(accounts->store, limit, out, fault);
    (void)pthread_mutex_unlock(&accounts->lock);
    return status;
}
