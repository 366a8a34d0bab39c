// What the files of accounts share. No other folder includes this.
#pragma once

#include <pthread.h>

#include <sodium.h>

#include "accounts/accounts.h"
#include "accounts/tries.h"
#include "store/store_accounts.h"

#define CR_ACCOUNT_DAY_MS (INT64_C(24) * 3600 * 1000)

// See accounts.h.
struct cr_accounts {
    pthread_mutex_t lock;    // of all but the next
    pthread_mutex_t hashing; // one password at a time: each takes 64 MiB
    cr_store *store;
    cr_tries *names;     // passwords
    cr_tries *addresses; // passwords and keys
    // What an unknown name is compared with, so that it takes as long as a known one.
    char nobody[crypto_pwhash_STRBYTES];
};

// How scopes are written, by cr_scope.
const char *cr_account_scope_name(cr_scope scope);

// What is kept of a key, in hexadecimal.
void cr_account_key_hash(const char *key, char out[CR_ACCOUNT_KEY_BYTES]);

// A new key as [wanted], whose hash is set here, with its line in the audit log.
CR_CHECKED cr_status cr_account_key_give(cr_accounts *accounts, const char *who, const char *what,
                                         const char *about, cr_user_key wanted,
                                         char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault);

// CR_INVALID: a password that will not do.
CR_CHECKED cr_status cr_account_password_judge(const char *password, cr_fault *fault);
CR_CHECKED cr_status cr_account_password_hash(cr_accounts *accounts, const char *password,
                                              char out[crypto_pwhash_STRBYTES], cr_fault *fault);

// With the lock held. CR_LIMIT: too many wrong ones from there; counts this one as wrong.
CR_CHECKED cr_status cr_account_visit_count(cr_accounts *accounts, const cr_visit *visit,
                                            cr_fault *fault);
// With the lock held: it was right.
void cr_account_visit_was_right(cr_accounts *accounts, const cr_visit *visit);
