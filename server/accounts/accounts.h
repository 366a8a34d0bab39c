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
    CR_ACCOUNT_PASSWORD_BYTES_MIN = 12,
    CR_ACCOUNT_PASSWORD_BYTES_MAX = 1024,
    CR_ACCOUNT_TRIES_MAX = 10, // wrong passwords for one name in CR_ACCOUNT_TRIES_MS
    CR_ACCOUNT_TRIES_MS = 15 * 60 * 1000,
    CR_ACCOUNT_AUDIT_MAX = 500, // lines of one answer
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
} cr_person;

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
// Uses an invitation up. CR_DENIED: it is no invitation; CR_INVALID, CR_EXISTS: the name or the
// password will not do.
CR_CHECKED cr_status cr_accounts_join(cr_accounts *accounts, const char *invitation,
                                      const char *name, const char *password, int64_t now_ms,
                                      cr_fault *fault);
// A new session. CR_DENIED: wrong, whether or not there is such a name; CR_LIMIT: too often.
CR_CHECKED cr_status cr_accounts_enter(cr_accounts *accounts, const char *name,
                                       const char *password, int64_t now_ms,
                                       char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault);
// Ends one session, or with [all] every one of this person's.
CR_CHECKED cr_status cr_accounts_leave(cr_accounts *accounts, const cr_person *person,
                                       const char *key, bool all, int64_t now_ms, cr_fault *fault);
// A token for programs, for a year. CR_DENIED: more than the person may.
CR_CHECKED cr_status cr_accounts_token(cr_accounts *accounts, const cr_person *person,
                                       cr_scope scope, int64_t now_ms,
                                       char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault);
// Ends every token of this person's.
CR_CHECKED cr_status cr_accounts_tokens_drop(cr_accounts *accounts, const cr_person *person,
                                             int64_t now_ms, cr_fault *fault);

// Whose session or token [key] is; false: nobody's.
bool cr_accounts_who(cr_accounts *accounts, const char *key, bool is_token, int64_t now_ms,
                     cr_person *out);

// May [person] do with [film] what [role] may? An error of the database is a no.
bool cr_accounts_may(cr_accounts *accounts, const cr_person *person, const char *film,
                     cr_role role);
// Gives the person of this name a role in a film, CR_ROLE_NONE takes it away.
CR_CHECKED cr_status cr_accounts_share(cr_accounts *accounts, const cr_person *by, const char *film,
                                       const char *name, cr_role role, int64_t now_ms,
                                       cr_fault *fault);
// What was done lately, newest first. Gives an array.
CR_CHECKED cr_status cr_accounts_audit(cr_accounts *accounts, cJSON **out, cr_fault *fault);
