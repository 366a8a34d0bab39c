// Where the accounts of a server are: beside its films, or in a database that servers share.
#pragma once

#include "accounts/accounts.h"

// Opens those in [database], or, where that is NULL, of the films' [folder], in a file that nobody
// else may read. Without [makes] there have to be some: CR_NOTFOUND.
CR_CHECKED cr_status accounts_place_open(cr_accounts **out, const char *folder,
                                         const char *database, bool makes, cr_fault *fault);
