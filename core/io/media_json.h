// flow: what is in a file -> [io] -> words and JSON
// One vocabulary for what probing found, for people and programs alike.
#pragma once

#include "base/json.h"
#include "media/media_info.h"

// The file as JSON, times in ticks: the form of `cutroom probe --json`. Gives the tree.
cJSON *cr_media_info_json(const cr_media_info *info);

// "video", "bt709", "limited" …; "unknown" for what has no name. Static.
const char *cr_stream_kind_name(cr_stream_kind kind);
const char *cr_matrix_name(cr_matrix matrix);
const char *cr_color_range_name(cr_color_range range);
