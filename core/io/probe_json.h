// What probing found, as JSON for a person or a program.
#pragma once

#include "base/json.h"
#include "media/media_info.h"

// Gives the tree (cJSON_Delete). Times are in ticks and, for people, in seconds too.
cJSON *cr_media_info_json(const cr_media_info *info);
