#include "studio/shelf_copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static cr_status fail(cr_fault *fault, const char *path)
{
    return cr_fail(fault, errno == ENOSPC ? CR_NOSPACE : CR_IO, path, "cannot be copied (%s)",
                   strerror(errno));
}

static bool send_all(int from, int to)
{
    ssize_t sent = 1;
    while (sent > 0)
        sent = sendfile(to, from, NULL, (size_t)1 << 24);
    return sent == 0;
}

static cr_status copy_file(const char *from, const char *to, cr_fault *fault)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0) return fail(fault, from);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    cr_status status = CR_OK;
    if (out < 0 || !send_all(in, out)) status = fail(fault, to);
    if (out >= 0 && close(out) != 0 && status == CR_OK) status = fail(fault, to);
    (void)close(in);
    return status;
}

static cr_status share(const char *from, const char *to, const char *name, cr_fault *fault)
{
    char *source = cr_format("%s/%s", from, name), *target = cr_format("%s/%s", to, name);
    cr_status status = CR_OK;
    if (link(source, target) != 0) status = copy_file(source, target, fault);
    cr_free(source);
    cr_free(target);
    return status;
}

static cr_status copy_assets(const char *from, const char *to, cr_fault *fault)
{
    char *source = cr_format("%s/assets", from), *target = cr_format("%s/assets", to);
    cr_status status = mkdir(target, 0777) == 0 ? CR_OK : fail(fault, target);
    DIR *folder = opendir(source);
    const struct dirent *entry;
    while (folder && status == CR_OK && (entry = readdir(folder)))
        if (entry->d_name[0] != '.') status = share(source, target, entry->d_name, fault);
    if (folder) closedir(folder);
    cr_free(source);
    cr_free(target);
    return status;
}

cr_status cr_film_folder_copy(const char *from, const char *to, cr_fault *fault)
{
    char *log = cr_format("%s/state.db-wal", from);
    bool is_open = access(log, F_OK) == 0;
    cr_free(log);
    if (is_open) return cr_fail(fault, CR_BUSY, "", "another program is at work on this film");
    static const char *const names[] = {"state.db", "project.json"};
    cr_status status = copy_assets(from, to, fault);
    for (int i = 0; i < 2 && status == CR_OK; i++) {
        char *source = cr_format("%s/%s", from, names[i]);
        char *target = cr_format("%s/%s", to, names[i]);
        if (access(source, F_OK) == 0) status = copy_file(source, target, fault);
        cr_free(source);
        cr_free(target);
    }
    return status;
}
