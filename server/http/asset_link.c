#include "http/asset_link.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/mem.h"

enum {
    SECRET_BYTES = crypto_auth_hmacsha256_KEYBYTES,
    SECRET_HEX_BYTES = 2 * SECRET_BYTES + 1,
    EXPIRES_DIGITS_MAX = 12,
    TOLD_BYTES = 160, // of what is signed
};

struct cr_asset_links {
    unsigned char secret[SECRET_BYTES];
};

// Beside it first and linked into place, so that two servers that begin at once have the same one.
static cr_status make_secret(const char *path, cr_fault *fault)
{
    unsigned char secret[SECRET_BYTES];
    char hex[SECRET_HEX_BYTES], *part = cr_format("%s.XXXXXX", path);
    randombytes_buf(secret, sizeof secret);
    (void)sodium_bin2hex(hex, sizeof hex, secret, sizeof secret);
    int file = mkostemp(part, O_CLOEXEC); // of mode 0600
    bool is_made = file >= 0 && write(file, hex, SECRET_HEX_BYTES - 1) == SECRET_HEX_BYTES - 1 &&
                   fsync(file) == 0 && (link(part, path) == 0 || errno == EEXIST);
    cr_status status = CR_OK;
    if (!is_made)
        status =
            cr_fail(fault, CR_IO, path, "the secret of links cannot be kept: %s", strerror(errno));
    if (file >= 0) {
        (void)close(file);
        (void)unlink(part);
    }
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(hex, sizeof hex);
    cr_free(part);
    return status;
}

// Takes [file].
static cr_status read_secret(cr_asset_links *links, const char *path, int file, cr_fault *fault)
{
    struct stat found;
    char hex[SECRET_HEX_BYTES] = "";
    cr_status status = CR_OK;
    size_t size = 0;
    if (fstat(file, &found) != 0 || (found.st_mode & 077) != 0)
        status = cr_fail(fault, CR_DENIED, path,
                         "others can read this secret of links; make it yours alone: chmod 600");
    else if (read(file, hex, SECRET_HEX_BYTES - 1) != SECRET_HEX_BYTES - 1 ||
             sodium_hex2bin(links->secret, SECRET_BYTES, hex, SECRET_HEX_BYTES - 1, NULL, &size,
                            NULL) != 0 ||
             size != SECRET_BYTES)
        status = cr_fail(fault, CR_CORRUPT, path,
                         "this is no secret of links; remove it and a new one is made");
    (void)close(file);
    sodium_memzero(hex, sizeof hex);
    return status;
}

static cr_status find_secret(cr_asset_links *links, const char *path, cr_fault *fault)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 && errno == ENOENT) {
        cr_status made = make_secret(path, fault);
        if (made != CR_OK) return made;
        file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    }
    if (file < 0)
        return cr_fail(fault, CR_IO, path, "the secret of links cannot be read: %s",
                       strerror(errno));
    return read_secret(links, path, file, fault);
}

cr_status cr_asset_links_open(cr_asset_links **out, const char *path, cr_fault *fault)
{
    if (sodium_init() < 0)
        return cr_fail(fault, CR_NOMEM, "", "this machine gives no random numbers");
    cr_asset_links *links = cr_alloc(1, sizeof *links);
    cr_status status = CR_OK;
    if (path)
        status = find_secret(links, path, fault);
    else
        randombytes_buf(links->secret, sizeof links->secret);
    if (status == CR_OK)
        *out = links;
    else
        cr_asset_links_close(&links);
    return status;
}

void cr_asset_links_close(cr_asset_links **links)
{
    if (!*links) return;
    sodium_memzero(*links, sizeof **links);
    cr_free(*links);
    *links = NULL;
}

void cr_asset_link_sign(const cr_asset_links *links, const cr_asset_link *link,
                        char out[CR_ASSET_LINK_SIGNATURE_BYTES])
{
    // A key has no line's end in it: no two links are told alike.
    char told[TOLD_BYTES];
    unsigned char code[crypto_auth_hmacsha256_BYTES];
    int length = snprintf(told, sizeof told, "cutroom asset 1\n%.64s\n%" PRId64 "\n%s", link->key,
                          link->expires, link->is_download ? "attachment" : "inline");
    (void)crypto_auth_hmacsha256(code, (const unsigned char *)told, (size_t)length, links->secret);
    (void)sodium_bin2hex(out, CR_ASSET_LINK_SIGNATURE_BYTES, code, sizeof code);
}

char *cr_asset_link_print(const cr_asset_links *links, const cr_asset_link *link)
{
    char signature[CR_ASSET_LINK_SIGNATURE_BYTES];
    cr_asset_link_sign(links, link, signature);
    return cr_format("/asset/%s?expires=%" PRId64 "%s&signature=%s", link->key, link->expires,
                     link->is_download ? "&download=1" : "", signature);
}

bool cr_asset_link_is_good(const cr_asset_links *links, const char *key, const char *expires,
                           bool is_download, const char *signature, int64_t now)
{
    if (!key || !expires || !signature || !cr_depot_key_is_valid(key) ||
        strlen(signature) != CR_ASSET_LINK_SIGNATURE_BYTES - 1)
        return false;
    size_t digits = strspn(expires, "0123456789");
    if (digits == 0 || digits > EXPIRES_DIGITS_MAX || expires[digits]) return false;
    const cr_asset_link link = {
        .key = key, .expires = strtoll(expires, NULL, 10), .is_download = is_download};
    char wanted[CR_ASSET_LINK_SIGNATURE_BYTES];
    cr_asset_link_sign(links, &link, wanted);
    bool is_ours = sodium_memcmp(wanted, signature, sizeof wanted - 1) == 0;
    return is_ours && now <= link.expires;
}
