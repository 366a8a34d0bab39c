// People as rows: who may come in, by which key, and what of the films they may do. Keys are
// stored as hashes only.
#pragma once

#include "store/store.h"

// Somebody; the texts are owned by whoever asked (cr_user_free).
typedef struct cr_user {
    int64_t id;
    char *name, *password; // a hash of it
    bool is_admin;
} cr_user;

void cr_user_free(cr_user *user);

// Adds somebody and removes the invitation with the hash [invitation] in one transaction.
// CR_NOTFOUND: the invitation is not there, or over; CR_EXISTS: the name is taken.
CR_CHECKED cr_status cr_store_user_join(cr_store *store, const char *invitation, const char *name,
                                        const char *password, int64_t now_ms, cr_fault *fault);
// Gives the user. CR_NOTFOUND without a sentence when there is none of this name.
CR_CHECKED cr_status cr_store_user_get(cr_store *store, const char *name, cr_user *out,
                                       cr_fault *fault);
CR_CHECKED cr_status cr_store_user_count(cr_store *store, int64_t *out, cr_fault *fault);

// A key of somebody: a session, a token or an invitation. The texts are borrowed.
typedef struct cr_user_key {
    const char *hash, *kind, *scope;
    int64_t user, expires_ms;
} cr_user_key;

// Keeps a new one.
CR_CHECKED cr_status cr_store_key_put(cr_store *store, const cr_user_key *key, cr_fault *fault);
// Whose key it is, with the scope it has; gives both. CR_NOTFOUND without a sentence: no key, or
// one that is over.
CR_CHECKED cr_status cr_store_key_find(cr_store *store, const char *hash, const char *kind,
                                       int64_t now_ms, cr_user *out, char **scope, cr_fault *fault);
CR_CHECKED cr_status cr_store_key_drop(cr_store *store, const char *hash, cr_fault *fault);
// All keys of one kind that [user] has.
CR_CHECKED cr_status cr_store_keys_drop(cr_store *store, int64_t user, const char *kind,
                                        cr_fault *fault);

// A role in a film, 0 none. Put replaces; 0 takes it away.
CR_CHECKED cr_status cr_store_role_get(cr_store *store, const char *film, int64_t user,
                                       int64_t *role, cr_fault *fault);
CR_CHECKED cr_status cr_store_role_put(cr_store *store, const char *film, int64_t user,
                                       int64_t role, cr_fault *fault);

// What was done, by whom; never changed. Gives the newest [limit] as an array of objects.
CR_CHECKED cr_status cr_store_audit_add(cr_store *store, const char *who, const char *what,
                                        const char *about, int64_t now_ms, cr_fault *fault);
CR_CHECKED cr_status cr_store_audit_get(cr_store *store, int limit, cJSON **out, cr_fault *fault);
