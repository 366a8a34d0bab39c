// flow: key of an asset + until when -> [http] -> address -> is it good?
// Addresses of assets that need no session: signed by the server (HMAC-SHA256), for one asset,
// until a second, to be shown or to be saved. Whoever has one may read, and nothing else. They
// cannot be taken back one by one: a new secret ends them all. Functions may be called from any
// thread.
#pragma once

#include "asset/asset.h"
#include "base/status.h"

// Bounds.
enum {
    CR_ASSET_LINK_SECONDS = 3600,              // that one is good for when nobody says
    CR_ASSET_LINK_SECONDS_MAX = 7 * 24 * 3600, // at most
    CR_ASSET_LINK_SIGNATURE_BYTES = 65,        // in hex, with its end
};

typedef struct cr_asset_links cr_asset_links;

// What an address is for; texts are borrowed.
typedef struct cr_asset_link {
    const char *key;
    int64_t expires; // the last second that it is good in, since 1970
    bool is_download;
} cr_asset_link;

// Opens with the secret in the file at [path], which is made, for this user alone, when it is not
// there; NULL: a secret of this run. CR_DENIED: others can read it; CR_CORRUPT: it is none; CR_IO.
CR_CHECKED cr_status cr_asset_links_open(cr_asset_links **out, const char *path, cr_fault *fault);
// NULL is allowed.
void cr_asset_links_close(cr_asset_links **links);

// What makes [link] one of ours, in hex.
void cr_asset_link_sign(const cr_asset_links *links, const cr_asset_link *link,
                        char out[CR_ASSET_LINK_SIGNATURE_BYTES]);
// The address below the server's. Gives the text (cr_free).
char *cr_asset_link_print(const cr_asset_links *links, const cr_asset_link *link);
// Whether [signature] is of ours for [key], until [expires], as the address says it, and it is not
// later than that at [now]. Texts may be NULL.
bool cr_asset_link_is_good(const cr_asset_links *links, const char *key, const char *expires,
                           bool is_download, const char *signature, int64_t now);
