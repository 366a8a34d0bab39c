// The look of a film: a palette's colours under the light of the hour.
#pragma once

#include <stdbool.h>

#include "broker/painter/ink.h"
#include "broker/painter/setting.h"

// The colours of a picture.
typedef struct cr_look {
    cr_ink sky_top, sky_middle, sky_low;
    cr_ink sun; // of the disc
    cr_ink land_far, land_near;
    cr_ink leaf, leaf_dark, trunk;
    cr_ink flowers[4];
    cr_ink water_far, water_near;
    cr_ink wall, wood, accent, cloth;
    cr_ink key;          // the palette's own tone, a breath of which is in everything
    cr_ink light;        // what the light multiplies things by
    double light_amount; // 0: plain day
    cr_ink haze;         // what distance fades into
    bool is_dark;        // lamps and windows are lit
    bool is_indoor;
} cr_look;

// [palette] is one of meadow, dawn, night, ocean, desert, forest, city, space, candy, autumn, snow,
// paper; any other name gives meadow.
cr_look cr_look_make(const char *palette, cr_place place, cr_daytime daytime, cr_weather weather,
                     cr_season season, double warmth);

// NULL when there is none of that name. Its usual hour.
bool cr_palette_exists(const char *name);
cr_daytime cr_palette_daytime(const char *name);

// [rgb] as it looks in this light, with a breath of the palette.
cr_ink cr_look_lit(const cr_look *look, uint32_t rgb);
// [ink] at a distance: 0 near to 1 on the horizon.
cr_ink cr_look_distant(const cr_look *look, cr_ink ink, double distance);
