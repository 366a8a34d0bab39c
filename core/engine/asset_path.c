#include "engine/asset_path.h"

#include <string.h>

#include "base/mem.h"

char *cr_asset_path(const char *folder, const char *uri)
{
    if (!folder || !*folder || uri[0] == '/' || strstr(uri, "://")) return cr_strdup(uri);
    return cr_format("%s/%s", folder, uri);
}
