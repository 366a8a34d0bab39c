// Who has which part in a film, and who is invited into it. From any thread.
#pragma once

#include "accounts/accounts.h"

// How roles are written, "none" to "owner".
const char *cr_role_name(cr_role role);
// False: it is none.
bool cr_role_read(const char *name, cr_role *out);

// May [person] do with [film] what [role] may? An error of the database is a no.
bool cr_accounts_may(cr_accounts *accounts, const cr_person *person, const char *film,
                     cr_role role);
// What [person] may there.
cr_role cr_accounts_role(cr_accounts *accounts, const cr_person *person, const char *film);

// Everybody who has a part: name, role. Gives an array.
CR_CHECKED cr_status cr_film_people(cr_accounts *accounts, const char *film, cJSON **out,
                                    cr_fault *fault);
// Gives the person of this name a role in a film, CR_ROLE_NONE takes it away. CR_NOTFOUND: there is
// nobody of this name; CR_CONFLICT: the film would have no owner any more.
CR_CHECKED cr_status cr_accounts_share(cr_accounts *accounts, const cr_person *by, const char *film,
                                       const char *name, cr_role role, int64_t now_ms,
                                       cr_fault *fault);

// A key that gives one person a role in a film, within a week. Somebody new may come in by it only
// when [by] runs the server: to be here costs whoever does.
CR_CHECKED cr_status cr_film_invite(cr_accounts *accounts, const cr_person *by, const char *film,
                                    cr_role role, int64_t now_ms, char key[CR_ACCOUNT_KEY_BYTES],
                                    cr_fault *fault);
// Those that nobody took yet: id, role, scope ("read": for people who are there), label (from
// whom), created, expires. Gives an array.
CR_CHECKED cr_status cr_film_invitations(cr_accounts *accounts, const char *film, int64_t now_ms,
                                         cJSON **out, cr_fault *fault);
// Takes one back. CR_NOTFOUND: it is none of them.
CR_CHECKED cr_status cr_film_uninvite(cr_accounts *accounts, const cr_person *by, const char *film,
                                      int64_t id, int64_t now_ms, cr_fault *fault);
// [person] takes an invitation, and never has less by it than before. Gives the film's id (cr_free)
// and the role that they have now. CR_DENIED: it is none into a film; CR_LIMIT: too often.
CR_CHECKED cr_status cr_film_take(cr_accounts *accounts, const cr_visit *visit,
                                  const cr_person *person, const char *invitation, char **film,
                                  cr_role *role, cr_fault *fault);
