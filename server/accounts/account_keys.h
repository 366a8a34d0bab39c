// What somebody has to come in by: password, sessions, tokens. From any thread.
#pragma once

#include "accounts/accounts.h"

// The kinds of keys that a person is shown.
typedef enum cr_key_kind { CR_KEY_NONE = 0, CR_KEY_SESSION, CR_KEY_TOKEN } cr_key_kind;

// A token for programs, called [label] (cut to CR_ACCOUNT_LABEL_BYTES), for a year. CR_DENIED: more
// than the person may.
CR_CHECKED cr_status cr_accounts_token(cr_accounts *accounts, const cr_person *person,
                                       const char *label, cr_scope scope, int64_t now_ms,
                                       char key[CR_ACCOUNT_KEY_BYTES], cr_fault *fault);
// Ends every token of this person's.
CR_CHECKED cr_status cr_accounts_tokens_drop(cr_accounts *accounts, const cr_person *person,
                                             int64_t now_ms, cr_fault *fault);

// This person's keys, newest first: id, label, scope, created, seen (0 never), expires. Gives an
// array.
CR_CHECKED cr_status cr_accounts_keys(cr_accounts *accounts, const cr_person *person,
                                      cr_key_kind kind, int64_t now_ms, cJSON **out,
                                      cr_fault *fault);
// Ends one of them. CR_NOTFOUND: it is none.
CR_CHECKED cr_status cr_accounts_key_end(cr_accounts *accounts, const cr_person *person,
                                         cr_key_kind kind, int64_t id, int64_t now_ms,
                                         cr_fault *fault);

// Sets another password and ends all other sessions than that of [key]. CR_DENIED: [password] is
// wrong; CR_LIMIT: too often; CR_INVALID: [wanted] will not do.
CR_CHECKED cr_status cr_accounts_password(cr_accounts *accounts, const cr_visit *visit,
                                          const cr_person *person, const char *key,
                                          const char *password, const char *wanted,
                                          cr_fault *fault);
// A key that sets the password of [name] anew, once, within a day; an earlier one is over. [by] is
// the name for the audit log. CR_NOTFOUND: there is nobody of this name.
CR_CHECKED cr_status cr_accounts_reset_key(cr_accounts *accounts, const char *by, const char *name,
                                           int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES],
                                           cr_fault *fault);
// Uses it: sessions and tokens of before end. CR_DENIED: it is no such key; CR_LIMIT: too often;
// CR_INVALID: the password will not do.
CR_CHECKED cr_status cr_accounts_reset(cr_accounts *accounts, const cr_visit *visit,
                                       const char *key, const char *password, cr_fault *fault);
