#include "serve_assets.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "asset/s3.h"
#include "base/mem.h"
#include "base/str.h"

enum { KEYS_BYTES_MAX = 8192, VALUES = 3 };

static const char *const names[VALUES] = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
                                          "AWS_SESSION_TOKEN"};

// "NAME=value" at the start of a line. Gives the value.
static char *value_in(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = text; line && *line; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        if (strncmp(line, name, length) != 0 || line[length] != '=') continue;
        const char *value = line + length + 1;
        return cr_strndup(value, strcspn(value, "\r\n"));
    }
    return NULL;
}

static cr_status read_keys(const char *path, char *values[VALUES], cr_fault *fault)
{
    char text[KEYS_BYTES_MAX + 1] = "";
    struct stat found;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    cr_status status = CR_OK;
    if (file < 0 || fstat(file, &found) != 0)
        status = cr_fail(fault, CR_NOTFOUND, path, "the file of keys cannot be read: %s",
                         strerror(errno));
    else if (!S_ISREG(found.st_mode) || (found.st_mode & 077) != 0)
        status = cr_fail(fault, CR_DENIED, path,
                         "others can read this file of keys; make it yours alone: chmod 600");
    ssize_t length = status == CR_OK ? read(file, text, KEYS_BYTES_MAX) : 0;
    if (file >= 0) (void)close(file);
    if (length > 0) text[length] = 0;
    for (int i = 0; i < VALUES; i++)
        values[i] = value_in(text, names[i]);
    explicit_bzero(text, sizeof text);
    return status;
}

static cr_status find_keys(char *values[VALUES], cr_fault *fault)
{
    const char *path = getenv("CUTROOM_S3_KEYS");
    cr_status status = CR_OK;
    if (path && *path) {
        status = read_keys(path, values, fault);
    } else {
        for (int i = 0; i < VALUES; i++) {
            const char *value = getenv(names[i]);
            if (value && *value) values[i] = cr_strdup(value);
        }
    }
    if (status == CR_OK && (!values[0] || !values[1]))
        status = cr_fail(fault, CR_DENIED, "s3",
                         "a bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a file "
                         "with them that CUTROOM_S3_KEYS names");
    return status;
}

static cr_status open_bucket(cr_depot **out, const serve_assets *said, cr_fault *fault)
{
    if (!said->endpoint)
        return cr_fail(fault, CR_INVALID, said->address,
                       "a bucket needs its service's address: --s3-endpoint https://HOST");
    if (!said->cache)
        return cr_fail(fault, CR_INVALID, said->address,
                       "a bucket needs a folder for what is read of it: --assets-cache DIR");
    char *values[VALUES] = {NULL};
    cr_status status = find_keys(values, fault);
    const cr_s3_desc desc = {.endpoint = said->endpoint,
                             .bucket = said->address + strlen("s3://"),
                             .region = said->region,
                             .id = values[0],
                             .secret = values[1],
                             .token = values[2]};
    if (status == CR_OK) status = cr_depot_open_s3(out, said->cache, &desc, 0, fault);
    for (int i = 0; i < VALUES; i++) {
        if (values[i]) explicit_bzero(values[i], strlen(values[i]));
        cr_free(values[i]);
    }
    return status;
}

cr_status serve_assets_open(cr_depot **out, const serve_assets *said, cr_fault *fault)
{
    if (!said->address) return CR_OK;
    if (cr_text_starts(said->address, "s3://")) return open_bucket(out, said, fault);
    return cr_depot_open(out, said->address, fault);
}
