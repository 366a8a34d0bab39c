// The people of a server, as whoever runs it sees them. From any thread.
#pragma once

#include "accounts/accounts.h"

// All: name, admin, disabled, created, seen (0 never), films. Gives an array.
CR_CHECKED cr_status cr_accounts_people(cr_accounts *accounts, cJSON **out, cr_fault *fault);
// Invitations that nobody took yet and that lead into no film: id, scope, label (from whom),
// created, expires. Gives an array.
CR_CHECKED cr_status cr_accounts_invitations(cr_accounts *accounts, int64_t now_ms, cJSON **out,
                                             cr_fault *fault);
// Takes one back. CR_NOTFOUND: it is none of them.
CR_CHECKED cr_status cr_accounts_uninvite(cr_accounts *accounts, const char *by, int64_t id,
                                          int64_t now_ms, cr_fault *fault);

// What is to be made of somebody.
typedef enum cr_account_change {
    CR_ACCOUNT_CHANGE_NONE = 0,
    CR_ACCOUNT_DISABLE, // sessions and tokens end, and nothing opens any more
    CR_ACCOUNT_ENABLE,
    CR_ACCOUNT_ADMIN, // runs the server
    CR_ACCOUNT_PLAIN, // does not
} cr_account_change;

// CR_NOTFOUND: there is nobody of this name; CR_CONFLICT: nobody would run the server any more.
CR_CHECKED cr_status cr_accounts_change(cr_accounts *accounts, const char *by, const char *name,
                                        cr_account_change change, int64_t now_ms, cr_fault *fault);
