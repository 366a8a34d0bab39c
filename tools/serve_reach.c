#include "serve_reach.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "http/site.h"

enum { PEM_BYTES_MAX = 256 * 1024 };

static bool is_loopback(const char *address)
{
    return !address || strncmp(address, "127.", 4) == 0;
}

static cr_status check_options(const serve_reach *said, cr_fault *fault)
{
    if (!said->certificate != !said->key)
        return cr_fail(fault, CR_INVALID, said->certificate ? "--tls-key" : "--tls-cert",
                       "TLS needs both a certificate and its key");
    if (said->origin && !cr_site_is_origin(said->origin))
        return cr_fail(fault, CR_INVALID, "--origin",
                       "\"%.80s\" is no origin, such as https://films.example.org", said->origin);
    if (said->origin && !said->has_accounts)
        return cr_fail(fault, CR_DENIED, "--origin",
                       "where others can reach the server, people sign in: --accounts");
    struct in_addr proxy;
    if (said->proxy && inet_pton(AF_INET, said->proxy, &proxy) != 1)
        return cr_fail(fault, CR_INVALID, "--proxy", "\"%.80s\" is no IPv4 address", said->proxy);
    if (is_loopback(said->address)) return CR_OK;
    if (!said->origin)
        return cr_fail(fault, CR_INVALID, "--listen",
                       "others have to know the server by a name: --origin https://NAME");
    if (!said->certificate)
        return cr_fail(fault, CR_DENIED, "--listen",
                       "passwords do not cross a network in the clear: --tls-cert and --tls-key, "
                       "or a server with a certificate in front of 127.0.0.1");
    return CR_OK;
}

// Gives the text (serve_reach_forget). [is_secret]: nobody else may be able to read it.
static cr_status read_pem(const char *path, bool is_secret, const char **out, cr_fault *fault)
{
    struct stat found;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    cr_status status = CR_OK;
    char *text = NULL;
    if (file < 0 || fstat(file, &found) != 0)
        status = cr_fail(fault, CR_NOTFOUND, path, "this cannot be read: %s", strerror(errno));
    else if (!S_ISREG(found.st_mode) || found.st_size > PEM_BYTES_MAX)
        status = cr_fail(fault, CR_INVALID, path, "this is no file in PEM");
    else if (is_secret && (found.st_mode & 077) != 0)
        status = cr_fail(fault, CR_DENIED, path,
                         "others can read this key; make it yours alone: chmod 600");
    if (status == CR_OK) {
        text = cr_alloc((size_t)found.st_size + 1, 1);
        if (read(file, text, (size_t)found.st_size) != (ssize_t)found.st_size)
            status = cr_fail(fault, CR_IO, path, "this cannot be read: %s", strerror(errno));
    }
    if (file >= 0) (void)close(file);
    *out = text;
    return status;
}

cr_status serve_reach_check(const serve_reach *said, cr_http_tls *tls, cr_fault *fault)
{
    cr_status status = check_options(said, fault);
    if (status == CR_OK && said->certificate)
        status = read_pem(said->certificate, false, &tls->certificate, fault);
    if (status == CR_OK && said->key) status = read_pem(said->key, true, &tls->key, fault);
    return status;
}

void serve_reach_forget(cr_http_tls *tls)
{
    char *key = (char *)tls->key;
    if (key) explicit_bzero(key, strlen(key));
    cr_free(key);
    cr_free((char *)tls->certificate);
    *tls = (cr_http_tls){0};
}
