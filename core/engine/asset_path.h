// Where an asset's bytes are.
#pragma once

// What the host is asked to open for an asset whose uri is [uri]: absolute paths and URLs as they
// are, all else below [folder] (NULL or "": as it is). Gives the text (cr_free).
char *cr_asset_path(const char *folder, const char *uri);
