#include "broker/painter/setting.h"

#include <stddef.h>
#include <string.h>

#include "base/vec.h"

static const char *const places[CR_PLACE_COUNT] = {
    "",           "meadow",  "garden",    "park",    "farm",       "forest",   "jungle",
    "mountains",  "snow",    "desert",    "beach",   "sea",        "lake",     "underwater",
    "sky",        "city",    "street",    "village", "shop",       "bakery",   "kitchen",
    "livingroom", "bedroom", "classroom", "library", "laboratory", "workshop", "office",
    "stage",      "space",   "planet",    "paper",   "colors",
};
static const char *const daytimes[] = {"", "day", "dawn", "sunset", "night"};
static const char *const weathers[] = {"", "clear", "cloudy", "rain", "storm", "snow", "fog"};
static const char *const seasons[] = {"", "spring", "summer", "autumn", "winter"};
static const char *const framings[] = {"", "wide", "medium", "close-up"};

static int index_of(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 1; name && i < count; i++)
        if (!strcmp(names[i], name)) return (int)i;
    return 0;
}

const char *cr_place_name(cr_place place)
{
    return places[place];
}

const char *cr_daytime_name(cr_daytime daytime)
{
    return daytimes[daytime];
}

const char *cr_weather_name(cr_weather weather)
{
    return weathers[weather];
}

const char *cr_season_name(cr_season season)
{
    return seasons[season];
}

const char *cr_framing_name(cr_framing framing)
{
    return framings[framing];
}

cr_place cr_place_by_name(const char *name)
{
    return (cr_place)index_of(places, CR_COUNT_OF(places), name);
}

cr_daytime cr_daytime_by_name(const char *name)
{
    return (cr_daytime)index_of(daytimes, CR_COUNT_OF(daytimes), name);
}

cr_weather cr_weather_by_name(const char *name)
{
    return (cr_weather)index_of(weathers, CR_COUNT_OF(weathers), name);
}

cr_season cr_season_by_name(const char *name)
{
    return (cr_season)index_of(seasons, CR_COUNT_OF(seasons), name);
}

cr_framing cr_framing_by_name(const char *name)
{
    return (cr_framing)index_of(framings, CR_COUNT_OF(framings), name);
}
