#include "presets.h"

#include <stddef.h>
#include <string.h>

static const preset presets[] = {
    {.name = "standard",
     .explanation = "good picture, reasonable time; what you get without a preset",
     .speed = "fast"},
    {.name = "youtube",
     .explanation = "for upload: best picture, up to 2160 lines",
     .short_side_max = 2160,
     .speed = "slow",
     .quality = 17,
     .audio_bit_rate = 256000},
    {.name = "social",
     .explanation = "for phones: up to 1080 lines, 30 frames a second",
     .short_side_max = 1080,
     .frame_rate_max = 30,
     .speed = "medium",
     .quality = 20,
     .audio_bit_rate = 192000},
    {.name = "small",
     .explanation = "for mail: up to 480 lines",
     .short_side_max = 480,
     .frame_rate_max = 30,
     .speed = "medium",
     .quality = 27,
     .audio_bit_rate = 96000},
    {.name = "draft",
     .explanation = "quickest, to look it over: up to 540 lines",
     .short_side_max = 540,
     .frame_rate_max = 30,
     .speed = "ultrafast",
     .quality = 28,
     .audio_bit_rate = 128000},
    {.name = "archive",
     .explanation = "nothing visible is lost; large files",
     .speed = "slow",
     .quality = 10,
     .audio_bit_rate = 320000},
    {.name = "audio", .explanation = "the sound only", .format = "wav"},
    {.name = "loop",
     .explanation = "a small silent moving picture for web pages",
     .format = "webp",
     .short_side_max = 360,
     .frame_rate_max = 15},
};

const preset *preset_list(int *count)
{
    *count = (int)(sizeof presets / sizeof presets[0]);
    return presets;
}

const preset *preset_find(const char *name)
{
    int count;
    const preset *list = preset_list(&count);
    for (int i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0) return &list[i];
    }
    return NULL;
}

static int even(int64_t side)
{
    return side < 2 ? 2 : (int)(side & ~INT64_C(1));
}

void preset_size(int short_side_max, int *width, int *height)
{
    int64_t side = *width < *height ? *width : *height;
    if (short_side_max <= 0 || side <= short_side_max) return;
    *width = even(((int64_t)*width * short_side_max + side / 2) / side);
    *height = even(((int64_t)*height * short_side_max + side / 2) / side);
}
