// flow: name + password -> [accounts] -> key -> person
// Who somebody is, and what they may do. From any thread. Times are milliseconds since 1970.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/status.h"

// Bounds of what people and keys are.
enum {
    CR_ACCOUNT_KEY_BYTES = 65, // a key in hex, and its end
    CR_ACCOUNT_NAME_BYTES = 64,
    CR_ACCOUNT_LABEL_BYTES = 80, // what a token is called, and a device
    CR_ACCOUNT_PASSWORD_BYTES_MIN = 12,
    CR_ACCOUNT_PASSWORD_BYTES_MAX = 1024,
    CR_ACCOUNT_TRIES_MAX = 10,         // wrong passwords for one name in CR_ACCOUNT_TRIES_MS
    CR_ACCOUNT_ADDRESS_TRIES_MAX = 60, // wrong passwords and keys from one address
    CR_ACCOUNT_TRIES_MS = 15 * 60 * 1000,
    CR_ACCOUNT_SEEN_MS = 5 * 60 * 1000, // how exactly is told when a key was used
    CR_ACCOUNT_AUDIT_MAX = 500,         // lines of one answer
};

// What somebody may do with a film; each has all of those before it.
typedef enum cr_role {
    CR_ROLE_NONE = 0,
    CR_ROLE_VIEWER = 1,
    CR_ROLE_EDITOR = 2,
    CR_ROLE_OWNER = 3,
} cr_role;

// What a key is good for; each has all of those before it. A session's is always the last.
typedef enum cr_scope { CR_SCOPE_NONE = 0, CR_SCOPE_READ, CR_SCOPE_WRITE, CR_SCOPE_ADMIN } cr_scope;

// Whose request it is.
typedef struct cr_person {
    int64_t id;
    char name[CR_ACCOUNT_NAME_BYTES];
    bool is_admin; // runs the server: every film is theirs
    cr_scope scope;
    int64_t key; // the number of the session or token that they came by
} cr_person;

// Somebody who is not known yet: from where they come, with what, and when. Borrowed.
typedef struct cr_visit {
    const char *address; // wrong tries are counted by it; NULL: it is not known
    const char *device;  // "Firefox, Linux"; NULL: not known
    int64_t now_ms;
} cr_visit;

typedef struct cr_accounts cr_accounts;

// Opens (or makes) the database at [path].
CR_CHECKED cr_status cr_accounts_open(cr_accounts **out, const char *path, cr_fault *fault);
void cr_accounts_close(cr_accounts **accounts);

// Is nobody there yet? Then whoever is invited as admin is the first.
bool cr_accounts_is_empty(cr_accounts *accounts);

// A key that lets one person join, within a week. [from] is the name for the audit log.
CR_CHECKED cr_status cr_accounts_invite(cr_accounts *accounts, const char *from, bool as_admin,
                                        int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES],
                                        cr_fault *fault);
// Uses an invitation up; one into a film gives the part there. CR_DENIED: it is no invitation, or
// not for somebody new; CR_INVALID, CR_EXISTS: the name or the password will not do; CR_LIMIT: too
// often.
CR_CHECKED cr_status cr_accounts_join(cr_accounts *accounts, const cr_visit *visit,
                                      const char *invitation, const char *name,
                                      const char *password, cr_fault *fault);
// A new session. CR_DENIED: wrong, whether or not there is such a name; CR_LIMIT: too often.
CR_CHECKED cr_status cr_accounts_enter(cr_accounts *accounts, const cr_visit *visit,
                                       const char *name, const char *password,
                                       char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault);
// Ends one session, or with [all] every one of this person's.
CR_CHECKED cr_status cr_accounts_leave(cr_accounts *accounts, const cr_person *person,
                                       const char *key, bool all, int64_t now_ms, cr_fault *fault);

// Whose session or token [key] is; false: nobody's.
bool cr_accounts_who(cr_accounts *accounts, const char *key, bool is_token, int64_t now_ms,
                     cr_person *out);

// What was done lately, newest first, at most [limit]. Gives an array.
CR_CHECKED cr_status cr_accounts_audit(cr_accounts *accounts, int limit, cJSON **out,
                                       cr_fault *fault);
