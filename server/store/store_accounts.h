// People as rows: who may come in, by which key, and what of the films they may do. Keys are
// stored as hashes only. The lists are arrays of objects; [out] is given, times are in
// milliseconds.
#pragma once

#include "store/store.h"

// Somebody; the texts are owned by whoever asked (cr_user_free).
typedef struct cr_user {
    int64_t id;
    char *name, *password; // a hash of it
    bool is_admin, is_disabled;
} cr_user;

void cr_user_free(cr_user *user);

// What an invitation is for; the texts are owned by whoever asked (cr_invited_free).
typedef struct cr_invited {
    char *scope; // "read": for people who are there; "write": somebody new; "admin": who runs it
    char *film;  // "" none
    int64_t role;
} cr_invited;

void cr_invited_free(cr_invited *invited);

// Adds somebody, with [is_admin], and the part in a film that the invitation with the hash
// [invitation] is for, and removes the invitation, in one transaction. CR_NOTFOUND: the invitation
// is not there, over, or not for somebody new; CR_EXISTS: the name is taken.
CR_CHECKED cr_status cr_store_user_join(cr_store *store, const char *invitation, const char *name,
                                        const char *password, int64_t now_ms, cr_fault *fault);
// Gives the user. CR_NOTFOUND without a sentence when there is none of this name.
CR_CHECKED cr_status cr_store_user_get(cr_store *store, const char *name, cr_user *out,
                                       cr_fault *fault);
CR_CHECKED cr_status cr_store_user_count(cr_store *store, int64_t *out, cr_fault *fault);
// Of those who run the server and may come in, without [but].
CR_CHECKED cr_status cr_store_admin_count(cr_store *store, int64_t but, int64_t *out,
                                          cr_fault *fault);
// All: name, admin, disabled, created, seen (0 never), films.
CR_CHECKED cr_status cr_store_users_list(cr_store *store, cJSON **out, cr_fault *fault);
// Writes the password, is_admin and is_disabled of the user with this id.
CR_CHECKED cr_status cr_store_user_change(cr_store *store, const cr_user *user, cr_fault *fault);

// A key of somebody: a session, a token, an invitation, or what sets a password anew. The texts are
// borrowed.
typedef struct cr_user_key {
    const char *hash, *kind, *scope;
    const char *label; // the device, the token's name, who invited
    const char *film;  // that it invites to; "" none
    int64_t role;      // there
    int64_t user;      // 0: nobody's yet
    int64_t created_ms, expires_ms;
} cr_user_key;

// A key that was found.
typedef struct cr_key_found {
    cr_user user;
    char *scope; // owned, as the user is (cr_key_found_free)
    int64_t id, seen_ms;
} cr_key_found;

void cr_key_found_free(cr_key_found *found);

// Keeps a new one.
CR_CHECKED cr_status cr_store_key_put(cr_store *store, const cr_user_key *key, cr_fault *fault);
// Whose key it is. CR_NOTFOUND without a sentence: no key, one that is over, or of somebody who may
// not come in.
CR_CHECKED cr_status cr_store_key_find(cr_store *store, const char *hash, const char *kind,
                                       int64_t now_ms, cr_key_found *out, cr_fault *fault);
CR_CHECKED cr_status cr_store_key_see(cr_store *store, int64_t id, int64_t now_ms, cr_fault *fault);
CR_CHECKED cr_status cr_store_key_drop(cr_store *store, const char *hash, cr_fault *fault);
// The same of one that is good for once. CR_NOTFOUND without a sentence: it was used meanwhile.
CR_CHECKED cr_status cr_store_key_use(cr_store *store, const char *hash, cr_fault *fault);
// All keys of one kind that [user] has, but the one with the hash [but] ("" none).
CR_CHECKED cr_status cr_store_keys_drop(cr_store *store, int64_t user, const char *kind,
                                        const char *but, cr_fault *fault);
// Those of one kind, of [user] and for [film], that are not over, newest first: id, scope, label,
// role, created, seen, expires.
CR_CHECKED cr_status cr_store_keys_list(cr_store *store, const cr_user_key *like, int64_t now_ms,
                                        cJSON **out, cr_fault *fault);
// Ends one of those. CR_NOTFOUND without a sentence: it is none of them.
CR_CHECKED cr_status cr_store_key_end(cr_store *store, const cr_user_key *like, int64_t id,
                                      cr_fault *fault);
// What the invitation is for; gives it. CR_NOTFOUND without a sentence: none, or over.
CR_CHECKED cr_status cr_store_invited(cr_store *store, const char *hash, int64_t now_ms,
                                      cr_invited *out, cr_fault *fault);

// A role in a film, 0 none. Put replaces; 0 takes it away.
CR_CHECKED cr_status cr_store_role_get(cr_store *store, const char *film, int64_t user,
                                       int64_t *role, cr_fault *fault);
CR_CHECKED cr_status cr_store_role_put(cr_store *store, const char *film, int64_t user,
                                       int64_t role, cr_fault *fault);
// Everybody who has one: name, role.
CR_CHECKED cr_status cr_store_roles_list(cr_store *store, const char *film, cJSON **out,
                                         cr_fault *fault);
// How many but [user] have this role there.
CR_CHECKED cr_status cr_store_role_count(cr_store *store, const char *film, int64_t role,
                                         int64_t user, int64_t *out, cr_fault *fault);

// What was done, by whom; never changed. Gives the newest [limit] as an array of objects.
CR_CHECKED cr_status cr_store_audit_add(cr_store *store, const char *who, const char *what,
                                        const char *about, int64_t now_ms, cr_fault *fault);
CR_CHECKED cr_status cr_store_audit_get(cr_store *store, int limit, cJSON **out, cr_fault *fault);
