#include "accounts_place.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

cr_status accounts_place_open(cr_accounts **out, const char *folder, const char *database,
                              bool makes, cr_fault *fault)
{
    if (database) return cr_accounts_open(out, database, fault);
    char *path = cr_format("%s/accounts.sqlite", folder);
    cr_status status = CR_OK;
    // For nobody else's eyes.
    int file =
        open(path, makes ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0)
        (void)close(file);
    else if (errno == ENOENT && !makes)
        status = cr_fail(fault, CR_NOTFOUND, path,
                         "there are no accounts here; `cutroom serve --accounts` and `cutroom "
                         "accounts invite` make them");
    else if (errno == ENOENT)
        status = cr_fail(fault, CR_NOTFOUND, folder, "there is no such folder");
    else
        status = cr_fail(fault, CR_DENIED, path, "this file cannot be written");
    if (status == CR_OK) status = cr_accounts_open(out, path, fault);
    cr_free(path);
    return status;
}
