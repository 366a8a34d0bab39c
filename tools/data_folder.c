#include "data_folder.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

// The folder that the program's file is really in, "." when the system does not say.
static void program_folder(char *out, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", out, size - 1);
    if (length <= 0) length = 0;
    out[length] = 0;
    char *slash = strrchr(out, '/');
    if (slash)
        *slash = 0;
    else
        memcpy(out, ".", 2);
}

char *data_folder_path(const char *name)
{
    const char *slash = *name ? "/" : "";
    const char *set = getenv("CUTROOM_DATA");
    if (set && *set) return cr_format("%s%s%s", set, slash, name);
    char folder[PATH_MAX];
    program_folder(folder, sizeof folder);
    char *beside = cr_format("%s/data", folder);
    bool is_beside = access(beside, X_OK) == 0;
    cr_free(beside);
    return cr_format("%s/%sdata%s%s", folder, is_beside ? "" : "../", slash, name);
}
