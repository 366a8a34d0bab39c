// Where a file's own time begins.
#pragma once

#include "media/media_info.h"

// The presentation time of the earliest picture or sound: what an asset's time counts from, so that
// picture and sound of one file stay together. 0 when nothing is known.
cr_ticks cr_file_origin(const cr_media_info *info);
